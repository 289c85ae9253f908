//! The command line: every file of `cmd/` is a case.
//!
//! A case has `args`, and may have `stdin`, `status` (0 if not stated), `stdout`, `stderr` and `[files]`, which are put
//! beside `house.toml`. `[..]` in an expected line stands for anything, and a line `...` for any lines. What is not
//! stated is not compared.

use crate::support::Folder;
use serde::Deserialize;
use snapbox::assert_data_eq;
use std::collections::BTreeMap;
use std::fs;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    #[serde(default)]
    status: i32,
    stdout: Option<String>,
    stderr: Option<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
}

#[test]
fn cases() {
    let mut paths: Vec<_> = fs::read_dir("tests/cmd").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let failed: Vec<String> = paths
        .iter()
        .filter(|path| std::panic::catch_unwind(|| run(&fs::read_to_string(path).unwrap())).is_err())
        .map(|path| path.display().to_string())
        .collect();
    assert!(failed.is_empty(), "these cases failed, see above: {}", failed.join(", "));
}

fn run(case: &str) {
    let case: Case = toml::from_str(case).unwrap();
    let folder = case.files.iter().fold(Folder::new(), |folder, (path, content)| folder.with(path, content));
    let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
    let ran = folder.run_with(&args, &case.stdin);
    if let Some(expected) = case.stdout {
        assert_data_eq!(ran.stdout, expected);
    }
    if let Some(expected) = &case.stderr {
        assert_data_eq!(ran.stderr.clone(), expected.clone());
    }
    assert_eq!(ran.status, Some(case.status), "exit status; stderr was: {}", ran.stderr);
}
