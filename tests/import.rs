//! Tables made into facts files: what each kind of bad row and bad map is told, and that what was written loads.

use crate::support::Folder;
use factlint::import::{Format, Imported, Job, Map, RowError, Table, import};
use factlint::rule::load::{Loaded, load_texts};
use factlint::rule::written::{EntityDecl, Object};
use proptest::prelude::*;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A map of a newsroom's list of officials.
const MAP: &str = r#"
about = "Officials of the foreign desk."
kind = "person"
id = "{{ name_en | slug }}"
[source]
name = "Foreign desk"
checked = 2026-11-01
[names]
zh = { columns = ["name_zh", "aka"], split = "|", weak = "name | length < 3" }
en = "{{ name_en }}"
[facts.citizen]
is = "{{ country }}"
from = "{{ since }}"
until = "{{ until }}"
confidence = "{{ sure }}"
[facts]
born = "{{ born }}"
height = "{{ height }}"
first_seen = "{{ seen }}"
"#;

const SCHEMA: &str = r#"
[kind.person]
[kind.country]
[kind.city]
[relation.citizen]
of = "person"
is = "country"
unique = true
[relation.born]
of = "person"
is = "year"
[relation.height]
of = "person"
is = "number"
[relation.first_seen]
of = "person"
is = "date"
[relation.country]
of = "city"
is = "country"
[entity.country]
OM = { en = ["Oman"] }
NO = { en = ["Norway"] }
[entity.city]
santiago-cl = { zh = ["圣地亚哥"], en = ["Santiago"], country = "OM" }
santiago-es = { zh = ["圣地亚哥"], en = ["Santiago"], country = "NO" }
oslo-no = { en = ["Oslo"], country = "NO" }
"#;

const HEAD: &str = "name_zh,name_en,aka,country,since,until,sure,born,height,seen\n";

fn run_with(map: &str, schema: &str, table: &str, tables: &[(&str, &str)]) -> Imported {
    let map = Map::parse("officials.map.toml", map);
    let read = |name: &str, text: &str| Table::read(name, text.as_bytes(), map.format(name)).unwrap();
    let tables: HashMap<PathBuf, Table> =
        tables.iter().map(|(name, text)| (PathBuf::from(name), read(name, text))).collect();
    let loaded = load_texts(vec![("schema.toml".to_owned(), schema.to_owned())]);
    let table = read("officials.csv", table);
    import(Job { map: &map, folder: Path::new(""), table: &table, facts: &loaded.written, tables, output: "out.toml" })
}

fn run(rows: &str) -> Imported {
    run_with(MAP, SCHEMA, &format!("{HEAD}{rows}"), &[])
}

fn load(imported: &Imported, schema: &str) -> Loaded {
    load_texts(vec![("schema.toml".to_owned(), schema.to_owned()), ("out.toml".to_owned(), imported.text.clone())])
}

#[track_caller]
fn bad(rows: &str, says: &str) {
    let good = "好行,Good Row,,NO,,,,,,\n";
    let imported = run(&format!("{good}{rows}"));
    assert!(imported.problems.is_empty(), "{:?}", imported.problems);
    let told: Vec<String> = imported.bad.iter().map(ToString::to_string).collect();
    assert_eq!(told, [says]);
    assert!(imported.text.contains("good-row = "), "the good rows are written");
}

#[test]
fn every_bad_row_is_told() {
    bad(
        "甲,A,,NO\n",
        "row 3: it has 4 cells, the table 10 columns (look for a missing separator, or a `\"` that is not closed)",
    );
    bad(
        "甲,,,NO,,,,,,\n",
        "row 3, column `name_en`: its id is empty (fill the cell, or leave the row out with `where`)",
    );
    bad(
        "甲,Good row,,NO,,,,,,\n",
        "row 3, column `name_en`: the id `good-row` is that of row 2 already (make ids differ, or say `unique = \"merge\"` or `\"number\"`)",
    );
    bad("甲,A,,NO,14.10.2021,,,,,\n", "row 3, column `since`: `14.10.2021` is no day (write it as 2026-02-07)");
    bad("甲,A,,NO,2021-02-30,,,,,\n", "row 3, column `since`: `2021-02-30` is no day (write it as 2026-02-07)");
    bad(
        "甲,A,,NO,2021,2020,,,,\n",
        "row 3, columns `since`, `until`: it ends on 2020-12-31, before it begins on 2021-01-01 (exchange or correct the days)",
    );
    bad("甲,A,,NO,,,sure,,,\n", "row 3, column `sure`: `sure` is no confidence (write high, medium or low)");
    bad(
        "甲,A,,N O,,,,,,\n",
        "row 3, column `country`: `N O` is no id (use ASCII letters, digits, `-` and `_`; the filter `slug` makes them)",
    );
    bad(
        "甲,A,,NX,,,,,,\n",
        "row 3, column `country`: there is no country with the id `NX` (correct it, or add the country to a facts file)",
    );
    bad("甲,A,,NO,,,,1949.5,,\n", "row 3, column `born`: `1949.5` is no year (write digits alone, such as 1949)");
    bad("甲,A,,NO,,,,,6ft,\n", "row 3, column `height`: `6ft` is no number (write digits alone, such as 1570 or 2.5)");
    bad("甲,A,,NO,,,,,,2026\n", "row 3, column `seen`: `2026` is no day (write it as 2026-02-07)");
    let several = run("甲,A,,NX,x,,y,,,\n");
    assert_eq!(several.bad.len(), 3, "all that is wrong with a row is told: {:?}", several.bad);
}

#[test]
fn a_good_row_says_what_the_map_says() {
    let imported = run(
        "\"甲, 乙\",\"Mr \"\"A\"\"\",丙|甲, NO ,2021/3/4,2025-02,medium,1949,\"1,570.5\",2026年2月7日\n丁,B,,,,,high,,,\n",
    );
    assert_eq!((imported.rows, imported.entities, imported.bad.len()), (2, 2, 0), "{:?}", imported.bad);
    assert_eq!(
        imported.text,
        r#"# Officials of the foreign desk.
# Made from officials.csv by `factlint import` with officials.map.toml: mend these, not this file.

[source]
name = "Foreign desk"
checked = 2026-11-01

[entity.person]
mr-a = { zh = ["甲, 乙", { name = "丙", weak = true }, { name = "甲", weak = true }], en = ["Mr \"A\""], citizen = { is = "NO", from = 2021-03-04, until = 2025-02-28, confidence = "medium" }, born = 1949, height = 1570.5, first_seen = 2026-02-07 }
b = { zh = [{ name = "丁", weak = true }], en = ["B"] }
"#
    );
    assert!(imported.faults.is_empty());
    assert!(load(&imported, SCHEMA).problems.is_empty());
}

#[test]
fn rows_of_one_id() {
    let rows = "甲,A,,NO,2020,2020,,,,\n甲甲甲,A,,OM,2021,,,1949,,\n";
    let with = |unique: &str| run_with(&format!("unique = \"{unique}\"\n{MAP}"), SCHEMA, &format!("{HEAD}{rows}"), &[]);
    let merged = with("merge");
    let line = r#"a = { zh = [{ name = "甲", weak = true }, "甲甲甲"], en = ["A"], citizen = [{ is = "NO", from = 2020-01-01, until = 2020-12-31 }, { is = "OM", from = 2021-01-01 }], born = 1949 }"#;
    assert!(merged.text.contains(line), "{}", merged.text);
    let numbered = with("number");
    assert!(numbered.text.contains("\na = {") && numbered.text.contains("\na-2 = {"), "{}", numbered.text);
    let beside = format!(
        "beside = [\"schema.toml\"]\n{}",
        MAP.replace("kind = \"person\"", "kind = \"city\"").replace("[facts.citizen]", "[facts.country]")
    );
    let beside = beside.split("[facts]\n").next().unwrap();
    let map = |unique: &str| {
        run_with(&format!("unique = \"{unique}\"\n{beside}"), SCHEMA, &format!("{HEAD},Oslo NO,,,,,,,,\n"), &[])
    };
    assert!(map("number").text.contains("\noslo-no-2 = {"), "{:?}", map("number"));
    assert!(matches!(map("error").bad[0].error, RowError::TakenByFile { .. }));
}

#[test]
fn facts_that_clash_are_told_in_the_facts_file() {
    let rows = format!("{HEAD}甲甲甲,A,,NO,2020,,,,,\n甲甲甲,A,,OM,2021,,,,,\n");
    let imported = run_with(&format!("unique = \"merge\"\n{MAP}"), SCHEMA, &rows, &[]);
    let fault = &imported.faults[0];
    assert_eq!((fault.path.as_str(), fault.words()), ("out.toml", Some("OM")));
    assert!(fault.message.contains("two values at one time"), "{fault}");
}

const DESK: &str = r#"
kind = "{{ what | lower }}"
id = "{{ code | slug }}"
order = ["what", "-size"]
where = "size | int > 0"
[let]
prefecture = "(code[:2] | row('prefectures')).name"
[source]
name = "Desk"
checked = 2026-11-01
[names]
zh = "{{ name }}"
en = "{{ row['English name'] }}{% if 标记 == '是' %} ({{ prefecture }}){% endif %}"
[facts]
seat = "{{ seat | id('city', country=land) }}"
share = { is = "{{ share }}", split = ";" }
day = "{{ day }}"
code = "{{ code }}"
[[also]]
kind = "office"
id = "{{ code | slug }}-office"
where = "标记 == '是'"
part_of = "head-office"
[[also]]
kind = "office"
id = "head-office"
unique = "merge"
[lookup.city]
files = ["schema.toml"]
missing = "skip"
[lookup.prefectures]
table = "prefectures.csv"
key = "id"
"#;

const DESK_ROWS: &str = "code,name,English name,标记,what,size,seat,land,share,day\n\
    01a,甲,First,是,Town,5,Santiago,NO,1;2.5,2026-01-01\n\
    02b,乙,Second,,Town,70,Santiago,,3,2026-01-02\n\
    02c,丙,Third,,Town,0,,,,\n\
    09x,丁,Fourth,,Town,1,,,,\n";

const PREFECTURES: &str = "id,name\n01,One\n02,Two\n";

#[test]
fn look_ups_expressions_and_more_than_one_entity() {
    let tables = [("prefectures.csv", PREFECTURES)];
    let schema = r#"[kind.city]
[kind.country]
[relation.country]
of = "city"
is = "country"
[entity.country]
NO = {}
OM = {}
[entity.city]
santiago-no = { en = ["Santiago"], country = "NO" }
santiago-om = { en = ["SANTIAGO"], country = "OM" }
"#;
    // Kinds of one's own that nothing declares yet: what a value is, its looks say.
    let bare = run_with(DESK, schema, DESK_ROWS, &tables);
    let told: Vec<&str> = bare.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told, ["there is no kind `office`", "there is no kind `office`"]);
    let declared = format!("{schema}[kind.office]\n[kind.town]\n");
    let imported = run_with(DESK, &declared, DESK_ROWS, &tables);
    let told: Vec<String> = imported.bad.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["row 5, column `code`: prefectures.csv has no row for `09` (add it there, or correct it)"]);
    assert_eq!((imported.rows, imported.left_out), (4, 1));
    let (_, facts) = imported.text.split_once("\n[entity").unwrap();
    assert_eq!(
        facts,
        r#".town]
02b = { zh = ["乙"], en = ["Second"], share = 3, day = 2026-01-02, code = "02b" }
01a = { zh = ["甲"], en = ["First (One)"], seat = "santiago-no", share = [1, 2.5], day = 2026-01-01, code = "01a" }

[entity.office]
head-office = {}
01a-office = { part_of = ["head-office"] }
"#
    );
}

#[test]
fn filters_and_tests_for_tables() {
    let map = r#"
kind = "city"
id = "{{ name | ascii | slug }}"
where = "not ([name, land] is listed('other') or name is borne('city', country=land))"
names.en = [{ is = "{{ name }}", weak = "name is matching('^.{1,4}$')" }, "{{ name | ascii }}"]
facts.country = "{{ (land | row('land')).id }}"
source = { name = "Desk", checked = 2026-11-01 }
[lookup]
city = { files = ["schema.toml"], missing = "skip" }
other = { table = "other.csv", key = ["name", "land"] }
land = { table = "lands.csv", key = "name", missing = "skip" }
"#;
    let tables = [("other.csv", "name,land\nBergen,NO\nBergen,NO\n"), ("lands.csv", "name,id\nNO,NO\nYY,OM\nYY,NO\n")];
    let rows = "name,land\nOslo,NO\nOslo,OM\nBergen,NO\nTromsø,NO\nÅlgård,XX\nBodø,YY\n";
    let imported = run_with(map, SCHEMA, rows, &tables);
    assert!(imported.problems.is_empty(), "{:?}", imported.problems);
    let told: Vec<String> = imported.bad.iter().map(ToString::to_string).collect();
    let why = "rows 3 and 4 of lands.csv are both `YY` (look it up by columns that differ from row to row)";
    assert_eq!(told, [format!("row 7, column `land`: {why}")]);
    let (_, facts) = imported.text.split_once("[entity.city]\n").unwrap();
    assert_eq!(
        facts,
        r#"oslo = { en = [{ name = "Oslo", weak = true }] }
tromso = { en = ["Tromsø", "Tromso"], country = "NO" }
algard = { en = ["Ålgård", "Algard"] }
"#
    );
}

#[track_caller]
fn slip(from: &str, to: &str, words: &str, message: &str, help: &str) {
    assert!(MAP.contains(from), "the map has no `{from}`");
    let imported = run_with(&MAP.replacen(from, to, 1), SCHEMA, HEAD, &[]);
    let all: Vec<_> = imported.problems.iter().map(|p| (&p.message, p.words(), &p.help)).collect();
    let Some(problem) = imported.problems.iter().find(|problem| problem.message.contains(message)) else {
        panic!("nothing says `{message}`: {all:#?}")
    };
    assert_eq!(problem.words(), Some(words), "{all:#?}");
    assert!(problem.help.as_deref().unwrap_or_default().contains(help), "{all:#?}");
    assert!(imported.text.is_empty());
}

#[test]
fn slips_in_a_map_are_told_where_they_stand() {
    slip("kind = \"person\"", "kind = person", "person", "not TOML", "correct the syntax");
    slip("about", "abuot", "abuot", "unknown key `abuot`", "did you mean `about`?");
    slip("is = \"{{ country }}\"", "iss = \"{{ country }}\"", "iss", "unknown key `iss`", "did you mean `is`?");
    slip("\"person\"", "\"persn\"", "\"persn\"", "no kind `persn`", "did you mean `person`?");
    slip("[facts.citizen]", "[facts.citzen]", "citzen", "no relation `citzen`", "did you mean `citizen`?");
    slip("[facts.citizen]", "[facts.country]", "country", "no relation `country`", "relation of the kind `city`");
    slip("{{ since }}", "{{ sinc }}", "\"{{ sinc }}\"", "no column `sinc`", "did you mean `since`?");
    slip("\"aka\"", "\"akas\"", "\"akas\"", "no column `akas`", "did you mean `aka`?");
    slip("\"{{ until }}\"", "\"until\"", "\"until\"", "name of a column", "{{ until }}");
    slip("{{ name_en }}\"\n[facts.", "x\"\n[facts.", "\"x\"", "every row would be called `x`", "in braces");
    slip(
        "{{ name_en | slug }}",
        "{{ name_en | slag }}",
        "\"{{ name_en | slag }}\"",
        "no filter `slag`",
        "did you mean `slug`?",
    );
    slip("{{ name_en | slug }}", "{{ name_en | }}", "\"{{ name_en | }}\"", "does not read", "MiniJinja");
    slip("name | length < 3", "born > 1900", "\"born > 1900\"", "compared with a number", "born | int");
    slip("weak = \"name", "weak = \"nam", "\"nam | length < 3\"", "no column `nam`", "its columns are");
    slip("\nen =", "\nxxx =", "xxx", "no language", "two-letter code");
    slip("checked = 2026-11-01", "", "[source]", "no `checked`", "checked = 2026");
}

#[test]
fn look_ups_that_find_nothing() {
    let table =
        |lookup: &str| run_with(&format!("{MAP}\n{lookup}"), SCHEMA, HEAD, &[("other.csv", "id,name\n1,a\n1,b\n")]);
    let told = |lookup: &str| table(lookup).problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    assert_eq!(told("[lookup.river]\nfiles = [\"schema.toml\"]"), "the look-up finds no river");
    assert_eq!(told("[lookup.x]\ntable = \"other.csv\"\nkey = \"nmae\""), "other.csv has no column `nmae`");
    assert_eq!(told("[lookup.x]\nmissing = \"skip\""), "the look-up does not say where it looks");
    let names = |filter: &str| {
        let map = MAP
            .replacen("{{ country }}", filter, 1)
            .replace("[facts.citizen]", "[lookup.city]\nfiles = [\"schema.toml\"]\n[facts.citizen]");
        run_with(&map, SCHEMA, &format!("{HEAD}圣地亚哥,A,,NO,,,,,,\n"), &[]).bad[0].error.to_string()
    };
    assert!(
        names("{{ name_zh | id('city') }}")
            .starts_with("`圣地亚哥` may be `santiago-cl` or `santiago-es` (narrow it down")
    );
    assert!(names("{{ aka ~ 'x' | id('city') }}").starts_with("no city is called `x`"));
    assert!(names("{{ name_zh | id('cty') }}").contains("did you mean `city`?"));
}

#[test]
fn the_facts_file_is_written_whole_or_not_at_all() {
    let folder = Folder::new().with("desk/a.map.toml", MAP).with("schema.toml", SCHEMA);
    let folder = folder.with("a.csv", format!("{HEAD}甲甲甲,A,,NO,,,,,,\n乙,B,,NX,,,,,,\n")).with("out.toml", "old");
    let map = MAP.replacen("kind =", "schema = [\"../schema.toml\"]\nkind =", 1);
    let folder = folder.with("desk/a.map.toml", map);
    let import = |table: &str| {
        folder.run(&["import", table, "--map", "desk/a.map.toml", "-o", "out.toml", "--no-builtin-rules"])
    };
    let text = || fs::read_to_string(folder.path().join("out.toml")).unwrap();
    assert_eq!((import("gone.csv").status, text().as_str()), (Some(2), "old"));
    let ran = import("a.csv");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "a bad row fails the status");
    assert!(ran.stderr.ends_with("out.toml: 1 from 2 rows, 1 bad\n"), "{}", ran.stderr);
    assert!(text().contains("\na = { zh = [\"甲甲甲\"]"), "the good rows are written: {}", text());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 5, "nothing else is left behind: {left:?}");
    let empty = folder.run(&["import", "house.toml", "--map", "desk/a.map.toml", "-o", "out.toml"]);
    assert_eq!(empty.status, Some(2));
    assert!(text().contains("\na = {"), "nothing comes over a facts file when nothing came out");
    let checked = folder.run(&["rules", "--no-builtin-rules", "--rules", "schema.toml", "--rules", "out.toml"]);
    assert_eq!((checked.status, checked.stderr.as_str()), (Some(0), ""));
    // A folder of facts may hold the maps that made them.
    let checked = folder.run(&["rules", "--no-builtin-rules", "--rules", "desk"]);
    assert!(checked.stderr.contains("no .toml files in this folder"), "{}", checked.stderr);
}

/// The names in one language of a loaded entity.
fn names<'l>(entity: &'l EntityDecl, lang: &str) -> Vec<&'l str> {
    entity.names.iter().filter(|name| name.lang.code() == lang).map(|name| name.name.value.as_str()).collect()
}

proptest! {
    #[test]
    fn any_cell_survives(cells in prop::collection::vec("(?s).{0,12}|[\"\\\\,|#\n\r\t\u{0}\u{7f}{}%]{0,6}", 1..8), about in "(?s).{0,200}") {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["n", "cell"]).unwrap();
        for (at, cell) in cells.iter().enumerate() {
            csv.write_record([&format!("r{at}"), cell]).unwrap();
        }
        let csv = csv.into_inner().unwrap();
        let map = "kind = \"thing\"\nid = \"{{ n }}\"\nnames.en = \"{{ cell }}\"\nfacts.said = \"{{ cell }}\"\nfacts.told = { is = \"x{{ cell }}\", source = \"{{ cell }}\" }\n[source]\nname = \"x\"\nchecked = 2026-11-01\n";
        let mut map = Map::parse("m.toml", map);
        map.about = Some(about);
        let table = Table::read("t.csv", &csv, Format::of_name("t.csv")).unwrap();
        let schema = "[kind.thing]\n[relation.said]\nof = \"thing\"\nis = \"text\"\n[relation.told]\nof = \"thing\"\nis = \"text\"\n";
        let facts = load_texts(vec![("schema.toml".to_owned(), schema.to_owned())]).written;
        let job = Job { map: &map, folder: Path::new(""), table: &table, facts: &facts, tables: HashMap::new(), output: "out.toml" };
        let imported = import(job);
        prop_assert!(imported.problems.is_empty() && imported.bad.is_empty() && imported.faults.is_empty(), "{:?}", imported);
        let loaded = load(&imported, schema);
        prop_assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        for (at, cell) in cells.iter().enumerate() {
            let cell = cell.trim();
            let entity = loaded.written.entities.iter().find(|entity| entity.id.value == format!("r{at}")).unwrap();
            prop_assert_eq!(names(entity, "en"), if cell.is_empty() { vec![] } else { vec![cell] });
            let said: Vec<&Object> = entity.facts.iter().filter(|fact| fact.relation.value == "said").map(|fact| &fact.object.value).collect();
            match said.as_slice() {
                [] => prop_assert!(cell.is_empty()),
                [Object::Id(text) | Object::Text(text)] => prop_assert_eq!(text, cell),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
