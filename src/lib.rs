//! factlint checks news copy for facts that do not hold and for statements that do not agree with each other.
//!
//! # How text becomes findings
//!
//! ```text
//! rules + facts ── rule::load ── rule::compile ──► Pack ──► RuleSet ─┐
//!                                                                    ▼
//! file ── read ──► Document ──► View ──► Match ──► Claim ──► Diagnostic ── report
//! ```
//!
//! [`engine::check`] is the pipeline on one page; read it first. A [`read::Document`] holds articles whose blocks point
//! into the file's text. Each article is folded into an [`article::View`]: one spelling for width forms, scripts, quotes
//! and spaces, with the way back to the file. The rules' [`pattern`]s are found in the view by their rarest required
//! words, fitted around these by a small program that looks right and left, and give claims. A claim's readings are
//! judged against [`fact`]s, by expressions in MiniJinja, on the days that its sentence may speak of. Only a claim that
//! every reading refutes, and that no guard says is not asserted, becomes a [`diagnostic::Diagnostic`].
//!
//! Rules and facts are compiled to a [`pack`]: bytes that are used in place, so that nothing is parsed or built when the
//! program starts. The [`shipped`] pack is made by the build script, which includes the modules from `text` to `rule`;
//! the packs of other rules are kept in a [`cache`]. [`import`] makes facts files of tables, and [`mutate`] plants errors
//! into copy to see which are found.
//!
//! # What always holds
//!
//! - Only [`read`] knows input formats and only [`report`] knows output formats.
//! - Files are read and written in [`batch`], [`cache`], [`config`], `rule::load` and the command line alone; the
//!   library never prints.
//! - Everything that can be wrong with a rule is told when it loads. Reading, matching and judging cannot fail and do
//!   not panic, on any text.
//! - [`rule::RuleSet`] and [`article::Article`] do not change once they are made; threads share them.
//! - Output does not depend on the number of threads, nor on the clock.
//! - The cost of reading grows with the text and the anchors found in it, not with the number of facts.
//! - A name, value or fact that is not certain can support a claim and never refute one.
//!
//! # Use as a library
//!
//! ```
//! use factlint::{engine, read, rule};
//!
//! let house = r#"
//! [kind.country]
//! [kind.city]
//! [relation.capital]
//! of = "country"
//! is = "city"
//! [entity.country]
//! OM = { en = ["Oman"], capital = "muscat-om" }
//! [entity.city]
//! muscat-om = { en = ["Muscat"] }
//! salalah-om = { en = ["Salalah"] }
//! [[rule]]
//! id = "capital"
//! summary = "A city is called the capital of a country whose capital it is not."
//! patterns.en = ['{city}, the capital of {country}']
//! expect.city = "capital(country)"
//! message.en = "{{ city }} is not the capital of {{ country }}"
//! examples = [{ text = "[Salalah], the capital of Oman" }, { text = "Muscat, the capital of Oman" }]
//! "#;
//! let (rules, problems) = rule::compile(rule::load::load_texts(vec![("house.toml".into(), house.into())]));
//! assert!(problems.is_empty());
//!
//! let copy = "They met in Salalah, the capital of Oman.";
//! let document = read::read("copy.txt", copy.into(), &read::ReadSettings::default())?;
//! let found = engine::check(&rules, &document).diagnostics;
//! assert_eq!(found[0].text, "Salalah");
//! assert_eq!(found[0].expected, ["Muscat"]);
//! # Ok::<(), read::ReadError>(())
//! ```
//!
//! The modules stand in the order of their dependencies: each imports only from those above it.

pub mod text;
pub mod value;
pub mod pack;
pub mod diagnostic;
pub mod article;
pub mod read;
pub mod fact;
pub mod pattern;
mod expression;
pub mod rule;
pub mod import;
mod judge;
pub mod ledger;
pub mod mutate;
pub mod join;
pub mod shipped;
pub mod engine;
pub mod examples;
pub mod accept;
pub mod report;
pub mod cache;
pub mod config;
pub mod json_schema;
pub mod batch;
pub mod fix;
