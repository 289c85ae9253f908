//! How blocks flow into each other: which of them are read as one passage.
//!
//! A paragraph that stops without final punctuation runs on into the next one, over a caption or a column break. A
//! heading stops without punctuation too, so what looks like one does not run on.

use super::{Article, Role, hyphen};
use crate::text::{Span, is_chinese};

/// A passage: blocks of the article that are read as one text.
pub(super) struct Flow {
    pub(super) role: Role,
    pub(super) blocks: Vec<usize>,
}

/// Characters up to which a line without any punctuation is taken for a heading.
const HEADING_CHARS: usize = 24;
/// What a heading does not end with: the sentence plainly goes on.
const OPEN_ENDS: [&str; 10] = ["首都", "的", "在", "于", "和", "与", "及", "从", "向", "首"];
/// What running text says and headings do not: the day of an event before its verb.
const OPEN_WORDS: [&str; 5] = ["日在", "日于", "日与", "日同", "当天"];
/// Captions and other insets that a paragraph may run on over.
const MOST_INSETS: usize = 4;

/// The passages of an article in file order, insets after the text they interrupt.
pub(super) fn passages(source: &str, article: &Article) -> Vec<Flow> {
    let blocks = &article.blocks;
    let mut taken = vec![false; blocks.len()];
    let mut out = Vec::new();
    for start in 0..blocks.len() {
        if taken[start] || blocks[start].role == Role::Code {
            continue;
        }
        let mut flow = Flow { role: blocks[start].role, blocks: vec![start] };
        let mut last = start;
        while let Some(next) = next_text(article, last, &taken) {
            if !runs_on(source, article, last, next) {
                break;
            }
            taken[next] = true;
            flow.blocks.push(next);
            last = next;
        }
        out.push(flow);
    }
    out
}

/// The next block of the same role, over insets.
fn next_text(article: &Article, last: usize, taken: &[bool]) -> Option<usize> {
    let role = article.blocks[last].role;
    if !matches!(role, Role::Paragraph | Role::Caption | Role::Correction) {
        return None;
    }
    for (at, block) in article.blocks.iter().enumerate().skip(last + 1).take(MOST_INSETS + 1) {
        if block.role == role {
            return (!taken[at]).then_some(at);
        }
        // A caption never runs on over anything; text runs on over captions alone.
        if role != Role::Paragraph || block.role != Role::Caption {
            return None;
        }
    }
    None
}

fn runs_on(source: &str, article: &Article, last: usize, next: usize) -> bool {
    let words = |at: usize, end: bool| {
        let pieces = &article.blocks[at].pieces;
        let piece: Option<&Span> = if end { pieces.last() } else { pieces.first() };
        piece.map_or("", |piece| piece.of(source))
    };
    let (before, after) = (words(last, true).trim_end(), words(next, false));
    let Some(final_char) = before.chars().next_back() else { return false };
    let Some(first_char) = after.trim_start().chars().next() else { return false };
    let gap = between(source, article, last, next);
    if after.starts_with(['\u{3000}', '\t', '▲', '△', '■', '●', '◆', '—', '【', '(', '（', '-', '*', '•'])
        && gap.contains('\n')
    {
        return false;
    }
    if is_chinese(final_char) || (final_char.is_ascii_digit() && is_chinese(first_char)) {
        if is_final(final_char) {
            return false;
        }
        let open =
            OPEN_ENDS.iter().any(|end| before.ends_with(end)) || OPEN_WORDS.iter().any(|word| before.contains(word));
        let heading =
            !open && !before.contains(['，', ',', '。', '、', '；', '“']) && before.chars().count() <= HEADING_CHARS;
        let numbered = first_char.is_ascii_digit() && after.trim_start()[1..].starts_with(['.', '、', '．', ')']);
        let blank = blank_line(gap);
        return !numbered
            && (is_chinese(first_char) || first_char.is_ascii_alphanumeric())
            && !starts_dateline(after)
            && !(heading && blank && !article_is_set(article));
    }
    // English: only a line that plainly goes on, in small letters.
    first_char.is_lowercase()
        && (final_char.is_alphanumeric() || matches!(final_char, ',' | '-' | ';' | '\'' | hyphen::SOFT))
}

/// Whether headings are marked in this article, so that an unmarked line is none.
fn article_is_set(article: &Article) -> bool {
    article.blocks.iter().any(|block| block.role == Role::Headline)
}

fn between<'s>(source: &'s str, article: &Article, last: usize, next: usize) -> &'s str {
    let end = article.blocks[last].pieces.last().map_or(0, |piece| piece.end);
    let start = article.blocks[next].pieces.first().map_or(end, |piece| piece.start);
    source.get(end..start).unwrap_or_default()
}

/// Whether an empty line stands between two blocks, captions aside.
fn blank_line(gap: &str) -> bool {
    let lines: Vec<&str> = gap.split('\n').collect();
    lines.len() > 2 && lines[1..lines.len() - 1].iter().any(|line| line.trim().is_empty())
}

/// Punctuation that ends a paragraph.
fn is_final(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '…'
            | '”'
            | '」'
            | '』'
            | '：'
            | '；'
            | '）'
            | '】'
            | '》'
            | '!'
            | '?'
            | ':'
            | ';'
            | ')'
    )
}

fn starts_dateline(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(24).collect();
    ["新华社", "新華社", "本报", "本報", "中新社", "据新华", "据新華"].iter().any(|agency| head.starts_with(agency))
        && head.contains(['电', '電', '讯', '訊'])
}
