//! The shipped rules load without a problem, keep their examples, and prove themselves by enough of them.

use factlint::examples::{coverage, run};
use factlint::rule::compile;
use factlint::rule::load::load;

#[test]
fn examples_hold() {
    let (rules, problems) = compile(load(&[], true));
    assert!(problems.is_empty(), "{problems:#?}");
    let mut failed = Vec::new();
    for rule in &rules.rules {
        for example in &rule.written.examples {
            if let Err(failure) = run(&rules, rule.id(), example) {
                failed.push(format!("{} {}: {} — {}", failure.fault, rule.id(), example.text.value, failure.came_out));
            }
        }
        failed.extend(
            coverage(rule, true).into_iter().map(|gap| format!("{} {}: {}", gap.fault, rule.id(), gap.came_out)),
        );
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
