//! A folder of files that is gone after the test, and the program run in it.

use super::HOUSE;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of its own for a test; it holds the house rules as `house.toml`.
pub(crate) struct Folder(PathBuf);

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

static NEXT: AtomicUsize = AtomicUsize::new(0);

impl Folder {
    pub(crate) fn new() -> Folder {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}", std::process::id()));
        let folder = Folder(path);
        fs::create_dir_all(&folder.0).unwrap();
        folder.with("house.toml", HOUSE)
    }

    /// Adds a file.
    pub(crate) fn with(self, path: &str, content: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The program, to be run in this folder.
    pub(crate) fn factlint(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
        command.current_dir(&self.0).args(arguments).env_remove("NO_COLOR");
        command.env("FACTLINT_CACHE_DIR", self.0.join(".cache"));
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// Runs the program with something on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], stdin: &str) -> Ran {
        let mut command = self.factlint(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // The program need not read it.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        Ran::from(child.wait_with_output().unwrap())
    }

    /// Checks with the house rules alone.
    pub(crate) fn check(&self, arguments: &[&str]) -> Ran {
        let house = ["check", "--isolated", "--no-builtin-rules", "--rules", "house.toml"];
        self.run(&[&house, arguments].concat())
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
