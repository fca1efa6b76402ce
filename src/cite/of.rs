//! Items made of what content says.

use std::sync::Arc;

use crate::content::date::Date;
use crate::content::model::{Player, PlayerKind, Source};

use super::item::{CslDate, CslItem};
use super::kind::CslType;
use super::names::CslName;

/// The item of a source. `name` reads an author's name: the caller knows the players.
///
/// Without a type, a source with a URL is a web page, and another one a document.
pub fn source_item(id: &str, source: &Source, name: impl Fn(&str) -> CslName) -> CslItem {
    let unnamed = if source.url.is_some() { CslType::Webpage } else { CslType::Document };
    let kind = match source.kind.as_deref() {
        Some(kind) => CslType::named(kind).unwrap_or(CslType::Document),
        None => unnamed,
    };
    let mut item = CslItem::new(id, kind);
    item.title = source.title.clone();
    item.author = source.authors.iter().map(|author| name(author)).collect();
    match &source.publisher {
        Some(publisher) if kind.is_part() => item.container_title = Some(publisher.clone()),
        publisher => item.publisher = publisher.clone(),
    }
    item.issued = source.date.map(date_of);
    item.accessed = source.accessed.map(date_of);
    item.url = source.url.clone();
    item.archive_location = source.archived.clone();
    item.archive = source.archived.as_deref().and_then(host).map(Arc::from);
    item
}

/// The name of an author who is a player of the site: a person in the parts that the player's page declares, an
/// institution as a whole.
pub fn name_of(name: &str, player: &Player) -> CslName {
    match (player.kind, &player.family_name) {
        (PlayerKind::Organisation | PlayerKind::Country, _) => CslName::whole(name),
        (PlayerKind::Person, Some(family)) => {
            CslName::person(family, player.given_name.as_deref().unwrap_or_default())
        }
        (PlayerKind::Person, None) => CslName::read(name),
    }
}

impl CslDate {
    /// The day of a date of content, or its month or year.
    pub fn of(date: Date) -> Self {
        date_of(date)
    }
}

fn date_of(date: Date) -> CslDate {
    CslDate::new(date.year(), date.month(), date.civil().map(|day| day.day()))
}

/// The host of a URL.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}
