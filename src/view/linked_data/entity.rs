//! Players as entities: an object of a type of schema.org, which other pages refer to by its identifier.

use std::sync::Arc;

use crate::base::OutPath;
use crate::content::document::Details;
use crate::content::model::{Name, Player, PlayerKind, Post};
use crate::lang::LangTag;
use crate::site::PageIx;
use crate::view::common::PageHead;
use crate::view::context::{Context, PageContext};
use crate::view::player::PlayerView;

use super::{ENTITY, Graph, Node};

/// What an organisation is in schema.org, by words of its `classification`. The first that fits counts.
const ORGANISATIONS: [(&str, &str); 24] = [
    ("party", "PoliticalParty"),
    ("newspaper", "NewsMediaOrganization"),
    ("news agency", "NewsMediaOrganization"),
    ("broadcaster", "NewsMediaOrganization"),
    ("university", "CollegeOrUniversity"),
    ("think tank", "ResearchOrganization"),
    ("research", "ResearchOrganization"),
    ("ngo", "NGO"),
    ("charity", "NGO"),
    ("non-governmental organisation", "NGO"),
    ("non-governmental organization", "NGO"),
    ("trade union", "WorkersUnion"),
    ("labour union", "WorkersUnion"),
    ("ministry", "GovernmentOrganization"),
    ("government", "GovernmentOrganization"),
    ("parliament", "GovernmentOrganization"),
    ("legislature", "GovernmentOrganization"),
    ("court", "GovernmentOrganization"),
    ("regulator", "GovernmentOrganization"),
    ("municipality", "GovernmentOrganization"),
    ("armed forces", "GovernmentOrganization"),
    ("central bank", "GovernmentOrganization"),
    ("company", "Corporation"),
    ("corporation", "Corporation"),
];

/// Where the pages of well-known data sets are, by the name of the data set: an identifier stands behind.
const DATA_SETS: [(&str, &str); 8] = [
    ("viaf", "https://viaf.org/viaf/"),
    ("isni", "https://isni.org/isni/"),
    ("gnd", "https://d-nb.info/gnd/"),
    ("lcnaf", "https://id.loc.gov/authorities/names/"),
    ("orcid", "https://orcid.org/"),
    ("ror", "https://ror.org/"),
    ("bioguide", "https://bioguide.congress.gov/search/bio/"),
    ("geonames", "https://www.geonames.org/"),
];

impl Context<'_> {
    /// The page that an entity's identifier names: that of the first language in which it is.
    pub(super) fn entity_out(&self, page: PageIx) -> &OutPath {
        let site = self.site;
        let first = match site.editions.len() {
            1 => None,
            _ => (0..site.editions.len())
                .find_map(|edition| site.own_page(edition, &site.page(page).summary.id)),
        };
        &site.page(first.unwrap_or(page)).out
    }

    /// The organisation of a post; none for a country, which schema.org knows as a place.
    fn employer_of<'p>(&self, post: &'p Post) -> Option<&'p Name> {
        let is_country = |name: &&Name| match name {
            Name::Id(id) => {
                let player = self.site.player(id).and_then(|page| self.player_at(page));
                player.is_some_and(|player| player.kind == PlayerKind::Country)
            }
            Name::Text(_) => false,
        };
        post.org.as_ref().filter(|name| !is_country(name))
    }

    fn player_at(&self, page: PageIx) -> Option<&Player> {
        match &self.site.page(page).summary.details {
            Details::Player(player) => Some(player),
            _ => None,
        }
    }
}

impl PageContext<'_> {
    /// An entity as other pages refer to it.
    pub(super) fn entity_ref(&self, page: PageIx, origin: &str) -> Arc<str> {
        let make = || {
            let mut out = String::new();
            Node::write(&mut out, origin, |node| self.entity_core(node, page));
            out.into()
        };
        match self.shared() {
            Some(shared) => shared.of(page).entity.get_or_init(make).clone(),
            None => make(),
        }
    }

    fn entity_core(&self, node: &mut Node<'_>, page: PageIx) {
        let cx = self.cx;
        let Some(player) = cx.player_at(page) else { return };
        node.kind(kind_of(player));
        node.url("@id", &cx.href(cx.entity_out(page)), ENTITY);
        node.text("name", &cx.page_link(page).text);
        let same: Vec<String> = same_as(player).collect();
        node.texts("sameAs", same.iter().map(String::as_str));
    }

    /// A player by its id, or something that is none here.
    fn name_ref(&self, origin: &str, name: &Name, kind: &str) -> Arc<str> {
        let (page, text) = match name {
            Name::Id(id) => (self.cx.site.player(id), id.as_str()),
            Name::Text(text) => (None, &**text),
        };
        match page {
            Some(page) => self.entity_ref(page, origin),
            None => {
                let mut out = String::new();
                Node::write(&mut out, origin, |node| {
                    node.kind(kind);
                    node.text("name", text);
                });
                out.into()
            }
        }
    }
}

impl Graph<'_> {
    /// The graph of a player's page.
    pub(in crate::view) fn player(
        mut self,
        head: &PageHead,
        ix: PageIx,
        view: &PlayerView,
    ) -> Self {
        let (page_cx, origin) = (self.page_cx, self.origin);
        let cx = page_cx.cx;
        let entity = cx.href(cx.entity_out(ix));
        self.page("WebPage", head, |page| page.id("mainEntity", &entity, ENTITY));
        let Some(player) = cx.player_at(ix) else { return self };
        self.out.push(',');
        Node::write(&mut self.out, origin, |node| {
            page_cx.entity_core(node, ix);
            node.url("url", &head.url, "");
            node.some("description", view.summary.as_deref());
            let aliases = player.aliases.iter().filter(|alias| !alias.contextual);
            let names = player.native_name.iter().chain(aliases.map(|alias| &alias.text));
            node.texts("alternateName", names.chain(&player.abbr).map(|name| &**name));
            super::page::image(node, "image", head);
            node.nodes("identifier", view.identifiers.iter(), |node, own| {
                node.kind("PropertyValue");
                node.text("propertyID", &own.scheme);
                node.text("value", &own.value);
            });
            match player.kind {
                PlayerKind::Person => person(page_cx, node, origin, player, view, &head.url),
                PlayerKind::Organisation => organisation(page_cx, node, origin, player),
                PlayerKind::Country => {}
            }
        });
        if player.kind == PlayerKind::Person {
            self.employers(ix, player, &head.url);
        }
        self
    }

    /// The organisations of a person's posts. A post is a role with dates, and has both ends: the person is a member by it, and
    /// the organisation has it as a member.
    fn employers(&mut self, ix: PageIx, player: &Player, url: &str) {
        let posts = ordered(self.page_cx, player);
        let posts: Vec<(usize, &Name)> = posts
            .filter_map(|(number, post)| Some((number, self.page_cx.cx.employer_of(post)?)))
            .collect();
        let lang = self.page_cx.cx.lang_of(ix).clone();
        let mut done: Vec<&Name> = Vec::new();
        for (_, org) in &posts {
            if done.contains(org) {
                continue;
            }
            done.push(org);
            self.out.push(',');
            let page_cx = self.page_cx;
            Node::write(&mut self.out, self.origin, |node| {
                employer(page_cx, node, org, &lang);
                let own = posts.iter().filter(|(_, other)| other == org);
                node.nodes("member", own, |node, (number, _)| {
                    node.url("@id", url, &post_fragment(*number));
                });
            });
        }
    }
}

fn employer(page_cx: &PageContext<'_>, node: &mut Node<'_>, org: &Name, lang: &LangTag) {
    let page = match org {
        Name::Id(id) => page_cx.cx.site.player(id),
        Name::Text(_) => None,
    };
    match page {
        Some(page) => page_cx.entity_core(node, page),
        None => {
            node.kind("Organization");
            node.text("name", &page_cx.cx.name_link(org, lang).text);
        }
    }
}

/// The posts of a person, newest first as the page has them, each with its number from 1.
fn ordered<'p>(
    page_cx: &PageContext<'_>,
    player: &'p Player,
) -> impl Iterator<Item = (usize, &'p Post)> {
    let zone = page_cx.cx.zone;
    let mut posts: Vec<_> = player.posts.iter().collect();
    posts.sort_by_key(|post| std::cmp::Reverse(post.start.map(|date| date.begins(zone))));
    posts.into_iter().enumerate().map(|(at, post)| (at + 1, post))
}

fn post_fragment(number: usize) -> String {
    format!("#b-post-{number}")
}

fn person(
    page_cx: &PageContext<'_>,
    node: &mut Node<'_>,
    origin: &str,
    player: &Player,
    view: &PlayerView,
    url: &str,
) {
    let date = |date: &crate::content::date::Date| date.in_zone(page_cx.cx.zone).to_string();
    node.some("familyName", player.family_name.as_deref());
    node.some("givenName", player.given_name.as_deref());
    node.texts("honorificPrefix", player.titles.iter().map(|title| &**title));
    node.some("birthDate", player.born.as_ref().map(date).as_deref());
    node.some("deathDate", player.died.as_ref().map(date).as_deref());
    if let Some(country) = &player.country {
        node.raw("nationality", &page_cx.name_ref(origin, country, "Country"));
    }
    node.nodes("hasOccupation", view.posts.iter().enumerate(), |node, (at, post)| {
        node.kind("OrganizationRole");
        node.url("@id", url, &post_fragment(at + 1));
        node.text("roleName", &post.title);
        node.some("startDate", post.start.as_ref().map(|date| &*date.iso));
        node.some("endDate", post.end.as_ref().map(|date| &*date.iso));
    });
    let party = player.party.iter().map(|party| page_cx.name_ref(origin, party, "PoliticalParty"));
    let posts = ordered(page_cx, player).filter(|(_, post)| page_cx.cx.employer_of(post).is_some());
    let posts = posts.map(|(number, _)| {
        let mut out = String::new();
        Node::write(&mut out, origin, |node| node.url("@id", url, &post_fragment(number)));
        Arc::from(out)
    });
    let members: Vec<Arc<str>> = party.chain(posts).collect();
    node.written("memberOf", members);
}

fn organisation(page_cx: &PageContext<'_>, node: &mut Node<'_>, origin: &str, player: &Player) {
    let date = |date: &crate::content::date::Date| date.in_zone(page_cx.cx.zone).to_string();
    if let Some(parent) = &player.parent {
        node.raw("parentOrganization", &page_cx.name_ref(origin, parent, "Organization"));
    }
    node.some("foundingDate", player.founded.as_ref().map(date).as_deref());
    node.some("dissolutionDate", player.dissolved.as_ref().map(date).as_deref());
}

/// The type of a player.
fn kind_of(player: &Player) -> &'static str {
    match player.kind {
        PlayerKind::Person => "Person",
        PlayerKind::Country => "Country",
        PlayerKind::Organisation => {
            let words = player.classification.as_deref().unwrap_or_default().to_lowercase();
            let words = format!(" {words} ");
            let is = |word: &str| words.contains(&format!(" {word} "));
            ORGANISATIONS.iter().find(|(word, _)| is(word)).map_or("Organization", |(_, kind)| kind)
        }
    }
}

/// Pages elsewhere that say who the entity is.
fn same_as(player: &Player) -> impl Iterator<Item = String> {
    let wikidata =
        player.wikidata.iter().map(|item| format!("https://www.wikidata.org/wiki/{item}"));
    let others = player.ids.iter().filter_map(|(scheme, value)| {
        let scheme = scheme.to_lowercase();
        let (_, before) = DATA_SETS.iter().find(|(name, _)| *name == scheme)?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        (!value.is_empty() && value.chars().all(is_plain)).then(|| format!("{before}{value}"))
    });
    wikidata.chain(others)
}
