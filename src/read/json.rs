//! JSON as the readers of news items take it: objects whose values keep their place in the file, and strings written
//! down without their escapes.

use super::transcript::Transcript;
use crate::text::Span;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Bytes of a value, escapes and all, up to which it may state something of an article.
const STATED_BYTES: usize = 1200;

/// An object whose values are still as they stand in the file.
pub(super) type Object<'t> = BTreeMap<Cow<'t, str>, &'t RawValue>;

/// Reads an object of a part of the file.
pub(super) fn object(part: &str) -> Result<Object<'_>, serde_json::Error> {
    /// Keys that have no escapes are borrowed.
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Borrowed<'t>(#[serde(borrow)] BTreeMap<Key<'t>, &'t RawValue>);
    #[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
    #[serde(transparent)]
    struct Key<'t>(#[serde(borrow)] Cow<'t, str>);
    let Borrowed(fields) = serde_json::from_str(part)?;
    Ok(fields.into_iter().map(|(Key(key), value)| (key, value)).collect())
}

/// The items of a value that is an array; an object or string counts as an array of one.
pub(super) fn items(value: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(value.get()).unwrap_or_else(|_| vec![value])
}

/// A string, or a number as it is written; none that is longer than any that states something of an article.
pub(super) fn words(value: &RawValue) -> Option<String> {
    let raw = value.get();
    if raw.len() > STATED_BYTES {
        return None;
    }
    if raw.starts_with('"') {
        return serde_json::from_str(raw).ok();
    }
    raw.starts_with(|c: char| c.is_ascii_digit() || c == '-').then(|| raw.to_owned())
}

/// The byte of a text at which a mistake in it was found.
pub(super) fn place(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    // Columns are bytes, from one.
    (lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1)).min(text.len())
}

/// Where a value stands in the file that it was read from.
pub(super) fn span(file: &str, value: &RawValue) -> Span {
    let start = value.get().as_ptr() as usize - file.as_ptr() as usize;
    Span::new(start, start + value.get().len())
}

/// Writes a string down without its escapes; `None` if the value is none. The words end with the end of a block.
pub(super) fn transcribe(file: &str, value: &RawValue, transcript: &mut Transcript) -> Option<Span> {
    let raw = value.get();
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let start = span(file, value).start + 1;
    let from = transcript.len();
    let mut at = 0;
    while let Some(backslash) = memchr::memchr(b'\\', &inner.as_bytes()[at..]).map(|next| at + next) {
        transcript.verbatim(file, Span::new(start + at, start + backslash));
        let (read, length) = escape(&inner[backslash..]);
        let end = backslash + length;
        transcript.replaced(read.encode_utf8(&mut [0; 4]), Span::new(start + backslash, start + end));
        at = end;
    }
    transcript.verbatim(file, Span::new(start + at, start + inner.len()));
    let words = Span::new(from, transcript.len());
    transcript.end_block();
    Some(words)
}

/// The character that the escape at the head of a valid string's rest stands for, and its bytes. Two of `\u` that make
/// one character are one; half of such a pair is none.
fn escape(rest: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let character = match rest.as_bytes().get(1) {
        Some(b'u') => {
            let pair = [unit(0), unit(6)].map(Option::unwrap_or_default);
            let mut read = char::decode_utf16(pair);
            return match read.next() {
                Some(Ok(character)) => (character, 6 * character.len_utf16()),
                _ => (char::REPLACEMENT_CHARACTER, 6),
            };
        }
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(other) => char::from(*other),
        None => return (char::REPLACEMENT_CHARACTER, 1),
    };
    (character, 2)
}

/// Words as they stand inside a JSON string.
pub(super) fn escaped(words: &str) -> String {
    let quoted = serde_json::to_string(words).unwrap_or_default();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_lose_their_escapes_and_keep_their_place() {
        let file = r#"{"a":1,"text":"line\n\u963f曼 \"x\" \ud83d\ude00 \ud83d\/\t end"}"#;
        let object = object(file).unwrap();
        let mut transcript = Transcript::default();
        let words = transcribe(file, object["text"], &mut transcript).unwrap();
        assert_eq!(words.of(transcript.text()), "line\n阿曼 \"x\" 😀 \u{FFFD}/\t end");
        assert_eq!(span(file, object["text"]).of(file), object["text"].get());
        assert_eq!(escaped("\"阿曼\"\n"), "\\\"阿曼\\\"\\n");
    }
}
