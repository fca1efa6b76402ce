//! How a publish ended: what readers get, and the lines that report it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::base::{OutPath, counted};
use crate::cli::build::duration;
use crate::cli::{NOT_GOOD, print};
use crate::publish::plan_text::size;
use crate::publish::verify::{self, AnswerCheck, Patience, ReadBack, SiteReader, VerifyFault};
use crate::publish::{Failed, Http, Plan, PublishError, Release};

use super::{Job, stop};

/// How many faults are named.
const NAMED: usize = 10;

/// Looks at the target as readers do.
pub(super) struct PublishOutcome<'a> {
    job: &'a Job<'a>,
    no_wait: bool,
    http: Option<Http>,
    /// What runs have removed that no run has verified; none where the last one was verified.
    left: Option<BTreeSet<OutPath>>,
}

impl<'a> PublishOutcome<'a> {
    pub(super) fn new(job: &'a Job<'a>, no_wait: bool) -> Self {
        let http = job.chosen.target.url.as_ref().and_then(Http::new);
        // Of a note that cannot be read all that counts is that it is there.
        let left = job.stage.unverified().removed().unwrap_or_else(|_| Some(BTreeSet::new()));
        Self { job, no_wait, http, left }
    }

    /// Checks what was sent, before anything is removed.
    pub(super) fn check(&self, plan: &Plan) -> Result<(), PublishError> {
        if self.no_wait {
            return Ok(());
        }
        self.found(self.checks(plan), self.wait())
    }

    /// What was sent and a sample of the rest; everything after a run that failed, since that has sent what this run need
    /// not send.
    fn checks(&self, plan: &Plan) -> Vec<AnswerCheck> {
        match plan.release() {
            Some(release) if self.left.is_some() || plan.after_failed => verify::all(release),
            _ => verify::checks(plan),
        }
    }

    /// What earlier runs have removed that no run has verified.
    fn gone(&self, live: Option<&Release>) -> Vec<AnswerCheck> {
        verify::gone(live, self.left.iter().flatten())
    }

    /// Notes that readers were given everything.
    fn is_verified(&self) {
        // Where that fails, the next run looks at more than it must.
        let _ = self.job.stage.unverified().end();
    }

    /// Says that nothing had to be done, and checks a sample.
    pub(super) fn nothing_to_do(&self, plan: &Plan) -> u8 {
        let live =
            plan.record.live.as_ref().map_or(String::new(), |id| format!("release {id} is live"));
        if self.no_wait {
            print::note(&format!("nothing to publish: {live}, not verified"));
            return 0;
        }
        let checks = self.checks(plan).into_iter().chain(self.gone(plan.release()));
        match self.found(checks.collect(), self.wait()) {
            Ok(()) => {
                self.is_verified();
                print::note(&format!("nothing to publish: {live}, {}", self.verified()));
                0
            }
            Err(error) => self.faulty(&error, &format!("nothing to publish: {live}")),
        }
    }

    /// Checks what was removed, and reports success.
    pub(super) fn published(&self, plan: &Plan) -> u8 {
        let done = self.done(plan, plan.removed.len());
        if self.no_wait {
            print::note(&format!("{done}: uploaded, not verified"));
            return 0;
        }
        let gone: BTreeMap<_, _> =
            verify::removals(plan).into_iter().chain(self.gone(plan.release())).collect();
        match self.found(gone.into_iter().collect(), self.wait()) {
            Ok(()) => {
                self.is_verified();
                let took = duration(self.job.watch.elapsed());
                print::note(&format!("{done}, {}, in {took}", self.verified()));
                0
            }
            Err(error) => self.faulty(&error, &done),
        }
    }

    /// Says what is live after a failure.
    pub(super) fn failed(&self, plan: &Plan, failed: &Failed) -> u8 {
        if !failed.has_begun {
            return stop(&failed.error);
        }
        if failed.is_live {
            // Where a release becomes visible at once, nothing of the one before is.
            let removed =
                if self.job.abilities.atomic { plan.removed.len() } else { failed.removed };
            return self.faulty(&failed.error, &self.done(plan, removed));
        }
        print::error(&failed.error.to_string());
        let live = self.job.target.observe().ok().map(|remote| remote.record.live);
        let name = &self.job.chosen.target.name;
        let live = match live {
            Some(Some(live)) if self.job.abilities.atomic => format!("readers see release {live}"),
            Some(None) if self.job.abilities.atomic => "readers see nothing of ours yet".into(),
            Some(Some(live)) => {
                format!("readers see release {live}, with some files of the new one")
            }
            Some(None) => "readers see some files of the new release".into(),
            None => "what readers see could not be found out".into(),
        };
        print::note(&format!(
            "not published to the end: {live}; run it again to finish (target `{name}`)"
        ));
        NOT_GOOD
    }

    /// Checks every file of a release.
    pub(super) fn verify(&self, live: &Release, no_wait: bool) -> Result<u8, u8> {
        let checks: Vec<_> = verify::all(live).into_iter().chain(self.gone(Some(live))).collect();
        let count = checks.len();
        let wait = if no_wait { Duration::ZERO } else { self.wait() };
        match self.found(checks, wait) {
            Ok(()) => {
                self.is_verified();
                let checked = counted(count, "answer");
                print::note(&format!("release {} is live: {checked} {}", live.id, self.verified()));
                Ok(0)
            }
            Err(error) => Err(self.faulty(&error, &format!("release {} is live", live.id))),
        }
    }

    fn found(&self, checks: Vec<AnswerCheck>, wait: Duration) -> Result<(), PublishError> {
        if checks.is_empty() {
            return Ok(());
        }
        let watch = self.job.watch;
        let patience = Patience {
            wait,
            clock: &|| watch.elapsed(),
            waiting: &|wrong| {
                watch.waiting(format!("{} not yet as published", counted(wrong, "answer")));
                watch.check()
            },
            seed: u64::from(std::process::id()),
        };
        let back;
        let reader: &dyn SiteReader = match &self.http {
            Some(http) => http,
            None => {
                back = ReadBack(self.job.target.observe()?.there);
                &back
            }
        };
        let headers = self.job.abilities.headers && self.http.is_some();
        let faults = verify::verify(reader, checks, headers, &patience)?;
        if faults.is_empty() { Ok(()) } else { Err(PublishError::Target(listed(&faults))) }
    }

    fn wait(&self) -> Duration {
        match &self.http {
            Some(_) => self.job.chosen.target.wait.unwrap_or(self.job.abilities.wait),
            // What is read back from the target itself is there or not.
            None => Duration::ZERO,
        }
    }

    fn verified(&self) -> String {
        match (&self.http, &self.job.chosen.target.url) {
            (Some(_), Some(url)) => {
                format!("verified at {}{}", url.origin.as_deref().unwrap_or_default(), url.path)
            }
            _ => "read back from the target, which has no `url`".into(),
        }
    }

    /// What was done. `removed`: how many of the files to remove are removed.
    fn done(&self, plan: &Plan, removed: usize) -> String {
        let release = plan.record.live.as_ref().map_or(String::new(), |id| format!("release {id}"));
        if plan.back_to.is_some() {
            return format!("rolled back to {release}");
        }
        if !plan.is_release {
            return format!("finished what an earlier run left: {release}");
        }
        let left = plan.removed.len().saturating_sub(removed);
        let removed = match (removed, left) {
            (0, 0) => String::new(),
            (count, 0) => format!(", {count} removed"),
            (0, left) => format!(", {left} not yet removed"),
            (count, left) => format!(", {count} removed and {left} not yet"),
        };
        format!(
            "published {release}: {} sent ({}){removed}",
            counted(plan.puts(), "file"),
            size(plan.bytes())
        )
    }

    fn faulty(&self, error: &PublishError, done: &str) -> u8 {
        print::error(&error.to_string());
        let name = &self.job.chosen.target.name;
        print::note(&format!(
            "{done}, and not as it should be; to go back: `briefing publish rollback {name}`"
        ));
        NOT_GOOD
    }
}

fn listed(faults: &[VerifyFault]) -> String {
    let mut text =
        format!("readers do not get what was published: {} of the answers", faults.len());
    for fault in faults.iter().take(NAMED) {
        text.push_str(&format!("\n  {fault}"));
    }
    if faults.len() > NAMED {
        text.push_str(&format!("\n  and {} more", faults.len() - NAMED));
    }
    text
}
