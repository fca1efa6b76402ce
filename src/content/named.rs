//! Every id and file that front matter names, with its path: the one list for the checks that resolve references and for
//! the commands that rewrite them.

use crate::base::EntityId;
use crate::yaml::FieldPath;

use super::document::{Compared, Details, Summary};
use super::kind::Kind;
use super::model::{Fact, Name, Player};
use super::reference::Link;

/// A reference from a field of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// A player.
    Player(&'a EntityId),
    /// A page of another kind.
    Page(Kind, &'a EntityId),
    /// A topic, which needs no page of its own.
    Topic(&'a EntityId),
    /// A source: the page's own, or a shared one.
    Source(&'a EntityId),
    /// A shared source, by an id alone in `sources:`.
    SharedSource(&'a EntityId),
    /// A figure.
    Fact(&'a EntityId),
    /// A picture.
    Picture(&'a Link),
}

/// Makes the path of a field. Callers make it for the few fields with a problem alone. Paths count the list items that
/// were kept; [`FieldPath::in_source`] gives those of the text.
pub type At<'p> = &'p dyn Fn() -> FieldPath;

/// A function that gets what a field names, and its path.
pub type Visit<'f, 'a> = &'f mut dyn FnMut(At<'_>, Named<'a>);

/// Visits every reference of a page's front matter.
pub fn front_matter<'a>(summary: &'a Summary, visit: Visit<'_, 'a>) {
    for (number, id) in summary.topics.iter().enumerate() {
        visit(&|| field("topics").index(number), Named::Topic(id));
    }
    for (number, event) in summary.events.iter().enumerate() {
        let entry = || field("events").index(number);
        for (number, id) in event.players.iter().enumerate() {
            visit(&|| entry().key("players").index(number), Named::Player(id));
        }
        source(&entry, &event.source, visit);
    }
    for one in &summary.facts {
        fact(&|| field("facts").key(&one.id), one, visit);
    }
    for (number, source) in summary.sources.iter().enumerate() {
        if let (Some(id), None, None) = (&source.id, &source.title, &source.url) {
            visit(&|| field("sources").index(number), Named::SharedSource(id));
        }
    }
    if let Some(id) = summary.withdrawal.as_ref().and_then(|own| own.successor.as_ref()) {
        let named = match summary.kind {
            Kind::Player => Named::Player(id),
            Kind::Topic => Named::Topic(id),
            kind => Named::Page(kind, id),
        };
        visit(&|| field("withdrawal").key("successor"), named);
    }
    match &summary.details {
        Details::Article(article) => {
            for (number, role) in article.roles.iter().enumerate() {
                let entry = || field("players").index(number);
                visit(&|| entry().key("player"), Named::Player(&role.player));
                if let Some(side) = &role.side {
                    visit(&|| entry().key("side"), Named::Player(side));
                }
                source(&entry, &role.source, visit);
            }
            if let Compared::Listed(ids) = &article.compared {
                for (number, id) in ids.iter().enumerate() {
                    visit(&|| field("figures").index(number), Named::Fact(id));
                }
            }
            for faq in &article.faq {
                let entry = || field("faq").index(faq.at as usize);
                visit(&entry, Named::Page(Kind::Faq, &faq.id));
            }
        }
        Details::Player(player) => player_fields(player, visit),
        Details::Faq(faq) => {
            for (number, id) in faq.about.iter().enumerate() {
                visit(&|| field("about").index(number), Named::Player(id));
            }
            if let Some(id) = &faq.article {
                visit(&|| field("article"), Named::Page(Kind::Article, id));
            }
        }
        Details::Topic(topic) => {
            if let Some(id) = &topic.parent {
                visit(&|| field("parent"), Named::Topic(id));
            }
            for (number, id) in topic.featured.iter().enumerate() {
                visit(&|| field("featured").index(number), Named::Page(Kind::Article, id));
            }
        }
        Details::Page => {}
    }
    if let Some(image) = &summary.image {
        visit(&|| field("image").key("src"), Named::Picture(&image.src));
    }
}

/// Visits every reference of a figure. `at` makes the figure's path.
pub fn fact<'a>(at: At<'_>, fact: &'a Fact, visit: Visit<'_, 'a>) {
    name(&|| at().key("about"), &fact.about, visit);
    name(&|| at().key("attributed_to"), &fact.attributed_to, visit);
    source(at, &fact.source, visit);
    if let Some(id) = &fact.conversion {
        visit(&|| at().key("conversion"), Named::Fact(id));
    }
    for past in &fact.history {
        source(&|| at().key("history").index(past.at as usize), &past.source, visit);
    }
}

fn player_fields<'a>(player: &'a Player, visit: Visit<'_, 'a>) {
    for (key, value) in [
        ("party", &player.party),
        ("country", &player.country),
        ("parent", &player.parent),
        ("head", &player.head),
        ("capital", &player.capital),
    ] {
        name(&|| field(key), value, visit);
    }
    for (number, post) in player.posts.iter().enumerate() {
        let entry = || field("posts").index(number);
        name(&|| entry().key("org"), &post.org, visit);
        source(&entry, &post.source, visit);
    }
    for (number, relation) in player.relations.iter().enumerate() {
        let entry = || field("relations").index(number);
        visit(&|| entry().key("to"), Named::Player(&relation.to));
        source(&entry, &relation.source, visit);
    }
}

fn field(key: &str) -> FieldPath {
    FieldPath::root().key(key)
}

fn name<'a>(at: At<'_>, name: &'a Option<Name>, visit: Visit<'_, 'a>) {
    if let Some(Name::Id(id)) = name {
        visit(at, Named::Player(id));
    }
}

fn source<'a>(entry: At<'_>, id: &'a Option<EntityId>, visit: Visit<'_, 'a>) {
    if let Some(id) = id {
        visit(&|| entry().key("source"), Named::Source(id));
    }
}
