//! Plain text: a line is a block; headlines, captions and datelines are known by how they read.

use super::story::{FileFacts, Stories, role_of};
use super::{Document, ReadSettings, columns};
use crate::article::{Role, dateline, day};
use crate::text::{Span, is_chinese};
use memchr::{memchr, memchr2};

/// Characters up to which a line can be a headline: Chinese, and other scripts.
const HEADLINE_CHARS: (usize, usize) = (40, 110);
/// What ends a page in text from a PDF.
pub(super) const FORM_FEED: u8 = 0xC;
/// Lines at the head of a file in which a masthead is looked for.
const MASTHEAD_LINES: usize = 6;

/// A line that is not empty.
pub(super) struct Line {
    pub(super) span: Span,
    /// An empty line stands before it.
    pub(super) after_blank: bool,
}

pub(super) fn read(document: &mut Document, settings: &ReadSettings) {
    let text = document.text.as_str();
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = lines_of(text, Span::new(start, text.len()));
    leave_out_folios(text, &mut lines);
    let lines = columns::in_order(text, lines);
    let masthead = lines.iter().take(MASTHEAD_LINES).find_map(|line| day::in_masthead(line.span.of(text)));
    let facts = FileFacts { masthead, ..FileFacts::default() };
    let mut stories = Stories::new(text, &document.path, settings, facts);
    for (at, line) in lines.iter().enumerate() {
        let words = line.span.of(text);
        let role = if is_headline(text, &lines, at) {
            if stories.has_text() {
                stories.close();
            }
            Role::Headline
        } else if is_deck(text, &lines, at) && !stories.has_text() {
            Role::Headline
        } else {
            role_of(words)
        };
        stories.push(role, vec![line.span]);
    }
    document.articles = stories.finish();
}

/// The blocks of one article's plain text that stands in something else; `titled` if its headline stands elsewhere.
pub(super) fn blocks(text: &str, part: Span, titled: bool) -> Vec<(Role, Vec<Span>)> {
    let lines = lines_of(text, part);
    let role = |at: usize| match at == 0 && !titled && is_headline(text, &lines, at) {
        true => Role::Headline,
        false => role_of(lines[at].span.of(text)),
    };
    (0..lines.len()).map(|at| (role(at), vec![lines[at].span])).collect()
}

/// Lines that hold something; `\n`, `\r\n` and a lone `\r` end a line.
pub(super) fn lines_of(text: &str, part: Span) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = part.start;
    while start < part.end {
        let end = memchr2(b'\n', b'\r', &text.as_bytes()[start..part.end]).map_or(part.end, |at| start + at);
        let next = if text[end..part.end].starts_with("\r\n") { end + 2 } else { (end + 1).min(part.end) };
        if text[start..end].trim().is_empty() {
            after_blank = true;
        } else {
            lines.push(Line { span: Span::new(start, end), after_blank });
            after_blank = false;
        }
        start = next.max(start + 1);
    }
    lines
}

/// Leaves out the numbers of pages that stand at their edges, where text from a PDF has form feeds: sentences run on over
/// them.
fn leave_out_folios(text: &str, lines: &mut Vec<Line>) {
    if memchr(FORM_FEED, text.as_bytes()).is_none() {
        return;
    }
    let begins = |line: &Line| line.span.of(text).contains('\u{c}');
    let edge: Vec<bool> =
        (0..lines.len()).map(|at| begins(&lines[at]) || lines.get(at + 1).is_none_or(begins)).collect();
    let mut at = 0;
    lines.retain(|line| {
        at += 1;
        !(edge[at - 1] && is_folio(line.span.of(text)))
    });
}

/// Whether a line is the number of a page: 3, 第3版, Page 3, — 3 —.
fn is_folio(line: &str) -> bool {
    let number: String = line.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '—' | '·')).collect();
    let number = ["第", "Page", "page"].iter().find_map(|word| number.strip_prefix(word)).unwrap_or(&number);
    let digits = number.strip_suffix(['版', '页', '頁']).unwrap_or(number);
    (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A second line of a headline: it begins with a dash and stands under the first.
fn is_deck(text: &str, lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    at > 0 && !line.after_blank && line.span.of(text).trim_start().starts_with('—') && lines.get(at + 1).is_some()
}

/// A short line without final punctuation, at the head of the file or before a dateline, with text after it.
fn is_headline(text: &str, lines: &[Line], at: usize) -> bool {
    let words = lines[at].span.of(text).trim();
    // A headline is short in any script; long lines need no counting.
    if words.len() > 4 * HEADLINE_CHARS.1 {
        return false;
    }
    let Some(last) = words.chars().next_back() else { return false };
    if matches!(last, '。' | '，' | ',' | '；' | ';' | '、' | '.' | ':' | '：') {
        return false;
    }
    let chinese = words.chars().any(is_chinese);
    let most = if chinese { HEADLINE_CHARS.0 } else { HEADLINE_CHARS.1 };
    if words.chars().count() > most || dateline::at_start(words).is_some() {
        return false;
    }
    if matches!(role_of(words), Role::Caption | Role::Byline) {
        return false;
    }
    let Some(next) = lines.get(at + 1) else { return false };
    let follows = |skip: usize| lines.get(at + skip).map(|line| line.span.of(text));
    let before_dateline = follows(1).is_some_and(|line| dateline::at_start(line).is_some())
        || (follows(1).is_some_and(|line| role_of(line) == Role::Byline)
            && follows(2).is_some_and(|line| dateline::at_start(line).is_some()));
    if before_dateline {
        return lines[at].after_blank || at == 0;
    }
    // At the head of the file a blank line under it, or a paragraph that is plainly no continuation, is enough.
    at == 0
        && (next.after_blank || !chinese || is_deck(text, lines, 1))
        && (chinese || words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '"'))
}
