//! Slots whose words markup says something of: names that are no plain words, places by their country, dates by their
//! day.

use super::matcher::{Bound, Matcher};
use crate::article::Says;
use crate::fact::{FactBase, NameUse, ObjectValue};
use crate::text::Span;
use crate::value::{PartialDate, Value};
use jiff::civil::Date;

impl Matcher<'_> {
    /// Whether markup says that these words are a name.
    pub(super) fn is_annotated_name(&self, span: Span) -> bool {
        self.annotations.iter().any(|one| one.span == span && matches!(one.says, Says::Name { .. }))
    }

    /// What fills a slot, as far as what markup says of its words leaves it open.
    pub(super) fn as_annotated(&self, span: Span, mut bound: Bound) -> Bound {
        for one in self.annotations.iter().filter(|one| one.span.contains(span)) {
            match (&one.says, &mut bound) {
                (Says::Name { country: Some(country) }, Bound::Entities(uses)) => {
                    keep_those_in(self.base, uses, country)
                }
                (Says::Day(day), Bound::Values(values)) => values.iter_mut().for_each(|value| fill_in(value, *day)),
                _ => {}
            }
        }
        bound
    }
}

/// Keeps the readings that have to do with a country, if there are any.
fn keep_those_in(base: &FactBase, uses: &mut Vec<NameUse>, country: &str) {
    let of_country = |meant: &NameUse| {
        base.id_of(meant.entity) == country
            || base
                .facts_of(meant.entity)
                .any(|fact| matches!(fact.object, ObjectValue::Entity(whole) if base.id_of(whole) == country))
    };
    if uses.iter().any(of_country) {
        uses.retain(of_country);
    }
}

/// Gives a date the year and the month that its words leave out, unless they say another day.
fn fill_in(value: &mut Value, day: Date) {
    let Value::Date(date) = value else { return };
    let PartialDate { year, month, day: of_month, year_shift, month_shift } = *date;
    let whole = |number: i8| u8::try_from(number).ok();
    let agrees = of_month == whole(day.day()) && (month.is_none() || month == whole(day.month()));
    if agrees && year.is_none() && year_shift.is_none() && month_shift.is_none() {
        (date.year, date.month) = (Some(day.year()), whole(day.month()));
    }
}
