//! What an archive calls the fields of its articles, where it has names of its own for them.

use super::stated;
use super::story::FileFacts;

/// Names of fields or columns, looked for before the usual ones. A name may lead through objects: `content.body`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Headlines.
    pub title: Vec<String>,
    /// The words of the article.
    pub text: Vec<String>,
    /// Its day.
    pub date: Vec<String>,
    /// Its language.
    pub lang: Vec<String>,
    /// The place of its dateline.
    pub place: Vec<String>,
}

impl Fields {
    /// Takes what an article states under these names.
    pub(super) fn stated(&self, value: impl Fn(&str) -> Option<String>, facts: &mut FileFacts) {
        for (names, usual) in [(&self.date, "date"), (&self.lang, "lang"), (&self.place, "place")] {
            if let Some(words) = names.iter().find_map(|name| value(name)) {
                stated::field(usual, &words, facts);
            }
        }
    }

    /// Whether none is named.
    pub fn is_empty(&self) -> bool {
        *self == Fields::default()
    }
}
