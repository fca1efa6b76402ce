//! `briefing due`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::base::{SourcePath, counted};
use crate::site::{Due, DueKind, due};

use super::args::{DueArgs, ListFormat};
use super::load::load;
use super::{INPUT, print};

/// The file of the figures that no page declares.
const FACTS: &str = "content/facts.yaml";

/// Lists what waits for a person. The exit code says whether anything is late.
pub(super) fn run(args: &DueArgs) -> u8 {
    let loaded = match load(&args.site, None) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let (site, settings) = (loaded.site(), &loaded.config().site);
    let shared = SourcePath::new(FACTS);
    let all = due(site, settings, &shared, loaded.instant(), args.within);
    match args.format {
        ListFormat::Text => print::answer(&text(&all, args.within)),
        ListFormat::Json => {
            let lines = all.iter().map(|due| {
                let line = serde_json::to_string(&DueLine::of(due));
                line.expect("texts and dates are JSON") + "\n"
            });
            print::json(&lines.collect::<String>());
        }
    }
    if all.iter().any(|due| due.is_late) { INPUT } else { 0 }
}

/// One line of JSON.
#[derive(Serialize)]
struct DueLine<'a> {
    /// The last day on which it is not late.
    day: String,
    late: bool,
    /// `review`, `figure`, `event` or `expiry`.
    what: &'static str,
    file: &'a str,
    /// The figure's id, or the event's name.
    item: Option<&'a str>,
    title: Option<&'a str>,
    owner: Option<&'a str>,
}

impl<'a> DueLine<'a> {
    fn of(due: &'a Due) -> Self {
        Self {
            day: due.day.to_string(),
            late: due.is_late,
            what: word(due.what),
            file: due.path.as_str(),
            item: due.item.as_deref(),
            title: due.title.as_deref(),
            owner: due.owner.as_deref(),
        }
    }
}

fn word(what: DueKind) -> &'static str {
    match what {
        DueKind::Review | DueKind::FirstReview => "review",
        DueKind::Figure => "figure",
        DueKind::Event => "event",
        DueKind::Expiry => "expiry",
    }
}

/// A list for each person, late things first.
fn text(all: &[Due], within: u32) -> String {
    if all.is_empty() {
        return format!("nothing is late, and nothing is due within {}", days(within));
    }
    let mut by_owner: BTreeMap<Option<&str>, Vec<&Due>> = BTreeMap::new();
    for due in all {
        by_owner.entry(due.owner.as_deref()).or_default().push(due);
    }
    let mut text = String::new();
    let has_owners = by_owner.keys().any(Option::is_some);
    for (owner, dues) in by_owner {
        if has_owners {
            writeln!(text, "{}:", owner.unwrap_or("without an owner")).expect("a string");
        }
        for due in dues {
            let late = if due.is_late { "late" } else { "" };
            let (day, what, file) = (due.day, word(due.what), &due.path);
            writeln!(text, "{day}  {late:<4}  {what:<6}  {file}: {}", todo(due)).expect("a string");
        }
    }
    let late = all.iter().filter(|due| due.is_late).count();
    let coming = all.len() - late;
    writeln!(text, "{late} late, {coming} due within {}", days(within)).expect("a string");
    text
}

fn days(count: u32) -> String {
    counted(count as usize, "day")
}

/// What to do.
fn todo(due: &Due) -> String {
    let item = due.item.as_deref().unwrap_or_default();
    match due.what {
        DueKind::Review => "check that it holds, and write the day as `reviewed`".to_owned(),
        DueKind::FirstReview => {
            "no date says when it was last checked: write one as `reviewed`".to_owned()
        }
        DueKind::Figure => format!("look for the new value of `{item}`"),
        DueKind::Event if due.is_late => format!("\"{item}\" is over: was it held?"),
        DueKind::Event => format!("\"{item}\" takes place"),
        DueKind::Expiry => "renew it, or let it go: behind that day it is withdrawn".to_owned(),
    }
}
