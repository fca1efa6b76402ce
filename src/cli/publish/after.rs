//! What a publish does once readers have it: it looks whether the host took its rules, and sends services what changed.

use std::time::Duration;

use crate::base::OutPath;
use crate::cli::print;
use crate::config::HostKind;
use crate::publish::{Http, Plan, ping};

use super::build::PublishedBuild;
use super::choose::Chosen;

/// How long the host may take to answer.
const WAIT: Duration = Duration::from_secs(10);

/// Says what of it failed; nothing of it is a part of the publish.
pub(super) fn after(chosen: &Chosen, built: &PublishedBuild, plan: &Plan) {
    let Some(url) = chosen.target.url.as_ref() else { return };
    if let Some(warning) = Http::new(url).and_then(|http| unread(&http, built)) {
        print::note(&format!("warning: {warning}"));
    }
    let listed = |path: &OutPath| built.listed.contains(path);
    for told in ping::ping(&chosen.target.ping, url, plan, &listed) {
        print::note(&told.unwrap_or_else(|failure| format!("warning: {failure}")));
    }
}

/// Whether the host answers without the headers that it was told of.
fn unread(http: &Http, built: &PublishedBuild) -> Option<String> {
    // A store of objects has no place for this one.
    let host = built.hosts.iter().find(|host| **host != HostKind::S3)?;
    let name = "Content-Security-Policy";
    let given = http.header(&OutPath::home(), name, WAIT).ok()?;
    (given.as_deref() != Some(&*built.policy)).then(|| {
        let is = given.map_or_else(|| "no".to_owned(), |_| "another".to_owned());
        let files = host.files().join("`, `");
        format!("readers get the home page with {is} `{name}`: does the host read `{files}`?")
    })
}
