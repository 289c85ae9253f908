//! Every format that is read, by samples of the shape that newsrooms meet: what is read of them, that every word leads
//! back to where it stands in the file, and that a broken twin of each is told with its place.

use crate::support::Folder;
use encoding_rs::{BIG5, Encoding, GB18030, SHIFT_JIS};
use factlint::read::{Document, ReadError, ReadSettings, encoding_named, read};
use factlint::text::Span;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How the words of a format are written in its files.
type Written = fn(&str) -> String;

/// The samples, each with how words are read from what the file holds.
const SAMPLES: &[(&str, Written)] = &[
    ("page.html", markup),
    ("story.nitf.xml", markup),
    ("item.newsml.xml", markup),
    ("item.newsml-nitf.xml", markup),
    ("item.ninjs-1.json", |file| markup(&json(file))),
    ("item.ninjs-2.json", json),
    ("item.ninjs-3.json", json),
    ("feed.rss", |file| markup(&markup(file))),
    ("feed.atom", |file| markup(&markup(file))),
    ("page.md", verbatim),
    ("page-toml.md", verbatim),
    ("archive.jsonl", json),
    ("table.csv", |file| file.replace("\"\"", "\"")),
    ("table.tsv", verbatim),
    ("story.icml", incopy),
    ("pages.txt", verbatim),
    ("columns.txt", verbatim),
];

fn verbatim(file: &str) -> String {
    file.to_owned()
}

/// What a stretch of a JSON string reads as.
fn json(file: &str) -> String {
    serde_json::from_str(&format!("\"{file}\"")).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// What a stretch of HTML or XML reads as.
fn markup(file: &str) -> String {
    let mut out = String::new();
    let file = file.replace("<q>", "“").replace("</q>", "”");
    let mut rest = file.as_str();
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        let end = if rest[at..].starts_with('<') { rest[at..].find('>') } else { rest[at..].find(';') };
        match end.map(|end| &rest[at..at + end]).filter(|words| !words.starts_with("& ")) {
            Some(words) => {
                out.push_str(&reference(words));
                rest = &rest[at + words.len() + 1..];
            }
            None => {
                out.push_str(&rest[at..=at]);
                rest = &rest[at + 1..];
            }
        }
    }
    out + rest
}

/// What a stretch of a story of InCopy's reads as, with its changes accepted.
fn incopy(file: &str) -> String {
    let mut rest = file.to_owned();
    for (begin, end) in [("<Change ChangeType=\"DeletedText\"", "</Change>"), ("<Note>", "</Note>")] {
        while let Some(at) = rest.find(begin) {
            let until = at + rest[at..].find(end).unwrap() + end.len();
            rest.replace_range(at..until, "");
        }
    }
    markup(&rest)
}

/// What a reference stands for; a tag stands for nothing.
fn reference(words: &str) -> String {
    let named = match words {
        "&amp" => "&",
        "&quot" => "\"",
        "&lt" => "<",
        "&gt" => ">",
        "&nbsp" => "\u{A0}",
        "&ldquo" => "“",
        "&rdquo" => "”",
        tag if tag.starts_with('<') => "",
        number => {
            let number = number.strip_prefix("&#").unwrap_or_else(|| panic!("{number}"));
            let hex = number.strip_prefix('x').map(|hex| u32::from_str_radix(hex, 16));
            let point = hex.unwrap_or_else(|| number.parse()).unwrap();
            return char::from_u32(point).unwrap().to_string();
        }
    };
    named.to_owned()
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(samples().join(name)).unwrap()
}

fn document(name: &str, bytes: Vec<u8>) -> Document {
    read(name, bytes, &ReadSettings::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What was read: of every article its day, language and place, and its blocks with their roles.
fn outline(document: &Document) -> String {
    let mut out = String::new();
    for article in &document.articles {
        let date = article.date.map_or_else(|| "no day".to_owned(), |day| day.to_string());
        let place = article.place.as_deref().unwrap_or("no place");
        writeln!(out, "{date} · {} · {place}", article.lang.code()).unwrap();
        for block in &article.blocks {
            let words: Vec<&str> = block.pieces.iter().map(|piece| &document.text[piece.start..piece.end]).collect();
            writeln!(out, "  {}: {}", block.role.as_str(), words.join("|").replace('\n', "⏎")).unwrap();
        }
    }
    out
}

/// Every stretch of a few characters of every block leads back to what it was read from.
#[track_caller]
fn leads_back(name: &str, document: &Document, reads: Written) {
    let pieces = document.articles.iter().flat_map(|article| &article.blocks).flat_map(|block| &block.pieces);
    for piece in pieces {
        let words = &document.text[piece.start..piece.end];
        let borders: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
        for (at, start) in borders.iter().enumerate() {
            for end in borders[at..].iter().skip(1).take(12) {
                let span = Span::new(piece.start + start, piece.start + end);
                let file = match &document.original {
                    Some(original) => {
                        let there = original.span(span);
                        original.text.get(there.start..there.end).unwrap_or_else(|| panic!("{name}: {there:?}"))
                    }
                    None => &document.text[span.start..span.end],
                };
                assert_eq!(reads(file), words[*start..*end], "{name}: “{file}”");
            }
        }
    }
}

#[test]
fn every_sample_is_read_and_every_word_leads_back() {
    let mut read = String::new();
    for (name, reads) in SAMPLES {
        let document = document(name, sample(name));
        leads_back(name, &document, *reads);
        write!(read, "# {name}\n{}\n", outline(&document)).unwrap();
    }
    let expected = fs::read_to_string(samples().join("outlines.txt")).unwrap_or_default().replace("\r\n", "\n");
    assert!(read == expected, "tests/samples/outlines.txt should hold:\n{read}");
}

#[test]
fn every_format_has_a_sample() {
    let formats = factlint::read::FORMATS.iter().filter(|format| format.id != "docx");
    for format in formats {
        let is_of = |name: &str| format.extensions.iter().any(|extension| name.ends_with(&format!(".{extension}")));
        assert!(SAMPLES.iter().any(|(name, _)| is_of(name)), "{}", format.id);
    }
}

#[test]
fn encodings_read_as_the_same_words() {
    let simplified = "代表团昨天抵达港口，双方将在本周五举行第二轮会谈。\n";
    let traditional = "代表團昨天抵達港口，雙方將在本週五舉行第二輪會談。\n";
    let japanese = "代表団は昨日港に到着し、金曜日に第二回の会談を行う。\n";
    let utf16 = |copy: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{FEFF}".encode_utf16().chain(copy.encode_utf16()).flat_map(bytes).collect()
    };
    let coded = |encoding: &'static Encoding, copy: &str| encoding.encode(copy).0.into_owned();
    for (bytes, copy, encoding) in [
        (coded(GB18030, simplified), simplified, "gb18030"),
        (coded(BIG5, traditional), traditional, "Big5"),
        (coded(SHIFT_JIS, japanese), japanese, "Shift_JIS"),
        (utf16(simplified, u16::to_le_bytes), simplified, "UTF-16LE"),
        (utf16(traditional, u16::to_be_bytes), traditional, "UTF-16BE"),
    ] {
        let document = document("a.txt", bytes);
        assert_eq!((document.text.as_str(), document.warnings[0].as_str()), (copy, &*format!("read as {encoding}")));
        leads_back(encoding, &document, verbatim);
    }
    // In another encoding than told or given, a file is not half-read.
    let broken = |bytes: &[u8], given: Option<&str>| {
        let settings = ReadSettings { encoding: given.and_then(encoding_named), ..ReadSettings::default() };
        read("a.txt", bytes.to_vec(), &settings).map(|document| document.text).unwrap_err().to_string()
    };
    let cut = |mut bytes: Vec<u8>| {
        bytes.truncate(bytes.len() - 2);
        bytes
    };
    for (bytes, given, told) in [
        (cut(coded(GB18030, simplified)), "gb18030", "not gb18030 text (byte 48)"),
        (cut(coded(BIG5, traditional)), "big5", "not Big5 text (byte 48)"),
        (cut(coded(SHIFT_JIS, japanese)), "shift-jis", "not Shift_JIS text (byte 50)"),
    ] {
        let told_at_its_end = broken(&bytes, Some(given));
        assert!(told_at_its_end.starts_with(told), "{told_at_its_end}");
    }
    let mut odd = utf16(simplified, u16::to_le_bytes);
    odd.pop();
    let told = broken(&odd, None);
    assert!(told.starts_with(&format!("not UTF-16LE text (byte {})", odd.len() - 1)), "{told}");
}

/// A broken twin of every sample, the words that tell what is wrong with it, and where.
#[test]
fn every_broken_twin_is_told_with_its_place() {
    let text = |name: &str| String::from_utf8(sample(name)).unwrap();
    let cut = |name: &str, before: &str| {
        let text = text(name);
        let at = text.rfind(before).unwrap_or_else(|| panic!("{name} has no {before}"));
        (text[..at].to_owned(), at)
    };
    let told = |name: &str, content: &[u8]| -> String {
        let error: Result<Document, ReadError> = read(name, content.to_vec(), &ReadSettings::default());
        error.map(|document| outline(&document)).unwrap_err().to_string()
    };
    for (name, before, what) in [
        ("story.nitf.xml", "</nitf>", "not news XML"),
        ("item.newsml.xml", "</newsMessage>", "not news XML"),
        ("item.newsml-nitf.xml", "</newsItem>", "not news XML"),
        ("feed.rss", "</rss>", "not a feed"),
        ("feed.atom", "</feed>", "not a feed"),
        ("story.icml", "</Document>", "not ICML"),
        ("item.ninjs-1.json", "}", "not ninjs"),
        ("item.ninjs-2.json", "}", "not ninjs"),
        ("item.ninjs-3.json", "]", "not ninjs"),
    ] {
        let (broken, at) = cut(name, before);
        let told = told(name, broken.trim_end().as_bytes());
        let place: usize =
            told.split("(byte ").nth(1).and_then(|rest| rest.split(')').next()?.parse().ok()).unwrap_or_default();
        assert!(told.starts_with(what) && (at - 4..=at + 1).contains(&place), "{name}: {told}, not {at}");
    }
    // An end tag that belongs to nothing is told where it stands.
    let crossed = text("story.nitf.xml").replace("</bq>", "</bx>");
    let at = crossed.find("</bx>").unwrap();
    assert!(told("a.xml", crossed.as_bytes()).starts_with(&format!("not news XML (byte {at}): ")));
    let row = text("archive.jsonl").replacen("\"lang\":\"en\"", "\"lang\":", 1);
    assert!(told("a.jsonl", row.as_bytes()).starts_with("not JSON lines (byte 0): line 1: "));
    let (table, _) = cut("table.csv", ".\"\r\n");
    assert_eq!(told("table.csv", table.as_bytes()), "not CSV (byte 51): a quotation mark that is never closed");
    let headless = text("table.tsv").replace("正文", "x");
    assert!(told("table.tsv", headless.as_bytes()).starts_with("this .tsv file is in no news format"));
    // What browsers show of a broken page is read; what would use up the machine is not.
    let page = text("page.html").replace("</p>", "").replace("</b>", "");
    let shown = document("page.html", page.clone().into_bytes());
    leads_back("page.html", &shown, markup);
    assert_eq!(shown.articles.len(), 1);
    assert!(told("page.html", page.replace("<b>", &"<b>".repeat(600)).as_bytes()).starts_with("too large"));
    for name in ["page.html", "page.md", "pages.txt", "page-toml.md"] {
        let bad = [sample(name), b"caf\xE9 au lait".to_vec()].concat();
        assert!(told(name, &bad).starts_with(&format!("not UTF-8 text (byte {})", bad.len() - 9)), "{name}");
        let at = sample(name).len();
        let nul = [sample(name), b"\0\xFF".to_vec()].concat();
        assert_eq!(told(name, &nul), format!("not a text file (a NUL byte at byte {at})"), "{name}");
    }
    let bad = text("page-toml.md").replace("place = ", "place ");
    let warned = document("a.md", bad.into_bytes()).warnings;
    assert!(warned[0].starts_with("the front matter is not TOML (line 4)"), "{warned:?}");
    let bad = text("page.md").replace("2026-03-04 08:00:00", "soon");
    assert_eq!(
        document("a.md", bad.into_bytes()).warnings,
        ["front matter: `soon` is no day; write `date: 2026-02-07`"]
    );
}

/// A document of Word's from its parts.
fn word(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const CORE: &str = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dcterms=\"d\" xmlns:dc=\"e\"><dc:language>en-GB</dc:language>\
                    <dcterms:created>2026-03-04T08:00:00Z</dcterms:created></cp:coreProperties>";
const BODY: &str = "<w:document xmlns:w=\"w\"><w:body>\
    <w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Ferry sails again</w:t></w:r></w:p>\
    <w:p><w:r><w:t xml:space=\"preserve\">The ferry left </w:t></w:r><w:del w:author=\"A\"><w:r><w:delText>Bergen</w:delText></w:r></w:del>\
    <w:ins w:author=\"A\"><w:r><w:t>Os</w:t></w:r><w:r><w:t>lo</w:t></w:r></w:ins><w:r><w:footnoteReference w:id=\"2\"/><w:t>.</w:t></w:r>\
    <w:r><w:commentReference w:id=\"0\"/></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Sailings</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    <w:p><w:pPr><w:pStyle w:val=\"Caption\"/></w:pPr><w:r><w:t>The ferry at the quay.</w:t></w:r></w:p></w:body></w:document>";
const NOTES: &str = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>By boat.</w:t></w:r></w:p></w:footnote></w:footnotes>";
const COMMENTS: &str =
    "<w:comments xmlns:w=\"w\"><w:comment w:id=\"0\"><w:p><w:r><w:t>Check</w:t></w:r></w:p></w:comment></w:comments>";

#[test]
fn word_shows_what_would_be_accepted() {
    let all = [
        ("docProps/core.xml", CORE),
        ("word/document.xml", BODY),
        ("word/footnotes.xml", NOTES),
        ("word/comments.xml", COMMENTS),
    ];
    let shown = document("a.docx", word(&all));
    leads_back("a.docx", &shown, verbatim);
    let expected = "2026-03-04 · en · no place\n  headline: Ferry sails again\n  paragraph: The ferry left Oslo.\n  \
                    table: Sailings\n  caption: The ferry at the quay.\n2026-03-04 · en · no place\n  paragraph: By boat.\n";
    assert_eq!(outline(&shown), expected);
    let broken = NOTES.replace("</w:footnote>", "</w:endnote>");
    let at = broken.find("</w:endnote>").unwrap();
    let told = read("a.docx", word(&[all[1], ("word/footnotes.xml", &broken)]), &ReadSettings::default()).unwrap_err();
    assert!(told.to_string().starts_with(&format!("not DOCX: word/footnotes.xml (byte {at}): ")), "{told}");
}

#[test]
fn a_file_may_not_use_up_the_machine() {
    let folder = Folder::new().with("good.txt", "船队昨天离开挪威首都马斯喀特。\n");
    let file = fs::File::create(folder.path().join("a.html")).unwrap();
    // It takes no room: nothing is written.
    file.set_len((1 << 30) + 1).unwrap();
    let ran = folder.check(&["a.html", "good.txt"]);
    assert!(ran.stderr.contains("a.html: it cannot be read: it is over 1 GiB"), "{}", ran.stderr);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stdout.contains("马斯喀特不是挪威首都"), "{}", ran.stdout);
}
