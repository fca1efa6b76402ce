//! Watches a publish: shows how far it is, and stops it between two steps when the user asks for it.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line asks the clock and the environment"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::print;
use crate::publish::{PublishError, PublishStep, Steps};

/// The variable with the number of a step before which a run waits until its standard input ends: for tests that kill
/// it there, or change what it then finds.
const HOLD: &str = "BRIEFING_PUBLISH_HOLD";

/// The time, in seconds since 1970.
pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// The watch over one run.
pub(super) struct PublishProgress {
    start: Instant,
    bar: ProgressBar,
    stopped: Arc<AtomicBool>,
    count: AtomicUsize,
    hold: Option<usize>,
}

impl PublishProgress {
    /// A watch that has begun.
    pub(super) fn new() -> Self {
        let stopped = Arc::new(AtomicBool::new(false));
        let asked = stopped.clone();
        // A second request ends the program at once, as without a handler. Where no handler can be set, the first does.
        let _ = ctrlc::set_handler(move || {
            if asked.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
            print::note("stopping after this step; press Ctrl-C again to end at once");
        });
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let hold = std::env::var(HOLD).ok().and_then(|number| number.parse().ok());
        Self { start: Instant::now(), bar, stopped, count: AtomicUsize::new(0), hold }
    }

    /// When it began.
    pub(super) fn start(&self) -> Instant {
        self.start
    }

    /// How many things may be under way at once: one when steps are counted.
    pub(super) fn jobs(&self) -> usize {
        if self.hold.is_some() { 1 } else { usize::MAX }
    }

    /// How long it has been going on.
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Shows a bar for this many bytes.
    pub(super) fn begin(&self, bytes: u64) {
        let style = "{bar:24} {bytes}/{total_bytes} {bytes_per_sec} {msg}";
        if let Ok(style) = ProgressStyle::with_template(style) {
            self.bar.set_style(style);
        }
        self.bar.set_length(bytes);
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// Ends the wait for something when the user has had enough.
    pub(super) fn check(&self) -> Result<(), PublishError> {
        if self.stopped.load(Ordering::SeqCst) { Err(PublishError::Interrupted) } else { Ok(()) }
    }

    /// Says what is being waited for.
    pub(super) fn waiting(&self, message: String) {
        self.bar.set_message(message);
        self.bar.tick();
    }
}

impl Steps for PublishProgress {
    fn before(&self, step: PublishStep<'_>) -> Result<(), PublishError> {
        let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        if self.hold == Some(number) {
            print::note(&format!("held before step {number}: {step}"));
            // Whatever comes, or that nothing can come, means to go on.
            let _ = std::io::stdin().read_line(&mut String::new());
        }
        if let PublishStep::Put(_, len) = step {
            self.bar.inc(len);
        }
        self.check()
    }
}
