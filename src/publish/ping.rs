//! Sends the URLs of what changed to services, once readers have it: of feeds to a hub of WebSub, of pages to search engines
//! (IndexNow).
//!
//! A service is asked once. What it answers changes nothing of what is published.

use std::time::Duration;

use crate::base::{BaseUrl, OutPath, Phase};
use crate::config::publish::Pings;

use super::plan::Plan;
use super::release::ReleaseEntry;

/// The most URLs of one request (<https://www.indexnow.org/documentation>).
const MOST: usize = 10_000;

/// How long a service may take to answer.
const WAIT: Duration = Duration::from_secs(10);

/// A line for the user on what a service got: an error where it did not take it.
pub type Told = Result<String, String>;

/// Sends to the services of a target what a plan has changed. `listed`: the pages that search engines may know of.
pub fn ping(
    pings: &Pings,
    base: &BaseUrl,
    plan: &Plan,
    listed: &dyn Fn(&OutPath) -> bool,
) -> Vec<Told> {
    let Some(release) = plan.release() else { return Vec::new() };
    let changed = || {
        let paths = plan.added.iter().chain(&plan.changed);
        paths.filter_map(|path| Some((path, release.files.get(path)?)))
    };
    let url = |path: &OutPath| base.url(path);
    let mut told = Vec::new();
    if let Some(hub) = &pings.websub {
        let feeds = changed().filter(|(path, entry)| is_feed(path, entry));
        let feeds: Vec<String> = feeds.filter_map(|(path, _)| url(path)).collect();
        if !feeds.is_empty() {
            let form = feeds.iter().map(|feed| ("hub.url", feed.as_str()));
            let form = std::iter::once(("hub.mode", "publish")).chain(form);
            told.push(sent(
                hub,
                "feed",
                feeds.len(),
                "application/x-www-form-urlencoded",
                &encoded(form),
            ));
        }
    }
    if let Some((key, endpoint)) = &pings.indexnow {
        let mut pages = changed().filter(|(path, entry)| entry.is_page() && listed(path));
        let pages: Vec<String> = pages.by_ref().filter_map(|(path, _)| url(path)).collect();
        let origin = base.origin.as_deref().unwrap_or_default();
        let host = origin.split_once("://").map_or("", |(_, host)| host);
        for pages in pages.chunks(MOST) {
            let body = serde_json::json!({
                "host": host,
                "key": &**key,
                "keyLocation": format!("{origin}{}{key}.txt", base.path),
                "urlList": pages,
            });
            let kind = "application/json; charset=utf-8";
            told.push(sent(endpoint, "page", pages.len(), kind, &body.to_string()));
        }
    }
    told
}

/// Whether an output is a feed: of a list, in a format that readers of feeds know.
fn is_feed(path: &OutPath, entry: &ReleaseEntry) -> bool {
    let is_known = |path: &str| {
        [".xml", ".atom", ".rss"].iter().any(|end| path.ends_with(end))
            || path.rsplit('/').next() == Some("feed.json")
    };
    entry.phase() == Phase::List && is_known(path.as_str())
}

/// A form as a URL has it.
fn encoded<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let pair = |(name, value): (&str, &str)| {
        format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))
    };
    fields.map(pair).collect::<Vec<_>>().join("&")
}

/// Sends one request.
fn sent(service: &str, what: &str, count: usize, kind: &str, body: &str) -> Told {
    let what = crate::base::counted(count, what);
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(WAIT))
        .user_agent(concat!("briefing/", env!("CARGO_PKG_VERSION")))
        .build();
    let agent: ureq::Agent = config.into();
    match agent.post(service).header("Content-Type", kind).send(body) {
        Ok(answer) if answer.status().is_success() => Ok(format!("sent {what} to {service}")),
        Ok(answer) => {
            Err(format!("{service} did not take {what}: it answers {}", answer.status().as_u16()))
        }
        Err(error) => Err(format!("{service} did not get {what}: {error}")),
    }
}
