//! What no one should have given: each is told in words or simply works, and the other files are still checked.

use crate::support::{Folder, Ran};
use std::io::Read;
use std::process::Stdio;

const WRONG: &str = "船队昨天离开挪威首都马斯喀特。\n";

/// A folder with one file that has a finding.
fn folder() -> Folder {
    Folder::new().with("good.txt", WRONG)
}

/// The bad file is told, the good one is checked all the same, and there is no verdict.
#[track_caller]
fn told(ran: &Ran, words: &str) {
    assert!(ran.stderr.contains(words), "{}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    assert!(ran.stdout.contains("马斯喀特不是挪威首都"), "{}", ran.stdout);
    assert_eq!(ran.status, Some(2));
}

#[test]
fn a_missing_path() {
    told(&folder().check(&["good.txt", "gone.txt"]), "error: gone.txt: there is no such file or folder");
}

#[test]
fn a_folder_without_copy() {
    let ran = folder().with("empty/picture.png", "").check(&["good.txt", "empty"]);
    told(&ran, "error: empty: no copy found here: factlint reads .txt, .text, .md, .markdown, .html,");
}

#[test]
fn what_is_not_text() {
    told(&folder().with("a.txt", b"PK\0\x01\x02").check(&["."]), "error: a.txt: not a text file");
    told(&folder().with("a.txt", b"caf\xE9 au lait").check(&["."]), "error: a.txt: not UTF-8 text");
    told(&folder().with("a.odt", "x").check(&["good.txt", "a.odt"]), "error: a.odt: there is no reader");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder().with("locked.txt", WRONG);
    let locked = folder.path().join("locked.txt");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads everything.
    if std::fs::read(&locked).is_err() {
        told(&folder.check(&["."]), "error: locked.txt: it cannot be read: permission denied");
    }
}

#[test]
fn an_empty_file_is_copy_without_findings() {
    for empty in ["", "\u{FEFF}", "\n\r\n \t\n"] {
        let ran = Folder::new().with("a.txt", empty).check(&["a.txt"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
        assert_eq!(ran.stdout, "Nothing found in 1 file (0 articles, 0 claims)\n");
    }
}

#[test]
fn one_line_of_megabytes() {
    let text = format!("{}{}", "海面平静，船员们各自忙碌。".repeat(60_000), WRONG);
    let ran = Folder::new().with("a.txt", text).check(&["a.txt"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(1), ""));
    assert!(ran.stdout.contains("[a.txt:1:780011]"), "{}", &ran.stdout);
    assert!(ran.stdout.len() < 2000, "what is shown is cut around the finding");
}

#[test]
fn standard_input_is_read_once() {
    let house = ["check", "--isolated", "--no-builtin-rules", "--rules", "house.toml"];
    let ran = folder().run_with(&[&house[..], &["-", "-"]].concat(), WRONG);
    assert_eq!(ran.status, Some(2));
    assert_eq!(ran.stderr, "error: standard input can be read only once: give `-` once\n");
    let ran = folder().run_with(&[&house[..], &["-"]].concat(), WRONG);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stdout.contains("[<stdin>:1:11]"), "{}", ran.stdout);
}

#[test]
fn a_reader_that_goes_away() {
    let folder = Folder::new().with("a.txt", WRONG.repeat(2000));
    for format in ["text", "json", "jsonl"] {
        let arguments =
            ["check", "--isolated", "--no-builtin-rules", "--rules", "house.toml", "--output-format", format];
        let mut command = folder.factlint(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(1), ""), "{format}");
    }
}

#[test]
fn text_that_would_steer_the_terminal() {
    let ran = Folder::new().with("a.txt", format!("\u{1b}[2J\u{202e}{WRONG}")).check(&["a.txt"]);
    assert_eq!(ran.status, Some(1));
    assert!(!ran.stdout.contains(['\u{1b}', '\u{202e}']), "{}", ran.stdout);
}

#[test]
fn a_broken_rule_is_drawn_and_the_others_run() {
    let broken = "[[rule]]\nid = \"broken\"\nsummary = \"x\"\npatterns.zh = ['首都{cty}']\nrequire = \"true\"\nmessage.zh = \"x\"\nexamples = [{ text = \"首都\" }]\n";
    let ran = folder().with("broken.toml", broken).check(&["--rules", "broken.toml", "good.txt"]);
    told(&ran, "broken.toml:4:");
    assert!(ran.stderr.contains("cty"), "{}", ran.stderr);
}

#[test]
fn a_pattern_that_is_looked_for_everywhere() {
    let rule = "[[rule]]\nid = \"seat\"\nseverity = \"error\"\nsummary = \"A seat.\"\npatterns.zh = ['{part:number}(?:皇家首府)?的{whole:number}']\n\
                require = \"part < whole\"\nmessage.zh = \"{{ part }}\"\n\
                examples = [{ text = \"他买了[5的3]。\" }]\n";
    let ran = folder().with("own.toml", rule).check(&["good.txt", "--rules", "own.toml"]);
    assert!(
        ran.stderr.contains("this pattern is looked for at every `的`: about 35000 places in a million"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("make `皇家首府` a required part of the pattern"), "{}", ran.stderr);
    assert_eq!(ran.status, Some(1), "a warning does not take the verdict");
}

#[test]
fn a_rule_whose_facts_are_elsewhere() {
    let rule = "[kind.ship]\n[kind.port]\n[relation.berth]\nof = \"ship\"\nis = \"port\"\n[[rule]]\nid = \"berth\"\nsummary = \"A berth.\"\n\
                patterns.zh = ['{ship}停靠{port}']\nexpect.port = \"berth(ship)\"\nmessage.zh = \"{{ ship }}不停靠{{ port }}\"\n\
                examples = [{ text = \"船停靠港口。\" }]\n";
    let ran = folder().with("own.toml", rule).check(&["good.txt", "--rules", "own.toml"]);
    assert_eq!((ran.stderr.as_str(), ran.status), ("", Some(1)));
}
