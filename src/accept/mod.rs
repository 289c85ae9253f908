//! Findings that a person has looked at and lets stand: by a comment in the copy, by an acceptance file beside it, or
//! because they stood there before (a baseline). They are taken out of the findings and told only where a report has
//! a place for them.

mod comment;
mod register;

pub use register::{Entry, Register, RegisterError};

use crate::diagnostic::Diagnostic;

/// A finding that is let stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// What lets it stand.
    pub by: By,
    /// Why, if that was said.
    pub why: Option<String>,
}

/// What lets a finding stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A comment in the copy.
    Comment,
    /// An entry of an acceptance file or a baseline.
    Register,
}

/// Takes out of a file's findings what its comments and the registers let stand; what of the comments is of no use is
/// told in `warnings`.
pub fn take_accepted(
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
    registers: &[Register],
    warnings: &mut Vec<String>,
) -> Vec<Accepted> {
    let mut comments = comment::find(text, warnings);
    let mut accepted = Vec::new();
    // How many of the file's findings each register has let stand.
    let mut counts = vec![Vec::new(); registers.len()];
    diagnostics.retain(|found| {
        let by_comment = comments.iter_mut().find(|comment| comment.allows(found)).map(|comment| {
            comment.used = true;
            (By::Comment, comment.why.clone())
        });
        let mut by_register =
            || registers.iter().zip(&mut counts).find_map(|(register, counts)| register.accepts(text, found, counts));
        let by = by_comment.or_else(|| by_register().map(|why| (By::Register, why)));
        let Some((by, why)) = by else { return true };
        accepted.push(Accepted { diagnostic: found.clone(), by, why });
        false
    });
    for comment in comments.iter().filter(|comment| !comment.used) {
        warnings.push(format!("line {}: `{}` lets nothing stand here: take it out", comment.line, comment.words));
    }
    accepted
}
