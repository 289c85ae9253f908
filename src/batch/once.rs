//! A slip that several rules see is told once.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// How much longer one of two places may be that are the same to an editor: the date and its year.
const LENGTHS: usize = 4;

/// Leaves out findings that tell of what another rule's tell. Of these the gravest stays, then the one that has a repair,
/// then the one that points at more, else the first. Findings come, and stay, in the order of their places.
pub(super) fn tell_once(found: &mut Vec<Diagnostic>) {
    let mut again = vec![false; found.len()];
    for (at, one) in found.iter().enumerate() {
        for (behind, other) in found[at + 1..].iter().take_while(|other| other.span.start < one.span.end).enumerate() {
            let behind = at + 1 + behind;
            if !again[at] && !again[behind] && is_same_slip(one, other) {
                let weight = |one: &Diagnostic| (one.severity, !one.expected.is_empty(), one.labels.len());
                again[if weight(other) > weight(one) { at } else { behind }] = true;
            }
        }
    }
    let mut again = again.into_iter();
    found.retain(|_| !again.next().unwrap_or_default());
}

/// Whether two rules tell of one slip; their spans are known to meet. They give one repair, or mend the same words, or
/// say that the same words do not go together.
fn is_same_slip(one: &Diagnostic, other: &Diagnostic) -> bool {
    if one.rule == other.rule {
        return false;
    }
    if let (Some(repair), Some(its)) = (one.expected.first(), other.expected.first()) {
        return repair == its || is_same_place(one.span, other.span);
    }
    let (places, its) = (places(one), places(other));
    let within = |places: &[Span], others: &[Span]| {
        places.len() > 1 && places.iter().all(|place| others.iter().any(|other| is_same_place(*place, *other)))
    };
    one.span == other.span && places == its || within(&places, &its) || within(&its, &places)
}

/// The words that a finding is about: those it would mend, and those it shows beside them.
fn places(found: &Diagnostic) -> Vec<Span> {
    let mended = (!found.expected.is_empty()).then_some(found.span);
    let shown = found.labels.iter().filter(|label| label.elsewhere.is_none()).map(|label| label.span);
    mended.into_iter().chain(shown).collect()
}

/// Whether two places are, for whoever looks there, one.
fn is_same_place(one: Span, other: Span) -> bool {
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    one.overlaps(other) && long <= short * LENGTHS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{ArticleInfo, Label, Severity};
    use crate::text::Lang;

    fn finding(rule: &str, severity: Severity, span: Span, repair: &str) -> Diagnostic {
        Diagnostic {
            rule: rule.to_owned(),
            severity,
            message: String::new(),
            help: Vec::new(),
            span,
            text: String::new(),
            expected: Some(repair).filter(|repair| !repair.is_empty()).map(str::to_owned).into_iter().collect(),
            labels: Vec::new(),
            fixes: Vec::new(),
            evidence: Vec::new(),
            run: None,
            article: ArticleInfo { title: None, date: None, lang: Lang::EN },
        }
    }

    fn rules(found: &[Diagnostic]) -> Vec<&str> {
        found.iter().map(|found| found.rule.as_str()).collect()
    }

    #[test]
    fn the_gravest_of_those_that_mend_the_same_words_stays() {
        let (wide, within, apart) = (Span::new(2, 9), Span::new(4, 9), Span::new(20, 24));
        let mut found = vec![
            finding("a", Severity::Warning, wide, "88"),
            finding("b", Severity::Error, within, "88"),
            finding("c", Severity::Error, within, "90"),
            finding("d", Severity::Error, apart, "88"),
        ];
        tell_once(&mut found);
        assert_eq!(rules(&found), ["b", "d"]);
    }

    #[test]
    fn what_does_not_go_together_is_told_once() {
        let shown = |rule: &str, span: Span, repair: &str, places: &[(usize, usize)]| Diagnostic {
            labels: places.iter().map(|(start, end)| Label::here(Span::new(*start, *end), String::new())).collect(),
            ..finding(rule, Severity::Error, span, repair)
        };
        let one = || shown("a", Span::new(0, 40), "", &[(2, 9), (20, 24)]);
        let kept = |other: Diagnostic| {
            let mut found = vec![one(), other];
            tell_once(&mut found);
            rules(&found).join(" ")
        };
        assert_eq!(kept(shown("b", Span::new(20, 24), "88", &[(2, 9)])), "b");
        assert_eq!(kept(shown("b", Span::new(0, 30), "", &[(4, 9), (20, 24)])), "a");
        assert_eq!(kept(shown("b", Span::new(0, 40), "", &[(2, 9), (20, 24), (30, 33)])), "b");
        // Another slip of the same words, or beside them.
        assert_eq!(kept(shown("b", Span::new(2, 9), "88", &[])), "a b");
        assert_eq!(kept(shown("b", Span::new(2, 9), "", &[(2, 9), (30, 33)])), "a b");
        assert_eq!(kept(shown("a", Span::new(20, 24), "88", &[(2, 9)])), "a a");
    }
}
