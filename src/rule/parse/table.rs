//! Walking a spanned TOML table: typed getters that tell a mistake at its place and go on.

use crate::rule::problem::Problem;
use crate::rule::written::{At, Placed, SourceFile};
use crate::text::{Lang, nearest};
use jiff::civil::Date;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place.
pub(super) type Item<'t, 'i> = &'t Spanned<DeValue<'i>>;

/// A table and where it stands.
pub(super) struct Table<'t, 'i> {
    pub(super) entries: &'t DeTable<'i>,
    pub(super) span: Range<usize>,
}

impl<'t, 'i> Table<'t, 'i> {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<Item<'t, 'i>> {
        self.entries.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// Keys with their values, in written order.
    pub(super) fn in_order(&self) -> Vec<(&'t str, Range<usize>, Item<'t, 'i>)> {
        let mut entries: Vec<_> =
            self.entries.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
        entries.sort_by_key(|(_, span, _)| span.start);
        entries
    }
}

/// The file being read, and what is wrong with it so far.
pub(super) struct Reader<'a> {
    pub(super) file: usize,
    pub(super) files: &'a [SourceFile],
    pub(super) found: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn at(&self, range: Range<usize>) -> At {
        At { file: self.file, range }
    }

    fn text(&self) -> &'a str {
        &self.files[self.file].text
    }

    /// Tells a mistake.
    pub(super) fn problem(&mut self, message: impl Into<String>, range: Range<usize>, help: impl Into<String>) {
        let at = self.at(range);
        self.found.push(Problem::new(message, &at, self.files).help(help));
    }

    /// Tells every key that is not among the known ones.
    pub(super) fn only_keys(&mut self, table: &Table<'_, '_>, known: &[&str], what: &str) {
        for (key, span, _) in table.in_order() {
            if !known.contains(&key) {
                self.unknown_key(key, span, known, what);
            }
        }
    }

    pub(super) fn unknown_key(&mut self, key: &str, span: Range<usize>, known: &[&str], what: &str) {
        let help = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("{what} has these keys: {}", known.join(", ")),
        };
        self.problem(format!("unknown key `{key}`"), span, help);
    }

    /// The value as a table.
    pub(super) fn table<'t, 'i>(&mut self, value: Item<'t, 'i>, what: &str) -> Option<Table<'t, 'i>> {
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table { entries, span: value.span() }),
            other => {
                self.problem(
                    format!("{what} is a table, not {}", kind(other)),
                    value.span(),
                    "write `{ key = value }` or a `[section]`",
                );
                None
            }
        }
    }

    /// The value as a string with its place.
    pub(super) fn string(&mut self, value: Item<'_, '_>, what: &str) -> Option<Placed<String>> {
        match value.get_ref() {
            DeValue::String(text) => Some(self.placed(text, value.span())),
            other => {
                self.problem(format!("{what} is a string, not {}", kind(other)), value.span(), "put it in quotes: '…'");
                None
            }
        }
    }

    /// A string with the place of its content, so that offsets in the one are offsets in the other.
    fn placed(&self, text: &str, span: Range<usize>) -> Placed<String> {
        let raw = self.text().get(span.clone()).unwrap_or_default();
        let range = match raw.len().checked_sub(text.len()) {
            Some(2) if raw.get(1..raw.len() - 1) == Some(text) => span.start + 1..span.end - 1,
            Some(6) if raw.get(3..raw.len() - 3) == Some(text) => span.start + 3..span.end - 3,
            _ => span,
        };
        Placed { value: text.to_owned(), at: self.at(range) }
    }

    /// A required string.
    pub(super) fn required(&mut self, table: &Table<'_, '_>, key: &str, what: &str) -> Option<Placed<String>> {
        match table.get(key) {
            Some(value) => self.string(value, &format!("`{key}`")),
            None => {
                self.problem(
                    format!("{what} has no `{key}`"),
                    head(self.text(), table.span.clone()),
                    format!("add `{key} = \"…\"`"),
                );
                None
            }
        }
    }

    /// An optional string.
    pub(super) fn optional(&mut self, table: &Table<'_, '_>, key: &str) -> Option<Placed<String>> {
        let value = table.get(key)?;
        self.string(value, &format!("`{key}`"))
    }

    /// An optional boolean, false if it is not there.
    pub(super) fn flag(&mut self, table: &Table<'_, '_>, key: &str) -> bool {
        match table.get(key).map(|value| (value.get_ref(), value.span())) {
            None => false,
            Some((DeValue::Boolean(flag), _)) => *flag,
            Some((other, span)) => {
                self.problem(
                    format!("`{key}` is true or false, not {}", kind(other)),
                    span,
                    format!("write `{key} = true`"),
                );
                false
            }
        }
    }

    /// An optional day.
    pub(super) fn day(&mut self, table: &Table<'_, '_>, key: &str) -> Option<Date> {
        let value = table.get(key)?;
        let day = match value.get_ref() {
            DeValue::Datetime(datetime) => day_of(datetime),
            _ => None,
        };
        if day.is_none() {
            self.problem(
                format!("`{key}` is a day"),
                value.span(),
                format!("write it without quotes: `{key} = 2026-02-07`"),
            );
        }
        day
    }

    /// The strings of a list, or of a single string.
    pub(super) fn strings(&mut self, value: Item<'_, '_>, what: &str) -> Vec<Placed<String>> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.string(item, what)).collect(),
            _ => self.string(value, what).into_iter().collect(),
        }
    }

    /// A table whose keys are languages: each with its value.
    pub(super) fn by_language<'t, 'i>(&mut self, value: Item<'t, 'i>, what: &str) -> Vec<(Lang, Item<'t, 'i>)> {
        let DeValue::Table(entries) = value.get_ref() else {
            self.problem(
                format!("`{what}` is given by language"),
                value.span(),
                format!("write `{what}.zh = …` and `{what}.en = …`"),
            );
            return Vec::new();
        };
        let table = Table { entries, span: value.span() };
        let mut out = Vec::new();
        for (key, span, value) in table.in_order() {
            match language(key) {
                Some(lang) => out.push((lang, value)),
                None => {
                    self.problem(format!("`{key}` is no language"), span, "use a two-letter code such as `zh` or `en`")
                }
            }
        }
        out
    }

    /// A name of the rule language: `[a-z_][a-z0-9_]*`.
    pub(super) fn name(&mut self, word: &str, span: Range<usize>, what: &str) -> Placed<String> {
        let good = word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !good {
            self.problem(
                format!("`{word}` is no name for {what}"),
                span.clone(),
                "use lower-case letters, digits and `_`, beginning with a letter",
            );
        }
        Placed { value: word.to_owned(), at: self.at(span) }
    }
}

/// A two-letter language code, exactly.
pub(super) fn language(key: &str) -> Option<Lang> {
    Lang::from_code(key).filter(|lang| lang.code() == key)
}

/// The day of a TOML date or date-time.
pub(super) fn day_of(datetime: &toml::value::Datetime) -> Option<Date> {
    let date = datetime.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// What a value is, for messages.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a day",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The first line of a range: enough to point at a table.
fn head(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let end = words.find('\n').unwrap_or(words.len());
    range.start..range.start + end
}
