//! A long-lived engine gives what a fresh one gives, after any edits; and does no more than the edit asks for.
//!
//! `BRIEFING_SCRIPTS=N` tries N random scripts; the default run is always the same one. A failing script is
//! shortened, printed, and its seed written beside this file. How often each kind of edit occurred is printed
//! (`-- --nocapture` shows it in a default run).

#![allow(clippy::disallowed_methods, reason = "the number of scripts comes from the environment")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]
#![allow(clippy::print_stdout, reason = "the run says what it did")]

mod alike;
mod alone;
mod disk;
mod edit;
mod fields;
mod languages;
mod minimal;
mod side_by_side;
mod small;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Mutex;

use briefing::base::OutPath;
use briefing::diag::{self, Diagnostic, Strictness};
use briefing::engine::{Engine, Loaded, Rendered};
use briefing::source::Source;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::select;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};

use disk::Folder;
use edit::{Edit, Editor, Kind};
use small::Plan;

/// The seed of a default run: one with which every kind of edit finds something to do.
const SEED: u64 = 12;

/// Scripts in a default run.
const SCRIPTS: u32 = 80;

#[test]
fn incremental_equals_clean() {
    let scripts = std::env::var("BRIEFING_SCRIPTS").ok().map(|text| text.parse().unwrap());
    let defaults = Config::default();
    let config = Config {
        cases: scripts.unwrap_or(SCRIPTS),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        source_file: Some(file!()),
        rng_seed: if scripts.is_some() { RngSeed::Random } else { RngSeed::Fixed(SEED) },
        max_shrink_iters: defaults.max_shrink_iters.min(500),
        ..defaults
    };
    let count = RefCell::new(Count::default());
    let result = TestRunner::new(config).run(&script(), |script| {
        let played = play(&script).map_err(TestCaseError::fail)?;
        count.borrow_mut().add(played);
        Ok(())
    });
    let count = count.into_inner();
    let text = count.to_string();
    match scripts {
        // A long run is not captured: it is made for its figures.
        Some(_) => std::io::stderr().write_all(text.as_bytes()).unwrap(),
        None => print!("{text}"),
    }
    if let Err(error) = result {
        panic!("{error}");
    }
    let never: Vec<Kind> =
        Kind::all().into_iter().filter(|kind| !count.edits.contains_key(kind)).collect();
    assert!(
        scripts.is_some_and(|scripts| scripts < 500) || never.is_empty(),
        "the run never did {never:?}"
    );
    assert!(scripts.is_some() || count.restarts * count.folders * count.kept_disk > 0, "{text}");
}

/// A site, and what is done to it.
#[derive(Debug, Clone)]
struct Script {
    plan: Plan,
    /// Whether the site is also written into a folder.
    folder: bool,
    edits: Vec<(Edit, Way)>,
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
    /// Every output, of an engine that remembers nothing, as of a new process; it goes on from there.
    Restart,
}

fn script() -> impl Strategy<Value = Script> {
    let plan = (any::<u8>(), vec(any::<u8>(), 7..20));
    let plan = plan.prop_map(|(articles, names)| Plan { articles, names });
    let edit = (select(Kind::all()), any::<u8>(), any::<u8>());
    let edit = edit.prop_map(|(kind, a, b)| Edit { kind, a, b });
    let way = proptest::prop_oneof![
        4 => Just(Way::All),
        6 => Just(Way::Nothing),
        2 => any::<u8>().prop_map(Way::Some),
        1 => Just(Way::Restart),
    ];
    let folder = proptest::prop_oneof![3 => Just(false), 1 => Just(true)];
    (plan, folder, vec((edit, way), 1..=40)).prop_map(|(plan, folder, edits)| Script {
        plan,
        folder,
        edits,
    })
}

/// What a run did.
#[derive(Debug, Default)]
struct Count {
    scripts: usize,
    /// How often each kind of edit found something to do.
    edits: BTreeMap<Kind, usize>,
    /// Builds that were held against a fresh engine's.
    builds: usize,
    /// Outputs that were compared.
    outputs: usize,
    /// Builds with an error.
    faulty: usize,
    restarts: usize,
    /// Builds that were written into a folder, and those that were not because of an error.
    folders: usize,
    kept_disk: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        for (kind, count) in other.edits {
            *self.edits.entry(kind).or_default() += count;
        }
        self.scripts += other.scripts;
        self.builds += other.builds;
        self.outputs += other.outputs;
        self.faulty += other.faulty;
        self.restarts += other.restarts;
        self.folders += other.folders;
        self.kept_disk += other.kept_disk;
    }

    fn did(&mut self, kind: Kind) {
        *self.edits.entry(kind).or_default() += 1;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let edits: usize = self.edits.values().sum();
        writeln!(
            f,
            "{} scripts, {edits} edits of {} kinds; {} builds equal a fresh engine's ({} with errors, {} after a \
             restart), {} outputs compared; {} builds written to a folder, {} held back from it",
            self.scripts,
            self.edits.len(),
            self.builds,
            self.faulty,
            self.restarts,
            self.outputs,
            self.folders,
            self.kept_disk,
        )?;
        let all = Kind::all();
        let cell =
            |kind: &Kind| format!("{:>7} {}", self.edits.get(kind).unwrap_or(&0), kind.name());
        for row in all.chunks(4) {
            let row: Vec<String> = row.iter().map(|kind| format!("{:<32}", cell(kind))).collect();
            writeln!(f, "{}", row.concat().trim_end())?;
        }
        Ok(())
    }
}

/// Plays a script and tells what it did.
fn play(script: &Script) -> Result<Count, String> {
    let mut player = Player {
        plan: script.plan.clone(),
        editor: Editor::new(small::site(&script.plan)),
        engine: engine(&script.plan),
        folder: script.folder.then(Folder::new),
        count: Count { scripts: 1, ..Count::default() },
    };
    let start = all(
        &player.engine.load(&player.editor.site, player.editor.options.clone()),
        &player.editor.site,
    );
    assert_eq!(start.diagnostics, [], "the site is sound before it is edited");
    let repair = Edit { kind: Kind::named("repair"), a: 0, b: 0 };
    for (at, (edit, way)) in script.edits.iter().enumerate() {
        // Nothing is rendered while a template is broken: most authors repair it soon.
        if player.editor.is_broken() && edit.a % 3 > 0 {
            player.edit(&repair);
        }
        player.edit(edit);
        player.compare(way).map_err(|error| format!("after edit {at}, {edit:?}: {error}"))?;
    }
    // What is broken is repaired in the end, and nothing of it may stay behind.
    let mut repaired = false;
    while player.editor.is_broken() {
        repaired |= player.edit(&repair);
    }
    if script.edits.len() > 1 || repaired {
        player.compare(&Way::All).map_err(|error| format!("in the end: {error}"))?;
    }
    Ok(player.count)
}

/// An engine that remembers everything, or too little for all pages.
fn engine(plan: &Plan) -> Engine {
    match plan.names[0] % 3 {
        0 => Engine::bounded(40_000),
        _ => Engine::new(),
    }
}

/// A script being played.
struct Player {
    plan: Plan,
    editor: Editor,
    engine: Engine,
    folder: Option<Folder>,
    count: Count,
}

impl Player {
    fn edit(&mut self, edit: &Edit) -> bool {
        let done = self.editor.apply(edit);
        if done {
            self.count.did(edit.kind);
        }
        done
    }

    /// Builds with the long-lived engine and with a fresh one.
    fn compare(&mut self, way: &Way) -> Result<(), String> {
        match way {
            Way::Nothing => return Ok(()),
            Way::Restart => {
                self.engine = engine(&self.plan);
                self.count.restarts += 1;
            }
            Way::All | Way::Some(_) => {}
        }
        let site = &self.editor.site;
        let mut fresh = Engine::once();
        let clean = fresh.load(site, self.editor.options.clone());
        let kept = self.engine.load(site, self.editor.options.clone());
        self.count.builds += 1;
        if let Way::Some(choice) = way {
            let outs: Vec<&OutPath> =
                clean.site().outputs.iter().map(|output| &output.path).collect();
            for out in outs.into_iter().skip(usize::from(*choice) % 5).step_by(5) {
                equal(&one(&kept, site, out), &one(&clean, site, out))?;
                self.count.outputs += 1;
            }
            // Nobody asked for the other pages: what is wrong with them is looked for all the same.
            let found = kept.sweep(&|_| (), &|| false).expect("nothing stops it");
            let swept = Built { diagnostics: diagnostics(&kept, found), ..Built::default() };
            let found = clean.render_all(&|_, _| ());
            let clean = Built { diagnostics: diagnostics(&clean, found), ..Built::default() };
            return equal(&swept, &clean);
        }
        let (kept, clean) = (all(&kept, site), all(&clean, site));
        equal(&kept, &clean)?;
        self.count.outputs += kept.outputs.len();
        self.count.faulty += usize::from(kept.is_faulty());
        if let Some(folder) = &mut self.folder {
            match folder.write(&kept)? {
                Some(_) => self.count.folders += 1,
                None => self.count.kept_disk += 1,
            }
        }
        Ok(())
    }
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

impl Built {
    /// Whether anything wrong with it is an error, with which nothing is written.
    fn is_faulty(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == diag::Severity::Error)
    }
}

/// Builds everything.
pub(crate) fn all(loaded: &Loaded, site: &dyn Source) -> Built {
    let outputs = Mutex::new(BTreeMap::new());
    let found = loaded.render_all(&|made, content| {
        let path = made.path.to_string();
        let before = outputs.lock().unwrap().insert(path, output(loaded, made, &content, site));
        assert!(before.is_none(), "{} was made twice", made.path);
    });
    Built { outputs: outputs.into_inner().unwrap(), diagnostics: diagnostics(loaded, found) }
}

fn one(loaded: &Loaded, site: &dyn Source, out: &OutPath) -> Built {
    let (content, found) = loaded.render(out).unwrap_or_default();
    let made = loaded.site().outputs.get(out).zip(content);
    let outputs =
        made.map(|(made, content)| (out.to_string(), output(loaded, made, &content, site)));
    let outputs = outputs.into_iter().collect();
    Built { outputs, diagnostics: diagnostics(loaded, found) }
}

/// What a build says: the problems of its files and those of its pages, at the levels that the site gives them.
fn diagnostics(loaded: &Loaded, pages: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut diagnostics = loaded.diagnostics().to_vec();
    diagnostics.extend(pages);
    loaded.config().levels.apply(Strictness::Build, &mut diagnostics);
    diag::group(diagnostics)
}

fn output(
    loaded: &Loaded,
    made: &briefing::site::Output,
    content: &Rendered,
    site: &dyn Source,
) -> Output {
    let bytes = match content {
        Rendered::Text(text) => text.as_bytes().to_vec(),
        Rendered::Bytes(bytes) => bytes.to_vec(),
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
    let source = made.source(loaded.site()).map(ToString::to_string);
    Output { kind: loaded.kind(made), source, bytes }
}

/// Says where two builds differ.
pub(crate) fn equal(kept: &Built, clean: &Built) -> Result<(), String> {
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
