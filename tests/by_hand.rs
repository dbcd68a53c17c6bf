//! What a hand can put into a cable and no telegram says: each value of made cables is changed alone, in each of a few ways,
//! and the cable written.
//!
//! ```sh
//! cargo test --release --test all by_hand:: -- --ignored --nocapture
//! ```

#![allow(dead_code, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;

use arbitrary::Unstructured;
use cablegram::Cable;
use serde_json::{Value, json};

use crate::any_cable;
use crate::support::rng::Rng;

/// What became of the changes of one value.
#[derive(Default)]
struct Fate {
    /// The types refuse it.
    refused: usize,
    /// A telegram says it.
    wording: usize,
    /// The writer refuses it.
    not_said: usize,
}

/// The ways in which a value is changed, by name.
fn changes(value: &Value) -> Vec<(&'static str, Value)> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(flag) => vec![("the other", json!(!flag))],
        Value::Number(number) => {
            let number = number.as_u64().unwrap_or_default();
            vec![("0", json!(0)), ("one more", json!(number + 1)), ("200", json!(200)), ("none", Value::Null)]
        }
        Value::String(text) => vec![
            ("empty", json!("")),
            ("another word", json!("FISH")),
            ("a line end", json!(format!("{text}\n{text}"))),
            ("blanks", json!(format!(" {text}  {text} "))),
            ("small letters", json!(text.to_lowercase())),
            ("a label", json!("SUBJECT: FISH")),
            ("none", Value::Null),
        ],
        Value::Array(list) => {
            let twice: Vec<&Value> = list.iter().chain(list.first()).collect();
            let reversed: Vec<&Value> = list.iter().rev().collect();
            vec![("none", json!([])), ("the first twice", json!(twice)), ("reversed", json!(reversed))]
        }
        Value::Object(_) => vec![("none", Value::Null)],
    }
}

/// Each value inside of a value, by its place.
fn places(value: &Value, place: &str, out: &mut Vec<String>) {
    if !place.is_empty() {
        out.push(place.to_owned());
    }
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, one)| places(one, &format!("{place}/{at}"), out));
        }
        Value::Object(map) => map.iter().for_each(|(key, one)| places(one, &format!("{place}/{key}"), out)),
        _ => {}
    }
}

/// A place without the numbers of lists.
fn kind_of(place: &str) -> String {
    let parts = place.split('/').skip(1);
    parts.map(|part| if part.bytes().all(|b| b.is_ascii_digit()) { "*" } else { part }).collect::<Vec<_>>().join(".")
}

fn changed(cable: &Value, rng: &mut Rng, fates: &mut BTreeMap<(String, &'static str), Fate>) {
    let mut all = Vec::new();
    places(cable, "", &mut all);
    for place in all.iter().filter(|place| !["/summary", "/comment"].contains(&place.as_str())) {
        let changes = changes(cable.pointer(place).unwrap());
        if changes.is_empty() {
            continue;
        }
        let (name, value) = changes[rng.below(changes.len())].clone();
        let mut other = cable.clone();
        *other.pointer_mut(place).unwrap() = value;
        if other == *cable {
            continue;
        }
        let fate = fates.entry((kind_of(place), name)).or_default();
        match serde_json::from_value::<Cable<'_>>(other).map(|cable| cable.to_telegram()) {
            Err(_) => fate.refused += 1,
            Ok(Ok(_)) => fate.wording += 1,
            Ok(Err(_)) => fate.not_said += 1,
        }
    }
}

/// What becomes of changes in this many cables.
fn fates(cables: usize) -> BTreeMap<(String, &'static str), Fate> {
    let mut rng = Rng::new(7);
    let mut fates = BTreeMap::new();
    for _ in 0..cables {
        let bytes: Vec<u8> = (0..1500).map(|_| u8::try_from(rng.below(256)).unwrap()).collect();
        let cable = any_cable::any_cable(&mut Unstructured::new(&bytes)).unwrap();
        changed(&serde_json::to_value(&cable).unwrap(), &mut rng, &mut fates);
    }
    fates
}

/// Here each value that is none is refused by its type, and each other one is said.
#[test]
fn some_places_hold_nothing_that_no_telegram_says() {
    const WHOLE: [&str; 6] = [
        "distribution.direction",
        "distribution.role",
        "distribution.total",
        "distribution.offices.*.copies",
        "transmission.security.prosign",
        "to.*.precedence",
    ];
    let fates = fates(16);
    for place in WHOLE {
        let mut here = fates.iter().filter(|((other, _), _)| other == place).peekable();
        assert!(here.peek().is_some(), "{place} was never changed");
        here.for_each(|((_, change), fate)| assert_eq!(fate.not_said, 0, "{place}: {change}"));
    }
}

/// With `CABLES=1000` of so many cables.
#[test]
#[ignore = "it prints a table"]
fn one_value_is_changed() {
    let fates = fates(std::env::var("CABLES").map_or(400, |number| number.parse().unwrap()));
    println!("{:>8} {:>8} {:>8}", "refused", "said", "not said");
    for ((place, change), Fate { refused, wording, not_said }) in fates.iter().filter(|(_, fate)| fate.not_said > 0) {
        println!("{refused:>8} {wording:>8} {not_said:>8}  {place}: {change}");
    }
    let sum = |of: fn(&Fate) -> usize| fates.values().map(of).sum::<usize>();
    let (refused, wording, not_said) = (sum(|f| f.refused), sum(|f| f.wording), sum(|f| f.not_said));
    println!("{refused:>8} {wording:>8} {not_said:>8}  all");
}
