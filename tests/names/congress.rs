//! Names in the prose of parliaments and ministries. `congress/players.txt` has the players of every table beside it.

use crate::cases::{self, Case, Wrap};
use crate::check;

const PLAYERS: &str = include_str!("congress/players.txt");

const TABLES: [&str; 9] = [
    include_str!("congress/longer.txt"),
    include_str!("congress/case.txt"),
    include_str!("congress/titles.txt"),
    include_str!("congress/signs.txt"),
    include_str!("congress/dates.txt"),
    include_str!("congress/headline.txt"),
    include_str!("congress/defined.txt"),
    include_str!("congress/speakers.txt"),
    include_str!("congress/forms.txt"),
];

fn cases() -> Vec<Case> {
    TABLES.iter().flat_map(|table| cases::read(table)).collect()
}

#[test]
fn every_case() {
    check(cases().iter().filter_map(|case| case.differs(PLAYERS, Wrap::Bare)));
}

#[test]
fn every_sentence_in_every_place() {
    let sentences: Vec<Case> = cases().into_iter().filter(Case::is_a_sentence).collect();
    for wrap in [Wrap::Item, Wrap::Cell, Wrap::Answer] {
        check(sentences.iter().filter_map(|case| case.differs(PLAYERS, wrap)));
    }
}
