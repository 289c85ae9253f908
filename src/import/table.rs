//! A CSV or TSV table in memory: column names and rows of cells, with the number that a spreadsheet gives each row.

use super::error::{BadRow, RowError, TableError};
use minijinja::value::{Enumerator, Object, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// How a table is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The sign between cells.
    pub delimiter: u8,
    /// A line that begins with this sign is no row.
    pub comment: Option<u8>,
    /// Whether `"` encloses cells.
    pub quote: bool,
}

impl Format {
    /// The format that a table's name tells: tabs for `.tsv` and `.tab`, else commas.
    pub fn of_name(name: &str) -> Format {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let tabs = matches!(extension.as_deref(), Some("tsv" | "tab"));
        Format { delimiter: if tabs { b'\t' } else { b',' }, comment: None, quote: true }
    }
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name, as a message calls it.
    pub name: String,
    /// Its columns.
    pub columns: Arc<Columns>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Rows that are none.
    pub bad: Vec<BadRow>,
}

/// The names of the columns.
#[derive(Debug, Default)]
pub struct Columns {
    /// In the order of the table.
    pub names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    /// Where a column stands.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }
}

/// A row; in templates the object `row`, with the cells by their columns.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number as a spreadsheet counts: the column names are row 1.
    pub number: usize,
    /// The names of its cells.
    pub columns: Arc<Columns>,
    /// Its cells, without the spaces around them.
    pub cells: Vec<Value>,
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.cells.get(self.columns.place(key.as_str()?)?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.columns.names.iter().map(Value::from).collect())
    }
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// If it is not UTF-8, or its first line does not name the columns.
    pub fn read(name: &str, bytes: &[u8], format: Format) -> Result<Table, TableError> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(TableError::Utf16);
        }
        let text = simdutf8::compat::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            TableError::NotUtf8 { line: before.iter().filter(|byte| **byte == b'\n').count() + 1 }
        })?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(format.delimiter)
            .comment(format.comment)
            .quoting(format.quote)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        // Reading from memory and without a fixed number of cells cannot fail once the text is UTF-8.
        let mut records = reader.records().filter_map(Result::ok);
        let head = records.next().ok_or(TableError::NoHeader)?;
        let columns = Arc::new(columns(&head)?);
        let mut table = Table { name: name.to_owned(), columns, rows: Vec::new(), bad: Vec::new() };
        let mut counter = RowCounter::new(text, format);
        counter.number(&head);
        for record in records {
            let number = counter.number(&record);
            let mut cells: Vec<&str> = record.iter().map(str::trim).collect();
            let wants = table.columns.names.len();
            // Spreadsheets pad rows that were once longer.
            while cells.len() > wants && cells.last().is_some_and(|cell| cell.is_empty()) {
                cells.pop();
            }
            if cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            if cells.len() != wants {
                let error = RowError::Cells { has: cells.len(), wants };
                table.bad.push(BadRow { row: number, columns: Vec::new(), error });
                continue;
            }
            let cells = cells.into_iter().map(Value::from).collect();
            table.rows.push(Row { number, columns: table.columns.clone(), cells });
        }
        Ok(table)
    }
}

/// Counts rows as a spreadsheet does: empty lines and comments are rows, line breaks within cells are not.
struct RowCounter<'t> {
    text: &'t str,
    format: Format,
    /// Bytes whose line breaks are counted.
    counted: usize,
    breaks: usize,
    within_cells: usize,
    line_break: u8,
}

impl<'t> RowCounter<'t> {
    fn new(text: &'t str, format: Format) -> RowCounter<'t> {
        let line_break = if text.contains('\n') { b'\n' } else { b'\r' };
        RowCounter { text, format, counted: 0, breaks: 0, within_cells: 0, line_break }
    }

    /// The number of the next record.
    fn number(&mut self, record: &csv::StringRecord) -> usize {
        let bytes = self.text.as_bytes();
        let mut start = record.position().map_or(0, |position| position.byte() as usize).min(bytes.len());
        // What the reader skipped before the record belongs to its position.
        while let Some(byte) = bytes.get(start) {
            match byte {
                b'\r' | b'\n' => start += 1,
                byte if Some(*byte) == self.format.comment => {
                    start += bytes[start..].iter().take_while(|byte| **byte != self.line_break).count();
                }
                _ => break,
            }
        }
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == self.line_break).count();
        self.breaks += count(&bytes[self.counted.min(start)..start]);
        let number = self.breaks + 1 - self.within_cells;
        self.counted = start;
        self.within_cells += record.iter().map(|cell| count(cell.as_bytes())).sum::<usize>();
        number
    }
}

fn columns(head: &csv::StringRecord) -> Result<Columns, TableError> {
    let names: Vec<String> = head.iter().map(|name| name.trim().to_owned()).collect();
    if names.iter().all(String::is_empty) {
        return Err(TableError::NoHeader);
    }
    let mut places = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        // A column without a name cannot be asked for; spreadsheets leave such ones behind.
        if !name.is_empty() && places.insert(name.clone(), at).is_some() {
            return Err(TableError::SameColumn(name.clone()));
        }
    }
    Ok(Columns { names, places })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = Table::read("x.csv", text.as_bytes(), Format::of_name("x.csv")).unwrap();
        table.rows.iter().map(|row| row.cells.iter().map(ToString::to_string).collect()).collect()
    }

    #[test]
    fn quotes_line_breaks_and_a_byte_order_mark() {
        let text = "\u{FEFF}name,note\r\n\"Oslo, city\",\"he said \"\"no\"\"\"\r\n\"two\nlines\", x \r\n";
        assert_eq!(cells(text), [["Oslo, city", "he said \"no\""], ["two\nlines", "x"]]);
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        let table = Table::read("x.tsv", b"a\tb\n\"1\n1\"\t2\n\t\n\n3\n4\t5\t\n", Format::of_name("x.tsv")).unwrap();
        assert_eq!(table.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 6]);
        assert_eq!(
            table.bad[0].to_string(),
            BadRow { row: 5, columns: vec![], error: RowError::Cells { has: 1, wants: 2 } }.to_string()
        );
    }

    #[test]
    fn tables_that_are_none() {
        let read = |bytes: &[u8]| Table::read("x.csv", bytes, Format::of_name("x.csv")).unwrap_err();
        assert_eq!(read(b""), TableError::NoHeader);
        assert_eq!(read(b"a,b\n1,\xC4\xE3\n"), TableError::NotUtf8 { line: 2 });
        assert_eq!(read(b"\xFF\xFEa\0"), TableError::Utf16);
        assert_eq!(read(b",,\n"), TableError::NoHeader);
        assert_eq!(read(b"a,b,a\n"), TableError::SameColumn("a".to_owned()));
    }
}
