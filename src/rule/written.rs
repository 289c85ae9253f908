//! Rules and facts as a person wrote them, with the place of every part. Nothing is resolved here.

use crate::article::Role;
use crate::diagnostic::Severity;
use crate::text::Lang;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// A TOML file: its name for messages and its text for carets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SourceFile {
    /// Path as given, or the name of a shipped file.
    pub name: String,
    /// Its whole text.
    pub text: Arc<str>,
    /// It is one of the files that the program ships.
    pub shipped: bool,
}

/// A place in one of the loaded TOML files: index of the file and bytes in it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct At {
    /// Index into [`Written::files`].
    pub file: usize,
    /// Bytes of that file.
    pub range: Range<usize>,
}

/// Something written, with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed<T> {
    /// What was written.
    pub value: T,
    /// Where. For a string on one line whose TOML form holds no escapes the range is the string's *content*, so that
    /// offset `n` of the value is offset `range.start + n` of the file; else it covers the whole TOML value.
    pub at: At,
}

/// All declarations of all files, in the order of the files.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The files.
    pub files: Vec<SourceFile>,
    /// `[source]` tables, one per file at most.
    pub sources: Vec<SourceDecl>,
    /// `[kind.*]`.
    pub kinds: Vec<KindDecl>,
    /// `[relation.*]`.
    pub relations: Vec<RelationDecl>,
    /// `[entity.KIND.ID]`.
    pub entities: Vec<EntityDecl>,
    /// `[guard.*]`.
    pub guards: Vec<GuardDecl>,
    /// `[[rule]]`.
    pub rules: Vec<RuleDecl>,
    /// Relations and inverses whose declaration has a mistake: nothing that uses them is told as another one.
    pub broken: HashSet<String>,
}

/// Where the facts of a file come from.
#[derive(Clone, Debug)]
pub struct SourceDecl {
    /// Index of the file it speaks for.
    pub file: usize,
    /// Name of the source.
    pub name: String,
    /// Its licence.
    pub licence: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The day its facts were checked.
    pub checked: Option<Date>,
}

/// `[kind.country]`.
#[derive(Clone, Debug)]
pub struct KindDecl {
    /// Its name.
    pub name: Placed<String>,
    /// Forms a name of this kind may have beside the base name.
    pub forms: Vec<Placed<String>>,
    /// What people call such a thing, by language: used in repairs ("或改国名为…").
    pub label: Vec<(Lang, String)>,
    /// Its names do not hide the names within them: 巴黎 is still named in 巴黎奥运会.
    pub transparent: bool,
    /// Its names are words of the language, such as titles.
    pub words: bool,
}

/// `[relation.capital]`.
#[derive(Clone, Debug)]
pub struct RelationDecl {
    /// Its name: a function in expressions.
    pub name: Placed<String>,
    /// Kind of its subject.
    pub of: Placed<String>,
    /// Kind of its object, or a value type (`number`, `date`, `year`, `text`).
    pub is: Placed<String>,
    /// Name of the function from object to subjects.
    pub inverse: Option<Placed<String>>,
    /// One object at a time.
    pub unique: bool,
    /// Changes often (an office): asked long after it was checked, it gives at most a warning.
    pub volatile: bool,
}

/// `[entity.country.OM]`: one record; records of one id in several files are merged later.
#[derive(Clone, Debug)]
pub struct EntityDecl {
    /// Kind.
    pub kind: Placed<String>,
    /// Id.
    pub id: Placed<String>,
    /// Names in all languages and forms.
    pub names: Vec<NameDecl>,
    /// Facts stated in the record.
    pub facts: Vec<FactDecl>,
    /// `part_of = "CN"`: ids of the same kind that it belongs to.
    pub part_of: Vec<Placed<String>>,
}

/// One name of an entity: a string, or `{ name = "…", from = …, until = …, weak = true }`.
#[derive(Clone, Debug)]
pub struct NameDecl {
    /// Language.
    pub lang: Lang,
    /// `None` for a base name.
    pub form: Option<String>,
    /// As written.
    pub name: Placed<String>,
    /// First day it was so called.
    pub from: Option<Date>,
    /// Last day it was so called.
    pub until: Option<Date>,
    /// Also a plain word: counts only beside a literal.
    pub weak: bool,
    /// Not sure: it can support a claim, never refute one.
    pub unsure: bool,
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// An entity's id.
    Id(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// Words (for a relation to `text`).
    Text(String),
}

/// One stated value of a relation: `capital = "muscat-om"` or
/// `{ is = "muscat-om", from = …, until = …, contested = true, confidence = "low", checked = …, source = "…" }`.
#[derive(Clone, Debug)]
pub struct FactDecl {
    /// Name of the relation.
    pub relation: Placed<String>,
    /// What it says.
    pub object: Placed<Object>,
    /// First day it holds, inclusive.
    pub from: Option<Date>,
    /// Last day it holds, inclusive.
    pub until: Option<Date>,
    /// Contested or of low confidence: it can support, never refute.
    pub unsure: bool,
    /// Overrides the file's source.
    pub source: Option<String>,
    /// Overrides the file's day.
    pub checked: Option<Date>,
}

/// Where a guard's pattern looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Look {
    /// The sentence before the claim.
    Before,
    /// The sentence after the claim.
    After,
    /// The claim's own words.
    Within,
    /// Its whole sentence.
    Sentence,
}

/// One list of regexes: `before.zh = ["…"]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ContextDecl {
    /// Where it looks.
    pub look: Look,
    /// In which language.
    pub lang: Lang,
    /// The regexes.
    pub patterns: Vec<Placed<String>>,
}

/// `[guard.former]`.
#[derive(Clone, Debug)]
pub struct GuardDecl {
    /// Its name.
    pub name: Placed<String>,
    /// What context it is, in one sentence.
    pub summary: String,
    /// Whether every rule has it unless dropped.
    pub default: bool,
    /// Its regexes.
    pub contexts: Vec<ContextDecl>,
    /// Block roles in which a claim is not asserted.
    pub blocks: Vec<Role>,
}

/// `agree = { same = ["country"], on = "city", within = "article" }`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgreeDecl {
    /// Slots that make two claims speak of one thing.
    pub same: Vec<Placed<String>>,
    /// Slot on which they must agree.
    pub on: Placed<String>,
    /// `article`, `file` or `run`.
    pub within: Placed<String>,
    /// Roles of blocks: claims in the first are compared with claims in the second.
    pub between: Option<Vec<Placed<String>>>,
    /// Only what this relation leads to the same thing from is compared.
    pub along: Option<Placed<String>>,
    /// The name on which they agree is looked for in other spellings.
    pub spelling: bool,
    /// Only claims that tell of one event are compared.
    pub event: bool,
    /// Only figures are compared of which one is the other with digits that changed places.
    pub swapped: bool,
    /// What one part of the article has in the slot `on` and the other part has in this one contradicts it.
    pub against: Option<Placed<String>>,
    /// Where the whole stands.
    pub at: At,
}

/// `order = { by = "date", of = "round", step = 1 }`, or `order = { of = "item", step = 1, from = 1 }`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderDecl {
    /// Slot that gives the order of the claims; their place in the article if it is left out.
    pub by: Option<Placed<String>>,
    /// Slot that must rise with it.
    pub of: Placed<String>,
    /// By how much it rises each time, if that is fixed.
    pub step: Option<f64>,
    /// The number with which a series begins anew.
    pub from: Option<f64>,
    /// Where the whole stands.
    pub at: At,
}

/// One example of a rule: `{ text = "…[…]…", expect = "马斯喀特" }`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExampleDecl {
    /// Text with `[ ]` around each span that must be flagged; none means silence. `\[` is a plain bracket.
    pub text: Placed<String>,
    /// A value that must be among the expected ones of the (first) finding.
    pub expect: Option<Placed<String>>,
    /// The article's day.
    pub date: Option<Date>,
    /// The article's place.
    pub place: Option<String>,
    /// Its language, else by script.
    pub lang: Option<Lang>,
    /// The severity it must have, if stated (`severity = "note"` in a quotation).
    pub severity: Option<Severity>,
}

/// `[[rule]]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RuleDecl {
    /// Its id.
    pub id: Placed<String>,
    /// Its weight; `error` if not written.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub summary: String,
    /// Longer text for `explain`: why it matters, what it leaves alone.
    pub docs: Option<String>,
    /// Patterns by language, in written order.
    pub patterns: Vec<(Lang, Placed<String>)>,
    /// `expect.SLOT = "expression"`, in written order.
    pub expect: Vec<(Placed<String>, Placed<String>)>,
    /// `require = "boolean expression"`.
    pub require: Option<Placed<String>>,
    /// Agreement between claims.
    pub agree: Option<AgreeDecl>,
    /// Order among claims.
    pub order: Option<OrderDecl>,
    /// Message templates by language.
    pub message: Vec<(Lang, Placed<String>)>,
    /// Help templates by language: one more line of help.
    pub help: Vec<(Lang, Placed<String>)>,
    /// `guards.add`.
    pub guards_add: Vec<Placed<String>>,
    /// `guards.drop`.
    pub guards_drop: Vec<Placed<String>>,
    /// The rule's own contexts: `unless.after.zh = [...]`.
    pub unless: Vec<ContextDecl>,
    /// Block roles it leaves alone: `unless.block = [...]`.
    pub unless_blocks: Vec<Role>,
    /// Contexts of which one must hold, in the languages that have any: `only.sentence.en = [...]`.
    pub only: Vec<ContextDecl>,
    /// Its examples.
    pub examples: Vec<ExampleDecl>,
    /// The whole rule, for problems without a better place.
    pub at: At,
}
