//! Chicago 18, author and date: author, year, title, who published it, and the day.

use super::apa::legal;
use super::item::{CslDate, CslItem, month_name, us_date};
use super::kind::CslType;
use super::line::{Line, TitleForm, headline, is_upright};
use super::names::{CslName, before_last, spaced};
use super::quotes::curly;

pub(super) fn line(item: &CslItem) -> String {
    let mut line = Line::default();
    if item.kind.is_legal() {
        legal(&mut line, item);
        line.stop();
    } else {
        reference(&mut line, &item.by_publisher());
    }
    if item.issued.is_none() && item.url.is_some() {
        let read = item.accessed.as_ref().and_then(CslDate::parts);
        if let Some(date) = read {
            line.space().text(&format!("Accessed {}", us_date(date))).stop();
        }
    }
    if let Some(url) = &item.url {
        line.space().text(url).stop();
    }
    line.finish()
}

fn reference(line: &mut Line, item: &CslItem) {
    let (form, cased) = match item.kind {
        CslType::Article
        | CslType::Dataset
        | CslType::Document
        | CslType::Interview
        | CslType::PaperConference
        | CslType::Speech
        | CslType::Thesis
        | CslType::Webpage => (TitleForm::Quoted, true),
        CslType::Post => (TitleForm::Quoted, false),
        CslType::EntryEncyclopedia if item.author.is_empty() && item.container_title.is_some() => {
            (TitleForm::Quoted, false)
        }
        _ if item.container_title.is_some() => (TitleForm::Quoted, true),
        _ => (TitleForm::Italic, true),
    };
    let title = item.title.as_deref();
    let title = title.map(|title| if cased { headline(item, title) } else { title.to_owned() });
    // A newspaper, a magazine or a site stands in the place of an author; no other work does.
    let leads = matches!(
        item.kind,
        CslType::ArticleMagazine
            | CslType::ArticleNewspaper
            | CslType::EntryEncyclopedia
            | CslType::Webpage
    );
    let container = item.container_title.as_deref();
    let container = container.map(|whole| curly(&headline(item, whole)));
    let container = container.map(|whole| {
        let italic = is_italic(item.kind) && !is_upright(&whole);
        (whole, italic)
    });
    let form = match (form, &title) {
        (TitleForm::Italic, Some(title)) if is_upright(title) => TitleForm::Plain,
        _ => form,
    };
    let year = item.date().map_or("n.d.".to_owned(), |(year, ..)| year.to_string());
    let write = |line: &mut Line, (text, italic): &(String, bool)| {
        if *italic {
            line.italic(text)
        } else {
            line.text(text)
        };
    };
    let mut title = title;
    let mut container = container;
    if !item.author.is_empty() {
        line.text(&authors(&item.author)).stop();
    } else if let Some(whole) = container.take_if(|_| leads) {
        write(line, &whole);
        line.stop();
    } else if let Some(title) = title.take() {
        line.title(&title, form).stop();
    }
    line.space().text(&year).stop();
    if let Some(title) = &title {
        line.space().title(title, form).stop();
    }
    let mut goes_on = false;
    if item.kind == CslType::Article {
        line.space().text("Preprint");
        goes_on = true;
    }
    if let Some(whole) = &container {
        line.space();
        if item.kind == CslType::EntryEncyclopedia {
            line.text("In ");
        }
        write(line, whole);
        match item.kind {
            CslType::EntryEncyclopedia => {
                line.stop();
            }
            _ => goes_on = true,
        }
    }
    let mut parts = [item.publisher.as_deref().map(curly), day(item)];
    if let (CslType::Broadcast, None, [Some(by), Some(day)]) = (item.kind, &item.url, &parts) {
        parts = [Some(format!("Aired {day}")), Some(format!("on {by}"))];
    }
    for part in parts.into_iter().flatten() {
        if goes_on {
            line.comma();
        }
        line.space().text(&part);
        goes_on = true;
    }
    if !line.is_empty() {
        line.stop();
    }
}

fn is_italic(kind: CslType) -> bool {
    !matches!(kind, CslType::Webpage | CslType::Post)
}

/// The day in its year, or its month.
fn day(item: &CslItem) -> Option<String> {
    let is_of_years = matches!(
        item.kind,
        CslType::Book
            | CslType::Chapter
            | CslType::MotionPicture
            | CslType::Pamphlet
            | CslType::Report
            | CslType::Thesis
    );
    // An encyclopedia in print has no day.
    let is_in_print = item.kind == CslType::EntryEncyclopedia && item.url.is_none();
    let (_, month, day) = item.date().filter(|_| !is_of_years && !is_in_print)?;
    let month = month_name(month?);
    Some(day.map_or(month.to_owned(), |day| format!("{month} {day}")))
}

/// Up to six authors; of more the first three.
fn authors(authors: &[CslName]) -> String {
    let Some((first, others)) = authors.split_first() else { return String::new() };
    let others = others.iter().map(|name| name.ordered(spaced));
    let mut names: Vec<String> = [first.inverted(spaced, true)].into_iter().chain(others).collect();
    if names.len() > 6 {
        names.truncate(3);
        return format!("{}, et al.", names.join(", "));
    }
    match &names[..] {
        [names @ .., last] if !names.is_empty() => {
            format!("{}{}and {last}", names.join(", "), before_last(authors))
        }
        names => names.join(""),
    }
}
