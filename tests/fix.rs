//! Repairs put into files.

use crate::support::Folder;
use std::fs;

const WRONG: &str = "船队昨天离开挪威首都马斯喀特。\r\n";
const RIGHT: &str = "船队昨天离开挪威首都奥斯陆。\r\n";

fn read(folder: &Folder, name: &str) -> Vec<u8> {
    fs::read(folder.path().join(name)).unwrap()
}

#[test]
fn only_what_is_asked_for_is_changed() {
    let folder = Folder::new().with("a.txt", WRONG);
    // No rule of facts vouches for its repairs.
    assert_eq!(folder.check(&["a.txt", "--fix"]).status, Some(1));
    assert_eq!(read(&folder, "a.txt"), WRONG.as_bytes());
    let asked = folder.check(&["a.txt", "--unsafe-fixes"]);
    assert!(asked.stderr.contains("give --yes where nobody can answer"), "{}", asked.stderr);
    assert_eq!((asked.status, read(&folder, "a.txt")), (Some(2), WRONG.into()));
    let diff = folder.check(&["a.txt", "--unsafe-fixes", "--diff"]);
    assert!(diff.stdout.starts_with("--- a.txt\n+++ a.txt\n"), "{}", diff.stdout);
    assert_eq!(read(&folder, "a.txt"), WRONG.as_bytes());
    let fixed = folder.check(&["a.txt", "--unsafe-fixes", "--yes"]);
    assert_eq!((fixed.status, fixed.stderr.as_str()), (Some(0), "1 repaired\n"));
    assert_eq!(read(&folder, "a.txt"), RIGHT.as_bytes());
}

#[test]
fn what_is_let_stand_does_not_keep_others_from_repair() {
    let folder = Folder::new().with("a.txt", WRONG);
    let accept = ["accept", "a.txt", "--why", "旧书", "--no-builtin-rules", "--rules", "house.toml"];
    assert_eq!(folder.run(&accept).status, Some(0));
    let folder = folder.with("a.txt", format!("{WRONG}船长回到阿曼首都奥斯陆。\r\n"));
    let fixed = folder.check(&["a.txt", "--unsafe-fixes", "--yes", "--accepted", "factlint-accepted.toml"]);
    assert_eq!((fixed.status, fixed.stderr.as_str()), (Some(0), "1 repaired\n"));
    assert_eq!(read(&folder, "a.txt"), format!("{WRONG}船长回到阿曼首都马斯喀特。\r\n").as_bytes());
}

#[test]
fn encodings_marks_and_escapes_are_kept() {
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let long = format!("天气很好，风也不大，船长说可以开船了。\r\n{WRONG}");
    let folder = Folder::new()
        .with("a.txt", gb(&long))
        .with("b.txt", format!("\u{FEFF}{WRONG}"))
        .with("c.jsonl", "{\"text\":\"船队昨天离开挪威首都\\u9a6c斯喀特。\"}\n");
    let ran = folder.check(&[".", "--unsafe-fixes", "--yes", "-q"]);
    assert_eq!(ran.status, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(read(&folder, "a.txt"), gb(&long.replace("马斯喀特", "奥斯陆")));
    assert_eq!(read(&folder, "b.txt"), format!("\u{FEFF}{RIGHT}").into_bytes());
    assert_eq!(read(&folder, "c.jsonl"), "{\"text\":\"船队昨天离开挪威首都奥斯陆。\"}\n".as_bytes());
}

#[test]
fn a_repair_that_makes_a_new_finding_is_not_made() {
    let rule = "[[rule]]\nid = \"crowd\"\nsummary = \"A crowd.\"\npatterns.zh = ['首都奥斯陆的{n:number}人']\nrequire = \"n < 5\"\n\
                message.zh = \"{{ written.n }}人\"\nexamples = [{ text = \"首都奥斯陆的3人。\" }]\n";
    let wrong = "他们是挪威首都马斯喀特的9人。\n";
    let folder = Folder::new().with("own.toml", rule).with("a.txt", wrong).with("b.txt", WRONG);
    let ran = folder.check(&["--rules", "own.toml", "a.txt", "b.txt", "--unsafe-fixes", "--yes"]);
    assert!(ran.stderr.contains("a.txt: it cannot be repaired: the repairs would make new findings"), "{}", ran.stderr);
    assert_eq!((ran.status, read(&folder, "a.txt")), (Some(2), wrong.into()));
    assert_eq!(read(&folder, "b.txt"), RIGHT.as_bytes(), "other files are repaired all the same");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new().with("a.txt", WRONG);
    let (file, link) = (folder.path().join("a.txt"), folder.path().join("link.txt"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.txt", &link).unwrap();
    let ran = folder.check(&["link.txt", "--unsafe-fixes", "--yes", "-q"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert_eq!(read(&folder, "a.txt"), RIGHT.as_bytes());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}
