//! `briefing build`.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line asks the clock and the environment"
)]

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use indicatif::{ProgressBar, ProgressDrawTarget};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::base::{BaseUrl, SourcePath, counted};
use crate::config;
use crate::content::date::Date;
use crate::content::text;
use crate::data::hosts::FileTally;
use crate::diag::{self, Severity, Strictness};
use crate::engine::{Engine, Loaded, Now, Options, Rendered, Stage, Timings};
use crate::output::{Content, FolderCache, Origin, OutputError, OutputTarget, Report, Transaction};
use crate::site::{Happens, NextChange, Output, Producer};
use crate::source::{Disk, FOLDERS, Source};

use super::args::BuildArgs;
use super::{INPUT, USAGE, print};

/// A build that takes longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// Builds a site and says how it went.
pub(super) fn run(args: &BuildArgs) -> u8 {
    // On one of the threads that do the work: it need not be woken, and what was freed is near when it needs memory.
    rayon::scope(|_| build(args))
}

fn build(args: &BuildArgs) -> u8 {
    let start = Instant::now();
    let options = match options(args) {
        Ok(options) => options,
        Err(message) => {
            print::error(&message);
            return USAGE;
        }
    };
    let target = target(args);
    if !args.site.join("content").is_dir() {
        print::error(&no_content(&args.site));
        return USAGE;
    }
    let transaction = match Transaction::open(&target) {
        Ok(transaction) => transaction,
        Err(error) => return stop(&error),
    };
    let source = config::disk(&args.site);
    let mut engine = match args.timings {
        true => Engine::once().with_clock(Arc::new(move || start.elapsed())),
        false => Engine::once(),
    };
    let cache = Arc::new(FolderCache::new(&args.site, Arc::new(SystemTime::now)));
    engine = engine.with_cache(cache.clone());
    let origin = origin(args, &options);
    // The program ends when the build does: to free a large site piece by piece would only make its user wait.
    let loaded = ManuallyDrop::new(engine.load(&source, options));
    // Its tables are for the next build, of which there is none; the pages need the room, and need not wait for it.
    rayon::spawn(move || drop(engine));
    let levels = &loaded.config().levels;
    let mut diagnostics = loaded.diagnostics().to_vec();
    levels.apply(Strictness::Build, &mut diagnostics);
    // Pages are rendered all the same, for the problems that only rendering finds.
    let is_in_vain = diagnostics.iter().any(|found| found.severity == Severity::Error);
    let tally = FileTally::default();
    let built = render(&loaded, start, &tally, &|output, content| match is_in_vain {
        true => Ok(()),
        false => {
            put(&transaction, &loaded, &source, output, content)?;
            #[cfg(feature = "precompress")]
            if args.precompress {
                for (output, bytes) in loaded.compressed(output, content) {
                    tally.add(&output.path, bytes.len() as u64, None);
                    put(&transaction, &loaded, &source, &output, &Rendered::Bytes(bytes))?;
                }
            }
            Ok(())
        }
    });
    let mut found = built.diagnostics;
    levels.apply(Strictness::Build, &mut found);
    diagnostics.extend(found);
    let diagnostics = diag::group(diagnostics);
    print::report(args.format, args.all, &diagnostics, &|path| loaded.text(path));
    if print::shows(args.format, &diagnostics) {
        print::note("");
    }
    let count = print::count(&diagnostics);

    if diagnostics.iter().any(|found| found.severity == Severity::Error) {
        if args.timings {
            print::note(&timings(loaded.timings(), None));
        }
        print::note(&format!("nothing was written: {count}"));
        return INPUT;
    }
    if let Some(error) = built.error {
        return stop(&error);
    }
    let before = start.elapsed();
    match transaction.commit(origin) {
        Ok(report) => {
            cache.collect();
            if args.timings {
                print::note(&timings(loaded.timings(), Some(start.elapsed() - before)));
            }
            let count = print::with_remark(count, &diagnostics);
            print::note(&summary(&report, built.pages, start.elapsed(), &count));
            if let Some(next) = loaded.next_change() {
                print::note(&announced(&next, &loaded.config().timezone));
            }
            0
        }
        Err(error) => stop(&error),
    }
}

/// What rendering gave.
pub(super) struct BuildResult<E> {
    pub(super) pages: usize,
    pub(super) diagnostics: Vec<diag::Diagnostic>,
    pub(super) error: Option<E>,
}

/// Renders everything, and hands it on to be written. The first failure to write is kept; what follows is skipped.
///
/// `tally` counts what is rendered; `put` adds what it makes of that.
pub(super) fn render<E: Send>(
    loaded: &Loaded,
    start: Instant,
    tally: &FileTally,
    put: &(dyn Fn(&Output, &Rendered) -> Result<(), E> + Sync),
) -> BuildResult<E> {
    let bar = ProgressBar::with_draw_target(
        Some(loaded.site().outputs.all().len() as u64),
        ProgressDrawTarget::hidden(),
    );
    let shown = AtomicBool::new(false);
    let pages = AtomicUsize::new(0);
    let error: Mutex<Option<E>> = Mutex::new(None);
    let mut diagnostics = loaded.render_all(&|output, content| {
        tally.add(&output.path, content.length(), output.source(loaded.site()));
        if start.elapsed() > PATIENCE && !shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.inc(1);
        let mut failed = error.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_some() {
            return;
        }
        drop(failed);
        let is_data = matches!(output.producer, Producer::Data(_));
        let is_page = !is_data && output.published().is_none();
        pages.fetch_add(usize::from(is_page), Ordering::Relaxed);
        if let Err(found) = put(output, &content) {
            failed = error.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert(found);
        }
    });
    bar.finish_and_clear();
    diagnostics.extend(tally.over(&loaded.site().hosts));
    let error = error.into_inner().unwrap_or_else(PoisonError::into_inner);
    BuildResult { pages: pages.into_inner(), diagnostics, error }
}

fn put(
    transaction: &Transaction,
    loaded: &Loaded,
    source: &Disk,
    output: &Output,
    content: &Rendered,
) -> Result<(), OutputError> {
    let (kind, from) = (loaded.kind(output), output.source(loaded.site()));
    let put = |content| transaction.put(&output.path, kind, from, content);
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

fn stop(error: &OutputError) -> u8 {
    print::error(&error.to_string());
    error.exit_code()
}

fn options(args: &BuildArgs) -> Result<Options, String> {
    let base_url = args.base_url.as_deref().map(base_url).transpose()?;
    Ok(Options {
        now: now(args.today.as_deref())?,
        drafts: args.drafts,
        future: args.future,
        base_url,
        folder: folder(&args.site),
        ..Options::default()
    })
}

/// The name of a site's folder.
pub(super) fn folder(site: &Path) -> String {
    let whole = site.canonicalize().or_else(|_| std::path::absolute(site)).ok();
    let name = whole.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
    name.unwrap_or("site").to_string()
}

/// Today's date where the site is.
pub(super) fn today(site: &Path) -> Result<String, String> {
    let path = SourcePath::new(config::PATH);
    let bytes = Disk::new(site).read(&path).unwrap_or_default();
    let text = text::decode(&path, &bytes).unwrap_or_default();
    let (config, _) = config::resolve(Some(&text), "");
    Ok(match now(None)? {
        Now::At(now) | Now::DayOf(now) => config.timezone.to_datetime(now).date().to_string(),
        Now::Day(day) => day.to_string(),
    })
}

/// The instant of the build: `--today`, else `SOURCE_DATE_EPOCH` (reproducible-builds.org), else the clock.
pub(super) fn now(today: Option<&str>) -> Result<Now, String> {
    if let Some(today) = today {
        return day(today).map(Now::Day);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds =
                text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            let now = seconds.ok_or_else(|| {
                format!("`SOURCE_DATE_EPOCH` is not a number of seconds since 1970: `{text}`")
            })?;
            Ok(Now::At(now))
        }
        Err(_) => Ok(Now::At(Timestamp::now())),
    }
}

/// The day that `--today` names.
pub(super) fn day(today: &str) -> Result<jiff::civil::Date, String> {
    let date = Date::parse(today).ok().filter(|date| !date.has_time());
    let day = date.and_then(Date::civil);
    day.ok_or_else(|| format!("`--today {today}` is not a date; write it as `2026-03-01`"))
}

/// The address that `--base-url` names.
pub(super) fn base_url(url: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(url).map_err(|error| {
        format!("`--base-url {url}` {error}; write an address such as `https://example.org/`")
    })
}

/// The error for a folder that holds no site.
pub(super) fn no_content(site: &Path) -> String {
    format!(
        "no folder `content/` in `{}`; pass the site's folder with `--site`, or start a site \
         with `briefing init`",
        site.display()
    )
}

fn target(args: &BuildArgs) -> OutputTarget {
    let protected: Vec<PathBuf> = FOLDERS.iter().map(|folder| below(&args.site, folder)).collect();
    OutputTarget {
        site: args.site.clone(),
        output: args.output.clone().unwrap_or_else(|| below(&args.site, "public")),
        protected,
        adopt: args.adopt,
    }
}

/// A folder of the site as messages name it: `public`, not `./public`.
pub(super) fn below(site: &Path, folder: &str) -> PathBuf {
    if site == Path::new(".") { folder.into() } else { site.join(folder) }
}

fn origin(args: &BuildArgs, options: &Options) -> Origin {
    let flags = [("--drafts", args.drafts), ("--future", args.future)];
    Origin {
        generator: format!("briefing {}", env!("CARGO_PKG_VERSION")),
        base_url: args.base_url.clone(),
        date: match options.now {
            Now::At(now) => now.to_string(),
            Now::Day(day) => day.to_string(),
            Now::DayOf(now) => now.to_string(),
        },
        flags: flags.iter().filter(|(_, on)| *on).map(|(flag, _)| (*flag).to_string()).collect(),
    }
}

fn summary(report: &Report, pages: usize, took: Duration, count: &str) -> String {
    let (written, removed) = (report.written.len(), report.removed.len());
    let files = written + report.unchanged - pages.min(written + report.unchanged);
    let made = match files {
        0 => counted(pages, "page"),
        files => format!("{} and {}", counted(pages, "page"), counted(files, "file")),
    };
    let mut text = format!(
        "built {made}: {written} written, {} unchanged, {removed} removed, in {}",
        report.unchanged,
        duration(took)
    );
    if report.adopted > 0 {
        text.push_str(&format!("; {} adopted", report.adopted));
    }
    if !count.is_empty() {
        text.push_str(&format!("; {count}"));
    }
    text
}

/// When the site is to be built again although nothing was edited.
pub(super) fn announced(next: &NextChange, zone: &TimeZone) -> String {
    let path = next.path.as_str();
    let path = path.strip_prefix("content/").unwrap_or(path);
    let what = match next.what {
        Happens::Published => "is published",
        Happens::Expires => "expires",
        Happens::EventPasses => "has an event that passes",
        Happens::PostMoves => "has a post that begins or ends",
    };
    let others = match next.others {
        0 => String::new(),
        1 => ", and another page changes".into(),
        others => format!(", and {others} more pages change"),
    };
    format!("the site changes next on {} ({path} {what}{others})", next.day(zone))
}

/// One line for each stage, and one for the end of writing, if it came to that: it is no stage of the engine.
fn timings(timings: &Timings, commit: Option<Duration>) -> String {
    let stages = Stage::ALL.map(|stage| (stage.name(), timings.spent(stage)));
    let mut text = String::from("time by stage, summed over threads:\n");
    let commit = commit.map(|took| ("commit", took));
    for (name, took) in stages.into_iter().chain(commit) {
        text.push_str(&format!("  {name:<7}{:>9.1} ms\n", took.as_secs_f64() * 1000.0));
    }
    text.truncate(text.trim_end().len());
    text
}

pub(super) fn duration(took: Duration) -> String {
    match took.as_millis() {
        millis @ ..10_000 => format!("{millis} ms"),
        millis => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    }
}
