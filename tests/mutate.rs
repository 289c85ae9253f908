//! Errors planted into clean copy: found by seed, told by rule, and the copy of `copy/` stays clean.

use crate::support::Folder;
use std::path::Path;

const CLEAN: &str = "船队昨天离开挪威首都奥斯陆。\n\n代表团今天抵达阿曼首都马斯喀特。\n";

fn told(folder: &Folder, more: &[&str]) -> serde_json::Value {
    let ran = folder.run(&[&["mutate", "copy", "--output-format=json"], more].concat());
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr))
}

#[test]
fn errors_are_planted_by_a_seed_and_found() {
    let folder = Folder::new()
        .with("copy/a.txt", CLEAN)
        .with("copy/b.jsonl", "{\"id\": \"1\", \"text\": \"德国首都柏林今天放晴。\"}\n");
    let first = told(&folder, &["--rule", "capital", "--seed", "3"]);
    assert_eq!((&first["planted"], &first["rules"][0]["rule"]), (&3.into(), &"capital".into()), "{first}");
    assert_eq!(
        first["found"],
        first["errors"].as_array().unwrap().iter().filter(|error| error["found"] == true).count()
    );
    assert_eq!(first["errors"][2]["path"], "copy/b.jsonl");
    assert_eq!(first, told(&folder, &["--rule", "capital", "--seed", "3", "-j", "4"]));
    assert_ne!(first["errors"], told(&folder, &["--rule", "capital", "--seed", "4"])["errors"]);
}

#[test]
fn what_cannot_be_written_into_is_told() {
    let utf16: Vec<u8> = format!("\u{FEFF}{CLEAN}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = Folder::new().with("copy/a.txt", utf16);
    let told = told(&folder, &["--rule", "capital"]);
    assert_eq!((&told["skipped"][0], &told["planted"]), (&"copy/a.txt".into(), &0.into()), "{told}");
}

#[test]
fn too_small_a_share_fails() {
    let folder = Folder::new().with("copy/a.txt", "晴。");
    let ran = folder.run(&["mutate", "copy", "--min-recall", "0.5"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stdout);
    assert!(ran.stdout.contains("nothing was planted"), "{}", ran.stdout);
    assert_eq!(folder.run(&["mutate", "copy", "--rule", "capitol"]).status, Some(2));
    assert_eq!(folder.run(&["mutate", "copy", "--min-recall", "90"]).status, Some(2));
}

#[test]
fn clean_copy_is_clean() {
    let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/copy");
    let ran = Folder::new().run(&["check", "--isolated", "--output-format=concise", &copy.to_string_lossy()]);
    assert!(ran.status == Some(0) && ran.stdout.starts_with("Nothing found"), "{}{}", ran.stdout, ran.stderr);
}
