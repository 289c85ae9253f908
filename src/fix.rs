//! Repairs put into files: which ones, the text that comes of them, and what it looks like as a diff.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use similar::TextDiff;

/// The likeliest repair of each finding that may be applied, in the order of their places and none over another.
pub fn choose(diagnostics: &[Diagnostic], unsafe_too: bool) -> Vec<(&Diagnostic, &Fix)> {
    let allowed = |fix: &&Fix| unsafe_too || fix.applicability == Applicability::Safe;
    let mut chosen: Vec<(&Diagnostic, &Fix)> = Vec::new();
    for found in diagnostics {
        let Some(fix) = found.fixes.iter().find(allowed) else { continue };
        let free = |edit: &Edit| {
            let others = chosen.iter().flat_map(|(_, other)| &other.edits);
            others.into_iter().all(|other| edit.span.end <= other.span.start || other.span.end <= edit.span.start)
        };
        if !fix.edits.is_empty() && fix.edits.iter().all(free) {
            chosen.push((found, fix));
        }
    }
    chosen
}

/// The text with repairs applied.
pub fn apply(text: &str, fixes: &[(&Diagnostic, &Fix)]) -> String {
    let mut edits: Vec<&Edit> = fixes.iter().flat_map(|(_, fix)| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (Some(before), true) = (text.get(at..edit.span.start), text.is_char_boundary(edit.span.end)) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&edit.replacement);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Whether a text has a finding that another, of which it was made, has not: a repair that makes one is none.
pub fn makes_new(before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let key = |found: &Diagnostic| (found.rule.clone(), found.text.clone());
    let mut known: Vec<(String, String)> = before.iter().map(key).collect();
    after.iter().any(|found| match known.iter().position(|other| *other == key(found)) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    })
}

/// What would change, as a unified diff.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().header(path, path).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{ArticleInfo, Severity};
    use crate::text::{Lang, Span};

    fn finding(text: &str, words: &str, repair: &str, applicability: Applicability) -> Diagnostic {
        let at = text.find(words).unwrap();
        let span = Span::new(at, at + words.len());
        let edits = vec![Edit { span, replacement: repair.into() }];
        Diagnostic {
            rule: "capital".into(),
            severity: Severity::Error,
            message: String::new(),
            help: Vec::new(),
            span,
            text: words.into(),
            expected: Vec::new(),
            labels: Vec::new(),
            fixes: vec![Fix { title: String::new(), applicability, edits }],
            evidence: Vec::new(),
            run: None,
            article: ArticleInfo { title: None, date: None, lang: Lang::ZH },
        }
    }

    #[test]
    fn only_what_may_be_applied_is() {
        let text = "甲乙丙丁";
        let safe = finding(text, "甲", "一", Applicability::Safe);
        let unsafe_one = finding(text, "丙丁", "三", Applicability::Unsafe);
        let over = finding(text, "丁", "四", Applicability::Unsafe);
        let found = [safe, unsafe_one, over];
        assert_eq!(apply(text, &choose(&found, false)), "一乙丙丁");
        assert_eq!(apply(text, &choose(&found, true)), "一乙三");
        assert!(diff("a.txt", "甲\n", "一\n").contains("-甲\n+一\n"));
    }

    #[test]
    fn a_finding_that_was_there_is_not_new() {
        let found = [finding("甲乙", "甲", "一", Applicability::Safe)];
        assert!(!makes_new(&found, &found));
        assert!(!makes_new(&found, &[]));
        assert!(makes_new(&[], &found));
    }
}
