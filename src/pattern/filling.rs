//! How slots are filled: the name or value at a place, and its readings once the pattern fits.

use super::matcher::{Bound, Matcher, Place, Taken, What};
use super::names::{Found, Names};
use super::slot::{Slot, SlotKind};
use crate::fact::{End, FormId, KindId, NameUse, Uses, border_before};
use crate::text::{CharSet, Span, goes_on_with, transliterates};
use crate::value::{Dimension, Value};

/// Characters in which a misspelt name is looked for.
const NAME_CHARS: usize = 24;
/// Characters after which a one-character name (乌, 澳) may begin though a Han character stands before it.
static OPENERS: CharSet = CharSet::new("在到抵赴访和与及同对从自向往于至离据由是但而当了");

impl<'a> Matcher<'a> {
    /// The names that a slot of a kind sees. In a pattern of slots alone all names hide what is within them.
    fn names(&self, kind: KindId, place: Place) -> Names<'a> {
        let Matcher { base, text, lower, passage, memo, .. } = *self;
        let all = place.bare || base.is_transparent(kind);
        Names { index: base.names(), text, lower, passage, memo, all }
    }

    pub(super) fn fill(&self, kind: &SlotKind, at: usize, place: Place) -> Option<(Span, What)> {
        match kind {
            SlotKind::Value { ty, dimension } => {
                let (span, read) = if place.leftward {
                    let (start, read) = self.value_ending(ty, at)?;
                    (Span::new(start, at), read)
                } else {
                    let read = ty.read_at(self.input(), at)?;
                    (Span::new(at, read.end), read)
                };
                let mut values = read.values;
                // Without a word for it in the pattern, a number of degrees is a temperature.
                values.retain(|value| match (value, dimension) {
                    (Value::Quantity(q), Some(dimension)) => q.unit.dimension == *dimension,
                    (_, Some(_)) => false,
                    (Value::Quantity(q), None) => q.unit.dimension != Dimension::TemperatureChange,
                    (_, None) => true,
                });
                (!values.is_empty()).then_some((span, What::Values(values)))
            }
            SlotKind::Entity { kind, forms, near, stranger, words, .. } => {
                let near = *near || *stranger;
                let end = if place.leftward { End::Last } else { End::First };
                if !near && !self.base.names().may_stand(*kind, end, self.lower, at) {
                    return None;
                }
                let names = self.names(*kind, place);
                let found = match place.leftward {
                    true => names.ending_at(at),
                    false if near && !place.after_literal && names.cross(at) => None,
                    false => names.beginning_at(at),
                };
                // Of the kinds that hide nothing one does not hide another either: “fell to” is more than “fell”.
                let other_kind = |found: &Found| found.uses.iter().all(|meant| meant.kind != *kind);
                let own = || match place.leftward {
                    true => names.of_kind_ending_at(*kind, at),
                    false => names.of_kind_beginning_at(*kind, at),
                };
                let hides_nothing = names.all && !place.bare;
                let found = match found.as_ref().is_some_and(other_kind) && hides_nothing {
                    true => own().or(found),
                    false => found,
                };
                match found {
                    Some(Found { span, number, uses }) => {
                        // What markup says is a name is no plain word.
                        let beside_literal = place.beside_literal || self.is_annotated_name(span);
                        let place = Place { beside_literal, ..place };
                        // Words of a kind that hides nothing are meant as words: 4死12伤.
                        let word = self.base.is_transparent(*kind);
                        let alone = (place.after_literal || span.len() > 4 || word || self.stands_alone(span))
                            && !(place.edge && !place.leftward && self.is_cut_short(span));
                        let usable = alone && uses.include(*kind, forms, place.beside_literal);
                        let whole = || {
                            *words
                                || uses.include(*kind, &[FormId::BASE], place.beside_literal)
                                || !self.goes_on(span, place)
                        };
                        if usable && whole() {
                            return Some((span, What::Name { number, place }));
                        }
                        // A slip may begin with some other name: 阿拉 and a letter too many.
                        // A code or a plain word says nothing of who somebody is: the MIR of Mir-Hossein.
                        let no_name = || *stranger && uses.iter().all(|meant| meant.weak);
                        if !(near
                            && (usable
                                || no_name()
                                || !*stranger
                                    && (self.goes_on(span, place) || !uses.iter().any(|meant| meant.kind == *kind))))
                        {
                            return None;
                        }
                        Some((self.unknown_name(place.leftward, at)?, What::Unknown))
                    }
                    None if near => Some((self.unknown_name(place.leftward, at)?, What::Unknown)),
                    None => None,
                }
            }
        }
    }

    /// Whether a short foreign name in Chinese goes on behind its end: 巴尔 in 巴尔哈姆.
    fn is_cut_short(&self, span: Span) -> bool {
        let foreign = (4..=9).contains(&span.len()) && span.of(self.text).chars().all(transliterates);
        foreign && self.text[span.end..self.passage.end].starts_with(|c| c == '·' || goes_on_with(c))
    }

    /// Whether a name that is part of a longer one, such as a surname, stands at the edge of a match in a run of
    /// capitalised words that is another name: the Abbas of Abbas Araghchi.
    fn goes_on(&self, span: Span, place: Place) -> bool {
        if !place.edge {
            return false;
        }
        let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase()) && !is_day(word);
        let after = self.text[span.end..self.passage.end].strip_prefix([' ', '-']).filter(|_| !place.leftward);
        let before = self.text[self.passage.start..span.start].strip_suffix([' ', '-']);
        let word_before = before.map(|before| before.rsplit([' ', '(', '“']).next().unwrap_or(before));
        let of_name = |word: &str| capital(word) && !word.ends_with([',', ';', ':']) && !begins_sentence(word);
        after.is_some_and(capital) || place.leftward && word_before.is_some_and(of_name)
    }

    /// Whether what was taken on one side stands, as far as that was not asked at once: a longer name may begin to the
    /// left of one, and in a pattern of slots alone only a name that cannot be anything else counts.
    pub(super) fn accepts(&self, slots: &[Slot], taken: &[Taken]) -> bool {
        taken.iter().all(|taken| match (&taken.what, &slots[taken.slot].kind) {
            (What::Name { number, place }, SlotKind::Entity { kind, forms, .. }) => {
                let names = self.names(*kind, *place);
                let crossed = || !place.leftward && !place.after_literal && names.cross(taken.span.start);
                let ambiguous = || {
                    let uses = names.index.uses_of(*number, taken.span.of(self.text));
                    self.means_otherwise(uses, &chosen(uses, *kind, forms, *place))
                };
                !(crossed() || place.bare && ambiguous())
            }
            _ => true,
        })
    }

    /// The readings of what was taken.
    pub(super) fn bind(&self, slots: &[Slot], taken: Taken) -> Bound {
        match (taken.what, &slots[taken.slot].kind) {
            (What::Name { number, place }, SlotKind::Entity { kind, forms, .. }) => {
                let all = self.base.names().uses_of(number, taken.span.of(self.text));
                let mut uses = chosen(all, *kind, forms, place);
                if self.means_otherwise(all, &uses) {
                    // What the name may mean beside things of this kind can make the claim true.
                    uses.iter_mut().for_each(|meant| meant.unsure = true);
                }
                Bound::Entities(uses)
            }
            (What::Values(values), _) => Bound::Values(values),
            (What::Unknown, SlotKind::Entity { stranger: true, .. }) => Bound::Stranger,
            (What::Name { .. } | What::Unknown, _) => Bound::Unknown,
        }
    }

    /// Whether a name has a certain meaning of another kind that is not the same place or thing seen otherwise: Georgia
    /// the state is not Georgia the country, but New York the city lies in New York the state.
    fn means_otherwise(&self, all: Uses<'_>, chosen: &[NameUse]) -> bool {
        let Some(kind) = chosen.first().map(|meant| meant.kind) else { return false };
        // A word is a word whatever it is the word for.
        if self.base.is_words(kind) {
            return false;
        }
        // One id in two kinds is one thing: lu-xun the author and lu-xun the person of history.
        let linked =
            |a, b| self.base.id_of(a) == self.base.id_of(b) || self.base.leads_to(a, b) || self.base.leads_to(b, a);
        all.iter()
            .filter(|other| other.kind != kind && !other.unsure && !other.weak && !self.base.is_words(other.kind))
            .any(|other| !chosen.iter().any(|meant| linked(meant.entity, other.entity)))
    }

    /// Whether a one-character name stands by itself: 25日开通 is not Japan, 澳首都 is Australia.
    fn stands_alone(&self, span: Span) -> bool {
        if span.of(self.text).chars().count() != 1 {
            return true;
        }
        match self.text[self.passage.start..span.start].chars().next_back() {
            None => true,
            Some(c) => !c.is_alphanumeric() || OPENERS.has(c),
        }
    }

    /// The words at a place that may be a misspelt name: capitalised words, or Han characters and middle dots.
    fn unknown_name(&self, leftward: bool, at: usize) -> Option<Span> {
        let mut end = at;
        let mut count = 0;
        while let Some((c, next)) = self.step_over(leftward, end) {
            let inside = c.is_alphabetic() || matches!(c, '·' | '-' | '\'') || (c == ' ' && count > 0);
            // Names go on in capitals; a long window ends between words.
            let small = c == ' ' && !leftward && self.text[next..].starts_with(|c: char| c.is_lowercase());
            if !inside || small || (count >= NAME_CHARS && border_before(self.text, end)) {
                break;
            }
            count += 1;
            end = next;
        }
        let span = if leftward { Span::new(end, at) } else { Span::new(at, end) };
        let trimmed = span.of(self.text).trim();
        (trimmed.chars().count() >= 2 && border_before(self.text, span.start)).then_some(span)
    }
}

/// Whether a capitalised word is no part of a name but the first word of a sentence, or a dateline in capitals.
fn begins_sentence(word: &str) -> bool {
    const OPENERS: [&str; 24] = [
        "A",
        "After",
        "Also",
        "An",
        "And",
        "As",
        "At",
        "Before",
        "But",
        "By",
        "For",
        "From",
        "If",
        "In",
        "Later",
        "Meanwhile",
        "On",
        "Separately",
        "The",
        "Then",
        "Though",
        "To",
        "When",
        "While",
    ];
    OPENERS.contains(&word) || word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether words begin with a day of the week or a month, which copy puts right behind a name: “Obama Monday said”.
fn is_day(words: &str) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    DAYS.iter().any(|day| words.starts_with(day)) && words.split(' ').next().is_some_and(|word| word.contains("day"))
}

/// The readings of a name that a slot takes.
fn chosen(uses: Uses<'_>, kind: KindId, forms: &[FormId], place: Place) -> Vec<NameUse> {
    let wanted =
        |meant: &NameUse| meant.kind == kind && forms.contains(&meant.form) && (place.beside_literal || !meant.weak);
    uses.iter().filter(wanted).collect()
}
