//! A pack: rules and facts as bytes that are used in place, without parsing or rebuilding.
//!
//! A pack is a head, sections of rows and text, and one checksum for every block of `blocks::BLOCK` bytes. The pack in the
//! program is trusted; one that was compiled in this process too; one mapped from a cache file proves each block when it
//! is first read, so that opening it costs the same however large it is; one that a person names is proved whole before
//! it is used. Reading is bounds-safe throughout: damage can cost an answer, never memory safety.

mod blocks;
mod records;
mod rows;
mod trie;
mod writer;

pub(crate) use records::Records;
pub(crate) use rows::{Row, Rows, Text, day_number, day_of};
pub(crate) use trie::{Hit, Trie};
#[cfg(test)]
pub(crate) use writer::reseal;
pub(crate) use writer::{RowWriter, TextWriter, Writer};

use blocks::{BLOCK, Blocks};
use memmap2::Mmap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

const MAGIC: &[u8; 8] = b"factpack";
/// Changes whenever the layout of a section does.
const FORMAT: u32 = 5;
/// Sections that the anchors of a language take.
const ANCHOR_SECTIONS: usize = 5;
/// Bytes before the table of sections.
const HEAD: usize = 48;
/// Bytes of one row of that table.
const ENTRY: usize = 20;

/// Why bytes are no pack that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    /// They do not begin as a pack does.
    NoPack,
    /// Another version of the program made it.
    OtherVersion,
    /// There are fewer or more bytes than its head says.
    Length,
    /// A checksum does not fit.
    Damaged,
    /// Its parts do not fit each other.
    Inconsistent,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PackError::NoPack => "this is no pack",
            PackError::OtherVersion => "another version of factlint made this pack",
            PackError::Length => "this pack is cut short, or something was added to it",
            PackError::Damaged => "this pack is damaged: its checksum does not fit",
            PackError::Inconsistent => "this pack is damaged: its parts do not fit each other",
        })
    }
}

impl std::error::Error for PackError {}

/// Which part of a pack a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Part {
    Schema = 1,
    Strings,
    Entities,
    Names,
    Facts,
    Inverse,
    Wholes,
    Ids,
    NameTrie,
    NameEntries,
    NameWritten,
    NameUses,
    Rules,
    Patterns,
    PatternRules,
    RuleHeads,
    Guards,
    Written,
    Files,
    NameFilter,
    /// [`ANCHOR_SECTIONS`] of these for each language, numbered on from here.
    Anchors = 100,
}

enum Data {
    Static(&'static [u8]),
    Owned(Vec<u8>),
    Mapped(Mmap),
}

impl Default for Data {
    fn default() -> Data {
        Data::Static(&[])
    }
}

impl Data {
    fn bytes(&self) -> &[u8] {
        match self {
            Data::Static(bytes) => bytes,
            Data::Owned(bytes) => bytes,
            Data::Mapped(map) => map,
        }
    }
}

/// An opened pack, shared by all that read from it.
#[derive(Clone, Default)]
pub(crate) struct Pack {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    data: Data,
    sections: Vec<(u32, Range<usize>)>,
    /// Present where blocks must be proved before they are believed.
    blocks: Option<Blocks>,
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pack").field("bytes", &self.shared.data.bytes().len()).finish()
    }
}

impl Pack {
    /// The pack that is part of the program.
    pub(crate) fn of_program(bytes: &'static [u8]) -> Result<Pack, PackError> {
        Pack::open(Data::Static(bytes), false)
    }

    /// A pack that was compiled in this process.
    pub(crate) fn of_compiler(bytes: Vec<u8>) -> Result<Pack, PackError> {
        Pack::open(Data::Owned(bytes), false)
    }

    /// A pack mapped from a file of the cache: its head is proved now, every block when it is first read.
    pub(crate) fn of_cache(map: Mmap) -> Result<Pack, PackError> {
        let pack = Pack::open(Data::Mapped(map), true)?;
        Ok(pack)
    }

    /// A pack from anywhere: all of it is proved.
    pub(crate) fn of_stranger(bytes: Vec<u8>) -> Result<Pack, PackError> {
        let pack = Pack::open(Data::Owned(bytes), true)?;
        pack.prove()?;
        Ok(pack)
    }

    /// Proves every block.
    pub(crate) fn prove(&self) -> Result<(), PackError> {
        let bytes = self.shared.data.bytes();
        match &self.shared.blocks {
            Some(blocks) if !blocks.prove_all(bytes) => Err(PackError::Damaged),
            _ => Ok(()),
        }
    }

    /// Whether a block that was read turned out to be damaged: what was computed from this pack is worth nothing.
    pub(crate) fn is_damaged(&self) -> bool {
        self.shared.blocks.as_ref().is_some_and(Blocks::damaged)
    }

    /// What tells this pack from any other: the checksum of its head, which covers those of all blocks.
    pub(crate) fn fingerprint(&self) -> u64 {
        u64_at(self.shared.data.bytes(), 24).unwrap_or_default()
    }

    fn open(data: Data, checked: bool) -> Result<Pack, PackError> {
        let bytes = data.bytes();
        if bytes.get(..8) != Some(MAGIC) {
            return Err(PackError::NoPack);
        }
        if u32_at(bytes, 8) != Some(FORMAT) || u64_at(bytes, 32) != Some(program_version()) {
            return Err(PackError::OtherVersion);
        }
        let length = u64_at(bytes, 16).ok_or(PackError::Length)?;
        if length != bytes.len() as u64 {
            return Err(PackError::Length);
        }
        let count = u32_at(bytes, 12).ok_or(PackError::Length)? as usize;
        let table_end = count.checked_mul(ENTRY).and_then(|size| size.checked_add(HEAD)).ok_or(PackError::Length)?;
        let body = table_end.checked_next_multiple_of(BLOCK).ok_or(PackError::Length)?;
        let end = u64_at(bytes, 40).and_then(|end| usize::try_from(end).ok()).ok_or(PackError::Length)?;
        if body > end || end > bytes.len() {
            return Err(PackError::Length);
        }
        if checked && u64_at(bytes, 24) != Some(head_checksum(bytes, body, end)) {
            return Err(PackError::Damaged);
        }
        let mut sections = Vec::with_capacity(count);
        for at in (HEAD..table_end).step_by(ENTRY) {
            let part = u32_at(bytes, at).ok_or(PackError::Length)?;
            let place = |at| u64_at(bytes, at).and_then(|place| usize::try_from(place).ok());
            let (Some(start), Some(length)) = (place(at + 4), place(at + 12)) else { return Err(PackError::Length) };
            let until = start.checked_add(length).filter(|until| start >= body && *until <= end);
            sections.push((part, start..until.ok_or(PackError::Inconsistent)?));
        }
        let blocks = match checked {
            true => Some(Blocks::new(body, end, bytes.len()).ok_or(PackError::Length)?),
            false => None,
        };
        Ok(Pack { shared: Arc::new(Shared { data, sections, blocks }) })
    }

    /// The sections of the anchors of the nth language.
    pub(crate) fn anchors(&self, nth: usize) -> [Section; ANCHOR_SECTIONS] {
        let first = Part::Anchors as u32 + (nth * ANCHOR_SECTIONS) as u32;
        std::array::from_fn(|at| self.section(first + at as u32))
    }

    /// A section; an empty one if the pack has none of that kind.
    pub(crate) fn section(&self, part: u32) -> Section {
        let found = self.shared.sections.iter().find(|(of, _)| *of == part);
        Section { pack: self.clone(), range: found.map_or(0..0, |(_, range)| range.clone()) }
    }
}

/// Checksum of the head, the table of sections and the checksums of the blocks.
fn head_checksum(bytes: &[u8], body: usize, end: usize) -> u64 {
    let mut head = [&bytes[..24], &bytes[32..body]].concat();
    head.extend_from_slice(&bytes[end..]);
    xxh3_64(&head)
}

/// The version of the program as a number: a pack serves the version that made it.
fn program_version() -> u64 {
    xxh3_64(concat!("factlint ", env!("CARGO_PKG_VERSION")).as_bytes())
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// A stretch of a pack.
#[derive(Clone, Default)]
pub(crate) struct Section {
    pack: Pack,
    range: Range<usize>,
}

impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Section({} bytes)", self.len())
    }
}

impl Section {
    pub(crate) fn len(&self) -> usize {
        self.range.len()
    }

    /// Some of its bytes, proved; `None` beyond its end.
    #[inline]
    pub(crate) fn get(&self, start: usize, end: usize) -> Option<&[u8]> {
        if start > end || end > self.range.len() {
            return None;
        }
        let (start, end) = (self.range.start + start, self.range.start + end);
        let bytes = self.pack.shared.data.bytes();
        if let Some(blocks) = &self.pack.shared.blocks {
            blocks.touch(bytes, start..end);
            // What a damaged pack says is nothing: numbers read as zero lead to something that exists.
            if blocks.damaged() {
                return None;
            }
        }
        bytes.get(start..end)
    }

    /// All of its bytes, proved.
    pub(crate) fn all(&self) -> &[u8] {
        self.get(0, self.range.len()).unwrap_or_default()
    }

    /// All of its bytes if they need no proof.
    #[inline]
    pub(crate) fn trusted(&self) -> Option<&[u8]> {
        match &self.pack.shared.blocks {
            None => self.pack.shared.data.bytes().get(self.range.clone()),
            Some(_) => None,
        }
    }
}
