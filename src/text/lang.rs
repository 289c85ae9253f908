//! The language of copy, and its script where that matters.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language by its two-letter ISO 639-1 code. A language is data: any code may be used in rules and names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lang([u8; 2]);

/// Bytes that the language of a text is told by.
const SAMPLE_BYTES: usize = 512;

impl Lang {
    /// Chinese, in either script.
    pub const ZH: Lang = Lang(*b"zh");
    /// English.
    pub const EN: Lang = Lang(*b"en");

    /// Reads `zh`, `en`, `zh-Hant`, `zh_TW`, `en-GB` …: the two letters that lead; `None` for anything else.
    pub fn from_code(code: &str) -> Option<Lang> {
        let head = code.split(['-', '_']).next().unwrap_or_default().as_bytes();
        match head {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Lang([a.to_ascii_lowercase(), b.to_ascii_lowercase()]))
            }
            _ => None,
        }
    }

    /// The two letters as bytes.
    pub(crate) fn bytes(self) -> [u8; 2] {
        self.0
    }

    /// The language of two bytes that [`Lang::bytes`] gave.
    pub(crate) fn of_bytes(bytes: [u8; 2]) -> Lang {
        Lang(bytes)
    }

    /// The two letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// Chinese if a tenth or more of the letters are Han characters, else English; `None` without letters.
    pub fn of_script(text: &str) -> Option<Lang> {
        let (mut han, mut other) = (0u32, 0u32);
        let sample = &text.as_bytes()[..text.len().min(SAMPLE_BYTES)];
        // The first few hundred characters settle it, and the first byte of a character tells its script well enough:
        // E4 to E9 begin the Han characters from U+4000 on, C3 to DF other alphabets.
        for chunk in sample.chunks(128) {
            // Small counters let the compiler take many bytes at a time.
            let (mut some_han, mut some_other) = (0u8, 0u8);
            for byte in chunk {
                some_han += u8::from(matches!(byte, 0xE4..=0xE9));
                some_other += u8::from(byte.is_ascii_alphabetic()) | u8::from(matches!(byte, 0xC3..=0xDF));
            }
            han += u32::from(some_han);
            other += u32::from(some_other);
        }
        match (han, other) {
            (0, 0) => text.chars().any(char::is_alphabetic).then_some(Lang::EN),
            (han, other) if han * 9 >= other => Some(Lang::ZH),
            _ => Some(Lang::EN),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The script in which repairs are proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Script {
    /// Simplified Chinese, and every other script.
    #[default]
    Plain,
    /// Traditional Chinese.
    Traditional,
}
