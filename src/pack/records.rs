//! Records of a section, each decoded when it is first asked for: most runs need few of them.

use super::{Row, RowWriter, Section};
use std::sync::OnceLock;

/// Bytes of the row that tells where a record stands.
const PLACE: usize = 8;

/// See the module. The section holds how many records there are, where each stands and how long it is, and the records.
pub(crate) struct Records<T> {
    section: Section,
    decode: fn(&[u8]) -> Option<T>,
    read: Box<[OnceLock<Option<Box<T>>>]>,
}

impl<T> Records<T> {
    /// The records of a section; none if it does not begin with their places.
    pub(crate) fn new(section: Section, decode: fn(&[u8]) -> Option<T>) -> Records<T> {
        let bytes = section.get(0, 4).and_then(|bytes| bytes.try_into().ok());
        let count = bytes.map_or(0, u32::from_le_bytes) as usize;
        let count = if count <= section.len() / PLACE { count } else { 0 };
        Records { section, decode, read: (0..count).map(|_| OnceLock::new()).collect() }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.read.len()
    }

    /// A record; none beyond the last, or if the pack is damaged there.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        self.read.get(at)?.get_or_init(|| self.bytes(at).and_then(self.decode).map(Box::new)).as_deref()
    }

    fn bytes(&self, at: usize) -> Option<&[u8]> {
        let place = 4 + at * PLACE;
        let row: Row<PLACE> = Row(self.section.get(place, place + PLACE)?.try_into().ok()?);
        let start = row.u32(0) as usize;
        self.section.get(start, start.checked_add(row.u32(4) as usize)?)
    }

    /// The bytes of a section with these records, which lie in it in this order: those that are needed together
    /// lie together best.
    pub(crate) fn lay_out(records: &[Vec<u8>], order: impl Iterator<Item = usize>) -> Vec<u8> {
        let mut places = vec![(0u32, 0u32); records.len()];
        let mut body = Vec::new();
        let start = 4 + records.len() * PLACE;
        for at in order {
            places[at] = ((start + body.len()) as u32, records[at].len() as u32);
            body.extend_from_slice(&records[at]);
        }
        let mut rows = RowWriter::default();
        rows.u32(records.len() as u32);
        for (start, length) in places {
            rows.u32(start).u32(length);
        }
        rows.0.extend(body);
        rows.0
    }
}

impl<T> Default for Records<T> {
    fn default() -> Records<T> {
        Records { section: Section::default(), decode: |_| None, read: Box::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Pack, Part, Writer};

    #[test]
    fn records_keep_their_numbers_in_any_order() {
        let mut writer = Writer::default();
        let texts = ["one", "", "three"].map(|text| text.as_bytes().to_vec());
        writer.add(Part::Rules, Records::<String>::lay_out(&texts, [2, 0, 1].into_iter()));
        let pack = Pack::of_stranger(writer.finish()).unwrap();
        let decode = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        let records = Records::new(pack.section(Part::Rules as u32), decode);
        let read: Vec<_> = (0..4).map(|at| records.get(at).map(String::as_str)).collect();
        assert_eq!(read, [Some("one"), Some(""), Some("three"), None]);
        assert_eq!(Records::new(Section::default(), decode).len(), 0);
    }
}
