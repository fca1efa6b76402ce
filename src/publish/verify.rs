//! Whether readers get what was published: what changed, a sample of the rest, what was removed, and a page that never was.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::base::{MediaType, OutPath};

use super::error::PublishError;
use super::parallel::parallel;
use super::plan::{Plan, RemoteFile};
use super::release::{ContentHash, Headers, Release, ReleaseEntry};
use super::retry::jittered;
use crate::release::order::parents;

/// What a reader is given for a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status; 200 and 404 where there is no HTTP.
    pub status: u16,
    /// The digest of the bytes.
    pub sum: ContentHash,
    /// Their number, where it is known.
    pub len: Option<u64>,
    /// The media type, where there is one.
    pub content_type: Option<String>,
    /// `Cache-Control`, where there is one.
    pub cache_control: Option<String>,
    /// `Location`, where there is one.
    pub location: Option<String>,
}

/// How the site is read, as its readers do.
pub trait SiteReader: Sync {
    /// Asks for a path, and gives the answer up after some time.
    ///
    /// # Errors
    /// No answer.
    fn get(&self, path: &OutPath, limit: Duration) -> Result<Answer, String>;
}

/// What is expected at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// This file.
    File(Box<ReleaseEntry>),
    /// Nothing: the file was removed, or never was.
    Nothing,
}

/// One thing to look at.
pub type AnswerCheck = (OutPath, Expected);

/// What is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VerifyFault {
    /// Where.
    pub path: OutPath,
    /// How the answer differs from what was published.
    pub what: String,
}

impl fmt::Display for VerifyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.url(), self.what)
    }
}

/// How many files that did not change are looked at.
const SAMPLE: usize = 20;

/// What to look at before anything is removed: every file that was sent, and a sample of the others.
pub fn checks(plan: &Plan) -> Vec<AnswerCheck> {
    let Some(release) = plan.release() else { return Vec::new() };
    let sent: BTreeSet<&OutPath> =
        plan.added.iter().chain(&plan.changed).chain(&plan.headers).collect();
    let rest: Vec<&OutPath> =
        release.files.keys().filter(|path| is_served(path) && !sent.contains(path)).collect();
    let sent = sent.into_iter().filter(|path| is_served(path));
    let paths: BTreeSet<&OutPath> = sent.chain(sample(rest)).collect();
    expected(release, |path| paths.contains(path))
}

/// At most [`SAMPLE`] of some files, at even distances.
fn sample<T>(files: Vec<T>) -> impl Iterator<Item = T> {
    let step = files.len().div_ceil(SAMPLE).max(1);
    files.into_iter().step_by(step)
}

/// Everything of a release.
pub fn all(release: &Release) -> Vec<AnswerCheck> {
    expected(release, is_served)
}

/// Some files of a release, and a page that never was.
fn expected(release: &Release, is_asked: impl Fn(&OutPath) -> bool) -> Vec<AnswerCheck> {
    let files = release.files.iter().filter(|(path, _)| is_asked(path));
    let files = files.map(|(path, entry)| (path.clone(), Expected::File(Box::new(entry.clone()))));
    files.chain(missing(release)).collect()
}

/// What to look at when everything is removed. Where a folder has taken a file's place, hosts lead to the folder.
pub fn removals(plan: &Plan) -> Vec<AnswerCheck> {
    gone(plan.release(), plan.removed.iter())
}

/// The same for files that a release may have again.
pub fn gone<'a>(
    release: Option<&Release>,
    paths: impl Iterator<Item = &'a OutPath>,
) -> Vec<AnswerCheck> {
    let files = || release.into_iter().flat_map(|release| release.files.keys());
    let there: BTreeSet<&OutPath> = files().collect();
    let folders: BTreeSet<&str> = files().flat_map(|path| parents(path.as_str())).collect();
    let is_gone = |path: &&OutPath| !there.contains(path) && !folders.contains(path.as_str());
    let gone = paths.filter(|path| is_served(path)).filter(is_gone);
    gone.map(|path| (path.clone(), Expected::Nothing)).collect()
}

/// A page that never was: a host that gives a page for it hides every dead link.
fn missing(release: &Release) -> Option<AnswerCheck> {
    let path = OutPath::new(&format!("briefing-{}/index.html", release.id)).ok()?;
    (!release.files.contains_key(&path)).then_some((path, Expected::Nothing))
}

/// Whether hosts give the file to readers: not what is meant for the host, and no dotfile.
fn is_served(path: &OutPath) -> bool {
    const OF_HOSTS: [&str; 5] =
        ["CNAME", "_headers", "_redirects", "staticwebapp.config.json", "vercel.json"];
    !OF_HOSTS.contains(&path.as_str())
        && !path.as_str().starts_with("_hosts/")
        && (path.as_str().starts_with(".well-known/")
            || !path.as_str().split('/').any(|part| part.starts_with('.')))
}

/// How long to go on asking.
pub struct Patience<'a> {
    /// How long in all.
    pub wait: Duration,
    /// The time since some moment.
    pub clock: &'a (dyn Fn() -> Duration + Sync),
    /// Called before each pause with the number of answers that are still wrong.
    ///
    /// # Errors
    /// [`PublishError::Interrupted`] when the user has had enough.
    pub waiting: &'a dyn Fn(usize) -> Result<(), PublishError>,
    /// Makes this run's pauses differ from those of others that began at the same moment.
    pub seed: u64,
}

/// How long one answer may take: what is left of the time to wait, but for a moment that every one has.
fn limit(wait: Duration, spent: Duration) -> Duration {
    const LEAST: Duration = Duration::from_secs(1);
    const MOST: Duration = Duration::from_secs(60);
    match wait.is_zero() {
        // Each is asked for once.
        true => MOST,
        false => wait.saturating_sub(spent).clamp(LEAST, MOST),
    }
}

/// Looks at everything, and again at what is not yet right, until it is or the time is over.
///
/// `headers`: whether `Cache-Control` is compared, because the target keeps it.
///
/// # Errors
/// [`PublishError::Interrupted`].
pub fn verify(
    reader: &dyn SiteReader,
    checks: Vec<AnswerCheck>,
    headers: bool,
    patience: &Patience<'_>,
) -> Result<Vec<VerifyFault>, PublishError> {
    let start = (patience.clock)();
    let mut pause = Duration::from_millis(250);
    let mut left = checks;
    loop {
        // Once an answer has used up what was left, no other is asked for.
        let over = AtomicBool::new(false);
        let Patience { wait, clock, .. } = *patience;
        let faults = parallel(8, &left, |(path, expected)| {
            if over.load(Ordering::SeqCst) {
                return Some("was not asked for: the time to wait was over".into());
            }
            let asked = clock();
            let limit = limit(wait, asked.saturating_sub(start));
            let faults = fault(reader, path, expected, headers, limit);
            let now = clock();
            if now.saturating_sub(start) >= wait && now.saturating_sub(asked) >= limit {
                over.store(true, Ordering::SeqCst);
            }
            faults
        });
        let wrong: Vec<(AnswerCheck, VerifyFault)> = left
            .into_iter()
            .zip(faults)
            .filter_map(|(check, what)| {
                let fault = VerifyFault { path: check.0.clone(), what: what? };
                Some((check, fault))
            })
            .collect();
        let spent = (patience.clock)().saturating_sub(start);
        if wrong.is_empty() || spent >= patience.wait {
            return Ok(wrong.into_iter().map(|(_, fault)| fault).collect());
        }
        (patience.waiting)(wrong.len())?;
        let jitter = jittered(pause, patience.seed);
        std::thread::sleep(jitter.min(patience.wait.saturating_sub(spent)));
        pause = (pause * 2).min(Duration::from_secs(15));
        left = wrong.into_iter().map(|(check, _)| check).collect();
    }
}

fn fault(
    reader: &dyn SiteReader,
    path: &OutPath,
    expected: &Expected,
    headers: bool,
    limit: Duration,
) -> Option<String> {
    let answer = match reader.get(path, limit) {
        Ok(answer) => answer,
        Err(error) => return Some(error),
    };
    match expected {
        Expected::Nothing if matches!(answer.status, 404 | 410) => None,
        Expected::Nothing => {
            Some(format!("answers {} and should not be there (404)", answer.status))
        }
        Expected::File(entry) => {
            if entry.leads_on && matches!(answer.status, 301 | 302 | 307 | 308) {
                return elsewhere(&entry.headers, &answer).filter(|_| headers);
            }
            if answer.status != 200 {
                return Some(format!("answers {}", answer.status));
            }
            if answer.sum != entry.sum {
                return Some(match answer.len.filter(|len| *len != entry.len) {
                    None => "has other bytes".into(),
                    Some(len) => format!("has other bytes: {len} of them, not {}", entry.len),
                });
            }
            wrong_headers(&entry.headers, &answer, headers)
        }
    }
}

/// That a redirect leads to another address than that of the page.
fn elsewhere(expected: &Headers, answer: &Answer) -> Option<String> {
    let to = expected.leads_to.as_deref()?;
    let given = answer.location.as_deref().unwrap_or_default();
    // At the host, or with its name.
    let path = given.split_once("://").and_then(|(_, rest)| Some(&rest[rest.find('/')?..]));
    (path.unwrap_or(given) != to)
        .then(|| format!("leads to `{}`, not to `{to}`", super::files::printable(given)))
}

fn wrong_headers(expected: &Headers, answer: &Answer, all: bool) -> Option<String> {
    // A host may know more types than we do; where we know none, any will do.
    if let Some(given) = &answer.content_type
        && !is_same_type(&expected.content_type, given)
        && !is_unknown_to_host(&expected.content_type, given)
    {
        return Some(format!(
            "is served as `{}`, not `{}`",
            super::files::printable(given),
            expected.content_type
        ));
    }
    let cache = answer.cache_control.as_deref().unwrap_or_default();
    (all && cache != &*expected.cache_control).then(|| {
        format!(
            "has `Cache-Control: {}`, not `{}`",
            super::files::printable(cache),
            expected.cache_control
        )
    })
}

/// Whether a type is one of which either side knows nothing, and without which readers get the file all the same: they
/// download it. Pages, and what pages load, need theirs.
fn is_unknown_to_host(expected: &str, given: &str) -> bool {
    let essence =
        |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (expected, given) = (essence(expected), essence(given));
    let is_needed = expected.starts_with("image/")
        || expected.starts_with("font/")
        || expected.ends_with("/xml")
        || expected.ends_with("+xml")
        || matches!(
            &*expected,
            "text/html" | "text/css" | "text/javascript" | "text/plain" | "application/wasm"
        );
    expected == MediaType::UNKNOWN.essence()
        || (given == MediaType::UNKNOWN.essence() && !is_needed)
}

/// Whether two media types mean the same to a browser; parameters count only when both name a charset.
fn is_same_type(expected: &str, given: &str) -> bool {
    let parts = |text: &str| {
        let (kind, rest) = text.split_once(';').unwrap_or((text, ""));
        let charset = rest
            .to_ascii_lowercase()
            .split("charset=")
            .nth(1)
            .map(|set| set.trim().trim_matches('"').to_owned());
        (kind.trim().to_ascii_lowercase(), charset)
    };
    let ((one, set), (other, other_set)) = (parts(expected), parts(given));
    const SAME: [&[&str]; 6] = [
        &["text/javascript", "application/javascript", "application/x-javascript"],
        &["application/xml", "text/xml", "application/rss+xml", "application/atom+xml"],
        &["image/vnd.microsoft.icon", "image/x-icon"],
        &["font/woff", "application/font-woff"],
        &["text/markdown", "text/plain", "application/octet-stream"],
        &[
            "application/json",
            "application/ld+json",
            "application/geo+json",
            "application/manifest+json",
        ],
    ];
    let alike = SAME.iter().any(|same| same.contains(&&*one) && same.contains(&&*other));
    (one == other || alike) && (set.is_none() || other_set.is_none() || set == other_set)
}

/// The target itself, where there is no URL: what it holds when it is looked at again.
pub struct ReadBack(pub BTreeMap<OutPath, RemoteFile>);

impl SiteReader for ReadBack {
    fn get(&self, path: &OutPath, _: Duration) -> Result<Answer, String> {
        let entry = self.0.get(path);
        // A file whose digest the target does not know counts as another than the one that was sent.
        let sum = entry.and_then(|entry| entry.sum).unwrap_or(ContentHash::of(b""));
        Ok(Answer {
            status: if entry.is_some() { 200 } else { 404 },
            sum,
            len: None,
            content_type: None,
            cache_control: None,
            location: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::{
        Answer, AnswerCheck, Expected, Patience, SiteReader, is_same_type, is_unknown_to_host,
        sample, verify,
    };
    use crate::base::OutPath;

    /// A host that takes a connection and says nothing. Its clock goes on only while it is asked.
    struct Silent(Mutex<(Duration, usize)>);

    impl SiteReader for Silent {
        fn get(&self, _: &OutPath, limit: Duration) -> Result<Answer, String> {
            let mut spent = self.0.lock().expect("no holder panics");
            *spent = (spent.0 + limit, spent.1 + 1);
            Err("does not answer".into())
        }
    }

    #[test]
    fn a_host_that_is_silent_is_given_up_when_the_time_is_over() {
        let check = |n| (OutPath::new(&format!("{n}.html")).expect("a path"), Expected::Nothing);
        let checks: Vec<AnswerCheck> = (0..1000).map(check).collect();
        for wait in [0, 1, 3, 60, 150, 900] {
            let silent = Silent(Mutex::default());
            let wait = Duration::from_secs(wait);
            let patience = Patience {
                wait,
                clock: &|| silent.0.lock().expect("no holder panics").0,
                waiting: &|_| Ok(()),
                seed: 0,
            };
            let faults = verify(&silent, checks.clone(), false, &patience).expect("it ends");
            assert_eq!(faults.len(), checks.len(), "all are told");
            let (spent, asked) = *silent.0.lock().expect("no holder panics");
            // Eight ask at the same time, and each of them adds what it waits to the clock.
            assert!(asked <= 8 + wait.as_secs() as usize / 60 + 8, "{asked} in {wait:?}");
            assert!(spent <= wait + Duration::from_secs(60) * 9, "{spent:?} of {wait:?}");
        }
    }

    #[test]
    fn twenty_files_stand_for_those_that_did_not_change() {
        for (files, looked_at) in [(0, 0), (1, 1), (20, 20), (21, 11), (40, 20), (41, 14)] {
            assert_eq!(sample((0..files).collect()).count(), looked_at, "of {files}");
        }
        assert_eq!(sample((0..40).collect()).last(), Some(38));
    }

    #[test]
    fn types_that_mean_the_same() {
        for (expected, given, same) in [
            ("text/html; charset=utf-8", "text/html", true),
            ("text/html; charset=utf-8", "TEXT/HTML;charset=UTF-8", true),
            ("text/html; charset=utf-8", "text/html; charset=\"utf-8\"", true),
            ("text/html; charset=utf-8", "text/html; charset=iso-8859-1", false),
            ("text/html; charset=utf-8", "text/plain", false),
            ("text/javascript; charset=utf-8", "application/javascript", true),
            ("image/vnd.microsoft.icon", "image/x-icon", true),
            ("image/png", "", false),
        ] {
            assert_eq!(is_same_type(expected, given), same, "{expected} {given}");
        }
    }

    #[test]
    fn a_type_that_a_host_does_not_know_matters_where_pages_need_it() {
        let nothing = "application/octet-stream";
        for (expected, given, is_fine) in [
            (nothing, "text/x-odd", true),
            ("application/json", nothing, true),
            ("text/calendar; charset=utf-8", nothing, true),
            ("application/pdf", nothing, true),
            ("application/pdf", "text/html", false),
            ("text/css; charset=utf-8", nothing, false),
            ("text/html; charset=utf-8", nothing, false),
            ("text/javascript; charset=utf-8", nothing, false),
            ("image/png", nothing, false),
            ("font/woff2", nothing, false),
            ("application/xml", nothing, false),
            ("image/svg+xml", nothing, false),
            ("text/plain; charset=utf-8", nothing, false),
        ] {
            assert_eq!(is_unknown_to_host(expected, given), is_fine, "{expected} {given}");
        }
    }
}
