//! What the README shows is so: its first own rule works as it stands, and slips in it are told.

use crate::support::Folder;

/// The first TOML block of the README.
fn first_rule() -> String {
    let readme = include_str!("../README.md");
    let (_, after) = readme.split_once("```toml\n").unwrap();
    after.split_once("```\n").unwrap().0.to_owned()
}

#[test]
fn the_first_own_rule() {
    let copy = "据报道，比赛今晚在花岗岩队的主场灯塔公园球场进行。\n";
    let folder = Folder::new().with("own.toml", first_rule()).with("tonight.txt", copy);
    let ran = folder.run(&["test", "own.toml", "--coverage"]);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("4 examples of 1 rule passed\n", ""));
    let ran = folder.run(&["check", "--isolated", "--rules", "own.toml", "tonight.txt"]);
    assert!(ran.stdout.contains("error[home-ground]: 灯塔公园球场不是花岗岩队的主场"), "{}", ran.stdout);
    assert_eq!(ran.status, Some(1));
}

#[test]
fn a_slip_in_it() {
    let folder = Folder::new().with("own.toml", first_rule().replacen("is = \"stadium\"", "is = \"stadum\"", 1));
    let ran = folder.run(&["test", "own.toml"]);
    assert!(ran.stderr.contains("there is no kind `stadum`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `stadium`?"), "{}", ran.stderr);
    assert_eq!(ran.status, Some(2));
}

#[test]
fn the_first_command() {
    let ran = Folder::new().with("talks.md", include_str!("../examples/talks.md")).run(&["check", "talks.md"]);
    assert!(ran.stdout.contains("阿布扎比不是阿曼首都"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Abu Dhabi is not the capital of Oman"), "{}", ran.stdout);
}
