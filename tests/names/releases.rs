//! Prose in the style of press releases, which no rule was made of: nothing in it is a near miss, and what a slip makes of
//! its names is one. The text is in `releases.txt`, behind its players.

use std::collections::BTreeMap;

use briefing::diag::{Code, Diagnostic, Severity, Strictness};
use briefing::engine::{Engine, Now, Options};
use briefing::source::Memory;

use crate::support;

const FILE: &str = include_str!("releases.txt");

/// The players, each file with its path, and the text.
fn read() -> (Vec<(&'static str, String)>, &'static str) {
    let (players, text) = FILE.split_at(FILE.find("WASHINGTON").unwrap());
    (support::files(players), text)
}

/// The near misses of a text that are more than a note, with the first line that each stands on.
fn near_misses(text: &str) -> Vec<Diagnostic> {
    let mut site = Memory::new();
    site.write("content/site.yaml", "title: Names\nbase_url: https://example.org/\n");
    for (path, text) in read().0 {
        site.write(path.trim_start_matches('/'), text);
    }
    site.write("content/articles/a.md", format!("---\ntitle: A\n---\n{text}"));
    let now = Now::Day(jiff::civil::date(2026, 1, 1));
    let options = Options { now, folder: "names".into(), ..Options::default() };
    let loaded = Engine::once().load(&site, options);
    let mut found = loaded.diagnostics().to_vec();
    loaded.config().levels.apply(Strictness::Check, &mut found);
    found.retain(|found| found.code == Code::NearMissName && found.severity != Severity::Info);
    found
}

#[test]
fn nothing_is_almost_a_name() {
    let found: Vec<String> = near_misses(read().1).into_iter().map(|found| found.message).collect();
    assert_eq!(found, [""; 0]);
}

/// Each letter of each name changed, dropped, doubled and in the place of the next one.
#[test]
fn a_slip_in_a_name_is_found() {
    let (players, text) = read();
    let people = players.iter().filter(|(_, file)| !file.contains("kind: "));
    let names: Vec<&str> =
        people.map(|(_, file)| file.lines().nth(1).unwrap().trim_start_matches("name: ")).collect();
    let mut lines = Vec::new();
    let mut slips = Vec::new();
    for name in names {
        let sentence = text.split("\n\n").find(|sentence| sentence.contains(name)).unwrap();
        let words: Vec<&str> = name.split(' ').collect();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.len() >= 4) {
            for slip in slips_of(word) {
                let mut words = words.clone();
                words[at] = &slip;
                let written = words.join(" ");
                lines.push(sentence.replace('\n', " ").replacen(name, &written, 1));
                slips.push((word.len(), written));
            }
        }
    }
    assert!(slips.len() > 200, "only {} slips", slips.len());
    let found = near_misses(&lines.join("\n\n"));
    let by_line: BTreeMap<u32, Vec<&Diagnostic>> =
        found.iter().fold(BTreeMap::new(), |mut lines, found| {
            lines.entry(found.span.start.line).or_insert_with(Vec::new).push(found);
            lines
        });
    let is_found = |(at, (_, written)): &(usize, &(usize, String))| {
        let line = 4 + 2 * *at as u32;
        let of_line = by_line.get(&line).into_iter().flatten();
        of_line.into_iter().any(|found| found.message.starts_with(&format!("`{written}`")))
    };
    let missed: Vec<_> = slips.iter().enumerate().filter(|slip| !is_found(slip)).collect();
    let long: Vec<_> = missed.iter().filter(|(_, (length, _))| *length >= 5).collect();
    assert_eq!(long, Vec::<&_>::new(), "words of five letters or more");
    assert!(
        missed.len() * 100 <= slips.len() * 3,
        "{} of {}: {missed:?}",
        missed.len(),
        slips.len()
    );
}

fn slips_of(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut slips = Vec::new();
    for at in 0..letters.len() {
        let with = |change: &dyn Fn(&mut Vec<char>)| {
            let mut letters = letters.clone();
            change(&mut letters);
            letters.iter().collect::<String>()
        };
        let other = if letters[at].is_uppercase() { 'Q' } else { 'q' };
        slips.push(with(&|letters| letters[at] = other));
        slips.push(with(&|letters| letters.insert(at + 1, letters[at].to_ascii_lowercase())));
        if at > 0 {
            slips.push(with(&|letters| {
                letters.remove(at);
            }));
        }
        if at > 0 && at + 1 < letters.len() && letters[at] != letters[at + 1] {
            slips.push(with(&|letters| letters.swap(at, at + 1)));
        }
    }
    slips
}
