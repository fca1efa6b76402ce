//! What a server answers after any edits is what an engine makes of the same files that never saw others, and what a
//! build writes of them.
//!
//! `BRIEFING_SCRIPTS=N` plays N random scripts; the default run is always the same one. A failing script is shortened,
//! printed, and its seed written beside this file. How often each kind of edit occurred is printed
//! (`-- --nocapture` shows it in a default run).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use briefing::base::{BaseUrl, OutPath};
use briefing::config::disk;
use briefing::diag::{Severity, Strictness};
use briefing::engine::{Engine, Loaded, Now, Options, Rendered};
use briefing::publish::Headers;
use briefing::site::Output;
use briefing::source::{Disk, FOLDERS, Memory};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::select;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};

use crate::edit::{Edit, Editor, Kind};
use crate::running::{Client, Events, Response, Running, tree};
use crate::saves::{Style, save};
use crate::small::{self, Plan};

/// The seed of a default run: one with which every kind of edit finds something to do.
const SEED: u64 = 5;

/// Scripts in a default run.
const SCRIPTS: u32 = 84;

/// What the command line says, which a running server does not hear again.
const NOT_FILES: [&str; 5] = ["drafts", "future", "day", "base_url", "folder"];

#[test]
fn answers_equal_a_fresh_engine_and_a_build() {
    let scripts = std::env::var("BRIEFING_SCRIPTS").ok().map(|text| text.parse().unwrap());
    let defaults = Config::default();
    let config = Config {
        cases: scripts.unwrap_or(SCRIPTS),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        source_file: Some(file!()),
        rng_seed: if scripts.is_some() { RngSeed::Random } else { RngSeed::Fixed(SEED) },
        max_shrink_iters: defaults.max_shrink_iters.min(60),
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
        kinds().into_iter().filter(|kind| !count.edits.contains_key(kind)).collect();
    assert!(scripts.is_some_and(|scripts| scripts < 500) || never.is_empty(), "never: {never:?}");
    let styles: Vec<Style> =
        Style::ALL.into_iter().filter(|style| !count.styles.contains_key(style)).collect();
    assert!(scripts.is_some() || styles.is_empty(), "never: {styles:?}");
    assert!(scripts.is_some() || count.builds * count.faults * count.gone > 0, "{text}");
}

/// A site, and what is done to its folder.
#[derive(Debug, Clone)]
struct Script {
    plan: Plan,
    edits: Vec<(Edit, Style, Then)>,
}

/// What happens after an edit.
#[derive(Debug, Clone)]
enum Then {
    /// The next edit, at once.
    Next,
    /// The next edit, after so many milliseconds.
    Pause(u8),
    /// Every URL is compared.
    Compare,
}

fn script() -> impl Strategy<Value = Script> {
    let plan = (any::<u8>(), vec(any::<u8>(), 7..20));
    let plan = plan.prop_map(|(articles, names)| Plan { articles, names });
    let edit = (select(kinds()), any::<u8>(), any::<u8>());
    let edit = edit.prop_map(|(kind, a, b)| Edit { kind, a, b });
    let then = proptest::prop_oneof![
        5 => Just(Then::Next),
        3 => (0..80_u8).prop_map(Then::Pause),
        2 => Just(Then::Compare),
    ];
    let style = select(Style::ALL.to_vec());
    (plan, vec((edit, style, then), 1..=40)).prop_map(|(plan, edits)| Script { plan, edits })
}

fn kinds() -> Vec<Kind> {
    Kind::all().into_iter().filter(|kind| !NOT_FILES.contains(&kind.name())).collect()
}

/// What a run did.
#[derive(Debug, Default)]
struct Count {
    scripts: usize,
    /// How often each kind of edit found something to do.
    edits: BTreeMap<Kind, usize>,
    styles: BTreeMap<Style, usize>,
    /// Snapshots whose every URL was compared.
    compared: usize,
    urls: usize,
    /// Those that a build would write.
    builds: usize,
    /// URLs that answered with errors, as they should.
    faults: usize,
    /// URLs of pages that went.
    gone: usize,
    /// Snapshots of which only old pages can be shown.
    held: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        for (kind, count) in other.edits {
            *self.edits.entry(kind).or_default() += count;
        }
        for (style, count) in other.styles {
            *self.styles.entry(style).or_default() += count;
        }
        self.scripts += other.scripts;
        self.compared += other.compared;
        self.urls += other.urls;
        self.builds += other.builds;
        self.faults += other.faults;
        self.gone += other.gone;
        self.held += other.held;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let edits: usize = self.edits.values().sum();
        writeln!(
            f,
            "{} scripts, {edits} edits of {} kinds in {} ways to save; {} snapshots with {} URLs equal a fresh \
             engine's, {} of them what a build writes; {} URLs answered with errors, {} with nothing after a page \
             went; {} snapshots kept old pages",
            self.scripts,
            self.edits.len(),
            self.styles.len(),
            self.compared,
            self.urls,
            self.builds,
            self.faults,
            self.gone,
            self.held,
        )?;
        let cell =
            |kind: &Kind| format!("{:>7} {}", self.edits.get(kind).unwrap_or(&0), kind.name());
        for row in kinds().chunks(4) {
            let row: Vec<String> = row.iter().map(|kind| format!("{:<32}", cell(kind))).collect();
            writeln!(f, "{}", row.concat().trim_end())?;
        }
        Ok(())
    }
}

/// Plays a script and tells what it did.
fn play(script: &Script) -> Result<Count, String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let mut editor = Editor::new(small::site(&script.plan));
    // Half of the sites have their folders elsewhere.
    if script.plan.articles.is_multiple_of(2) {
        fs::create_dir_all(&root).unwrap();
        for top in FOLDERS {
            fs::create_dir_all(folder.path().join("store").join(top)).unwrap();
            symlink(format!("../store/{top}"), root.join(top)).unwrap();
        }
    }
    save(&root, &Memory::new(), &editor.site, Style::InPlace);
    let server = Running::start(&root, &[]);
    let (events, client) = (server.events(), server.client());
    let outs = BTreeSet::new();
    let mut player = Player {
        server: &server,
        root,
        events,
        client,
        outs,
        is_repaired: false,
        count: Count::default(),
    };
    player.count.scripts = 1;
    player.compare()?;
    let repair = Edit { kind: Kind::named("repair"), a: 0, b: 0 };
    for (at, (edit, style, then)) in script.edits.iter().enumerate() {
        // Only old pages are shown while a template is broken: most authors repair it soon.
        if editor.is_broken() && edit.a % 3 > 0 {
            player.edit(&mut editor, &repair, *style);
        }
        player.edit(&mut editor, edit, *style);
        match then {
            Then::Next => {}
            Then::Pause(millis) => thread::sleep(Duration::from_millis((*millis).into())),
            Then::Compare => {
                player.compare().map_err(|error| format!("after edit {at}, {edit:?}: {error}"))?;
            }
        }
    }
    while editor.is_broken() {
        player.edit(&mut editor, &repair, Style::InPlace);
    }
    player.compare().map_err(|error| format!("in the end: {error}"))?;
    Ok(player.count)
}

/// A script being played.
struct Player<'a> {
    server: &'a Running,
    root: std::path::PathBuf,
    events: Events,
    client: Client,
    /// Every output that there was.
    outs: BTreeSet<OutPath>,
    /// Whether a file was repaired since the last look.
    is_repaired: bool,
    count: Count,
}

impl Player<'_> {
    fn edit(&mut self, editor: &mut Editor, edit: &Edit, style: Style) {
        let before = editor.site.clone();
        if editor.apply(edit) {
            *self.count.edits.entry(edit.kind).or_default() += 1;
            *self.count.styles.entry(style).or_default() += 1;
            save(&self.root, &before, &editor.site, style);
            self.is_repaired |= edit.kind == Kind::named("repair");
        }
    }

    /// Waits until the server has seen the files as they are, and compares every URL.
    fn compare(&mut self) -> Result<(), String> {
        if std::mem::take(&mut self.is_repaired) {
            // The files are what they were before, which may be served already, while the server has the broken ones before
            // it. What comes behind them makes the files others than ever.
            let place = self.root.join("static/repaired.txt");
            std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            let edits: usize = self.count.edits.values().sum();
            std::fs::write(place, edits.to_string()).expect("a file");
        }
        self.events = self.server.events();
        self.events.wait_for(tree(&self.root));
        let base = BaseUrl::parse(&format!("http://127.0.0.1:{}/", self.server.port)).unwrap();
        let options = Options {
            now: Now::Day(jiff::civil::date(2026, 1, 1)),
            drafts: true,
            future: true,
            base_url: Some(base),
            folder: "site".to_string(),
            without_broken: true,
            ..Options::default()
        };
        let disk = disk(&self.root);
        let fresh = Engine::once().load(&disk, options.clone());
        if !fresh.is_whole() {
            self.count.held += 1;
            return Ok(());
        }
        self.count.compared += 1;
        for output in fresh.site().outputs.iter() {
            let url = output.path.href("");
            let answer = self.client.get(&url);
            self.count.urls += 1;
            let (content, _) = fresh.bytes(&output.path).expect("it is an output");
            match content {
                Some(content) => same(output, &answer, &content, &disk)?,
                None => self.fault(&url, &answer)?,
            }
        }
        for broken in &fresh.site().broken {
            let out = broken.out.iter().find(|out| fresh.site().outputs.get(out).is_none());
            if let Some(out) = out {
                let answer = self.client.get(&out.href(""));
                self.fault(&out.href(""), &answer)?;
                if !answer.text().contains(broken.path.as_str()) {
                    return Err(format!("{out} does not name {}", broken.path));
                }
            }
        }
        self.gone(&fresh)?;
        self.outs.extend(fresh.site().outputs.iter().map(|output| output.path.clone()));
        self.built(&disk, options)
    }

    fn fault(&mut self, url: &str, answer: &Response) -> Result<(), String> {
        self.count.faults += 1;
        if answer.status == 500 { Ok(()) } else { Err(format!("{url}: {}", answer.status)) }
    }

    /// Pages that went are not there; the last place of a broken file may say what is wrong with it.
    fn gone(&mut self, fresh: &Loaded) -> Result<(), String> {
        let site = fresh.site();
        for out in self.outs.iter().filter(|out| site.outputs.get(out).is_none()) {
            let answer = self.client.get(&out.href(""));
            match (answer.status, site.broken.is_empty()) {
                (404, _) => self.count.gone += 1,
                (500, false) => {}
                (status, _) => return Err(format!("{out} is gone and answers {status}")),
            }
        }
        Ok(())
    }

    /// What a build writes, if it writes, is what is answered.
    fn built(&mut self, disk: &Disk, options: Options) -> Result<(), String> {
        let clean = Engine::once().load(disk, Options { without_broken: false, ..options });
        let pages = Mutex::new(Vec::new());
        let mut found = clean.diagnostics().to_vec();
        found.extend(clean.render_all(&|output, content| {
            pages.lock().unwrap().push((output.clone(), content));
        }));
        clean.config().levels.apply(Strictness::Build, &mut found);
        if found.iter().any(|found| found.severity == Severity::Error) {
            return Ok(());
        }
        self.count.builds += 1;
        for (output, content) in pages.into_inner().unwrap() {
            let answer = self.client.get(&output.path.href(""));
            same(&output, &answer, &content, disk)?;
        }
        Ok(())
    }
}

/// Whether an answer is an output: its bytes, without the live script, and the type that publishing gives it.
fn same(output: &Output, answer: &Response, content: &Rendered, disk: &Disk) -> Result<(), String> {
    let url = output.path.href("");
    let published = Headers::of(output).content_type;
    if answer.header("content-type") != Some(&*published) {
        return Err(format!("{url} is served as {:?}", answer.header("content-type")));
    }
    if answer.status != 200 {
        return Err(format!("{url} answers {}: {}", answer.status, answer.text()));
    }
    let (served, made) = match content {
        Rendered::Text(text) if output.media_type.is_html() => {
            (answer.page().into_bytes(), text.as_bytes().to_vec())
        }
        Rendered::Text(text) => (answer.body.clone(), text.as_bytes().to_vec()),
        Rendered::Bytes(bytes) => (answer.body.clone(), bytes.to_vec()),
        Rendered::Embedded(bytes) => (answer.body.clone(), bytes.to_vec()),
        Rendered::File(path, ..) => {
            (answer.body.clone(), briefing::source::Source::read(disk, path).unwrap())
        }
    };
    if served == made {
        return Ok(());
    }
    let [served, made] = [served, made].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let lines = served.lines().zip(made.lines()).find(|(served, made)| served != made);
    Err(format!("{url} is stale (served, made): {lines:#?}"))
}
