//! Every kind of problem, produced by a small site and found at its exact place.
//!
//! The fixtures are the Markdown files beside this one. A case is a heading with the files of a site in fences of
//! four backticks; what the build is to report stands in those files, below the line that it is about:
//!
//! ```text
//! ## A misspelt player
//!
//! ````content/articles/a.md
//! ---
//! title: A
//! players: [marco-rubo]
//!           ^^^^^^^^^^ #~ unknown-player: no player `marco-rubo`
//!                      #~ help: did you mean `marco-rubio`
//! ---
//! ````
//! ```
//!
//! `fixture.rs` describes the notation in full. Expectations are matched both ways: a diagnostic that no case
//! expects fails, and so does one that is missing. `BRIEFING_BLESS=1 cargo test --test diagnostics` writes what
//! the program says now into the fixtures, for a reader to judge.
#![allow(
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test reads its fixtures and writes sites to temporary folders"
)]

mod explanations;
mod fixes;
mod fixture;
mod secrecy;
mod secrecy_rows;
mod site;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use briefing::diag::{Code, Diagnostic};

use fixture::Case;
use site::Run;

#[test]
fn every_problem_is_reported_at_its_place_and_no_other() {
    let update = std::env::var_os("BRIEFING_BLESS").is_some();
    let mut failures = String::new();
    for path in fixtures() {
        let text = std::fs::read_to_string(&path).expect("a fixture is readable");
        let mut cases = fixture::parse(&text);
        assert!(!cases.is_empty(), "{} has no case", path.display());
        for case in &mut cases {
            let found = site::run(case).first;
            if update {
                fixture::update(case, &found);
            } else if let Err(difference) = fixture::compare(case, &found) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                failures.push_str(&format!("{name}: {}\n{difference}\n", case.title));
            }
        }
        if update {
            std::fs::write(&path, fixture::write(&text, &cases)).expect("a fixture is writable");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn a_second_load_says_the_same_from_memory() {
    for (name, case) in all_cases() {
        let Run { first, second, parsed, rendered } = site::run(&case);
        assert_eq!(first, second, "{name}: {}", case.title);
        assert_eq!(parsed, 0, "{name}: {}: files parsed again", case.title);
        assert_eq!(rendered, 0, "{name}: {}: pages rendered again", case.title);
    }
}

#[test]
fn every_code_has_a_case() {
    let expected: BTreeSet<Code> =
        all_cases().iter().flat_map(|(_, case)| case.expected()).map(|found| found.code).collect();
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !expected.contains(code)).collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

#[test]
fn messages_read_like_messages() {
    let mut wrong = String::new();
    for (name, case) in all_cases() {
        for Diagnostic { code, message, help, label, .. } in site::run(&case).first {
            let mut fault = |what: &str, text: &str| {
                wrong.push_str(&format!("{name}: {}: {code}: {what}: {text}\n", case.title));
            };
            for text in help.iter().chain(&label).chain([&message]) {
                if text.ends_with('.') || text.contains('\n') {
                    fault("not one line without a full stop", text);
                }
                if text.matches('`').count() % 2 != 0 {
                    fault("an odd number of backticks", text);
                }
                let word: String = text.chars().take_while(|c| c.is_alphanumeric()).collect();
                let sentence = word.chars().next().is_some_and(char::is_uppercase)
                    && word != word.to_uppercase();
                // A help may begin with a name.
                if sentence && !help.contains(text) {
                    fault("begins with a capital", text);
                }
            }
            if help.iter().all(|help| help.trim().is_empty()) {
                fault("nothing says what to write", &message);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The whole sites of other suites, and copies of them in which every file ends too early.
#[test]
fn every_diagnostic_of_whole_sites_has_a_help() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of the sites") {
        let path = entry.expect("an entry of the folder").path();
        for keep in [100, 50, 10] {
            for found in site::cut(&path, keep) {
                seen += 1;
                let says = found.help.iter().any(|help| !help.trim().is_empty());
                assert!(says, "{}: {}: {}", path.display(), found.code, found.message);
            }
        }
    }
    assert!(seen > 20, "only {seen} diagnostics");
}

#[test]
fn expectations_are_matched_both_ways() {
    let said = "genre: essay\n       ^^^^^ #~ invalid-value: `genre` must be one of";
    for (below_the_title, missing, unexpected) in [
        (said.to_string(), 0, 0),
        ("genre: essay".into(), 0, 1),
        ("genre: opinion\n       ^^^^^ #~ invalid-value: `genre` must be one of".into(), 1, 0),
        (said.replace("  ^^^^^", " ^^^^^"), 1, 1),
        (said.replace("^^^^^", "^^^^"), 1, 1),
        (said.replace("invalid-value", "wrong-type"), 1, 1),
        (said.replace("`genre`", "`kind`"), 1, 1),
        (format!("{said}\n             #~ help: no such help"), 1, 1),
        (format!("{said}\n             #~ severity: warning"), 1, 1),
        (format!("{said}\n             #~ help: write one of"), 0, 0),
    ] {
        let fence = "````";
        let text = format!(
            "## A\n{fence}content/articles/a.md\n---\ntitle: A\n{below_the_title}\n---\n{fence}\n"
        );
        let case = &fixture::parse(&text)[0];
        let difference = fixture::compare(case, &site::run(case).first).err().unwrap_or_default();
        assert_eq!(difference.matches("missing ").count(), missing, "{text}\n{difference}");
        assert_eq!(difference.matches("unexpected ").count(), unexpected, "{text}\n{difference}");
    }
}

fn all_cases() -> Vec<(String, Case)> {
    let mut all = Vec::new();
    for path in fixtures() {
        let text = std::fs::read_to_string(&path).expect("a fixture is readable");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        all.extend(fixture::parse(&text).into_iter().map(|case| (name.clone(), case)));
    }
    all
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let entries = std::fs::read_dir(folder).expect("the folder of the fixtures");
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.sort();
    paths
}
