//! The templates and expressions of a map, compiled once, and worked out for each row.

use super::table::{Columns, Row};
use super::words::{OFTEN, unknown_words};
use crate::rule::problem::Problem;
use crate::rule::written::{Placed, SourceFile};
use crate::text::nearest;
use minijinja::value::{Object, Value};
use minijinja::{Environment, Error, ErrorKind, Expression, Template};
use regex::Regex;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

/// What a template sees: the cells of a row by their columns, `row`, what `[let]` names, and names of the moment.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    row: Arc<Row>,
    more: Vec<(Arc<str>, Value)>,
}

impl Scope {
    pub(super) fn new(row: Row) -> Scope {
        Scope { row: Arc::new(row), more: Vec::new() }
    }

    /// The number of the row.
    pub(super) fn number(&self) -> usize {
        self.row.number
    }

    /// The same with one more name.
    pub(super) fn with(&self, name: &Arc<str>, value: Value) -> Scope {
        let mut scope = self.clone();
        scope.more.push((name.clone(), value));
        scope
    }
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        let more = self.more.iter().rev().find(|(name, _)| **name == *key).map(|(_, value)| value.clone());
        more.or_else(|| Some(self.row.cells.get(self.row.columns.place(key)?)?.clone())).or_else(|| {
            // The whole row, for columns whose names are no words of a template.
            (key == "row").then(|| Value::from_dyn_object(self.row.clone()))
        })
    }
}

/// A compiled template.
#[derive(Debug)]
pub(super) struct Text<'e> {
    how: How<'e>,
    /// Columns that it takes something from, for messages.
    pub(super) columns: Vec<String>,
}

#[derive(Debug)]
enum How<'e> {
    Constant(String),
    Column(usize),
    Template(Box<Template<'e, 'e>>),
}

/// A compiled expression.
pub(super) struct Condition<'e> {
    expression: Expression<'e, 'e>,
    /// Columns that it takes something from, for messages.
    pub(super) columns: Vec<String>,
}

/// A value that could not be worked out: why, in words for a person.
pub(super) type Worked<T> = Result<T, String>;

impl Text<'_> {
    /// The text, if it is the same for every row.
    pub(super) fn constant(&self) -> Option<&str> {
        match &self.how {
            How::Constant(text) => Some(text),
            _ => None,
        }
    }

    /// The text for a row, without the spaces around it.
    pub(super) fn of(&self, scope: &Scope) -> Worked<String> {
        match &self.how {
            How::Constant(text) => Ok(text.clone()),
            How::Column(at) => Ok(scope.row.cells[*at].as_str().unwrap_or_default().to_owned()),
            How::Template(template) => {
                let text = template.render(Value::from_object(scope.clone())).map_err(why)?;
                Ok(text.trim().to_owned())
            }
        }
    }
}

impl Condition<'_> {
    /// Whether it holds for a row.
    pub(super) fn holds(&self, scope: &Scope) -> Worked<bool> {
        Ok(self.value(scope)?.is_true())
    }

    /// What it comes to for a row.
    pub(super) fn value(&self, scope: &Scope) -> Worked<Value> {
        self.expression.eval(Value::from_object(scope.clone())).map_err(why)
    }
}

/// Why a row's template failed.
fn why(error: Error) -> String {
    let place = "correct the cell, or the template in the map";
    match (error.kind(), error.detail()) {
        (ErrorKind::UndefinedError, _) => format!("the map asks it for something that is not there ({place})"),
        (ErrorKind::InvalidOperation, Some(detail)) if detail.ends_with(')') => detail.to_owned(),
        (_, Some(detail)) => format!("{detail} ({place})"),
        (kind, None) => format!("{kind} ({place})"),
    }
}

/// Compiles the texts of a map and gathers what is wrong with them.
pub(super) struct Compiler<'e> {
    pub(super) env: &'e Environment<'static>,
    pub(super) columns: &'e Columns,
    pub(super) files: &'e [SourceFile],
    /// Names that `[let]` has given so far, each with the columns that it takes something from.
    pub(super) lets: Vec<(Arc<str>, Vec<String>)>,
    pub(super) found: Vec<Problem>,
}

impl<'e> Compiler<'e> {
    /// Tells a mistake.
    pub(super) fn problem<T>(&mut self, message: String, at: &Placed<T>, help: impl Into<String>) {
        self.found.push(Problem::new(message, &at.at, self.files).help(help));
    }

    /// A column by its name.
    pub(super) fn column(&mut self, name: &Placed<String>) -> Option<Text<'e>> {
        match self.columns.place(&name.value) {
            Some(at) => Some(Text { how: How::Column(at), columns: vec![name.value.clone()] }),
            None => {
                self.no_column(&name.value, name);
                None
            }
        }
    }

    /// A template.
    pub(super) fn text(&mut self, source: &'e Placed<String>) -> Option<Text<'e>> {
        let text = source.value.trim();
        if !text.contains("{{") && !text.contains("{%") && !text.contains("{#") {
            if self.columns.place(text).is_some() {
                let help = format!("for its cells write `{{{{ {text} }}}}`; for the word itself `{{{{ '{text}' }}}}`");
                self.problem(format!("`{text}` is the name of a column"), source, help);
                return None;
            }
            return Some(Text { how: How::Constant(text.to_owned()), columns: Vec::new() });
        }
        let inner = text.strip_prefix("{{").and_then(|text| text.strip_suffix("}}")).map(str::trim);
        if let Some(at) = inner
            .filter(|inner| !self.lets.iter().any(|(own, _)| **own == **inner))
            .and_then(|inner| self.columns.place(inner))
        {
            return Some(Text { how: How::Column(at), columns: vec![self.columns.names[at].clone()] });
        }
        let template = match self.env.template_from_str(&source.value) {
            Ok(template) => template,
            Err(error) => {
                self.syntax(&error, source);
                return None;
            }
        };
        let columns = self.names(template.undeclared_variables(false), &[], source)?;
        Some(Text { how: How::Template(Box::new(template)), columns })
    }

    /// An expression; `more` are names that it may use besides.
    pub(super) fn condition(&mut self, source: &'e Placed<String>, more: &[&str]) -> Option<Condition<'e>> {
        self.expression(source.value.trim(), source, more)
    }

    /// The expression after a minus, which says that an order falls.
    pub(super) fn after_minus(&mut self, source: &'e Placed<String>) -> Option<Condition<'e>> {
        self.expression(source.value.trim().trim_start_matches('-').trim(), source, &[])
    }

    fn expression(&mut self, text: &'e str, source: &'e Placed<String>, more: &[&str]) -> Option<Condition<'e>> {
        // Braces are for templates, but what is meant is plain.
        let text = text.strip_prefix("{{").and_then(|text| text.strip_suffix("}}")).unwrap_or(text);
        let expression = match self.env.compile_expression(text) {
            Ok(expression) => expression,
            Err(error) => {
                self.syntax(&error, source);
                return None;
            }
        };
        let columns = self.names(expression.undeclared_variables(false), more, source)?;
        for column in &columns {
            if compares_with_number(text, column) {
                let help = format!("cells are text: write `{column} | int`, or `{column} | float`");
                self.problem(format!("the text `{column}` is compared with a number"), source, help);
                return None;
            }
        }
        Some(Condition { expression, columns })
    }

    fn syntax(&mut self, error: &Error, source: &Placed<String>) {
        let why = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        self.problem(
            format!("this does not read: {why}"),
            source,
            "templates and expressions are MiniJinja: {{ column | filter }}",
        );
    }

    /// The columns that a template uses, itself or by `[let]`; tells names, filters and tests that are nothing.
    fn names(&mut self, used: HashSet<String>, more: &[&str], source: &Placed<String>) -> Option<Vec<String>> {
        let mut used: Vec<String> = used.into_iter().collect();
        used.sort();
        // MiniJinja does not count what a slice is taken of.
        let known = |name: &str| self.columns.place(name).is_some() || self.lets.iter().any(|(own, _)| **own == *name);
        let sliced = SLICED.captures_iter(&source.value).filter_map(|found| Some(found.get(1)?.as_str().to_owned()));
        used.extend(sliced.filter(|name| known(name)));
        let (mut columns, told) = (Vec::new(), self.found.len());
        for name in used {
            if let Some((_, own)) = self.lets.iter().find(|(known, _)| **known == *name) {
                columns.extend(own.iter().cloned());
            } else if self.columns.place(&name).is_some() {
                columns.push(name);
            } else if name != "row" && !more.contains(&name.as_str()) && !self.env.globals().any(|(own, _)| own == name)
            {
                self.no_column(&name, source);
            }
        }
        columns.sort();
        columns.dedup();
        for (what, name) in unknown_words(self.env, &source.value) {
            let help = match nearest(&name, OFTEN.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "MiniJinja's own, and `slug`, `id` and `row`, are all there are".to_owned(),
            };
            self.problem(format!("there is no {what} `{name}`"), source, help);
        }
        (self.found.len() == told).then_some(columns)
    }

    fn no_column(&mut self, name: &str, at: &Placed<String>) {
        let known = || self.columns.names.iter().map(String::as_str).filter(|name| !name.is_empty());
        let mut help = match nearest(name, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its columns are: {}", known().collect::<Vec<_>>().join(", ")),
        };
        if self.columns.names.len() == 1 {
            help.push_str("; if its cells are parted by another sign, say so: `delimiter = \";\"`");
        }
        self.problem(format!("the table has no column `{name}`"), at, help);
    }
}

/// A name that a slice is taken of: `code[:2]`.
static SLICED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"([^\W\d]\w*)\s*\[[^\]]*:").expect("it is a regex"));

/// Whether an expression compares a column as it stands with a number: MiniJinja would answer, and never rightly.
fn compares_with_number(expression: &str, column: &str) -> bool {
    let (column, sign, number) = (regex::escape(column), "(?:[<>]=?|[=!]=)", r"-?\d");
    let pattern =
        format!(r"(?:^|[^\w.'\x22]){column}\s*{sign}\s*{number}|\d\s*{sign}\s*{column}(?:$|[^\w|.\s]|\s+[^|\s])");
    Regex::new(&pattern).is_ok_and(|pattern| pattern.is_match(expression))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beside_columns() {
        for wrong in
            ["population > 10", "tier == 'A' and population>=1", "10 < population", "x or 3 == population and y"]
        {
            assert!(compares_with_number(wrong, "population"), "{wrong}");
        }
        for right in ["population | int > 10", "population == '10'", "10 < population | int", "my_population > 3"] {
            assert!(!compares_with_number(right, "population"), "{right}");
        }
    }
}
