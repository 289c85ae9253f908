//! Slots: the typed holes of a pattern, and how `{country|short}` is read.

use crate::fact::{FactBase, FormId, KindId};
use crate::value::{Dimension, ValueType, dimension, value_type};
use serde::{Deserialize, Serialize};

/// What fills a slot.
#[derive(Clone, Serialize, Deserialize)]
pub enum SlotKind {
    /// A known name of a kind, in one of these forms.
    Entity {
        /// The kind.
        kind: KindId,
        /// Forms that are accepted.
        forms: Vec<FormId>,
        /// `{person~}`: also a word within one edit of the name the facts expect there.
        near: bool,
        /// `{person!}`: also words that are no known name, if they can only be somebody's full name.
        stranger: bool,
        /// Names of the kind are words of the language, so that a name beside one is meant as a name.
        words: bool,
    },
    /// A value.
    Value {
        /// Its type.
        ty: &'static ValueType,
        /// `{km:length}`: only quantities of this dimension.
        dimension: Option<Dimension>,
    },
}

/// A typed, named hole.
#[derive(Clone, Serialize, Deserialize)]
pub struct Slot {
    /// The name it is called by in expressions.
    pub name: String,
    /// What fills it.
    pub kind: SlotKind,
    /// Bytes of the pattern that wrote it; kept while the rule loads.
    #[serde(skip)]
    pub at: std::ops::Range<usize>,
}

/// What is wrong with the inside of `{…}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SlotError {
    /// Neither a kind nor a value type.
    UnknownType(String),
    /// Not a form of the kind.
    UnknownForm { kind: String, form: String },
    /// A form, `~` or `!` on a value type.
    NotAnEntity(String),
    /// Not a name.
    BadName(String),
}

/// Reads the inside of `{…}`: `type`, `name:type`, with `.form`, `|form` or a final `~` or `!`.
pub(crate) fn read_slot(inside: &str, at: std::ops::Range<usize>, base: &FactBase) -> Result<Slot, SlotError> {
    let body = inside.trim_end_matches(['~', '!']);
    let (near, stranger) = (inside.ends_with('~'), inside.ends_with('!'));
    let (name, ty) = match body.split_once(':') {
        Some((name, ty)) => (Some(name), ty),
        None => (None, body),
    };
    let cut = ty.find(['.', '|']).unwrap_or(ty.len());
    let (word, form) = ty.split_at(cut);
    let name = name.unwrap_or(word);
    if !is_name(name) {
        return Err(SlotError::BadName(name.to_owned()));
    }
    let kind = match base.kind(word) {
        Some(kind) => {
            let known = |form: &str| {
                base.form(kind, form)
                    .ok_or_else(|| SlotError::UnknownForm { kind: word.to_owned(), form: form.to_owned() })
            };
            let mut forms = Vec::new();
            match form.chars().next() {
                None => forms.push(FormId::BASE),
                Some('.') => forms.push(known(&form[1..])?),
                Some(_) => {
                    forms.push(FormId::BASE);
                    for more in form[1..].split('|') {
                        forms.push(known(more)?);
                    }
                }
            }
            SlotKind::Entity { kind, forms, near, stranger, words: base.is_words(kind) }
        }
        None => {
            let found = value_type(word).map(|ty| (ty, None)).or_else(|| {
                let measured = dimension(word)?;
                Some((value_type("quantity")?, Some(measured)))
            });
            let (ty, dimension) = found.ok_or_else(|| SlotError::UnknownType(word.to_owned()))?;
            if near || stranger || !form.is_empty() {
                return Err(SlotError::NotAnEntity(word.to_owned()));
            }
            SlotKind::Value { ty, dimension }
        }
    };
    Ok(Slot { name: name.to_owned(), kind, at })
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
