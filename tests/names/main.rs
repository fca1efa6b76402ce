//! Names in prose: which link, to whom, and what is said of them. The cases are in `*.txt` beside this file.

#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

#[path = "../support/mod.rs"]
mod support;

mod cases;
mod congress;
mod invented;
mod languages;
mod near;
mod pages;
mod releases;

use cases::{Case, Wrap};

const TABLES: [&str; 2] = [include_str!("conformance.txt"), include_str!("more.txt")];
const PLAYERS: &str = include_str!("players.txt");

#[test]
fn every_case() {
    let all: Vec<Case> = TABLES.iter().flat_map(|table| cases::read(table)).collect();
    assert!(all.len() >= 44 + 60, "only {} cases", all.len());
    check(all.iter().filter_map(|case| case.differs(PLAYERS, Wrap::Bare)));
}

#[test]
fn every_case_with_invented_names() {
    let all = TABLES.iter().flat_map(|table| cases::read(&invented::instead(table)));
    let players = invented::instead(PLAYERS);
    check(all.filter_map(|case| case.differs(&players, Wrap::Bare)));
}

#[test]
fn every_sentence_in_every_place() {
    let all = TABLES.iter().flat_map(|table| cases::read(table));
    let sentences: Vec<Case> = all.filter(Case::is_a_sentence).collect();
    assert!(sentences.len() >= 80, "only {} cases are sentences", sentences.len());
    for wrap in [Wrap::Item, Wrap::Cell, Wrap::Callout, Wrap::Answer] {
        check(sentences.iter().filter_map(|case| case.differs(PLAYERS, wrap)));
    }
}

#[track_caller]
fn check(differences: impl Iterator<Item = String>) {
    let differences: Vec<String> = differences.collect();
    assert!(
        differences.is_empty(),
        "{} differ:\n\n{}",
        differences.len(),
        differences.join("\n\n")
    );
}
