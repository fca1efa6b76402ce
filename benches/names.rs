//! Names in prose: what finding them costs, and how often it is right.
//!
//! ```sh
//! cargo bench --bench names -- --write
//! ```
//!
//! Cost: a document of 5 KB is linked with 100, 2,000 and 20,000 players. Quality: a body of prose into which names are
//! planted, as they are, with one letter wrong, as parts of other names, and as other people of the same family name;
//! what links and what is reported is held against what was planted. Prints tables in Markdown; with `--write` they take
//! the place of the last ones in `benches/RESULTS.md`.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads clocks and writes files")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, reason = "a benchmark that fails should stop")]
#![allow(dead_code, reason = "another benchmark uses the rest of the generator")]

mod generator;
mod machine;
mod results;

use std::sync::Arc;
use std::time::{Duration, Instant};

use briefing::base::{EntityId, NearMissRule, SourcePath};
use briefing::content::document::Document;
use briefing::content::kind::Identity;
use briefing::content::model::{Player, PlayerKind};
use briefing::content::parse;
use briefing::names::{Accepted, Declared, FindingKind, InLanguage, Matching, Registry, link};

use generator::{Dice, Generator};
use results::{Asked, Results};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each thing is timed; the least counts.
const ROUNDS: usize = 200;

fn main() {
    let mut results = Results::new("names", &Asked::new());
    results.line(&format!("{}\n", machine::describe()));
    results.line(
        "| players | registry and automaton made in | a document of 5 KB linked in | its links |",
    );
    results.line("|--:|--:|--:|--:|");
    for size in [100, 2_000, 20_000] {
        results.line(&cost(size));
    }
    results.line("\n| planted | times | as it should be | |");
    results.line("|---|--:|--:|--:|");
    quality(&mut results);
    results.keep();
}

/// Who is declared in a run.
struct Players {
    ids: Vec<EntityId>,
    paths: Vec<SourcePath>,
    names: Vec<Arc<str>>,
    players: Vec<Player>,
}

impl Players {
    fn new(count: usize) -> Self {
        let generator = Generator::new(5 * count);
        let id = |at| EntityId::new(&generator::player_id(at)).unwrap();
        let ids: Vec<EntityId> = (0..count).map(id).collect();
        let person = |at: usize| Player {
            kind: if at.is_multiple_of(3) { PlayerKind::Organisation } else { PlayerKind::Person },
            autolink: true,
            ..Player::default()
        };
        Self {
            paths: ids
                .iter()
                .map(|id| SourcePath::new(format!("content/players/{id}.md")))
                .collect(),
            names: (0..count).map(|at| generator.name(at).into()).collect(),
            players: (0..count).map(person).collect(),
            ids,
        }
    }

    fn registry(&self) -> Registry {
        let declared = (0..self.ids.len()).map(|at| Declared {
            id: &self.ids[at],
            path: &self.paths[at],
            name: &self.names[at],
            player: &self.players[at],
            is_first: true,
            listed: true,
            translated: Vec::new(),
        });
        Registry::new(declared.collect(), InLanguage::of_site("en"))
    }
}

fn document(body: &str) -> Document {
    let path = SourcePath::new("content/articles/prose.md");
    let identity = Identity::of(&path).unwrap();
    parse::page(&path, &identity, &format!("---\ntitle: Prose\n---\n\n{body}\n"), false, "en")
}

fn cost(size: usize) -> String {
    let players = Players::new(size);
    let start = Instant::now();
    let registry = players.registry();
    let built = start.elapsed();
    let mut dice = Dice::new("cost", size);
    let mut body = String::new();
    while body.len() < 5_000 {
        body.push_str(&dice.paragraph(30));
        body.push_str(&format!(" {} said so.\n\n", players.names[dice.below(size)]));
    }
    let document = document(&body);
    let accepted = Accepted::default();
    let once = || {
        let start = Instant::now();
        let linked = link(&document, Matching::english(&registry), &accepted, true);
        (start.elapsed(), linked.names.len())
    };
    let (least, names) = (0..ROUNDS).map(|_| once()).min().unwrap();
    format!("| {size} | {} | {} | {names} |", millis(built), micros(least))
}

/// A thing that is planted, and how often it was found to be what it is.
#[derive(Default)]
struct Planted {
    times: usize,
    right: usize,
}

fn quality(results: &mut Results) {
    let players = Players::new(800);
    let registry = players.registry();
    let mut dice = Dice::new("quality", 1);
    let [mut names, mut slips, mut others, mut namesakes] = [(); 4].map(|()| Planted::default());
    let (mut words, mut false_links, mut false_errors) = (0, 0, 0);
    let accepted = Accepted::default();
    for _ in 0..4_000 {
        let at = dice.below(players.names.len());
        let name = &players.names[at];
        let (given, family) = name.split_once(' ').unwrap();
        let before = dice.paragraph(60);
        let after = dice.paragraph(60).to_lowercase();
        let (written, kind) = match dice.below(4) {
            0 => (name.to_string(), 0),
            // A slip that gives another player's name is that player.
            1 => match format!("{given} {}", slip(family, &mut dice)) {
                other if players.names.iter().any(|name| **name == *other) => continue,
                slip => (slip, 1),
            },
            2 => (format!("{name} Shipping Company"), 2),
            _ => (format!("Ottoline {family}"), 3),
        };
        let body = format!("{before} In spring {written} {after}");
        words += body.split_whitespace().count();
        let linked = link(&document(&body), Matching::english(&registry), &accepted, true);
        let links_right = linked.names.iter().any(|found| found.player == players.ids[at]);
        let errors = linked.findings.iter().filter(|found| is_error(&found.what)).count();
        false_links += linked.names.len() - usize::from(links_right && matches!(kind, 0 | 2));
        let (planted, right) = match kind {
            0 => (&mut names, links_right && errors == 0),
            1 => (&mut slips, errors == 1 && linked.names.is_empty()),
            // A full name of several words is its player's, whatever follows.
            2 => (&mut others, links_right && errors == 0),
            _ => (&mut namesakes, linked.names.is_empty() && errors == 0),
        };
        planted.times += 1;
        planted.right += usize::from(right);
        false_errors += if kind == 1 { errors.saturating_sub(1) } else { errors };
    }
    for (what, planted) in [
        ("a name, which links", names),
        ("a name of several words with one letter wrong, which is reported", slips),
        ("a name and two capitals behind it", others),
        ("another given name before a family name, which is nobody's", namesakes),
    ] {
        let share = 100.0 * planted.right as f64 / planted.times as f64;
        let Planted { times, right } = planted;
        results.line(&format!("| {what} | {times} | {right} | {share:.1} % |"));
    }
    let rate = false_errors as f64 * 100_000.0 / words as f64;
    results.line(&format!(
        "\n{words} words: {false_links} links to the wrong player, {false_errors} false errors \
         ({rate:.2} in 100,000 words)"
    ));
}

fn is_error(said: &FindingKind) -> bool {
    matches!(
        said,
        FindingKind::Near {
            rule: NearMissRule::Typo | NearMissRule::Order | NearMissRule::TitleForName,
            ..
        }
    )
}

/// A word with one letter left out, doubled, exchanged or swapped with the next.
fn slip(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = if letters[at] == 'e' { 'i' } else { 'e' },
        _ if letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        _ => letters[at] = 'x',
    }
    letters.into_iter().collect()
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn micros(time: Duration) -> String {
    format!("{:.0} µs", time.as_secs_f64() * 1e6)
}
