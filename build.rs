//! Compiles the shipped rules and facts into the pack that the program uses in place.
//!
//! The compiler of rules is the library's own: its modules are part of this script, so that nothing about rules is said
//! twice. They stand at the same paths from the root as in `src/lib.rs`.

#![allow(dead_code, missing_docs, unreachable_pub, unused_imports, reason = "a part of the library is used here")]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::exit;

#[path = "src/text/mod.rs"]
mod text;
#[path = "src/value/mod.rs"]
mod value;
#[path = "src/pack/mod.rs"]
mod pack;
#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/article/mod.rs"]
mod article;
#[path = "src/fact/mod.rs"]
mod fact;
#[path = "src/pattern/mod.rs"]
mod pattern;
#[path = "src/expression/mod.rs"]
mod expression;
#[path = "src/rule/mod.rs"]
mod rule;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=rules");
    let files = shipped(Path::new("rules"));
    fs::write(out.join("shipped.rs"), embedded(&files)).expect("OUT_DIR can be written");
    let files = if is_linted() { Vec::new() } else { files };
    let texts = files.iter().map(|file| rule::written::SourceFile {
        name: file.name.clone(),
        text: fs::read_to_string(&file.path).expect("rule files are UTF-8").into(),
        shipped: true,
    });
    let (pack, problems) = rule::compile_to_pack(rule::load::load_files(texts.collect()));
    // A pack without the broken rules is written all the same: `factlint test rules` draws the problems in their files.
    for problem in &problems {
        println!("cargo::warning={problem}: {:?}", problem.position());
    }
    fs::write(out.join("shipped.pack"), pack).expect("OUT_DIR can be written");
}

/// Whether clippy runs, which looks at code and needs no rules: compiling them takes most of its time.
fn is_linted() -> bool {
    println!("cargo::rerun-if-env-changed=RUSTC_WORKSPACE_WRAPPER");
    let wrapper = env::var_os("RUSTC_WORKSPACE_WRAPPER").map(PathBuf::from);
    wrapper.is_some_and(|wrapper| wrapper.file_stem().is_some_and(|stem| stem == "clippy-driver"))
}

struct File {
    name: String,
    path: PathBuf,
}

/// Every `rules/**/*.toml` but import maps, in the order of their names.
fn shipped(folder: &Path) -> Vec<File> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let named = walk
        .map(|entry| File { name: entry.path().to_string_lossy().replace('\\', "/"), path: entry.path().to_owned() });
    named.filter(|file| file.name.ends_with(".toml") && !file.name.ends_with(".map.toml")).collect()
}

/// The files as a table of name and text.
fn embedded(files: &[File]) -> String {
    let root = env::current_dir().expect("a build script has a current folder");
    let mut code =
        String::from("/// The shipped rule and fact files: name and text.\nstatic FILES: &[ShippedFile] = &[\n");
    for File { name, path } in files {
        let full = root.join(path).display().to_string();
        writeln!(code, "    ({name:?}, include_str!({full:?})),").expect("a string takes all");
    }
    code.push_str("];\n");
    code
}
