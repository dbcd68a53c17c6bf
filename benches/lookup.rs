//! What a look-up in the tables of `knowledge` costs: under 50 ns each, found or not.
//!
//! ```sh
//! cargo bench --bench lookup
//! ```
//!
//! Each bench looks all its words up once; divide by their number, which is 16. Half of them are in the table.

use std::hint::black_box;

use cablegram::knowledge;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The words looked up in one pass.
type Words = [&'static str; 16];

const TAGS: Words = [
    "PGOV", "ETRD", "GE", "KDEM", "NATO", "UNESCO", "IS", "WTO", "PGOF", "QQ", "EMBASSY", "LABOR", "KXXX", "P", "ZZZZ",
    "PHUMPGOV",
];
const POSTS: Words = [
    "OSLO",
    "New Delhi",
    "RIO DE JAN",
    "PORT-AU-PRINCE",
    "HCMC",
    "SECSTATE WASHDC",
    "USUN NEW YORK",
    "SANTIA",
    "ATLANTIS",
    "PARIS 7682",
    "SUBJECT",
    "THE EMBASSY",
    "PARLIAMENT",
    "A",
    "COLLECTIVE",
    "NORTHERN AFFAIRS",
];
const ADDRESSEES: Words = [
    "AMEMBASSY NEW DELHI",
    "AMCONSUL RIO DE JANEIRO",
    "SECSTATE WASHDC",
    "USMISSION GENEVA",
    "AMEMBASSY OSLO",
    "USINT HAVANA",
    "AIT TAIPEI",
    "RUEHC/SECSTATE WASHDC",
    "CIA WASHINGTON DC",
    "SECDEF WASHDC",
    "NSC WASHDC",
    "USDAO ANKARA TU",
    "EUROPEAN POLITICAL COLLECTIVE",
    "DEPT OF LABOR WASHDC",
    "USAID WASHDC",
    "JOINT STAFF WASHDC",
];
const INDICATORS: Words = [
    "RUEHIL", "RUEHC", "RUEHFR", "RUEHRL", "RUEHIN", "RUEHGV", "RUCNDT", "RUEHSB", "RUEKJCS", "RHMFISS", "RXXXXX", "",
    "ZEN", "RUEHXX", "RUZZZZZ", "OSLO",
];
const CAPTIONS: Words = [
    "SIPDIS",
    "NODIS",
    "SENSITIVE",
    "STADIS////////",
    "OFFICIAL-INFORMAL",
    "ROGER CHANNEL",
    "REL TO NATO",
    "SECTO 4012",
    "SUBJECT",
    "SECTOR",
    "FISH AND CHIPS",
    "NODIS CHANNEL",
    "E.O. 12958",
    "",
    "A LINE OF THE TEXT",
    "PARIS",
];
const SIGNALS: Words =
    ["ZDK", "ZDS", "ZFD", "ZEL", "ZFF4", "ZOC", "ZUI", "ZZH", "ZZZ", "ZAA", "OSLO", "PRIORITY", "", "Z", "ZDKX", "CTG"];
const PRECEDENCES: Words = [
    "PRIORITY",
    "IMMEDIATE",
    "ROUTINE",
    "FLASH",
    "O",
    "PP",
    "NIACT IMMEDIATE",
    "IMMEDIATE NIACT",
    "OSLO",
    "URGENT",
    "",
    "XX",
    "PIORITY",
    "A",
    "FLASHY",
    "ROUTINELY",
];

fn lookup(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lookup");
    group.throughput(Throughput::Elements(16));
    let mut bench = |name: &str, words: Words, found: &dyn Fn(&str) -> bool| {
        assert!((1..16).contains(&words.iter().filter(|word| found(word)).count()), "{name}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| words.iter().filter(|word| found(black_box(word))).count());
        });
    };
    bench("tag", TAGS, &|word| knowledge::tag(word, Some(2009)).is_some());
    bench("post", POSTS, &|word| knowledge::post(word).is_some());
    bench("post_of_plad", ADDRESSEES, &|word| knowledge::post_of_plad(word).is_some());
    bench("post_of_routing_indicator", INDICATORS, &|word| knowledge::post_of_routing_indicator(word).is_some());
    bench("addressees_of_routing_indicator", INDICATORS, &|word| {
        !knowledge::addressees_of_routing_indicator(word).is_empty()
    });
    bench("caption", CAPTIONS, &|word| knowledge::caption(word).is_some());
    bench("operating_signal", SIGNALS, &|word| knowledge::operating_signal(word).is_some());
    bench("precedence", PRECEDENCES, &|word| knowledge::precedence(word).is_some());
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
