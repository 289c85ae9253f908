//! The shipped facts fit together: what one file says of a thing does not break what another says.

use factlint::fact::{Days, EntityId, Fact, FactBase, ObjectValue};
use factlint::rule::RuleSet;
use factlint::shipped;
use factlint::text::Lang;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(shipped::rules);

fn facts() -> &'static FactBase {
    RULES.facts()
}

/// Every fact of a relation: its subject and what it says.
fn all(relation: &str) -> Vec<(EntityId, ObjectValue<'static>, Days)> {
    let base = facts();
    let (id, _) = base.relations().find(|(_, of)| of.name == relation).unwrap_or_else(|| panic!("{relation}"));
    let of = base.entities().flat_map(|entity| base.facts_of(entity)).filter(move |fact| fact.relation == id);
    of.map(|fact| (fact.subject, fact.object, fact.days)).collect()
}

#[test]
fn capitals_lie_in_their_countries_and_provinces() {
    let base = facts();
    let lies = |relation: &str, city: EntityId, whole: EntityId| {
        let places: Vec<EntityId> = all_of(relation, city);
        places.is_empty() || places.iter().any(|place| base.same_or_part(*place, whole))
    };
    let mut wrong = Vec::new();
    for (country, object, _) in all("capital") {
        let ObjectValue::Entity(city) = object else { continue };
        // States of the past had cities that lie in other countries now.
        if base.id_of(country).len() == 2 && !lies("country", city, country) {
            wrong.push(format!("{} of {}", base.id_of(city), base.id_of(country)));
        }
    }
    for (region, object, days) in all("region_capital") {
        let ObjectValue::Entity(city) = object else { continue };
        if days == Days::ALWAYS && !lies("region", city, region) {
            wrong.push(format!("{} of {}", base.id_of(city), base.id_of(region)));
        }
    }
    assert!(wrong.is_empty(), "not where they belong: {wrong:?}");
}

fn all_of(relation: &str, entity: EntityId) -> Vec<EntityId> {
    let base = facts();
    let found = base.facts_of(entity).filter(|fact| base.relation(fact.relation).name == relation);
    let object = |object| match object {
        ObjectValue::Entity(id) => Some(id),
        _ => None,
    };
    found.filter_map(|fact| object(fact.object)).collect()
}

#[test]
fn time_zones_exist() {
    let mut unknown = HashSet::new();
    for relation in ["timezone", "country_tz", "country_zones", "zone_tz"] {
        for (_, object, _) in all(relation) {
            let ObjectValue::Text(name) = object else { continue };
            let offset = name.starts_with(['+', '-']);
            if !offset && TimeZone::get(name).is_err() {
                unknown.insert(name);
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Words that stand in every paper every day, and that some town, outlet or person is called by.
const EVERYDAY: &[&str] = &[
    "The", "This", "That", "There", "They", "When", "While", "What", "With", "Will", "Would", "Of", "And", "But",
    "For", "From", "After", "Before", "Since", "Under", "Over", "Nice", "Reading", "Mobile", "Split", "Bath", "March",
    "May", "August", "Time", "Nature", "Science", "Most", "Bar", "Police", "Best", "Man", "Of", "Is", "Are", "As",
    "At", "Bush", "Brown", "Young", "King", "Price", "Rice", "Cook", "和平", "北岸", "太平", "永和", "建设", "胜利",
    "团结", "光明", "青年", "新华", "东方", "人民", "中心", "大学", "机场", "公司", "政府", "总统", "今天", "昨天",
    "福利", "希望", "高度", "重要", "方面", "组织", "世界", "国际", "时间", "发展", "安全", "关系", "问题", "表示",
    "会议", "合作",
];

#[test]
fn everyday_words_are_weak_names() {
    let base = facts();
    let mut strong = Vec::new();
    for word in EVERYDAY {
        for meant in base.names().exact(word).iter().filter(|meant| !meant.weak && !meant.unsure) {
            // A plain expression is there to stand in the way; titles, months, family names and the words that count days
            // or say who is alone are plain words.
            let plain = ["word", "title", "seat_title", "day_word", "month_name", "family_name", "lone_one"];
            if !plain.contains(&base.kind_name(meant.kind)) {
                strong.push(format!("{word}: {} {}", base.kind_name(meant.kind), base.id_of(meant.entity)));
            }
        }
    }
    assert!(strong.is_empty(), "mark these `weak = true`: {strong:#?}");
}

#[test]
fn a_shared_name_has_all_its_bearers() {
    let base = facts();
    for (name, kind, least) in [
        ("圣地亚哥", "city", 2),
        ("Georgia", "region", 1),
        ("Georgia", "country", 1),
        ("的黎波里", "city", 2),
        ("Paris", "city", 2),
        ("布什", "person", 2),
        ("George Bush", "person", 2),
        ("特鲁多", "person", 2),
        ("基什内尔", "person", 2),
        ("阿基诺", "person", 2),
        ("卡比拉", "person", 2),
        ("别尔德穆哈梅多夫", "person", 2),
        ("内华达山脉", "landmark", 1),
        ("怀特岛", "landmark", 2),
    ] {
        let of_kind = base.names().exact(name).iter().filter(|meant| base.kind_name(meant.kind) == kind);
        let bearers: HashSet<EntityId> = of_kind.map(|meant| meant.entity).collect();
        assert!(bearers.len() >= least, "{name}: {bearers:?}");
    }
}

/// The certain facts of each subject of a relation, by their days.
fn certain(relation: &str) -> HashMap<EntityId, Vec<Fact<'static>>> {
    let base = facts();
    let mut by_subject: HashMap<EntityId, Vec<Fact<'static>>> = HashMap::new();
    for fact in base.entities().flat_map(|entity| base.facts_of(entity)) {
        if base.relation(fact.relation).name == relation && !fact.unsure {
            by_subject.entry(fact.subject).or_default().push(fact);
        }
    }
    for of_one in by_subject.values_mut() {
        of_one.sort_by_key(|fact| (fact.days.from, fact.days.until));
    }
    by_subject
}

#[test]
fn one_holder_of_an_office_at_a_time() {
    let base = facts();
    let mut wrong = Vec::new();
    for (office, terms) in certain("holder") {
        for pair in terms.windows(2) {
            // On the day of handing over both hold it.
            if pair[0].days.until > pair[1].days.from {
                wrong.push(format!(
                    "{}: {} and {}",
                    base.id_of(office),
                    base.describe(&pair[0]),
                    base.describe(&pair[1])
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "give them days that do not overlap, or low confidence: {wrong:#?}");
}

#[test]
fn a_member_joins_once_before_it_leaves() {
    let base = facts();
    let mut wrong = Vec::new();
    for (country, memberships) in certain("member_of") {
        for (n, one) in memberships.iter().enumerate() {
            let again =
                memberships[n + 1..].iter().any(|other| other.object == one.object && other.days.overlaps(one.days));
            if again {
                wrong.push(format!("{}: {}", base.id_of(country), base.describe(one)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn facts_begin_before_they_end() {
    let base = facts();
    let turned =
        base.entities().flat_map(|entity| base.facts_of(entity)).filter(|fact| fact.days.from > fact.days.until);
    let turned: Vec<String> = turned.map(|fact| base.describe(&fact)).collect();
    assert!(turned.is_empty(), "{turned:#?}");
}

#[test]
fn offices_have_a_holder_and_belong_to_somebody() {
    let base = facts();
    let says = |entity: EntityId, relation: &str| {
        base.facts_of(entity).any(|fact| base.relation(fact.relation).name == relation)
    };
    let office = base.kind("office").unwrap();
    let of_kind = base.entities().filter(|entity| base.kind_of(*entity) == office);
    let bare: Vec<&str> = of_kind
        .filter(|entity| {
            let owners = ["office_country", "office_organisation", "office_region", "office_city", "office_company"];
            let belongs = owners.iter().any(|owner| says(*entity, owner));
            !(belongs && says(*entity, "office_title") && says(*entity, "holder"))
        })
        .map(|entity| base.id_of(entity))
        .collect();
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn who_held_which_office() {
    let base = facts();
    let (holder, _) = base.relations().find(|(_, relation)| relation.name == "holder").unwrap();
    for (office, day, person) in [
        ("us-president", date(1987, 6, 12), "ronald-reagan"),
        ("us-finance-minister", date(1987, 10, 19), "james-baker"),
        ("gb-prime-minister", date(1987, 6, 12), "margaret-thatcher"),
        ("de-foreign-minister", date(1989, 11, 9), "hans-dietrich-genscher"),
        ("soviet-union-general-secretary", date(1986, 10, 11), "mikhail-gorbachev"),
        ("jp-finance-minister", date(1987, 2, 22), "kiichi-miyazawa"),
        ("jp-prime-minister", date(1964, 10, 10), "hayato-ikeda"),
        ("br-president", date(2016, 4, 20), "dilma-rousseff"),
        ("ua-president", date(2022, 2, 24), "volodymyr-zelenskyy"),
        ("va-pope", date(1986, 1, 1), "john-paul-ii"),
        ("un-secretary-general", date(2003, 3, 20), "kofi-annan"),
        ("nato-secretary-general", date(2022, 2, 24), "jens-stoltenberg"),
        ("fed-bank-chair", date(2008, 9, 15), "ben-bernanke"),
        ("ioc-organisation-president", date(2008, 8, 8), "jacques-rogge"),
    ] {
        let seat = base.entity(base.kind("office").unwrap(), office).unwrap_or_else(|| panic!("no {office}"));
        let held: Vec<&str> = base
            .ask(seat, holder, Days::on(day))
            .filter_map(|fact| match fact.object {
                ObjectValue::Entity(id) => Some(base.id_of(id)),
                _ => None,
            })
            .collect();
        assert_eq!(held, [person], "{office} on {day}");
    }
}

#[test]
fn every_fact_has_a_source_and_a_day() {
    let base = facts();
    let without: HashSet<&str> = base
        .entities()
        .flat_map(|entity| base.facts_of(entity))
        .filter(|fact| fact.source.is_none() || fact.checked.is_none())
        .map(|fact| base.relation(fact.relation).name.as_str())
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn much_is_known() {
    let counts = facts().counts();
    let names: usize = counts.values().map(|counts| counts.names).sum();
    assert!(names >= 80_000, "{names} names");
    assert!(counts["country"].entities >= 250 && counts["city"].entities >= 30_000, "{counts:?}");
    assert!(counts["office"].entities >= 590 && counts["person"].entities >= 2_800, "{counts:?}");
    assert!(counts["landmark"].entities >= 780, "{counts:?}");
    assert_eq!(
        facts().name_of(facts().entity(facts().kind("city").unwrap(), "muscat-om").unwrap(), Lang::ZH, Days::ALWAYS),
        "马斯喀特"
    );
}
