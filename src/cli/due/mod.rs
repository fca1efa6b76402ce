//! `briefing due`.

mod files;

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::base::counted;
use crate::site::Due;

use super::args::{DueArgs, DueFormat};
use super::load::load;
use super::{INPUT, print};

/// Lists what waits for a person. The exit code says whether anything is late.
pub(super) fn run(args: &DueArgs) -> u8 {
    let loaded = match load(&args.site, None) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let all = loaded.due(args.within);
    match args.format {
        DueFormat::Human => print::answer(&text(&all, args.within)),
        DueFormat::Ics => print::file(&files::ics(&all, &loaded)),
        DueFormat::Csv => print::file(&files::csv(&all)),
        DueFormat::Json => {
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
            what: due.what.as_str(),
            file: due.path.as_str(),
            item: due.item.as_deref(),
            title: due.title.as_deref(),
            owner: due.owner.as_deref(),
        }
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
            let (day, what, file) = (due.day, due.what.as_str(), &due.path);
            writeln!(text, "{day}  {late:<4}  {what:<6}  {file}: {}", due.todo())
                .expect("a string");
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
