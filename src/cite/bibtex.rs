//! Items as BibTeX. Date and URL are in the fields that BibTeX, biblatex and reference managers read alike: `year`, `month`,
//! `day`, `url` and `urldate`.

use super::item::{CslDate, CslItem};
use super::kind::CslType;
use super::names::CslName;

/// An entry, which ends in a line break.
pub fn bibtex(item: &CslItem) -> String {
    let authors: Vec<String> = item.author.iter().map(author).collect();
    let authors = (!authors.is_empty()).then(|| authors.join(" and "));
    let container = match item.kind {
        CslType::ArticleJournal | CslType::ArticleMagazine | CslType::ArticleNewspaper => "journal",
        CslType::EntryEncyclopedia | CslType::PaperConference => "booktitle",
        _ => "organization",
    };
    let publisher = match item.kind {
        CslType::Report => "institution",
        CslType::Thesis => "school",
        _ => "publisher",
    };
    // Braces keep the letters of a title as they are.
    let title = item.title.as_deref().map(|title| format!("{{{}}}", escaped(title)));
    let verbatim = |url: &str| url.replace(['{', '}', '\\'], "");
    let (year, month, day) = match item.date() {
        Some((year, month, day)) => (Some(format!("{year:04}")), month, day),
        None => (None, None, None),
    };
    let (month, day) = (month.map(|month| month.to_string()), day.map(|day| day.to_string()));
    let fields = [
        ("author", authors),
        ("title", title),
        (container, item.container_title.as_deref().map(escaped)),
        (publisher, item.publisher.as_deref().map(escaped)),
        ("year", year),
        ("month", month),
        ("day", day),
        ("url", item.url.as_deref().map(verbatim)),
        ("urldate", item.accessed.as_ref().map(CslDate::iso)),
        ("language", item.language.as_deref().map(str::to_owned)),
    ];
    let mut entry = format!("@{}{{{}", entry_type(item.kind), key(&item.id));
    for (name, value) in fields {
        if let Some(value) = value {
            entry.push_str(&format!(",\n  {name} = {{{value}}}"));
        }
    }
    entry.push_str("\n}\n");
    entry
}

fn entry_type(kind: CslType) -> &'static str {
    match kind {
        CslType::ArticleJournal | CslType::ArticleMagazine | CslType::ArticleNewspaper => "article",
        CslType::Book => "book",
        CslType::Chapter => "incollection",
        CslType::Dataset => "dataset",
        CslType::EntryEncyclopedia => "inreference",
        CslType::MotionPicture => "movie",
        CslType::Pamphlet => "booklet",
        CslType::PaperConference => "inproceedings",
        CslType::Report => "report",
        CslType::Standard => "standard",
        CslType::Thesis => "thesis",
        CslType::Post | CslType::PostWeblog | CslType::Webpage => "online",
        CslType::Bill | CslType::Legislation | CslType::Regulation => "legislation",
        CslType::LegalCase => "jurisdiction",
        _ => "misc",
    }
}

/// A name as BibTeX parts it; an institution in braces, which keep it whole.
fn author(name: &CslName) -> String {
    match &name.family {
        None => format!("{{{}}}", escaped(name.literal.as_deref().unwrap_or_default())),
        Some(_) => {
            let suffix = name.suffix.as_deref().map(escaped);
            let given = name.given.as_deref().map(escaped);
            let family = Some(escaped(&name.short()));
            [family, suffix, given].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
    }
}

/// A text with the signs of LaTeX escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' => out.push_str("\\{"),
            '}' => out.push_str("\\}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// An id as a key: what BibTeX reads otherwise is left out.
fn key(id: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/');
    let key: String = id.chars().filter(is_plain).collect();
    if key.is_empty() { "page".into() } else { key }
}
