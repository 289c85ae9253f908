//! What an expression sees of a claim: its slots, the article and the day, and the record of what was asked.

use super::objects::{DateObject, EntityObject, LunarObject, TallyObject, TimeObject, WeekdayObject, number};
use crate::diagnostic::Evidence;
use crate::fact::{Days, EntityId, FactBase};
use crate::text::{Lang, fold_literal};
use crate::value::{Rounding, Value as Read, interval, to_base};
use jiff::civil::Date;
use minijinja::value::{Object, Value};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// One reading of what filled a slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Meant {
    /// An entity; `unsure` if the name is not certain to be one of its.
    Entity { id: EntityId, unsure: bool },
    /// A value.
    Value(Read),
}

/// A slot with one reading of each capture.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    pub(crate) name: Arc<str>,
    /// A list slot is a list even if it was filled once.
    pub(crate) list: bool,
    pub(crate) meant: Vec<Meant>,
    /// The words as they stand, one for each capture.
    pub(crate) words: Arc<[String]>,
}

/// What is known of the article.
#[derive(Clone, Debug)]
pub(crate) struct ArticleScope {
    pub(crate) date: Option<Date>,
    /// What the dateline names; several where it names several places or the name has several bearers.
    pub(crate) place: Arc<[EntityId]>,
    pub(crate) lang: Lang,
    /// `claim.said`: the days that a relative word in the claim may count from, the article's and those named before
    /// the claim. Looked for only where an expression asks for it.
    pub(crate) said: Arc<[Date]>,
    /// `claim.years`: the years that the words right before the claim, or behind it in its sentence, speak of. Looked for
    /// only where an expression asks for it.
    pub(crate) years: Arc<[i16]>,
    /// Whether what is asked is told: then it is written down as evidence.
    pub(crate) tells: bool,
}

/// Which end of its interval each printed number is taken at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Corner {
    /// The nominal values.
    Nominal,
    /// Bit `n` set: slot `n` at its greatest value, else at its least.
    Ends(u32, Rounding),
}

/// How slots print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// For computing.
    Values,
    /// For messages: values as they stand in the copy.
    Words,
}

/// What the functions asked while an expression was evaluated.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) evidence: Vec<Evidence>,
    /// A contested or low-confidence fact took part.
    pub(crate) unsure: bool,
    /// A certain fact took part: it can refute, and the doubtful ones beside it only add what is right too.
    pub(crate) sure: bool,
    /// A volatile fact was asked about a day far past its check.
    pub(crate) stale: bool,
    /// What was asked for changes often, and is not known for certain on every day that is meant.
    pub(crate) doubt: bool,
}

/// The root of an expression's names.
pub(crate) struct Scope {
    pub(crate) base: Arc<FactBase>,
    pub(crate) article: ArticleScope,
    pub(crate) days: Days,
    pub(crate) bindings: Arc<[Binding]>,
    /// The slot whose right value is asked for: it is hidden, so that a function of its name can be called.
    pub(crate) hidden: Option<usize>,
    pub(crate) corner: Corner,
    pub(crate) mode: Mode,
    pub(crate) log: Mutex<Log>,
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("bindings", &self.bindings).finish_non_exhaustive()
    }
}

impl Scope {
    /// Runs `write` on the record; a poisoned lock only means that another thread panicked, the record is still good.
    pub(crate) fn note(&self, write: impl FnOnce(&mut Log)) {
        write(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Takes the record.
    pub(crate) fn take_log(&self) -> Log {
        std::mem::take(&mut *self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// An entity as an object of this scope's language and day.
    pub(crate) fn entity(&self, id: EntityId) -> Value {
        Value::from_object(EntityObject { id, base: self.base.clone(), lang: self.article.lang, days: self.days })
    }

    /// A value as an expression sees it, numbers at this scope's corner.
    fn value(&self, slot: usize, value: &Read) -> Value {
        let lang = self.article.lang;
        let corner = match self.corner {
            Corner::Ends(bits, rounding) => {
                interval(value, rounding).map(|(low, high)| if bits >> slot & 1 == 1 { high } else { low })
            }
            Corner::Nominal => None,
        };
        let pick = |amount: &crate::value::Number| number(corner.unwrap_or(amount.value));
        match value {
            Read::Number(amount) | Read::Percent(amount) => pick(amount),
            Read::Ordinal(ordinal) => Value::from(*ordinal),
            Read::Money(money) => pick(&money.amount),
            Read::Quantity(quantity) => number(corner.unwrap_or_else(|| to_base(value, quantity.amount.value))),
            Read::Duration(duration) => pick(&duration.amount),
            Read::Year(year) => Value::from(*year),
            Read::Date(date) => Value::from_object(DateObject { date: *date, lang }),
            Read::Weekday(weekday) => Value::from_object(WeekdayObject { weekday: *weekday, lang }),
            Read::Time(time) => Value::from_object(TimeObject { time: *time, lang }),
            Read::Lunar(lunar) => Value::from_object(LunarObject { lunar: *lunar }),
            Read::Tally(tally) => Value::from_object(TallyObject { tally: *tally }),
            // Words are bound with the place where they stand.
            Read::Words => Value::UNDEFINED,
        }
    }

    /// A slot by number.
    fn slot(&self, slot: usize) -> Value {
        let binding = &self.bindings[slot];
        let item = |at: usize, meant: &Meant| match (meant, self.mode) {
            (Meant::Entity { id, .. }, _) => self.entity(*id),
            (Meant::Value(_), Mode::Words) | (Meant::Value(Read::Words), _) => Value::from(binding.words[at].as_str()),
            (Meant::Value(value), Mode::Values) => self.value(slot, value),
        };
        let mut items = binding.meant.iter().enumerate().map(|(at, meant)| item(at, meant));
        if binding.list {
            return Value::from(items.collect::<Vec<_>>());
        }
        items.next().unwrap_or_default()
    }

    /// Everything of its kind that the words of a slot may mean.
    fn readings(&self, slot: usize) -> Option<Value> {
        let binding = &self.bindings[slot];
        let mut found = Vec::new();
        for (meant, words) in binding.meant.iter().zip(binding.words.iter()) {
            let Meant::Entity { id, .. } = meant else { return None };
            let kind = self.base.kind_of(*id);
            let uses = self.base.names().exact(&fold_literal(words));
            let mut others: Vec<EntityId> = uses.iter().filter(|other| other.kind == kind).map(|o| o.entity).collect();
            others.push(*id);
            found.append(&mut others);
        }
        found.sort();
        found.dedup();
        Some(Value::from(found.into_iter().map(|id| self.entity(id)).collect::<Vec<_>>()))
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.bindings.iter().position(|binding| *binding.name == *name && !binding.meant.is_empty())
    }
}

impl Object for Scope {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let part = |part: Part| Some(Value::from_object(Of { scope: self.clone(), part }));
        if let Some(slot) = self.position(key)
            && self.hidden != Some(slot)
        {
            return Some(self.slot(slot));
        }
        match key {
            "unit" => part(Part::Unit),
            "symbol" => part(Part::Symbol),
            "dimension" => part(Part::Dimension),
            "written" => part(Part::Written),
            "claimed" => part(Part::Claimed),
            "readings" => part(Part::Readings),
            "article" => part(Part::Article),
            "claim" => part(Part::Claim),
            _ => None,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

/// Names that an expression may use beside its slots.
pub(crate) const RESERVED: &[&str] =
    &["unit", "symbol", "dimension", "written", "claimed", "readings", "article", "claim"];

#[derive(Clone, Copy, Debug)]
enum Part {
    Unit,
    Symbol,
    Dimension,
    Written,
    Claimed,
    Readings,
    Article,
    Claim,
}

/// `unit.total`, `symbol.km`, `written.city`, `article.date` …: a part of the scope.
#[derive(Debug)]
pub(crate) struct Of {
    pub(crate) scope: Arc<Scope>,
    part: Part,
}

impl Object for Of {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let scope = &self.scope;
        match self.part {
            Part::Article => match key {
                "date" => {
                    let day = scope.article.date?;
                    let date = crate::value::PartialDate::from(day);
                    Some(Value::from_object(DateObject { date, lang: scope.article.lang }))
                }
                "place" => match scope.article.place[..] {
                    [] => None,
                    [only] => Some(scope.entity(only)),
                    _ => Some(Value::from(
                        scope.article.place.iter().map(|place| scope.entity(*place)).collect::<Vec<_>>(),
                    )),
                },
                "lang" => Some(Value::from(scope.article.lang.code())),
                _ => None,
            },
            Part::Claim => match key {
                "said" if !scope.article.said.is_empty() => {
                    let object = |day: &Date| DateObject { date: (*day).into(), lang: scope.article.lang };
                    Some(Value::from(
                        scope.article.said.iter().map(|day| Value::from_object(object(day))).collect::<Vec<_>>(),
                    ))
                }
                "years" if !scope.article.years.is_empty() => {
                    Some(Value::from(scope.article.years.iter().copied().map(Value::from).collect::<Vec<_>>()))
                }
                "day" if scope.days.from == scope.days.until => {
                    let date = crate::value::PartialDate::from(scope.days.from);
                    Some(Value::from_object(DateObject { date, lang: scope.article.lang }))
                }
                _ => None,
            },
            Part::Readings => scope.readings(scope.position(key)?),
            Part::Claimed => Some(scope.slot(scope.position(key)?)),
            Part::Written => {
                // A name that is not known has words and no meaning.
                let mut bindings = scope.bindings.iter();
                let binding = bindings.find(|binding| *binding.name == *key && !binding.words.is_empty())?;
                Some(if binding.list {
                    Value::from(binding.words.to_vec())
                } else {
                    Value::from(binding.words.first()?.as_str())
                })
            }
            Part::Unit => scope.common_unit(key, |quantity| quantity.unit.family, |money| money.currency),
            Part::Symbol => scope.common_unit(key, |quantity| quantity.unit.symbol, |money| money.currency),
            Part::Dimension => scope.common_unit(key, |quantity| quantity.unit.dimension.as_str(), |_| "money"),
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

impl Scope {
    /// The word that all captures of a slot share; undefined if they differ, "" for plain numbers.
    fn common_unit(
        &self,
        slot: &str,
        quantity: impl Fn(&crate::value::Quantity) -> &'static str,
        money: impl Fn(&crate::value::Money) -> &'static str,
    ) -> Option<Value> {
        let binding = &self.bindings[self.position(slot)?];
        let mut words = binding.meant.iter().map(|meant| match meant {
            Meant::Value(Read::Quantity(q)) => quantity(q),
            Meant::Value(Read::Money(m)) => money(m),
            Meant::Value(Read::Duration(duration)) => duration.unit.as_str(),
            _ => "",
        });
        let first = words.next()?;
        words.all(|word| word == first).then(|| Value::from(first))
    }
}
