//! Twice the input makes about twice the work: steps are counted where two inputs decide how long a loop is
//! (`base::work`), for families of sites that once took time by the square of their size.
//!
//! One test, since the steps of a process are counted together.

#![allow(clippy::disallowed_methods, reason = "sets up the folders of a test")]

mod families;
mod scan;

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use briefing::base::work;
use briefing::diag::{self, Strictness};
use briefing::engine::{Engine, Now, Options};
use briefing::names::{self, Accepted, Matching};
use briefing::source::Disk;

use families::{FAMILIES, Files};

/// Twice the input may make so many times the steps: there is work that all sites have.
const MOST: f64 = 2.4;

/// So many steps for a byte of input are much: a megabyte of it would take seconds.
const FOR_A_BYTE: u64 = 60;

#[test]
fn work_grows_as_the_input_does() {
    let mut table = String::new();
    let mut faults = Vec::new();
    for (name, size, make) in FAMILIES {
        let measured = [1, 2, 4].map(|times| measure(&make(size * times)));
        let [first, second, third] = measured.map(|(steps, _)| steps);
        let for_a_byte = third / measured[2].1;
        table.push_str(&format!("{name}: {first}, {second}, {third}; {for_a_byte} for a byte\n"));
        let grows = |from: u64, to: u64| to as f64 / (from + 2000) as f64 > MOST;
        if grows(first, second) || grows(second, third) || for_a_byte > FOR_A_BYTE {
            faults.push(*name);
        }
    }
    assert!(faults.is_empty(), "too much work for {faults:?}:\n{table}");
}

/// A counter that counts nothing would pass everything: what compares each with each is told.
#[test]
fn the_counter_counts() {
    let _one = ONE.lock().expect("no other test fails in it");
    let before = work::steps();
    let ids: Vec<String> = (0..100).map(|at| format!("player-{at}")).collect();
    for id in &ids {
        briefing::base::nearest(&format!("{id}x"), ids.iter().map(String::as_str));
    }
    assert!(work::steps() - before >= 10_000);
}

static ONE: Mutex<()> = Mutex::new(());

/// The steps of a check of a site and of the questions why its names link; and its bytes.
fn measure(files: &Files) -> (u64, u64) {
    let _one = ONE.lock().expect("no other test fails in it");
    let folder = tempfile::tempdir().expect("a folder");
    let mut bytes = 0;
    for (path, text) in files {
        write(&folder.path().join(path), text);
        bytes += text.len() as u64;
    }
    let before = work::steps();
    let source = Disk::new(folder.path());
    let options = Options {
        now: Now::Day(jiff::civil::date(2026, 1, 1)),
        folder: "site".into(),
        ..Options::default()
    };
    let loaded = Engine::once().load(&source, options);
    let mut found = loaded.diagnostics().to_vec();
    found.extend(loaded.render_all(&|_, _| ()));
    loaded.config().levels.apply(Strictness::Check, &mut found);
    let found = diag::select(&diag::group(found), diag::OF_EACH);
    diag::human(&found.shown, &|path| loaded.text(path), false);
    let accepted = Accepted::new(&loaded.config().site.accept);
    let matching = Matching::english(loaded.names());
    for (document, _) in loaded.documents() {
        names::why(document, matching, &accepted);
        names::unlinked(document, matching);
    }
    (work::steps() - before, bytes.max(1))
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder above")).expect("a writable folder");
    fs::write(path, text).expect("a writable file");
}
