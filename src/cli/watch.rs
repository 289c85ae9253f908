//! `factlint check --watch`: what is written to is checked again at once.

use super::{Stop, interrupt};
use factlint::batch::Source;
use notify::{Event, RecursiveMode, Watcher};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// Writes that follow each other this closely are one: editors write in several steps.
const SETTLE: Duration = Duration::from_millis(20);
/// How often a wish to stop is looked for.
const TICK: Duration = Duration::from_millis(200);

/// Watches paths; `all` gives the copy under them, `check` is called with what was written to. Ends on Ctrl-C.
pub(super) fn watch(
    paths: &[PathBuf],
    all: impl Fn() -> Result<Vec<Source>, Stop>,
    mut check: impl FnMut(&[Source]) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let (send, receive) = mpsc::channel();
    let failed = |error: notify::Error| Stop::said(format!("the files cannot be watched: {error}"));
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Nobody receives any more once the program ends.
        let _ = send.send(event);
    })
    .map_err(failed)?;
    for path in paths.iter().filter(|path| path.as_os_str() != "-") {
        watcher.watch(path, RecursiveMode::Recursive).map_err(failed)?;
    }
    while !interrupt::asked() {
        let Ok(first) = receive.recv_timeout(TICK) else { continue };
        let mut written = HashSet::new();
        let mut event = Some(first);
        while let Some(one) = event.take() {
            let one = one.map_err(failed)?;
            if one.kind.is_modify() || one.kind.is_create() {
                written.extend(one.paths.iter().map(|path| whole(path)));
            }
            event = receive.recv_timeout(SETTLE).ok();
        }
        if written.is_empty() {
            continue;
        }
        let changed: Vec<Source> =
            all()?.into_iter().filter(|source| written.contains(&whole(Path::new(&source.path)))).collect();
        if !changed.is_empty() {
            check(&changed)?;
        }
    }
    Ok(())
}

fn whole(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
