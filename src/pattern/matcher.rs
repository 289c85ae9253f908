//! The matcher: runs a pattern's programs right and left of an anchor.
//!
//! A backtracker that visits every pair of step and position once, so its work is linear in the window it may look at.
//! Of the matches on one side the one with the shortest gaps counts, then the longest.

use super::anchor::Anchored;
use super::names::NameMemo;
use super::program::{Program, Step, Stretch, in_ranges};
use super::scratch::{Frame, Scratch};
use super::slot::{Slot, SlotKind};
use super::syntax::GAP_CHARS;
use crate::article::{Annotation, View};
use crate::fact::{FactBase, NameUse, border_before};
use crate::text::Span;
use crate::value::{Input, Value};

/// How far from its anchor a pattern looks, in bytes.
pub(super) const WINDOW: usize = 1024;
/// How far back a value's start is looked for, in bytes.
const VALUE_BYTES: usize = 72;
/// How far before a mark the value that holds it may begin, in bytes.
const MARK_BYTES: usize = 30;

/// Characters of a stretch that cost as much as a step.
const CHARS_OF_A_STEP: usize = 4;
/// Steps that looking for a name or a value is worth.
const STEPS_OF_A_SLOT: usize = 8;

/// What filled a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// The readings of a name.
    Entities(Vec<NameUse>),
    /// The readings of a value.
    Values(Vec<Value>),
    /// A near-name slot at a place where no name of its kind is known: the words that may be a misspelt one.
    Unknown,
    /// The same in a slot that takes strangers: the words may be the full name of somebody else.
    Stranger,
}

/// A filled slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// Number of the slot in its pattern.
    pub slot: usize,
    /// Bytes of the view's text.
    pub span: Span,
    /// Its readings.
    pub bound: Bound,
}

/// A pattern that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Bytes of the view's text.
    pub span: Span,
    /// Filled slots in text order.
    pub captures: Vec<Capture>,
}

/// What the matcher reads: the folded text and the passage it may not leave.
#[derive(Clone, Copy, Debug)]
pub struct Matcher<'a> {
    /// The facts, for names.
    pub base: &'a FactBase,
    /// The folded text.
    pub text: &'a str,
    /// The same in ASCII lower case.
    pub lower: &'a str,
    /// The passage.
    pub passage: Span,
    /// What is known of the names in the text.
    pub memo: &'a NameMemo,
    /// What markup says of words in the text.
    pub annotations: &'a [Annotation],
}

/// A filled slot on a way that may yet fail: what it takes to bind it is looked up only once the pattern fits.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) slot: usize,
    pub(super) span: Span,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// A name by its number.
    Name {
        number: u32,
        place: Place,
    },
    Values(Vec<Value>),
    Unknown,
}

/// Whether two values are of units that cannot be added up.
fn of_other_unit(one: &What, two: &What) -> bool {
    let (What::Values(one), What::Values(two)) = (one, two) else { return false };
    match (one.first(), two.first()) {
        (Some(Value::Quantity(one)), Some(Value::Quantity(two))) => one.unit.family != two.unit.family,
        (Some(Value::Money(one)), Some(Value::Money(two))) => one.currency != two.currency,
        _ => false,
    }
}

/// How a slot stands in its pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) leftward: bool,
    pub(super) beside_literal: bool,
    pub(super) after_literal: bool,
    pub(super) bare: bool,
    pub(super) edge: bool,
}

/// The best match on one side.
struct Side {
    at: usize,
    taken: Vec<Taken>,
}

impl<'a> Matcher<'a> {
    /// Reads a passage of a view.
    pub(crate) fn new(base: &'a FactBase, view: &'a View, passage: Span, memo: &'a NameMemo) -> Matcher<'a> {
        Matcher { base, text: &view.text, lower: &view.lower, passage, memo, annotations: &view.annotations }
    }

    /// Fits a pattern, by its number, around an anchor that was found at `at`.
    pub(crate) fn fit(
        &self,
        (number, slots, anchored): (usize, &[Slot], &Anchored),
        at: usize,
        scratch: &mut Scratch,
    ) -> Option<Match> {
        let pattern = (number, slots, anchored);
        if !anchored.inside {
            return self.fit_from(pattern, at, scratch);
        }
        // The anchor is a mark inside a value: the earliest start from which the value reaches over it.
        let mut from = at.saturating_sub(MARK_BYTES).max(self.passage.start);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let Some(Step::Slot { slot, .. }) = anchored.right.steps.first() else { return None };
        let Some(SlotKind::Value { ty, .. }) = slots.get(usize::from(*slot)).map(|slot| &slot.kind) else {
            return None;
        };
        let before = self.text[from..at].char_indices().map(|(offset, _)| from + offset);
        let starts = before.chain([at]);
        starts
            .filter(|start| ty.read_at(self.input(), *start).is_some_and(|read| read.end > at))
            .find_map(|start| self.fit_from(pattern, start, scratch).filter(|found| found.reaches(start, at)))
    }

    /// Fits a pattern around `at`: one program runs right from there, one runs left.
    fn fit_from(
        &self,
        (number, slots, anchored): (usize, &[Slot], &Anchored),
        at: usize,
        scratch: &mut Scratch,
    ) -> Option<Match> {
        if scratch.sides.len() <= number {
            scratch.sides.resize(number + 1, Default::default());
        }
        let [of_right, of_left] = scratch.sides[number];
        let right_first = !of_left.is_cheaper(of_right);
        let mut side = |right: bool| {
            let program = if right { &anchored.right } else { &anchored.left };
            let (found, steps) = self.run(program, slots, at, scratch);
            scratch.sides[number][usize::from(!right)].note(steps, found.is_some());
            found
        };
        let (one, other) = (side(right_first)?, side(!right_first)?);
        let (right, left) = if right_first { (one, other) } else { (other, one) };
        let taken = left.taken.into_iter().rev().chain(right.taken);
        let bind = |taken: Taken| {
            let (slot, span) = (taken.slot, taken.span);
            Capture { slot, span, bound: self.as_annotated(span, self.bind(slots, taken)) }
        };
        Some(Match { span: Span::new(left.at, right.at), captures: taken.map(bind).collect() })
    }

    /// The best match of a program from a place, if any, and the steps that it took.
    fn run(&self, program: &Program, slots: &[Slot], origin: usize, scratch: &mut Scratch) -> (Option<Side>, usize) {
        scratch.prepare();
        let mut steps = 0;
        scratch.stack.push(Frame { step: 0, at: origin, taken: 0, gap: 0, beyond_words: false });
        let mut best: Option<(usize, usize, Side)> = None;
        while let Some(mut frame) = scratch.stack.pop() {
            scratch.taken.truncate(frame.taken);
            loop {
                steps += 1;
                let distance = frame.at.abs_diff(origin);
                if distance > WINDOW || program.joins[frame.step] && !scratch.seen.insert(frame.step, distance) {
                    break;
                }
                match &program.steps[frame.step] {
                    Step::Match => {
                        if border_before(self.text, frame.at)
                            && best.as_ref().is_none_or(|(gap, far, _)| {
                                (frame.gap, usize::MAX - distance) < (*gap, usize::MAX - far)
                            })
                            && self.accepts(slots, &scratch.taken)
                        {
                            let side = Side { at: frame.at, taken: scratch.taken.clone() };
                            best = Some((frame.gap, distance, side));
                        }
                        break;
                    }
                    Step::Split(first, second) => {
                        // Of the many words of a list nearly none stands here: those need no frame of their own.
                        let (first, second) = (*first as usize, *second as usize);
                        if self.fails_at_once(program, first, frame.at) {
                            frame.step = second;
                            continue;
                        }
                        if !self.fails_at_once(program, second, frame.at) {
                            let taken = scratch.taken.len();
                            let Frame { at, gap, beyond_words, .. } = frame;
                            scratch.stack.push(Frame { step: second, at, taken, gap, beyond_words });
                        }
                        frame.step = first;
                    }
                    Step::Jump(to) => frame.step = *to as usize,
                    Step::Gap(gap) => {
                        self.gap(program, program.gap(*gap), &frame, scratch);
                        break;
                    }
                    Step::Stretch(stretch) => {
                        steps += self.stretch(program.leftward, stretch, &frame, scratch);
                        break;
                    }
                    Step::OneOf(words) => {
                        let Some(nearest) = self.nearest(program.leftward, frame.at) else { break };
                        for words in words.with_nearest(nearest) {
                            if let Some(at) = self.words(program.leftward, words, frame.at) {
                                let (step, taken, gap) = (frame.step + 1, scratch.taken.len(), frame.gap);
                                scratch.stack.push(Frame { step, at, taken, gap, beyond_words: true });
                            }
                        }
                        break;
                    }
                    step => {
                        steps += if matches!(step, Step::Slot { .. }) { STEPS_OF_A_SLOT } else { 0 };
                        let place = (frame.at, frame.beyond_words);
                        let Some(at) = self.consume(program, step, slots, place, &mut scratch.taken) else {
                            break;
                        };
                        frame.beyond_words = matches!(step, Step::Literal(..)) || frame.beyond_words && at == frame.at;
                        frame.at = at;
                        frame.step += 1;
                    }
                }
            }
        }
        (best.map(|(_, _, side)| side), steps)
    }

    /// Whether a step consists of words of which even the nearest byte does not stand here.
    #[inline]
    fn fails_at_once(&self, program: &Program, step: usize, at: usize) -> bool {
        match &program.steps[step] {
            Step::Literal(start, end) => {
                let words = program.words(*start, *end);
                let nearest = if program.leftward { words[words.len() - 1] } else { words[0] };
                self.nearest(program.leftward, at) != Some(nearest)
            }
            Step::OneOf(words) => {
                self.nearest(program.leftward, at).is_none_or(|byte| !words.nearest().contains(&byte))
            }
            _ => false,
        }
    }

    /// The byte of the passage that a program reads next.
    #[inline]
    fn nearest(&self, leftward: bool, at: usize) -> Option<u8> {
        match leftward {
            true => (at > self.passage.start).then(|| self.lower.as_bytes()[at - 1]),
            false => (at < self.passage.end).then(|| self.lower.as_bytes()[at]),
        }
    }

    /// Where the text goes on after words, if they stand here.
    #[inline]
    fn words(&self, leftward: bool, words: &[u8], at: usize) -> Option<usize> {
        let lower = self.lower.as_bytes();
        if leftward {
            let from = at.checked_sub(words.len()).filter(|from| *from >= self.passage.start)?;
            (lower[from..at] == *words).then_some(from)
        } else {
            let to = at + words.len();
            (to <= self.passage.end && lower[at..to] == *words).then_some(to)
        }
    }

    /// Where the text goes on after one step, or nothing if it does not fit.
    fn consume(
        &self,
        program: &Program,
        step: &Step,
        slots: &[Slot],
        (at, beyond_words): (usize, bool),
        taken: &mut Vec<Taken>,
    ) -> Option<usize> {
        let (start, end) = (self.passage.start, self.passage.end);
        match step {
            Step::Literal(start, end) => self.words(program.leftward, program.words(*start, *end), at),
            Step::Class(class) => {
                let ranges = program.class(*class);
                let (c, next) = self.step_over(program.leftward, at)?;
                in_ranges(ranges, c).then_some(next)
            }
            Step::Start => (at == start).then_some(at),
            Step::End => (at == end).then_some(at),
            Step::WordBorder => border_before(self.text, at).then_some(at),
            Step::Slot { slot, beside_literal, after_literal, bare, edge } => {
                let slot = usize::from(*slot);
                let place = Place {
                    leftward: program.leftward,
                    beside_literal: *beside_literal,
                    // 首都“?{city}: what may stand between and does not is no matter.
                    after_literal: *after_literal || beyond_words && !program.leftward,
                    bare: *bare,
                    edge: *edge,
                };
                let (span, what) = self.fill(&slots[slot].kind, at, place)?;
                // 24例患者中,司机2人、乘客8人: a list goes on as long as its unit does.
                let before = taken.iter().rev().find(|other| slots[other.slot].name == slots[slot].name);
                if before.is_some_and(|before| of_other_unit(&before.what, &what)) {
                    return None;
                }
                taken.push(Taken { slot, span, what });
                Some(if program.leftward { span.start } else { span.end })
            }
            Step::OneOf(_) | Step::Stretch(_) | Step::Gap(_) | Step::Split(..) | Step::Jump(_) | Step::Match => None,
        }
    }

    /// The next character in the program's direction and the position beyond it, within the passage.
    pub(super) fn step_over(&self, leftward: bool, at: usize) -> Option<(char, usize)> {
        if leftward {
            let c = self.text[self.passage.start..at].chars().next_back()?;
            Some((c, at - c.len_utf8()))
        } else {
            let c = self.text[at..self.passage.end].chars().next()?;
            Some((c, at + c.len_utf8()))
        }
    }

    /// Offers every length of a stretch at which what must stand beyond it may stand; gives what that cost, in steps.
    fn stretch(&self, leftward: bool, stretch: &Stretch, frame: &Frame, scratch: &mut Scratch) -> usize {
        let mut places = std::mem::take(&mut scratch.places);
        places.clear();
        let (mut at, mut count) = (frame.at, 0);
        loop {
            let may_end = || match &stretch.beyond {
                Some(beyond) => self.nearest(leftward, at).is_some_and(|byte| beyond.holds(byte)),
                None => true,
            };
            if count >= stretch.min && may_end() {
                places.push(at);
            }
            if stretch.max.is_some_and(|max| count >= max) || at.abs_diff(frame.at) > WINDOW {
                break;
            }
            let Some((_, next)) = self.step_over(leftward, at).filter(|(c, _)| stretch.has(*c)) else { break };
            (at, count) = (next, count + 1);
        }
        let (step, taken, gap) = (frame.step + 1, scratch.taken.len(), frame.gap);
        // The last one on the stack is tried first.
        let push = |at: usize| {
            let beyond_words = frame.beyond_words && at == frame.at;
            scratch.stack.push(Frame { step, at, taken, gap, beyond_words });
        };
        match stretch.greedy {
            true => places.iter().copied().for_each(push),
            false => places.iter().rev().copied().for_each(push),
        }
        scratch.places = places;
        count as usize / CHARS_OF_A_STEP
    }

    /// Offers every length of a gap, the shortest first; it ends at the sentence and at a value beside it.
    fn gap(&self, program: &Program, types: &[&'static crate::value::ValueType], frame: &Frame, scratch: &mut Scratch) {
        let mut places = vec![frame.at];
        let mut at = frame.at;
        for _ in 0..GAP_CHARS {
            let input = self.input();
            let value_here = !program.leftward && types.iter().any(|ty| ty.read_at(input, at).is_some());
            let value_before = program.leftward && types.iter().any(|ty| self.value_ending(ty, at).is_some());
            if value_here || value_before {
                break;
            }
            let Some((c, next)) = self.step_over(program.leftward, at) else { break };
            if matches!(c, '。' | '!' | '?' | ';' | '\n') || (c == '.' && self.ends_sentence(at.min(next))) {
                break;
            }
            at = next;
            places.push(at);
        }
        for (gap, at) in places.into_iter().enumerate().rev() {
            let (step, taken, gap) = (frame.step + 1, scratch.taken.len(), frame.gap + gap);
            scratch.stack.push(Frame { step, at, taken, gap, beyond_words: false });
        }
    }

    /// Whether the full stop at `at` ends a sentence rather than an abbreviation or a decimal.
    fn ends_sentence(&self, at: usize) -> bool {
        let after = &self.text[at + 1..self.passage.end];
        let before = self.text[self.passage.start..at].chars().next_back();
        (after.is_empty() || after.starts_with([' ', '”']))
            && before.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
    }

    pub(super) fn input(&self) -> Input<'a> {
        Input { text: self.text, lower: self.lower, end: self.passage.end }
    }

    pub(super) fn value_ending(
        &self,
        ty: &'static crate::value::ValueType,
        end: usize,
    ) -> Option<(usize, crate::value::Read)> {
        let mut from = end.saturating_sub(VALUE_BYTES).max(self.passage.start);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        ty.read_before(self.input(), from, end)
    }
}

impl Match {
    /// Whether the capture that begins at `start` reaches over `mark`.
    fn reaches(&self, start: usize, mark: usize) -> bool {
        self.captures.iter().any(|capture| capture.span.start == start && mark < capture.span.end)
    }
}
