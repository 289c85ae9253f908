//! The shipped rules load without a problem, keep their examples, and prove themselves by enough of them.

use factlint::engine;
use factlint::examples::{coverage, run};
use factlint::read::{ReadSettings, read};
use factlint::rule::RuleSet;
use factlint::shipped;
use proptest::prelude::*;
use std::sync::LazyLock;

static SHIPPED: LazyLock<RuleSet> = LazyLock::new(shipped::rules);

#[test]
fn examples_hold() {
    let rules = &*SHIPPED;
    assert!(!rules.rules.is_empty(), "the pack in the program does not open");
    let problems = factlint::rule::load::load_files(shipped::among(Vec::new(), true)).problems;
    assert!(problems.is_empty(), "{problems:#?}");
    let mut failed = Vec::new();
    for rule in rules.rules.iter() {
        let decl = rules.written(rule).unwrap();
        for example in &decl.examples {
            if let Err(failure) = run(rules, rule.id(), example) {
                failed.push(format!("{} {}: {} — {}", failure.fault, rule.id(), example.text.value, failure.came_out));
            }
        }
        failed.extend(
            coverage(decl, true).into_iter().map(|gap| format!("{} {}: {}", gap.fault, rule.id(), gap.came_out)),
        );
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Words that the shipped rules look for, to be thrown together.
const WORDS: &[&str] = &[
    "阿曼",
    "首都",
    "阿布扎比",
    "的",
    "是",
    "馬斯開特",
    "2月30日",
    "(星期四)",
    "当地时间",
    "10时",
    "北京时间",
    "25时",
    "各自",
    "移交",
    "157名",
    "共计",
    "314人",
    "、",
    "，",
    "。",
    "\n",
    "\n\n",
    "▲",
    "“",
    "”",
    "\"",
    "《",
    "泰晤士报",
    "》",
    "Oman",
    "'s capital",
    ", ",
    "Muscat",
    " Abu Dhabi",
    "Thursday",
    " Feb. 6",
    ", 2026",
    " 10 a.m.",
    " local time",
    " (0600 GMT)",
    " each",
    " a total of ",
    "$1.2 billion",
    "é",
    "😀",
    "\u{200B}",
    "\u{3000}",
    "１２",
    "第三",
    "公元0年",
    "MUSCAT, Oman (AP) — ",
    "新华社马斯喀特2月6日电",
    "#",
    " ",
    "-",
];

proptest! {
    #[test]
    fn any_copy_is_checked(picks in prop::collection::vec(0usize..WORDS.len(), 0..60), markdown: bool) {
        let text: String = picks.iter().map(|at| WORDS[*at]).collect();
        let settings = ReadSettings { as_of: Some(jiff::civil::date(2026, 2, 7)), ..ReadSettings::default() };
        let document = read(if markdown { "x.md" } else { "x.txt" }, text.clone().into_bytes(), &settings).unwrap();
        for found in engine::check(&SHIPPED, &document).diagnostics {
            for span in found.labels.iter().map(|label| label.span).chain([found.span]) {
                prop_assert!(text.get(span.start..span.end).is_some_and(|words| !words.is_empty()), "{:?}", found);
            }
            prop_assert!(!found.message.is_empty());
        }
    }
}
