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

#[test]
fn a_misspelt_name_is_seen_beside_its_office() {
    let rules = r#"=== rules
[kind.office]
[kind.person]
[relation.holder]
of = "office"
is = "person"
[entity.office]
harbour-master = { zh = ["港务长"], en = ["Harbour Master"], holder = "ada-lindqvist" }
[entity.person]
ada-lindqvist = { zh = ["阿达·林德奎斯特", "林德奎斯特"], en = ["Ada Lindqvist"] }
ada-lindquist = { en = ["Ada Lindquist"] }
[[rule]]
id = "misspelt"
summary = "A name beside its office is misspelt."
patterns.zh = ['{office}{person~}']
patterns.en = ['{office} {person~}']
expect.person = "holder(office)"
message.zh = "{{ written.person }}疑为误写"
message.en = "{{ written.person }} may be misspelt"
examples = [{ text = "港务长[林德奎斯待]昨天到任。" }, { text = "港务长林德奎斯特昨天到任。" }]
"#;
    check(&format!("港务长⟦林德奎斯待⟧{{misspelt: 林德奎斯特}}昨天到任。\n{rules}"));
    check(&format!("港务长林德奎斯特昨天到任，港务长说没有大雪。\n{rules}"));
    check(&format!("Harbour Master ⟦Ada Lindqvizt⟧{{misspelt: Ada Lindqvist}} came on Monday.\n{rules}"));
    // A different known person is another matter than a slip of spelling.
    check(&format!("Harbour Master ⟦Ada Lindquist⟧{{misspelt: Ada Lindqvist}} came on Monday.\n{rules}"));
    check(&format!("Harbour Master Bo Ek came on Monday.\n{rules}"));
}

#[test]
fn a_series_must_rise() {
    check(
        r#"2025年3月1日举行第一轮比赛。2025年3月8日举行第二轮比赛。2025年3月15日举行⟦第四⟧{rounds}轮比赛。
=== rules
[[rule]]
id = "rounds"
summary = "Rounds do not follow each other."
patterns.zh = ['{date}举行{round:ordinal}轮']
order = { by = "date", of = "round", step = 1 }
message.zh = "轮次不连续"
examples = [{ text = "2025年3月1日举行第1轮。2025年3月2日举行[第3]轮。" }, { text = "2025年3月1日举行第1轮。2025年3月2日举行第2轮。" }]
"#,
    );
}

#[test]
fn a_slot_is_named_again_without_its_type() {
    check(
        r#"订单:梨3箱、桃4箱、杏5箱,共⟦15箱⟧{boxes: 12箱}。
=== rules
[[rule]]
id = "boxes"
summary = "Boxes do not add up."
patterns.zh = ['订单:[^\d]{parts:quantity}(?:、[^\d]{parts})+,共{all:quantity}']
expect.all = "sum(parts) if unit.parts == unit.all"
message.zh = "{{ all }}"
examples = [{ text = "订单:梨1箱、桃2箱,共[4箱]。" }, { text = "订单:梨1箱、桃2箱,共3箱。" }]
"#,
    );
}

#[test]
fn a_gap_stays_in_its_sentence() {
    let rules = r#"=== rules
[[rule]]
id = "later"
summary = "A capital further on in the sentence."
patterns.zh = ['{country}…港口{city}']
expect.city = "capital(country)"
message.zh = "{{ city }}"
examples = [{ text = "阿曼最大的港口[奥斯陆]。" }, { text = "阿曼最大的港口马斯喀特。" }]
"#;
    check(&format!("船队访问阿曼北部的港口⟦奥斯陆⟧{{later: 马斯喀特}}。\n{rules}"));
    check(&format!("船队访问阿曼。随后港口奥斯陆关闭。\n{rules}"));
    check(&format!("阿曼和挪威之间往返于港口奥斯陆。\n{rules}"));
}

#[test]
fn quoted_words_are_a_note_and_corrections_are_silent() {
    check("船长说:“我们昨天离开挪威首都⟦马斯喀特⟧{capital: 奥斯陆}。”\n");
    check("更正\n\n昨天本报误将马斯喀特写成挪威首都奥斯陆。\n");
}

#[test]
fn facts_hold_on_the_claims_day() {
    let rules = r#"=== rules
[entity.country]
KZ = { zh = ["哈萨克斯坦"], en = ["Kazakhstan"], capital = [{ is = "almaty-kz", until = 1997-12-09 }, { is = "astana-kz", from = 1997-12-10 }] }
[entity.city]
almaty-kz = { zh = ["阿拉木图"], en = ["Almaty"] }
astana-kz = { zh = ["阿斯塔纳"], en = ["Astana"] }
"#;
    check(&format!("as-of: 2020-05-01\n---\n车队抵达哈萨克斯坦首都⟦阿拉木图⟧{{capital: 阿斯塔纳}}。\n{rules}"));
    check(&format!("as-of: 1995-05-01\n---\n车队抵达哈萨克斯坦首都阿拉木图。\n{rules}"));
    check(&format!("as-of: 2020-05-01\n---\n1995年,车队抵达哈萨克斯坦首都阿拉木图。\n{rules}"));
    // Without any day, each that ever was is right.
    check(&format!("车队抵达哈萨克斯坦首都阿拉木图。\n{rules}"));
    check(&format!("车队抵达哈萨克斯坦首都⟦奥斯陆⟧{{capital}}。\n{rules}"));
}

#[test]
fn printed_numbers_stand_for_what_their_rounding_allows() {
    let rules = r#"=== rules
[[rule]]
id = "sum"
summary = "Two do not make the third."
patterns.zh = ['{a:quantity}和{b:quantity},合计{all:quantity}']
expect.all = "a + b"
message.zh = "{{ all }}"
examples = [{ text = "3人和4人,合计[9人]。" }, { text = "3人和4人,合计7人。" }]
"#;
    check(&format!("用水1.2万吨和1.3万吨,合计2.4万吨。\n{rules}"));
    check(&format!("用水1.2万吨和1.3万吨,合计⟦2.7万吨⟧{{sum: 2.5万吨}}。\n{rules}"));
    check(&format!("约30人和40人,合计72人。\n{rules}"));
    check(&format!("30人和40余人,合计99人。\n{rules}"));
    check(&format!("30人和40人,合计⟦72人⟧{{sum: 70人}}。\n{rules}"));
}

#[test]
fn a_converted_quantity_is_rounded() {
    for expect in ["km", "convert(km, 'mi')"] {
        let rules = format!(
            r#"=== rules
[[rule]]
id = "units"
summary = "One length in two units."
patterns.en = ['{{km:length}} \({{mi:length}}\)']
expect.mi = "{expect}"
message.en = "{{{{ km }}}} is not {{{{ mi }}}}"
examples = [{{ text = "It is 16 km ([20 miles]) away." }}, {{ text = "It is 16 km (10 miles) away." }}]
"#
        );
        check(&format!(
            "It lies 16 km (10 miles) away, 300 km (200 miles) by sea and 2.5 km (1.6 miles) by air.\n{rules}"
        ));
        check(&format!("It lies 16 km (⟦20 miles⟧{{units: 9.9 miles}}) away.\n{rules}"));
        check(&format!("It lies 2.5 km (⟦2.6 miles⟧{{units}}) away.\n{rules}"));
    }
}

/// Neither of two kinds that hide nothing hides the other's names, before the words of a pattern or behind them.
#[test]
fn transparent_kinds_do_not_hide_each_other() {
    check(
        r#"He sprang up 12 stairs, then up ⟦14⟧{climb: 12} stairs. Stairs: ⟦14⟧{steps: 12} up and coming.
=== rules
[kind.way]
transparent = true
words = true
[kind.gait]
transparent = true
words = true
[relation.stairs]
of = "way"
is = "number"
[entity.way]
up = { en = ["up"], stairs = 12 }
[entity.gait]
spring = { en = ["sprang up", "then up", "up and coming"] }
[[rule]]
id = "climb"
summary = "Other stairs are climbed than there are."
patterns.en = ['{way} {number} stairs']
expect.number = "stairs(way)"
message.en = "too many"
examples = [{ text = "He ran up [13] stairs." }, { text = "He ran up 12 stairs." }]
[[rule]]
id = "steps"
summary = "Other stairs lead up than there are."
patterns.en = ['Stairs: {number} {way}']
expect.number = "stairs(way)"
message.en = "too many"
examples = [{ text = "Stairs: [13] up." }, { text = "Stairs: 12 up." }]
"#,
    );
}
