//! Anchors: the rarest required words of each pattern.

use super::beside::EdgeFinder;
use super::frequency::per_million;
use super::program::Program;
use super::slot::SlotKind;
use super::syntax::{Node, Pattern};
use crate::fact::FactBase;
use crate::text::{Edge, Lang, Words, fold_literal, is_chinese};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Literals one anchor may multiply out to when it crosses a slot or several alternatives.
const MOST_LITERALS: usize = 6144;

/// An anchor of fewer occurrences per million characters is rare enough not to look for a rarer one among many words.
const RARE_PER_MILLION: f64 = 60.0;
/// Literals up to which a rarer anchor is always looked for.
const FEW_LITERALS: usize = 64;

/// Words that may be asked for beside an anchor, once in a passage.
const MOST_WITNESSES: usize = 400;
/// Words of one piece that may be asked for when those of a rarer one are asked for too.
const MOST_MORE_WITNESSES: usize = 60;
/// Pieces whose words are asked for.
const WITNESS_PIECES: usize = 3;
/// Words that are more frequent stand in nearly every passage, and tell nothing.
const WITNESS_PER_MILLION: f64 = 8_000.0;

/// The part of an anchor's occurrences that stand right beside a value, where one must.
const BESIDE_VALUE: f64 = 0.3;

/// What each literal costs by the memory that the search for it takes, as occurrences in a million characters.
const COST_OF_A_LITERAL: f64 = 0.1;

/// What an anchor costs more if any of many places may follow beside it than if the place right beside it does.
const FAR: f64 = 8.0;
/// Characters that may be passed over before a place counts as far.
const FAR_CHARS: u32 = 12;

/// What a pattern is found by.
pub struct Anchor {
    /// The words, folded, in ASCII lower case.
    pub literals: Vec<String>,
    /// Estimated occurrences per million characters.
    pub per_million: f64,
    /// Its literals begin, and end, where words do.
    pub borders: (bool, bool),
    /// What must stand before and behind it.
    pub(crate) beside: (Edge, Edge),
}

/// A pattern ready to be run: the programs that look right and left of its anchor.
#[derive(Serialize, Deserialize)]
pub struct Anchored {
    /// The anchor stands inside the slot that the right program begins with: its start is looked for before the hit.
    pub(crate) inside: bool,
    pub(crate) right: Program,
    pub(crate) left: Program,
    /// Words beside the anchor, by piece, of which every match holds one: a passage without any need not be tried.
    pub(crate) witnesses: Vec<Words>,
    /// Values told by a figure that every match holds, its anchor among them, up to [`MOST_FIGURES`].
    pub(crate) figures: u8,
}

/// Figures of a passage that are counted.
pub(crate) const MOST_FIGURES: u8 = 8;

/// Pieces of a pattern that may be its anchor.
struct Choice {
    /// Places that are tried in a million characters, each counted for what it costs to try.
    cost: f64,
    per_million: f64,
    nodes: Range<usize>,
    literals: Vec<String>,
}

/// Chooses the cheapest anchor of a pattern, mostly the rarest; `None` if no required piece of it has finitely many literals.
pub fn choose(pattern: &Pattern, lang: Lang, base: &FactBase, edges: &mut EdgeFinder) -> Option<(Anchor, Anchored)> {
    let finite: Vec<Option<Vec<String>>> =
        pattern.nodes.iter().map(|node| literals(node, pattern, lang, base)).collect();
    let is_slot = |at: usize| matches!(pattern.nodes[at], Node::Slot(_));
    let mut best: Option<Choice> = None;
    let mut borders = (true, false);
    for start in 0..finite.len() {
        let mut so_far = vec![String::new()];
        for (end, options) in finite.iter().enumerate().skip(start) {
            let Some(options) = options else { break };
            let size = so_far.len() * options.len();
            let good_enough = best.as_ref().is_some_and(|best| best.cost < RARE_PER_MILLION) && size > FEW_LITERALS;
            if size > MOST_LITERALS || good_enough {
                break;
            }
            so_far = so_far.iter().flat_map(|head| options.iter().map(move |tail| format!("{head}{tail}"))).collect();
            if so_far.iter().any(String::is_empty) {
                continue;
            }
            let often: f64 = so_far.iter().map(|literal| per_million(literal)).sum();
            let far = looks_far(pattern.nodes[..start].iter().rev()) || looks_far(pattern.nodes[end + 1..].iter());
            let before = stands_beside_value(pattern, pattern.nodes[..start].iter().rev(), true);
            let beside_value = before || stands_beside_value(pattern, pattern.nodes[end + 1..].iter(), false);
            let tried = often * if beside_value { BESIDE_VALUE } else { 1.0 };
            let cost = tried * if far { FAR } else { 1.0 } + so_far.len() as f64 * COST_OF_A_LITERAL;
            if best.as_ref().is_none_or(|best| cost < best.cost) {
                best = Some(Choice { cost, per_million: often, nodes: start..end + 1, literals: so_far.clone() });
                // What stands at the edge of the pattern or behind a slot begins where a word does, as slots do.
                borders = (is_slot(start) || outside_word(&pattern.nodes[..start]), is_slot(end));
            }
        }
    }
    let inside = best.is_none();
    let taken = best.as_ref().map_or(0..0, |best| best.nodes.clone());
    let witnesses = witnesses(pattern, taken, lang, base);
    let beside = match &best {
        Some(Choice { nodes: Range { start, end }, .. }) => (
            edges.edge(base, pattern, &pattern.nodes[..*start], true),
            edges.edge(base, pattern, &pattern.nodes[*end..], false),
        ),
        None => (Edge::anything(), Edge::anything()),
    };
    if inside {
        borders = (true, true);
    }
    let Choice { per_million, nodes, mut literals, .. } = best.or_else(|| marks(pattern))?;
    let start = nodes.start;
    literals.sort();
    literals.dedup();
    let anchored = Anchored {
        inside,
        right: Program::compile(pattern, start..pattern.nodes.len(), false),
        left: Program::compile(pattern, 0..start, true),
        witnesses,
        figures: figures(&pattern.nodes, pattern).min(u32::from(MOST_FIGURES)) as u8,
    };
    Some((Anchor { literals, per_million, borders, beside }, anchored))
}

/// Whether what comes next beside an anchor may stand at any of many places.
fn looks_far<'a>(mut outward: impl Iterator<Item = &'a Node>) -> bool {
    outward
        .find_map(|node| match node {
            Node::Gap => Some(true),
            Node::Repeat { node, max, .. }
                if matches!(**node, Node::Class(_)) && max.is_none_or(|max| max > FAR_CHARS) =>
            {
                Some(true)
            }
            Node::Literal(words) if !words.contains(char::is_alphanumeric) => None,
            Node::Repeat { .. } | Node::Empty | Node::WordBorder => None,
            _ => Some(false),
        })
        .unwrap_or(false)
}

/// Whether a value, by whose edge most places are told, comes right next beside an anchor.
fn stands_beside_value<'a>(pattern: &Pattern, outward: impl Iterator<Item = &'a Node>, leftward: bool) -> bool {
    let mut told =
        outward.skip_while(|node| matches!(node, Node::Literal(words) if !words.contains(char::is_alphanumeric)));
    match told.next() {
        Some(Node::Slot(slot)) => match &pattern.slots[*slot].kind {
            SlotKind::Value { ty, .. } => {
                let edges = (ty.edges)();
                let side = if leftward { &edges.ends } else { &edges.begins };
                !side.parts.contains(&[][..])
            }
            SlotKind::Entity { .. } => false,
        },
        _ => false,
    }
}

/// The words that a pattern requires outside its anchor, of its pieces with the rarest ones.
fn witnesses(pattern: &Pattern, anchor: Range<usize>, lang: Lang, base: &FactBase) -> Vec<Words> {
    let beside = pattern.nodes.iter().enumerate().filter(|(at, _)| !anchor.contains(at));
    let mut found: Vec<Required> = beside.filter_map(|(_, node)| required(node, pattern, lang, base)).collect();
    found.sort_by(|one, other| one.per_million.total_cmp(&other.per_million));
    let tells = |nth: usize, required: &Required| {
        nth == 0 || required.per_million <= WITNESS_PER_MILLION && required.words.len() <= MOST_MORE_WITNESSES
    };
    let told = found.iter().enumerate().filter(|(nth, required)| tells(*nth, required)).take(WITNESS_PIECES);
    told.map(|(_, required)| Words::of(required.words.iter().map(String::as_bytes), MOST_WITNESSES)).collect()
}

/// Words of which every text that a piece of a pattern matches holds one.
struct Required {
    per_million: f64,
    words: Vec<String>,
}

/// The rarest words that a piece requires, if these are few.
fn required(node: &Node, pattern: &Pattern, lang: Lang, base: &FactBase) -> Option<Required> {
    let inside = |node: &Node| required(node, pattern, lang, base);
    let rarer = |one: &Required, other: &Required| one.per_million.total_cmp(&other.per_million);
    let signs = || match node {
        Node::Slot(slot) => signs(&pattern.slots[*slot].kind, lang),
        _ => None,
    };
    let whole = literals(node, pattern, lang, base)
        .or_else(signs)
        .map(|words| Required { per_million: words.iter().map(|word| per_million(word)).sum(), words });
    let part = match node {
        Node::Seq(nodes) => nodes.iter().filter_map(inside).min_by(rarer),
        Node::Alt(nodes) => nodes.iter().map(inside).collect::<Option<Vec<_>>>().map(|all| Required {
            per_million: all.iter().map(|required| required.per_million).sum(),
            words: all.into_iter().flat_map(|required| required.words).collect(),
        }),
        Node::Repeat { node, min: 1.., .. } => inside(node),
        _ => None,
    };
    let few =
        |required: &Required| required.words.len() <= MOST_WITNESSES && !required.words.iter().any(String::is_empty);
    whole.into_iter().chain(part).filter(few).min_by(rarer)
}

/// How many values told by a figure every match of some pieces holds.
fn figures(nodes: &[Node], pattern: &Pattern) -> u32 {
    let of_node = |node: &Node| match node {
        Node::Slot(slot) => match &pattern.slots[*slot].kind {
            SlotKind::Value { ty, .. } => u32::from(ty.has_figure()),
            SlotKind::Entity { .. } => 0,
        },
        Node::Seq(nodes) => figures(nodes, pattern),
        Node::Alt(nodes) => nodes.iter().map(|node| figures(std::slice::from_ref(node), pattern)).min().unwrap_or(0),
        Node::Repeat { node, min, .. } => figures(std::slice::from_ref(&**node), pattern).saturating_mul(*min),
        _ => 0,
    };
    nodes.iter().map(of_node).fold(0, u32::saturating_add)
}

/// Words of which every value in a slot holds one in copy of a language.
fn signs(kind: &SlotKind, lang: Lang) -> Option<Vec<String>> {
    // No Chinese word stands in a passage of another language, and what of English stands in a Chinese one is a code.
    let of_lang = |sign: &&&str| match lang {
        Lang::ZH => !sign.starts_with(' '),
        _ => !sign.contains(is_chinese),
    };
    match kind {
        SlotKind::Value { ty, .. } if !ty.signs.is_empty() => {
            Some(ty.signs.iter().filter(of_lang).map(|sign| (**sign).to_owned()).collect())
        }
        _ => None,
    }
}

/// A pattern without required words, to be tried where figures begin: at its first slot of a value that is told by one.
pub fn at_figure(pattern: &Pattern) -> Option<(Anchor, Anchored)> {
    at_slot(pattern, |kind| matches!(kind, SlotKind::Value { ty, .. } if ty.has_figure()))
}

/// A pattern that is nothing but a name, to be tried where the article has names in several spellings.
pub fn at_name(pattern: &Pattern) -> Option<(Anchor, Anchored)> {
    let alone = matches!(pattern.nodes[..], [Node::Slot(_)]);
    alone.then(|| at_slot(pattern, |kind| matches!(kind, SlotKind::Entity { near: true, .. }))).flatten()
}

/// A pattern without required words, to be tried at places found otherwise: at its first slot of a sort.
fn at_slot(pattern: &Pattern, sort: impl Fn(&SlotKind) -> bool) -> Option<(Anchor, Anchored)> {
    let wanted = |node: &Node| matches!(node, Node::Slot(slot) if sort(&pattern.slots[*slot].kind));
    let start = pattern.nodes.iter().position(wanted)?;
    let anchored = Anchored {
        inside: false,
        right: Program::compile(pattern, start..pattern.nodes.len(), false),
        left: Program::compile(pattern, 0..start, true),
        witnesses: Vec::new(),
        figures: 0,
    };
    let beside = (Edge::anything(), Edge::anything());
    Some((Anchor { literals: Vec::new(), per_million: 0.0, borders: (false, false), beside }, anchored))
}

/// Whether what follows these pieces can only begin where a word does, as far as it begins with a letter.
fn outside_word(before: &[Node]) -> bool {
    let Some((last, before)) = before.split_last() else { return true };
    let letter = |c: char| c.is_alphanumeric();
    match last {
        Node::Slot(_) | Node::WordBorder | Node::Start => true,
        Node::Literal(words) => !words.ends_with(letter),
        Node::Class(ranges) => {
            ranges.iter().all(|(low, high)| (*high as u32 - *low as u32) < 16 && !(*low..=*high).any(letter))
        }
        Node::Seq(nodes) => outside_word(nodes),
        Node::Alt(nodes) => nodes.iter().all(|node| outside_word(std::slice::from_ref(node))),
        Node::Repeat { node, min, .. } => {
            outside_word(std::slice::from_ref(&**node)) && (*min > 0 || outside_word(before))
        }
        Node::Empty => outside_word(before),
        Node::Gap | Node::End => false,
    }
}

/// The marks of a value that the pattern requires, where it has nothing better to be found by.
fn marks(pattern: &Pattern) -> Option<Choice> {
    let (at, marks) = pattern.nodes.iter().enumerate().find_map(|(at, node)| match node {
        Node::Slot(slot) => match &pattern.slots[*slot].kind {
            SlotKind::Value { ty, .. } if !ty.marks.is_empty() => Some((at, ty.marks)),
            _ => None,
        },
        _ => None,
    })?;
    let often = marks.iter().map(|mark| per_million(mark)).sum();
    let literals = marks.iter().map(|mark| (*mark).to_owned()).collect();
    Some(Choice { cost: often, per_million: often, nodes: at..at + 1, literals })
}

/// The rarest word of a pattern that is not required of every match, if it is rarer than so many in a million.
pub fn rarer_word(pattern: &Pattern, than: f64) -> Option<&str> {
    fn words<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
        match node {
            Node::Literal(word) => found.push(word.trim()),
            Node::Seq(nodes) | Node::Alt(nodes) => nodes.iter().for_each(|node| words(node, found)),
            Node::Repeat { node, .. } => words(node, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    pattern.nodes.iter().for_each(|node| words(node, &mut found));
    found.retain(|word| !word.is_empty() && per_million(word) < than);
    found.into_iter().min_by(|a, b| per_million(a).total_cmp(&per_million(b)))
}

/// Every literal that a piece can match, if these are few.
fn literals(node: &Node, pattern: &Pattern, lang: Lang, base: &FactBase) -> Option<Vec<String>> {
    let out = match node {
        Node::Empty => vec![String::new()],
        Node::Literal(words) => vec![words.clone()],
        Node::Class(ranges) => {
            let size: u32 = ranges.iter().map(|(start, end)| *end as u32 - *start as u32 + 1).sum();
            if size > 16 {
                return None;
            }
            let chars = ranges.iter().flat_map(|(start, end)| *start..=*end);
            chars.map(|c| c.to_ascii_lowercase().to_string()).collect()
        }
        Node::Slot(slot) => match &pattern.slots[*slot].kind {
            SlotKind::Value { ty, .. } if !ty.vocabulary.is_empty() => {
                ty.vocabulary.iter().map(|word| (*word).to_owned()).collect()
            }
            SlotKind::Value { .. } | SlotKind::Entity { near: true, .. } | SlotKind::Entity { stranger: true, .. } => {
                return None;
            }
            SlotKind::Entity { kind, forms, .. } => {
                let mut names = Vec::new();
                for name in forms.iter().flat_map(|form| base.names_of_kind(*kind, *form, lang)) {
                    names.push(fold_literal(name).to_ascii_lowercase());
                    if names.len() > MOST_LITERALS {
                        return None;
                    }
                }
                names
            }
        },
        Node::Seq(nodes) => {
            let mut so_far = vec![String::new()];
            for node in nodes {
                let options = literals(node, pattern, lang, base)?;
                if so_far.len() * options.len() > MOST_LITERALS {
                    return None;
                }
                so_far =
                    so_far.iter().flat_map(|head| options.iter().map(move |tail| format!("{head}{tail}"))).collect();
            }
            so_far
        }
        Node::Alt(nodes) => {
            let mut all = Vec::new();
            for node in nodes {
                all.extend(literals(node, pattern, lang, base)?);
            }
            all
        }
        Node::Repeat { node, min: 0, max: Some(1), .. } => {
            let mut options = literals(node, pattern, lang, base)?;
            options.push(String::new());
            options
        }
        Node::Repeat { node, min, max: Some(max), .. } if min == max => {
            let options = literals(node, pattern, lang, base)?;
            if options.len().checked_pow(*min).is_none_or(|count| count > MOST_LITERALS) {
                return None;
            }
            (0..*min).fold(vec![String::new()], |heads, _| {
                heads.iter().flat_map(|head| options.iter().map(move |tail| format!("{head}{tail}"))).collect()
            })
        }
        Node::Gap | Node::Start | Node::End | Node::WordBorder | Node::Repeat { .. } => return None,
    };
    let mut out = out;
    out.sort();
    out.dedup();
    (!out.is_empty() && out.len() <= MOST_LITERALS).then_some(out)
}
