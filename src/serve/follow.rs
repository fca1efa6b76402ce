//! Follows the files: a change, a snapshot, a load, and the next thing to serve.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use rustc_hash::FxHashSet;

use crate::base::{OutPath, SourcePath};
use crate::diag::{self, Diagnostic};
use crate::engine::{Engine, Loaded, Now, Options};
use crate::output::FolderCache;
use crate::source::{Rescan, Snapshot, Touched, Waker, Watch};

use super::live::Live;
use super::shared::Shared;
use super::{Config, News, World, events};

/// How often a file that is still being written is read again, before its bytes are taken as they are.
const TRIES: usize = 5;

/// How long to wait in between.
const AGAIN: Duration = Duration::from_millis(10);

/// Clocks and waits need not agree to the millisecond.
const QUIET: Duration = Duration::from_millis(50);

/// What the loading of a site did.
#[derive(Debug, Clone)]
pub struct Rebuilt {
    /// Files that came, went or have other bytes, sorted; none for the first load.
    pub changed: Vec<SourcePath>,
    /// How many files were parsed.
    pub parsed: usize,
    /// How many pages that browsers show are others now.
    pub pages: usize,
    /// The time from the end of the change to the moment from which requests are answered from it.
    pub took: Duration,
    /// How many errors there are, as far as it is known.
    pub errors: usize,
    /// And warnings.
    pub warnings: usize,
}

/// Loads the site again and again.
pub(super) struct Follower {
    engine: Engine,
    watch: Watch,
    world: World,
    options: Options,
    snapshot: Snapshot,
    sweep_after: Option<Duration>,
    /// What was said to be wrong already.
    told: Arc<Mutex<Vec<Diagnostic>>>,
    /// Stops the look at all pages that is going on.
    stop: Arc<AtomicBool>,
}

impl Follower {
    /// Watches a site's folder, and loads it for the first time.
    pub(super) fn start(config: &Config, world: World) -> (Self, Live) {
        let start = (world.clock)();
        // What changes while the folder is read must not be missed.
        let watch = Watch::start(&config.site, config.poll, world.clock.clone());
        let snapshot = Snapshot::take(crate::config::disk(canonical(&config.site)));
        let options = Options {
            now: Now::DayOf((world.now)()),
            drafts: config.drafts,
            future: config.future,
            base_url: Some(config.base.clone()),
            folder: config.folder.clone(),
            without_broken: true,
            ..Options::default()
        };
        let mut follower = Self {
            engine: Engine::bounded(config.memory).with_cache(cache(config, &world)),
            watch,
            world,
            options,
            snapshot: snapshot.clone(),
            sweep_after: config.sweep_after,
            told: Arc::default(),
            stop: Arc::default(),
        };
        if let Some(day) = config.today {
            follower.options.now = Now::Day(day);
        }
        let loaded = follower.engine.load(&snapshot, follower.options.clone());
        follower.watch.follow(&snapshot);
        let live = Live::new(snapshot, loaded, None);
        let parsed = live.loaded.trace().parsed.len();
        let took = (follower.world.clock)() - start;
        follower.watch.cost(took);
        if follower.watch.polls() && !config.poll {
            (follower.world.tell)(News::Polls);
        }
        follower.say(&live, Vec::new(), parsed, 0, took);
        (follower, live)
    }

    /// What asks for a look at a file.
    pub(super) fn waker(&self) -> Waker {
        self.watch.waker()
    }

    /// Serves what the files are, until the server stops.
    pub(super) fn follow(mut self, shared: &Arc<Shared>) {
        let mut waiting: BTreeSet<PathBuf> = BTreeSet::new();
        let mut tries = 0;
        let mut swept = false;
        let mut last = (self.world.clock)();
        loop {
            let within = match (waiting.is_empty(), swept) {
                (false, _) => Some(AGAIN),
                (true, false) => self.sweep_after,
                (true, true) => None,
            };
            let touched = self.watch.next(within);
            if shared.is_stopped() {
                self.stop.store(true, Ordering::Relaxed);
                return;
            }
            let start = (self.world.clock)();
            let everything = touched == Touched::Everything;
            let touched = touched.and(Touched::Paths(std::mem::take(&mut waiting)));
            let Rescan { snapshot, changed, relisted, unsettled } =
                self.snapshot.rescan(&touched, tries >= TRIES);
            if everything {
                self.watch.cost((self.world.clock)() - start);
            }
            tries = if unsettled.is_empty() { 0 } else { tries + 1 };
            waiting = unsettled;
            self.snapshot = snapshot;
            self.watch.follow(&self.snapshot);
            if self.is_another_day() || relisted || !changed.is_empty() {
                self.stop.store(true, Ordering::Relaxed);
                self.rebuild(shared, changed, start);
                (swept, last) = (false, (self.world.clock)());
            } else if !swept
                && waiting.is_empty()
                && self.sweep_after.is_some_and(|quiet| start - last + QUIET >= quiet)
            {
                self.sweep(shared);
                swept = true;
            }
        }
    }

    /// Whether midnight has passed in the site's time zone.
    fn is_another_day(&mut self) -> bool {
        let Now::DayOf(before) = self.options.now else { return false };
        let now = (self.world.now)();
        let Some(zone) = self.engine.timezone() else { return false };
        let another = zone.to_datetime(before).date() != zone.to_datetime(now).date();
        if another {
            self.options.now = Now::DayOf(now);
        }
        another
    }

    fn rebuild(&mut self, shared: &Arc<Shared>, changed: Vec<SourcePath>, start: Duration) {
        let before = shared.live();
        let loaded = self.engine.load(&self.snapshot, self.options.clone());
        let live = Arc::new(Live::new(self.snapshot.clone(), loaded, Some(&before)));
        shared.serve(live.clone());
        let took = (self.world.clock)() - start;
        shared.tell(&events::snapshot(&live, Some(&before), &changed));
        let parsed = live.loaded.trace().parsed;
        let paths: Vec<SourcePath> = parsed.iter().map(|(path, _)| path.clone()).collect();
        let open = shared.open(before.number);
        let is_other = |(out, digest): &&(OutPath, _)| {
            live.at(out).is_none_or(|answer| answer.digest() != *digest)
        };
        let pages = open.iter().filter(is_other).count();
        self.say(&live, changed, paths.len(), pages, took);
        self.snapshot.drop_texts(&paths);
        live.loaded.forget();
    }

    /// Says what was done, and what is wrong that was not before.
    fn say(
        &self,
        live: &Live,
        changed: Vec<SourcePath>,
        parsed: usize,
        pages: usize,
        took: Duration,
    ) {
        let findings = live.everything();
        let (errors, warnings) = (findings.errors, findings.warnings);
        (self.world.tell)(News::Rebuilt(&Rebuilt {
            changed,
            parsed,
            pages,
            took,
            errors,
            warnings,
        }));
        tell_new(&self.world, &self.told, &findings.all, &live.loaded, true);
    }

    /// Looks at all pages in the background.
    fn sweep(&self, shared: &Arc<Shared>) {
        let (world, told, shared) = (self.world.clone(), self.told.clone(), shared.clone());
        let stop = self.stop.clone();
        stop.store(false, Ordering::Relaxed);
        let live = shared.live();
        let work = move || {
            let is_over = || stop.load(Ordering::Relaxed) || shared.live().number != live.number;
            let join = |diagnostic: &Diagnostic| {
                if live.add(diagnostic.clone()) {
                    shared.tell(&events::findings(&live));
                }
            };
            // One thread: an editor on the same machine keeps its speed.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
            let pool = pool.ok();
            let diagnostics =
                pool.and_then(|pool| pool.install(|| live.loaded.sweep(&join, &is_over)));
            if let Some(diagnostics) = diagnostics {
                live.complete(diagnostics);
                shared.tell(&events::findings(&live));
                tell_new(&world, &told, &live.everything().all, &live.loaded, false);
            }
        };
        // Without a thread nothing more is found: the next change asks again.
        drop(thread::Builder::new().name("sweep".into()).spawn(work));
    }
}

/// Reports the problems that were not reported before. `whole` says that a problem that is not in the list is solved, unless
/// only a check of all pages finds it.
fn tell_new(
    world: &World,
    told: &Mutex<Vec<Diagnostic>>,
    diagnostics: &[Diagnostic],
    loaded: &Loaded,
    whole: bool,
) {
    let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
    // A site may have thousands of notes, and each save asks of every one whether it was said.
    let before: FxHashSet<Same<'_>> = told.iter().map(same).collect();
    let new = diagnostics.iter().filter(|diagnostic| !before.contains(&same(diagnostic)));
    let new: Vec<Diagnostic> = new.cloned().collect();
    if whole {
        let now: FxHashSet<Same<'_>> = diagnostics.iter().map(same).collect();
        if !told.iter().all(|old| now.contains(&same(old)) || is_of_pages(old)) {
            told.retain(|old| now.contains(&same(old)) || is_of_pages(old));
        }
        told.extend(new.iter().cloned());
    } else {
        *told = diagnostics.to_vec();
    }
    drop(told);
    if !new.is_empty() {
        (world.tell)(News::Found(&diag::group(new), &|path| loaded.text(path)));
    }
}

/// What makes two problems one to their reader: a word that moves a line makes no new problem.
type Same<'a> = (diag::Code, &'a str, &'a SourcePath);

fn same(diagnostic: &Diagnostic) -> Same<'_> {
    (diagnostic.code, &diagnostic.message, &diagnostic.span.file)
}

/// Whether only rendering finds a problem.
fn is_of_pages(diagnostic: &Diagnostic) -> bool {
    use diag::Code::{DeadAnchor, DeadLink, TemplateRender};
    matches!(diagnostic.code, DeadAnchor | DeadLink | TemplateRender)
}

fn canonical(site: &std::path::Path) -> PathBuf {
    site.canonicalize().unwrap_or_else(|_| site.to_path_buf())
}

/// What was made of files before, by this program or by a build.
fn cache(config: &Config, world: &World) -> Arc<FolderCache> {
    let now = world.now.clone();
    let seconds = move || u64::try_from(now().as_second()).unwrap_or_default();
    let clock = Arc::new(move || UNIX_EPOCH + Duration::from_secs(seconds()));
    Arc::new(FolderCache::new(&config.site, clock))
}
