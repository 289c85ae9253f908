//! Reports and samples have the shape that the public schemas of their formats ask for. The schemas themselves are not
//! here: what they say of the parts that we write or read is said again in tables, every key that may stand in a part
//! and whether it must. SARIF's is that of OASIS (2.1.0), JUnit's that of Ant's reports, those of ninjs and NITF the IPTC's.

use crate::support::Folder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A kind of object: each key with what its value is. `!` marks those that must be there; `[…]` is a list.
type Kind = &'static [(&'static str, &'static str)];

const SARIF: &[(&str, Kind)] = &[
    ("log", &[("$schema", "uri"), ("version!", "=2.1.0"), ("runs!", "[run]")]),
    (
        "run",
        &[
            ("tool!", "tool"),
            ("columnKind", "=utf16CodeUnits|unicodeCodePoints"),
            ("invocations", "[invocation]"),
            ("results", "[result]"),
        ],
    ),
    ("tool", &[("driver!", "component")]),
    ("component", &[("name!", "text"), ("semanticVersion", "text"), ("rules", "[rule]")]),
    ("rule", &[("id!", "text"), ("name", "text")]),
    ("invocation", &[("executionSuccessful!", "flag"), ("toolExecutionNotifications", "[notification]")]),
    ("notification", &[("level", "=none|note|warning|error"), ("message!", "message")]),
    ("message", &[("text", "text")]),
    (
        "result",
        &[
            ("ruleId", "text"),
            ("level", "=none|note|warning|error"),
            ("message!", "message"),
            ("locations", "[location]"),
            ("relatedLocations", "[location]"),
            ("fixes", "[fix]"),
            ("partialFingerprints", "prints"),
            ("suppressions", "[suppression]"),
        ],
    ),
    ("prints", &[("factlint/v1", "text")]),
    ("location", &[("id", "count"), ("physicalLocation", "place"), ("message", "message")]),
    ("place", &[("artifactLocation!", "artifact"), ("region", "region")]),
    ("artifact", &[("uri", "uri")]),
    (
        "region",
        &[
            ("startLine", "from one"),
            ("startColumn", "from one"),
            ("endLine", "from one"),
            ("endColumn", "from one"),
            ("byteOffset", "count"),
            ("byteLength", "count"),
        ],
    ),
    ("fix", &[("description", "message"), ("artifactChanges!", "[change]")]),
    ("change", &[("artifactLocation!", "artifact"), ("replacements!", "[replacement]")]),
    ("replacement", &[("deletedRegion!", "region"), ("insertedContent", "content")]),
    ("content", &[("text", "text")]),
    (
        "suppression",
        &[("kind!", "=inSource|external"), ("status", "=accepted|underReview|rejected"), ("justification", "text")],
    ),
];

/// What is the same in all lines of ninjs that the samples use, under the name that each line gives it.
fn ninjs(camel: bool) -> Vec<(&'static str, Kind)> {
    let item: Kind = if camel {
        &[
            ("uri!", "uri"),
            ("standard", "standard"),
            ("type", "=text|audio|video|picture|graphic|composite|planning|component"),
            ("firstCreated", "moment"),
            ("versionCreated", "moment"),
            ("embargoedUntil", "moment"),
            ("pubStatus", "=usable|withheld|canceled"),
            ("language", "text"),
            ("located", "text"),
            ("edNote", "text"),
            ("headlines", "[headline]"),
            ("bodies", "[body]"),
        ]
    } else {
        &[
            ("uri!", "uri"),
            ("standard", "standard"),
            ("type", "=text|audio|video|picture|graphic|composite|planning|component"),
            ("name", "text"),
            ("firstcreated", "moment"),
            ("versioncreated", "moment"),
            ("pubstatus", "=usable|withheld|canceled"),
            ("language", "text"),
            ("by", "text"),
            ("headlines", "[headline]"),
            ("descriptions", "[headline]"),
            ("bodies", "[body]"),
            ("associations", "[item]"),
        ]
    };
    let (headline, body): (Kind, Kind) = if camel {
        (
            &[("role", "text"), ("contentType", "text"), ("value", "text")],
            &[("role", "text"), ("contentType", "text"), ("wordCount", "count"), ("value", "text")],
        )
    } else {
        (
            &[("role", "text"), ("contenttype", "text"), ("value", "text")],
            &[("role", "text"), ("contenttype", "text"), ("charcount", "count"), ("value", "text")],
        )
    };
    let standard: Kind = &[("name", "text"), ("version", "text"), ("schema", "uri")];
    vec![("item", item), ("headline", headline), ("body", body), ("standard", standard)]
}

/// What is wrong with a value, each with the way to it.
fn mistakes(kinds: &[(&str, Kind)], kind: &str, value: &Value, way: &str, out: &mut Vec<String>) {
    let mut wrong = |what: &str| out.push(format!("{way} is no {what}: {value}"));
    if let Some(each) = kind.strip_prefix('[').and_then(|each| each.strip_suffix(']')) {
        let Some(items) = value.as_array() else { return wrong("list") };
        for (at, item) in items.iter().enumerate() {
            mistakes(kinds, each, item, &format!("{way}[{at}]"), out);
        }
        return;
    }
    if let Some(words) = kind.strip_prefix('=') {
        if !value.as_str().is_some_and(|value| words.split('|').any(|word| word == value)) {
            wrong(words);
        }
        return;
    }
    let fits = match kind {
        "text" => value.is_string(),
        "flag" => value.is_boolean(),
        "count" => value.is_u64(),
        "from one" => value.as_u64().is_some_and(|number| number >= 1),
        "uri" => value.as_str().is_some_and(is_uri),
        "moment" => value.as_str().is_some_and(|moment| moment.parse::<jiff::Timestamp>().is_ok()),
        _ => value.is_object(),
    };
    let Some(object) = value.as_object().filter(|_| fits) else {
        if !fits {
            wrong(kind);
        }
        return;
    };
    let (_, keys) = kinds.iter().find(|(name, _)| *name == kind).unwrap_or_else(|| panic!("{kind} is not known"));
    let known: BTreeMap<&str, &str> = keys.iter().map(|(key, kind)| (key.trim_end_matches('!'), *kind)).collect();
    for (key, value) in object {
        let way = format!("{way}.{key}");
        match known.get(key.as_str()) {
            Some(kind) => mistakes(kinds, kind, value, &way, out),
            None => out.push(format!("{way} may not stand there")),
        }
    }
    let missing = keys.iter().filter_map(|(key, _)| key.strip_suffix('!')).filter(|key| !object.contains_key(*key));
    out.extend(missing.map(|key| format!("{way} has no {key}")));
}

/// Whether all characters may stand in a URI reference.
fn is_uri(words: &str) -> bool {
    words.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte))
}

#[track_caller]
fn holds(kinds: &[(&str, Kind)], kind: &str, value: &Value, name: &str) {
    let mut out = Vec::new();
    mistakes(kinds, kind, value, name, &mut out);
    assert_eq!(out, Vec::<String>::new());
}

/// Copy with all that a report may tell: findings, contradictions of other files, what is let stand and what is broken.
fn folder() -> Folder {
    let copy = "船队昨天离开挪威首都马斯喀特。\n\n<!-- factlint: allow capital \"旧书 <a> & \\\"b\\\"\" -->\n船队离开挪威首都马斯喀特。\n";
    Folder::new().with("稿件/a & b.md", copy).with("稿件/quiet.txt", "雪停了。\n").with("bad.txt", b"caf\xE9 au lait")
}

#[test]
fn sarif_has_the_shape_of_its_schema() {
    let ran = folder().check(&[".", "--output-format", "sarif"]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    holds(SARIF, "log", &report, "sarif");
    let results = report["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2, "{}", ran.stderr);
    assert!(results.iter().any(|result| result["suppressions"][0]["kind"] == "inSource"));
    assert_eq!(report["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().len(), 1);
    let spoilt = serde_json::from_str(&ran.stdout.replace("\"ruleId\"", "\"rule\"")).unwrap();
    let mut out = Vec::new();
    mistakes(SARIF, "log", &spoilt, "sarif", &mut out);
    assert_eq!(out.len(), 2, "{out:?}");
}

#[test]
fn the_samples_of_ninjs_have_the_shape_of_their_schemas() {
    let sample = |name: &str| -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name);
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let first: Kind = &[
        ("uri!", "uri"),
        ("type", "=text|audio|video|picture|graphic|composite|planning"),
        ("representationtype", "=complete|incomplete"),
        ("versioncreated", "moment"),
        ("firstcreated", "moment"),
        ("pubstatus", "=usable|withheld|canceled"),
        ("urgency", "count"),
        ("language", "text"),
        ("located", "text"),
        ("byline", "text"),
        ("headline", "text"),
        ("description_text", "text"),
        ("body_xhtml", "text"),
        ("associations", "named"),
    ];
    holds(&[("item", first), ("named", &[("mainpic", "item")])], "item", &sample("item.ninjs-1.json"), "ninjs 1");
    holds(&ninjs(false), "item", &sample("item.ninjs-2.json"), "ninjs 2");
    holds(&ninjs(true), "[item]", &sample("item.ninjs-3.json"), "ninjs 3");
}

/// Elements of an XML report: attributes that must be there, others that may, and elements within it, in their order.
type Elements = &'static [(&'static str, [&'static [&'static str]; 3])];

const JUNIT: Elements = &[
    ("testsuites", [&[], &[], &["testsuite"]]),
    (
        "testsuite",
        [
            &["name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors", "time"],
            &["skipped"],
            &["properties", "testcase", "system-out", "system-err"],
        ],
    ),
    ("properties", [&[], &[], &[]]),
    ("testcase", [&["name", "classname", "time"], &[], &["failure", "error"]]),
    ("failure", [&["type"], &["message"], &[]]),
    ("error", [&["type"], &["message"], &[]]),
    ("system-out", [&[], &[], &[]]),
    ("system-err", [&[], &[], &[]]),
];
const CHECKSTYLE: Elements = &[
    ("checkstyle", [&["version"], &[], &["file"]]),
    ("file", [&["name"], &[], &["error"]]),
    ("error", [&["line", "severity", "message"], &["column", "source"], &[]]),
];

/// What stands in running text, in any order.
const TEXT: &[&str] = &[
    "*",
    "chron",
    "classifier",
    "copyrite",
    "event",
    "function",
    "location",
    "money",
    "num",
    "object.title",
    "org",
    "person",
    "postaddr",
    "virtloc",
    "a",
    "br",
    "em",
    "lang",
    "pronounce",
    "q",
];
/// What stands in a block, in any order.
const BLOCK: &[&str] =
    &["*", "p", "hl2", "table", "nitf-table", "media", "ol", "ul", "dl", "bq", "fn", "note", "pre", "hr"];
/// NITF 3.6, as far as samples use it.
const NITF: Elements = &[
    ("nitf", [&[], &["uno", "version", "change.date", "change.time", "baselang"], &["head", "body"]]),
    ("head", [&[], &[], &["title", "meta", "tobject", "iim", "docdata", "pubdata", "revision-history"]]),
    ("title", [&[], &["type"], &[]]),
    (
        "docdata",
        [
            &[],
            &["management-status", "management-doc-idref", "management-idref-status"],
            &["*", "doc-id", "urgency", "fixture", "date.issue", "date.release", "date.expire", "series", "key-list"],
        ],
    ),
    ("doc-id", [&[], &["regsrc", "id-string"], &[]]),
    ("date.issue", [&[], &["norm"], &[]]),
    ("key-list", [&[], &[], &["keyword"]]),
    ("keyword", [&[], &["key"], &[]]),
    ("body", [&[], &[], &["body.head", "body.content", "body.end"]]),
    (
        "body.head",
        [&[], &[], &["hedline", "note", "rights", "byline", "distributor", "dateline", "abstract", "series"]],
    ),
    ("hedline", [&[], &[], &["hl1", "hl2"]]),
    ("hl1", [&[], &["id", "class", "style"], TEXT]),
    ("hl2", [&[], &["id", "class", "style"], TEXT]),
    ("byline", [&[], &[], &["*", "person", "byttl", "location", "virtloc"]]),
    ("byttl", [&[], &[], &["org"]]),
    ("distributor", [&[], &[], &["org"]]),
    ("dateline", [&[], &[], &["*", "location", "story.date"]]),
    ("story.date", [&[], &["norm"], &[]]),
    ("abstract", [&[], &[], BLOCK]),
    ("body.content", [&[], &[], &["*", "block", "p", "table", "media", "ol", "ul", "dl", "bq", "note", "pre", "hr"]]),
    ("block", [&[], &["style"], BLOCK]),
    ("p", [&[], &["lede", "summary", "optional-text"], TEXT]),
    ("bq", [&[], &["nowrap", "quote-source"], &["block", "credit"]]),
    ("media", [&["media-type"], &[], &["media-reference", "media-object", "media-caption", "media-producer"]]),
    ("media-reference", [&[], &["source", "name", "mime-type", "height", "width"], &[]]),
    ("media-caption", [&[], &[], BLOCK]),
    ("media-producer", [&[], &[], TEXT]),
    ("table", [&[], &[], &["caption", "col", "colgroup", "thead", "tfoot", "tbody", "tr"]]),
    ("tr", [&[], &[], &["*", "th", "td"]]),
    ("td", [&[], &[], TEXT]),
    ("person", [&[], &["idsrc", "value"], &["*", "name.given", "name.family", "function", "alt-code"]]),
    ("name.given", [&[], &[], &[]]),
    ("name.family", [&[], &[], &[]]),
    ("location", [&[], &[], &["*", "sublocation", "city", "state", "region", "country", "alt-code"]]),
    ("city", [&[], &["city-code"], &[]]),
    ("country", [&[], &["iso-cc"], &[]]),
    ("chron", [&[], &["norm"], &[]]),
    ("num", [&[], &["units", "decimal-ch", "thousands-ch"], &["*", "frac", "sub", "sup"]]),
    ("org", [&[], &["idsrc", "value"], &["alt-code"]]),
    ("q", [&[], &["quote-source"], TEXT]),
    ("body.end", [&[], &[], &["tagline", "bibliography"]]),
    ("tagline", [&[], &["type"], TEXT]),
];

#[test]
fn the_sample_of_nitf_has_the_shape_of_its_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/story.nitf.xml");
    well_shaped(NITF, &fs::read_to_string(path).unwrap());
}

/// Every element has what it must, and stands where and, unless its parent says `*`, in the order it may.
fn well_shaped(elements: Elements, xml: &str) {
    use quick_xml::events::{BytesStart, Event};
    let mut reader = quick_xml::Reader::from_str(xml);
    // Of each open element, its name and how far its children have come.
    let mut open: Vec<(String, usize)> = Vec::new();
    let enter = |open: &mut Vec<(String, usize)>, tag: &BytesStart<'_>| {
        let name = tag.name().as_ref().to_owned();
        let of = |name: &str| elements.iter().find(|(other, _)| *other == name).unwrap_or_else(|| panic!("<{name}>")).1;
        if let Some((parent, came)) = open.last_mut() {
            let at = of(parent)[2].iter().position(|child| *child == name);
            let at = at.unwrap_or_else(|| panic!("<{name}> may not stand in <{parent}>"));
            if of(parent)[2][0] != "*" {
                assert!(at >= *came, "<{name}> comes too late in <{parent}>");
                *came = at;
            }
        }
        let [required, allowed, _] = of(&name);
        let keys: Vec<String> = tag.attributes().map(|one| one.unwrap().key.as_ref().to_owned()).collect();
        for key in required {
            assert!(keys.iter().any(|other| other == key), "<{name}> has no {key}");
        }
        for key in &keys {
            assert!(required.iter().chain(allowed).any(|other| other == key), "<{name}> may not have {key}");
        }
        name
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = enter(&mut open, &tag);
                open.push((name, 0));
            }
            Event::Empty(tag) => drop(enter(&mut open, &tag)),
            Event::End(_) => drop(open.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
}

#[test]
fn junit_and_checkstyle_have_the_shape_of_their_schemas() {
    let folder = folder();
    let junit = folder.check(&[".", "--output-format", "junit"]).stdout;
    well_shaped(JUNIT, &junit);
    assert_eq!(junit.matches("<testcase ").count(), 3, "{junit}");
    let checkstyle = folder.check(&[".", "--output-format", "checkstyle"]).stdout;
    well_shaped(CHECKSTYLE, &checkstyle);
    assert_eq!(checkstyle.matches("<error ").count(), 1, "{checkstyle}");
}
