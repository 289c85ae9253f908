//! What can be wrong with a table as a whole, and with a row of it.

use std::fmt;

/// Why nothing of a table can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableError {
    /// Its bytes are no UTF-8.
    NotUtf8 {
        /// The line with the first bad byte.
        line: usize,
    },
    /// It is UTF-16, as spreadsheets call "Unicode text".
    Utf16,
    /// It has no line of column names.
    NoHeader,
    /// Two columns bear one name.
    SameColumn(String),
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableError::NotUtf8 { line } => {
                write!(f, "line {line} is not UTF-8 text (save the table as “CSV UTF-8”)")
            }
            TableError::Utf16 => f.write_str("the table is UTF-16 (save it as “CSV UTF-8”)"),
            TableError::NoHeader => f.write_str("the table is empty (its first line names the columns)"),
            TableError::SameColumn(name) => {
                write!(f, "two columns are called `{name}` (give one of them another name)")
            }
        }
    }
}

impl std::error::Error for TableError {}

/// A row that gives no entity, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its number as a spreadsheet counts: the column names are row 1.
    pub row: usize,
    /// The columns that the wrong value comes from.
    pub columns: Vec<String>,
    /// What is wrong.
    pub error: RowError,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowError {
    /// More or fewer cells than columns.
    Cells {
        /// Cells of the row.
        has: usize,
        /// Columns of the table.
        wants: usize,
    },
    /// The id came out empty.
    NoId,
    /// What should be an id is none.
    BadId(String),
    /// What should be a kind is none.
    BadKind {
        /// As it came out.
        kind: String,
        /// A kind that is spelt alike.
        near: Option<String>,
    },
    /// The id is that of another row.
    TakenByRow {
        /// The id.
        id: String,
        /// The earlier row.
        row: usize,
    },
    /// The id stands in a facts file of `beside`.
    TakenByFile {
        /// The id.
        id: String,
        /// The file.
        file: String,
    },
    /// What should be a day is none.
    BadDay(String),
    /// `until` lies before `from`.
    Reversed {
        /// First day.
        from: String,
        /// Last day.
        until: String,
    },
    /// What should be a number is none.
    BadNumber(String),
    /// What should be a year is none.
    BadYear(String),
    /// Neither `high`, `medium` nor `low`.
    BadConfidence(String),
    /// A fact points to an entity that nothing declares.
    NoSuchEntity {
        /// The kind that the relation asks for.
        kind: String,
        /// The id.
        id: String,
        /// An id that is spelt alike.
        near: Option<String>,
    },
    /// A template or expression of the map could not be worked out for this row.
    Expression(String),
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.row)?;
        for (at, column) in self.columns.iter().enumerate() {
            f.write_str(match (at, self.columns.len()) {
                (0, 1) => ", column ",
                (0, _) => ", columns ",
                _ => ", ",
            })?;
            write!(f, "`{column}`")?;
        }
        write!(f, ": {}", self.error)
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowError::Cells { has, wants } => write!(
                f,
                "it has {has} cells, the table {wants} columns (look for a missing separator, or a `\"` that is not closed)"
            ),
            RowError::NoId => f.write_str("its id is empty (fill the cell, or leave the row out with `where`)"),
            RowError::BadId(id) => {
                write!(f, "`{id}` is no id (use ASCII letters, digits, `-` and `_`; the filter `slug` makes them)")
            }
            RowError::BadKind { kind, near: Some(near) } => {
                write!(f, "there is no kind `{kind}` (did you mean `{near}`?)")
            }
            RowError::BadKind { kind, near: None } => {
                write!(f, "there is no kind `{kind}` (declare it in a file that `schema` names)")
            }
            RowError::TakenByRow { id, row } => write!(
                f,
                "the id `{id}` is that of row {row} already (make ids differ, or say `unique = \"merge\"` or `\"number\"`)"
            ),
            RowError::TakenByFile { id, file } => write!(
                f,
                "the id `{id}` stands in {file} already (make it differ, or say `unique = \"merge\"` or `\"number\"`)"
            ),
            RowError::BadDay(day) => write!(f, "`{day}` is no day (write it as 2026-02-07)"),
            RowError::Reversed { from, until } => {
                write!(f, "it ends on {until}, before it begins on {from} (exchange or correct the days)")
            }
            RowError::BadNumber(number) => {
                write!(f, "`{number}` is no number (write digits alone, such as 1570 or 2.5)")
            }
            RowError::BadYear(year) => write!(f, "`{year}` is no year (write digits alone, such as 1949)"),
            RowError::BadConfidence(word) => {
                write!(f, "`{word}` is no confidence (write high, medium or low)")
            }
            RowError::NoSuchEntity { kind, id, near: Some(near) } => {
                write!(f, "there is no {kind} with the id `{id}` (did you mean `{near}`?)")
            }
            RowError::NoSuchEntity { kind, id, near: None } => {
                write!(f, "there is no {kind} with the id `{id}` (correct it, or add the {kind} to a facts file)")
            }
            RowError::Expression(why) => f.write_str(why),
        }
    }
}
