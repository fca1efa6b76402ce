//! Says when a site's folder may have changed. An event is a hint: what really changed, a rescan of the touched files
//! finds out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::{FOLDERS, Snapshot, Touched};

mod mounts;
mod places;

use places::{EventMeaning, WatchedPaths};

/// After this long without an event a change is over.
const QUIET: Duration = Duration::from_millis(22);

/// After this long a change is looked at even if it goes on.
const MOST: Duration = Duration::from_millis(150);

/// How often all files are checked without an event: events can be lost.
const SAFETY: Duration = Duration::from_secs(30);

/// The same where there are no events.
const POLL: Duration = Duration::from_millis(300);

/// After a watched folder came or went, everything is looked at so many times more: what happened before it was watched
/// again made no event.
const ECHOES: u32 = 4;

/// How long after one another.
const ECHO: Duration = Duration::from_millis(400);

/// The time since some fixed moment.
type WatchClock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// A watched folder.
pub struct Watch {
    root: PathBuf,
    hints: Receiver<ChangeHint>,
    /// Keeps the channel open, and is what wakers send through.
    sender: Sender<ChangeHint>,
    watcher: Option<RecommendedWatcher>,
    watched: Vec<PathBuf>,
    /// Where the site's files really lie, which the system's events are read by.
    places: Arc<RwLock<WatchedPaths>>,
    /// Whether the last snapshot had links, or files of many names.
    follows: bool,
    clock: WatchClock,
    /// How many looks at everything are still due.
    echoes: u32,
    /// How long the last look at everything took: polling must not take all of the program's time.
    cost: Duration,
}

/// Asks for a look at files, or at everything.
#[derive(Clone)]
pub struct Waker(Sender<ChangeHint>);

enum ChangeHint {
    Paths(Vec<PathBuf>),
    /// One of the watched folders itself came or went.
    Root,
    Everything,
}

impl Watch {
    /// Watches a site's folder. `poll` asks to look at all files again and again instead, which is also done where the
    /// system has no events: on network file systems, and when there are too many folders to watch.
    pub fn start(root: &Path, poll: bool, clock: WatchClock) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let (sender, hints) = channel();
        let tops = FOLDERS.map(|folder| root.join(folder).canonicalize().ok());
        let polls = poll || tops.iter().flatten().chain([&root]).any(|at| mounts::is_remote(at));
        let places = Arc::new(RwLock::new(WatchedPaths::new(&root, &[], BTreeMap::new())));
        let watcher = (!polls).then(|| watcher(places.clone(), sender.clone())).flatten();
        let mut watch = Self {
            root,
            hints,
            sender,
            watcher,
            watched: Vec::new(),
            places,
            follows: false,
            clock,
            echoes: 0,
            cost: Duration::ZERO,
        };
        watch.arm();
        watch
    }

    /// Whether all files are looked at again and again, because there are no events.
    pub fn polls(&self) -> bool {
        self.watcher.is_none()
    }

    /// What asks for a look from elsewhere.
    pub fn waker(&self) -> Waker {
        Waker(self.sender.clone())
    }

    /// Watches where the links of a snapshot lead, too, and files that may be written by other names.
    pub fn follow(&mut self, snapshot: &Snapshot) {
        if self.watcher.is_none() {
            return;
        }
        let named = snapshot.many_named();
        let follows = !(snapshot.followed().is_empty() && named.is_empty());
        if !follows && !self.follows {
            return;
        }
        self.follows = follows;
        let places = WatchedPaths::new(&self.root, snapshot.followed(), named);
        let is_same = *self.places.read().unwrap_or_else(PoisonError::into_inner) == places;
        if is_same {
            return;
        }
        if snapshot.followed().iter().any(|link| mounts::is_remote(&link.real)) {
            self.watcher = None;
            return;
        }
        *self.places.write().unwrap_or_else(PoisonError::into_inner) = places;
        self.arm();
        // What changed there before it was watched made no event.
        self.echoes = self.echoes.max(1);
    }

    /// Says how long a look at everything took.
    pub fn cost(&mut self, took: Duration) {
        self.cost = took;
    }

    /// Waits until something may have changed, and until it is over; at most `within` for it to begin.
    pub fn next(&mut self, within: Option<Duration>) -> Touched {
        let idle = match (self.polls() || !self.root.is_dir(), self.echoes) {
            (true, _) => POLL.max(self.cost * 20),
            (false, 0) => SAFETY.max(self.cost * 100),
            (false, _) => ECHO,
        };
        let mut touched = match self.hints.recv_timeout(within.unwrap_or(idle).min(idle)) {
            Ok(hint) => self.take(hint),
            Err(_) => match within {
                Some(within) if within < idle => Touched::Paths(BTreeSet::new()),
                _ => {
                    self.echoes = self.echoes.saturating_sub(1);
                    self.everything()
                }
            },
        };
        let start = (self.clock)();
        loop {
            match self.hints.recv_timeout(QUIET) {
                Ok(hint) => touched = touched.and(self.take(hint)),
                Err(RecvTimeoutError::Timeout) => return touched,
                Err(RecvTimeoutError::Disconnected) => return touched,
            }
            if (self.clock)() - start >= MOST {
                return touched;
            }
        }
    }

    fn take(&mut self, hint: ChangeHint) -> Touched {
        match hint {
            ChangeHint::Paths(paths) => {
                // A folder that came is watched a moment after it is there: what comes into it meanwhile makes no event.
                if paths.iter().any(|path| path.is_dir()) {
                    self.echoes = self.echoes.max(1);
                }
                Touched::Paths(paths.into_iter().collect())
            }
            ChangeHint::Root => {
                self.echoes = ECHOES;
                self.everything()
            }
            ChangeHint::Everything => Touched::Everything,
        }
    }

    /// Whatever was lost is watched again first: what changes after the look must not be missed.
    fn everything(&mut self) -> Touched {
        self.arm();
        Touched::Everything
    }

    /// Watches the folders that there are now. One that was removed and made again needs a new watch.
    fn arm(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        for old in std::mem::take(&mut self.watched) {
            drop(watcher.unwatch(&old));
        }
        let places = self.places.read().unwrap_or_else(PoisonError::into_inner);
        let mut full = false;
        for (place, is_deep) in places.watched().filter(|(place, _)| place.exists()) {
            let mode = match is_deep {
                true => RecursiveMode::Recursive,
                false => RecursiveMode::NonRecursive,
            };
            match watcher.watch(place, mode) {
                Ok(()) => self.watched.push(place.clone()),
                Err(error) => full |= matches!(error.kind, notify::ErrorKind::MaxFilesWatch),
            }
        }
        if full {
            self.watcher = None;
            self.watched.clear();
        }
    }
}

impl Waker {
    /// Wakes the waiting thread.
    pub fn wake(&self) {
        drop(self.0.send(ChangeHint::Paths(Vec::new())));
    }

    /// Asks for a look at a file.
    pub fn file(&self, path: PathBuf) {
        drop(self.0.send(ChangeHint::Paths(vec![path])));
    }
}

impl Touched {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Paths(mut paths), Self::Paths(more)) => {
                paths.extend(more);
                Self::Paths(paths)
            }
            _ => Self::Everything,
        }
    }
}

fn watcher(
    places: Arc<RwLock<WatchedPaths>>,
    sender: Sender<ChangeHint>,
) -> Option<RecommendedWatcher> {
    let tell = move |event: notify::Result<Event>| {
        let places = places.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(hint) = hint(&places, event) {
            drop(sender.send(hint));
        }
    };
    // Links are not followed here: a folder that is watched by two names has events by one of them.
    let config = notify::Config::default().with_follow_symlinks(false);
    RecommendedWatcher::new(tell, config).ok()
}

/// What an event says; nothing for those of files that are read, and of what lies beside the site's folders.
fn hint(places: &WatchedPaths, event: notify::Result<Event>) -> Option<ChangeHint> {
    let Ok(event) = event else { return Some(ChangeHint::Everything) };
    if event.need_rescan() {
        return Some(ChangeHint::Everything);
    }
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    let mere =
        matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_) | ModifyKind::Data(_)));
    Some(match places.meaning(&event.paths, mere)? {
        EventMeaning::Root => ChangeHint::Root,
        EventMeaning::Paths(paths) => ChangeHint::Paths(paths.into_iter().collect()),
    })
}
