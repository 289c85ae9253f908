//! Front matter: `key: value` lines between `---`, or TOML between `+++`, at the head of a file.

use super::story::FileFacts;
use crate::text::Lang;
use jiff::civil::Date;

/// Reads the front matter of a text: what it states, how many bytes it takes, and what in it could not be read.
pub(super) fn read(text: &str) -> (FileFacts, usize, Vec<String>) {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut facts = FileFacts::default();
    let mut warnings = Vec::new();
    for fence in ["---", "+++"] {
        let Some((body, end)) = fenced(text, start, fence) else { continue };
        let pairs = if fence == "---" { lines(body) } else { toml_pairs(body, &mut warnings) };
        for (key, value) in pairs {
            take(&mut facts, &key, &value, &mut warnings);
        }
        return (facts, end, warnings);
    }
    (facts, start, warnings)
}

/// The text between two fence lines and where it ends.
fn fenced<'t>(text: &'t str, start: usize, fence: &str) -> Option<(&'t str, usize)> {
    let rest = text[start..].strip_prefix(fence)?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let from = text.len() - rest.len();
    let mut at = from;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((&text[from..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn lines(body: &str) -> Vec<(String, String)> {
    body.lines()
        .filter(|line| !line.starts_with([' ', '\t', '#', '-']))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim().to_ascii_lowercase(), value.trim().trim_matches(['"', '\'']).to_owned()))
        .collect()
}

fn toml_pairs(body: &str, warnings: &mut Vec<String>) -> Vec<(String, String)> {
    match body.parse::<toml::Table>() {
        Ok(table) => table
            .into_iter()
            .map(|(key, value)| {
                (key.to_ascii_lowercase(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            })
            .collect(),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            // The fence is a line of its own.
            let line = 2 + body[..at].matches('\n').count();
            warnings.push(format!("the front matter is not TOML (line {line}): {}", error.message()));
            Vec::new()
        }
    }
}

fn take(facts: &mut FileFacts, key: &str, value: &str, warnings: &mut Vec<String>) {
    if value.is_empty() {
        return;
    }
    match key {
        "title" => facts.title = Some(value.to_owned()),
        "place" | "dateline" => facts.place = Some(value.to_owned()),
        "lang" | "language" => match Lang::from_code(value) {
            Some(lang) => facts.lang = Some(lang),
            None => warnings.push(format!("front matter: `{value}` is no language; write `lang: zh` or `lang: en`")),
        },
        "date" => match value.get(..10).and_then(|day| day.replace('/', "-").parse::<Date>().ok()) {
            Some(day) => facts.date = Some(day),
            None => warnings.push(format!("front matter: `{value}` is no day; write `date: 2026-02-07`")),
        },
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn both_fences_and_bad_values() {
        let (facts, end, warnings) = read("---\ntitle: \"会谈\"\ndate: 2026-02-07T08:00:00\nlang: xx1\n---\n正文");
        assert_eq!((facts.title.as_deref(), facts.date), (Some("会谈"), Some(date(2026, 2, 7))));
        assert_eq!(warnings.len(), 1);
        assert_eq!(&"---\ntitle: \"会谈\"\ndate: 2026-02-07T08:00:00\nlang: xx1\n---\n正文"[end..], "正文");
        let (facts, ..) = read("+++\ndate = 2026-02-07\nplace = \"Muscat\"\n+++\nText");
        assert_eq!((facts.place.as_deref(), facts.date), (Some("Muscat"), Some(date(2026, 2, 7))));
        assert_eq!(read("--- no fence").1, 0);
    }
}
