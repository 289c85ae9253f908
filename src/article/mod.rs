//! The text of one news item: its blocks with roles, its language, its day and its place.

mod annotation;
pub mod dateline;
pub mod day;
mod flow;
mod hyphen;
mod offset_map;
mod view;

pub use annotation::{Annotation, Says};
pub use view::{Passage, View};

use crate::text::{Lang, Script, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a block is in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The headline, deck or a subheading.
    Headline,
    /// Who wrote it.
    Byline,
    /// A line that holds only a dateline.
    Dateline,
    /// Running text.
    Paragraph,
    /// Text beside a picture.
    Caption,
    /// A table cell.
    Table,
    /// A block quotation.
    Quotation,
    /// A published correction.
    Correction,
    /// Program text: never checked.
    Code,
}

impl Role {
    /// Every role, in the order of declaration.
    pub const ALL: [Role; 9] = [
        Role::Headline,
        Role::Byline,
        Role::Dateline,
        Role::Paragraph,
        Role::Caption,
        Role::Table,
        Role::Quotation,
        Role::Correction,
        Role::Code,
    ];

    /// The word used in rules and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Headline => "headline",
            Role::Byline => "byline",
            Role::Dateline => "dateline",
            Role::Paragraph => "paragraph",
            Role::Caption => "caption",
            Role::Table => "table",
            Role::Quotation => "quotation",
            Role::Correction => "correction",
            Role::Code => "code",
        }
    }

    /// Reads the word used in rules.
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// A part of an article with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Where its text stands in the file, in reading order; markup between the pieces is left out.
    pub pieces: Vec<Span>,
}

/// The text of one news item. Its words stay in the file's text; blocks point at them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The headline as text.
    pub title: Option<String>,
    /// The article's day (design: metadata, dateline, issue, `--as-of`), never the clock.
    pub date: Option<Date>,
    /// The place of the dateline or of the metadata, as written.
    pub place: Option<String>,
    /// Stated, else by script.
    pub lang: Lang,
    /// The script repairs are proposed in.
    pub script: Script,
    /// Its blocks in file order.
    pub blocks: Vec<Block>,
    /// What markup says of words in them.
    pub annotations: Vec<Annotation>,
}
