//! APA 7: author, date in brackets, title, who published it.

use super::item::{CslDate, CslItem, month_name, us_date};
use super::kind::CslType;
use super::line::{Line, TitleForm, headline};
use super::names::{CslName, before_last, initials, spaced};
use super::quotes::curly;

pub(super) fn line(item: &CslItem) -> String {
    let mut line = Line::default();
    if item.kind.is_legal() {
        legal(&mut line, item);
        line.stop();
    } else {
        reference(&mut line, &item.by_publisher());
    }
    let url = item.url.as_deref();
    if let Some(url) = url {
        line.space();
        if item.issued.is_none() {
            let read = item.accessed.as_ref().and_then(CslDate::parts);
            let read = read.map(|date| format!("{}, from ", us_date(date)));
            line.text(&format!("Retrieved {}", read.unwrap_or_default()));
        }
        line.text(url);
    }
    line.finish()
}

fn reference(line: &mut Line, item: &CslItem) {
    let form = match (&item.container_title, item.kind) {
        (Some(_), CslType::Webpage | CslType::Post) | (None, _) => TitleForm::Italic,
        (Some(_), _) => TitleForm::Plain,
    };
    let label = label(item);
    if item.author.is_empty() {
        if let Some(title) = &item.title {
            line.title(title, form).stop().space();
        }
        line.text(&date(item)).stop();
        if let Some(label) = &label {
            line.space().text(label).stop();
        }
    } else {
        line.text(&authors(&item.author)).stop().space().text(&date(item)).stop();
        if let Some(title) = &item.title {
            line.space().title(title, form);
        }
        if let Some(label) = &label {
            line.space().text(label);
        }
        line.stop();
    }
    // The university of a thesis stands behind its title, but of one on a shelf.
    let is_label = item.kind == CslType::Thesis && item.url.is_some();
    let publisher = item.publisher.as_ref().filter(|_| !is_label);
    if let Some(publisher) = publisher {
        line.space().text(&curly(publisher)).stop();
    }
    match (&item.container_title, item.kind) {
        (Some(site), CslType::Webpage | CslType::Post) => {
            line.space().text(&curly(&headline(item, site))).stop();
        }
        (Some(whole), CslType::EntryEncyclopedia) => {
            line.space().text("In ").italic(&curly(&headline(item, whole))).stop();
        }
        (Some(whole), _) => {
            line.space().italic(&curly(&headline(item, whole))).stop();
        }
        (None, _) => {}
    }
}

/// What the reference says of the kind of work.
fn label(item: &CslItem) -> Option<String> {
    let label = match item.kind {
        CslType::Broadcast => "Broadcast",
        CslType::Dataset => "Dataset",
        CslType::Interview => "Interview",
        CslType::Map => "Map",
        CslType::MotionPicture => "Video recording",
        CslType::Post => "Online post",
        CslType::Thesis => item.publisher.as_deref().filter(|_| item.url.is_some())?,
        _ => return None,
    };
    Some(format!("[{}]", curly(label)))
}

fn date(item: &CslItem) -> String {
    let is_of_years = matches!(
        item.kind,
        CslType::Article
            | CslType::ArticleJournal
            | CslType::Book
            | CslType::Chapter
            | CslType::Dataset
            | CslType::EntryEncyclopedia
            | CslType::Map
            | CslType::Report
            | CslType::Standard
            | CslType::Thesis
    );
    match item.date() {
        None => "(n.d.)".into(),
        Some((year, Some(month), Some(day))) if !is_of_years => {
            format!("({year}, {} {day})", month_name(month))
        }
        Some((year, Some(month), None)) if !is_of_years => {
            format!("({year}, {})", month_name(month))
        }
        Some((year, ..)) => format!("({year})"),
    }
}

/// Up to 20 authors; of more the first 19 and the last.
fn authors(authors: &[CslName]) -> String {
    let names: Vec<String> = authors.iter().map(|name| name.inverted(initials, false)).collect();
    match &names[..] {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] if authors.len() <= 20 => {
            format!("{}{}& {last}", names.join(", "), before_last(authors))
        }
        [names @ .., last] => format!("{}, … {last}", names[..19].join(", ")),
    }
}

/// The form of lawyers, which Chicago has too: title, and the date in brackets.
pub(super) fn legal(line: &mut Line, item: &CslItem) {
    let title = item.title.as_deref();
    if let Some(title) = title {
        match item.kind {
            CslType::Hearing => line.title(title, TitleForm::Italic),
            _ => line.title(&headline(item, title), TitleForm::Plain),
        };
    }
    let date = item.date();
    match item.kind {
        CslType::Treaty => {
            let parties: Vec<String> = item.author.iter().map(CslName::short).collect();
            for part in [Some(parties.join("-")).filter(|all| !all.is_empty()), date.map(us_date)] {
                let Some(part) = part else { continue };
                line.comma().space().text(&part);
            }
        }
        CslType::LegalCase => {
            if let Some(date) = date {
                line.space().text(&format!("({})", us_date(date)));
            }
        }
        _ => {
            if let Some((year, ..)) = date {
                line.space().text(&format!("({year})"));
            }
        }
    }
    if item.kind == CslType::Hearing && !item.author.is_empty() {
        let names: Vec<String> = item.author.iter().map(|name| name.ordered(spaced)).collect();
        let list = match &names[..] {
            [names @ .., last] if names.len() > 1 => format!("{}, & {last}", names.join(", ")),
            [first, last] => format!("{first} & {last}"),
            names => names.join(""),
        };
        line.space().text(&format!("(testimony of {list})"));
    }
}
