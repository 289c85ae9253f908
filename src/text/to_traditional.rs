//! Simplified into Traditional, for repairs proposed to an article in Traditional script.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use std::sync::LazyLock;

/// Loading the phrase table takes milliseconds, so it waits for the first Traditional article with a finding.
static CONVERTER: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2t).ok());

/// The words in Traditional characters, by OpenCC's phrases and characters.
pub fn to_traditional(words: &str) -> String {
    CONVERTER.as_ref().map_or_else(|| words.to_owned(), |converter| converter.convert(words))
}
