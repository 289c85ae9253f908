//! The syntax of patterns: slots and gaps between pieces of regex syntax, read into a small tree.
//!
//! Slots and gaps are replaced by private-use characters, `regex-syntax` parses the rest, and its syntax tree is
//! turned into [`Node`]s. Literals are folded and put in ASCII lower case on the way, classes are folded.

use super::slot::{Slot, SlotError, read_slot};
use crate::fact::FactBase;
use crate::text::fold_literal;
use regex_syntax::ast::{self, Ast};
use regex_syntax::hir::translate::TranslatorBuilder;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};
use std::fmt;
use std::ops::Range;

/// Stand-in for slot `n` while the regex parser reads the pattern: a plane of private-use characters.
const SLOT_MARK: u32 = 0xF_0000;
/// Stand-in for the gap `…`.
const GAP_MARK: char = '\u{10_0000}';
/// Characters a gap may hold at most.
pub(crate) const GAP_CHARS: usize = 20;

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Nothing.
    Empty,
    /// Words, folded and in ASCII lower case.
    Literal(String),
    /// One character of these ranges.
    Class(Vec<(char, char)>),
    /// Slot number.
    Slot(usize),
    /// `…`.
    Gap,
    /// Start of the passage (`^`).
    Start,
    /// End of the passage (`$`).
    End,
    /// `\b`.
    WordBorder,
    /// One after the other.
    Seq(Vec<Node>),
    /// One of them.
    Alt(Vec<Node>),
    /// Repeated.
    Repeat {
        /// What.
        node: Box<Node>,
        /// At least.
        min: u32,
        /// At most, if bounded.
        max: Option<u32>,
        /// As often as possible first.
        greedy: bool,
    },
}

/// One alternative of a written pattern.
#[derive(Clone)]
pub struct Pattern {
    /// Its pieces in order.
    pub nodes: Vec<Node>,
    /// Its slots, by number.
    pub slots: Vec<Slot>,
}

/// What is wrong with a pattern, where in it, and what would mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// Bytes of the pattern.
    pub at: Range<usize>,
    /// The repair.
    pub help: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.help)
    }
}

/// Reads a pattern: its alternatives, or everything that is wrong with it.
pub fn parse(pattern: &str, base: &FactBase) -> Result<Vec<Pattern>, Vec<PatternError>> {
    let marked = mark_slots(pattern, base)?;
    let ast = ast::parse::Parser::new().parse(&marked.text).map_err(|error| {
        let at = marked.written(error.span().start.offset, error.span().end.offset);
        vec![PatternError {
            message: format!("this is not regex syntax: {}", error.kind()),
            at,
            help: "correct it; a brace, bracket or dot that is meant literally is written with a backslash".into(),
        }]
    })?;
    let mut reader = Reader { marked: &marked, problems: Vec::new() };
    let node = reader.node(&ast);
    reader.check_dots(&ast);
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    let alternatives = match node {
        Node::Alt(nodes) => nodes,
        node => vec![node],
    };
    Ok(alternatives
        .into_iter()
        .map(|node| Pattern { nodes: into_sequence(node), slots: marked.slots.clone() })
        .collect())
}

fn into_sequence(node: Node) -> Vec<Node> {
    match node {
        Node::Seq(nodes) => nodes,
        Node::Empty => Vec::new(),
        node => vec![node],
    }
}

struct Marked {
    text: String,
    slots: Vec<Slot>,
    /// Offsets in `text` and the offsets in the pattern they came from, ascending.
    offsets: Vec<(usize, usize)>,
}

impl Marked {
    /// Bytes of the written pattern for bytes of the marked text.
    fn written(&self, start: usize, end: usize) -> Range<usize> {
        let back = |offset: usize| match self.offsets.binary_search_by_key(&offset, |(marked, _)| *marked) {
            Ok(at) => self.offsets[at].1,
            Err(0) => offset,
            Err(at) => self.offsets[at - 1].1 + (offset - self.offsets[at - 1].0),
        };
        let start = back(start);
        start..back(end).max(start)
    }
}

/// Puts marks for slots and gaps; braces of `x{2,3}`, `\p{Han}`, `\x{…}` and `\u{…}` stay.
fn mark_slots(pattern: &str, base: &FactBase) -> Result<Marked, Vec<PatternError>> {
    let mut marked = Marked { text: String::new(), slots: Vec::new(), offsets: Vec::new() };
    let mut problems = Vec::new();
    let (mut at, mut in_class) = (0, false);
    while let Some(c) = pattern[at..].chars().next() {
        marked.offsets.push((marked.text.len(), at));
        let next = at + c.len_utf8();
        match c {
            '\\' => {
                let escaped = pattern[next..].chars().next();
                let mut end = next + escaped.map_or(0, char::len_utf8);
                if matches!(escaped, Some('p' | 'P' | 'x' | 'u' | 'U')) && pattern[end..].starts_with('{') {
                    end = pattern[end..].find('}').map_or(pattern.len(), |close| end + close + 1);
                }
                if escaped == Some('…') {
                    marked.text.push('…');
                } else {
                    marked.text.push_str(&pattern[at..end]);
                }
                at = end;
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '…' if !in_class => {
                marked.text.push(GAP_MARK);
                at = next;
                continue;
            }
            '{' if !in_class && pattern[next..].starts_with(|c: char| c.is_ascii_lowercase()) => {
                let Some(close) = pattern[next..].find('}') else {
                    problems.push(PatternError {
                        message: "a slot is not closed".into(),
                        at: at..pattern.len(),
                        help: "add `}` after the slot's name".into(),
                    });
                    break;
                };
                let range = at..next + close + 1;
                let inside = &pattern[next..next + close];
                // {parts} after {parts:quantity} is the same slot again.
                let again = marked
                    .slots
                    .iter()
                    .find(|slot| slot.name == inside)
                    .map(|slot| Slot { at: range.clone(), ..slot.clone() });
                match again.map_or_else(|| read_slot(inside, range.clone(), base), Ok) {
                    Ok(slot) => {
                        let mark = char::from_u32(SLOT_MARK + marked.slots.len() as u32).unwrap_or(GAP_MARK);
                        marked.text.push(mark);
                        marked.slots.push(slot);
                    }
                    Err(error) => problems.push(slot_problem(error, range.clone(), base)),
                }
                at = range.end;
                continue;
            }
            _ => {}
        }
        marked.text.push(c);
        at = next;
    }
    marked.offsets.push((marked.text.len(), pattern.len()));
    if problems.is_empty() { Ok(marked) } else { Err(problems) }
}

fn slot_problem(error: SlotError, at: Range<usize>, base: &FactBase) -> PatternError {
    let (message, help) = match error {
        SlotError::UnknownType(word) => {
            let known: Vec<&str> =
                base.kind_names().chain(crate::value::type_names().map(|name| -> &str { name })).collect();
            let help = match crate::text::nearest(&word, known.into_iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "declare it with `[kind.{word}]`, or use a value type: {}",
                    crate::value::type_names().collect::<Vec<_>>().join(", ")
                ),
            };
            (format!("`{word}` is neither a kind nor a value type"), help)
        }
        SlotError::UnknownForm { kind, form } => {
            let forms = base.kind(&kind).map(|kind| base.form_names(kind).join(", ")).unwrap_or_default();
            let help = if forms.is_empty() {
                format!("add it: `[kind.{kind}]` with `forms = [\"{form}\"]`")
            } else {
                format!("its forms are: {forms}")
            };
            (format!("kind `{kind}` has no form `{form}`"), help)
        }
        SlotError::NotAnEntity(word) => {
            (format!("`{word}` is a value type: it has no forms and no near names"), format!("write `{{{word}}}`"))
        }
        SlotError::BadName(name) => (
            format!("`{name}` is no name for a slot"),
            "use lower-case letters, digits and `_`, beginning with a letter".into(),
        ),
    };
    PatternError { message, at, help }
}

struct Reader<'a> {
    marked: &'a Marked,
    problems: Vec<PatternError>,
}

impl Reader<'_> {
    fn problem(&mut self, span: &ast::Span, message: &str, help: &str) -> Node {
        let at = self.marked.written(span.start.offset, span.end.offset);
        self.problems.push(PatternError { message: message.into(), at, help: help.into() });
        Node::Empty
    }

    fn node(&mut self, ast: &Ast) -> Node {
        match ast {
            Ast::Empty(_) => Node::Empty,
            Ast::Literal(literal) => literal_node(literal.c),
            Ast::Flags(flags) => self.problem(
                &flags.span,
                "flags are not part of the pattern language",
                "leave them out: letters match in any case, names and classes as written",
            ),
            Ast::Dot(_) => Node::Class(vec![('\0', '\t'), ('\u{B}', char::MAX)]),
            Ast::Assertion(assertion) => self.assertion(assertion),
            Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => self.class(ast),
            Ast::Repetition(repetition) => {
                let node = Box::new(self.node(&repetition.ast));
                let (min, max) = match &repetition.op.kind {
                    ast::RepetitionKind::ZeroOrOne => (0, Some(1)),
                    ast::RepetitionKind::ZeroOrMore => (0, None),
                    ast::RepetitionKind::OneOrMore => (1, None),
                    ast::RepetitionKind::Range(ast::RepetitionRange::Exactly(n)) => (*n, Some(*n)),
                    ast::RepetitionKind::Range(ast::RepetitionRange::AtLeast(n)) => (*n, None),
                    ast::RepetitionKind::Range(ast::RepetitionRange::Bounded(n, m)) => (*n, Some(*m)),
                };
                if min > 64 || max.is_some_and(|max| max > 64) {
                    return self.problem(&repetition.span, "a repetition of more than 64", "use a smaller bound");
                }
                Node::Repeat { node, min, max, greedy: repetition.greedy }
            }
            Ast::Group(group) => match &group.kind {
                ast::GroupKind::CaptureName { .. } => self.problem(
                    &group.span,
                    "groups with names are not part of the pattern language",
                    "a slot is the way to capture: `{name:type}`",
                ),
                ast::GroupKind::NonCapturing(flags) if !flags.items.is_empty() => {
                    self.problem(&flags.span, "flags are not part of the pattern language", "leave them out: `(?:…)`")
                }
                _ => self.node(&group.ast),
            },
            Ast::Alternation(alternation) => Node::Alt(alternation.asts.iter().map(|ast| self.node(ast)).collect()),
            Ast::Concat(concat) => self.sequence(&concat.asts),
        }
    }

    /// Joins neighbouring literal characters before folding them, since folding looks at neighbours.
    fn sequence(&mut self, asts: &[Ast]) -> Node {
        let mut nodes: Vec<Node> = Vec::new();
        for ast in asts {
            match (self.node(ast), nodes.last_mut()) {
                (Node::Empty, _) => {}
                (Node::Literal(more), Some(Node::Literal(words))) => words.push_str(&more),
                (Node::Seq(more), _) => nodes.extend(more),
                (node, _) => nodes.push(node),
            }
        }
        for node in &mut nodes {
            if let Node::Literal(words) = node {
                *words = fold_literal(words).to_ascii_lowercase();
            }
        }
        match nodes.len() {
            0 => Node::Empty,
            1 => nodes.remove(0),
            _ => Node::Seq(nodes),
        }
    }

    fn assertion(&mut self, assertion: &ast::Assertion) -> Node {
        match assertion.kind {
            ast::AssertionKind::StartLine | ast::AssertionKind::StartText => Node::Start,
            ast::AssertionKind::EndLine | ast::AssertionKind::EndText => Node::End,
            ast::AssertionKind::WordBoundary => Node::WordBorder,
            _ => self.problem(
                &assertion.span,
                "only `^`, `$` and `\\b` can be asserted",
                "use a guard or `unless` for what may not stand around a claim",
            ),
        }
    }

    fn class(&mut self, ast: &Ast) -> Node {
        let hir = TranslatorBuilder::new().build().translate(&self.marked.text, ast);
        let ranges = match hir.map(|hir| hir.into_kind()) {
            Ok(HirKind::Class(Class::Unicode(class))) => {
                class.ranges().iter().map(|range| (range.start(), range.end())).collect()
            }
            Ok(HirKind::Literal(literal)) => String::from_utf8_lossy(&literal.0).chars().map(|c| (c, c)).collect(),
            _ => return self.problem(ast.span(), "this class matches nothing", "list the characters it should match"),
        };
        Node::Class(fold_class(ranges))
    }

    /// `.*` and its like would swallow what a slot should find.
    fn check_dots(&mut self, ast: &Ast) {
        match ast {
            Ast::Repetition(repetition) => {
                if let Ast::Dot(_) = *repetition.ast {
                    let unbounded = !matches!(
                        repetition.op.kind,
                        ast::RepetitionKind::ZeroOrOne
                            | ast::RepetitionKind::Range(
                                ast::RepetitionRange::Exactly(_) | ast::RepetitionRange::Bounded(..)
                            )
                    );
                    let greedy = repetition.greedy
                        && !matches!(
                            repetition.op.kind,
                            ast::RepetitionKind::ZeroOrOne
                                | ast::RepetitionKind::Range(ast::RepetitionRange::Exactly(_))
                        );
                    if unbounded || greedy {
                        self.problem(
                            &repetition.span,
                            "an unbounded or greedy `.` swallows what a slot should find",
                            "use the gap `…`, or a lazy bound such as `.{0,10}?`",
                        );
                    }
                }
                self.check_dots(&repetition.ast);
            }
            Ast::Group(group) => self.check_dots(&group.ast),
            Ast::Alternation(alternation) => alternation.asts.iter().for_each(|ast| self.check_dots(ast)),
            Ast::Concat(concat) => concat.asts.iter().for_each(|ast| self.check_dots(ast)),
            _ => {}
        }
    }
}

fn literal_node(c: char) -> Node {
    if c == GAP_MARK {
        return Node::Gap;
    }
    if (SLOT_MARK..SLOT_MARK + 0xFFFE).contains(&(c as u32)) {
        return Node::Slot((c as u32 - SLOT_MARK) as usize);
    }
    // The folded view gives straight quotes a direction, which a pattern need not know.
    if c == '"' {
        return Node::Class(vec![('“', '“'), ('”', '”')]);
    }
    let folded = fold_literal(c.encode_utf8(&mut [0; 4])).to_ascii_lowercase();
    if folded.is_empty() { Node::Empty } else { Node::Literal(folded) }
}

/// Adds the folded form of each character of a class and puts its ranges in order; wide ranges (`\p{Han}`, `\w`) hold theirs already.
fn fold_class(mut ranges: Vec<(char, char)>) -> Vec<(char, char)> {
    const WIDE: u32 = 512;
    let mut more = Vec::new();
    for (start, end) in &ranges {
        if (*end as u32) - (*start as u32) > WIDE {
            continue;
        }
        for c in *start..=*end {
            if c == '"' {
                more.extend([('“', '“'), ('”', '”')]);
            }
            let mut bytes = [0; 4];
            let folded = fold_literal(c.encode_utf8(&mut bytes));
            let mut chars = folded.chars();
            if let (Some(one), None) = (chars.next(), chars.next())
                && one != c
            {
                more.push((one, one));
            }
        }
    }
    ranges.extend(more);
    let range = |(start, end): (char, char)| ClassUnicodeRange::new(start, end);
    let mut class = ClassUnicode::new(ranges.into_iter().map(range));
    if class.ranges().len() > MANY_RANGES {
        class.intersect(&ClassUnicode::new(COPY.iter().copied().map(range)));
    }
    class.ranges().iter().map(|range| (range.start(), range.end())).collect()
}

/// Ranges beyond which a class (`\w` has some 770) is cut down to the scripts that copy is written in.
const MANY_RANGES: usize = 64;
/// Latin, Greek and Cyrillic; punctuation; kana; Han characters; Hangul.
const COPY: &[(char, char)] = &[
    ('\0', '\u{52F}'),
    ('\u{1E00}', '\u{206F}'),
    ('\u{3000}', '\u{30FF}'),
    ('\u{3400}', '\u{9FFF}'),
    ('\u{AC00}', '\u{D7A3}'),
];
