//! DOCX, as Word would show it with all changes accepted: its paragraphs, without what was deleted. The text that spans
//! point into is what is shown, a paragraph a line; footnotes stand apart at its end, and comments are no copy.

use super::scribe::Draft;
use super::story::{FileFacts, role_of};
use super::xml::{Happening, attribute, walk, walk_shown};
use super::{ReadError, Shown, stated};
use crate::article::Role;
use crate::diagnostic::Run;
use crate::text::Span;
use quick_xml::events::BytesStart;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A part of the archive may not unpack to more than this.
const PART_BYTES: u64 = 64 << 20;
/// Parts of an archive.
const PARTS: usize = 10_000;

/// Names of paragraph styles and the role they mean.
const STYLES: &[(&str, Role)] =
    &[("title", Role::Headline), ("heading", Role::Headline), ("caption", Role::Caption), ("quote", Role::Quotation)];

/// The text as shown, and its articles.
pub(super) fn read(bytes: &[u8]) -> Result<Shown, ReadError> {
    let malformed = |what: String| ReadError::Malformed { format: "DOCX", what, at: None };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| malformed(error.to_string()))?;
    if archive.len() > PARTS {
        return Err(ReadError::TooLarge { what: "more than 10,000 parts in one archive" });
    }
    let mut text = String::new();
    let mut draft = Draft { facts: core(&mut archive)?, ..Draft::default() };
    let body = part(&mut archive, "word/document.xml")?;
    let body = body.ok_or_else(|| malformed("it has no word/document.xml".to_owned()))?;
    let mut runs = Vec::new();
    draft.blocks = paragraphs("word/document.xml", &body, &mut text, &mut runs)?;
    let mut drafts = vec![draft];
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        let Some(notes) = part(&mut archive, name)? else { continue };
        let facts = FileFacts { title: None, ..drafts[0].facts.clone() };
        let blocks = paragraphs(name, &notes, &mut text, &mut runs)?;
        drafts.push(Draft { facts, blocks, ..Draft::default() });
    }
    Ok(Shown { text, drafts, runs })
}

/// A part of the archive as text, if it is there.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, ReadError> {
    let malformed = |what: String| ReadError::Malformed { format: "DOCX", what: format!("{name}: {what}"), at: None };
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(malformed(error.to_string())),
    };
    let mut bytes = Vec::new();
    // What the archive says of its sizes is not to be trusted: the bytes that come out are counted.
    file.take(PART_BYTES + 1).read_to_end(&mut bytes).map_err(|error| malformed(error.to_string()))?;
    if bytes.len() as u64 > PART_BYTES {
        return Err(ReadError::TooLarge { what: "a part of the archive over 64 MiB" });
    }
    String::from_utf8(bytes).map(Some).map_err(|_| malformed("not UTF-8 text".to_owned()))
}

/// An error in a part of the archive, with the part's name: places are bytes of it.
fn in_part(name: &str, error: ReadError) -> ReadError {
    match error {
        ReadError::Malformed { format, what, at: Some(at) } => {
            ReadError::Malformed { format, what: format!("{name} (byte {at}): {what}"), at: None }
        }
        other => other,
    }
}

/// What the document states of itself.
fn core(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<FileFacts, ReadError> {
    let mut facts = FileFacts::default();
    let Some(core) = part(archive, "docProps/core.xml")? else { return Ok(facts) };
    let mut open: Vec<String> = Vec::new();
    walk("DOCX", &core, |happening| match happening {
        Happening::Open { name, .. } => open.push(name.to_owned()),
        Happening::Close { .. } => drop(open.pop()),
        Happening::Words { words, .. } => match open.last().map(String::as_str) {
            Some("created") => facts.date = facts.date.or_else(|| stated::day(words)),
            Some("language") => stated::field("language", words, &mut facts),
            _ => {}
        },
    })
    .map_err(|error| in_part("docProps/core.xml", error))?;
    Ok(facts)
}

/// Writes the paragraphs of a part down, a line each, and where each of their runs begins.
fn paragraphs(
    part: &'static str,
    xml: &str,
    text: &mut String,
    runs: &mut Vec<(usize, Run)>,
) -> Result<Vec<(Role, Vec<Span>)>, ReadError> {
    let mut blocks = Vec::new();
    let mut place = Run { part, paragraph: 0, run: 0 };
    let (mut start, mut style, mut in_table) = (text.len(), None, 0usize);
    // Deletions, what was moved away, text boxes' fallbacks.
    let hides =
        |name: &str, _: &BytesStart<'_>| matches!(name, "del" | "moveFrom" | "Fallback" | "instrText" | "delText");
    let mut words_shown = false;
    walk_shown("DOCX", xml, hides, |happening| match happening {
        Happening::Open { name, tag, .. } => match name {
            "p" => {
                (start, style) = (text.len(), None);
                place = Run { paragraph: place.paragraph + 1, run: 0, ..place };
            }
            "r" => {
                place.run += 1;
                runs.push((text.len(), place));
            }
            "pStyle" => {
                let name = attribute(tag, "val").unwrap_or_default().to_lowercase();
                style = STYLES.iter().find(|(word, _)| name.contains(word)).map(|(_, role)| *role);
            }
            "tbl" => in_table += 1,
            "t" => words_shown = true,
            "tab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            _ => {}
        },
        Happening::Close { name, .. } => match name {
            "t" => words_shown = false,
            "tbl" => in_table = in_table.saturating_sub(1),
            "p" => {
                let span = Span::new(start, text.len());
                text.push('\n');
                let words = span.of(text);
                if !words.trim().is_empty() {
                    let told = if in_table > 0 { Role::Table } else { role_of(words) };
                    blocks.push((style.unwrap_or(told), vec![span]));
                }
                start = text.len();
            }
            _ => {}
        },
        Happening::Words { words, .. } => {
            if words_shown {
                text.push_str(words);
            }
        }
    })
    .map_err(|error| in_part(part, error))?;
    Ok(blocks)
}
