//! What the program ships: its rules and facts, as files and as the pack that was compiled from them when it was built.

use crate::pack::Pack;
use crate::rule::RuleSet;
use crate::rule::load::ShippedFile;
use crate::rule::written::SourceFile;

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// The pack, compiled by `build.rs`.
static PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shipped.pack"));

/// The shipped rules and facts, used in place: nothing is parsed.
pub fn rules() -> RuleSet {
    // The build fails if they do not compile, and a test opens them.
    Pack::of_program(PACK).and_then(RuleSet::of_pack).unwrap_or_else(|_| RuleSet::empty())
}

/// The shipped files.
pub fn files() -> &'static [ShippedFile] {
    FILES
}

/// The shipped files, if wanted, and then others. One that lies where a shipped one comes from (`rules/geography.toml`)
/// takes its place, so that the shipped rules can be worked on in place.
pub fn among(others: Vec<SourceFile>, wanted: bool) -> Vec<SourceFile> {
    if !wanted {
        return others;
    }
    let shipped =
        |(name, text): &ShippedFile| SourceFile { name: (*name).to_owned(), text: (*text).into(), shipped: true };
    let mut all: Vec<SourceFile> = FILES.iter().map(shipped).collect();
    for file in others {
        let full =
            std::path::absolute(&file.name).map_or(file.name.clone(), |path| path.to_string_lossy().replace('\\', "/"));
        match FILES.iter().position(|(name, _)| full.ends_with(&format!("/{name}"))) {
            Some(at) => all[at] = file,
            None => all.push(file),
        }
    }
    all
}

/// What tells this build's rules and facts from those of any other.
pub fn fingerprint() -> u64 {
    Pack::of_program(PACK).map_or(0, |pack| pack.fingerprint())
}
