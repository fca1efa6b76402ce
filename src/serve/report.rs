//! What the script in a page asks for: the state of the page that it stands in, and the author's panel.

use serde::Serialize;

use crate::base::{OutPath, SourcePath, UrlPath};
use crate::content::document::Document;
use crate::content::model::Status;
use crate::diag::{self, Diagnostic, Severity};
use crate::site::{Due, Instant, PageIx, Site};

use super::live::{Answer, Live};
use super::shared::Shared;
use super::{fault, named};

/// The most findings that the panel shows.
const MOST: usize = 100;

/// How far the panel looks ahead for what is due, in days.
const WITHIN: u32 = 30;

/// How much of what is due the panel lists.
const MOST_DUE: usize = 20;

/// The state of a page.
#[derive(Serialize)]
pub(super) struct ReportedPage {
    number: u64,
    files: String,
    /// The digest of what is at the URL now.
    page: String,
    status: u16,
    stale: bool,
    errors: usize,
    warnings: usize,
    complete: bool,
    /// `draft`, or `scheduled for DATE`.
    ribbon: Option<String>,
    /// Where the page went.
    moved: Option<ReportedPlace>,
    /// The problem, when the page cannot be made.
    faults: Vec<ReportedProblem>,
}

/// What the author's panel shows.
#[derive(Serialize)]
pub(super) struct Panel {
    source: Option<String>,
    editor: Option<String>,
    /// Whom the page names.
    names: Vec<ReportedPlace>,
    /// Which pages name it.
    linked: Vec<ReportedPlace>,
    /// The problems of this page.
    here: Vec<ReportedProblem>,
    /// The problems of other files.
    elsewhere: Vec<ReportedProblem>,
    /// How many findings there are beside those.
    more: usize,
    /// What waits for a person, the earliest first.
    due: Vec<ReportedDue>,
    /// How much of that is late.
    late: usize,
    /// How much is due beside those that are listed.
    more_due: usize,
    complete: bool,
}

#[derive(Serialize)]
struct ReportedPlace {
    title: String,
    url: String,
}

#[derive(Serialize)]
struct ReportedDue {
    /// The last day on which it is not late.
    day: String,
    late: bool,
    /// What to do.
    text: String,
    file: String,
    /// The link that opens the file in the author's editor.
    editor: Option<String>,
    /// The page of the file.
    url: Option<String>,
}

#[derive(Serialize)]
struct ReportedProblem {
    severity: Severity,
    code: &'static str,
    /// The problem as a terminal shows it.
    text: String,
    file: String,
    line: u32,
    /// The link that opens the place in the author's editor.
    editor: Option<String>,
    /// The page of the file.
    url: Option<String>,
}

/// The state of the page at a URL path; notes that a browser shows it.
pub(super) fn state(shared: &Shared, live: &Live, url: &str) -> ReportedPage {
    let answer = live.answer(url);
    let page = answer.digest();
    let out = UrlPath::out(url).ok();
    if let Some(out) = &out {
        shared.shows(live, out, page);
    }
    let known = live.everything();
    let moved = match &answer {
        Answer::Nothing(_) => out.as_ref().and_then(|out| live.moved(out)),
        _ => None,
    };
    let faults = match &answer {
        Answer::Fault(fault) => findings(shared, live, &fault.diagnostics),
        _ => Vec::new(),
    };
    let document = out.as_ref().and_then(|out| document(live, out));
    ReportedPage {
        number: live.number,
        files: live.tree.to_string(),
        page: page.to_string(),
        status: answer.status(),
        stale: live.is_stale(),
        errors: known.errors,
        warnings: known.warnings,
        complete: known.complete,
        ribbon: document.and_then(|document| ribbon(live, document)),
        moved: moved.map(|out| place(live, out)),
        faults,
    }
}

/// The author's panel of the page at a URL path.
pub(super) fn panel(shared: &Shared, live: &Live, url: &str) -> Panel {
    let out = UrlPath::out(url).ok();
    let source = out.as_ref().and_then(|out| live.source(out));
    let site = live.shown.site();
    let page = out.as_ref().and_then(|out| document(live, out)).and_then(|document| {
        let at = site.pages.binary_search_by(|page| page.path.cmp(&document.path)).ok()?;
        Some(PageIx(at as u32))
    });
    let pages = |list: fn(&Site, PageIx) -> Vec<PageIx>| -> Vec<ReportedPlace> {
        let names = page.map(|page| list(site, page)).unwrap_or_default();
        let shown = names.iter().take(named::MOST);
        shown.map(|page| place(live, &site.page(*page).out)).collect()
    };
    let known = live.everything();
    let (mut diagnostics, complete) = (known.all.clone(), known.complete);
    if let Some(out) = out.as_ref().filter(|_| !complete)
        && let Some((_, mut own)) = live.shown.render(out)
    {
        // The look at all pages has not come here yet.
        live.apply_levels(&mut own);
        diagnostics.extend(own);
        diagnostics = diag::group(diagnostics);
    }
    let is_here = |diagnostic: &Diagnostic| {
        source.as_ref() == Some(&diagnostic.span.file)
            || diagnostic.page.as_ref().is_some_and(|page| Some(&page.out) == out.as_ref())
    };
    let (here, elsewhere): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(is_here);
    let elsewhere: Vec<_> =
        elsewhere.into_iter().filter(|diagnostic| diagnostic.severity != Severity::Info).collect();
    let more = here.len().saturating_sub(MOST) + elsewhere.len().saturating_sub(MOST);
    let all_due = live.loaded.due(WITHIN);
    Panel {
        late: all_due.iter().filter(|due| due.is_late).count(),
        more_due: all_due.len().saturating_sub(MOST_DUE),
        due: all_due.iter().take(MOST_DUE).map(|due| reported(shared, live, due)).collect(),
        editor: source.as_ref().and_then(|path| shared.editor(path, 1, 1)),
        source: source.map(|path| path.to_string()),
        names: pages(named::players),
        linked: pages(named::linking),
        here: findings(shared, live, &here),
        elsewhere: findings(shared, live, &elsewhere),
        more,
        complete,
    }
}

fn document<'a>(live: &'a Live, out: &OutPath) -> Option<&'a Document> {
    let output = live.shown.site().outputs.get(out)?;
    live.shown.document(output).map(|document| &**document)
}

/// Why a page is not public yet.
fn ribbon(live: &Live, document: &Document) -> Option<String> {
    let public = Instant { drafts: false, future: false, ..live.shown.instant().clone() };
    if public.state(&document.summary).is_some() {
        return None;
    }
    match (document.summary.status, document.summary.public_from()) {
        (Status::Draft, _) | (_, None) => Some("draft".to_string()),
        (_, Some(date)) => Some(format!("scheduled for {date}")),
    }
}

fn reported(shared: &Shared, live: &Live, due: &Due) -> ReportedDue {
    let prefix = live.loaded.base().prefix();
    ReportedDue {
        day: due.day.to_string(),
        late: due.is_late,
        text: due.todo(),
        file: due.path.to_string(),
        editor: shared.editor(&due.path, 1, 1),
        url: live.place_of(&due.path).map(|out| out.href(prefix)),
    }
}

fn place(live: &Live, out: &OutPath) -> ReportedPlace {
    let title = document(live, out).map(|document| document.summary.title.to_string());
    ReportedPlace {
        title: title.unwrap_or_else(|| out.url().to_string()),
        url: out.href(live.loaded.base().prefix()),
    }
}

fn findings(shared: &Shared, live: &Live, diagnostics: &[Diagnostic]) -> Vec<ReportedProblem> {
    let fault = super::live::Fault {
        source: None,
        diagnostics: diagnostics.iter().take(MOST).cloned().collect(),
    };
    let texts = fault::texts(live, &fault);
    let prefix = live.loaded.base().prefix();
    let finding = |(diagnostic, text): (&Diagnostic, String)| {
        let file: &SourcePath = &diagnostic.span.file;
        let (line, column) = (diagnostic.span.start.line, diagnostic.span.start.column);
        ReportedProblem {
            severity: diagnostic.severity,
            code: diagnostic.code.as_str(),
            text,
            file: file.to_string(),
            line,
            editor: shared.editor(file, line, column),
            url: live.place_of(file).map(|out| out.href(prefix)),
        }
    };
    fault.diagnostics.iter().zip(texts).map(finding).collect()
}
