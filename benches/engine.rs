//! The engine on text in memory, and what it costs to get ready.
//!
//! The copy is made here from sentences and names, one article in ten with a slip, so that the bench needs no files.
//! Run with `cargo bench`; figures are bytes of copy per second on one thread.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use factlint::engine;
use factlint::read::{Document, ReadSettings, read};
use factlint::rule::load::load_files;
use factlint::rule::{RuleSet, compile};
use factlint::shipped;
use jiff::civil::date;
use std::sync::LazyLock;

/// Bytes of copy that one round checks.
const COPY: usize = 1_000_000;
/// Bytes of an article, as in a newspaper.
const ARTICLE: usize = 3_000;

static RULES: LazyLock<RuleSet> = LazyLock::new(shipped::rules);

const CHINESE: &[&str] = &[
    "渔港昨日清晨恢复作业，首批二十七艘渔船在薄雾中驶出防波堤。",
    "负责调度的值班员说，今年的汛期比往年晚了将近两周，渔民普遍盼着早些出海。",
    "当地渔业协会介绍，上半年共卸货3.2万吨，同比增长4.5%，其中冷链运输占六成以上。",
    "代表团一行随后前往挪威首都奥斯陆，参观了新建成的海洋研究中心。",
    "气象部门提醒，3月12日（星期四）夜间将有一次冷空气过程，风力可达七级。",
    "“我们把网补好了，把油加满了，就等这一天。”船长在甲板上对记者说。",
];
const CHINESE_SLIP: &str = "座谈会最后一站设在摩洛哥首都卡萨布兰卡，双方各派出15名代表，共计40名。";
const ENGLISH: &[&str] = &[
    "The harbour reopened before dawn on Monday and the first boats left in a thin fog. ",
    "A duty officer said the season had begun nearly two weeks late and crews were keen to sail. ",
    "Landings came to 32,000 tonnes in the first half, up 4.5 percent, the fishing board said. ",
    "The delegation went on to Oslo, the capital of Norway, to see the new marine centre. ",
    "Forecasters warned of strong winds on the night of Thursday, March 12, along the coast. ",
    "\"We mended the nets and filled the tanks and waited for this day,\" the skipper said. ",
];
const ENGLISH_SLIP: &str = "The tour ended in Morocco's capital, Casablanca, on Thursday, March 10, 2026. ";

/// Articles of about the same size, from sentences in turn.
fn articles(sentences: &[&str], slip: &str) -> Vec<Document> {
    let settings = ReadSettings { as_of: Some(date(2026, 3, 9)), ..ReadSettings::default() };
    (0..COPY / ARTICLE)
        .map(|nth| {
            let mut text = String::new();
            for (at, sentence) in sentences.iter().cycle().skip(nth % sentences.len()).enumerate() {
                if text.len() >= ARTICLE {
                    break;
                }
                text.push_str(sentence);
                if at % 4 == 3 {
                    text.push_str("\n\n");
                }
            }
            if nth % 10 == 0 {
                text.push_str(slip);
            }
            read("bench.txt", text.into_bytes(), &settings).expect("the copy is UTF-8")
        })
        .collect()
}

fn bench_copy(bencher: Bencher<'_, '_>, documents: &[Document]) {
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    LazyLock::force(&RULES);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        documents.iter().map(|document| engine::check(black_box(&RULES), document).diagnostics.len()).sum::<usize>()
    });
}

#[divan::bench]
fn check_chinese(bencher: Bencher<'_, '_>) {
    bench_copy(bencher, &articles(CHINESE, CHINESE_SLIP));
}

#[divan::bench]
fn check_english(bencher: Bencher<'_, '_>) {
    bench_copy(bencher, &articles(ENGLISH, ENGLISH_SLIP));
}

/// Reading into articles, without checking.
#[divan::bench]
fn read_chinese(bencher: Bencher<'_, '_>) {
    let texts: Vec<String> = articles(CHINESE, CHINESE_SLIP).into_iter().map(|document| document.text).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let settings = ReadSettings::default();
        texts.iter().filter_map(|text| read("bench.txt", text.clone().into_bytes(), &settings).ok()).count()
    });
}

/// One article of an editor's window, checked again after a keystroke.
#[divan::bench]
fn recheck_one_article(bencher: Bencher<'_, '_>) {
    let documents = articles(CHINESE, CHINESE_SLIP);
    LazyLock::force(&RULES);
    bencher.bench_local(|| engine::check(black_box(&RULES), &documents[0]).diagnostics.len());
}

/// Reading the TOML of the shipped rules and facts: the first part of starting up.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn load_toml() -> usize {
    load_files(shipped::among(Vec::new(), true)).written.entities.len()
}

/// Loading and compiling the shipped rules and facts: what a run pays before it reads.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn start_up() -> usize {
    compile(load_files(shipped::among(Vec::new(), true))).0.rules.len()
}

fn main() {
    divan::main();
}
