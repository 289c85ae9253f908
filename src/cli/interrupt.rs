//! Ctrl-C: the file at hand is still told, the reports are ended as they should be, and the run says how far it came. A
//! second one ends the program at once.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Takes Ctrl-C as a wish to stop.
pub(super) fn listen() {
    // Where no handler can be set, Ctrl-C ends the program as usual.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
}

/// Whether a person wants to stop.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
