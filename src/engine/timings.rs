//! Where the time of a build goes. The core has no clock: the command line passes one in.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The time since some fixed moment.
pub type Clock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// The stages of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are listed and read, and their bytes digested.
    Read,
    /// Front matter and Markdown become documents.
    Parse,
    /// References between documents are looked up.
    Link,
    /// The site is put together.
    Site,
    /// Views of pages are made and digested.
    View,
    /// Templates turn views into HTML.
    Render,
    /// The links of the HTML are checked.
    Check,
    /// Pages are handed over to be written.
    Write,
}

impl Stage {
    /// Every stage, in the order of a build.
    pub const ALL: [Self; 8] = [
        Self::Read,
        Self::Parse,
        Self::Link,
        Self::Site,
        Self::View,
        Self::Render,
        Self::Check,
        Self::Write,
    ];

    /// In one lower-case word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Parse => "parse",
            Self::Link => "link",
            Self::Site => "site",
            Self::View => "view",
            Self::Render => "render",
            Self::Check => "check",
            Self::Write => "write",
        }
    }
}

/// The time that each stage took, summed over threads.
#[derive(Default)]
pub struct Timings {
    clock: Option<Clock>,
    /// Nanoseconds, in the order of [`Stage::ALL`].
    spent: [AtomicU64; Stage::ALL.len()],
}

impl Timings {
    /// Measures with a clock.
    pub fn new(clock: Clock) -> Self {
        Self { clock: Some(clock), spent: Default::default() }
    }

    /// Does something and counts its time for a stage. Without a clock it does it, and that is all.
    pub(super) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let Some(clock) = &self.clock else { return work() };
        let start = clock();
        let done = work();
        let nanos = u64::try_from((clock() - start).as_nanos()).unwrap_or(u64::MAX);
        self.spent[stage as usize].fetch_add(nanos, Ordering::Relaxed);
        done
    }

    /// What a stage took until now.
    pub fn spent(&self, stage: Stage) -> Duration {
        Duration::from_nanos(self.spent[stage as usize].load(Ordering::Relaxed))
    }
}

impl fmt::Debug for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(Stage::ALL.map(|stage| (stage.name(), self.spent(stage)))).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn time_is_summed_by_stage() {
        let now = Mutex::new(0);
        let timings = Timings::new(Arc::new(move || {
            let mut now = now.lock().unwrap();
            *now += 5;
            Duration::from_nanos(*now)
        }));
        assert_eq!(timings.time(Stage::View, || 7), 7);
        timings.time(Stage::View, || ());
        timings.time(Stage::Write, || ());
        let spent = Stage::ALL.map(|stage| timings.spent(stage).as_nanos());
        assert_eq!(spent, [0, 0, 0, 0, 10, 0, 0, 5]);
        assert_eq!(Timings::default().time(Stage::Read, || 3), 3);
    }
}
