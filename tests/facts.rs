//! The shipped facts fit together: what one file says of a thing does not break what another says.

use factlint::fact::{Days, EntityId, FactBase, ObjectValue};
use factlint::rule::RuleSet;
use factlint::shipped;
use factlint::text::Lang;
use jiff::tz::TimeZone;
use std::collections::HashSet;
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
    for relation in ["timezone", "country_tz", "zone_tz"] {
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
    "高度", "重要", "方面", "组织", "世界", "国际", "时间", "发展", "安全", "关系", "问题", "表示", "会议", "合作",
];

#[test]
fn everyday_words_are_weak_names() {
    let base = facts();
    let mut strong = Vec::new();
    for word in EVERYDAY {
        for meant in base.names().exact(word).iter().filter(|meant| !meant.weak && !meant.unsure) {
            // A plain expression is there to stand in the way, and titles are plain words.
            if !matches!(base.kind_name(meant.kind), "word" | "title") {
                strong.push(format!("{word}: {} {}", base.kind_name(meant.kind), base.id_of(meant.entity)));
            }
        }
    }
    assert!(strong.is_empty(), "mark these `weak = true`: {strong:#?}");
}

#[test]
fn a_shared_name_has_all_its_bearers() {
    let base = facts();
    for (name, kind, least) in
        [("圣地亚哥", "city", 2), ("Georgia", "region", 1), ("的黎波里", "city", 2), ("Paris", "city", 2)]
    {
        let of_kind = base.names().exact(name).iter().filter(|meant| base.kind_name(meant.kind) == kind);
        let bearers: HashSet<EntityId> = of_kind.map(|meant| meant.entity).collect();
        assert!(bearers.len() >= least, "{name}: {bearers:?}");
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
    assert_eq!(
        facts().name_of(facts().entity(facts().kind("city").unwrap(), "muscat-om").unwrap(), Lang::ZH, Days::ALWAYS),
        "马斯喀特"
    );
}
