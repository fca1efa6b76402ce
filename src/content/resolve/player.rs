//! Players.

use std::sync::Arc;

use crate::base::{SourcePath, nearest};
use crate::content::document::Details;
use crate::content::local_names::LocalNames;
use crate::content::model::{Alias, Player, PlayerKind, Post, Relation};
use crate::content::raw::{RawAlias, RawPlayer, RawPost, RawRelation};
use crate::diag::Code;
use crate::lang::LangTag;
use crate::yaml::{Entries, FieldPath, OneOrMany, Spanned, Text, TextOr};

use super::Fields;
use super::article::Resolved;
use super::fields::items;
use super::parts::{lang, shared, web_link};

/// Resolves a player's front matter.
pub fn player(file: &SourcePath, raw: RawPlayer, fields: &mut Fields, page: &mut Resolved) {
    let root = FieldPath::root();
    let mut local = Vec::new();
    let mut named = |fields: &mut Fields, key: &str, raw, set: Set| {
        by_language(fields, key, raw, &mut local, set)
    };
    let name = named(fields, "name", raw.name, |names, text| names.name = Some(text));
    let family_name =
        named(fields, "family_name", raw.family_name, |names, text| names.family_name = Some(text));
    let given_name =
        named(fields, "given_name", raw.given_name, |names, text| names.given_name = Some(text));
    let abbr = named(fields, "abbr", raw.abbr, |names, text| names.abbr = Some(text));
    match name {
        Some(name) => page.summary.title = name,
        // Whether a translation has a name is known with the page that it translates.
        None if fields.translates => {}
        None => fields.missing(&raw.mapping, "name", "a player"),
    }
    shared(fields, file, raw.shared, page);
    let kind = fields
        .choice(
            "kind",
            raw.kind,
            &[
                ("person", PlayerKind::Person),
                ("organisation", PlayerKind::Organisation),
                ("organization", PlayerKind::Organisation),
                ("country", PlayerKind::Country),
            ],
        )
        .unwrap_or_default();
    let family_first = fields
        .choice("name_order", raw.name_order, &[("given-first", false), ("family-first", true)])
        .unwrap_or(false);
    let born = fields.date(raw.born);
    let died = fields.date_from(("born", born), ("died", raw.died));
    let founded = fields.date(raw.founded);
    let dissolved = fields.date_from(("founded", founded), ("dissolved", raw.dissolved));
    let mut links = Vec::new();
    for (_, item) in raw.links.unwrap_or_default().0 {
        links.extend(web_link(fields, item));
    }
    let player = Player {
        kind,
        aliases: aliases(fields, raw.aliases),
        never: fields.plain(raw.never),
        wikidata: wikidata(fields, raw.wikidata),
        ids: identifiers(fields, raw.ids),
        links,
        relations: relations(fields, &root.key("relations"), raw.relations),
        autolink: raw.autolink.unwrap_or(true),
        family_name,
        given_name,
        family_first,
        native_name: fields.text(raw.native_name),
        titles: fields.plain(raw.titles),
        posts: posts(fields, &root.key("posts"), raw.posts),
        party: fields.name(raw.party),
        country: fields.name(raw.country),
        born,
        died,
        classification: fields.text(raw.classification),
        abbr,
        parent: fields.name(raw.parent),
        founded,
        dissolved,
        head: fields.name(raw.head),
        iso: iso(fields, raw.iso),
        demonym: fields.text(raw.demonym),
        capital: fields.name(raw.capital),
        metonyms: fields.plain(raw.metonyms),
        local,
    };
    page.summary.details = Details::Player(Box::new(player));
}

/// Puts a text into the names of a language.
type Set = fn(&mut LocalNames, Arc<str>);

/// A text, or one for each language. The first of several stands for the player until the site's language is known.
fn by_language(
    fields: &mut Fields,
    field: &str,
    raw: Option<TextOr<Entries<Text>>>,
    local: &mut Vec<LocalNames>,
    set: Set,
) -> Option<Arc<str>> {
    let limit = if field == "name" { 200 } else { usize::MAX };
    let entries = match raw? {
        TextOr::Text(text) => {
            return fields.bounded(field, Some(text), limit).map(|text| text.value);
        }
        TextOr::Full(Entries(entries)) => entries,
    };
    let mut first = None;
    let mut known: Vec<LangTag> = Vec::new();
    for (key, text) in entries {
        let Some(text) = fields.bounded(field, Some(text), limit) else { continue };
        let Some(tag) = language_key(fields, &key) else { continue };
        if known.contains(&tag) {
            let message = format!("`{field}` has two entries for `{tag}`");
            fields.problem(Code::InvalidValue, key.span, message, "leave one of them out");
            continue;
        }
        known.push(tag.clone());
        let text = text.value;
        first.get_or_insert_with(|| text.clone());
        let at = local.iter().position(|names| names.lang == tag);
        let at = at.unwrap_or_else(|| {
            local.push(LocalNames::new(tag));
            local.len() - 1
        });
        set(&mut local[at], text);
    }
    first
}

/// Codes of countries that stand where the code of a language belongs, and that code.
const COUNTRIES: [(&str, &str); 7] = [
    ("cn", "zh"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gr", "el"),
    ("jp", "ja"),
    ("ua", "uk"),
    ("vn", "vi"),
];

/// The language that a key names.
pub(crate) fn language_key(fields: &mut Fields, key: &Text) -> Option<LangTag> {
    let country = COUNTRIES.iter().find(|(country, _)| key.eq_ignore_ascii_case(country));
    let help = match country {
        Some((country, lang)) => format!("`{country}` is a country; write its language, `{lang}`"),
        None => "write a BCP 47 tag, such as `en`, `en-GB` or `ja`".into(),
    };
    let tag = LangTag::parse(key).filter(|_| country.is_none());
    if tag.is_none() {
        let message = format!("\"{}\" is not a language tag", key.value);
        fields.problem(Code::InvalidValue, key.span, message, help);
    }
    tag
}

fn aliases(fields: &mut Fields, raw: Option<OneOrMany<TextOr<RawAlias>>>) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for (_, item) in raw.unwrap_or_default().0 {
        match item {
            TextOr::Text(text) => {
                aliases.extend(fields.text(Some(text)).map(|text| Alias {
                    text,
                    contextual: false,
                    lang: None,
                }));
            }
            TextOr::Full(raw) => {
                let text = fields.text(raw.text);
                let text = fields.required(&raw.mapping, "text", "an alias", text);
                let contextual = fields.choice("when", raw.when, &[("context", ())]).is_some();
                let lang = lang(fields, raw.lang);
                aliases.extend(text.map(|text| Alias { text, contextual, lang }));
            }
        }
    }
    aliases
}

fn wikidata(fields: &mut Fields, text: Option<Text>) -> Option<Arc<str>> {
    let Spanned { value: text, span } = fields.spanned(text)?;
    let number = text.strip_prefix('Q').unwrap_or_default();
    let valid = number.starts_with(|c: char| matches!(c, '1'..='9'))
        && number.bytes().all(|byte| byte.is_ascii_digit());
    if valid {
        return Some(text);
    }
    fields.problem(
        Code::InvalidValue,
        span,
        format!("\"{text}\" is not a Wikidata item"),
        "write the item's id: Q and a number, such as Q17",
    );
    None
}

fn identifiers(fields: &Fields, raw: Option<Entries<Text>>) -> Vec<(Arc<str>, Arc<str>)> {
    let entries = raw.map(|entries| entries.0).unwrap_or_default();
    entries
        .into_iter()
        .filter_map(|(scheme, value)| fields.text(Some(scheme)).zip(fields.text(Some(value))))
        .collect()
}

/// An ISO 3166-1 alpha-2 code.
fn iso(fields: &mut Fields, text: Option<Text>) -> Option<Arc<str>> {
    let Spanned { value: text, span } = fields.spanned(text)?;
    if rust_iso3166::from_alpha2(&text).is_some() {
        return Some(text);
    }
    let upper = text.to_uppercase();
    let meant = rust_iso3166::from_alpha3(&upper)
        .or_else(|| rust_iso3166::from_alpha2(&upper))
        .or_else(|| {
            let all = rust_iso3166::ALL;
            let by_name = all.iter().find(|country| country.name.eq_ignore_ascii_case(&text));
            let by_start = || {
                all.iter().find(|country| {
                    text.len() == 3 && country.name.to_uppercase().starts_with(&upper)
                })
            };
            let by_slip = || {
                nearest(&upper, all.iter().map(|c| c.alpha3)).and_then(rust_iso3166::from_alpha3)
            };
            by_name.copied().or_else(|| by_start().copied()).or_else(by_slip)
        });
    let help = match meant {
        Some(country) => format!("{} is {}", country.name, country.alpha2),
        None => "write the two capital letters of the country, such as JP".into(),
    };
    fields.problem(
        Code::InvalidValue,
        span,
        format!("\"{text}\" is not an ISO 3166-1 alpha-2 code"),
        help,
    );
    None
}

fn relations(
    fields: &mut Fields,
    path: &FieldPath,
    raw: Option<OneOrMany<RawRelation>>,
) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (at, raw) in items(path, raw) {
        if raw.to.is_none() {
            fields.missing(&raw.mapping, "to", "a relation");
        }
        let to = fields.id(raw.to);
        let since = fields.date(raw.since);
        let until = fields.date_from(("since", since), ("until", raw.until));
        let kind = fields.text(raw.kind);
        let source = fields.id(raw.source);
        match to {
            Some(to) => relations.push(Relation { to, kind, since, until, source }),
            None => fields.leave_out(&at),
        }
    }
    relations
}

fn posts(fields: &mut Fields, path: &FieldPath, raw: Option<OneOrMany<RawPost>>) -> Vec<Post> {
    let mut posts = Vec::new();
    for (at, raw) in items(path, raw) {
        let title = fields.text(raw.title);
        let title = fields.required(&raw.mapping, "title", "a post", title);
        let start = fields.date(raw.start);
        let end = fields.date_from(("start", start), ("end", raw.end));
        let org = fields.name(raw.org);
        let source = fields.id(raw.source);
        match title {
            Some(title) => posts.push(Post { title, org, start, end, source }),
            None => fields.leave_out(&at),
        }
    }
    posts
}
