//! A long-lived engine gives what a fresh one gives, after any edits; and does no more than the edit asks for.
//!
//! `BRIEFING_SCRIPTS=N` tries N random scripts; the default run is always the same one. A failing script is
//! shortened, printed, and its seed written beside this file.

#![allow(clippy::disallowed_methods, reason = "the number of scripts comes from the environment")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

mod edit;
mod minimal;
mod small;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Mutex;

use briefing::base::OutPath;
use briefing::diag::{self, Diagnostic};
use briefing::engine::{Engine, Loaded, Options, Page, Rendered};
use briefing::source::{Memory, Source};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::select;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};
use rayon::prelude::*;

use edit::{Edit, Editor, Kind};
use small::Plan;

/// The seed of a default run: one with which every kind of edit finds something to do.
const SEED: u64 = 5;

/// Scripts in a default run.
const SCRIPTS: u32 = 30;

#[test]
fn incremental_equals_clean() {
    let scripts = std::env::var("BRIEFING_SCRIPTS").ok().map(|text| text.parse().unwrap());
    let config = Config {
        cases: scripts.unwrap_or(SCRIPTS),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        source_file: Some(file!()),
        rng_seed: if scripts.is_some() { RngSeed::Random } else { RngSeed::Fixed(SEED) },
        max_shrink_iters: 500,
        ..Config::default()
    };
    let counts: RefCell<BTreeMap<Kind, usize>> = RefCell::default();
    let result = TestRunner::new(config).run(&script(), |(plan, edits)| {
        for kind in play(&plan, &edits).map_err(TestCaseError::fail)? {
            *counts.borrow_mut().entry(kind).or_default() += 1;
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let counts = counts.into_inner();
    let never: Vec<&Kind> = Kind::ALL.iter().filter(|kind| !counts.contains_key(kind)).collect();
    assert!(scripts.is_some() || never.is_empty(), "the run never did {never:?}");
}

#[test]
fn every_edit_alone_equals_clean() {
    let plan = Plan { articles: 1, names: (0..20).collect() };
    let played: Vec<Result<bool, String>> = Kind::ALL
        .par_iter()
        .map(|kind| {
            let mut found = *kind == Kind::Repair;
            for at in 0..3 {
                let edit = Edit { kind: *kind, a: at, b: at };
                found |= play(&plan, &[(edit, Way::All)])?.contains(kind);
            }
            Ok(found)
        })
        .collect();
    for (kind, found) in Kind::ALL.iter().zip(played) {
        assert_eq!(found, Ok(true), "{kind:?}");
    }
}

/// A site and what is done to it, with a way to build after each edit.
fn script() -> impl Strategy<Value = (Plan, Vec<(Edit, Way)>)> {
    let plan = (any::<u8>(), vec(any::<u8>(), 7..20));
    let plan = plan.prop_map(|(articles, names)| Plan { articles, names });
    let edit =
        (select(Kind::ALL), any::<u8>(), any::<u8>()).prop_map(|(kind, a, b)| Edit { kind, a, b });
    let way = proptest::prop_oneof![3 => Just(Way::All), 1 => Just(Way::Nothing), 1 => any::<u8>().prop_map(Way::Some)];
    (plan, vec((edit, way), 1..=12))
}

/// What is asked of the engines after an edit.
#[derive(Debug, Clone)]
enum Way {
    /// Every output.
    All,
    /// Some outputs, each on its own, as a server is asked for them.
    Some(u8),
    /// No build: this edit and the next are seen as one.
    Nothing,
}

/// Plays a script and tells the edits that found something to do.
fn play(plan: &Plan, edits: &[(Edit, Way)]) -> Result<Vec<Kind>, String> {
    let mut editor = Editor::new(small::site(plan));
    let mut engine = Engine::new();
    let start = all(&engine.load(&editor.site, editor.options.clone()), &editor.site);
    assert_eq!(start.diagnostics, [], "the site is sound before it is edited");
    let mut done = Vec::new();
    let repair = Edit { kind: Kind::Repair, a: 0, b: 0 };
    for (at, (edit, way)) in edits.iter().enumerate() {
        // Nothing is rendered while a template is broken: most authors repair it soon.
        if editor.is_broken() && edit.a % 3 > 0 && editor.apply(&repair) {
            done.push(Kind::Repair);
        }
        if editor.apply(edit) {
            done.push(edit.kind);
        }
        compare(&mut engine, &editor, way)
            .map_err(|error| format!("after edit {at}, {edit:?}: {error}"))?;
    }
    // What is broken is repaired in the end, and nothing of it may stay behind.
    while editor.is_broken() {
        if editor.apply(&repair) {
            done.push(Kind::Repair);
        }
    }
    if edits.len() > 1 || done.contains(&Kind::Repair) {
        compare(&mut engine, &editor, &Way::All).map_err(|error| format!("in the end: {error}"))?;
    }
    Ok(done)
}

/// Builds with the long-lived engine and with a fresh one.
fn compare(engine: &mut Engine, editor: &Editor, way: &Way) -> Result<(), String> {
    if matches!(way, Way::Nothing) {
        return Ok(());
    }
    let mut fresh = Engine::new();
    let clean = fresh.load(&editor.site, Options { keep: false, ..editor.options.clone() });
    let kept = engine.load(&editor.site, editor.options.clone());
    let Way::Some(choice) = way else {
        return equal(&all(&kept, &editor.site), &all(&clean, &editor.site));
    };
    let outs: Vec<&OutPath> = clean.site().routes.iter().map(|(out, _)| out).collect();
    for out in outs.into_iter().skip(usize::from(*choice) % 5).step_by(5) {
        equal(&one(&kept, &editor.site, out), &one(&clean, &editor.site, out))?;
    }
    Ok(())
}

/// What a build gives: every output by path, and what is wrong.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Built {
    pub(crate) outputs: BTreeMap<String, Output>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// One output.
#[derive(Debug, PartialEq)]
pub(crate) struct Output {
    kind: &'static str,
    source: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// Builds everything.
pub(crate) fn all(loaded: &Loaded<'_>, site: &Memory) -> Built {
    let outputs = Mutex::new(BTreeMap::new());
    let mut diagnostics = loaded.diagnostics().to_vec();
    diagnostics.extend(loaded.render_all(&|out, page| {
        let before = outputs.lock().unwrap().insert(out.to_string(), output(&page, site));
        assert!(before.is_none(), "{out} was made twice");
    }));
    Built { outputs: outputs.into_inner().unwrap(), diagnostics: diag::group(diagnostics) }
}

fn one(loaded: &Loaded<'_>, site: &Memory, out: &OutPath) -> Built {
    let mut diagnostics = loaded.diagnostics().to_vec();
    let mut outputs = BTreeMap::new();
    if let Some((page, found)) = loaded.render(out) {
        diagnostics.extend(found);
        outputs.extend(page.map(|page| (out.to_string(), output(&page, site))));
    }
    Built { outputs, diagnostics: diag::group(diagnostics) }
}

fn output(page: &Page, site: &Memory) -> Output {
    let bytes = match &page.content {
        Rendered::Html(html) => html.as_bytes().to_vec(),
        Rendered::Embedded(bytes) => bytes.to_vec(),
        Rendered::File(path, digest, length) => {
            assert_eq!(
                site.digest(path).unwrap(),
                (*digest, *length),
                "the digest of {path} is stale"
            );
            site.read(path).unwrap()
        }
    };
    Output { kind: page.kind, source: page.source.as_ref().map(ToString::to_string), bytes }
}

/// Says where two builds differ.
fn equal(kept: &Built, clean: &Built) -> Result<(), String> {
    for (out, page) in &clean.outputs {
        match kept.outputs.get(out) {
            None => return Err(format!("{out} is missing")),
            Some(other) if other != page => {
                let [kept, clean] =
                    [other, page].map(|page| String::from_utf8_lossy(&page.bytes).into_owned());
                let lines = kept.lines().zip(clean.lines()).find(|(kept, clean)| kept != clean);
                return Err(format!("{out} is stale (kept, clean): {lines:#?}"));
            }
            Some(_) => {}
        }
    }
    if let Some(left) = kept.outputs.keys().find(|out| !clean.outputs.contains_key(*out)) {
        return Err(format!("{left} should be gone"));
    }
    if kept.diagnostics != clean.diagnostics {
        let only = |of: &Built, other: &Built| -> Vec<Diagnostic> {
            of.diagnostics
                .iter()
                .filter(|found| !other.diagnostics.contains(found))
                .cloned()
                .collect()
        };
        return Err(format!("stale: {:#?}\nmissing: {:#?}", only(kept, clean), only(clean, kept)));
    }
    Ok(())
}
