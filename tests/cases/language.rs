//! What the rule language can say, each with a small rule of its own.

use crate::support::check;

#[test]
fn a_computed_value_is_expected() {
    check("展览于2026年3月2日（⟦星期三⟧{weekday: 星期一}）开幕，3月8日（星期日）闭幕。\n");
}

#[test]
fn a_relation_to_a_number() {
    check(
        r#"Oslo stands 23 metres above the sea; Muscat stands ⟦900⟧{height: 8} metres above the sea.
=== rules
[relation.height]
of = "city"
is = "number"
[entity.city]
oslo-no = { height = 23 }
muscat-om = { height = 8 }
[[rule]]
id = "height"
summary = "A city is given a height above the sea that is not its own."
patterns.en = ['{city} stands {number} metres above the sea']
expect.number = "height(city)"
message.en = "{{ city }} does not stand {{ number }} metres above the sea"
examples = [{ text = "Oslo stands [70] metres above the sea." }, { text = "Oslo stands 23 metres above the sea." }]
"#,
    );
}

#[test]
fn a_sum_of_a_list() {
    check(
        r#"The bill lists 3 pears, 4 pears and 5 pears: 12 pears in all. Ours lists 3 pears, 4 pears and 5 pears: ⟦15⟧{pears: 12} pears in all.
=== rules
[[rule]]
id = "pears"
summary = "Pears do not add up."
patterns.en = ['lists {parts:number} pears(?:(?:,| and) {parts:number} pears)+: {all:number} pears in all']
expect.all = "sum(parts)"
message.en = "{{ all }} is not the sum"
examples = [
  { text = "It lists 1 pears and 2 pears: [4] pears in all." },
  { text = "It lists 1 pears and 2 pears: 3 pears in all." },
]
"#,
    );
}

#[test]
fn claims_of_an_article_must_agree() {
    check(
        r#"The Omani envoy stayed in room 12. Later the Omani envoy stayed in room ⟦14⟧{room}.
=== rules
[[rule]]
id = "room"
summary = "One envoy stays in two rooms."
patterns.en = ['{country.adjective} envoy stayed in room {number}']
agree = { same = ["country"], on = "number", within = "article" }
message.en = "two rooms for one envoy"
examples = [
  { text = "The Omani envoy stayed in room 3. The Omani envoy stayed in room [4]." },
  { text = "The Omani envoy stayed in room 3. The Omani envoy stayed in room 3." },
]
"#,
    );
}
