//! Findings that are let stand: by comments, by an acceptance file, by a baseline; and findings of a git change alone.

use crate::support::Folder;
use std::fs;
use std::process::Command;

const WRONG: &str = "船队昨天离开挪威首都马斯喀特。";

#[test]
fn a_comment_lets_its_line_stand() {
    let copy = format!("{WRONG}<!-- factlint: allow capital \"引自旧地图\" -->\n\n{WRONG}\n");
    let ran = Folder::new().with("a.txt", &copy).check(&["a.txt", "--output-format", "concise"]);
    assert_eq!(
        ran.stdout,
        "a.txt:3:11: error[capital] 马斯喀特不是挪威首都；改为 奥斯陆；或将“挪威”改为 阿曼\n1 error in 1 file (1 article, 2 claims, 1 let stand)\n"
    );
    let sarif = Folder::new().with("a.txt", copy).check(&["a.txt", "--output-format", "sarif"]).stdout;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!((results.len(), results[0].get("suppressions")), (2, None));
    assert_eq!(results[1]["suppressions"][0]["justification"], "引自旧地图");
}

#[test]
fn a_comment_of_no_use_is_told() {
    let copy = format!("<!-- factlint: allow weekday -->\n{WRONG}\n");
    let ran = Folder::new().with("a.txt", copy).check(&["a.txt"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("a.txt: line 1: `factlint: allow weekday` lets nothing stand here"), "{}", ran.stderr);
}

#[test]
fn what_was_accepted_stands_wherever_it_moves() {
    let folder = Folder::new().with("a.txt", format!("晴。{WRONG}\n"));
    let accept = ["accept", "a.txt", "--why", "引旧书", "--no-builtin-rules", "--rules", "house.toml"];
    let ran = folder.run(&accept);
    assert_eq!((ran.status, ran.stdout.lines().count()), (Some(0), 2), "{}", ran.stderr);
    fs::rename(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
    fs::write(folder.path().join("b.txt"), format!("多云。\n\n晴。{WRONG}\n昨天下雪。\n")).unwrap();
    let house = ["check", "b.txt", "--no-builtin-rules", "--rules", "house.toml"];
    assert_eq!(folder.run(&house).stdout, "Nothing found in 1 file (1 article, 1 claim, 1 let stand)\n");
    // Settings are left aside, and with them what stands beside the copy.
    assert_eq!(folder.run(&[&house[..], &["--isolated"]].concat()).status, Some(1));
    let nothing = folder.run(&[&["accept", "house.toml"], &accept[2..]].concat());
    assert!(nothing.stderr.contains("error: "), "{}", nothing.stderr);
    let folder = folder.with("factlint-accepted.toml", "[[accepted]]\nrul = 'x'\n");
    let ran = folder.run(&house);
    assert!(ran.stderr.contains("factlint-accepted.toml: line 2: unknown field `rul`"), "{}", ran.stderr);
    assert_eq!(ran.status, Some(2));
}

#[test]
fn a_baseline_leaves_what_is_new() {
    let folder = Folder::new().with("a.txt", format!("{WRONG}\n"));
    let update = folder.check(&["a.txt", "--baseline", "base.toml", "--update-baseline"]);
    assert_eq!(update.status, Some(0), "{}", update.stderr);
    let baseline = ["a.txt", "--baseline", "base.toml", "--output-format", "concise"];
    assert_eq!(folder.check(&baseline).status, Some(0));
    let folder = folder.with("a.txt", format!("{WRONG}\n\n雪停了，{WRONG}\n"));
    let ran = folder.check(&baseline);
    assert!(ran.stdout.starts_with("a.txt:3:15: error[capital]"), "{}", ran.stdout);
    assert_eq!((ran.status, ran.stdout.lines().count()), (Some(1), 2));
}

#[test]
fn only_what_a_change_touches() {
    let folder = Folder::new().with("旧.txt", format!("{WRONG}\n雪停了。\n")).with("b.txt", "雪停了。\n");
    let git = |arguments: &[&str]| {
        let name = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
        let ran = Command::new("git").current_dir(folder.path()).args(name).args(arguments).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "x"]);
    let changed =
        |arguments: &[&str]| folder.check(&[&["--output-format", "concise", "-q"], arguments].concat()).stdout;
    assert_eq!(changed(&["--changed", "."]), "");
    fs::write(folder.path().join("旧.txt"), format!("{WRONG}\n雨停了。\n")).unwrap();
    fs::write(folder.path().join("b.txt"), format!("雪停了。\n{WRONG}\n")).unwrap();
    fs::write(folder.path().join("新.txt"), format!("{WRONG}\n")).unwrap();
    let told = changed(&["--changed", "."]);
    let places: Vec<&str> = told.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["b.txt:2:11", "新.txt:1:11"]);
    let ran = folder.check(&["--since", "nowhere", "."]);
    assert!(ran.stderr.contains("bad revision"), "{}", ran.stderr);
}
