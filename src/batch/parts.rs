//! Archives in JSON lines, an article a line, in parts: many gigabytes are checked in the memory of a few parts.

use super::{Bytes, Source};
use crate::read::{JSON_LINES, ReadSettings, is_format};
use crate::text::Before;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::mem;

/// Bytes of a part, up to the end of a line; a file that is no longer is read as a whole.
pub const PART: usize = 4 << 20;
/// A line longer than this is no article.
const LONGEST: usize = 64 << 20;

/// Whether a source is read in parts, unless it is wanted as a whole: one whose lines can be told apart before its
/// encoding is known.
pub(super) fn in_parts(source: &Source, settings: &ReadSettings, whole: bool) -> bool {
    let (Bytes::File(file) | Bytes::Found(file)) = &source.bytes else { return false };
    let long = || fs::metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.len() > PART as u64);
    !whole && is_format(&source.path, settings, JSON_LINES) && long() && !is_utf16(file)
}

fn is_utf16(file: &std::path::Path) -> bool {
    let mut mark = [0; 2];
    File::open(file).and_then(|mut file| file.read_exact(&mut mark)).is_ok()
        && matches!(mark, [0xFF, 0xFE] | [0xFE, 0xFF])
}

/// Whole lines of an archive, and what of it stands before them.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) before: Before,
    pub(super) bytes: Vec<u8>,
}

/// The parts of an archive, in order.
#[derive(Debug)]
pub(super) struct Parts {
    file: File,
    before: Before,
    /// What was read beyond the last part.
    rest: Vec<u8>,
}

impl Parts {
    /// Opens an archive behind what was read of it before.
    pub(super) fn open(source: &Source, before: Before) -> io::Result<Parts> {
        let (Bytes::File(path) | Bytes::Found(path)) = &source.bytes else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(before.bytes as u64))?;
        Ok(Parts { file, before, rest: Vec::new() })
    }

    /// How much was given out.
    pub(super) fn before(&self) -> Before {
        self.before
    }

    fn read(&mut self) -> io::Result<Option<Part>> {
        let mut bytes = mem::take(&mut self.rest);
        bytes.reserve(PART);
        loop {
            let had = bytes.len();
            let wanted = PART.saturating_sub(had).max(1 << 16) as u64;
            let more = (&mut self.file).take(wanted).read_to_end(&mut bytes)?;
            if more == 0 {
                break;
            }
            if bytes.len() < PART {
                continue;
            }
            if let Some(end) = memchr::memrchr(b'\n', &bytes) {
                self.rest = bytes.split_off(end + 1);
                break;
            }
            if bytes.len() > LONGEST {
                return Err(io::Error::other("a line over 64 MiB is no article"));
            }
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let before = self.before;
        let lines = memchr::memchr_iter(b'\n', &bytes).count();
        self.before = Before { bytes: before.bytes + bytes.len(), lines: before.lines + lines };
        Ok(Some(Part { before, bytes }))
    }
}

impl Iterator for Parts {
    type Item = io::Result<Part>;

    fn next(&mut self) -> Option<io::Result<Part>> {
        self.read().transpose()
    }
}
