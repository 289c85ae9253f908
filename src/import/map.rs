//! A map as a person wrote it: how the columns of a table become entities, names and facts. Nothing is compiled here.

use crate::rule::problem::Problem;
use crate::rule::written::{Placed, SourceFile};
use crate::text::Lang;
use jiff::civil::Date;

/// A whole map.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// What the facts file holds, in a sentence: its first line.
    pub about: Option<String>,
    /// The sign between cells; without it the table's extension tells.
    pub delimiter: Option<u8>,
    /// A line that begins with this sign is no row.
    pub comment: Option<u8>,
    /// Whether `"` encloses cells, as spreadsheets write them.
    pub quote: bool,
    /// Files that declare kinds and relations of one's own, relative to the map.
    pub schema: Vec<Placed<String>>,
    /// Facts files whose ids are taken already, relative to the map.
    pub beside: Vec<Placed<String>>,
    /// Where the facts come from.
    pub source: Option<Source>,
    /// Names for expressions that are used more than once, in written order.
    pub lets: Vec<(Placed<String>, Placed<String>)>,
    /// Which rows count.
    pub filter: Option<Placed<String>>,
    /// By what the entities are put in order.
    pub order: Vec<Placed<String>>,
    /// Other tables and facts files that are looked into.
    pub lookups: Vec<Lookup>,
    /// What one row tells of: the map itself, and each `[[also]]`.
    pub records: Vec<Record>,
    /// The map's name and text.
    pub files: Vec<SourceFile>,
    /// What is wrong with its TOML and its keys.
    pub problems: Vec<Problem>,
}

/// `[source]`, copied into the facts file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its licence.
    pub licence: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The day it was checked.
    pub checked: Date,
}

/// What is done with rows of one id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Unique {
    /// The later ones are bad rows.
    #[default]
    Error,
    /// They speak of one entity: its names and facts are put together.
    Merge,
    /// They are different entities: the second gets `-2`.
    Number,
}

/// How a row becomes an entity.
#[derive(Clone, Debug)]
pub struct Record {
    /// Template of its kind.
    pub kind: Placed<String>,
    /// Template of its id.
    pub id: Placed<String>,
    /// Whether the row tells of one.
    pub filter: Option<Placed<String>>,
    /// What equal ids mean.
    pub unique: Unique,
    /// Names by language and form, in written order.
    pub names: Vec<NameMap>,
    /// Facts, in written order.
    pub facts: Vec<FactMap>,
    /// What it belongs to.
    pub part_of: Option<Value>,
}

/// Where a value comes from: `columns = ["zh", "zh_other"]`, or `is = "{{ … }}"`; several in one cell are split.
#[derive(Clone, Debug)]
pub struct Value {
    /// Columns or a template.
    pub from: From,
    /// What stands between several values of one cell.
    pub split: Option<String>,
}

/// Columns, or a template.
#[derive(Clone, Debug)]
pub enum From {
    /// The cells of these columns.
    Columns(Vec<Placed<String>>),
    /// What this template makes of the row.
    Template(Placed<String>),
}

/// `[names.zh]`, `[forms.adjective.en]`.
#[derive(Clone, Debug)]
pub struct NameMap {
    /// Language.
    pub lang: Lang,
    /// Form, with its place; none for a base name.
    pub form: Option<Placed<String>>,
    /// The names.
    pub value: Value,
    /// Expression: whether a name is also a plain word.
    pub weak: Option<Placed<String>>,
    /// Expression: whether a name is not certain.
    pub unsure: Option<Placed<String>>,
    /// Template of the first day.
    pub since: Option<Placed<String>>,
    /// Template of the last day.
    pub until: Option<Placed<String>>,
}

/// `[facts.country]`.
#[derive(Clone, Debug)]
pub struct FactMap {
    /// Name of the relation.
    pub relation: Placed<String>,
    /// The objects.
    pub value: Value,
    /// Template of the first day.
    pub since: Option<Placed<String>>,
    /// Template of the last day.
    pub until: Option<Placed<String>>,
    /// Template: `high`, `medium` or `low`.
    pub confidence: Option<Placed<String>>,
    /// Expression: whether it is contested.
    pub contested: Option<Placed<String>>,
    /// Template of the day it was checked.
    pub checked: Option<Placed<String>>,
    /// Template of its source.
    pub source: Option<Placed<String>>,
}

impl FactMap {
    /// A fact that says no more than its object.
    pub(super) fn new(relation: Placed<String>, value: Value) -> FactMap {
        let (since, until, checked, source) = (None, None, None, None);
        FactMap { relation, value, since, until, confidence: None, contested: None, checked, source }
    }
}

/// `[lookup.NAME]`.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// What `id('…')` or `row('…')` calls it.
    pub name: Placed<String>,
    /// Where it looks.
    pub within: Within,
    /// Whether a value that is not found is left out instead of making the row bad.
    pub skip: bool,
}

/// Where a look-up looks.
#[derive(Clone, Debug)]
pub enum Within {
    /// Names of one kind in facts files, relative to the map.
    Facts {
        /// The kind.
        kind: String,
        /// The files.
        files: Vec<Placed<String>>,
    },
    /// Another table, by one of its columns or by several together.
    Table {
        /// The table, relative to the map.
        path: Placed<String>,
        /// The columns.
        key: Vec<Placed<String>>,
    },
}
