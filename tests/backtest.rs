//! Draft rules on an archive: what they find, how often, and what changed since the last run.

use crate::support::Folder;
use std::fs;

const WRONG: &str = "船队昨天离开挪威首都马斯喀特。";
const RUN: [&str; 6] = ["backtest", "house.toml", "--on", "archive", "--no-builtin-rules", "--output-format=json"];

fn told(folder: &Folder, more: &[&str]) -> serde_json::Value {
    let ran = folder.run(&[&RUN[..], more].concat());
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr))
}

fn count(told: &serde_json::Value, what: &str) -> Option<usize> {
    told[what].as_array().map(Vec::len)
}

#[test]
fn what_changed_since_the_last_run_is_told() {
    let folder = Folder::new().with("archive/a.txt", WRONG).with("archive/b.txt", "晴。");
    let first = told(&folder, &[]);
    assert_eq!((count(&first, "hits"), count(&first, "new"), &first["characters"]), (Some(1), None, &17.into()));
    fs::write(folder.path().join("archive/a.txt"), "晴。").unwrap();
    fs::write(folder.path().join("archive/b.txt"), format!("\n\n{WRONG}")).unwrap();
    let second = told(&folder, &[]);
    assert_eq!((count(&second, "new"), count(&second, "gone")), (Some(1), Some(1)));
    assert_eq!((&second["new"][0]["path"], &second["new"][0]["line"]), (&"archive/b.txt".into(), &3.into()));
    // A hit that only moves within its file is the same hit.
    fs::write(folder.path().join("archive/b.txt"), WRONG).unwrap();
    let third = told(&folder, &[]);
    assert_eq!((count(&third, "new"), count(&third, "gone")), (Some(0), Some(0)));
}

#[test]
fn a_sample_is_the_same_for_a_seed() {
    let folder = (0..20).fold(Folder::new(), |folder, n| folder.with(&format!("archive/{n}.txt"), WRONG));
    let sample = |seed: &str| told(&folder, &["--limit", "5", "--seed", seed, "--state", seed])["hits"].clone();
    assert_eq!(sample("1").as_array().map(Vec::len), Some(5));
    assert_eq!(sample("1"), sample("1"));
    assert_ne!(sample("1"), sample("2"));
}

#[test]
fn what_is_no_record_is_not_overwritten() {
    let folder = Folder::new().with("archive/a.txt", WRONG).with("notes.txt", "notes");
    let ran = folder.run(&[&RUN[..], &["--state", "notes.txt"]].concat());
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("notes.txt: no record of a back-test"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("notes.txt")).unwrap(), "notes");
}
