//! What may stand right before and right behind a pattern's anchor, so that most places need not be tried.

use super::slot::{Slot, SlotKind};
use super::syntax::{Node, Pattern};
use crate::fact::{FactBase, FormId, KindId};
use crate::text::{Edge, EdgeBuilder, fold_literal};
use std::collections::{BTreeSet, HashMap};

/// Characters of a class up to which each is looked at.
const MOST_CHARS: u32 = 512;
/// Repetitions that are followed: each takes a byte at least, and three tell.
const TELLING: u32 = 3;

/// Finds edges, and remembers how the names of each kind begin and end.
#[derive(Default)]
pub struct EdgeFinder {
    names: HashMap<(KindId, Vec<FormId>, bool), BTreeSet<Vec<u8>>>,
}

/// A pattern whose edges are looked for, with the facts that know its names.
struct Search<'a> {
    finder: &'a mut EdgeFinder,
    base: &'a FactBase,
    pattern: &'a Pattern,
    leftward: bool,
}

impl EdgeFinder {
    /// The edge of a row of a pattern's pieces, at its end if it is read leftward.
    pub(super) fn edge(&mut self, base: &FactBase, pattern: &Pattern, nodes: &[Node], leftward: bool) -> Edge {
        let mut builder = EdgeBuilder::start();
        Search { finder: self, base, pattern, leftward }.sequence(nodes, &mut builder);
        builder.finish()
    }
}

impl Search<'_> {
    fn sequence(&mut self, nodes: &[Node], builder: &mut EdgeBuilder) {
        for at in 0..nodes.len() {
            if builder.is_closed() {
                return;
            }
            let node = if self.leftward { &nodes[nodes.len() - 1 - at] } else { &nodes[at] };
            self.node(node, builder);
        }
    }

    fn node(&mut self, node: &Node, builder: &mut EdgeBuilder) {
        let leftward = self.leftward;
        match node {
            Node::Empty | Node::Start | Node::End | Node::WordBorder => {}
            Node::Literal(words) => builder.push([near_first(words, leftward).as_slice()].into_iter(), false),
            Node::Class(ranges) => {
                let size: u32 = ranges.iter().map(|(low, high)| *high as u32 - *low as u32 + 1).sum();
                if size > MOST_CHARS {
                    return builder.close();
                }
                let chars = ranges.iter().flat_map(|(low, high)| *low..=*high);
                let parts: BTreeSet<Vec<u8>> =
                    chars.map(|c| near_first(c.to_ascii_lowercase().encode_utf8(&mut [0; 4]), leftward)).collect();
                builder.push(parts.iter().map(Vec::as_slice), false);
            }
            Node::Slot(slot) => self.slot(&self.pattern.slots[*slot], builder),
            Node::Gap => builder.close(),
            Node::Seq(nodes) => self.sequence(nodes, builder),
            Node::Alt(nodes) => {
                let before = builder.branch();
                let mut all: Option<EdgeBuilder> = None;
                for node in nodes {
                    let mut way = before.branch();
                    self.node(node, &mut way);
                    match &mut all {
                        Some(all) => all.or(way),
                        None => all = Some(way),
                    }
                }
                builder.go_on(all);
            }
            Node::Repeat { node, min, max, .. } => {
                let mut all = (*min == 0).then(|| builder.branch());
                let mut way = builder.branch();
                for count in 1..=max.unwrap_or(TELLING).min(TELLING.max(*min)) {
                    self.node(node, &mut way);
                    if count >= *min {
                        match &mut all {
                            Some(all) => all.or(way.clone()),
                            None => all = Some(way.clone()),
                        }
                    }
                    if way.is_closed() {
                        break;
                    }
                }
                // Repeated so often that three bytes tell, it ends within the row; anything else is left open.
                if all.is_none() {
                    all = Some(way);
                }
                builder.go_on(all);
            }
        }
    }

    fn slot(&mut self, slot: &Slot, builder: &mut EdgeBuilder) {
        let (base, leftward) = (self.base, self.leftward);
        match &slot.kind {
            SlotKind::Value { ty, .. } => {
                let edges = (ty.edges)();
                let side = if leftward { &edges.ends } else { &edges.begins };
                builder.push(side.parts.iter().map(Vec::as_slice), true);
            }
            SlotKind::Entity { near: true, .. } | SlotKind::Entity { stranger: true, .. } => builder.close(),
            SlotKind::Entity { kind, forms, .. } => {
                let parts = self.finder.names.entry((*kind, forms.clone(), leftward)).or_insert_with(|| {
                    let names = base.all_names_of_kind(*kind, forms);
                    names.map(|name| near_first(&fold_literal(name).to_ascii_lowercase(), leftward)).collect()
                });
                builder.push(parts.iter().map(Vec::as_slice), true);
            }
        }
    }
}

/// The bytes of words that tell, the nearest first.
fn near_first(words: &str, leftward: bool) -> Vec<u8> {
    if leftward { words.bytes().rev().take(3).collect() } else { words.bytes().take(3).collect() }
}
