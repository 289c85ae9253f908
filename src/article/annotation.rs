//! What markup says of words: that they are a name, which country a place lies in, which day a date is. NITF's `person`,
//! `location` and `chron` say so, and HTML's `time`. Copy goes on to say what it says: an annotation only settles how
//! its words are to be read.

use super::View;
use crate::text::Span;
use jiff::civil::Date;

/// What markup says of some words of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Where the words stand, in the text that blocks point into, or in the view.
    pub span: Span,
    /// What is said of them.
    pub says: Says,
}

/// What an annotation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// The words are a name, and so no plain words of the language; of a place, the code of its country if it is given.
    Name {
        /// Such as `OM`.
        country: Option<String>,
    },
    /// The words mean this day.
    Day(Date),
}

impl Annotation {
    /// The annotation of the same words in the view, without the white space around them; `None` if the view has none.
    pub(super) fn in_view(&self, view: &View) -> Option<Annotation> {
        let span = view.of_source(self.span)?;
        let words = span.of(&view.text);
        let start = span.start + (words.len() - words.trim_start().len());
        let span = Span::new(start, start + words.trim().len());
        (!span.is_empty()).then(|| Annotation { span, says: self.says.clone() })
    }
}
