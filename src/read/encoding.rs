//! Bytes into text: UTF-8 as it stands, else UTF-16 by its byte order mark and the encodings of East Asia by how often
//! their characters come in copy.

use super::ReadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8};

/// Bytes at the head of a file by which its encoding is told.
const SAMPLE_BYTES: usize = 1 << 20;

/// The encoding that a name means, such as `gb18030`, `big5`, `shift-jis`, `utf-16le`.
pub fn encoding_named(name: &str) -> Option<&'static Encoding> {
    // The names that people write and the standard does not list.
    let name = match name.to_ascii_lowercase().as_str() {
        "gb2312" | "gbk" | "cp936" | "gb-18030" => "gb18030",
        "cp950" => "big5",
        "sjis" | "cp932" => "shift_jis",
        other => return Encoding::for_label(other.as_bytes()),
    };
    Encoding::for_label(name.as_bytes())
}

/// A file's text, and how it was written.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// The text.
    pub text: String,
    /// The name of its encoding, if it is not UTF-8.
    pub encoding: Option<&'static str>,
    /// The byte order mark that is not part of the text.
    mark: Vec<u8>,
}

impl Encoded {
    /// Reads a file's bytes.
    ///
    /// # Errors
    /// If they are no text.
    pub fn read(bytes: Vec<u8>, given: Option<&'static Encoding>) -> Result<Encoded, ReadError> {
        let marked = Encoding::for_bom(&bytes).filter(|(encoding, _)| *encoding != UTF_8);
        let mark = bytes[..marked.map_or(0, |(_, mark)| mark)].to_vec();
        let (text, encoding) = into_text(bytes, given)?;
        Ok(Encoded { text, encoding, mark })
    }

    /// Another text as bytes in the same encoding; `None` if it has characters that the encoding has not.
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut bytes = self.mark.clone();
        match self.encoding {
            None => bytes.extend_from_slice(text.as_bytes()),
            Some("UTF-16LE") => bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
            Some("UTF-16BE") => bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
            Some(name) => {
                let (encoded, _, unmappable) = Encoding::for_label(name.as_bytes())?.encode(text);
                if unmappable {
                    return None;
                }
                bytes.extend_from_slice(&encoded);
            }
        }
        Some(bytes)
    }
}

/// The bytes as text, with the name of their encoding if it is not UTF-8.
pub(super) fn into_text(
    bytes: Vec<u8>,
    given: Option<&'static Encoding>,
) -> Result<(String, Option<&'static str>), ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        return decoded(encoding, &bytes, mark);
    }
    if let Some(encoding) = given.filter(|encoding| *encoding != UTF_8) {
        return decoded(encoding, &bytes, 0);
    }
    if simdutf8::basic::from_utf8(&bytes).is_err() {
        let at = simdutf8::compat::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
        if let Some(at) = memchr::memchr(0, &bytes) {
            return Err(ReadError::Binary { at });
        }
        return match (given, guessed(&bytes)) {
            (None, Some(encoding)) => decoded(encoding, &bytes, 0),
            _ => Err(ReadError::NotUtf8 { at }),
        };
    }
    if let Some(at) = memchr::memchr(0, &bytes[..bytes.len().min(8192)]) {
        return Err(ReadError::Binary { at });
    }
    // SAFETY: the bytes were just found to be valid UTF-8. The standard library's own check reads Chinese at a tenth of
    // the speed of this one, which would be a third of the time that checking an article takes.
    Ok((unsafe { String::from_utf8_unchecked(bytes) }, None))
}

/// What the bytes read as, if they read as an encoding of East Asia without a fault. A single-byte encoding reads
/// anything without a fault, so that guess is worth nothing for copy.
fn guessed(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    detector.feed(sample, sample.len() == bytes.len());
    let encoding = detector.guess(None, Utf8Detection::Deny);
    (!encoding.is_single_byte()).then_some(match encoding.name() {
        "GBK" => encoding_rs::GB18030,
        _ => encoding,
    })
}

/// The bytes from `from` on as text.
fn decoded(
    encoding: &'static Encoding,
    bytes: &[u8],
    from: usize,
) -> Result<(String, Option<&'static str>), ReadError> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[from..]);
    match text {
        Some(text) => Ok((text.into_owned(), Some(encoding.name()))),
        None => Err(ReadError::NotIn { encoding: encoding.name(), at: from + valid_up_to(encoding, &bytes[from..]) }),
    }
}

/// Bytes up to the first that is none of an encoding.
fn valid_up_to(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = [0; 4096];
    let mut at = 0;
    loop {
        let (ended, read, _) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match ended {
            DecoderResult::Malformed(bad, beyond) => return at.saturating_sub(usize::from(bad) + usize::from(beyond)),
            DecoderResult::InputEmpty => return at,
            DecoderResult::OutputFull => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COPY: &str = "代表团昨天抵达港口，双方将在本周五举行第二轮会谈。";

    #[test]
    fn encodings_are_told_and_named() {
        for (encoding, copy) in [
            (encoding_rs::GB18030, COPY),
            (encoding_rs::BIG5, "代表團昨天抵達港口，雙方將在本週五舉行第二輪會談。"),
            (encoding_rs::SHIFT_JIS, "代表団は昨日港に到着し、金曜日に第二回の会談を行う。"),
        ] {
            let bytes = encoding.encode(copy).0.into_owned();
            assert_eq!(into_text(bytes, None), Ok((copy.to_owned(), Some(encoding.name()))), "{}", encoding.name());
        }
        let utf16: Vec<u8> = "\u{FEFF}港口".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(into_text(utf16, None), Ok(("港口".to_owned(), Some("UTF-16LE"))));
        assert_eq!(into_text(COPY.into(), None), Ok((COPY.to_owned(), None)));
        assert_eq!(encoding_named("GB2312"), Some(encoding_rs::GB18030));
        assert_eq!(encoding_named("klingon"), None);
    }

    #[test]
    fn a_text_is_written_as_it_was_read() {
        let utf16: Vec<u8> = "\u{FEFF}港口".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [encoding_rs::GB18030.encode(COPY).0.into_owned(), utf16, "\u{FEFF}港口".into()] {
            let source = Encoded::read(bytes.clone(), None).unwrap();
            assert_eq!(source.encode(&source.text), Some(bytes));
        }
        let big5 = Encoded::read(encoding_rs::BIG5.encode("港口").0.into_owned(), encoding_named("big5")).unwrap();
        assert_eq!(big5.encode("😀"), None);
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert_eq!(into_text(b"a\xB0".to_vec(), None), Err(ReadError::NotUtf8 { at: 1 }));
        assert_eq!(into_text(b"PK\0\0".to_vec(), None), Err(ReadError::Binary { at: 2 }));
        let bad = into_text(b"ab\xFF\xFF".to_vec(), encoding_named("gb18030"));
        assert_eq!(bad, Err(ReadError::NotIn { encoding: "gb18030", at: 2 }));
        let cut: Vec<u8> = "\u{FEFF}港口".encode_utf16().flat_map(u16::to_le_bytes).take(5).collect();
        assert_eq!(into_text(cut, None), Err(ReadError::NotIn { encoding: "UTF-16LE", at: 4 }));
    }
}
