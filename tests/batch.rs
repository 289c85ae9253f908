//! Many files: which are taken, in which order they are told, on any number of threads.

use crate::support::Folder;
use std::fs;

const WRONG: &str = "船队昨天离开挪威首都马斯喀特。\n";

/// The paths of the findings in the order they are told.
fn paths(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let ran = folder.check(&[&["--output-format", "jsonl"], arguments].concat());
    assert_eq!(ran.stderr, "");
    let path =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["path"].as_str().unwrap().to_owned();
    ran.stdout.lines().map(path).collect()
}

#[test]
fn the_order_is_that_of_the_paths() {
    let folder = Folder::new().with("b.txt", WRONG).with("a/z.md", WRONG).with("a-b.txt", WRONG).with("a/b.txt", WRONG);
    let expected = ["a/b.txt", "a/z.md", "a-b.txt", "b.txt"];
    assert_eq!(paths(&folder, &[]), expected);
    assert_eq!(paths(&folder, &["-j", "4"]), expected);
    assert_eq!(paths(&folder, &["b.txt", "./a", "a/z.md", "a-b.txt"]), expected, "each file once");
}

#[test]
fn folders_leave_out_what_is_hidden_ignored_or_excluded() {
    let folder = Folder::new()
        .with("a.txt", WRONG)
        .with(".hidden/a.txt", WRONG)
        .with("ignored.txt", WRONG)
        .with(".gitignore", "ignored.txt\n")
        .with("drafts/a.txt", WRONG)
        .with("drafts/deep/a.txt", WRONG)
        .with("notes.rst", WRONG);
    assert_eq!(paths(&folder, &["--exclude", "drafts"]), ["a.txt"]);
    assert_eq!(paths(&folder, &["--exclude", "drafts/*.txt"]), ["a.txt", "drafts/deep/a.txt"]);
    assert_eq!(
        paths(&folder, &["ignored.txt", ".hidden/a.txt"]),
        [".hidden/a.txt", "ignored.txt"],
        "named files are read"
    );
}

#[test]
fn ten_thousand_files() {
    let folder = Folder::new();
    for n in 0..10_000 {
        let path = folder.path().join(format!("{:02}", n / 100));
        if n % 100 == 0 {
            fs::create_dir(&path).unwrap();
        }
        let text = if n % 1000 == 999 { WRONG } else { "船队昨天离港。\n" };
        fs::write(path.join(format!("{n:05}.txt")), text).unwrap();
    }
    let one = folder.check(&["-j", "1"]);
    let many = folder.check(&["-j", "3"]);
    assert_eq!(one.stdout, many.stdout);
    assert!(one.stdout.ends_with("10 errors in 10 of 10000 files (10000 articles, 10 claims)\n"), "{}", one.stdout);
    assert_eq!((one.status, one.stderr.as_str()), (Some(1), ""));
}

#[test]
fn what_is_written_to_is_checked_again() {
    use std::io::{BufRead, BufReader};
    let folder = Folder::new().with("copy/a.txt", "雪停了。\n");
    let house = ["check", "--isolated", "--no-builtin-rules", "--rules", "house.toml", "--output-format", "concise"];
    let mut command = folder.factlint(&[&house[..], &["--watch", "copy"]].concat());
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().as_deref(), Some("Nothing found in 1 file (1 article, 0 claims)"));
    // The watch begins after the first report; writing again and again misses no start.
    let path = folder.path().join("copy/b.txt");
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        while stopped.recv_timeout(std::time::Duration::from_millis(100)).is_err() {
            std::fs::write(&path, "船队昨天离开挪威首都马斯喀特。\n").unwrap();
        }
    });
    let told = lines.find(|line| line.contains("capital"));
    stop.send(()).unwrap();
    writer.join().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told.unwrap().contains("b.txt:1:11: error[capital]"));
}

#[cfg(unix)]
#[test]
fn a_wish_to_stop_ends_the_reports_as_they_should_be() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let line = format!("{{\"text\":\"{}{}\"}}\n", "海面平静，船期不变。".repeat(100), WRONG.trim());
    let folder = Folder::new().with("a.jsonl", line.repeat(4 * factlint::batch::PART / line.len()));
    let house = ["check", "--isolated", "--no-builtin-rules", "--rules", "house.toml", "--output-format", "concise"];
    let mut command =
        folder.factlint(&[&house[..], &["-j", "1", "--output-file", "json=out.json", "a.jsonl"]].concat());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Nobody reads on, so that it cannot come to an end by itself.
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0]).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut concise = String::new();
    stdout.read_to_string(&mut concise).unwrap();
    let ran = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{stderr}");
    assert!(stderr.ends_with("interrupted: 0 of 1 files were checked, and some of a.jsonl\n"), "{stderr}");
    let report = fs::read_to_string(folder.path().join("out.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let found = report["diagnostics"].as_array().unwrap().len();
    assert!(found > 0 && concise.contains(&format!("{found} errors in 1 file")), "{found}");
    assert!(report["problems"][0]["message"].as_str().unwrap().starts_with("interrupted"));
}
