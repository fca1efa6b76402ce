//! A memo that forgets one of its inputs is noticed: `*.diff` beside this file drop one ingredient of a key, one field
//! of a digest, or give one entry another's value, and name the test that fails then.
//!
//! Here the list itself is checked: every mutation still applies, and its test is still there. `.ci/mutations` makes
//! each one in a copy of the sources and runs its test, which takes minutes.
//!
//! A mutation is a name, a test (`lib` or a file of `tests/`, and the test's own name) and one or more changes, each a
//! run of lines of one file as `diff -u` prints them, without line numbers:
//!
//! ```text
//! == parse: the bytes
//! test: incremental alone::of_texts
//! --- src/engine/load.rs
//!                      None => Reason::New,
//! -                    Some(entry) if entry.digest != digest => Reason::Bytes,
//! ```
//!
//! The fields of keys are in `keys.txt`, those of views in `fields.txt`, each with the test that notices, or `=` where none
//! does. One program forgets them all, one at a time: `src/base/key.rs` says how. A field that is new fails this suite
//! until it is in its list.
//!
//! The word before the colon is the memo's name in the table of `src/engine/mod.rs`, or the module it is about.

#![allow(
    clippy::disallowed_methods,
    reason = "reads the repository's own files and writes a copy of them"
)]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

mod list;
mod run;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use list::{Mutation, fields, keys, mutations};

#[test]
fn every_mutation_applies_to_the_sources() {
    let mut names = BTreeSet::new();
    for mutation in mutations() {
        let name = &mutation.name;
        assert!(names.insert(name.clone()), "{name}: there are two of this name");
        if let Err(why) = mutation.apply(&|path| fs::read_to_string(root().join(path)).unwrap()) {
            panic!("{name}: {why}");
        }
    }
}

#[test]
fn every_mutation_names_a_test() {
    for Mutation { name, suite, test, .. } in mutations() {
        let function = format!("fn {}()", test.rsplit("::").next().unwrap());
        let places = match &*suite {
            "lib" => vec![root().join("src")],
            suite => {
                vec![root().join(format!("tests/{suite}.rs")), root().join("tests").join(suite)]
            }
        };
        let found = places.iter().any(|place| {
            files(place)
                .iter()
                .any(|file| fs::read_to_string(file).is_ok_and(|text| text.contains(&function)))
        });
        assert!(found, "{name}: no `{function}` in {suite}");
    }
}

/// What a view has is what templates may see, and all of that is in its digest.
#[test]
fn every_field_of_a_view_is_in_the_list() {
    let views = files(&root().join("src/view"));
    let views = views.iter().map(|path| fs::read_to_string(path).unwrap());
    let found: BTreeSet<String> = views.flat_map(|text| fields_of(&text)).collect();
    assert!(found.len() > 200, "views were not found");
    let listed: BTreeSet<String> = fields().into_iter().map(|field| field.name).collect();
    assert_eq!(found, listed);
}

/// A field of a key is there because a value depends on it.
#[test]
fn every_field_of_a_key_is_in_the_list() {
    let sources = files(&root().join("src"));
    let fields = |path: &PathBuf| {
        let folders = ["src/engine", "src/view"].map(|folder| root().join(folder));
        let has_digested = folders.iter().any(|folder| path.starts_with(folder));
        key_fields_of(&fs::read_to_string(path).unwrap(), has_digested)
    };
    let found: BTreeSet<String> = sources.iter().flat_map(fields).collect();
    assert!(found.len() > 10, "keys were not found");
    let listed: BTreeSet<String> = keys().into_iter().map(|(_, field)| field.name).collect();
    assert_eq!(found, listed);
}

/// The fields of the keys that a source file declares, as `Struct.field`: of what is in `memo_key!` at the file's top, and of
/// structs whose names end in `Key` where keys are compared by their digests.
fn key_fields_of(text: &str, has_digested: bool) -> Vec<String> {
    let (mut found, mut is_key, mut of) = (Vec::new(), false, None);
    for line in text.lines() {
        let words = line.trim().trim_start_matches("pub ").trim_start_matches("pub(super) ");
        match line {
            "memo_key! {" => is_key = true,
            "}" => (is_key, of) = (false, None),
            _ => {}
        }
        if let Some(rest) = words.strip_prefix("struct ") {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            of = Some(name).filter(|name| {
                rest.ends_with('{') && (is_key || (has_digested && name.ends_with("Key")))
            });
        } else if let (Some(of), Some((field, _))) = (&of, words.split_once(": "))
            && field.chars().all(|c| c.is_alphanumeric() || c == '_')
        {
            found.push(format!("{of}.{field}"));
        }
    }
    found
}

/// The public fields of what a source file serialises, as `Struct.field`.
fn fields_of(text: &str) -> Vec<String> {
    let (mut found, mut of, mut is_view) = (Vec::new(), None, false);
    for line in text.lines() {
        if line.starts_with("#[derive(") {
            is_view = line.contains("Serialize");
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            of = (is_view && rest.ends_with('{')).then(|| name.to_string());
        } else if line == "}" {
            of = None;
        } else if let (Some(of), Some(rest)) = (&of, line.strip_prefix("    pub ")) {
            found.extend(rest.split_once(':').map(|(field, _)| format!("{of}.{field}")));
        }
    }
    found
}

#[test]
fn every_memo_of_the_engine_has_a_mutation() {
    let text = fs::read_to_string(root().join("src/engine/mod.rs")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | ")?.split(" |").next());
    let memos: Vec<&str> = rows.filter(|memo| *memo != "memo").collect();
    assert!(memos.len() > 3, "the table was not found");
    let names: Vec<String> = mutations().into_iter().map(|mutation| mutation.name).collect();
    for memo in memos {
        let start = format!("{memo}: ");
        assert!(names.iter().any(|name| name.starts_with(&start)), "none of {memo}");
    }
}

/// Makes every mutation whose name has the words of `BRIEFING_MUTATIONS`; none in a plain run.
#[test]
fn every_mutation_is_noticed() {
    if let Ok(words) = std::env::var("BRIEFING_MUTATIONS") {
        run::all(&mutations(), words.trim());
    }
}

/// Every file at or below a place.
fn files(place: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(place).sort_by_file_name().into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
