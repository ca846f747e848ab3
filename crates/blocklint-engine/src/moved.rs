//! A result after an edit that changed no fact: the same findings where their places are now.

use crate::finding::{Analysis, Finding, Step};
use blocklint_ir::{Moves, Span};

impl Analysis {
    /// Follows an edit of a file that only moved things; says whether all places were found again. If not, the result is worth nothing
    /// any more.
    #[must_use]
    pub fn follow(&mut self, file: &str, moves: &Moves) -> bool {
        let places = self.findings.iter_mut().flat_map(places_of);
        let errors = self.errors.iter_mut().map(|it| (&*it.file, &mut it.span));
        for (_, span) in places.chain(errors).filter(|it| it.0 == file) {
            let Some(moved) = moves.of(*span) else { return false };
            *span = moved;
        }
        true
    }
}

fn places_of(finding: &mut Finding) -> impl Iterator<Item = (&str, &mut Span)> {
    let steps = finding.chain.iter_mut().chain(finding.other_chains.iter_mut().flatten());
    let steps = steps.map(|Step { place, .. }| (&*place.file, &mut place.span));
    std::iter::once((&*finding.place.file, &mut finding.place.span)).chain(steps)
}
