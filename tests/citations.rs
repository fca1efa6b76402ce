//! Lines of bibliographies beside what citeproc-js makes of the same items: `tests/citations/`. `.ci/citations` asks it anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use briefing::cite::{CitationStyle, CslItem, CslName, CslType, line};

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

/// Family name, given name, particle, suffix; or the whole name alone.
#[test]
fn names_are_parted_as_they_stand() {
    for (name, parts) in [
        ("Jane Q. Doe", "Doe|Jane Q.||"),
        ("Doe, Jane Q.", "Doe|Jane Q.||"),
        ("Ursula von der Leyen", "Leyen|Ursula|von der|"),
        ("van der Meer, Anna", "Meer|Anna|van der|"),
        ("Martin Luther King, Jr.", "King|Martin Luther||Jr."),
        ("Martin Luther King Jr.", "King|Martin Luther||Jr."),
        ("King, Jr., Martin Luther", "King|Martin Luther||Jr."),
        ("King, Martin Luther, III", "King|Martin Luther||III"),
        ("Jean-Paul Sartre", "Sartre|Jean-Paul||"),
        ("Łukasz Żółć", "Żółć|Łukasz||"),
        ("Волков Иван", "Иван|Волков||"),
        ("NATO", "NATO"),
        ("Ministry of Defence", "Ministry of Defence"),
        ("The Guardian", "The Guardian"),
        ("Amnesty International", "Amnesty International"),
        ("Institute for Peace, Oslo", "Institute for Peace, Oslo"),
        ("Smith & Sons", "Smith & Sons"),
        ("Médecins sans frontières", "Médecins sans frontières"),
        ("山田太郎", "山田太郎"),
        ("山田 太郎", "山田 太郎"),
        ("سمير عادل", "سمير عادل"),
        ("A, B, C, D", "A, B, C, D"),
        ("", ""),
        (",", ","),
    ] {
        let read = CslName::read(name);
        let text = |part: &Option<Arc<str>>| part.as_deref().unwrap_or_default().to_owned();
        let found = match &read.literal {
            Some(literal) => literal.to_string(),
            None => {
                let parts = [&read.family, &read.given, &read.non_dropping_particle, &read.suffix];
                parts.map(text).join("|")
            }
        };
        assert_eq!(found, parts, "{name}");
    }
}
