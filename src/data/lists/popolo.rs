//! Players as the classes of Popolo (<https://www.popoloproject.com/specs/>): a person, an organization, a membership. A
//! country is an organization of the classification `country`.

use std::sync::Arc;

use serde::Serialize;

use crate::base::EntityId;
use crate::content::date::Date;
use crate::content::document::{Details, Summary};
use crate::content::model::{Name, Player, PlayerKind, Post};
use crate::site::PageIx;
use crate::view::Context;

use super::url;

/// A person or an organization.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Popolo {
    Person(Box<Person>),
    Organization(Box<Organization>),
}

/// A Popolo person.
#[derive(Debug, Serialize)]
pub(super) struct Person {
    #[serde(flatten)]
    shared: Shared,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    honorific_prefix: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    death_date: Option<String>,
    /// One line about the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Arc<str>>,
    /// The country of the person, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    national_identity: Option<Arc<str>>,
}

/// A Popolo organization.
#[derive(Debug, Serialize)]
pub(super) struct Organization {
    #[serde(flatten)]
    shared: Shared,
    #[serde(skip_serializing_if = "Option::is_none")]
    classification: Option<Arc<str>>,
    /// The id of the organization that contains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<EntityId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    founding_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dissolution_date: Option<String>,
    /// One line about the organization.
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    summary: Option<Arc<str>>,
}

/// What both have.
#[derive(Debug, Serialize)]
struct Shared {
    id: EntityId,
    name: Arc<str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_names: Vec<OtherName>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifiers: Vec<PopoloIdentifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    /// The page of the player first.
    links: Vec<PopoloLink>,
}

#[derive(Debug, Serialize)]
struct OtherName {
    name: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct PopoloIdentifier {
    scheme: Arc<str>,
    identifier: Arc<str>,
}

#[derive(Debug, Serialize)]
struct PopoloLink {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Arc<str>>,
}

/// A Popolo membership.
#[derive(Debug, Serialize)]
pub(super) struct Membership {
    person_id: EntityId,
    /// The id of an organization of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_id: Option<EntityId>,
    /// An organization that is in no list.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<NamedOrganization>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<PopoloLink>,
}

#[derive(Debug, Serialize)]
struct NamedOrganization {
    name: Arc<str>,
}

impl Popolo {
    /// A player; none for a page of another kind.
    pub(super) fn of(cx: &Context<'_>, ix: PageIx) -> Option<Self> {
        let summary = &cx.site.page(ix).summary;
        let Details::Player(own) = &summary.details else { return None };
        let shared = Shared::of(cx, ix, own);
        let date = |date: Option<Date>| date.map(|date| date.without_time().to_string());
        let words = Some(cx.summary_of(ix)).filter(|text| !text.is_empty());
        Some(match own.kind {
            PlayerKind::Person => Self::Person(Box::new(Person {
                shared,
                family_name: own.family_name.clone(),
                given_name: own.given_name.clone(),
                honorific_prefix: own.titles.first().cloned(),
                birth_date: date(own.born),
                death_date: date(own.died),
                summary: words,
                national_identity: own.country.as_ref().map(|name| title(cx, name)),
            })),
            kind => Self::Organization(Box::new(Organization {
                shared,
                classification: match kind {
                    PlayerKind::Country => Some("country".into()),
                    _ => own.classification.clone(),
                },
                parent_id: own.parent.as_ref().and_then(|name| organization(cx, name).0),
                founding_date: date(own.founded),
                dissolution_date: date(own.dissolved),
                summary: words,
            })),
        })
    }
}

impl Shared {
    fn of(cx: &Context<'_>, ix: PageIx, own: &Player) -> Self {
        let page = cx.site.page(ix);
        let summary: &Summary = &page.summary;
        let other = |name: &Arc<str>, note| OtherName { name: name.clone(), note };
        let aliases = own.aliases.iter().filter(|alias| !alias.contextual);
        let native = own.native_name.iter().map(|name| other(name, Some("native name")));
        let abbr = own.abbr.iter().map(|name| other(name, Some("abbreviation")));
        let other_names = native.chain(abbr).chain(aliases.map(|alias| other(&alias.text, None)));
        let of_scheme = |scheme: &str, id: &Arc<str>| PopoloIdentifier {
            scheme: scheme.into(),
            identifier: id.clone(),
        };
        let wikidata = own.wikidata.iter().map(|id| of_scheme("wikidata", id));
        let iso = own.iso.iter().map(|id| of_scheme("iso3166-1-alpha-2", id));
        let ids = own.ids.iter().map(|(scheme, id)| of_scheme(scheme, id));
        let page_link =
            PopoloLink { url: url(cx, &page.out), note: Some(cx.settings.title.clone()) };
        let links = own
            .links
            .iter()
            .map(|link| PopoloLink { url: link.url.to_string(), note: link.text.clone() });
        Self {
            id: summary.id.clone(),
            name: summary.title.clone(),
            other_names: other_names.collect(),
            identifiers: wikidata.chain(iso).chain(ids).collect(),
            image: cx.image_url(ix),
            links: std::iter::once(page_link).chain(links).collect(),
        }
    }
}

impl Membership {
    /// The posts of a player, and its party.
    pub(super) fn of(cx: &Context<'_>, ix: PageIx) -> Vec<Self> {
        let summary = &cx.site.page(ix).summary;
        let Details::Player(own) = &summary.details else { return Vec::new() };
        if own.kind != PlayerKind::Person {
            return Vec::new();
        }
        let post = |post: &Post| {
            let date = |date: Option<Date>| date.map(|date| date.without_time().to_string());
            let (organization_id, organization) =
                post.org.as_ref().map_or((None, None), |name| organization(cx, name));
            let source = post.source.as_ref().and_then(|id| cx.source_of(summary, id));
            let source = source.and_then(|source| {
                Some(PopoloLink {
                    url: source.url.as_ref()?.to_string(),
                    note: source.title.clone(),
                })
            });
            Self {
                person_id: summary.id.clone(),
                organization_id,
                organization,
                role: Some(post.title.clone()),
                start_date: date(post.start),
                end_date: date(post.end),
                sources: source.into_iter().collect(),
            }
        };
        let party = own.party.iter().map(|name| {
            let (organization_id, organization) = organization(cx, name);
            let (person_id, role) = (summary.id.clone(), None);
            let (start_date, end_date, sources) = (None, None, Vec::new());
            Self { person_id, organization_id, organization, role, start_date, end_date, sources }
        });
        own.posts.iter().map(post).chain(party).collect()
    }
}

/// The id of an organization that lists hold, else its name alone.
fn organization(cx: &Context<'_>, name: &Name) -> (Option<EntityId>, Option<NamedOrganization>) {
    let listed = match name {
        Name::Id(id) => cx.site.player(id).filter(|ix| is_organization(cx, *ix)).map(|_| id),
        Name::Text(_) => None,
    };
    match listed {
        Some(id) => (Some(id.clone()), None),
        None => (None, Some(NamedOrganization { name: title(cx, name) })),
    }
}

fn is_organization(cx: &Context<'_>, ix: PageIx) -> bool {
    let page = cx.site.page(ix);
    let is_one = match &page.summary.details {
        Details::Player(player) => player.kind != PlayerKind::Person,
        _ => false,
    };
    is_one && cx.site.is_in_lists(ix)
}

/// The name of a player, or of something else. Of a player whose page is not public there is the id alone, as on pages.
fn title(cx: &Context<'_>, name: &Name) -> Arc<str> {
    match name {
        Name::Text(text) => text.clone(),
        Name::Id(id) => match cx.site.player(id) {
            Some(ix) => cx.site.page(ix).summary.title.clone(),
            None => id.into(),
        },
    }
}
