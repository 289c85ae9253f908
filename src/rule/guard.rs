//! Guards: contexts in which a claim is not asserted, as regexes on the folded text around it.

use super::heads::Heads;
use super::tiered_regex::TieredRegex;
use super::written::{ContextDecl, Look};
use crate::article::Role;
use crate::text::{Lang, Runs, Span, fold_literal};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Look as Assertion;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A guard ready to look; its regexes compile when they are first needed.
pub(crate) struct Guard {
    /// For `explain`; `None` for a rule's own `unless`.
    pub(crate) name: Option<String>,
    /// What context it is.
    pub(crate) summary: String,
    contexts: Vec<Context>,
    blocks: Vec<Role>,
    /// It holds where none of its contexts does: a rule's own `only`.
    wanted: bool,
}

struct Context {
    row: ContextRow,
    regex: TieredRegex,
}

/// A guard as a pack holds it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct GuardRow {
    name: Option<String>,
    summary: String,
    contexts: Vec<ContextRow>,
    blocks: Vec<Role>,
    wanted: bool,
}

#[derive(Clone, Serialize, Deserialize)]
struct ContextRow {
    look: Look,
    lang: Lang,
    /// All its regexes as one, folded.
    source: String,
    /// What they can begin with.
    heads: Heads,
    /// Bytes before the end of the text that a match can take up, where all must end there.
    reach: Option<u32>,
}

/// What a rule's own contexts are called: the key that they are written under.
pub(crate) const OWN_CONTEXTS: &str = "unless";

/// The same for those of which one must hold.
pub(crate) const WANTED_CONTEXTS: &str = "only";

/// Reaches up to which regexes are asked together, each with the bytes that its own takes.
const REACHES: [u32; 3] = [24, 72, 240];

impl GuardRow {
    /// A guard as it was written; `None` for the name of a rule's own contexts.
    pub(crate) fn new(name: Option<&str>, summary: &str, contexts: &[ContextDecl], blocks: &[Role]) -> GuardRow {
        let rows = |context: &ContextDecl| {
            let mut by_reach: BTreeMap<Option<u32>, Vec<String>> = BTreeMap::new();
            for pattern in &context.patterns {
                let source = format!("(?:{})", fold_regex(&pattern.value));
                by_reach.entry(reach(&source)).or_default().push(source);
            }
            let (look, lang) = (context.look, context.lang);
            let row = move |(reach, sources): (Option<u32>, Vec<String>)| {
                let source = sources.join("|");
                ContextRow { look, lang, heads: Heads::of(&source), source, reach }
            };
            by_reach.into_iter().map(row)
        };
        GuardRow {
            name: name.map(str::to_owned),
            summary: summary.to_owned(),
            contexts: contexts.iter().flat_map(rows).collect(),
            blocks: blocks.to_vec(),
            wanted: false,
        }
    }

    /// A rule's own contexts of which one must hold.
    pub(crate) fn wanted(contexts: &[ContextDecl]) -> GuardRow {
        GuardRow { wanted: true, ..GuardRow::new(None, "", contexts, &[]) }
    }
}

impl From<GuardRow> for Guard {
    fn from(row: GuardRow) -> Guard {
        let contexts =
            row.contexts.into_iter().map(|row| Context { regex: TieredRegex::new(&row.source), row }).collect();
        Guard { name: row.name, summary: row.summary, contexts, blocks: row.blocks, wanted: row.wanted }
    }
}

/// The text around a claim, all within its sentence.
pub(crate) struct Around<'a> {
    pub(crate) lang: Lang,
    pub(crate) role: Role,
    pub(crate) before: Part<'a>,
    pub(crate) within: Part<'a>,
    pub(crate) after: Part<'a>,
    pub(crate) sentence: Part<'a>,
}

/// A part of that text.
pub(crate) struct Part<'a> {
    text: &'a str,
    lower: &'a str,
    runs: OnceCell<Runs>,
}

impl<'a> Part<'a> {
    /// A part of a folded text, which is also given in ASCII lower case.
    pub(crate) fn new(span: Span, text: &'a str, lower: &'a str) -> Part<'a> {
        Part { text: span.of(text), lower: span.of(lower), runs: OnceCell::new() }
    }
}

impl Guard {
    /// What it is called where a claim is told to be held back by it.
    pub(crate) fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(if self.wanted { WANTED_CONTEXTS } else { OWN_CONTEXTS })
    }

    /// Whether the claim stands in this guard's context.
    pub(crate) fn holds(&self, around: &Around<'_>) -> bool {
        let mut of_lang = self.contexts.iter().filter(|context| context.row.lang == around.lang).peekable();
        match self.wanted {
            true => of_lang.peek().is_some() && !of_lang.any(|context| context.stands(around)),
            false => self.blocks.contains(&around.role) || of_lang.any(|context| context.stands(around)),
        }
    }
}

impl Context {
    fn stands(&self, around: &Around<'_>) -> bool {
        let part = match self.row.look {
            Look::Before => &around.before,
            Look::After => &around.after,
            Look::Within => &around.within,
            Look::Sentence => &around.sentence,
        };
        self.row.heads.may_stand(part.runs.get_or_init(|| Runs::of(part.lower)))
            && self.regex.is_match(&self.row.source, self.row.near_end(part.text))
    }
}

impl ContextRow {
    /// The end of a text that a match can take up, with the character before it for the borders of words.
    fn near_end<'t>(&self, text: &'t str) -> &'t str {
        let Some(reach) = self.reach else { return text };
        let from = text.len().saturating_sub(reach as usize + char::MAX.len_utf8());
        &text[text.ceil_char_boundary(from)..]
    }
}

/// How far from the end of a text a folded regex can begin to match, if it must end there and that is not far.
fn reach(source: &str) -> Option<u32> {
    let hir = ParserBuilder::new().case_insensitive(true).build().parse(source).ok()?;
    let properties = hir.properties();
    let ends =
        properties.look_set_suffix().contains(Assertion::End) && !properties.look_set().contains(Assertion::Start);
    let longest = u32::try_from(properties.maximum_len()?).ok()?;
    REACHES.into_iter().find(|reach| ends && longest <= *reach)
}

/// What is wrong with a guard's regex, if anything.
pub(crate) fn check(pattern: &str) -> Option<regex_syntax::ast::Error> {
    regex_syntax::ast::parse::Parser::new().parse(pattern).err()
}

/// Folds a regex as the text is folded; what becomes an ASCII sign of regex syntax (`(`, `?`) is escaped. Its classes
/// become those of the letters and digits that folded copy holds.
fn fold_regex(pattern: &str) -> String {
    let mut out = String::new();
    let (mut in_class, mut escaped) = (false, false);
    for c in pattern.chars() {
        match c {
            '[' if !escaped => in_class = true,
            ']' if !escaped => in_class = false,
            _ => {}
        }
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        let class = match c {
            'w' if escaped => Some(WORD),
            'd' if escaped => Some("0-9"),
            's' if escaped => Some(" \n"),
            _ => None,
        };
        if let Some(class) = class {
            out.push_str(&if in_class { class.to_owned() } else { format!("[{class}]") });
        } else if escaped {
            out.push('\\');
            out.push(c);
        } else if c == '"' {
            out.push_str(if in_class { "“”" } else { "[“”]" });
        } else if c.is_ascii() {
            out.push(c);
        } else {
            for folded in fold_literal(c.encode_utf8(&mut [0; 4])).chars() {
                if folded.is_ascii_punctuation() {
                    out.push('\\');
                }
                out.push(folded);
            }
        }
        escaped = false;
    }
    out
}

/// Letters of words: Latin, Greek and Cyrillic, and Han characters.
const WORD: &str = "0-9A-Za-z_À-ɏͰ-ӿ㐀-鿿";
