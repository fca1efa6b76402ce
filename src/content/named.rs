//! Every id and file that front matter names, with its place: one list for all who ask whether they exist, and for
//! those who change them.

use std::sync::Arc;

use crate::yaml::FieldPath;

use super::document::{Details, Summary};
use super::kind::Kind;
use super::model::{Fact, Name, Player};
use super::reference::Link;

/// What a field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// A player.
    Player(&'a Arc<str>),
    /// A page of another kind.
    Page(Kind, &'a Arc<str>),
    /// A topic, which needs no page of its own.
    Topic(&'a Arc<str>),
    /// A source: the page's own, or a shared one.
    Source(&'a Arc<str>),
    /// A shared source, by an id alone in `sources:`.
    SharedSource(&'a Arc<str>),
    /// A picture.
    Picture(&'a Link),
}

/// The place of a field, made when somebody asks: most fields name what is there, and nobody does. Places count the list
/// items that were kept ([`FieldPath::in_source`] gives those of the text).
pub type At<'p> = &'p dyn Fn() -> FieldPath;

/// Takes what a field names, and its place.
pub type Found<'f, 'a> = &'f mut dyn FnMut(At<'_>, Named<'a>);

/// What a page's front matter names.
pub fn front_matter<'a>(summary: &'a Summary, found: Found<'_, 'a>) {
    for (number, id) in summary.topics.iter().enumerate() {
        found(&|| field("topics").index(number), Named::Topic(id));
    }
    for (number, event) in summary.events.iter().enumerate() {
        let entry = || field("events").index(number);
        for (number, id) in event.players.iter().enumerate() {
            found(&|| entry().key("players").index(number), Named::Player(id));
        }
        source(&entry, &event.source, found);
    }
    for one in &summary.facts {
        fact(&|| field("facts").key(&one.id), one, found);
    }
    for (number, source) in summary.sources.iter().enumerate() {
        if let (Some(id), None, None) = (&source.id, &source.title, &source.url) {
            found(&|| field("sources").index(number), Named::SharedSource(id));
        }
    }
    match &summary.details {
        Details::Article(article) => {
            for (number, role) in article.roles.iter().enumerate() {
                let entry = || field("players").index(number);
                found(&|| entry().key("player"), Named::Player(&role.player));
                if let Some(side) = &role.side {
                    found(&|| entry().key("side"), Named::Player(side));
                }
                source(&entry, &role.source, found);
            }
            for faq in &article.faq {
                let entry = || field("faq").index(faq.at as usize);
                found(&entry, Named::Page(Kind::Faq, &faq.id));
            }
        }
        Details::Player(player) => player_fields(player, found),
        Details::Faq(faq) => {
            for (number, id) in faq.about.iter().enumerate() {
                found(&|| field("about").index(number), Named::Player(id));
            }
            if let Some(id) = &faq.article {
                found(&|| field("article"), Named::Page(Kind::Article, id));
            }
        }
        Details::Topic(topic) => {
            if let Some(id) = &topic.parent {
                found(&|| field("parent"), Named::Topic(id));
            }
            for (number, id) in topic.featured.iter().enumerate() {
                found(&|| field("featured").index(number), Named::Page(Kind::Article, id));
            }
        }
        Details::Page => {}
    }
    if let Some(image) = &summary.image {
        found(&|| field("image").key("src"), Named::Picture(&image.src));
    }
}

/// What a figure at a place names.
pub fn fact<'a>(at: At<'_>, fact: &'a Fact, found: Found<'_, 'a>) {
    name(&|| at().key("about"), &fact.about, found);
    name(&|| at().key("attributed_to"), &fact.attributed_to, found);
    source(at, &fact.source, found);
}

fn player_fields<'a>(player: &'a Player, found: Found<'_, 'a>) {
    for (key, value) in [
        ("party", &player.party),
        ("country", &player.country),
        ("parent", &player.parent),
        ("head", &player.head),
        ("capital", &player.capital),
    ] {
        name(&|| field(key), value, found);
    }
    for (number, post) in player.posts.iter().enumerate() {
        let entry = || field("posts").index(number);
        name(&|| entry().key("org"), &post.org, found);
        source(&entry, &post.source, found);
    }
    for (number, relation) in player.relations.iter().enumerate() {
        let entry = || field("relations").index(number);
        found(&|| entry().key("to"), Named::Player(&relation.to));
        source(&entry, &relation.source, found);
    }
}

fn field(key: &str) -> FieldPath {
    FieldPath::root().key(key)
}

fn name<'a>(at: At<'_>, name: &'a Option<Name>, found: Found<'_, 'a>) {
    if let Some(Name::Id(id)) = name {
        found(at, Named::Player(id));
    }
}

fn source<'a>(entry: At<'_>, id: &'a Option<Arc<str>>, found: Found<'_, 'a>) {
    if let Some(id) = id {
        found(&|| entry().key("source"), Named::Source(id));
    }
}
