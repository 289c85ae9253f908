//! What is made when the program is built: the shipped rules and facts, and the table that folds Traditional characters.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    embed_rules(Path::new("rules"), &out.join("shipped.rs"));
    fold_table(&out.join("fold_table.rs"));
}

/// First character of the block that the table covers.
const FIRST: u32 = 0x3400;
/// Last character of it.
const LAST: u32 = 0x9FFF;

/// For every character of the unified ideographs its Simplified form by OpenCC's data, 0 where that is itself.
///
/// Only characters that fold to one character of the same block are kept, so that folding never changes a length.
fn fold_table(to: &Path) {
    println!("cargo::rerun-if-changed=build.rs");
    let converter = OpenCC::from_config(BuiltinConfig::T2s).expect("the configuration is built in");
    let back = OpenCC::from_config(BuiltinConfig::S2t).expect("the configuration is built in");
    let mut code = format!("const FIRST: u32 = {FIRST};\nstatic SIMPLIFIED: [u16; {}] = [", LAST - FIRST + 1);
    for point in FIRST..=LAST {
        let c = char::from_u32(point).expect("ideographs are characters");
        let folded = converter.convert(c.encode_utf8(&mut [0; 4]));
        let mut chars = folded.chars();
        let one = chars.next().filter(|one| chars.next().is_none() && *one != c);
        let value = one.map(u32::from).filter(|value| (FIRST..=LAST).contains(value)).unwrap_or(0);
        write!(code, "{value},").expect("a string takes all");
    }
    code.push_str("];\n");
    let mut only = vec![0u64; ((LAST - FIRST + 1) as usize).div_ceil(64)];
    for point in FIRST..=LAST {
        let c = char::from_u32(point).expect("ideographs are characters");
        let word = c.encode_utf8(&mut [0; 4]).to_owned();
        if converter.convert(&word) == word && back.convert(&word) != word {
            only[(point - FIRST) as usize / 64] |= 1 << ((point - FIRST) % 64);
        }
    }
    writeln!(code, "/// One bit a character: set where it is Simplified and Traditional copy writes another.\nstatic SIMPLIFIED_ONLY: [u64; {}] = {only:?};", only.len()).expect("a string takes all");
    fs::write(to, code).expect("OUT_DIR can be written");
}

/// Every `rules/**/*.toml` as `(name, text)`, in the order of their names.
fn embed_rules(folder: &Path, to: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let root = env::current_dir().expect("a build script has a current folder");
    let mut code =
        String::from("/// The shipped rule and fact files: name and text.\nstatic SHIPPED: &[(&str, &str)] = &[\n");
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    // Maps of `factlint import` lie beside the facts that they made.
    let is_rules = |name: &str| name.ends_with(".toml") && !name.ends_with(".map.toml");
    for file in files.filter(|file| file.file_name().to_str().is_some_and(is_rules)) {
        println!("cargo::rerun-if-changed={}", file.path().display());
        let name = file.path().to_string_lossy().replace('\\', "/");
        let full = root.join(file.path());
        writeln!(code, "    ({name:?}, include_str!({:?})),", full.display().to_string()).expect("a string takes all");
    }
    code.push_str("];\n");
    fs::write(to, code).expect("OUT_DIR can be written");
}
