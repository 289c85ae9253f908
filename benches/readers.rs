//! The readers alone, from bytes to articles.
//!
//! The files are made here in the shape that sites and archives give them: a page is a third article and two thirds
//! head, scripts, navigation and footer. Run with `cargo bench --bench readers`; figures are bytes of the file per
//! second on one thread.

use divan::Bencher;
use divan::counter::BytesCount;
use factlint::read::{ReadSettings, read};

const CHINESE: &[&str] = &[
    "渔港昨日清晨恢复作业，首批二十七艘渔船在薄雾中驶出防波堤，值班员说风力不大。",
    "当地渔业协会介绍，上半年共卸货3.2万吨，同比增长4.5%，其中冷链运输占六成以上。",
    "“我们把网补好了，把油加满了，就等这一天。”船长在甲板上对记者说。",
];
const ENGLISH: &[&str] = &[
    "The harbour reopened before dawn on Monday and the first boats left in a thin fog. ",
    "Landings came to 32,000 tonnes in the first half, up 4.5 percent, the fishing board said. ",
    "\"We mended the nets and filled the tanks and waited for this day,\" the skipper said. ",
];
/// Articles that one round reads.
const ARTICLES: usize = 200;
/// Paragraphs of an article, and sentences of a paragraph.
const PARAGRAPHS: usize = 12;
const SENTENCES: usize = 3;

fn paragraph<'s>(sentences: &[&'s str], nth: usize) -> Vec<&'s str> {
    sentences.iter().copied().cycle().skip(nth).take(SENTENCES).collect()
}

/// A page as sites serve them.
fn page(sentences: &[&str], lang: &str) -> String {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\" class=\"no-js\"><head><meta charset=\"utf-8\">\n<title>Harbour</title>\n\
         <meta property=\"og:title\" content=\"Harbour\">\n<meta property=\"article:published_time\" \
         content=\"2026-03-04T08:00:00+08:00\">\n<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\
         \"datePublished\":\"2026-03-04T08:00:00+08:00\",\"inLanguage\":\"{lang}\"}}</script>\n<style>\n"
    );
    for nth in 0..20 {
        page.push_str(&format!(".card-{nth} > a:hover {{ color: #1a1a1a; margin: 0 {nth}px }}\n"));
    }
    page.push_str("</style></head>\n<body><header><nav class=\"top\"><ul>\n");
    for nth in 0..30 {
        page.push_str(&format!(
            "  <li class=\"item item-{nth}\"><a href=\"/section/{nth}\" data-track=\"nav\">Section {nth}</a></li>\n"
        ));
    }
    page.push_str("</ul></nav></header>\n<article class=\"story\" id=\"main\"><h1>Harbour</h1>\n");
    for nth in 0..PARAGRAPHS {
        let sentences = paragraph(sentences, nth);
        page.push_str("<p class=\"body-text\">");
        for (at, sentence) in sentences.iter().enumerate() {
            match at {
                0 => page.push_str(sentence),
                1 => page.push_str(&format!("<a href=\"https://example.org/{nth}?a=1&amp;b=2\">{sentence}</a>&nbsp;")),
                _ => page.push_str(&format!("<strong>{sentence}</strong> &amp; ")),
            }
        }
        page.push_str("</p>\n");
    }
    page.push_str(
        "<figure><img src=\"/a.jpg\" alt=\"\" width=\"640\"><figcaption>Boats.</figcaption></figure></article>\n",
    );
    page.push_str("<footer><ul>\n");
    for nth in 0..20 {
        page.push_str(&format!("  <li><a href=\"/about/{nth}\" rel=\"nofollow\">About {nth}</a></li>\n"));
    }
    page.push_str("</ul></footer><script>\nwindow.dataLayer = window.dataLayer || [];\n");
    for nth in 0..30 {
        page.push_str(&format!("if (a < {nth} && b.c[{nth}]) {{ push({{ \"event\": \"view\", \"n\": {nth} }}); }}\n"));
    }
    page.push_str("</script></body></html>\n");
    page
}

fn lines(sentences: &[&str], lang: &str) -> String {
    let line = |nth: usize| {
        let text: Vec<String> = (0..PARAGRAPHS).map(|at| paragraph(sentences, nth + at).concat()).collect();
        let text = serde_json::to_string(&text.join("\n\n")).expect("a string is JSON");
        format!("{{\"id\":{nth},\"date\":\"2026-03-04\",\"lang\":\"{lang}\",\"title\":\"Harbour\",\"text\":{text}}}\n")
    };
    (0..ARTICLES).map(line).collect()
}

/// Reads a file over and over, as often as to come to the number of articles.
fn bench(bencher: Bencher<'_, '_>, path: &str, file: &str, times: usize) {
    let settings = ReadSettings::default();
    bencher.counter(BytesCount::new(file.len() * times)).bench_local(|| {
        let articles =
            |_| read(path, file.as_bytes().to_vec(), &settings).map_or(0, |document| document.articles.len());
        (0..times).map(articles).sum::<usize>()
    });
}

#[divan::bench(args = ["zh", "en"])]
fn html(bencher: Bencher<'_, '_>, lang: &str) {
    bench(bencher, "a.html", &page(if lang == "zh" { CHINESE } else { ENGLISH }, lang), ARTICLES);
}

#[divan::bench(args = ["zh", "en"])]
fn json_lines(bencher: Bencher<'_, '_>, lang: &str) {
    bench(bencher, "a.jsonl", &lines(if lang == "zh" { CHINESE } else { ENGLISH }, lang), 1);
}

#[divan::bench(args = ["zh", "en"])]
fn plain_text(bencher: Bencher<'_, '_>, lang: &str) {
    let sentences = if lang == "zh" { CHINESE } else { ENGLISH };
    let text: Vec<String> = (0..PARAGRAPHS).map(|at| paragraph(sentences, at).concat()).collect();
    bench(bencher, "a.txt", &text.join("\n\n"), ARTICLES);
}

fn main() {
    divan::main();
}
