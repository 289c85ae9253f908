//! The ledger as one page that needs nothing else: the copy with its claims marked, beside the sheet.

use super::{Counts, Sheet, SheetFile, evidence, remark, sources};
use crate::ledger::{Entry, Verdict};
use crate::report::html::escaped;
use crate::text::{Position, Span};
use std::fmt::Write as _;
use std::io::{self, Write};

/// A section a file; claims are numbered through.
#[derive(Default)]
pub(super) struct Html {
    claims: usize,
}

impl Sheet for Html {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(include_bytes!("page.html"))
    }

    fn file(&mut self, out: &mut dyn Write, file: &SheetFile<'_>) -> io::Result<()> {
        let first = self.claims + 1;
        self.claims += file.entries.len();
        let mut page = format!("<section>\n<div>\n<h2>{}</h2>\n<article>", escaped(file.path));
        let marked = copy(&mut page, file, first);
        page.push_str("</article>\n</div>\n<div class=\"sheet\">\n<table>\n<thead><tr><th><span hidden>Done</span></th><th>Claim</th><th>Verdict</th><th>Evidence</th></tr></thead>\n<tbody>\n");
        for (nth, (entry, place)) in file.placed().enumerate() {
            row(&mut page, entry, place, first + nth, first + marked[nth]);
        }
        page.push_str("</tbody>\n</table>\n</div>\n</section>\n");
        out.write_all(page.as_bytes())
    }

    fn end(&mut self, out: &mut dyn Write, _counts: &Counts) -> io::Result<()> {
        out.write_all(include_bytes!("page-end.html"))
    }
}

/// Writes the copy with its claims marked, and tells by which mark each claim is found: claims that overlap share one.
fn copy(page: &mut String, file: &SheetFile<'_>, first: usize) -> Vec<usize> {
    let text = file.text;
    let mut marked = vec![0; file.entries.len()];
    let (mut at, mut last) = (0, 0);
    // Of claims that overlap, the one that is refuted is marked.
    let mut order: Vec<usize> = (0..file.entries.len()).collect();
    order.sort_by_key(|nth| (file.entries[*nth].verdict != Verdict::Refuted, *nth));
    let mut chosen: Vec<(Span, usize)> = Vec::new();
    for nth in order {
        let span = within(text, file.entries[nth].claim.span);
        match chosen.iter().find(|(other, _)| other.overlaps(span)) {
            Some((_, other)) => marked[nth] = *other,
            None => {
                marked[nth] = nth;
                chosen.push((span, nth));
            }
        }
    }
    chosen.sort_unstable();
    for (span, nth) in chosen {
        if span.start < last {
            continue;
        }
        let number = first + nth;
        page.push_str(&escaped(&text[at..span.start]));
        let words = escaped(span.of(text));
        let class = class(file.entries[nth].verdict);
        // Writing to a string cannot fail.
        let _ = write!(page, "<mark class=\"{class}\" id=\"m{number}\"><a href=\"#c{number}\">{words}</a></mark>");
        (at, last) = (span.end, span.end);
    }
    page.push_str(&escaped(&text[at..]));
    marked
}

/// A span on borders of characters of the text.
fn within(text: &str, span: Span) -> Span {
    Span::new(text.floor_char_boundary(span.start), text.floor_char_boundary(span.end))
}

fn row(page: &mut String, entry: &Entry, place: Position, number: usize, mark: usize) {
    let class = class(entry.verdict);
    let verdict = match entry.verdict {
        Verdict::NotEnoughInfo => "Not enough info",
        verdict => verdict.as_str(),
    };
    let words = escaped(&entry.claim.text);
    let more = |words: String| {
        if words.is_empty() { words } else { format!("<span class=\"more\">{}</span>", escaped(&words)) }
    };
    let remark = more(remark(entry));
    let (proof, source) = (escaped(&evidence(entry)), more(sources(entry)));
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "<tr class=\"is-{class}\" id=\"c{number}\"><td><input type=\"checkbox\" aria-label=\"Done\"></td>\
         <td><a href=\"#m{mark}\">{words}</a><span class=\"more\">{} · {}:{}</span></td>\
         <td><span class=\"verdict {class}\">{verdict}</span>{remark}</td><td>{proof}{source}</td></tr>",
        escaped(&entry.claim.rule),
        place.line,
        place.column,
    );
}

fn class(verdict: Verdict) -> char {
    match verdict {
        Verdict::Supported => 's',
        Verdict::Refuted => 'r',
        Verdict::NotEnoughInfo => 'u',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{ArticleInfo, Diagnostic, Severity};
    use crate::text::Lang;
    use proptest::prelude::*;

    fn entry(verdict: Verdict, span: Span, text: &str) -> Entry {
        let claim = Diagnostic {
            rule: "capital".to_owned(),
            severity: Severity::Error,
            message: String::new(),
            help: Vec::new(),
            span,
            text: span.of(text).to_owned(),
            expected: Vec::new(),
            labels: Vec::new(),
            fixes: Vec::new(),
            evidence: Vec::new(),
            run: None,
            article: ArticleInfo { title: None, date: None, lang: Lang::EN },
        };
        Entry { verdict, guard: None, claim, slots: Vec::new() }
    }

    /// The words of a page: its tags taken off and its entities read.
    fn words(page: &str) -> String {
        let mut out = String::new();
        let mut rest = page;
        while let Some(open) = rest.find('<') {
            out.push_str(&rest[..open]);
            rest = &rest[open + rest[open..].find('>').unwrap() + 1..];
        }
        out.push_str(rest);
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn claims_that_overlap_share_the_mark_of_the_refuted_one() {
        let text = "a <b> capital";
        let entries =
            [entry(Verdict::Supported, Span::new(0, 5), text), entry(Verdict::Refuted, Span::new(2, 13), text)];
        let mut page = String::new();
        let marked =
            copy(&mut page, &SheetFile { path: "a.txt", text, before: Default::default(), entries: &entries }, 1);
        assert_eq!(page, "a <mark class=\"r\" id=\"m2\"><a href=\"#c2\">&lt;b&gt; capital</a></mark>");
        assert_eq!(marked, [1, 1]);
    }

    proptest! {
        #[test]
        fn the_copy_is_the_text(text in "[a-c<>&\"阿曼\n]{0,30}", spans in prop::collection::vec((0usize..60, 0usize..20), 0..6)) {
            let at = |at: usize| text.floor_char_boundary(at.min(text.len()));
            let mut spans: Vec<Span> = spans.into_iter().map(|(start, length)| Span::new(at(start), at(start + length))).collect();
            spans.sort_unstable();
            let entries: Vec<Entry> = spans.into_iter().map(|span| entry(Verdict::Refuted, span, &text)).collect();
            let mut page = String::new();
            copy(&mut page, &SheetFile { path: "a.txt", text: &text, before: Default::default(), entries: &entries }, 1);
            prop_assert_eq!(words(&page), text);
        }
    }
}
