//! Inheritance: a translation takes every field that its own front matter lacks from the page that it translates, except
//! texts.
//!
//! A key in the translation's front matter counts, whatever its value. A text that the translation
//! lacks stays empty: readers get no other language in its place. Names and titles are the exception: they are shown
//! as the first page has them.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::lang::LangTag;

use super::date::Date;
use super::document::{Article, Body, Details, Document, Own, Summary};
use super::kind::Kind;
use super::local_names::{self, LocalNames};
use super::markup::Markup;
use super::model::{Author, Picture, Player, Role, Status, Withdrawal};

/// The page of a file with a language in its name. `edition` is the language whose page it is, none for the site's
/// first; `original` is the page in the site's first language, which a translation may do without.
pub fn translation(
    document: &Document,
    edition: Option<&LangTag>,
    original: Option<&Document>,
) -> Document {
    let mut own = document.own.clone().unwrap_or_default();
    let (mut summary, mut body) = (Summary::clone(&document.summary), document.body.clone());
    let mut diagnostics = document.diagnostics.clone();
    summary.edition = edition.cloned();
    if summary.lang.is_none() {
        summary.lang = edition.cloned();
    }
    if let Some(lang) = edition {
        diagnostics.extend(own_names(document, &mut own, &mut summary, lang, original.is_some()));
    }
    match original {
        Some(original) => {
            let mut from = original.summary.clone();
            // The page of a player may say what it is called in the language.
            if let (Some(lang), Details::Player(player)) = (edition, &from.details)
                && !player.local.is_empty()
            {
                local_names::apply(Arc::make_mut(&mut from), lang.as_str());
            }
            of_summary(&mut summary, &own, &from);
            summary.inherited = words(&own, &original.summary, edition);
            of_body(&mut body, &own, (&summary, original));
            diagnostics.extend(without_alternative(document, &own, &original.summary));
            diagnostics.extend(dates(document, &own, &mut summary));
            own.inherits = true;
        }
        None => diagnostics.extend(missing(document, &own)),
    }
    let (uses, left_out) = (document.uses.clone(), document.left_out.clone());
    let body = Arc::unwrap_or_clone(body);
    let mut made = Document::new(document.path.clone(), summary, body, uses, left_out, diagnostics);
    made.prose = document.prose.clone();
    made.own = Some(own);
    made
}

/// Gives a player the names that its file has in the language of its page. Returns the problem with them.
fn own_names(
    document: &Document,
    own: &mut Own,
    summary: &mut Summary,
    lang: &LangTag,
    translates: bool,
) -> Option<Diagnostic> {
    let Details::Player(player) = &mut summary.details else { return None };
    let has_names = player.local.iter().any(|names| names.name.is_some());
    let is_own = |names: &LocalNames| names.name.is_some() && names.is_for(lang.as_str());
    let is_missing = has_names && !player.local.iter().any(is_own);
    local_names::apply(summary, lang.as_str());
    if let Details::Player(player) = &mut summary.details
        && translates
    {
        // In the other languages the name is what the pages of those say.
        player.local.clear();
    }
    if !is_missing {
        return None;
    }
    if translates {
        own.keys.retain(|key| **key != *"name");
    }
    let message = format!("`name` has no entry for `{lang}`, the language of the file");
    let problem = Diagnostic::new(Code::MissingField, Span::file(document.path.clone()), message);
    Some(problem.help(format!("add `{lang}: …`: it is the title of the page")))
}

/// The page of a translation whose original cannot be read: whether it is public is unknown.
pub fn of_unread(document: &Document, edition: Option<&LangTag>) -> Document {
    let mut made = translation(document, edition, None);
    made.make_doubtful();
    made.diagnostics.clone_from(&document.diagnostics);
    made
}

/// A picture that the translation takes over, and whose alternative text it does not give. One that the page has for
/// decoration needs none.
fn without_alternative(document: &Document, own: &Own, from: &Summary) -> Option<Diagnostic> {
    let takes_over = match &own.picture {
        Some(texts) => texts.alt.is_none(),
        None => !own.has("image"),
    };
    let picture = from.image.as_ref().filter(|picture| takes_over && !picture.alt.is_empty())?;
    let message = format!("the image has no `alt` here; that of the page is \"{}\"", picture.alt);
    let mut problem = Diagnostic::new(Code::MissingAlt, Span::file(document.path.clone()), message);
    problem.severity = Severity::Warning;
    Some(
        problem
            .help("add `image: {alt: …}` with what the picture shows, for those who do not see it"),
    )
}

/// Compares the dates that stand in two files. A page that was updated before its translation was published has no
/// update for the readers of that.
fn dates(document: &Document, own: &Own, summary: &mut Summary) -> Vec<Diagnostic> {
    let Some(published) = summary.published else { return Vec::new() };
    let is_before = |date: &Date| date.is_before(published);
    let mut problems = Vec::new();
    let mut report = |field: &str, date: Date| {
        let message = format!("`{field}` ({date}) is before `published` ({published})");
        let (here, there) = match own.has("published") {
            true => ("published", field),
            false => (field, "published"),
        };
        let help =
            format!("correct `{here}`; `{there}` is that of the page that the file translates");
        let span = Span::file(document.path.clone());
        problems.push(Diagnostic::new(Code::DateOrder, span, message).help(help));
    };
    let one_each = |key: &str| own.has(key) != own.has("published");
    if let Some(updated) = summary.updated.filter(is_before) {
        if own.has("published") && !own.has("updated") && !own.has("changes") {
            summary.updated = None;
        } else if own.has("updated") && one_each("updated") {
            report("updated", updated);
            summary.updated = None;
        }
    }
    if let Some(expires) = summary.expires.filter(is_before).filter(|_| one_each("expires")) {
        report("expires", expires);
    }
    problems
}

/// The required fields that a page lacks when there is no page to inherit them from.
fn missing(document: &Document, own: &Own) -> Vec<Diagnostic> {
    // A front matter that could not be read has no keys, and was reported.
    if document.summary.doubtful && own.keys.is_empty() {
        return Vec::new();
    }
    let lacks = |what: &str, key: &str| {
        let span = Span::file(document.path.clone());
        let message = format!("{what} needs a `{key}`");
        Diagnostic::new(Code::MissingField, span, message).help(format!("add `{key}: …`"))
    };
    let is_player = document.summary.kind == Kind::Player;
    let name = (is_player && !own.has("name")).then(|| lacks("a player", "name"));
    let picture = own.picture.as_ref().map(|_| lacks("an image", "src"));
    name.into_iter().chain(picture).collect()
}

/// Fields with words that readers see, which a translation takes over in another language, by their keys.
const WORDS: [&str; 15] = [
    "aliases",
    "authors",
    "capital",
    "country",
    "events",
    "facts",
    "head",
    "image",
    "links",
    "parent",
    "party",
    "posts",
    "relations",
    "sources",
    "title",
];

/// Those that a translation takes over. A player's name is its title.
fn words(own: &Own, from: &Summary, edition: Option<&LangTag>) -> Vec<&'static str> {
    // The page of the site's first language is in no other.
    let Some(lang) = edition else { return Vec::new() };
    let is_taken = |key: &&str| match (*key, &from.details) {
        ("title", Details::Player(player)) => {
            let is_local = |names: &LocalNames| names.name.is_some() && names.is_for(lang.as_str());
            !own.has("name") && !player.local.iter().any(is_local)
        }
        // Of a picture, what is left is the name of its maker.
        ("image", _) => match &own.picture {
            Some(texts) => texts.credit.is_none(),
            None => !own.has("image"),
        },
        (key, _) => !own.has(key),
    };
    WORDS.into_iter().filter(is_taken).collect()
}

/// Copies the fields whose keys the translation lacks.
macro_rules! take {
    ($own:ident, $to:expr, $from:expr, $($key:literal $field:ident,)+) => {
        $(if !$own.has($key) {
            $to.$field.clone_from(&$from.$field);
        })+
    };
}

fn of_summary(to: &mut Summary, own: &Own, from: &Summary) {
    take!(own, to, from,
        "slug" slug,
        "status" status,
        "reviewed" reviewed,
        "expires" expires,
        "review_every" review_every,
        "owner" owner,
        "topics" topics,
        "sources" sources,
        "facts" facts,
        "events" events,
    );
    if !own.has("withdrawal") {
        let other = |from: &Withdrawal| Withdrawal { reason: None, ..from.clone() };
        to.withdrawal = from.withdrawal.as_deref().map(other).map(Box::new);
    }
    let name = if to.kind == Kind::Player { "name" } else { "title" };
    if !own.has(name) {
        to.title = from.title.clone();
    }
    // What hides the page hides its translations.
    if from.status == Status::Draft {
        to.status = Status::Draft;
    }
    to.doubtful |= from.doubtful;
    match own.has("published") {
        true => to.not_before = from.published.filter(|date| to.published != Some(*date)),
        false => to.published = from.published,
    }
    if !own.has("updated") && !own.has("changes") {
        to.updated = from.updated;
    }
    let picture = |src: &Picture| match &own.picture {
        Some(texts) => Picture {
            src: src.src.clone(),
            alt: texts.alt.clone().unwrap_or_default(),
            credit: texts.credit.clone().or_else(|| src.credit.clone()),
            focus: src.focus,
        },
        None => Picture { alt: "".into(), ..src.clone() },
    };
    if own.picture.is_some() || !own.has("image") {
        to.image = from.image.as_ref().map(picture);
    }
    match (&mut to.details, &from.details) {
        (Details::Article(to), Details::Article(from)) => of_article(to, own, from),
        (Details::Player(to), Details::Player(from)) => of_player(to, own, from),
        (Details::Faq(to), Details::Faq(from)) => {
            take!(own, to, from, "about" about, "article" article,);
        }
        (Details::Topic(to), Details::Topic(from)) => {
            take!(own, to, from, "parent" parent, "order" order, "featured" featured,);
        }
        _ => {}
    }
}

fn of_article(to: &mut Article, own: &Own, from: &Article) {
    take!(own, to, from, "genre" genre, "autolink" autolink, "faq" faq, "figures" compared,);
    if !own.has("players") {
        // A position and its source are one statement.
        let role =
            |role: &Role| Role { role: None, has_position: false, source: None, ..role.clone() };
        to.roles = from.roles.iter().map(role).collect();
    }
}

fn of_player(to: &mut Player, own: &Own, from: &Player) {
    take!(own, to, from,
        "kind" kind,
        "aliases" aliases,
        "never" never,
        "wikidata" wikidata,
        "ids" ids,
        "links" links,
        "relations" relations,
        "autolink" autolink,
        "family_name" family_name,
        "given_name" given_name,
        "name_order" family_first,
        "native_name" native_name,
        "titles" titles,
        "posts" posts,
        "party" party,
        "country" country,
        "born" born,
        "died" died,
        "abbr" abbr,
        "parent" parent,
        "founded" founded,
        "dissolved" dissolved,
        "head" head,
        "iso" iso,
        "capital" capital,
        "metonyms" metonyms,
    );
}

fn of_body(to: &mut Arc<Body>, own: &Own, (summary, from): (&Summary, &Document)) {
    let has_own_text = |author: &Author| Author { bio: None, ..author.clone() };
    if !own.has("authors") && !from.body.authors.is_empty() {
        Arc::make_mut(to).authors = from.body.authors.iter().map(has_own_text).collect();
    }
    if !own.has("order") && from.body.order.is_some() {
        Arc::make_mut(to).order = from.body.order.clone();
    }
    if !own.has("extra") && !from.body.extra.is_null() {
        Arc::make_mut(to).extra = from.body.extra.clone();
    }
    if let Details::Article(article) = &summary.details
        && article.roles.len() != to.positions.len()
    {
        Arc::make_mut(to).positions = vec![Markup::default(); article.roles.len()];
    }
}

#[cfg(test)]
mod tests;
