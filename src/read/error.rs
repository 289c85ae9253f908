//! Why a file cannot be read as copy.

use super::FORMATS;
use std::fmt;

/// Why a file cannot be read as copy; the message says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// No reader for this extension.
    UnknownFormat {
        /// The extension.
        extension: String,
    },
    /// Bytes that are no UTF-8 text.
    NotUtf8 {
        /// First byte that is none.
        at: usize,
    },
    /// Bytes that are no text in the encoding that was given or found.
    NotIn {
        /// The encoding's name.
        encoding: &'static str,
        /// The byte of the file at which they stop being it.
        at: usize,
    },
    /// A file that its format does not allow.
    Malformed {
        /// The format.
        format: &'static str,
        /// What is wrong.
        what: String,
        /// The byte of the file near which it stands.
        at: Option<usize>,
    },
    /// More than a reader takes, so that no file can use up the machine.
    TooLarge {
        /// What is too large, and its limit.
        what: &'static str,
    },
    /// A file of a general format (JSON, XML) that is no news copy.
    NotCopy {
        /// The extension.
        extension: String,
    },
    /// No text at all: it holds NUL bytes.
    Binary {
        /// The first of them.
        at: usize,
    },
}

impl ReadError {
    pub(super) fn not_copy(path: &str) -> ReadError {
        let extension = path.rsplit_once('.').map_or(path, |(_, extension)| extension);
        ReadError::NotCopy { extension: extension.to_owned() }
    }

    pub(super) fn unknown_format(path: &str) -> ReadError {
        let extension = path.rsplit_once('.').map_or(path, |(_, extension)| extension);
        ReadError::UnknownFormat { extension: extension.to_owned() }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::UnknownFormat { extension } => {
                let known: Vec<String> = FORMATS
                    .iter()
                    .map(|format| format!("{} (.{})", format.name, format.extensions.join(", .")))
                    .collect();
                write!(f, "there is no reader for “.{extension}” files; factlint reads {}", known.join(" and "))?;
                if extension.eq_ignore_ascii_case("pdf") {
                    f.write_str(". Take the words out of a page first: pdftotext page.pdf - | factlint check - --stdin-filename page.txt")?;
                }
                Ok(())
            }
            ReadError::NotUtf8 { at } => write!(
                f,
                "not UTF-8 text (byte {at}), and its encoding cannot be told; name it: --encoding gb18030, big5, shift-jis …"
            ),
            ReadError::NotIn { encoding, at } => {
                write!(
                    f,
                    "not {encoding} text (byte {at}); name its encoding: --encoding utf-8, gb18030, big5, shift-jis …"
                )
            }
            ReadError::Malformed { format, what, at: Some(at) } => write!(f, "not {format} (byte {at}): {what}"),
            ReadError::Malformed { format, what, at: None } => write!(f, "not {format}: {what}"),
            ReadError::TooLarge { what } => write!(f, "too large to be read safely: {what}"),
            ReadError::NotCopy { extension } => write!(
                f,
                "this .{extension} file is in no news format that factlint knows; name one with --format if it is copy"
            ),
            ReadError::Binary { at } => write!(f, "not a text file (a NUL byte at byte {at})"),
        }
    }
}

impl std::error::Error for ReadError {}
