//! Walking the spanned TOML of a map: typed getters that tell a mistake at its place and go on.

use crate::rule::problem::Problem;
use crate::rule::written::{At, Placed, SourceFile};
use crate::text::{Lang, nearest};
use jiff::civil::Date;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place.
pub(super) type Item<'t, 'i> = &'t Spanned<DeValue<'i>>;

/// The map being read, and what is wrong with it so far.
pub(super) struct Reader<'a> {
    /// One file: the map.
    pub(super) files: &'a [SourceFile],
    pub(super) found: Vec<Problem>,
}

impl Reader<'_> {
    /// Tells a mistake.
    pub(super) fn problem(&mut self, message: impl Into<String>, range: Range<usize>, help: impl Into<String>) {
        self.found.push(Problem::new(message, &At { file: 0, range }, self.files).help(help));
    }

    /// The keys of a table with their values, in written order. A key that is not known is told and left out.
    pub(super) fn entries<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        known: &[&str],
        what: &str,
    ) -> Vec<(&'t str, Range<usize>, Item<'t, 'i>)> {
        let mut entries = in_order(table);
        entries.retain(|(key, span, _)| {
            let is_known = known.contains(key);
            if !is_known {
                let help = match nearest(key, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("{what} has these keys: {}", known.join(", ")),
                };
                self.problem(format!("unknown key `{key}`"), span.clone(), help);
            }
            is_known
        });
        entries
    }

    /// The value as a table.
    pub(super) fn table<'t, 'i>(&mut self, value: Item<'t, 'i>, what: &str) -> Option<&'t DeTable<'i>> {
        match value.get_ref() {
            DeValue::Table(entries) => Some(entries),
            other => {
                let help = "write `{ key = value }` or a `[section]`";
                self.problem(format!("{what} is a table, not {}", kind(other)), value.span(), help);
                None
            }
        }
    }

    /// The value as a string with its place.
    pub(super) fn string(&mut self, value: Item<'_, '_>, what: &str) -> Option<Placed<String>> {
        match value.get_ref() {
            DeValue::String(text) => {
                Some(Placed { value: text.clone().into_owned(), at: At { file: 0, range: value.span() } })
            }
            other => {
                self.problem(
                    format!("{what} is a string, not {}", kind(other)),
                    value.span(),
                    "put it in quotes: \"…\"",
                );
                None
            }
        }
    }

    /// The strings of a list, or a single string.
    pub(super) fn strings(&mut self, value: Item<'_, '_>, what: &str) -> Vec<Placed<String>> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.string(item, what)).collect(),
            _ => self.string(value, what).into_iter().collect(),
        }
    }

    /// True or false.
    pub(super) fn flag(&mut self, value: Item<'_, '_>, what: &str) -> Option<bool> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                self.problem(
                    format!("{what} is true or false, not {}", kind(other)),
                    value.span(),
                    "leave the quotes out",
                );
                None
            }
        }
    }

    /// A condition: an expression in quotes, or plain `true`.
    pub(super) fn condition(&mut self, value: Item<'_, '_>, what: &str) -> Option<Placed<String>> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(Placed { value: flag.to_string(), at: At { file: 0, range: value.span() } }),
            _ => self.string(value, what),
        }
    }

    /// A day, as TOML writes it.
    pub(super) fn day(&mut self, value: Item<'_, '_>, what: &str) -> Option<Date> {
        let day = match value.get_ref() {
            DeValue::Datetime(day) => day.date.and_then(|day| day.to_string().parse().ok()),
            _ => None,
        };
        if day.is_none() {
            self.problem(format!("{what} is a day"), value.span(), "write it without quotes: 2026-02-07");
        }
        day
    }

    /// One character: a delimiter or a comment mark.
    pub(super) fn one_byte(&mut self, value: Item<'_, '_>, what: &str) -> Option<u8> {
        let word = self.string(value, what)?;
        match word.value.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'"' | b'\n' | b'\r') => {
                Some(*byte)
            }
            _ => {
                self.problem(
                    format!("{what} is one ASCII sign"),
                    word.at.range,
                    "such as \";\" or \"\\t\"; a comment begins with \"#\"",
                );
                None
            }
        }
    }

    /// The language that a key names.
    pub(super) fn language(&mut self, key: &str, span: Range<usize>) -> Option<Lang> {
        let lang = Lang::from_code(key).filter(|lang| lang.code() == key);
        if lang.is_none() {
            self.problem(format!("`{key}` is no language"), span, "use a two-letter code such as `zh` or `en`");
        }
        lang
    }
}

/// Keys with their values, in written order.
pub(super) fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t str, Range<usize>, Item<'t, 'i>)> {
    let mut entries: Vec<_> = table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
    entries.sort_by_key(|(_, span, _)| span.start);
    entries
}

/// What a value is, for messages.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a day",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
