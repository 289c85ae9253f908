//! Comments in the copy that let findings stand:
//!
//! - `<!-- factlint: allow capital "quotes an atlas of 1950" -->` on a line of copy, for that line; alone on its line, for
//!   the paragraph under it
//! - `<!-- factlint: allow-file capital,weekday "a quiz" -->` for the whole file
//! - `<!-- factlint: off capital -->` until `<!-- factlint: on capital -->` for what stands between
//!
//! Without rules they let everything stand. A key of the front matter, `factlint-allow: capital, weekday`, holds for the
//! whole file, with `factlint-why: "a quiz"` for the reason.

use crate::diagnostic::Diagnostic;
use crate::text::Span;
use memchr::memmem;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";
const MARK: &str = "factlint:";

/// A comment and what it lets stand.
#[derive(Debug)]
pub(super) struct Comment {
    /// Its words.
    pub(super) words: String,
    /// The line it stands on, from 1.
    pub(super) line: usize,
    /// Rules; none means all.
    rules: Vec<String>,
    pub(super) why: Option<String>,
    /// Where it holds.
    scope: Span,
    pub(super) used: bool,
}

impl Comment {
    /// Whether it lets a finding stand.
    pub(super) fn allows(&self, found: &Diagnostic) -> bool {
        let here = self.scope.start <= found.span.start && found.span.start < self.scope.end;
        here && (self.rules.is_empty() || self.rules.contains(&found.rule))
    }
}

/// Finds the comments of a text.
pub(super) fn find(text: &str, warnings: &mut Vec<String>) -> Vec<Comment> {
    let mut comments: Vec<Comment> = in_front_matter(text, warnings).into_iter().collect();
    // Nearly all copy holds none.
    for at in memmem::find_iter(text.as_bytes(), MARK) {
        let Some(whole) = around(text, at) else { continue };
        let words = text[at..whole.end - CLOSE.len()].trim();
        let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count();
        let (verb, rules, why) = parts(words[MARK.len()..].trim());
        let scope = match verb {
            "allow" => line_or_paragraph(text, whole),
            "allow-file" => Span::new(0, text.len() + 1),
            "off" => Span::new(whole.end, text.len() + 1),
            "on" => {
                let ends = |comment: &&mut Comment| {
                    comment.words[MARK.len()..].trim_start().starts_with("off")
                        && comment.scope.end > text.len()
                        && (rules.is_empty() || comment.rules == rules)
                };
                match comments.iter_mut().rev().find(ends) {
                    Some(off) => off.scope = Span::new(off.scope.start, whole.start.max(off.scope.start)),
                    None => warnings.push(format!("line {line}: `{words}` ends no `factlint: off`")),
                }
                continue;
            }
            _ => {
                warnings.push(format!(
                    "line {line}: `{words}` means nothing: write `factlint: allow RULE \"why\"`, `allow-file`, `off` or `on`"
                ));
                continue;
            }
        };
        comments.push(Comment { words: words.to_owned(), line, rules, why, scope, used: false });
    }
    comments
}

/// What the front matter lets stand.
fn in_front_matter(text: &str, warnings: &mut Vec<String>) -> Option<Comment> {
    let start = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let fence = ["---", "+++"].into_iter().find(|fence| start.starts_with(fence))?;
    let mut allowed: Option<Comment> = None;
    let mut reason = None;
    for (number, line) in start.lines().enumerate().skip(1).take_while(|(_, line)| line.trim_end() != fence) {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim();
        match key.trim() {
            "factlint-allow" => {
                let marks: &[char] = &[',', ' ', '[', ']', '"', '\''];
                let rules: Vec<String> =
                    value.split(marks).filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
                let (words, line) = (line.trim().to_owned(), number + 1);
                if rules.is_empty() {
                    warnings.push(format!("line {line}: `{words}` names no rule"));
                    continue;
                }
                let scope = Span::new(0, text.len() + 1);
                allowed = Some(Comment { words, line, rules, why: None, scope, used: false });
            }
            "factlint-why" => reason = Some(value.trim_matches(['"', '\'', '“', '”']).to_owned()),
            _ => {}
        }
    }
    allowed.map(|comment| Comment { why: reason, ..comment })
}

/// The comment around a place, if it stands in one and is all that the comment says.
fn around(text: &str, at: usize) -> Option<Span> {
    let start = text[..at].trim_end().strip_suffix(OPEN)?.len();
    let end = at + text[at..].find(CLOSE)? + CLOSE.len();
    Some(Span::new(start, end))
}

/// `allow capital,weekday "why"`: the verb, the rules and the reason.
fn parts(words: &str) -> (&str, Vec<String>, Option<String>) {
    let (verb, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let quotes: &[char] = &['"', '“', '”', '「', '」'];
    let (rules, why) = match rest.find(quotes) {
        Some(at) => (&rest[..at], Some(rest[at..].trim().trim_matches(quotes).to_owned())),
        None => (rest, None),
    };
    let rules = rules.split([',', ' ']).filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
    (verb, rules, why.filter(|why| !why.is_empty()))
}

/// The line that a comment stands on; if nothing else does, the paragraph under it.
fn line_or_paragraph(text: &str, comment: Span) -> Span {
    let start = text[..comment.start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at);
    let alone = text[start..comment.start].trim().is_empty() && text[comment.end..end].trim().is_empty();
    if !alone {
        return Span::new(start, end);
    }
    let first = end + text[end..].len() - text[end..].trim_start().len();
    let mut last = first;
    for line in text[first..].split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        last += line.len();
    }
    Span::new(first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(text: &str) -> Vec<&str> {
        let mut warnings = Vec::new();
        let comments = find(text, &mut warnings);
        assert!(warnings.is_empty(), "{warnings:?}");
        comments.iter().map(|comment| text[comment.scope.start..comment.scope.end.min(text.len())].trim()).collect()
    }

    #[test]
    fn comments_hold_where_they_say() {
        assert_eq!(scopes("a\nb <!-- factlint: allow x -->\nc"), ["b <!-- factlint: allow x -->"]);
        assert_eq!(scopes("<!-- factlint: allow x -->\n\na\nb\n\nc"), ["a\nb"]);
        assert_eq!(scopes("<!-- factlint: off x -->a<!-- factlint: on x -->b"), ["a"]);
        assert_eq!(scopes("a factlint: allow x b"), Vec::<&str>::new());
        assert_eq!(scopes("a<!-- factlint: allow-file -->b").len(), 1);
    }

    #[test]
    fn front_matter_lets_stand_for_the_whole_file() {
        for head in [
            "---\nfactlint-allow: capital, weekday\nfactlint-why: \"a quiz\"\n---\n",
            "+++\nfactlint-allow = ['capital', 'weekday']\nfactlint-why = 'a quiz'\n+++\n",
        ] {
            let mut warnings = Vec::new();
            let text = format!("{head}Text\nfactlint-allow: other\n");
            let found = find(&text, &mut warnings);
            assert_eq!(found.len(), 1, "{head}");
            assert_eq!(
                (found[0].rules.as_slice(), found[0].why.as_deref()),
                (["capital".to_owned(), "weekday".to_owned()].as_slice(), Some("a quiz"))
            );
            assert_eq!((found[0].scope.end, found[0].line), (text.len() + 1, 2));
        }
        let mut warnings = Vec::new();
        assert!(find("---\nfactlint-allow:\n---\n", &mut warnings).is_empty());
        assert_eq!(warnings.len(), 1);
        assert!(find("A line\nfactlint-allow: capital\n", &mut Vec::new()).is_empty());
    }

    #[test]
    fn rules_and_reasons_are_told_apart() {
        assert_eq!(
            parts("allow a,b \"an old atlas\""),
            ("allow", vec!["a".into(), "b".into()], Some("an old atlas".into()))
        );
        assert_eq!(parts("allow a “旧地图”").2.as_deref(), Some("旧地图"));
        assert_eq!(parts("off"), ("off", vec![], None));
    }

    #[test]
    fn what_means_nothing_is_told() {
        let mut warnings = Vec::new();
        assert!(find("<!-- factlint: alow x -->\n<!-- factlint: on x -->", &mut warnings).is_empty());
        assert_eq!(warnings.len(), 2);
    }
}
