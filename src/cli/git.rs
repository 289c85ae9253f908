//! What a change in a git repository touches: the lines that `git diff` says were added or altered.

use super::Stop;
use factlint::diagnostic::Diagnostic;
use factlint::text::{LineIndex, Span};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files that a change touches, by their whole paths, and the lines in them.
pub(super) struct Change {
    files: HashMap<PathBuf, Lines>,
}

/// The lines of a file that a change touches.
enum Lines {
    /// All: the file is new.
    All,
    /// These, as first and last.
    These(Vec<(usize, usize)>),
}

impl Change {
    /// What differs from a commit in the work tree here, files that git does not track yet included.
    pub(super) fn since(rev: &str) -> Result<Change, Stop> {
        let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?.trim_end());
        let diff = ["-c", "core.quotePath=false", "diff", "--unified=0", "--no-color", "--no-ext-diff", rev, "--"];
        let mut files = HashMap::new();
        let mut file = None;
        for line in git(&diff)?.lines() {
            if let Some(path) = line.strip_prefix("+++ ") {
                let path = path.trim_end_matches('\t').strip_prefix("b/");
                file = path.map(|path| top.join(path));
            } else if let (Some(path), Some((first, count))) = (&file, added(line))
                && count > 0
                && let Lines::These(lines) = files.entry(path.clone()).or_insert(Lines::These(Vec::new()))
            {
                lines.push((first, first + count - 1));
            }
        }
        let untracked = git(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"])?;
        for path in untracked.split('\0').filter(|path| !path.is_empty()) {
            files.insert(top.join(path), Lines::All);
        }
        Ok(Change { files })
    }

    /// Whether it touches a file.
    pub(super) fn touches(&self, path: &str) -> bool {
        self.lines(path).is_some()
    }

    /// Leaves the findings of which some part stands on a line that it touches.
    pub(super) fn keep_touched(&self, path: &str, text: &str, findings: &mut Vec<Diagnostic>) {
        let Some(Lines::These(lines)) = self.lines(path) else { return };
        if findings.is_empty() {
            return;
        }
        let index = LineIndex::new(text);
        let touched = |span: Span| {
            let first = index.position(text, span.start).line;
            let last = index.position(text, span.end.saturating_sub(1).max(span.start)).line;
            lines.iter().any(|(from, to)| first <= *to && *from <= last)
        };
        findings.retain(|found| touched(found.span) || found.labels.iter().any(|label| touched(label.span)));
    }

    fn lines(&self, path: &str) -> Option<&Lines> {
        let whole = std::fs::canonicalize(Path::new(path)).ok()?;
        self.files.get(&whole)
    }
}

/// The first line and the number of lines that a hunk adds: `@@ -3,2 +3,4 @@`.
fn added(line: &str) -> Option<(usize, usize)> {
    let range = line.strip_prefix("@@ ")?.split(' ').find_map(|part| part.strip_prefix('+'))?;
    let (first, count) = range.split_once(',').unwrap_or((range, "1"));
    Some((first.parse().ok()?, count.parse().ok()?))
}

fn git(arguments: &[&str]) -> Result<String, Stop> {
    let ran = Command::new("git").args(arguments).output();
    let ran =
        ran.map_err(|error| Stop::said(format!("git cannot be run, which --since and --changed need: {error}")))?;
    if !ran.status.success() {
        let why = String::from_utf8_lossy(&ran.stderr);
        return Err(Stop::said(format!("git {}: {}", arguments.join(" "), why.lines().next().unwrap_or("it failed"))));
    }
    Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::added;

    #[test]
    fn hunks_say_what_they_add() {
        assert_eq!(added("@@ -3,2 +3,4 @@ fn x"), Some((3, 4)));
        assert_eq!(added("@@ -1 +1 @@"), Some((1, 1)));
        assert_eq!(added("@@ -5,2 +4,0 @@"), Some((4, 0)));
        assert_eq!(added("+++ b/x"), None);
    }
}
