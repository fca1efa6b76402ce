//! `briefing publish` and its verbs.

mod after;
mod build;
mod choose;
mod hidden;
mod notes;
mod outcome;
mod watch;

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};

use crate::config::publish::PublishTarget as Named;
use crate::publish::stage::PublishStage;
use crate::publish::{
    Abilities, Goal, History, Plan, PublishError, Release, ReleaseId, Remote, SavedPlan, Target,
    Work, apply, guard, plan, plan_text,
};

use super::args::{PublishArgs, PublishRun, PublishVerb, RollbackArgs, TargetArgs};
use super::{ENVIRONMENT, GUARD, print};

use choose::Chosen;
use notes::Notes;
use watch::PublishProgress;

/// Runs a verb, or publishes.
pub(super) fn run(args: &PublishArgs) -> u8 {
    let done = match &args.verb {
        None => publish(&args.run),
        Some(PublishVerb::History(args)) => history(args),
        Some(PublishVerb::Diff(args)) => diff(args),
        Some(PublishVerb::Verify(args)) => verify(args),
        Some(PublishVerb::Rollback(args)) => rollback(args),
    };
    done.unwrap_or_else(|stop| stop)
}

/// Reports why something ended, and gives its exit code.
fn stop(error: &PublishError) -> u8 {
    match error {
        PublishError::Refused(reasons) => {
            reasons.iter().for_each(|reason| print::error(reason));
            print::note("nothing was published");
            GUARD
        }
        error => {
            print::error(&error.to_string());
            ENVIRONMENT
        }
    }
}

fn publish(args: &PublishRun) -> Result<u8, u8> {
    let watch = PublishProgress::new();
    let chosen = Chosen::new(args.target.as_deref(), &args.site)?;
    let saved =
        args.apply.as_deref().map(SavedPlan::load).transpose().map_err(|error| stop(&error))?;
    let allow = match &saved {
        Some(saved) => saved.allow.clone(),
        None => guard::Allow {
            adopt: args.adopt,
            max_deletions: args.max_deletions,
            older: args.allow_older,
            files: args.allow.clone(),
        },
    };
    let built = build::build(&chosen, args.format, &watch)?;
    let (target, abilities) = chosen.open(built.stage.cache())?;
    let remote = target.observe().map_err(|error| stop(&error))?;
    let goal = Goal::Publish(built.release(&chosen, &remote));
    let plan = plan(&goal, &remote, abilities.headers, args.prune);
    let facts = built.facts(&chosen, &remote);
    let url = chosen.url(built.url.as_deref());
    let heading = heading(&chosen.target, url, &abilities, &built.made.redirects);
    let text = plan_text::plan(&heading, &plan, &remote, false);

    let mut refusals = guard::refusals(&plan, &remote, &facts, &allow);
    let history = remote.history.as_ref().filter(|_| plan.is_needed && !allow.adopt);
    refusals.extend(history.and_then(History::refusal));
    let notes = match plan.is_needed {
        true => Notes::of(&chosen, &built, &plan),
        false => Notes::default(),
    };
    notes.lines(&built.day).iter().for_each(|line| print::note(line));
    refusals.extend(notes.refusal().filter(|_| args.require_notes));
    if !refusals.is_empty() {
        print::note(text.trim_end());
        return Err(stop(&PublishError::Refused(refusals)));
    }
    let now = SavedPlan::new(&chosen.target.to, built.url.clone(), &plan, &allow);
    if let Some(difference) = saved.and_then(|saved| saved.differs(&now)) {
        print::note(text.trim_end());
        return Err(stop(&PublishError::refused(format!("the saved plan {difference}"))));
    }
    if let Some(path) = &args.plan_out {
        now.save(path).map_err(|error| stop(&error))?;
        print::answer(&text);
        print::note(&format!(
            "the plan is in `{0}`; pass `--apply {0}` to carry it out",
            path.display()
        ));
        return Ok(0);
    }
    if args.dry_run {
        print::answer(&text);
        return Ok(0);
    }
    if plan.is_needed {
        print::note(text.trim_end());
        ask(&plan, args.yes || args.apply.is_some())?;
    }
    let job = Job {
        chosen: &chosen,
        target: &*target,
        abilities: &abilities,
        watch: &watch,
        stage: &built.stage,
    };
    let code = job.carry_out(&plan, args.no_wait)?;
    // Readers have it: that was verified.
    if code == 0 && !args.no_wait && plan.is_release {
        after::after(&chosen, &built, &plan);
    }
    if let Some(next) = built.next.filter(|_| code == 0) {
        print::note(&next);
    }
    Ok(code)
}

fn diff(args: &TargetArgs) -> Result<u8, u8> {
    let watch = PublishProgress::new();
    let chosen = Chosen::new(args.target.as_deref(), &args.site)?;
    let built = build::build(&chosen, super::args::Format::Human, &watch)?;
    let (target, abilities) = chosen.open(built.stage.cache())?;
    let remote = target.observe().map_err(|error| stop(&error))?;
    let goal = Goal::Publish(built.release(&chosen, &remote));
    let plan = plan(&goal, &remote, abilities.headers, false);
    let url = chosen.url(built.url.as_deref());
    let heading = heading(&chosen.target, url, &abilities, &built.made.redirects);
    print::answer(&plan_text::plan(&heading, &plan, &remote, true));
    Ok(0)
}

fn history(args: &TargetArgs) -> Result<u8, u8> {
    let (_chosen, _stage, target, _) = opened(args.target.as_deref(), &args.site)?;
    let remote = target.observe().map_err(|error| stop(&error))?;
    if let Some(why) = &remote.distrusted {
        print::note(&format!("the target's record {why}"));
    }
    if remote.record.releases.is_empty() {
        print::note("no release is known");
    }
    for release in &remote.record.releases {
        let live = if remote.record.live.as_ref() == Some(&release.id) { "*" } else { " " };
        print::answer(&format!("{live} {}", plan_text::release(release)));
    }
    Ok(0)
}

fn verify(args: &TargetArgs) -> Result<u8, u8> {
    let watch = PublishProgress::new();
    let (chosen, stage, target, abilities) = opened(args.target.as_deref(), &args.site)?;
    let remote = target.observe().map_err(|error| stop(&error))?;
    let Some(live) = remote.record.live() else {
        return Err(stop(&PublishError::refused("no release is known at the target")));
    };
    let job = Job {
        chosen: &chosen,
        target: &*target,
        abilities: &abilities,
        watch: &watch,
        stage: &stage,
    };
    job.verify(live, args.no_wait)
}

fn rollback(args: &RollbackArgs) -> Result<u8, u8> {
    let watch = PublishProgress::new();
    let (chosen, stage, target, abilities) = opened(Some(&args.target), &args.site)?;
    let remote = target.observe().map_err(|error| stop(&error))?;
    let release =
        to_roll_back_to(&remote, args.release.as_deref()).map_err(|error| stop(&error))?;
    let plan = plan(&Goal::Rollback(release.id.clone()), &remote, abilities.headers, false);
    if !plan.is_needed {
        print::note(&format!("release {} is live already", release.id));
        return Ok(0);
    }
    if plan.puts() > 0 || plan.is_release {
        target.has_kept(release).map_err(|error| stop(&error))?;
    }
    let nothing = BTreeSet::new();
    let heading = heading(&chosen.target, chosen.url(None), &abilities, &nothing);
    let text = plan_text::plan(&heading, &plan, &remote, false);
    if args.dry_run {
        print::answer(&text);
        return Ok(0);
    }
    print::note(text.trim_end());
    ask(&plan, args.yes)?;
    let job = Job {
        chosen: &chosen,
        target: &*target,
        abilities: &abilities,
        watch: &watch,
        stage: &stage,
    };
    job.carry_out(&plan, args.no_wait)
}

/// The release that a rollback is for.
fn to_roll_back_to<'a>(
    remote: &'a Remote,
    named: Option<&str>,
) -> Result<&'a Release, PublishError> {
    let record = &remote.record;
    let kept =
        || record.releases.iter().map(|release| release.id.as_str()).collect::<Vec<_>>().join(", ");
    match named {
        Some(name) => {
            let release = ReleaseId::new(name).and_then(|id| record.release(&id));
            release.ok_or_else(|| {
                PublishError::refused(format!(
                    "the target keeps no release `{name}`; it keeps: {}",
                    kept()
                ))
            })
        }
        None => record.before().ok_or_else(|| {
            PublishError::refused("the target keeps no release before the one that is live")
        }),
    }
}

/// A target that is only looked at, or changed without a build. The stage holds this folder's lock.
fn opened(
    target: Option<&str>,
    site: &std::path::Path,
) -> Result<(Chosen, PublishStage, Box<dyn Target>, Abilities), u8> {
    let chosen = Chosen::new(target, site)?;
    let stage = chosen.stage()?;
    let (target, abilities) = chosen.open(stage.cache())?;
    Ok((chosen, stage, target, abilities))
}

fn heading<'a>(
    target: &'a Named,
    url: Option<String>,
    abilities: &'a Abilities,
    redirects: &'a BTreeSet<crate::base::OutPath>,
) -> plan_text::PlanHeading<'a> {
    let Abilities { how, edits, .. } = abilities;
    plan_text::PlanHeading { name: &target.name, to: &target.to, url, how, edits, redirects }
}

/// Asks whether to carry out a plan; refuses where there is no terminal.
fn ask(plan: &Plan, yes: bool) -> Result<(), u8> {
    if yes {
        return Ok(());
    }
    let (mut stderr, stdin) = (std::io::stderr(), std::io::stdin());
    if !stdin.is_terminal() || !stderr.is_terminal() {
        return Err(stop(&PublishError::refused(
            "there is no terminal to ask on; pass `--yes` to publish without a question",
        )));
    }
    let careful = plan.deletions > 0
        || plan.first_into_filled
        || !plan.adopted.is_empty()
        || !plan.edited.is_empty();
    let choice = if careful { "[y/N]" } else { "[Y/n]" };
    let verb = if plan.back_to.is_some() { "roll back" } else { "publish" };
    // A prompt that cannot be written is not answered either.
    let _ = write!(stderr, "{verb}? {choice} ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    let read = stdin.read_line(&mut answer).unwrap_or(0);
    let yes = match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => true,
        "" => read > 0 && !careful,
        _ => false,
    };
    if yes { Ok(()) } else { Err(stop(&PublishError::refused("cancelled"))) }
}

/// A target that is ready to be changed.
struct Job<'a> {
    chosen: &'a Chosen,
    target: &'a dyn Target,
    abilities: &'a Abilities,
    watch: &'a PublishProgress,
    stage: &'a PublishStage,
}

impl Job<'_> {
    fn carry_out(&self, plan: &Plan, no_wait: bool) -> Result<u8, u8> {
        let who = choose::who();
        let (now, jobs) = (watch::now(), self.watch.jobs());
        let stage = self.stage.folder();
        let work = Work { plan, stage, who: &who, now, jobs, steps: self.watch };
        let view = outcome::PublishOutcome::new(self, no_wait);
        if !plan.is_needed {
            return Ok(view.nothing_to_do(plan));
        }
        let noted = self.stage.unverified().begin(&plan.removed);
        noted.map_err(|error| stop(&PublishError::from(error)))?;
        self.watch.begin(plan.bytes());
        let done = apply(self.target, &work, &|| view.check(plan));
        self.watch.end();
        match done {
            Ok(()) => Ok(view.published(plan)),
            Err(failed) => Err(view.failed(plan, &failed)),
        }
    }

    fn verify(&self, live: &Release, no_wait: bool) -> Result<u8, u8> {
        outcome::PublishOutcome::new(self, false).verify(live, no_wait)
    }
}
