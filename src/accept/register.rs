//! A register of findings that are let stand, as a TOML file: acceptances by hand, with who, why and until, and baselines.
//!
//! An entry is keyed on the rule, the words flagged and the words around them, so that it survives edits elsewhere and a
//! move to another file. It is never keyed on a place.

use crate::diagnostic::Diagnostic;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;

/// Characters on either side of a finding that its entry keeps.
const CONTEXT: usize = 16;

/// Findings that are let stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    entries: Vec<Entry>,
    by_key: HashMap<Key, Vec<usize>>,
}

/// Rule, words and context.
type Key = (String, String, String);

/// An entry, as a person may write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Entry {
    /// The rule.
    pub rule: String,
    /// The words flagged.
    pub text: String,
    /// The words around them, without spaces.
    pub context: String,
    /// The file it was found in, for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// How many such findings; 0 means 1.
    #[serde(skip_serializing_if = "few")]
    pub count: usize,
    /// Who lets it stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The last day of articles for which it holds, as `2026-12-31`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

fn few(count: &usize) -> bool {
    *count < 2
}

/// The file as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    accepted: Vec<Entry>,
}

/// Why a register cannot be used; the message says what to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterError(String);

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RegisterError {}

impl Register {
    /// Reads a register.
    ///
    /// # Errors
    /// If it is no TOML, has a key that means nothing, or a day that is none.
    pub fn parse(text: &str) -> Result<Register, RegisterError> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            RegisterError(format!("line {line}: {}", error.message()))
        })?;
        let bad = |entry: &&Entry| entry.until.as_ref().is_some_and(|day| day.parse::<Date>().is_err());
        if let Some(entry) = written.accepted.iter().find(bad) {
            let day = entry.until.as_deref().unwrap_or_default();
            return Err(RegisterError(format!("`until = \"{day}\"` is no day: write it as \"2026-12-31\"")));
        }
        Ok(written.accepted.into_iter().collect())
    }

    /// The register as TOML, its entries in the order of their rules and words.
    pub fn to_toml(&self) -> String {
        let mut accepted = self.entries.clone();
        accepted.sort_by(|a, b| (&a.rule, &a.text, &a.context, &a.path).cmp(&(&b.rule, &b.text, &b.context, &b.path)));
        toml::to_string(&Written { accepted }).unwrap_or_default()
    }

    /// Its entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds a finding, with the file it stands in and what is said about it.
    pub fn add(&mut self, path: &str, text: &str, found: &Diagnostic, said: &Entry) {
        let (rule, words, context) = key(text, found);
        let same = |entry: &&mut Entry| {
            entry.rule == rule && entry.text == words && entry.context == context && entry.path == path
        };
        match self.entries.iter_mut().find(same) {
            Some(entry) => entry.count = entry.count.max(1) + 1,
            None => self.push(Entry { rule, text: words, context, path: path.to_owned(), ..said.clone() }),
        }
    }

    fn push(&mut self, entry: Entry) {
        let key = (entry.rule.clone(), entry.text.clone(), entry.context.clone());
        self.by_key.entry(key).or_default().push(self.entries.len());
        self.entries.push(entry);
    }

    /// Why a finding is let stand, if it is; `counts` remembers how many of a file's findings were.
    pub(super) fn accepts(
        &self,
        text: &str,
        found: &Diagnostic,
        counts: &mut Vec<(Key, usize)>,
    ) -> Option<Option<String>> {
        if self.by_key.is_empty() {
            return None;
        }
        let key = key(text, found);
        let entries = self.by_key.get(&key)?.iter().map(|at| &self.entries[*at]);
        let holds = |entry: &&Entry| match (
            entry.until.as_ref().and_then(|day| day.parse::<Date>().ok()),
            found.article.date,
        ) {
            (Some(until), Some(day)) => day <= until,
            _ => true,
        };
        let entries: Vec<&Entry> = entries.filter(holds).collect();
        let allowed: usize = entries.iter().map(|entry| entry.count.max(1)).sum();
        let used = match counts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, used)) => used,
            None => {
                counts.push((key, 0));
                &mut counts.last_mut()?.1
            }
        };
        *used += 1;
        (*used <= allowed).then(|| entries.iter().find_map(|entry| entry.why.clone()))
    }
}

impl FromIterator<Entry> for Register {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Register {
        let mut register = Register::default();
        entries.into_iter().for_each(|entry| register.push(entry));
        register
    }
}

/// What a finding is known again by: the words around it go no further than its sentence.
fn key(text: &str, found: &Diagnostic) -> Key {
    let inside = |c: &char| !matches!(c, '。' | '！' | '？' | '.' | '!' | '?' | '；');
    let printed = |c: &char| !c.is_whitespace();
    let before = text.get(..found.span.start).unwrap_or_default().chars().rev().take_while(inside).filter(printed);
    let mut context: Vec<char> = before.take(CONTEXT).collect();
    context.reverse();
    context.push('|');
    let after = text.get(found.span.end..).unwrap_or_default().chars().take_while(inside).filter(printed);
    context.extend(after.take(CONTEXT));
    (found.rule.clone(), found.text.clone(), context.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{ArticleInfo, Severity};
    use crate::text::{Lang, Span};
    use jiff::civil::date;

    fn finding(text: &str, words: &str) -> Diagnostic {
        Diagnostic {
            rule: "capital".into(),
            severity: Severity::Error,
            message: String::new(),
            help: Vec::new(),
            span: Span::new(text.find(words).unwrap(), text.find(words).unwrap() + words.len()),
            text: words.into(),
            expected: Vec::new(),
            labels: Vec::new(),
            fixes: Vec::new(),
            evidence: Vec::new(),
            run: None,
            article: ArticleInfo { title: None, date: Some(date(2026, 2, 7)), lang: Lang::ZH },
        }
    }

    const COPY: &str = "第一段。\n船队昨天离开挪威首都卑尔根,开往下一站。\n";

    #[test]
    fn an_entry_survives_edits_elsewhere_and_moves() {
        let mut register = Register::default();
        let said = Entry { why: Some("引旧书".into()), ..Entry::default() };
        register.add("a.txt", COPY, &finding(COPY, "卑尔根"), &said);
        let register = Register::parse(&register.to_toml()).unwrap();
        let moved = "另一个开头,很长很长。\n\n船队昨天离开挪威首都卑尔根,\n开往下一站。天晴。";
        let accepted = |text: &str| register.accepts(text, &finding(text, "卑尔根"), &mut Vec::new());
        assert_eq!(accepted(moved), Some(Some("引旧书".into())));
        assert_eq!(accepted("船队昨天抵达挪威首都卑尔根。"), None);
    }

    #[test]
    fn an_entry_holds_for_as_many_as_it_says_and_until_its_day() {
        let mut register = Register::default();
        register.add("a.txt", COPY, &finding(COPY, "卑尔根"), &Entry::default());
        let mut counts = Vec::new();
        assert!(register.accepts(COPY, &finding(COPY, "卑尔根"), &mut counts).is_some());
        assert!(register.accepts(COPY, &finding(COPY, "卑尔根"), &mut counts).is_none());
        let ended = Entry { until: Some("2026-01-31".into()), ..register.entries()[0].clone() };
        let register: Register = [ended].into_iter().collect();
        assert!(register.accepts(COPY, &finding(COPY, "卑尔根"), &mut Vec::new()).is_none());
    }

    #[test]
    fn slips_in_a_register_are_told() {
        assert!(
            Register::parse("[[accepted]]\nrul = 'x'").unwrap_err().to_string().starts_with("line 2: unknown field")
        );
        assert!(Register::parse("[[accepted]]\nuntil = 'soon'").unwrap_err().to_string().contains("is no day"));
    }
}
