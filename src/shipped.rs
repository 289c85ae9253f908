//! What the program ships: its rules and facts, as files and as the pack that was compiled from them when it was built.

use crate::pack::Pack;
use crate::rule::RuleSet;
use crate::rule::load::{Loaded, ShippedFile, load};
use std::path::PathBuf;

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

/// Reads rule and fact files at `paths`, with the shipped ones if wanted.
pub fn load_with(paths: &[PathBuf], shipped: bool) -> Loaded {
    load(paths, if shipped { FILES } else { &[] })
}

/// What tells this build's rules and facts from those of any other.
pub fn fingerprint() -> u64 {
    Pack::of_program(PACK).map_or(0, |pack| pack.fingerprint())
}
