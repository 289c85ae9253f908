//! Packs and the cache: what was compiled before is used again, and never where it is not what it should be.

use crate::support::Folder;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

const ARGUMENTS: &[&str] = &["check", "--rules", "house.toml", "--no-builtin-rules", "-q", "a.txt"];

/// A folder with a slip in it and rules that are old enough for their stamp to be believed.
fn folder() -> Folder {
    let folder = Folder::new().with("a.txt", "船队昨天抵达阿曼首都阿布扎比。\n");
    age(&folder);
    folder
}

fn age(folder: &Folder) {
    let file = fs::File::options().write(true).open(folder.path().join("house.toml")).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
}

fn cached(folder: &Folder, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.path().join(".cache")) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|of| of == extension)).collect();
    found.sort();
    found
}

/// What a run finds, and that it found something.
fn findings(folder: &Folder) -> String {
    let ran = folder.run(ARGUMENTS);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.is_empty(), "{}", ran.stderr);
    ran.stdout
}

#[test]
fn rules_are_compiled_once() {
    let folder = folder();
    let first = findings(&folder);
    let packs = cached(&folder, "pack");
    assert_eq!(packs.len(), 1);
    let made = fs::metadata(&packs[0]).unwrap().modified().unwrap();
    assert_eq!(findings(&folder), first);
    assert_eq!(fs::metadata(&packs[0]).unwrap().modified().unwrap(), made);
}

#[test]
fn a_changed_rule_file_is_seen_at_once() {
    let folder = folder();
    findings(&folder);
    let path = folder.path().join("house.toml");
    let text = fs::read_to_string(&path).unwrap().replace("id = \"capital\"", "id = \"seat-one\"");
    fs::write(&path, &text).unwrap();
    assert!(findings(&folder).contains("seat-one"));
    // The same size and the same second.
    fs::write(&path, text.replace("seat-one", "seat-two")).unwrap();
    assert!(findings(&folder).contains("seat-two"));
}

#[test]
fn damaged_files_of_the_cache_are_made_again() {
    let folder = folder();
    let first = findings(&folder);
    let pack = cached(&folder, "pack").remove(0);
    let whole = fs::read(&pack).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut bytes = whole.clone();
        bytes[at..(at + 300).min(whole.len())].fill(0x5A);
        fs::write(&pack, &bytes).unwrap();
        assert_eq!(findings(&folder), first, "damaged from byte {at}");
    }
    for end in [0, 7, 40, 5000, whole.len() - 1] {
        fs::write(&pack, &whole[..end]).unwrap();
        assert_eq!(findings(&folder), first, "cut at byte {end}");
    }
    fs::write(cached(&folder, "stamps").remove(0), "no stamps").unwrap();
    assert_eq!(findings(&folder), first);
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let folder = folder();
    let first = folder.run(&[ARGUMENTS, &["--no-cache"]].concat()).stdout;
    thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| findings(&folder))).collect();
        runs.into_iter().for_each(|run| assert_eq!(run.join().unwrap(), first));
    });
}

#[test]
fn without_the_cache_nothing_is_kept() {
    let folder = folder();
    folder.run(&[ARGUMENTS, &["--no-cache"]].concat());
    assert!(cached(&folder, "pack").is_empty());
}

#[test]
fn a_pack_goes_round_the_newsroom() {
    let folder = folder();
    let made = folder.run(&["pack", "house.toml", "--no-builtin-rules", "-o", "house.pack"]);
    assert_eq!((made.status, made.stderr.as_str()), (Some(0), ""));
    let with_pack = ["check", "--rules", "house.pack", "--no-builtin-rules", "-q", "a.txt"];
    assert_eq!(folder.run(&with_pack).stdout, findings(&folder));
    // Among other rules it gives what it was made of.
    let folder = folder.with("more.toml", "[kind.boat]\n");
    let both = ["check", "--rules", "house.pack", "--rules", "more.toml", "--no-builtin-rules", "-q", "a.txt"];
    assert_eq!(folder.run(&both).stdout, findings(&folder));
}

#[test]
fn a_pack_that_is_none_is_refused() {
    let folder = folder().with("no.pack", "rules!");
    let ran = folder.run(&["check", "--rules", "no.pack", "a.txt"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("no.pack") && ran.stderr.contains("this is no pack"), "{}", ran.stderr);
    assert!(ran.stderr.contains("factlint pack"), "{}", ran.stderr);
    folder.run(&["pack", "house.toml", "--no-builtin-rules", "-o", "house.pack"]);
    let mut bytes = fs::read(folder.path().join("house.pack")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let folder = folder.with("house.pack", bytes);
    let ran = folder.run(&["check", "--rules", "house.pack", "a.txt"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("damaged"), "{}", ran.stderr);
}

#[test]
fn a_pack_is_not_made_of_broken_rules() {
    let folder = folder().with("broken.toml", "[[rule]]\nid = 3\n");
    let ran = folder.run(&["pack", "broken.toml", "-o", "b.pack"]);
    assert_eq!(ran.status, Some(2));
    assert!(!folder.path().join("b.pack").exists());
    let ran = folder.run(&["pack", "house.toml", "-o", "b.toml"]);
    assert!(ran.stderr.contains("b.pack"), "{}", ran.stderr);
}
