//! From offsets of the view to the file, and back.

use crate::text::Span;

/// From offsets of the view back to the file.
#[derive(Clone, Debug, Default)]
pub(super) struct OffsetMap {
    /// From the first (view offset) on, a view offset stands for itself plus the second (difference to the file).
    pub(super) deltas: Vec<(usize, isize)>,
    /// View offsets of characters that stand for more than one character of the file, with the bytes they stand for.
    pub(super) runs: Vec<(usize, usize)>,
    /// View offsets where the text goes on in another block.
    pub(super) joins: Vec<usize>,
}

impl OffsetMap {
    pub(super) fn source(&self, view: usize) -> usize {
        let at = self.deltas.partition_point(|(from, _)| *from <= view);
        let delta = at.checked_sub(1).map_or(0, |at| self.deltas[at].1);
        view.saturating_add_signed(delta)
    }

    pub(super) fn note(&mut self, view: usize, source: usize) {
        let delta = source as isize - view as isize;
        if self.deltas.last().is_none_or(|(_, last)| *last != delta) {
            self.deltas.push((view, delta));
        }
    }

    /// What of a view of some length stands for a span of the file, from the first to the last.
    pub(super) fn view(&self, source: Span, length: usize) -> Option<Span> {
        let ends = self.deltas.iter().skip(1).map(|(from, _)| *from).chain([length]);
        let parts = self.deltas.iter().zip(ends).filter_map(|((from, delta), end)| {
            let in_source = |view: usize| view.saturating_add_signed(*delta);
            let (start, until) = (source.start.max(in_source(*from)), source.end.min(in_source(end)));
            let in_view = |source: usize| source.saturating_add_signed(-delta);
            (start < until).then(|| Span::new(in_view(start), in_view(until)))
        });
        parts.reduce(Span::cover)
    }
}
