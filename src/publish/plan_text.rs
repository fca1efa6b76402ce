//! A plan as text.

use std::collections::BTreeSet;

use crate::base::{OutPath, counted};

use super::plan::{Plan, Remote};
use super::release::{Release, ReleaseEntry};

/// How many lines a list has unless all are asked for.
const SHOWN: usize = 8;

/// What a plan is for, and how it becomes visible.
pub struct PlanHeading<'a> {
    /// The target's name.
    pub name: &'a str,
    /// Where it is.
    pub to: &'a str,
    /// Where readers find it.
    pub url: Option<String>,
    /// How it becomes visible.
    pub how: &'a str,
    /// Where files are kept that were edited at the target.
    pub edits: &'a str,
    /// Pages that only say where a page has moved.
    pub redirects: &'a BTreeSet<OutPath>,
}

/// The plan; every file of it when `all`.
pub fn plan(heading: &PlanHeading<'_>, plan: &Plan, remote: &Remote, all: bool) -> String {
    let mut text = match heading.name == heading.to {
        true => heading.to.to_owned(),
        false => format!("{}: {}", heading.name, heading.to),
    };
    text.extend(heading.url.iter().map(|url| format!(", built for {url}")));
    text.push('\n');
    match remote.record.live() {
        Some(live) => text.push_str(&format!("  live     {}\n", release(live))),
        None => text.push_str("  live     nothing of ours yet\n"),
    }
    if remote.pending.is_some() {
        text.push_str("  before   a publish that did not end; this one finishes it\n");
    }
    if let Some(next) = plan.release().filter(|_| plan.is_release) {
        let back = if plan.back_to.is_some() { ", which is kept at the target" } else { "" };
        text.push_str(&format!("  next     {}{back}\n", release(next)));
        text.push_str(&format!("  visible  {}\n", heading.how));
    }
    text.push_str(&history(plan, remote));
    let releases = || plan.release().into_iter().chain(&remote.record.releases);
    let is_page = |path: &OutPath| {
        releases().find_map(|release| release.files.get(path)).is_some_and(ReleaseEntry::is_page)
    };
    let mut list = |sign: &str, what: &str, paths: &[OutPath], url: bool| {
        if paths.is_empty() {
            return;
        }
        text.push_str(&format!(
            "{sign} {} {what}: {}\n",
            paths.len(),
            kinds(paths, &is_page, heading.redirects)
        ));
        let shown = if all { paths.len() } else { SHOWN.min(paths.len()) };
        for path in &paths[..shown] {
            let name = if url { path.url().as_str().to_owned() } else { path.to_string() };
            let redirect = if heading.redirects.contains(path) { " (redirect)" } else { "" };
            text.push_str(&format!("    {name}{redirect}\n"));
        }
        if paths.len() > shown {
            text.push_str(&format!("    and {} more\n", paths.len() - shown));
        }
    };
    list("+", "added", &plan.added, true);
    list("~", "changed", &plan.changed, true);
    list("h", "with other headers", &plan.headers, true);
    list("-", "removed", &plan.removed, true);
    list("!", "taken over from others", &plan.adopted, false);
    let edits = format!("of these edited at the target, and kept in {}", heading.edits);
    list("e", &edits, &plan.edited, true);
    if all {
        list("o", "kept for open pages", &plan.retained, true);
    } else if !plan.retained.is_empty() {
        text.push_str(&format!(
            "o {} kept for open pages (--prune removes them now)\n",
            plan.retained.len()
        ));
    }
    if plan.unchanged > 0 {
        text.push_str(&format!("= {} unchanged\n", plan.unchanged));
    }
    if plan.foreign > 0 {
        text.push_str(&format!("? {} not ours: left alone\n", plan.foreign));
    }
    if plan.puts() > 0 && plan.back_to.is_none() {
        text.push_str(&format!("sends {}\n", size(plan.bytes())));
    }
    text
}

/// Where earlier releases are, and which of them are removed.
fn history(plan: &Plan, remote: &Remote) -> String {
    let mut text = String::new();
    if let Some(history) = &remote.history {
        text.push_str(&format!("  history  in `{}`", history.own));
        match history.others.len() {
            0 => text.push('\n'),
            count => text.push_str(&format!(", beside {count} not ours: left alone\n")),
        }
    }
    let gone: Vec<&str> = plan.gone.iter().map(|release| release.id.as_str()).collect();
    if !gone.is_empty() {
        text.push_str(&format!("  forgets  {}\n", gone.join(", ")));
    }
    text
}

/// `20260101-120000-1a2b of 2026-01-01T12:00:00Z, 12 files, 34 kB`.
pub fn release(release: &Release) -> String {
    let commit = release.commit.as_ref().map_or(String::new(), |commit| {
        format!(", commit {}", super::files::printable(commit.id.get(..12).unwrap_or(&commit.id)))
    });
    let commit = if release.uncommitted { ", from an uncommitted work tree" } else { &commit };
    format!(
        "{} of {}, {}, {}{commit}",
        release.id,
        super::files::printable(&release.at),
        counted(release.files.len(), "file"),
        size(release.bytes())
    )
}

/// `3 pages, 1 redirect, 2 files`.
fn kinds(
    paths: &[OutPath],
    is_page: &dyn Fn(&OutPath) -> bool,
    redirects: &BTreeSet<OutPath>,
) -> String {
    let moved = paths.iter().filter(|path| redirects.contains(*path)).count();
    let pages = paths.iter().filter(|path| is_page(path)).count() - moved;
    let files = paths.len() - pages - moved;
    let parts = [(pages, "page"), (moved, "redirect"), (files, "file")];
    let parts =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what));
    parts.collect::<Vec<_>>().join(", ")
}

/// A number of bytes, in units of a thousand.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
        1_000_000..1_000_000_000 => {
            format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
        }
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}
