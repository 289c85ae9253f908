//! Hyphens that divide words at the ends of lines, and dashes that are written like hyphens.

/// A hyphen that is seen only where a line ends.
pub(super) const SOFT: char = '\u{AD}';

/// What follows a hyphen at the end of a line; `behind` is what stands behind the character.
pub(super) fn line_end(c: char, behind: &str) -> Option<&str> {
    if !matches!(c, '-' | SOFT) {
        return None;
    }
    behind.strip_prefix('\r').unwrap_or(behind).strip_prefix('\n')
}

/// Whether a hyphen between two texts divides a word: both sides are in small letters, as those of a compound with a name
/// or a number (the Austria- of Austria-Hungary) are not.
pub(super) fn divides(before: &str, behind: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_lowercase);
    inside(before.chars().next_back()) && inside(behind.trim_start().chars().next())
}

/// Whether an en dash behind a space, with `before` before that, stands before a space and not between figures: British copy
/// writes its dashes so, and ranges and scores too.
pub(super) fn is_parenthetical(before: &str, behind: &str) -> bool {
    let figures =
        before.ends_with(|c: char| c.is_ascii_digit()) && behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
    behind.starts_with([' ', '\u{A0}', '\n']) && !figures
}
