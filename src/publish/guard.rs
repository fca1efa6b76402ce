//! Why a plan is not carried out: every reason at once, before anything is changed.

use crate::base::{MediaType, OutPath, counted};

use super::files::and_more;
use super::plan::{Plan, Remote};
use super::release::{Commit, Release};
use super::scan::ScanFindings;

/// What the user allows.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Allow {
    /// Files that are not ours may be taken over.
    pub adopt: bool,
    /// How many pages and files may be removed; the larger of 40 and a tenth of the release unless it is given: an article
    /// has a page, and a file of the search beside it.
    pub max_deletions: Option<usize>,
    /// An older commit may replace a newer one.
    pub older: bool,
    /// Files that look like secrets and are none.
    pub files: Vec<String>,
}

/// What guards know beside the plan.
#[derive(Debug, Clone, Default)]
pub struct GuardFacts {
    /// How many pages the site's own content makes.
    pub pages: usize,
    /// What was found in the files.
    pub findings: ScanFindings,
    /// The newer commit that is live, when the site is at an older one.
    pub newer: Option<Commit>,
}

/// Every reason against a plan.
pub fn refusals(plan: &Plan, remote: &Remote, facts: &GuardFacts, allow: &Allow) -> Vec<String> {
    let mut reasons = Vec::new();
    if plan.back_to.is_none() {
        build(facts, allow, &mut reasons);
    }
    if !plan.is_needed {
        return reasons;
    }
    foreign(plan, remote, allow, &mut reasons);
    let live = remote.record.live();
    if plan.back_to.is_some() {
        return reasons;
    }
    let files = live.map_or(0, |live| live.files.len());
    let limit = allow.max_deletions.unwrap_or_else(|| (files / 10).max(40));
    if plan.deletions > limit {
        reasons.push(format!(
            "{0} files would be removed, and the limit is {limit}; pass `--max-deletions {0}` to allow it",
            plan.deletions
        ));
    }
    let pages = |release: &Release| release.files.values().filter(|entry| entry.is_page()).count();
    let (before, after) = (live.map_or(0, pages), plan.release().map_or(0, pages));
    if before >= 10 && after * 2 < before && allow.max_deletions.is_none() {
        reasons.push(format!(
            "the site has shrunk from {before} pages to {after}; pass `--max-deletions {}` to allow it",
            plan.deletions
        ));
    }
    let url = |release: Option<&Release>| release.and_then(|release| release.url.clone());
    if let (Some(there), Some(here)) = (url(live), url(plan.release()))
        && there != here
        && !allow.adopt
    {
        reasons.push(format!(
            "the target holds the site of {there}, and this is the site of {here}; pass `--adopt` to replace it"
        ));
    }
    if let Some(newer) = facts.newer.as_ref().filter(|_| !allow.older) {
        reasons.push(format!(
            "commit {} is live, which is newer than the one that is published; pass `--allow-older` to replace it",
            newer.id.get(..12).unwrap_or(&newer.id)
        ));
    }
    reasons
}

/// Reasons that lie in the site itself.
fn build(facts: &GuardFacts, allow: &Allow, reasons: &mut Vec<String>) {
    if facts.pages == 0 {
        reasons.push("the site has no page of its own".into());
    }
    let is_refused =
        |(path, _): &&(OutPath, String)| !allow.files.iter().any(|it| it == path.as_str());
    for (path, why) in facts.findings.secrets.iter().filter(is_refused) {
        reasons.push(format!(
            "`{path}` looks like a secret: {why}; remove it, or pass `--allow {path}` if it is none"
        ));
    }
    for (path, page) in &facts.findings.hidden {
        reasons.push(format!("`{path}` holds text of `{page}`, which is not public yet"));
    }
    for (path, page) in facts.findings.comments.iter().filter(is_refused) {
        reasons.push(format!(
            "`{path}` holds an editor's comment of `{page}`; remove it, or pass `--allow {path}` if readers may see it"
        ));
    }
    for (path, page) in facts.findings.pictures.iter().filter(is_refused) {
        let what = match MediaType::of(path).essence() {
            "text/vtt" => "has captions",
            essence if essence.starts_with("video/") => "is a film",
            essence if essence.starts_with("audio/") => "is a recording",
            _ => "is a picture",
        };
        reasons.push(format!(
            "`{path}` {what} of `{page}`, which is not public yet, and no published file shows it; move it into \
             the page's own folder, or pass `--allow {path}` if readers may see it"
        ));
    }
}

/// What is not ours.
fn foreign(plan: &Plan, remote: &Remote, allow: &Allow, reasons: &mut Vec<String>) {
    for path in &plan.blocked {
        reasons.push(format!(
            "`{}` at the target is not ours and in the way: the site needs a folder where a file is, or a file where \
             something else is; move it away",
            super::files::printable(path)
        ));
    }
    if allow.adopt {
        return;
    }
    if let Some(why) = &remote.distrusted {
        reasons.push(format!(
            "the target's record {why}; pass `--adopt` to take over the target without it"
        ));
    } else if plan.first_into_filled {
        reasons.push(format!(
            "the target holds {} that no publish is known to have made; pass `--adopt` to take over those that the site \
             has too (all others stay)",
            counted(remote.there.len() + remote.irregular.len(), "file")
        ));
    } else if let Some(path) = plan.adopted.first() {
        let more = and_more(plan.adopted.len());
        reasons.push(format!(
            "`{path}`{more} at the target is not ours and would be replaced; pass `--adopt` to allow it"
        ));
    }
}
