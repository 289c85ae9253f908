//! XML as the readers of news formats take it: elements opened and closed, and words with the place they stand at.
//! Entities that a document declares are not expanded, so that no document can grow by them.

use super::ReadError;
use crate::text::Span;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Elements may stand inside each other so deep.
const DEPTH: usize = 256;

/// What happens in a document.
pub(super) enum Happening<'e, 't> {
    /// An element begins; its name without prefix.
    Open { name: &'e str, tag: &'e BytesStart<'t>, span: Span },
    /// An element ends.
    Close { name: &'e str, span: Span },
    /// Words, and what in the file they are read from.
    Words { words: &'e str, span: Span },
}

/// Walks through what a document shows: elements that `hides` says are not part of it are left out with all that they hold.
pub(super) fn walk_shown<'t>(
    format: &'static str,
    text: &'t str,
    hides: impl Fn(&str, &BytesStart<'t>) -> bool,
    mut each: impl FnMut(Happening<'_, 't>),
) -> Result<(), ReadError> {
    let mut hidden = 0usize;
    walk(format, text, |happening| match &happening {
        Happening::Open { name, tag, .. } if hidden > 0 || hides(name, tag) => hidden += 1,
        Happening::Close { .. } if hidden > 0 => hidden -= 1,
        _ if hidden > 0 => {}
        _ => each(happening),
    })
}

/// Walks through a document, and stops at what is no XML.
pub(super) fn walk<'t>(
    format: &'static str,
    text: &'t str,
    mut each: impl FnMut(Happening<'_, 't>),
) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0usize;
    loop {
        let start = place(reader.buffer_position(), text);
        let event = reader.read_event().map_err(|error| ReadError::Malformed {
            format,
            what: error.to_string(),
            at: usize::try_from(reader.error_position()).ok(),
        })?;
        let span = Span::new(start, place(reader.buffer_position(), text));
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(ReadError::TooLarge { what: "elements more than 256 deep" });
                }
                each(Happening::Open { name: local(tag.name().as_ref()), tag: &tag, span });
            }
            Event::Empty(tag) => {
                let name = tag.name();
                each(Happening::Open { name: local(name.as_ref()), tag: &tag, span });
                each(Happening::Close { name: local(name.as_ref()), span });
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                each(Happening::Close { name: local(tag.name().as_ref()), span });
            }
            Event::Text(_) => each(Happening::Words { words: span.of(text), span }),
            Event::CData(_) => {
                let inner = Span::new(span.start + "<![CDATA[".len(), span.end - "]]>".len());
                each(Happening::Words { words: inner.of(text), span: inner });
            }
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = resolve_predefined_entity(&reference).map(str::to_owned);
                let words = character.or(named).unwrap_or_else(|| span.of(text).to_owned());
                each(Happening::Words { words: &words, span });
            }
            Event::Eof if depth > 0 => {
                let what = format!("it ends with {depth} elements open");
                return Err(ReadError::Malformed { format, what, at: Some(text.len()) });
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn place(position: u64, text: &str) -> usize {
    usize::try_from(position).unwrap_or(text.len()).min(text.len())
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| local(attribute.key.as_ref()) == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// The name of the outermost element, without reading further.
pub(super) fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    // A few events stand before it at most: a declaration, comments, a document type.
    for _ in 0..64 {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(local(tag.name().as_ref()).to_owned()),
            Event::Eof => return None,
            _ => {}
        }
    }
    None
}
