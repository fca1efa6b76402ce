//! Builds what is published: always anew, for the target's URL, without what is not public yet.
#![expect(clippy::disallowed_methods, reason = "the command line asks the clock")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::{Timestamp, ToSpan};

use crate::base::{OutPath, SourcePath};
use crate::cli::args::Format;
use crate::cli::build::{announced, folder, now, render};
use crate::cli::{GUARD, USAGE, print};
use crate::config::HostKind;
use crate::data::hosts::FileTally;
use crate::diag::{self, Severity, Strictness};
use crate::engine::{Engine, Loaded, Now, Options, Rendered};
use crate::output::{Content, FolderCache};
use crate::publish::guard::GuardFacts;
use crate::publish::scan::{self, ScanFindings};
use crate::publish::stage::{PublishStage, StagedFiles};
use crate::publish::uncommitted::is_uncommitted;
use crate::publish::{Commit, PublishError, Release, ReleaseId, Remote, worktree};
use crate::site::{Output, PageIx, Producer, Subject};
use crate::source::{Disk, Source};

use super::choose::{Chosen, secrets};
use super::hidden::hidden;
use super::stop;
use super::watch::PublishProgress;

/// A site that was built to be published.
pub(super) struct PublishedBuild {
    /// Where it is.
    pub(super) stage: PublishStage,
    /// What it is made of.
    pub(super) made: StagedFiles,
    /// The base URL that it was built for.
    pub(super) url: Option<String>,
    /// The pages of files of content, by their paths.
    pub(super) content: BTreeMap<OutPath, SourcePath>,
    /// The kinds of host for which the build wrote headers.
    pub(super) hosts: Vec<HostKind>,
    /// The policy that the home page should be served with; known where `hosts` are named.
    pub(super) policy: Arc<str>,
    /// The pages that sitemaps list.
    pub(super) listed: BTreeSet<OutPath>,
    /// Today, as front matter has it.
    pub(super) day: String,
    findings: ScanFindings,
    commit: Option<Commit>,
    uncommitted: bool,
    now: Timestamp,
    /// When the site changes next without an edit, in words.
    pub(super) next: Option<String>,
}

/// Builds the site. Ends the run when there is an error in it.
pub(super) fn build(
    chosen: &Chosen,
    format: Format,
    watch: &PublishProgress,
) -> Result<PublishedBuild, u8> {
    let instant = match now(None) {
        Ok(Now::At(instant)) => instant,
        Ok(Now::Day(_) | Now::DayOf(_)) => Timestamp::now(),
        Err(message) => {
            print::error(&message);
            return Err(USAGE);
        }
    };
    if instant > Timestamp::now() + 24.hours() {
        return Err(stop(&PublishError::refused(format!(
            "this would be a preview: SOURCE_DATE_EPOCH is {instant}, which is yet to come"
        ))));
    }
    let stage = chosen.stage()?;
    let source = crate::config::disk(&chosen.site);
    let options = Options {
        now: Now::At(instant),
        base_url: chosen.target.url.clone(),
        hosts: chosen.target.hosts.clone(),
        hub: chosen.target.ping.websub.clone(),
        indexnow: chosen.target.ping.indexnow.as_ref().map(|(key, _)| key.clone()),
        folder: folder(&chosen.site),
        ..Options::default()
    };
    let cache = Arc::new(FolderCache::new(&chosen.site, Arc::new(SystemTime::now)));
    let mut engine = Engine::once().with_cache(cache.clone());
    let loaded = engine.load(&source, options);
    let tally = FileTally::default();
    let rendered = render(&loaded, watch.start(), &tally, &|output, content| {
        put(&stage, &loaded, &source, output, content)?;
        #[cfg(feature = "precompress")]
        if chosen.target.precompress {
            for (output, bytes) in loaded.compressed(output, content) {
                tally.add(&output.path, bytes.len() as u64, None);
                put(&stage, &loaded, &source, &output, &Rendered::Bytes(bytes))?;
            }
        }
        Ok(())
    });

    let mut diagnostics = loaded.diagnostics().to_vec();
    diagnostics.extend(rendered.diagnostics);
    loaded.config().levels.apply(Strictness::Build, &mut diagnostics);
    let diagnostics = diag::group(diagnostics);
    print::diagnostics(format, &diagnostics, &|path| loaded.text(path));
    if print::shows(format, &diagnostics) {
        print::note("");
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        print::note(&format!("nothing was published: {}", print::count(&diagnostics)));
        return Err(GUARD);
    }
    if let Some(error) = rendered.error {
        return Err(stop(&error));
    }
    cache.collect();
    let made = stage.made();
    let findings = scan::scan(stage.folder(), &made.files, &hidden(&loaded), &secrets());
    let findings = findings.map_err(|error| stop(&error))?;
    let base = loaded.base();
    let url = base.origin.as_ref().map(|origin| format!("{origin}{}", base.path));
    let site = loaded.site();
    let content = site.outputs.iter().filter_map(|output| {
        let page = content_page(output)?;
        Some((output.path.clone(), site.page(page).path.clone()))
    });
    let content = content.collect();
    let listed = site.outputs.iter().filter(|output| output.is_listed);
    let listed = listed.map(|output| output.path.clone()).collect();
    let day = loaded.config().timezone.to_datetime(instant).date().to_string();
    let commit = worktree::commit(&chosen.site);
    let uncommitted = commit.is_some() && is_uncommitted(&chosen.site);
    let zone = &loaded.config().timezone;
    let next = loaded.next_change().map(|next| announced(&next, zone));
    Ok(PublishedBuild {
        stage,
        made,
        url,
        content,
        hosts: site.hosts.clone(),
        policy: site.policies.pages.clone(),
        listed,
        day,
        findings,
        commit,
        uncommitted,
        now: instant,
        next,
    })
}

impl PublishedBuild {
    /// The release that it would be.
    pub(super) fn release(&self, chosen: &Chosen, remote: &Remote) -> Release {
        let at = self.now.strftime("%Y%m%d-%H%M%S").to_string();
        Release {
            id: ReleaseId::fresh(&at, &self.made.files, remote),
            at: self.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            generator: concat!("briefing ", env!("CARGO_PKG_VERSION")).to_owned(),
            url: chosen.url(self.url.as_deref()),
            // No commit has what it was built from.
            commit: self.commit.clone().filter(|_| !self.uncommitted),
            uncommitted: self.uncommitted,
            before: None,
            files: self.made.files.clone(),
            carried: Default::default(),
        }
    }

    /// What guards need to know.
    pub(super) fn facts(&self, chosen: &Chosen, remote: &Remote) -> GuardFacts {
        let live = remote.record.live().and_then(|live| live.commit.as_ref());
        let newer = self
            .commit
            .as_ref()
            .zip(live)
            .filter(|(here, live)| worktree::is_older(&chosen.site, here, live))
            .map(|(_, live)| live.clone());
        GuardFacts { pages: self.content.len(), findings: self.findings.clone(), newer }
    }
}

/// The page of a file of content that an output is.
fn content_page(output: &Output) -> Option<PageIx> {
    match output.producer {
        Producer::Page(Subject::Page(page)) => Some(page),
        _ => None,
    }
}

fn put(
    stage: &PublishStage,
    loaded: &Loaded,
    source: &Disk,
    output: &Output,
    content: &Rendered,
) -> Result<(), PublishError> {
    let to = loaded.site().redirected_to(output);
    let leads_to = to.map(|page| page.href(loaded.base().prefix()));
    let put = |content| stage.put(output, content, leads_to.as_deref());
    match content {
        Rendered::Text(text) => put(Content::Bytes(text.as_bytes())),
        Rendered::Bytes(bytes) => put(Content::Bytes(bytes)),
        Rendered::Embedded(bytes) => put(Content::Bytes(bytes)),
        Rendered::File(path, digest, len) => {
            let disk = source.on_disk(path).unwrap_or_default();
            put(Content::File { disk: &disk, digest: *digest, len: *len })
        }
    }
}
