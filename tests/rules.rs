//! Rule and fact files with mistakes: what is said, which words are marked, what would mend them.

use factlint::engine::check;
use factlint::read::{ReadSettings, read};
use factlint::rule::compile;
use factlint::rule::load::load_texts;
use proptest::prelude::*;

/// A sound rule file that the mistakes are made in.
const SOUND: &str = r#"
[source]
name = "House list"
checked = 2026-11-01
[kind.country]
forms = ["adjective"]
[kind.city]
[relation.capital]
of = "country"
is = "city"
inverse = "capital_of"
unique = true
[entity.country]
OM = { zh = ["阿曼"], en = ["Oman"], adjective.en = ["Omani"], capital = "muscat-om" }
[entity.city]
muscat-om = { zh = ["马斯喀特"], en = ["Muscat"] }
oslo-no = { en = ["Oslo"] }
[guard.former]
summary = "What was."
before.en = ['former $']
[[rule]]
id = "capital"
summary = "Wrong capital."
patterns.en = ['{country} capital {city}']
expect.city = "capital(country)"
message.en = "{{ city }}"
guards = { add = ["former"] }
examples = [{ text = "Oman capital [Oslo]" }, { text = "Oman capital Muscat" }]
"#;

/// Makes one mistake in the sound file; the problem must mark `words`, say `message` and help with `help`.
#[track_caller]
fn mistake(from: &str, to: &str, words: &str, message: &str, help: &str) {
    assert!(SOUND.contains(from), "the sound file has no `{from}`");
    let text = SOUND.replacen(from, to, 1);
    let (_, problems) = compile(load_texts(vec![("house.toml".to_owned(), text)]));
    let found = problems.iter().find(|problem| problem.message.contains(message));
    let all: Vec<_> = problems.iter().map(|problem| (&problem.message, problem.words(), &problem.help)).collect();
    let Some(problem) = found else { panic!("nothing says `{message}`: {all:#?}") };
    assert_eq!(problem.words(), Some(words), "{all:#?}");
    assert!(problem.help.as_deref().unwrap_or_default().contains(help), "{all:#?}");
}

#[test]
fn the_sound_file_is_sound() {
    let (rules, problems) = compile(load_texts(vec![("house.toml".to_owned(), SOUND.to_owned())]));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(rules.rules.len(), 1);
}

/// Of two patterns each may capture what the other does not: the message names what there is.
#[test]
fn a_message_names_what_there_is() {
    let patterns = "patterns.en = ['{country} capital {city}', '{country} town {place:city}']";
    const WITH_EITHER: &str = "require = \"same(city if city is defined else place, capital(country))\"";
    let text = SOUND
        .replace("patterns.en = ['{country} capital {city}']", patterns)
        .replace("expect.city = \"capital(country)\"", WITH_EITHER)
        .replace("message.en = \"{{ city }}\"", "message.en = \"{{ written.city or written.place }} is not\"")
        .replace("Oman capital [Oslo]", "[Oman capital Oslo]");
    let (rules, problems) = compile(load_texts(vec![("house.toml".to_owned(), text)]));
    assert!(problems.is_empty(), "{problems:?}");
    let copy = b"Oman capital Oslo. Oman town Oslo.".to_vec();
    let document = read("copy.txt", copy, &ReadSettings::default()).unwrap();
    let messages: Vec<String> = check(&rules, &document).diagnostics.into_iter().map(|found| found.message).collect();
    assert_eq!(messages, ["Oslo is not", "Oslo is not"]);
}

#[test]
fn syntax_and_keys() {
    mistake("is = \"city\"", "is = = \"city\"", "=", "not TOML", "correct the syntax");
    mistake("summary = \"Wrong", "sumary = \"Wrong", "sumary", "unknown key", "did you mean `summary`?");
    mistake("unique = true", "unique = \"yes\"", "\"yes\"", "`unique` is true or false", "unique = true");
    mistake("message.en = ", "message = ", "\"{{ city }}\"", "given by language", "message.zh");
    mistake("checked = 2026-11-01", "checked = \"soon\"", "\"soon\"", "`checked` is a day", "without quotes");
}

#[test]
fn names_that_mean_nothing() {
    mistake("is = \"city\"", "is = \"citty\"", "citty", "no kind `citty`", "did you mean `city`?");
    mistake(
        "'{country} capital",
        "'{contry} capital",
        "{contry}",
        "neither a kind nor a value type",
        "did you mean `country`?",
    );
    mistake("{country} capital", "{country.short} capital", "{country.short}", "no form `short`", "adjective");
    mistake(
        "adjective.en",
        "adjectiv.en",
        "Omani",
        "no form of kind `country` `adjectiv`",
        "did you mean `adjective`?",
    );
    mistake(
        "capital = \"muscat-om\"",
        "capitol = \"muscat-om\"",
        "capitol",
        "no relation of kind `country`",
        "did you mean `capital`?",
    );
    mistake(
        "capital = \"muscat-om\"",
        "capital = \"muscat-on\"",
        "muscat-on",
        "no city with the id",
        "did you mean `muscat-om`?",
    );
    mistake("expect.city", "expect.town", "town", "no pattern of this rule has a slot", "country, city");
    mistake(
        "\"capital(country)\"",
        "\"captial(country)\"",
        "captial",
        "no function `captial`",
        "did you mean `capital`?",
    );
    mistake("add = [\"former\"]", "add = [\"formr\"]", "formr", "no guard `formr`", "did you mean `former`?");
    mistake("summary = \"Wrong capital.\"", "severity = \"bad\"\nsummary = \"x\"", "bad", "no severity", "`error`");
}

#[test]
fn patterns_and_expressions() {
    mistake("'{country} capital {city}'", "'{country} (capital {city}'", "(", "not regex syntax", "correct it");
    mistake("'{country} capital {city}'", "'{country} .* {city}'", ".*", "swallows what a slot should find", "gap");
    mistake("'{country} capital {city}'", "'(?i){country} capital {city}'", "(?i)", "flags", "leave them out");
    mistake(
        "'{country} capital {city}'",
        "'{c:number}{city:number}'",
        "{c:number}{city:number}",
        "no required words",
        "add a literal",
    );
    mistake("before.en = ['former $']", "before.en = ['former[ $']", "[", "not regex syntax", "correct it");
    mistake("\"capital(country)\"", "\"capital(\"", "capital(", "does not read", "MiniJinja");
    mistake("\"capital(country)\"", "\"1 + 1\"", "1 + 1", "names no slot", "country");
    mistake("\"capital(country)\"", "\"capital(country) + 1\"", "capital(country) + 1", "cannot be evaluated", "types");
    mistake("{{ city }}", "{{ town }}", "{{ town }}", "cannot be written", "country, city");
    mistake(
        "'{country} capital {city}']\nexpect.city = \"capital(country)\"",
        "'{a:number} capital {city:number}']\nrequire = \"a == city\"",
        "==",
        "compared for equality",
        "expect.SLOT",
    );
    mistake(
        "'{country} capital {city}']\nexpect.city = \"capital(country)\"",
        "'{kg:mass} capital {city:length}']\nrequire = \"kg <= city\"",
        "kg <= city",
        "cannot be compared",
        "ratio",
    );
    mistake(
        "'{country} capital {city}']\nexpect.city = \"capital(country)\"",
        "'{country:mass} capital {city:length}']\nexpect.city = \"country\"",
        "country",
        "cannot be compared",
        "ratio",
    );
}

#[test]
fn what_clashes() {
    mistake("[kind.city]", "[kind.city]\n[kind.number]", "number", "is a value type", "another name");
    mistake("inverse = \"capital_of\"", "inverse = \"weekday\"", "weekday", "built-in function", "another name");
    mistake(
        "capital = \"muscat-om\" }",
        "capital = [{ is = \"muscat-om\", until = 2000-01-01 }, { is = \"oslo-no\", from = 1999-01-01 }] }",
        "oslo-no",
        "two values at one time",
        "do not overlap",
    );
}

#[test]
fn one_mistake_is_told_once() {
    let text = SOUND.replacen("is = \"city\"", "is = \"citty\"", 1);
    let (rules, problems) = compile(load_texts(vec![("house.toml".to_owned(), text)]));
    assert_eq!(
        problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
        ["there is no kind `citty`"]
    );
    assert!(rules.rules.is_empty(), "a rule that asks a broken relation does not run");
}

#[test]
fn examples_are_checked_too() {
    mistake("[Oslo]\" }", "[Oslo\" }", "Oman capital [Oslo", "brackets", "mark each span once");
    mistake("\"Oman capital Muscat\"", "\"Oman capital Oslo\"", "Oman capital Oslo", "in conflict", "keep one");
    mistake(
        "examples = [{ text = \"Oman capital [Oslo]\" }, { text = \"Oman capital Muscat\" }]",
        "",
        "capital",
        "no examples",
        "add `examples",
    );
}

#[test]
fn a_bad_rule_leaves_the_others_running() {
    let second = "[[rule]]\nid = \"other\"\nsummary = \"x\"\npatterns.en = ['Oman {city']\n";
    let (rules, problems) = compile(load_texts(vec![("house.toml".to_owned(), format!("{SOUND}{second}"))]));
    assert_eq!(rules.rules.ids().collect::<Vec<_>>(), ["capital"]);
    assert!(problems.iter().all(|problem| problem.rule.as_deref() == Some("other")), "{problems:?}");
    assert!(problems.len() >= 3, "every mistake is told at once: {problems:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_that_is_written_panics(at in 0usize..1200, cut in 0usize..12, put in "[\\[\\]{}()=\"',.*?+|a-z0-9 \n#阿…~-]{0,8}") {
        let borders: Vec<usize> = SOUND.char_indices().map(|(at, _)| at).collect();
        let start = borders[at % borders.len()];
        let end = borders[(at % borders.len() + cut).min(borders.len() - 1)];
        let text = format!("{}{put}{}", &SOUND[..start], &SOUND[end..]);
        let _ = compile(load_texts(vec![("house.toml".to_owned(), text)]));
    }
}

#[test]
fn a_message_does_not_take_a_relation_for_a_slot() {
    mistake(
        r#"message.en = "{{ city }}""#,
        r#"message.en = "{{ capital_of }}""#,
        "capital_of",
        "there is no slot `capital_of`",
        "a message may name the slots: country, city; a relation is called: `capital_of(…)`",
    );
}
