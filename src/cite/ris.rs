//! Items as RIS: a line for each field, ended as the format asks for.

use super::item::{CslDate, CslItem};
use super::kind::CslType;

/// A record.
pub fn ris(item: &CslItem) -> String {
    let mut record = String::new();
    let mut add = |tag: &str, value: &str| {
        let value = value.replace(['\r', '\n'], " ");
        record.push_str(&format!("{tag}  - {value}\r\n"));
    };
    add("TY", reference_type(item.kind));
    for name in &item.author {
        match name.family {
            Some(_) => add("AU", &name.inverted(str::to_owned, false)),
            None => add("AU", name.literal.as_deref().unwrap_or_default()),
        }
    }
    let date = item.issued.as_ref().map(slashed);
    let year = item.date().map(|(year, ..)| format!("{year:04}"));
    let accessed = item.accessed.as_ref().map(slashed);
    for (tag, value) in [
        ("TI", item.title.as_deref()),
        ("T2", item.container_title.as_deref()),
        ("PB", item.publisher.as_deref()),
        ("PY", year.as_deref()),
        ("DA", date.as_deref()),
        ("Y2", accessed.as_deref()),
        ("LA", item.language.as_deref()),
        ("UR", item.url.as_deref()),
    ] {
        if let Some(value) = value {
            add(tag, value);
        }
    }
    add("ID", &item.id);
    add("ER", "");
    record
}

/// `2025/06/03`, with as many parts as are known.
fn slashed(date: &CslDate) -> String {
    date.iso().replace('-', "/")
}

fn reference_type(kind: CslType) -> &'static str {
    match kind {
        CslType::Article => "UNPB",
        CslType::ArticleJournal => "JOUR",
        CslType::ArticleMagazine => "MGZN",
        CslType::ArticleNewspaper => "NEWS",
        CslType::Bill => "BILL",
        CslType::Book => "BOOK",
        CslType::Broadcast | CslType::MotionPicture => "VIDEO",
        CslType::Chapter => "CHAP",
        CslType::Dataset => "DATA",
        CslType::EntryEncyclopedia => "ENCYC",
        CslType::Hearing => "HEAR",
        CslType::LegalCase => "CASE",
        CslType::Legislation | CslType::Regulation => "STAT",
        CslType::Map => "MAP",
        CslType::Pamphlet => "PAMP",
        CslType::PaperConference => "CPAPER",
        CslType::Post | CslType::PostWeblog => "BLOG",
        CslType::Report => "RPRT",
        CslType::Standard => "STAND",
        CslType::Thesis => "THES",
        CslType::Webpage => "ELEC",
        CslType::Document | CslType::Interview | CslType::Speech | CslType::Treaty => "GEN",
    }
}
