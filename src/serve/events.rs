//! What browsers are told, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;

use crate::base::SourcePath;

use super::live::Live;
use super::shared::Shared;

/// So often something is sent, for connections that are cut when nothing is.
const ALIVE: Duration = Duration::from_secs(15);

/// What is sent of a snapshot.
#[derive(Serialize)]
struct SentState {
    /// The digest of all files and their paths.
    files: String,
    number: u64,
    /// Whether pages are those of an older snapshot, because the templates or the settings have errors.
    stale: bool,
    /// The URLs of the pages that were saved.
    saved: Vec<String>,
    /// The URLs of published files that are others now.
    assets: Vec<String>,
}

#[derive(Serialize)]
struct SentProblems {
    number: u64,
    errors: usize,
    warnings: usize,
    complete: bool,
}

/// The event of a new snapshot; of the current one, for a browser that begins to listen, without one before it.
pub(super) fn snapshot(live: &Live, before: Option<&Live>, changed: &[SourcePath]) -> String {
    let prefix = live.loaded.base().prefix();
    let is_page = |path: &&SourcePath| path.as_str().ends_with(".md");
    let saved = changed.iter().filter(is_page).filter_map(|path| live.place_of(path));
    let saved = saved.map(|out| out.href(prefix)).collect();
    let mut assets = Vec::new();
    if let Some(before) = before.filter(|_| !changed.iter().all(|path| is_page(&path))) {
        let old = before.files();
        let new = live.files().into_iter();
        assets = new
            .filter(|(out, digest)| old.get(out) != Some(digest))
            .map(|(out, _)| out.href(prefix))
            .collect();
    }
    let (files, number, stale) = (live.tree.to_string(), live.number, live.is_stale());
    message("snapshot", &SentState { files, number, stale, saved, assets })
}

/// The event of the problems that are known so far.
pub(super) fn findings(live: &Live) -> String {
    let found = live.everything();
    let (errors, warnings, complete) = (found.errors, found.warnings, found.complete);
    message("findings", &SentProblems { number: live.number, errors, warnings, complete })
}

/// The stream of events, which begins with the current snapshot.
pub(super) fn stream(shared: &Arc<Shared>) -> Response {
    // First the ear, then the look: nothing is missed in between.
    let events = shared.events();
    let live = shared.live();
    let first = [snapshot(&live, None, &[]), findings(&live)].map(|text| event(&text));
    let later = stream::unfold(events, |mut events| async move {
        let event = match events.recv().await {
            Ok(text) => event(&text),
            // A receiver that missed an event reads the whole state.
            Err(RecvError::Lagged(_)) => Event::default().event("missed").data("{}"),
            Err(RecvError::Closed) => return None,
        };
        Some((event, events))
    });
    let all = futures_util::StreamExt::chain(stream::iter(first), later);
    let all = futures_util::StreamExt::map(all, Ok::<_, Infallible>);
    Sse::new(all).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

/// A name, a line end, and data in one line.
fn message(name: &str, data: &impl Serialize) -> String {
    let data = serde_json::to_string(data).expect("texts and numbers are always valid JSON");
    format!("{name}\n{data}")
}

fn event(message: &str) -> Event {
    let (name, data) = message.split_once('\n').unwrap_or(("message", message));
    Event::default().event(name).data(data)
}
