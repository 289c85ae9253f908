//! The readers: of each format a sample whose findings lead back to the words in the file, and a twin that is broken.

use crate::support::Folder;
use serde_json::Value;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The slip that every sample holds.
const SLIP: &str = "挪威首都马斯喀特";

/// Checks one file; gives the words at each finding's span, the day and the language of its article, and the roles that
/// made it a note.
fn found(name: &str, content: &[u8]) -> Vec<(String, Value, Value, Value)> {
    let ran = Folder::new().with(name, content).check(&["--output-format", "jsonl", name]);
    let words = |finding: &Value| {
        let (start, end) = (finding["span"]["start"].as_u64().unwrap(), finding["span"]["end"].as_u64().unwrap());
        String::from_utf8_lossy(&content[start as usize..end as usize]).into_owned()
    };
    let finding = |line: &str| {
        let finding: Value = serde_json::from_str(line).unwrap();
        let article = &finding["article"];
        (words(&finding), article["date"].clone(), article["lang"].clone(), finding["severity"].clone())
    };
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    ran.stdout.lines().map(finding).collect()
}

#[track_caller]
fn reads(name: &str, content: &str, expected: &[(&str, &str, &str)]) {
    let found = found(name, content.as_bytes());
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(words, day, _, severity)| (words.as_str(), day.as_str().unwrap_or("none"), severity.as_str().unwrap()))
        .collect();
    assert_eq!(found, expected, "{name}");
}

/// A broken file is told with what is wrong, and nothing of it is checked.
#[track_caller]
fn refuses(name: &str, content: impl AsRef<[u8]>, words: &str) {
    let ran = Folder::new()
        .with(name, content)
        .with("good.txt", format!("船队昨天离开{SLIP}。\n"))
        .check(&[name, "good.txt"]);
    assert!(ran.stderr.contains(words), "{name}: {}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
    assert_eq!(ran.status, Some(2), "{name}");
    assert!(ran.stdout.contains("马斯喀特不是挪威首都"), "{name}: the other file was not checked");
}

#[test]
fn html_gives_the_article_and_not_what_surrounds_it() {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh\"><head><title>渡轮</title><script type=\"application/ld+json\">\
         {{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-04T08:00:00+08:00\"}}</script></head>\n\
         <body><nav>{SLIP}</nav><article><h1>渡轮复航</h1><p>渡轮离开挪威首都<b>马斯喀特</b>。</p>\
         <p>渡轮离开挪威首都&#39532;斯喀特&nbsp;。</p><blockquote><p>“{SLIP}很冷。”</p></blockquote>\
         <pre>{SLIP}</pre></article><aside>{SLIP}</aside></body></html>"
    );
    let day = "2026-03-04";
    reads("a.html", &page, &[("马斯喀特", day, "error"), ("&#39532;斯喀特", day, "error"), ("马斯喀特", day, "note")]);
    reads("b.htm", "<p>船长说，<q>挪威首都马斯喀特很冷。</q>", &[("马斯喀特", "none", "note")]);
    refuses("a.html", "<b>".repeat(600), "too large to be read safely: elements more than 512 deep");
}

#[test]
fn json_lines_are_articles() {
    let lines = format!(
        "{{\"id\":1,\"date\":\"2026-03-04\",\"title\":\"渡轮\",\"text\":\"渡轮\\n离开{SLIP}。\"}}\n\n\
         {{\"headline\":\"\\u632a\\u5a01首都\\u9a6c斯喀特\",\"body\":\"雪停了。\"}}\n"
    );
    reads("a.jsonl", &lines, &[("马斯喀特", "2026-03-04", "error"), ("\\u9a6c斯喀特", "none", "error")]);
    refuses("a.jsonl", "{\"text\":\"雪停了。\"}\n{\"text\":", "a.jsonl: not JSON lines (byte 24): line 2: EOF");
    refuses("b.jsonl", "{\"id\":1}\n", "it has no text: no string under text, body");
}

#[test]
fn fields_have_the_names_that_the_settings_give() {
    let settings = "fields.text = 'content.body'\nfields.title = ['hed']\nfields.date = 'when'\n";
    let line = format!("{{\"hed\":\"渡轮\",\"when\":\"2026-03-04\",\"content\":{{\"body\":\"渡轮离开{SLIP}。\"}}}}\n");
    let table = format!("hed,Content.Body,when\n渡轮,渡轮离开{SLIP}。,2026-03-04\n");
    let folder = Folder::new().with("factlint.toml", settings).with("a.jsonl", line).with("a.csv", table);
    let ran = folder.run(&["check", "--output-format", "jsonl", "a.csv", "a.jsonl"]);
    let findings: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(findings.len(), 2, "{}", ran.stderr);
    for finding in findings {
        assert_eq!((&finding["article"]["title"], &finding["article"]["date"]), (&"渡轮".into(), &"2026-03-04".into()));
    }
}

#[test]
fn a_long_archive_is_read_in_parts() {
    let quiet = format!("{{\"date\":\"2026-03-04\",\"text\":\"{}\"}}\n", "海面平静，船期不变。".repeat(400));
    let slip = format!("{{\"text\":\"渡轮离开{SLIP}。\"}}\n");
    let part = quiet.repeat(400);
    assert!(part.len() > factlint::batch::PART, "each of them begins a new part");
    let archive = [part.as_str(), &slip, &part, "\n", &slip].concat();
    let folder = Folder::new().with("a.jsonl", &archive);
    for threads in ["1", "2"] {
        let ran = folder.check(&["-j", threads, "--output-format", "json", "a.jsonl"]);
        let report: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!((&report["summary"]["files"], &report["summary"]["articles"]), (&1.into(), &802.into()));
        let found = report["diagnostics"].as_array().unwrap();
        let lines: Vec<u64> = found.iter().map(|one| one["start"]["line"].as_u64().unwrap()).collect();
        assert_eq!(lines, [401, 803]);
        for one in found {
            let (start, end) = (one["span"]["start"].as_u64().unwrap(), one["span"]["end"].as_u64().unwrap());
            assert_eq!(&archive[start as usize..end as usize], "马斯喀特");
        }
    }
    let broken = [part.as_str(), &part, "{\"text\": \n", &slip].concat();
    let ran = Folder::new().with("a.jsonl", &broken).check(&["a.jsonl"]);
    assert_eq!(ran.status, Some(2));
    let place = format!("(byte {}): line 801: EOF", 2 * part.len());
    assert!(ran.stderr.contains(&place), "{}", ran.stderr);
}

#[test]
fn ninjs_of_every_line_is_read() {
    let first = format!(
        "{{\"uri\":\"x\",\"versioncreated\":\"2026-03-04T10:00:00Z\",\"language\":\"zh\",\"headline\":\"渡轮\",\
         \"body_xhtml\":\"<p>渡轮离开{SLIP}。<\\/p>\"}}"
    );
    reads("a.json", &first, &[("马斯喀特", "2026-03-04", "error")]);
    let third = format!(
        "[{{\"versionCreated\":\"2026-03-04T10:00:00Z\",\"headlines\":[{{\"role\":\"main\",\"value\":\"{SLIP}\"}}],\
         \"bodies\":[{{\"contentType\":\"text/html\",\"value\":\"<p>雪停了。</p>\"}},\
         {{\"contentType\":\"text/plain\",\"value\":\"渡轮离开{SLIP}。\"}}]}}]"
    );
    reads("a.json", &third, &[("马斯喀特", "2026-03-04", "error"), ("马斯喀特", "2026-03-04", "error")]);
    refuses("a.json", "{\"headline\": \"雪\", ", "a.json: not ninjs (byte 19): EOF");
    refuses("b.json", "{\"name\": \"x\"}", "b.json: this .json file is in no news format");
}

#[test]
fn nitf_and_newsml_are_read() {
    let nitf = format!(
        "<?xml version=\"1.0\"?>\n<nitf><head><docdata><date.issue norm=\"20260305T080000Z\"/></docdata></head><body>\
         <body.head><hedline><hl1>渡轮</hl1></hedline><dateline><location>马斯喀特</location>\
         <story.date norm=\"20260304\"/></dateline></body.head><body.content><p>渡轮离开挪威首都<location>马斯喀特</location>\
         &amp;返航。</p><media><media-producer>{SLIP}</media-producer><media-caption>{SLIP}的港口。</media-caption></media>\
         </body.content></body></nitf>"
    );
    let day = "2026-03-04";
    reads("a.xml", &nitf, &[("马斯喀特", day, "error"), ("马斯喀特", day, "error")]);
    let newsml = format!(
        "<newsItem xml:lang=\"zh\"><itemMeta><versionCreated>2026-03-04T10:00:00Z</versionCreated></itemMeta>\
         <contentMeta><headline>{SLIP}</headline><slugline>{SLIP}</slugline></contentMeta><contentSet><inlineXML>\
         <html><head><title>{SLIP}</title></head><body><p>渡轮离开{SLIP}。</p></body></html></inlineXML></contentSet></newsItem>"
    );
    reads("a.xml", &newsml, &[("马斯喀特", day, "error"), ("马斯喀特", day, "error")]);
    refuses("a.xml", "<nitf><body><p>雪停了。</body></nitf>", "a.xml: not news XML (byte");
    refuses("a.xml", format!("<nitf>{}", "<p>".repeat(300)), "elements more than 256 deep");
    let bomb = "<!DOCTYPE nitf [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n\
                <nitf><body><p>渡轮&b;离开挪威首都马斯喀特。</p></body></nitf>";
    reads("a.xml", bomb, &[("马斯喀特", "none", "error")]);
}

#[test]
fn feeds_are_read() {
    let rss = format!(
        "<rss version=\"2.0\"><channel><title>{SLIP}</title><item><title>渡轮</title>\
         <pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;渡轮离开{SLIP}。&lt;/p&gt;</description></item>\
         <item><title>雪</title><content:encoded xmlns:content=\"c\"><![CDATA[<p>渡轮离开{SLIP}。</p>]]></content:encoded></item>\
         </channel></rss>"
    );
    reads("a.rss", &rss, &[("马斯喀特", "2026-03-04", "error"), ("马斯喀特", "none", "error")]);
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>渡轮</title><updated>2026-03-04T10:00:00Z</updated>\
         <content type=\"html\">渡轮离开{SLIP}。</content></entry></feed>"
    );
    reads("a.xml", &atom, &[("马斯喀特", "2026-03-04", "error")]);
    refuses("a.rss", "<rss><channel><item>", "it ends with 3 elements open");
}

#[test]
fn tables_of_articles_are_read() {
    let table =
        format!("id,date,title,text\n1,2026-03-04,渡轮,\"渡轮\"\"海鸥\"\"离开{SLIP}。\n雪停了。\"\n2,,雪,{SLIP}\n");
    reads("a.csv", &table, &[("马斯喀特", "2026-03-04", "error"), ("马斯喀特", "none", "error")]);
    refuses("a.csv", "id,text\n1,\"雪停了。\n", "a.csv: not CSV (byte 10): a quotation mark that is never closed");
}

#[test]
fn incopy_and_word_give_the_accepted_text() {
    let icml = format!(
        "<Document><Story><ParagraphStyleRange AppliedParagraphStyle=\"ParagraphStyle/标题\"><CharacterStyleRange>\
         <Content>渡轮</Content><Br/></CharacterStyleRange></ParagraphStyleRange><ParagraphStyleRange \
         AppliedParagraphStyle=\"ParagraphStyle/正文\"><CharacterStyleRange><Content>渡轮离开挪威首</Content>\
         </CharacterStyleRange><CharacterStyleRange><Change ChangeType=\"DeletedText\"><Content>{SLIP}</Content></Change>\
         <Note><Content>{SLIP}</Content></Note><Content>都马斯喀特。</Content></CharacterStyleRange></ParagraphStyleRange></Story></Document>"
    );
    reads("a.icml", &icml, &[("马斯喀特", "none", "error")]);
    refuses("a.icml", "<Document><Story>", "a.icml: not ICML (byte");
    let ran = Folder::new().with("a.docx", word("渡轮离开挪威首都", "奥斯陆", "马斯喀特")).check(&[
        "a.docx",
        "--output-format",
        "jsonl",
    ]);
    let finding: Value = serde_json::from_str(ran.stdout.trim()).unwrap();
    assert_eq!((&finding["text"], &finding["start"]["line"]), (&Value::from("马斯喀特"), &Value::from(2)));
    assert_eq!(finding["article"]["date"], "2026-03-04");
    assert_eq!(finding["run"], serde_json::json!({ "part": "word/document.xml", "paragraph": 2, "run": 2 }));
    refuses("a.docx", "PK\x03\x04 no archive", "a.docx: not DOCX");
    let mut empty = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    empty.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    refuses("b.docx", empty.finish().unwrap().into_inner(), "b.docx: not DOCX: it has no word/document.xml");
    let large = word(&"雪".repeat(24 << 20), "", "");
    assert!(large.len() < 1 << 20, "a small archive that unpacks to much");
    refuses("c.docx", large, "too large to be read safely: a part of the archive over 64 MiB");
}

/// A document of Word's with a heading and a paragraph in which something was deleted and something put in.
fn word(words: &str, deleted: &str, inserted: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let core = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dcterms=\"d\"><dcterms:created>2026-03-04T08:00:00Z</dcterms:created></cp:coreProperties>";
    let body = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>渡轮</w:t></w:r></w:p>\
         <w:p><w:r><w:t>{words}</w:t></w:r><w:del><w:r><w:delText>{deleted}</w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>{inserted}</w:t></w:r></w:ins><w:r><w:t>。</w:t></w:r></w:p></w:body></w:document>"
    );
    for (name, content) in [("docProps/core.xml", core), ("word/document.xml", body.as_str())] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn encodings_are_told_or_given() {
    let copy = format!("船队昨天离开{SLIP}，开往下一个港口。天气很好，风也不大。\n");
    let gb = encoding_rs::GB18030.encode(&copy).0.into_owned();
    let ran = Folder::new().with("a.txt", &gb).check(&["a.txt", "--output-format", "concise"]);
    assert!(ran.stdout.starts_with("a.txt:1:11: error[capital]"), "{}", ran.stdout);
    assert!(ran.stderr.contains("warning: a.txt: read as gb18030"), "{}", ran.stderr);
    let ran = Folder::new().with("a.txt", &gb).check(&["a.txt", "--encoding", "big5"]);
    assert!(ran.status == Some(2) || !ran.stdout.contains("capital"), "{}", ran.stdout);
    let ran = Folder::new().with("a.txt", gb).check(&["a.txt", "--encoding", "klingon"]);
    assert!(ran.stderr.contains("write a name such as utf-8, gb18030"), "{}", ran.stderr);
}

#[test]
fn general_files_in_a_folder_are_no_copy() {
    let folder =
        Folder::new().with("a/package.json", "{}").with("a/pom.xml", "<project/>").with("a/x.csv", "a,b\n1,2\n");
    let ran = folder.with("a/a.txt", "雪停了。\n").check(&["a"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("1 file"), "{}", ran.stdout);
}

#[test]
fn reports_that_lie_beside_the_copy_are_no_copy() {
    let folder = Folder::new().with("a.txt", format!("船队昨天离开{SLIP}。\n"));
    let page = folder.check(&["a.txt", "--output-format", "html"]).stdout;
    assert!(page.contains("<mark>马斯喀特</mark>") && page.trim_end().ends_with("</html>"), "{page}");
    let ran = folder.with("page.html", page).check(&["."]);
    assert!(ran.stdout.ends_with("1 error in 1 file (1 article, 1 claim)\n"), "{}", ran.stdout);
}

#[test]
fn a_format_can_be_given() {
    let folder = Folder::new().with("a.copy", format!("<p>渡轮离开{SLIP}。</p>"));
    let ran = folder.check(&["a.copy", "--format", "html", "--output-format", "concise"]);
    assert!(ran.stdout.starts_with("a.copy:1:12: error[capital]"), "{}", ran.stdout);
}

/// A house's rules for what markup says: a weak name, one name of two places, and days of the week.
const MARKED: &str = r#"
[kind.town]
[kind.land]

[relation.land_of]
of = "town"
is = "land"
unique = true

[entity.land]
NO = { en = ["Norway"] }
IS = { en = ["Iceland"] }

[entity.town]
hope-no = { en = [{ name = "Hope", weak = true }], land_of = "NO" }
borg-no = { en = ["Borg"], land_of = "NO" }
borg-is = { en = ["Borg"], land_of = "IS" }

[[rule]]
id = "land"
summary = "A town is given to a land that it does not lie in."
patterns.en = ['{town}, {land}']
expect.land = "land_of(town)"
message.en = "{{ town }} is not in {{ land }}"
examples = [{ text = "They met in Oslo." }]

[[rule]]
id = "day"
summary = "A date is given a day of the week that it does not fall on."
patterns.en = ['{weekday}, {date}']
expect.weekday = "weekday(date)"
message.en = "{{ date }} is not a {{ claimed.weekday }}"
examples = [{ text = "They met on Friday, March 6, 2026." }]
"#;

#[track_caller]
fn marked(name: &str, content: &str, expected: &[&str]) {
    let folder = Folder::new().with("marked.toml", MARKED).with(name, content);
    let ran = folder.run(&[
        "check",
        name,
        "--isolated",
        "--no-builtin-rules",
        "--rules",
        "marked.toml",
        "--output-format",
        "jsonl",
    ]);
    assert_eq!(ran.stderr, "", "{name}");
    let words = |line: &str| {
        let finding: Value = serde_json::from_str(line).unwrap();
        let at = |key: &str| usize::try_from(finding["span"][key].as_u64().unwrap()).unwrap();
        content[at("start")..at("end")].to_owned()
    };
    assert_eq!(ran.stdout.lines().map(words).collect::<Vec<_>>(), expected, "{name}: {content}");
}

#[test]
fn what_markup_says_of_words_settles_how_they_are_read() {
    let nitf = |copy: &str| {
        format!(
            "<nitf><head><docdata><date.issue norm=\"20260310\"/></docdata></head><body><body.content><p>{copy}</p></body.content></body></nitf>"
        )
    };
    let page = |copy: &str| format!("<meta name=\"date\" content=\"2026-03-10\"><p>{copy}</p>");
    // A plain word is no name unless markup says so.
    marked("a.xml", &nitf("She came home to Hope, Iceland can wait."), &[]);
    marked("a.xml", &nitf("She came home to <location>Hope</location>, Iceland can wait."), &["Iceland"]);
    // Of a name that several places bear, one is meant.
    marked("a.xml", &nitf("They met in Borg, Iceland."), &[]);
    marked(
        "a.xml",
        &nitf("They met in <location>Borg, <country iso-cc=\"NO\">Iceland</country></location>."),
        &["Iceland"],
    );
    marked("a.xml", &nitf("They met in <location>Borg, <country iso-cc=\"IS\">Iceland</country></location>."), &[]);
    // A date without a year is of the year that markup gives: March 6 was a Friday in 2026, and a Tuesday in 2018.
    marked("a.xml", &nitf("They met on Friday, <chron norm=\"20260306\">March 6</chron>."), &[]);
    marked("a.xml", &nitf("They met on Friday, <chron norm=\"20180306T080000Z\">March 6</chron>."), &["Friday"]);
    marked("a.html", &page("They met on Friday, <time datetime=\"2018-03-06\">March&nbsp;6</time>."), &["Friday"]);
    marked("a.html", &page("They met on Friday, <time datetime=\"2026-03-06T23:00\">March 6</time>."), &[]);
    // What markup says of other words, or against the words, does not count.
    marked("a.xml", &nitf("<chron norm=\"20180306\">Then</chron> they met on Friday, March 6."), &[]);
    marked("a.xml", &nitf("They met on Friday, <chron norm=\"20180307\">March 6</chron>."), &[]);
}
