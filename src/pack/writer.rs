//! Writes a pack: sections of rows and text, then the checksums of their blocks.

use super::blocks::{BLOCK, checksums};
use super::{ANCHOR_SECTIONS, ENTRY, FORMAT, HEAD, MAGIC, Part, head_checksum, program_version};
use std::collections::HashMap;

/// Gathers sections.
#[derive(Default)]
pub(crate) struct Writer {
    sections: Vec<(u32, Vec<u8>)>,
}

impl Writer {
    /// Adds a section; each part once.
    pub(crate) fn add(&mut self, part: Part, bytes: Vec<u8>) {
        self.sections.push((part as u32, bytes));
    }

    /// Adds the sections of the anchors of the nth language.
    pub(crate) fn add_anchors(&mut self, nth: usize, sections: [Vec<u8>; ANCHOR_SECTIONS]) {
        let first = Part::Anchors as u32 + (nth * ANCHOR_SECTIONS) as u32;
        self.sections.extend((first..).zip(sections));
    }

    /// The pack.
    pub(crate) fn finish(&self) -> Vec<u8> {
        let table_end = HEAD + self.sections.len() * ENTRY;
        // The head has its blocks to itself: its checksum covers those of the blocks behind it.
        let body = table_end.next_multiple_of(BLOCK);
        let mut table = Vec::new();
        let mut content = Vec::new();
        for (part, bytes) in &self.sections {
            // Tries are read as whole units: they begin where one does.
            content.resize(content.len().next_multiple_of(64), 0);
            table.extend_from_slice(&part.to_le_bytes());
            table.extend_from_slice(&((body + content.len()) as u64).to_le_bytes());
            table.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            content.extend_from_slice(bytes);
        }
        let end = body + content.len();
        let length = end + end.div_ceil(BLOCK) * 8;
        let mut out = Vec::with_capacity(length);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&FORMAT.to_le_bytes());
        out.extend_from_slice(&(self.sections.len() as u32).to_le_bytes());
        out.extend_from_slice(&(length as u64).to_le_bytes());
        // The checksum of the head comes last.
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(&program_version().to_le_bytes());
        out.extend_from_slice(&(end as u64).to_le_bytes());
        out.extend_from_slice(&table);
        out.resize(body, 0);
        out.extend_from_slice(&content);
        out.extend(checksums(&out));
        let checksum = head_checksum(&out, body, end);
        out[24..32].copy_from_slice(&checksum.to_le_bytes());
        out
    }
}

/// Makes the checksums of a changed pack fit again, as a forger would.
#[cfg(test)]
pub(crate) fn reseal(bytes: &mut Vec<u8>) {
    let end = bytes.get(40..48).and_then(|end| end.try_into().ok()).map_or(0, u64::from_le_bytes) as usize;
    let count = bytes.get(12..16).and_then(|count| count.try_into().ok()).map_or(0, u32::from_le_bytes) as usize;
    let body = (HEAD + count.min(1000) * ENTRY).next_multiple_of(BLOCK);
    if body > end || end > bytes.len() {
        return;
    }
    let sums = checksums(&bytes[..end]);
    bytes.truncate(end);
    bytes.extend(sums);
    let checksum = head_checksum(bytes, body, end);
    bytes[24..32].copy_from_slice(&checksum.to_le_bytes());
}

/// Gathers rows of fixed size.
#[derive(Default)]
pub(crate) struct RowWriter(pub(crate) Vec<u8>);

impl RowWriter {
    pub(crate) fn u8(&mut self, value: u8) -> &mut RowWriter {
        self.0.push(value);
        self
    }

    pub(crate) fn u16(&mut self, value: u16) -> &mut RowWriter {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    pub(crate) fn u32(&mut self, value: u32) -> &mut RowWriter {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    pub(crate) fn i32(&mut self, value: i32) -> &mut RowWriter {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    pub(crate) fn u64(&mut self, value: u64) -> &mut RowWriter {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// A place in a text section.
    pub(crate) fn text(&mut self, (start, length): (u32, u32)) -> &mut RowWriter {
        self.u32(start).u32(length)
    }
}

/// Gathers text; equal words stand once.
#[derive(Default)]
pub(crate) struct TextWriter {
    bytes: Vec<u8>,
    known: HashMap<String, (u32, u32)>,
}

impl TextWriter {
    /// Where these words stand.
    pub(crate) fn place(&mut self, words: &str) -> (u32, u32) {
        if let Some(place) = self.known.get(words) {
            return *place;
        }
        let place = (self.bytes.len() as u32, words.len() as u32);
        self.bytes.extend_from_slice(words.as_bytes());
        self.known.insert(words.to_owned(), place);
        place
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}
