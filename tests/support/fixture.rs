//! Copy with the findings marked in it: `在阿曼首都⟦阿布扎比⟧{capital}会谈`.

use super::HOUSE;
use factlint::diagnostic::Diagnostic;
use factlint::engine;
use factlint::read::{ReadSettings, read};
use factlint::rule::compile;
use factlint::rule::load::load_texts;
use factlint::text::Span;

/// Checks copy in which every finding is marked, and nothing else may be found.
///
/// A mark is `⟦words⟧{rule}`, or `⟦words⟧{rule: repair}` where the repair must be among the expected ones; a finding
/// in several pieces marks each. Lines `path: …`, `as-of: …` may stand at the head, before a line `---`; rules of the
/// test's own, in TOML, at the end after a line `=== rules`. The house rules are always loaded.
#[track_caller]
pub(crate) fn check(fixture: &str) {
    let (fixture, rules) = fixture.split_once("=== rules\n").unwrap_or((fixture, ""));
    let (head, copy) = fixture.split_once("---\n").unwrap_or(("", fixture));
    let (mut path, mut settings) = ("copy.txt", ReadSettings::default());
    for line in head.lines().filter(|line| !line.trim().is_empty()) {
        match line.split_once(": ") {
            Some(("path", value)) => path = value,
            Some(("as-of", value)) => settings.as_of = Some(value.parse().unwrap()),
            _ => panic!("a fixture's head has no line `{line}`"),
        }
    }
    let files = [("house.toml", HOUSE), ("test.toml", rules)];
    let (rules, problems) = compile(load_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())).into()));
    assert!(problems.is_empty(), "the rules have problems: {problems:?}");
    let (text, marks) = unmark(copy);
    let document = read(path, text.clone().into_bytes(), &settings).unwrap();
    let found = engine::check(&rules, &document).diagnostics;
    assert_eq!(mark(&text, &found, &marks), copy, "(left: what was found; right: what the fixture says)");
}

/// A marked span, with what stands in its braces.
struct Mark {
    start: usize,
    end: usize,
    tag: String,
}

/// The copy without its marks, and the marks.
fn unmark(copy: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), copy);
    while let Some((before, after)) = rest.split_once('⟦') {
        let (words, after) = after.split_once("⟧{").expect("a mark closes with ⟧{rule}");
        let (tag, after) = after.split_once('}').expect("a mark's braces close");
        text.push_str(before);
        marks.push(Mark { start: text.len(), end: text.len() + words.len(), tag: tag.to_owned() });
        text.push_str(words);
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

/// The copy with what was found marked in the way of the fixture.
fn mark(text: &str, found: &[Diagnostic], marks: &[Mark]) -> String {
    let mut shown: Vec<Mark> = Vec::new();
    for diagnostic in found {
        // Labels are further pieces of the finding or words it clashes with: the fixture says which it means.
        let marked = |span: &Span| marks.iter().any(|mark| mark.start == span.start && mark.end == span.end);
        let pieces = diagnostic.labels.iter().map(|label| label.span).filter(marked);
        for span in std::iter::once(diagnostic.span).chain(pieces) {
            if shown.iter().any(|mark| mark.start == span.start && mark.end == span.end) {
                continue;
            }
            let said = marks.iter().find(|mark| mark.start == span.start && mark.end == span.end);
            let repair = said.and_then(|mark| mark.tag.split_once(": ")).map(|(_, repair)| repair);
            let tag = match repair {
                None => diagnostic.rule.clone(),
                Some(repair) if diagnostic.expected.iter().any(|expected| expected == repair) => {
                    format!("{}: {repair}", diagnostic.rule)
                }
                Some(_) => format!("{}: {}", diagnostic.rule, diagnostic.expected.join(" or ")),
            };
            shown.push(Mark { start: span.start, end: span.end, tag });
        }
    }
    shown.sort_by_key(|mark| std::cmp::Reverse((mark.start, mark.end)));
    let mut out = text.to_owned();
    for Mark { start, end, tag } in shown {
        out.insert_str(end, &format!("⟧{{{tag}}}"));
        out.insert(start, '⟦');
    }
    out
}
