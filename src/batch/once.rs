//! A slip that several rules see is told once.

use crate::diagnostic::Diagnostic;

/// Leaves out findings that mend the same words in the same way as another rule's: of these the gravest stays, else the
/// first. Findings come, and stay, in the order of their places.
pub(super) fn tell_once(found: &mut Vec<Diagnostic>) {
    let mut again = vec![false; found.len()];
    for (at, one) in found.iter().enumerate() {
        let beside = found[at + 1..].iter().take_while(|other| other.span.start < one.span.end);
        for (behind, other) in beside.enumerate().filter(|(_, other)| is_same_slip(one, other)) {
            again[if other.severity > one.severity { at } else { at + 1 + behind }] = true;
        }
    }
    let mut again = again.into_iter();
    found.retain(|_| !again.next().unwrap_or_default());
}

/// Whether two rules give one repair; their spans are known to meet.
fn is_same_slip(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.rule != other.rule && one.expected.first().is_some_and(|repair| other.expected.first() == Some(repair))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{ArticleInfo, Severity};
    use crate::text::{Lang, Span};

    fn finding(rule: &str, severity: Severity, span: Span, repair: &str) -> Diagnostic {
        Diagnostic {
            rule: rule.to_owned(),
            severity,
            message: String::new(),
            help: Vec::new(),
            span,
            text: String::new(),
            expected: vec![repair.to_owned()],
            labels: Vec::new(),
            fixes: Vec::new(),
            evidence: Vec::new(),
            run: None,
            article: ArticleInfo { title: None, date: None, lang: Lang::EN },
        }
    }

    #[test]
    fn the_gravest_of_those_that_mend_the_same_words_alike_stays() {
        let (wide, within, apart) = (Span::new(2, 9), Span::new(4, 9), Span::new(20, 24));
        let mut found = vec![
            finding("a", Severity::Warning, wide, "88"),
            finding("b", Severity::Error, within, "88"),
            finding("c", Severity::Error, within, "90"),
            finding("d", Severity::Error, apart, "88"),
        ];
        tell_once(&mut found);
        let rules: Vec<&str> = found.iter().map(|found| found.rule.as_str()).collect();
        assert_eq!(rules, ["b", "c", "d"]);
    }
}
