//! What is made when the program is built: the shipped rules and facts.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    embed_rules(Path::new("rules"), &out.join("shipped.rs"));
}

/// Every `rules/**/*.toml` as `(name, text)`, in the order of their names.
fn embed_rules(folder: &Path, to: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let root = env::current_dir().expect("a build script has a current folder");
    let mut code =
        String::from("/// The shipped rule and fact files: name and text.\nstatic SHIPPED: &[(&str, &str)] = &[\n");
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    for file in files.filter(|file| file.path().extension().is_some_and(|extension| extension == "toml")) {
        println!("cargo::rerun-if-changed={}", file.path().display());
        let name = file.path().to_string_lossy().replace('\\', "/");
        let full = root.join(file.path());
        writeln!(code, "    ({name:?}, include_str!({:?})),", full.display().to_string()).expect("a string takes all");
    }
    code.push_str("];\n");
    fs::write(to, code).expect("OUT_DIR can be written");
}
