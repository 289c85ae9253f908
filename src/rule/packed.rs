//! A rule set as sections of a pack, and how each pattern is read from it when it is first needed.

use super::guard::GuardRow;
use super::set::{Rule, RulePattern, Sought};
use super::written::{RuleDecl, SourceFile};
use crate::expression::Sources;
use crate::fact::FactBase;
use crate::pack::{Pack, Part, Row, RowWriter, Rows, Section, Writer};
use crate::pattern::{Anchor, SlotKind, write_index};
use crate::text::Lang;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What is read when a rule set is opened.
#[derive(Serialize, Deserialize)]
pub(super) struct RulesRow {
    pub(super) rules: Vec<Rule>,
    pub(super) guards: Vec<GuardRow>,
    pub(super) sources: Sources,
    /// Languages that have anchors, in the order of their sections.
    pub(super) langs: Vec<Lang>,
    /// Patterns without an anchor.
    pub(super) sought: Vec<Sought>,
}

/// The patterns of a pack. Most runs meet the anchors of few of them.
#[derive(Default)]
pub(crate) struct Patterns {
    rows: Rows<8>,
    bytes: Section,
    read: Box<[OnceLock<Option<RulePattern>>]>,
}

impl Patterns {
    pub(super) fn of_pack(pack: &Pack) -> Patterns {
        let rows: Rows<8> = Rows::new(pack.section(Part::PatternEnds as u32));
        let read = (1..rows.len()).map(|_| OnceLock::new()).collect();
        Patterns { rows, bytes: pack.section(Part::Patterns as u32), read }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.read.len()
    }

    /// The rule that a pattern belongs to.
    #[inline]
    pub(crate) fn rule_of(&self, at: usize) -> usize {
        self.rows.get(at).u32(4) as usize
    }

    /// A pattern; none if the pack is damaged there.
    pub(crate) fn get(&self, at: usize) -> Option<&RulePattern> {
        self.read.get(at)?.get_or_init(|| self.decode(at)).as_ref()
    }

    fn decode(&self, at: usize) -> Option<RulePattern> {
        let start = |row: Row<8>| row.u32(0) as usize;
        let bytes = self.bytes.get(start(self.rows.get(at)), start(self.rows.get(at + 1)))?;
        let mut pattern: RulePattern = postcard::from_bytes(bytes).ok()?;
        let slots = pattern.slots.len();
        let anchored = &mut pattern.anchored;
        let fits = anchored.left.is_consistent(slots) && anchored.right.is_consistent(slots);
        if !fits || pattern.rule_slots.len() != slots {
            return None;
        }
        anchored.left.prepare(&pattern.slots);
        anchored.right.prepare(&pattern.slots);
        Some(pattern)
    }

    /// Whether a pattern can be read and leads to nothing that does not exist; `slots` tells how many a rule has.
    pub(super) fn is_consistent(&self, at: usize, slots: &dyn Fn(usize) -> Option<usize>, base: &FactBase) -> bool {
        let Some(pattern) = self.get(at) else { return false };
        let known = |kind: &SlotKind| match kind {
            SlotKind::Entity { kind, forms, .. } => base.has_forms(*kind, forms),
            SlotKind::Value { .. } => true,
        };
        let count = slots(pattern.rule);
        pattern.rule == self.rule_of(at)
            && pattern.rule_slots.iter().all(|slot| count.is_some_and(|count| *slot < count))
            && pattern.slots.iter().all(|slot| known(&slot.kind))
    }
}

/// Lays a rule set out as sections.
pub(super) fn write(
    row: &mut RulesRow,
    patterns: &[(RulePattern, Anchor)],
    written: &[RuleDecl],
    files: &[SourceFile],
    writer: &mut Writer,
) {
    let mut langs: Vec<Lang> = patterns.iter().map(|(pattern, _)| pattern.lang).collect();
    langs.sort();
    langs.dedup();
    for (nth, lang) in langs.iter().enumerate() {
        let numbered = patterns.iter().zip(0u32..);
        let of_lang = numbered.filter(|((pattern, _), _)| pattern.lang == *lang);
        let anchors = of_lang.map(|((_, anchor), number)| (number, anchor));
        write_index(nth, anchors, writer);
    }
    row.langs = langs;
    let without_anchor = patterns.iter().enumerate().filter(|(_, (_, anchor))| anchor.literals.is_empty());
    row.sought = without_anchor.map(|(number, (pattern, _))| Sought { lang: pattern.lang, pattern: number }).collect();
    let (mut bytes, mut rows) = (Vec::new(), RowWriter::default());
    for (pattern, _) in patterns {
        rows.u32(bytes.len() as u32).u32(pattern.rule as u32);
        bytes.extend(postcard::to_allocvec(pattern).unwrap_or_default());
    }
    rows.u32(bytes.len() as u32).u32(u32::MAX);
    writer.add(Part::Patterns, bytes);
    writer.add(Part::PatternEnds, rows.0);
    writer.add(Part::Rules, postcard::to_allocvec(row).unwrap_or_default());
    writer.add(Part::Written, postcard::to_allocvec(written).unwrap_or_default());
    writer.add(Part::Files, postcard::to_allocvec(files).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use crate::engine;
    use crate::pack::{Pack, PackError, reseal};
    use crate::read::{ReadSettings, read};
    use crate::rule::load::load_texts;
    use crate::rule::{RuleSet, compile_to_pack};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const RULES: &str = r#"
[kind.town]
forms = ["short"]
[kind.river]
[relation.stands_on]
of = "town"
is = "river"
[relation.people]
of = "town"
is = "number"
[entity.river]
lo = { en = ["Lo"], zh = ["洛水"] }
mi = { en = ["Mi", { name = "Mimi", until = 1990-01-01 }], zh = ["汨水"] }
[entity.town]
ulm-x = { en = ["Ulmix"], short.zh = ["乌"], stands_on = [{ is = "lo", from = 1901-02-03 }], people = 7, part_of = ["om-x"] }
om-x = { en = ["Omix"], stands_on = { is = "mi", confidence = "low" } }
[guard.denied]
summary = "It is denied."
default = true
before.en = ['\bnot $']
[[rule]]
id = "town-river"
summary = "A town is put on a river it does not stand on."
patterns.en = ['{town} on the {river}', '{n:number} … in {town}']
expect.river = "stands_on(town)"
message.en = "{{ town }} is not on the {{ river }}"
examples = [{ text = "They met in Ulmix on the [Mi]." }, { text = "They met in Ulmix on the Lo." }]
"#;
    const COPY: &str = "They met in Ulmix on the Mi. Then 5 people left in Omix on the Lo, not Ulmix on the Mimi.";

    static PACK: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let (bytes, problems) = compile_to_pack(load_texts(vec![("t.toml".into(), RULES.into())]));
        assert!(problems.is_empty(), "{problems:?}");
        bytes
    });

    fn findings(rules: &RuleSet) -> usize {
        let document = read("a.txt", COPY.into(), &ReadSettings::default()).unwrap();
        engine::check(rules, &document).diagnostics.len()
    }

    #[test]
    fn a_pack_is_what_was_compiled() {
        let rules = Pack::of_stranger(PACK.clone()).and_then(RuleSet::of_pack).unwrap();
        assert!(rules.is_consistent());
        assert_eq!(findings(&rules), 1);
        assert_eq!(rules.written(&rules.rules[0]).unwrap().examples.len(), 2);
    }

    proptest! {
        #[test]
        fn a_broken_pack_is_refused(at in 0usize..100_000, bit in 0u8..8) {
            let mut bytes = PACK.clone();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            prop_assert!(Pack::of_stranger(bytes).is_err());
        }

        #[test]
        fn a_cut_pack_is_refused(end in 0usize..100_000) {
            let bytes = PACK[..end % PACK.len()].to_vec();
            prop_assert!(matches!(
                Pack::of_stranger(bytes).unwrap_err(),
                PackError::NoPack | PackError::Length | PackError::OtherVersion
            ));
        }

        /// With the checksums made to fit, what does not fit together is refused, and the rest is used without a panic.
        #[test]
        fn a_forged_pack_does_no_harm(
            changes in prop::collection::vec((0usize..200_000, any::<u8>()), 1..12),
        ) {
            let mut bytes = PACK.clone();
            for (at, byte) in changes {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            reseal(&mut bytes);
            if let Ok(rules) = Pack::of_stranger(bytes).and_then(RuleSet::of_pack)
                && rules.is_consistent()
            {
                findings(&rules);
                assert!(rules.rules.iter().all(|rule| rules.written(rule).is_none_or(|decl| decl.id.value == rule.id())));
            }
        }
    }
}
