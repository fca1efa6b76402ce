//! MLA 9: author, title, and then the work that it is a part of, with date and place.

use super::item::{CslDate, CslItem, month_name};
use super::kind::CslType;
use super::line::{Line, TitleForm, headline, is_upright};
use super::names::{CslName, before_last, spaced};
use super::quotes::curly;

pub(super) fn line(item: &CslItem) -> String {
    let mut line = Line::default();
    if !item.author.is_empty() {
        line.text(&authors(&item.author)).stop();
    }
    if let Some(title) = &item.title {
        let cased = match item.kind {
            CslType::Post | CslType::LegalCase => title.to_string(),
            _ => headline(item, title),
        };
        let form = match form(item) {
            TitleForm::Italic if is_upright(&cased) => TitleForm::Plain,
            form => form,
        };
        line.space().title(&cased, form).stop();
    }
    let mut goes_on = false;
    if let Some(whole) = &item.container_title {
        let whole = curly(&headline(item, whole));
        line.space();
        if is_upright(&whole) {
            line.text(&whole)
        } else {
            line.italic(&whole)
        };
        goes_on = true;
    }
    let is_thesis = item.kind == CslType::Thesis;
    let publisher = item.publisher.as_deref().filter(|_| !is_thesis).map(curly);
    let url = item.url.as_deref().map(str::to_owned);
    for part in [publisher, date(item), url].into_iter().flatten() {
        if goes_on {
            line.comma();
        }
        line.space().text(&part);
        goes_on = true;
    }
    line.stop();
    let read = item.accessed.as_ref().filter(|_| item.issued.is_none() && item.url.is_some());
    let read = read.and_then(CslDate::parts).map(|date| format!("Accessed {}", day(date)));
    let school = item.publisher.as_deref().filter(|_| is_thesis).map(curly);
    let after: Vec<String> = [read, school].into_iter().flatten().collect();
    if !after.is_empty() {
        line.space().text(&after.join(", ")).stop();
    }
    line.finish()
}

fn form(item: &CslItem) -> TitleForm {
    match item.kind {
        CslType::Bill | CslType::Legislation | CslType::Regulation | CslType::Treaty => {
            TitleForm::Plain
        }
        CslType::Article
        | CslType::Dataset
        | CslType::Document
        | CslType::Interview
        | CslType::PaperConference
        | CslType::Post
        | CslType::Speech => TitleForm::Quoted,
        _ if item.container_title.is_some() => TitleForm::Quoted,
        _ => TitleForm::Italic,
    }
}

fn date(item: &CslItem) -> Option<String> {
    let (year, month, day_of_month) = item.date()?;
    match item.kind {
        // A speech has the date of its event, which front matter does not tell from that of its text.
        CslType::Speech => None,
        CslType::Book
        | CslType::Chapter
        | CslType::MotionPicture
        | CslType::PaperConference
        | CslType::Thesis => Some(year.to_string()),
        CslType::ArticleJournal => Some(day((year, month, None))),
        _ => Some(day((year, month, day_of_month))),
    }
}

/// `3 Sept. 2025`.
fn day((year, month, day): (i16, Option<i8>, Option<i8>)) -> String {
    let name = |month| match month_name(month) {
        name @ ("May" | "June" | "July") => name.to_owned(),
        "September" => "Sept.".to_owned(),
        name => format!("{}.", name.chars().take(3).collect::<String>()),
    };
    match (month, day) {
        (Some(month), Some(day)) => format!("{day} {} {year}", name(month)),
        (Some(month), None) => format!("{} {year}", name(month)),
        _ => year.to_string(),
    }
}

/// One author or two; of more the first.
fn authors(authors: &[CslName]) -> String {
    let Some(first) = authors.first() else { return String::new() };
    let first = first.inverted(spaced, false);
    match authors {
        [_] => first,
        [_, second] => format!("{first}{}and {}", before_last(authors), second.ordered(spaced)),
        _ => format!("{first}, et al."),
    }
}
