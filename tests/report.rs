//! The JSON forms: a public interface, so their keys and their meaning are held here.

use crate::support::Folder;
use serde_json::{Value, json};

const COPY: &str = "\u{FEFF}港口消息\r\n\r\n船队2月6日离开挪威首都马斯喀特。\r\n";

fn folder() -> Folder {
    Folder::new().with("2026/02/07/a.txt", COPY).with("b.txt", "无事。\n").with("bad.txt", b"caf\xE9")
}

#[test]
fn json_is_one_object() {
    let ran = folder().check(&["--output-format", "json"]);
    assert_eq!(ran.status, Some(2));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 4);
    assert_eq!(report["version"], 1);
    assert_eq!(
        report["summary"],
        json!({ "files": 2, "articles": 2, "claims": 1, "errors": 1, "warnings": 0, "notes": 0 })
    );
    let problem = &report["problems"][0];
    assert_eq!(problem["path"], "bad.txt");
    assert!(problem["message"].as_str().unwrap().starts_with("not UTF-8"));
    assert_eq!((&problem["line"], &problem["column"], &problem["help"]), (&Value::Null, &Value::Null, &Value::Null));
    let found = &report["diagnostics"][0];
    let start = COPY.find("马斯喀特").unwrap();
    let country = COPY.find("挪威").unwrap();
    assert_eq!(found["path"], "2026/02/07/a.txt");
    assert_eq!((&found["rule"], &found["severity"]), (&json!("capital"), &json!("error")));
    assert_eq!(found["span"], json!({ "start": start, "end": start + 12 }));
    assert_eq!(found["start"], json!({ "line": 3, "column": 13 }));
    assert_eq!(found["end"], json!({ "line": 3, "column": 17 }));
    assert_eq!(found["text"], "马斯喀特");
    assert_eq!(found["expected"], json!(["奥斯陆"]));
    assert_eq!(found["labels"][0]["span"], json!({ "start": country, "end": country + 6 }));
    assert_eq!(found["labels"][0]["text"], "挪威");
    assert_eq!(found["fixes"][0]["applicability"], "unsafe");
    assert_eq!(
        found["fixes"][0]["edits"][0],
        json!({ "span": { "start": start, "end": start + 12 }, "replacement": "奥斯陆" })
    );
    assert_eq!(
        found["evidence"][0],
        json!({ "fact": "capital(NO) = oslo-no", "source": "House list", "checked": "2026-11-01" })
    );
    assert_eq!(found["article"]["date"], "2026-02-07");
    assert_eq!(found["article"]["lang"], "zh");
}

#[test]
fn json_lines_are_the_same_findings() {
    let object: Value = serde_json::from_str(&folder().check(&["--output-format", "json"]).stdout).unwrap();
    let ran = folder().check(&["--output-format", "jsonl"]);
    let lines: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(object["diagnostics"], Value::Array(lines));
    assert!(ran.stderr.starts_with("error: bad.txt: "), "{}", ran.stderr);
}

#[test]
fn mistakes_in_rules_are_problems_with_a_place() {
    let ran = folder().with("broken.toml", "[[rule]]\nid = \"b\"\nsumary = \"x\"\n").check(&[
        "--rules",
        "broken.toml",
        "--output-format",
        "json",
        "b.txt",
    ]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let problem = report["problems"].as_array().unwrap().iter().find(|problem| problem["line"] == 3).unwrap();
    assert_eq!((&problem["path"], &problem["column"]), (&json!("broken.toml"), &json!(1)));
    assert!(problem["help"].as_str().unwrap().contains("summary"), "{problem}");
}

#[test]
fn a_run_without_findings_is_an_object_too() {
    let ran = folder().check(&["--output-format", "json", "b.txt"]);
    assert_eq!(ran.status, Some(0));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&report["diagnostics"], &report["problems"]), (&json!([]), &json!([])));
}

#[test]
fn every_format_tells_the_finding_and_its_place() {
    let start = COPY.find("马斯喀特").unwrap();
    // The count of points names no finding.
    for format in factlint::report::FORMATS.iter().filter(|format| format.name != factlint::report::QUALITY) {
        let ran = folder().check(&["--output-format", format.name]);
        assert_eq!(ran.status, Some(2), "{}", format.name);
        assert!(ran.stdout.contains("马斯喀特不是挪威首都"), "{}: {}", format.name, ran.stdout);
        assert!(ran.stdout.contains("capital"), "{}", format.name);
    }
    let json =
        |format: &str| -> Value { serde_json::from_str(&folder().check(&["--output-format", format]).stdout).unwrap() };
    let sarif = json("sarif");
    assert_eq!((&sarif["version"], &sarif["runs"][0]["columnKind"]), (&json!("2.1.0"), &json!("unicodeCodePoints")));
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let result = &sarif["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "2026/02/07/a.txt");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&json!(3), &json!(13)));
    assert_eq!(place["region"]["byteOffset"], start);
    assert_eq!(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "奥斯陆");
    let reviewdog = json("rdjson");
    let line = COPY[..start].rfind('\n').unwrap() + 1;
    assert_eq!(
        reviewdog["diagnostics"][0]["location"]["range"]["start"],
        json!({ "line": 3, "column": start - line + 1 })
    );
    assert_eq!(json("gitlab")[0]["location"], json!({ "path": "2026/02/07/a.txt", "lines": { "begin": 3, "end": 3 } }));
}

#[test]
fn a_fingerprint_stays_when_the_line_moves() {
    let print = |copy: &str| -> Value {
        let ran = Folder::new().with("2026/02/07/a.txt", copy).check(&["--output-format", "gitlab"]);
        serde_json::from_str::<Value>(&ran.stdout).unwrap()[0]["fingerprint"].clone()
    };
    let moved = COPY.replace("港口消息", "港口消息\r\n\r\n昨天风平浪静。");
    assert!(print(COPY).is_string());
    assert_eq!(print(COPY), print(&moved));
    assert_ne!(print(COPY), print(&COPY.replace("2月6日", "2月5日")));
}

#[test]
fn several_reports_are_written_in_one_run() {
    let folder = folder();
    let ran = folder.check(&[
        "--output-format",
        "concise",
        "--output-file",
        "sarif=out.sarif",
        "--output-file",
        "junit=out.xml",
    ]);
    assert!(ran.stdout.starts_with("2026/02/07/a.txt:3:13: error[capital]"), "{}", ran.stdout);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(serde_json::from_str::<Value>(&read("out.sarif")).unwrap()["runs"].is_array());
    assert!(read("out.xml").ends_with("</testsuites>\n"));
    let twice = folder.check(&["--output-file", "a.json", "--output-file", "b.json"]);
    assert!(twice.stderr.contains("--output-file json=b.json"), "{}", twice.stderr);
}
