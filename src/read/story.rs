//! From blocks of a file to articles: roles by how a paragraph reads, datelines, the day, the language.

use super::ReadSettings;
use crate::article::dateline::{self, Dateline};
use crate::article::day::{self, DaySources};
use crate::article::{Article, Block, Role};
use crate::text::{CharSet, Lang, Script, Span, is_simplified, is_traditional};
use jiff::civil::Date;
use memchr::{memchr_iter, memmem};
use regex_lite::Regex;
use std::sync::LazyLock;

/// What a file states about all of its articles.
#[derive(Clone, Debug, Default)]
pub(super) struct FileFacts {
    pub(super) title: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) lang: Option<Lang>,
    pub(super) place: Option<String>,
    pub(super) masthead: Option<Date>,
}

/// Gathers blocks into articles.
pub(super) struct Stories<'a> {
    text: &'a str,
    path: &'a str,
    settings: &'a ReadSettings,
    facts: FileFacts,
    blocks: Vec<Block>,
    articles: Vec<Article>,
}

impl<'a> Stories<'a> {
    pub(super) fn new(text: &'a str, path: &'a str, settings: &'a ReadSettings, facts: FileFacts) -> Stories<'a> {
        Stories { text, path, settings, facts, blocks: Vec::new(), articles: Vec::new() }
    }

    /// Whether the article being gathered holds anything but headlines.
    pub(super) fn has_text(&self) -> bool {
        self.blocks.iter().any(|block| block.role != Role::Headline)
    }

    /// Adds a block; empty ones are left out.
    pub(super) fn push(&mut self, role: Role, pieces: Vec<Span>) {
        if pieces.iter().any(|piece| !piece.of(self.text).trim().is_empty()) {
            self.blocks.push(Block { role, pieces });
        }
    }

    /// Ends the article being gathered.
    pub(super) fn close(&mut self) {
        let mut blocks = std::mem::take(&mut self.blocks);
        if blocks.is_empty() {
            return;
        }
        let words = |block: &Block| -> String { block.pieces.iter().map(|piece| piece.of(self.text)).collect() };
        if blocks.first().is_some_and(|block| block.role == Role::Headline && is_correction(&words(block))) {
            blocks
                .iter_mut()
                .filter(|block| block.role == Role::Paragraph)
                .for_each(|block| block.role = Role::Correction);
        }
        let title =
            blocks.iter().find(|block| block.role == Role::Headline).map(|block| words(block).trim().to_owned());
        let dateline = self.dateline(&blocks);
        let sources = DaySources {
            metadata: self.facts.date,
            issue: day::in_path(self.path).or(self.facts.masthead),
            as_of: self.settings.as_of,
        };
        let place = self.facts.place.clone().or_else(|| dateline.as_ref().and_then(|line| line.place.clone()));
        let (lang, script) = self.language(&blocks);
        self.articles.push(Article {
            title: title.or_else(|| self.facts.title.clone()),
            date: day::settle(sources, dateline.as_ref()),
            place,
            lang,
            script,
            blocks,
            annotations: Vec::new(),
        });
    }

    /// Ends the last article and gives them all to the document.
    pub(super) fn finish(mut self) -> Vec<Article> {
        self.close();
        self.articles
    }

    /// The first dateline at the head of a paragraph, else one at the end of the story.
    fn dateline(&self, blocks: &[Block]) -> Option<Dateline> {
        let text = |block: &Block| block.pieces.first().map(|piece| piece.of(self.text));
        let running =
            || blocks.iter().filter(|block| matches!(block.role, Role::Paragraph | Role::Dateline | Role::Byline));
        running()
            .take(4)
            .filter_map(text)
            .find_map(dateline::at_start)
            .or_else(|| running().next_back().and_then(text).and_then(dateline::at_end))
    }

    fn language(&self, blocks: &[Block]) -> (Lang, Script) {
        let mut sample = String::new();
        for piece in blocks.iter().filter(|block| block.role != Role::Code).flat_map(|block| &block.pieces) {
            let words = piece.of(self.text);
            let room = SAMPLE_BYTES.saturating_sub(sample.len());
            sample.push_str(&words[..words.floor_char_boundary(room)]);
            if words.len() >= room {
                break;
            }
        }
        let stated = self.facts.lang.or(self.settings.lang);
        let lang = stated.or_else(|| Lang::of_script(&sample)).unwrap_or(Lang::EN);
        let (mut traditional, mut simplified) = (0usize, 0usize);
        if !sample.is_ascii() {
            for c in sample.chars() {
                traditional += usize::from(is_traditional(c));
                simplified += usize::from(is_simplified(c));
            }
        }
        (lang, if traditional > simplified { Script::Traditional } else { Script::Plain })
    }
}

/// Bytes of an article that settle its language and script.
const SAMPLE_BYTES: usize = 600;

/// The role of a paragraph of running copy by how it reads.
pub(super) fn role_of(words: &str) -> Role {
    let words = words.trim();
    let (Some(first), Some(last)) = (words.chars().next(), words.chars().next_back()) else { return Role::Paragraph };
    // Most lines are running text: a look at both ends spares them the regexes.
    if CORRECTION_HEADS.has(first) && is_correction(words) {
        return Role::Correction;
    }
    if is_caption(words, first, last) {
        return Role::Caption;
    }
    let byline = if first == 'B' { words.starts_with("By ") } else { BYLINE_HEADS.has(first) };
    if byline && words.len() <= BYLINE_BYTES && BYLINE.is_match(words) {
        return Role::Byline;
    }
    let cells = |mark: u8| memchr_iter(mark, words.as_bytes()).take(2).count() == 2;
    if cells(b'\t') || cells(b'|') {
        return Role::Table;
    }
    Role::Paragraph
}

/// A caption is known by its head, or by who took the picture at its end.
fn is_caption(words: &str, first: char, last: char) -> bool {
    if CAPTION_MARKS.has(first) || CAPTION_WORDS.iter().any(|word| words.starts_with(word)) {
        return true;
    }
    let tail = &words[words.ceil_char_boundary(words.len().saturating_sub(CAPTION_TAIL_BYTES))..];
    let credited = || CREDITS.iter().any(|word| memmem::find(tail.as_bytes(), word.as_bytes()).is_some());
    CAPTION_TAILS.has(last)
        && credited()
        && (CAPTION_TAIL.is_match(tail) || tail.len() == words.len() && TAKEN_BY.is_match(words))
        || first.is_ascii_digit() && words.contains(['（', '(']) && CAPTION_DAY.is_match(words)
}

fn is_correction(words: &str) -> bool {
    let words = words.trim_start();
    CORRECTION_WORDS.iter().any(|word| words.starts_with(word)) && CORRECTION.is_match(words)
}

fn regex(source: &str) -> Regex {
    // The sources are constants of this file and are compiled by its tests.
    Regex::new(source).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Characters that the regexes below begin with, and captions end with.
static CORRECTION_HEADS: CharSet = CharSet::new("更勘【CE");
static CAPTION_MARKS: CharSet = CharSet::new("▲△▼▽◀▶↑↓←→");
/// Words that captions begin with.
const CAPTION_WORDS: &[&str] =
    &["图为", "圖為", "图：", "图:", "圖：", "圖:", "FILE ", "FILE-", "FILE—", "File photo", "PHOTO:", "Photo:"];
static CAPTION_TAILS: CharSet = CharSet::new("发發摄攝）)");
/// Characters that bylines begin with.
static BYLINE_HEADS: CharSet = CharSet::new("本新特记記通作编編责撰B");
/// Words that the heads of corrections begin with.
const CORRECTION_WORDS: &[&str] =
    &["更正", "勘", "【", "Correction", "CORRECTION", "Clarification", "CLARIFICATION", "Editor's note"];
/// No byline is longer.
const BYLINE_BYTES: usize = 120;

/// Words of which the end of a caption holds one.
const CREDITS: &[&str] =
    &["摄", "攝", "发", "發", "资料", "資料", "网络图", "截图", "截圖", "AP Photo", "Reuters", "File)"];
/// Bytes at the end of a caption that say whose picture it is.
const CAPTION_TAIL_BYTES: usize = 240;

static CAPTION_TAIL: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?:新华社|新華社|中新社|本报|本報|资料|資料)(?:记者|記者)?\s*[㐀-鿿 ]{0,12}(?:发|發|摄|攝)(?:[（(][^）)]{0,12}[）)])?\s*$",
        r"|[（(](?:资料图片?|資料圖片?|资料照片|資料照片|网络图片|視頻截圖|视频截图|AP Photo[^)]{0,60}|Reuters[^)]{0,40}|File)[）)]\s*$",
    ))
});
static TAKEN_BY: LazyLock<Regex> = LazyLock::new(|| regex(r"^[㐀-鿿 、]{2,16}(?:摄|攝)\s*$"));
static CAPTION_DAY: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^[0-9０-９]{1,2}月[0-9０-９]{1,2}日[，,][^。]{0,60}[（(][左右中前后後][一二三四]?[）)]"));
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:(?:本报|本報|新华社|新華社|特约)?(?:记者|記者|通讯员|通訊員|作者|编辑|編輯|责编|撰文)[：:\s　]*[㐀-鿿A-Za-z·、\s　]{2,24}|By [A-Z][A-Za-z.\-']+(?: (?:[A-Z][A-Za-z.\-']*|and|of|for|de|van|the)){1,8}(?:,.{0,40})?)$",
    )
});
static CORRECTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:(?:更正|勘误|勘誤)(?:启事|啟事|说明|說明|与致歉|声明)?(?:$|[\s　：:：【]|\n)|【(?:更正|勘误|勘誤)】|(?:Corrections?|CORRECTIONS?|Clarifications?|CLARIFICATIONS?|Editor's note: An earlier)\b)",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_by_how_a_paragraph_reads() {
        for (words, role) in [
            ("▲代表团抵达会场", Role::Caption),
            ("6月3日,游客在海边散步。新华社记者 甲乙 摄", Role::Caption),
            ("新华社发(甲乙 摄)", Role::Caption),
            ("FILE - In this June 3 photo, visitors walk.", Role::Caption),
            ("更正:昨日本报第三版", Role::Correction),
            ("更正", Role::Correction),
            ("Correction: The caption on page 3", Role::Correction),
            ("更正确的说法是", Role::Paragraph),
            ("本报记者 甲乙", Role::Byline),
            ("By Jane Doe", Role::Byline),
            ("By Tuesday the talks had ended.", Role::Paragraph),
            ("甲\t乙\t丙", Role::Table),
            ("双方6日会谈。", Role::Paragraph),
        ] {
            assert_eq!(role_of(words), role, "{words}");
        }
    }
}
