//! A rule set as sections of a pack, and how each pattern is read from it when it is first needed.

use super::guard::{Guard, GuardRow};
use super::set::{Rule, RuleHead, RulePattern, Rules, Sought};
use super::written::{RuleDecl, SourceFile};
use crate::expression::Sources;
use crate::fact::FactBase;
use crate::pack::{Pack, Part, Records, RowWriter, Rows, Writer};
use crate::pattern::{Anchor, SlotKind, write_index};
use crate::text::Lang;
use serde::{Deserialize, Serialize};

/// What is read when a rule set is opened.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct RulesRow {
    pub(super) heads: Vec<RuleHead>,
    pub(super) sources: Sources,
    /// Languages that have anchors, in the order of their sections.
    pub(super) langs: Vec<Lang>,
    /// Patterns without an anchor.
    pub(super) sought: Vec<Sought>,
}

/// The rules of a pack, with what is asked of each in every article.
pub(super) fn rules(pack: &Pack, heads: Vec<RuleHead>) -> Rules {
    Rules::new(heads, Records::new(pack.section(Part::Rules as u32), |bytes| postcard::from_bytes(bytes).ok()))
}

/// The guards of a pack.
pub(super) fn guards(pack: &Pack) -> Records<Guard> {
    let decode = |bytes: &[u8]| postcard::from_bytes::<GuardRow>(bytes).ok().map(Guard::from);
    Records::new(pack.section(Part::Guards as u32), decode)
}

/// The patterns of a pack. Most runs meet the anchors of few of them.
#[derive(Default)]
pub(crate) struct Patterns {
    rules: Rows<4>,
    records: Records<RulePattern>,
}

impl Patterns {
    pub(super) fn of_pack(pack: &Pack) -> Patterns {
        let rules = Rows::new(pack.section(Part::PatternRules as u32));
        Patterns { rules, records: Records::new(pack.section(Part::Patterns as u32), decode_pattern) }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// The rule that a pattern belongs to.
    #[inline]
    pub(crate) fn rule_of(&self, at: usize) -> usize {
        self.rules.get(at).u32(0) as usize
    }

    /// A pattern; none if the pack is damaged there.
    pub(crate) fn get(&self, at: usize) -> Option<&RulePattern> {
        self.records.get(at)
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

fn decode_pattern(bytes: &[u8]) -> Option<RulePattern> {
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

/// Lays a rule set out as sections.
pub(super) fn write(
    (rules, guards, sources): (&[Rule], &[GuardRow], Sources),
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
    let without_anchor = patterns.iter().enumerate().filter(|(_, (_, anchor))| anchor.literals.is_empty());
    let sought = without_anchor.map(|(number, (pattern, _))| Sought { lang: pattern.lang, pattern: number }).collect();
    let heads = rules.iter().map(RuleHead::of).collect();
    let row = RulesRow { heads, sources, langs, sought };
    let mut rule_of = RowWriter::default();
    for (pattern, _) in patterns {
        rule_of.u32(pattern.rule as u32);
    }
    // Copy of one language meets the patterns with common anchors, and few others.
    let mut order: Vec<usize> = (0..patterns.len()).collect();
    order.sort_by(|a, b| {
        let ((one, of_one), (other, of_other)) = (&patterns[*a], &patterns[*b]);
        one.lang.cmp(&other.lang).then(of_other.per_million.total_cmp(&of_one.per_million))
    });
    let encoded: Vec<Vec<u8>> = patterns.iter().map(|(pattern, _)| encode(pattern)).collect();
    writer.add(Part::Patterns, Records::<RulePattern>::lay_out(&encoded, order.into_iter()));
    writer.add(Part::PatternRules, rule_of.0);
    let encoded: Vec<Vec<u8>> = rules.iter().map(encode).collect();
    writer.add(Part::Rules, Records::<Rule>::lay_out(&encoded, 0..encoded.len()));
    let encoded: Vec<Vec<u8>> = guards.iter().map(encode).collect();
    writer.add(Part::Guards, Records::<Guard>::lay_out(&encoded, 0..encoded.len()));
    writer.add(Part::RuleHeads, encode(&row));
    writer.add(Part::Written, postcard::to_allocvec(written).unwrap_or_default());
    writer.add(Part::Files, postcard::to_allocvec(files).unwrap_or_default());
}

fn encode(row: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(row).unwrap_or_default()
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
