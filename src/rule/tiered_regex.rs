//! A regex that costs little to have and little to use: compiled simply at first, thoroughly once it is asked often.
//!
//! A run over one article asks a guard once or twice, and compiling a fast regex would take most of its time; a run over
//! an archive asks it a million times.

use regex::{Regex, RegexBuilder};
use regex_lite::{Regex as SimpleRegex, RegexBuilder as SimpleRegexBuilder};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Bytes of text that the simple regex reads before the thorough one is compiled.
const WORTH_COMPILING: u32 = 4_000;

/// See the module.
pub(super) struct TieredRegex {
    simple: OnceLock<Option<SimpleRegex>>,
    thorough: OnceLock<Option<Regex>>,
    bytes_read: AtomicU32,
    /// The two engines agree on it.
    has_simple: bool,
}

impl TieredRegex {
    /// For a source that was parsed when its rule loaded; letters of other alphabets than ASCII's fold case in the
    /// thorough engine alone.
    pub(super) fn new(source: &str) -> TieredRegex {
        let has_simple = !source.contains("\\p") && !source.contains("\\P") && !source.contains("\\W");
        TieredRegex { simple: OnceLock::new(), thorough: OnceLock::new(), bytes_read: AtomicU32::new(0), has_simple }
    }

    /// Whether it matches anywhere; one that is too large to compile matches nothing.
    pub(super) fn is_match(&self, source: &str, text: &str) -> bool {
        let read = self.bytes_read.fetch_add(text.len().min(1 << 16) as u32, Ordering::Relaxed);
        if self.has_simple && read < WORTH_COMPILING {
            let simple =
                self.simple.get_or_init(|| SimpleRegexBuilder::new(source).case_insensitive(true).build().ok());
            if let Some(simple) = simple {
                return simple.is_match(text);
            }
        } else if read > u32::MAX / 2 {
            self.bytes_read.store(WORTH_COMPILING, Ordering::Relaxed);
        }
        let thorough = self.thorough.get_or_init(|| {
            // The simple engine's word borders are ASCII's; both must say the same.
            let source = source.replace("\\b", "(?-u:\\b)");
            RegexBuilder::new(&source).case_insensitive(true).build().ok()
        });
        thorough.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_say_the_same() {
        for (source, text, holds) in [
            (r"\bnot\b", "it is Not so", true),
            (r"\bnot\b", "notable", false),
            (r"(?:不是|并非)[^,。]{0,4}$", "这并非事实", true),
            (r"^’s (?:[0-9A-Za-z_À-ɏ-]+ ){0,6}province\b", "’s Basque—or other—province", false),
            (r"\p{Han}{2}社", "新华社", true),
        ] {
            let regex = TieredRegex::new(source);
            assert_eq!(regex.is_match(source, text), holds, "{source} simply");
            regex.bytes_read.store(WORTH_COMPILING, Ordering::Relaxed);
            assert_eq!(regex.is_match(source, text), holds, "{source} thoroughly");
        }
    }
}
