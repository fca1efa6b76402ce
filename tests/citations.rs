//! Lines of bibliographies beside what citeproc-js makes of the same items: `tests/citations/`. `.ci/citations` asks it anew.

use std::collections::BTreeSet;

use briefing::cite::{CitationStyle, CslItem, CslType, line};

fn items() -> Vec<CslItem> {
    serde_json::from_str(include_str!("citations/items.json")).expect("items of CSL-JSON")
}

#[test]
fn lines_are_those_of_citeproc_byte_for_byte() {
    for (style, expected) in [
        (CitationStyle::Apa, include_str!("citations/expected/apa.txt")),
        (CitationStyle::Mla, include_str!("citations/expected/mla.txt")),
        (CitationStyle::Chicago, include_str!("citations/expected/chicago.txt")),
    ] {
        let ours = |item: &CslItem| format!("{}: {}\n", item.id, line(style, item));
        let ours: String = items().iter().map(ours).collect();
        assert_lines(style.name(), &ours, expected);
    }
}

/// Names the lines that differ: the whole files are long.
fn assert_lines(style: &str, ours: &str, expected: &str) {
    let differ: Vec<_> = ours.lines().zip(expected.lines()).filter(|(a, b)| a != b).collect();
    assert!(differ.is_empty(), "{style}: {differ:#?}");
    assert_eq!(ours.lines().count(), expected.lines().count(), "{style}");
}

#[test]
fn every_type_is_there() {
    let types: BTreeSet<&str> = items().iter().map(|item| item.kind.as_str()).collect();
    let all: BTreeSet<&str> = CslType::WORDS.iter().map(|(word, _)| *word).collect();
    assert_eq!(types, all);
}
