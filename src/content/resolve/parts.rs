//! Structures that several kinds share: sources, URLs, slugs.

use std::sync::Arc;

use crate::base::{BadPath, OutPath, SourcePath, host_name};
use crate::content::comments::without_comments_inside;
use crate::content::date::Date;
use crate::content::document::Summary;
use crate::content::foreign::status_help;
use crate::content::kind::Kind;
use crate::content::model::{Author, Retraction, Source, Status, WebLink, Withdrawal};
use crate::content::moved::{OldPath, old_path};
use crate::content::raw::{RawAuthor, RawShared, RawSource, RawWebLink, RawWithdrawal};
use crate::content::web::{begins_with_www, whole_url};
use crate::diag::Code;
use crate::lang::LangTag;
use crate::yaml::{FieldPath, OneOrMany, Spanned, Text, TextOr};

use super::Fields;
use super::article::{Resolved, days};
use super::changes::changes;
use super::fields::{items, span_of};
use super::picture::image;

/// Segments at the root of a site that a standing page may not take.
const RESERVED: [&str; 11] = [
    "articles",
    "players",
    "faq",
    "topics",
    "timeline",
    "facts",
    "sources",
    "corrections",
    "theme",
    "search",
    "page",
];

/// The scheme of a URL that content may not use, if it has one.
///
/// Content may link by http, https, mailto, tel, or relatively (the design's trust rules). A browser drops tabs,
/// line breaks and leading control characters before it reads the scheme, and takes `\` for `/`; so does this.
pub(super) fn bad_scheme(url: &str) -> Option<String> {
    let clean: String = url
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .map(|c| if c == '\\' { '/' } else { c })
        .collect();
    if clean.starts_with("//") {
        return Some("//".into());
    }
    let end = clean.find([':', '/', '?', '#'])?;
    if !clean[end..].starts_with(':') {
        return None;
    }
    let scheme = clean[..end].to_ascii_lowercase();
    (!matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")).then(|| format!("{scheme}:"))
}

/// A URL of another site.
pub(super) fn web_url(fields: &mut Fields, text: Option<Text>) -> Option<Arc<str>> {
    let url = fields.spanned(text)?;
    if is_web_url(&url) {
        return Some(url.value);
    }
    let message = match bad_scheme(&url) {
        Some(scheme) => format!("\"{scheme}\" is not a scheme that content may use"),
        None => format!("\"{}\" is not a URL of another site", url.value),
    };
    fields.problem(
        Code::BadUrl,
        url.span,
        message,
        url_help(&url, "write a URL that starts with https://"),
    );
    None
}

/// What to write in place of a URL that is none: the same with its scheme, or something else.
pub fn url_help(url: &str, otherwise: &str) -> String {
    whole_url(url).map_or_else(|| otherwise.into(), |whole| format!("write {whole}"))
}

/// Whether a URL leads to another site, and says so at its start.
fn is_web_url(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let mail = lower.starts_with("mailto:") || lower.starts_with("tel:");
    (host.is_some_and(|host| !host.is_empty()) || mail) && is_tidy(url)
}

/// Why a link in the site's settings is refused: a path of the site, or a URL that says where it leads.
pub fn bad_site_link(url: &str) -> Option<String> {
    if let Some(scheme) = bad_scheme(url) {
        return Some(format!("\"{scheme}\" is not a scheme that a site may use"));
    }
    if begins_with_www(url) {
        return Some(format!("\"{url}\" has no scheme: browsers take it for a path of this site"));
    }
    let first = url.find([':', '/', '\\', '?', '#'])?;
    // A browser goes to another site by `https:\\host` and `http:host`, too.
    (url[first..].starts_with(':') && !is_web_url(url))
        .then(|| format!("\"{url}\" is not a URL of another site"))
}

/// Resolves the fields that every kind has.
pub(super) fn shared(fields: &mut Fields, file: &SourcePath, raw: RawShared, page: &mut Resolved) {
    let root = FieldPath::root();
    let Resolved { summary, body, texts } = page;
    summary.summary = summary_text(fields, raw.summary);
    summary.lang = page_lang(fields, raw.lang, summary.edition.as_ref());
    summary.status = status(fields, raw.status);
    summary.withdrawal = withdrawal(fields, raw.withdrawal, summary.published);
    (summary.image, texts.caption) = image(fields, file, raw.image);
    let standing = summary.kind == Kind::Page;
    if let Some(slug) = slug(fields, raw.slug, standing) {
        summary.slug = slug;
    }
    summary.redirect_from = redirects(fields, &root.key("redirect_from"), raw.redirect_from);
    summary.reviewed = fields.date(raw.reviewed);
    summary.review_every = days(fields, raw.review_every);
    summary.owner = fields.text(raw.owner);
    texts.changes = changes(fields, &root.key("changes"), raw.changes, summary.published);
    summary.sources = sources_list(fields, &root.key("sources"), raw.sources);
    body.extra = raw.extra.map(|extra| without_comments_inside(extra.0)).unwrap_or_default();
}

/// Why a page is no longer current.
fn withdrawal(
    fields: &mut Fields,
    raw: Option<RawWithdrawal>,
    published: Option<Date>,
) -> Option<Box<Withdrawal>> {
    let raw = raw?;
    let withdrawal = Withdrawal {
        date: fields.date_from(("published", published), ("date", raw.date)),
        reason: fields.text(raw.reason),
        successor: fields.id(raw.successor),
    };
    fields.withdrawal = Some(raw.mapping.span);
    (withdrawal != Withdrawal::default()).then(|| Box::new(withdrawal))
}

/// Reports a page that says why it is withdrawn, and is not. What a translation lacks is in the page that it translates.
pub fn is_withdrawn(fields: &mut Fields, summary: &Summary) {
    let may_be = summary.status == Status::Withdrawn || summary.expires.is_some();
    if let Some(span) = fields.withdrawal.filter(|_| !may_be && !fields.translates) {
        fields.problem(
            Code::InvalidValue,
            span,
            "the page is not withdrawn: `withdrawal` is not shown",
            "add `status: withdrawn`, or leave `withdrawal` out",
        );
    }
}

/// What the page says of itself. A long one is shown whole on the page, and cut elsewhere.
fn summary_text(fields: &mut Fields, text: Option<Text>) -> Option<Arc<str>> {
    let text = fields.spanned(text)?;
    let length = text.chars().count();
    if length > 300 {
        fields.problem(
            Code::LongText,
            text.span,
            format!("`summary` has {length} characters: after 300 it is cut in lists and for search engines"),
            "say it in fewer words; the rest belongs in the text",
        );
    }
    let picture = text.contains("![[") || (text.contains("![") && text.contains("]("));
    if picture || (text.contains('[') && text.contains("](")) || text.contains("[[") {
        let (what, help) = match picture {
            true => {
                ("picture", "take it out, and name the picture as `image`, or show it in the text")
            }
            false => ("link", "write its words alone; the link belongs in the text"),
        };
        let message = format!("`summary` is plain text: readers see the signs of the {what}");
        fields.problem(Code::ForeignSyntax, text.span, message, help);
    }
    Some(text.value)
}

/// Whether the page is part of the site. A word that is none of ours may well say that it is not.
fn status(fields: &mut Fields, text: Option<Text>) -> Status {
    let Some(text) = fields.spanned(text) else { return Status::default() };
    match &*text {
        "published" => Status::Published,
        "draft" => Status::Draft,
        "withdrawn" => Status::Withdrawn,
        _ => {
            fields.doubtful = true;
            fields.problem(
                Code::InvalidValue,
                text.span,
                format!(
                    "`status` must be one of published, draft, withdrawn, found \"{}\"",
                    text.value
                ),
                status_help(&text),
            );
            Status::default()
        }
    }
}

/// The language of a page. One that contradicts the name of the file is reported and left out; `ja-JP` is Japanese too.
fn page_lang(
    fields: &mut Fields,
    text: Option<Text>,
    of_file: Option<&LangTag>,
) -> Option<LangTag> {
    let span = text.as_ref().map(|text| text.span).unwrap_or_default();
    let lang = lang(fields, text)?;
    let primary = |tag: &LangTag| tag.as_str().split('-').next().map(str::to_owned);
    match of_file {
        Some(of_file) if primary(of_file) != primary(&lang) => {
            let message =
                format!("`lang` is `{lang}`, and the name of the file ends in `.{of_file}.md`");
            let help = format!("remove `lang`, or rename the file so that it ends in `.{lang}.md`");
            fields.problem(Code::InvalidValue, span, message, help);
            None
        }
        _ => Some(lang),
    }
}

pub(crate) fn lang(fields: &mut Fields, text: Option<Text>) -> Option<LangTag> {
    let text = fields.spanned(text)?;
    let tag = LangTag::parse(&text);
    if tag.is_none() {
        fields.problem(
            Code::InvalidValue,
            text.span,
            format!("\"{}\" is not a language tag", text.value),
            "write a BCP 47 tag, such as `en`, `en-GB` or `ja`",
        );
    }
    tag
}

/// Checks one segment of a URL.
fn slug(fields: &mut Fields, text: Option<Text>, standing: bool) -> Option<Arc<str>> {
    let Spanned { value: slug, span } = fields.spanned(text)?;
    let form = "write one segment of letters, digits and `-`, such as `defence-spending`";
    let problem = match OutPath::new(&slug) {
        Err(bad @ (BadPath::LongSegment | BadPath::TooLong)) => {
            Some((format!("the slug \"{slug}\" {bad}"), "write a shorter slug, or leave it out"))
        }
        Err(bad) => Some((format!("the slug \"{slug}\" {bad}"), form)),
        Ok(_) if slug.contains('/') => {
            Some((format!("the slug \"{slug}\" has more than one segment"), form))
        }
        Ok(_) if slug.contains(['?', '#', '%']) || slug.contains(char::is_whitespace) => Some((
            format!("the slug \"{slug}\" has a character that a URL cannot carry as it is"),
            form,
        )),
        Ok(_) => None,
    };
    if let Some((message, help)) = problem {
        fields.problem(Code::BadPath, span, message, help);
        return None;
    }
    if let Some(name) = host_name(&slug) {
        let help = "choose another slug, of letters, digits and `-`";
        let message = format!("hosts act on the name `{name}`: it cannot be a slug");
        fields.problem(Code::BadPath, span, message, help);
        return None;
    }
    if standing && reserved(&slug) {
        fields.problem(
            Code::BadPath,
            span,
            format!(
                "a standing page cannot have the slug `{slug}`: the site has its own page there"
            ),
            "choose another slug",
        );
        return None;
    }
    Some(slug)
}

/// Whether the site itself has a page or folder at `/slug/`.
pub(crate) fn reserved(slug: &str) -> bool {
    RESERVED.contains(&slug.to_lowercase().as_str())
}

pub(super) fn redirects(
    fields: &mut Fields,
    path: &FieldPath,
    list: Option<OneOrMany<Text>>,
) -> Vec<OldPath> {
    let mut old = Vec::new();
    for (path, text) in items(path, list) {
        let Some(Spanned { value: text, span }) = fields.spanned(Some(text)) else { continue };
        if is_web_url(&text) && text.contains("://") {
            old.push(OldPath::Url(text));
            continue;
        }
        match old_path(&text) {
            Ok(out) => old.push(OldPath::Out(out)),
            Err(bad) => {
                fields.leave_out(&path);
                fields.problem(Code::BadPath, span, bad.message, bad.help);
            }
        }
    }
    old
}

/// Whether a URL has no character that none may have: spaces and control characters.
fn is_tidy(url: &str) -> bool {
    !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

pub(super) fn sources_list(
    fields: &mut Fields,
    path: &FieldPath,
    raw: Option<OneOrMany<TextOr<RawSource>>>,
) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for (path, item) in items(path, raw) {
        let span = span_of(&item, |raw| &raw.mapping);
        let source = match item {
            TextOr::Text(text) => {
                let Some(text) = fields.spanned(Some(text)) else {
                    fields.leave_out(&path);
                    continue;
                };
                let id_like = !text.contains(['/', ':', '.', ' ']);
                if id_like {
                    fields.id(Some(text)).map(|id| Source { id: Some(id), ..empty_source() })
                } else {
                    web_url(fields, Some(text))
                        .map(|url| Source { url: Some(url), ..empty_source() })
                }
            }
            TextOr::Full(raw) => {
                own_page(fields, &raw);
                source(fields, &path.key("redirect_from"), raw)
            }
        };
        let Some(source) = source else {
            fields.leave_out(&path);
            continue;
        };
        let twice = source.id.is_some() && sources.iter().any(|other| other.id == source.id);
        if twice {
            let id = source.id.as_deref().unwrap_or_default();
            fields.problem(
                Code::DuplicateId,
                span,
                format!("the source id \"{id}\" is used twice"),
                "give each source an id of its own",
            );
            fields.leave_out(&path);
            continue;
        }
        sources.push(source);
    }
    sources
}

/// A source of a page has no page of its own, to which an old address could lead.
fn own_page(fields: &mut Fields, raw: &RawSource) {
    let old = raw.redirect_from.as_ref().and_then(|old| old.0.first());
    if let Some((_, first)) = old {
        fields.problem(
            Code::InvalidValue,
            first.span,
            "no address can lead to a source of a page: only shared sources have a page of their own",
            "remove `redirect_from`, or move the source to content/sources.yaml",
        );
    }
}

/// A source in full. It needs something to print: a title or a URL. `old` is the path of its `redirect_from`.
pub(super) fn source(fields: &mut Fields, old: &FieldPath, raw: RawSource) -> Option<Source> {
    let has_url = raw.url.is_some();
    let source = Source {
        id: fields.id(raw.id),
        kind: fields.text(raw.kind),
        title: fields.text(raw.title),
        language: lang(fields, raw.language),
        publisher: fields.text(raw.publisher),
        authors: fields.plain(raw.author),
        url: web_url(fields, raw.url),
        date: fields.date(raw.date),
        accessed: fields.date(raw.accessed),
        archived: web_url(fields, raw.archived),
        retracted: retraction(fields, raw.retracted, raw.retracted_note),
        redirect_from: redirects(fields, old, raw.redirect_from),
        listed_at: None,
    };
    // A faulty URL was reported: what cites the source is not at fault.
    if source.title.is_none() && !has_url {
        fields.missing(&raw.mapping, "title", "a source");
        return None;
    }
    Some(source)
}

/// That a source was retracted: a date, or `true`. A note alone says so too.
fn retraction(
    fields: &mut Fields,
    retracted: Option<Text>,
    note: Option<Text>,
) -> Option<Retraction> {
    let (retracted, note) = (fields.spanned(retracted), fields.text(note));
    let date = match retracted.as_ref().map(|text| &*text.value) {
        Some("false" | "no") => return None,
        None if note.is_none() => return None,
        None | Some("true" | "yes") => None,
        Some(_) => fields.date(retracted),
    };
    Some(Retraction { date, note })
}

/// A source of which nothing is known yet. With an id alone it stands for a shared one.
pub(super) fn empty_source() -> Source {
    Source {
        id: None,
        kind: None,
        title: None,
        language: None,
        publisher: None,
        authors: Vec::new(),
        url: None,
        date: None,
        accessed: None,
        archived: None,
        retracted: None,
        redirect_from: Vec::new(),
        listed_at: None,
    }
}

pub(super) fn author(fields: &mut Fields, raw: TextOr<RawAuthor>) -> Option<Author> {
    match raw {
        TextOr::Text(text) => {
            fields.text(Some(text)).map(|name| Author { name, url: None, bio: None })
        }
        TextOr::Full(raw) => {
            let name = fields.text(raw.name);
            let name = fields.required(&raw.mapping, "name", "an author", name);
            let url = web_url(fields, raw.url);
            let bio = fields.text(raw.bio);
            name.map(|name| Author { name, url, bio })
        }
    }
}

pub(super) fn web_link(fields: &mut Fields, raw: TextOr<RawWebLink>) -> Option<WebLink> {
    match raw {
        TextOr::Text(url) => web_url(fields, Some(url)).map(|url| WebLink { text: None, url }),
        TextOr::Full(raw) => {
            if raw.url.is_none() {
                fields.missing(&raw.mapping, "url", "a link");
            }
            let url = web_url(fields, raw.url);
            let text = fields.text(raw.text);
            url.map(|url| WebLink { text, url })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bad_scheme;

    #[test]
    fn schemes_that_content_may_not_use() {
        for url in [
            "javascript:alert(1)",
            " JaVaScript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:x",
            "data:text/html,x",
            "//example.org/x",
            "\\\\example.org/x",
            "\\/example.org/x",
            "vbscript:x",
            "file:///etc/passwd",
        ] {
            assert!(bad_scheme(url).is_some(), "{url:?}");
        }
        for url in [
            "https://a",
            "HTTP://a",
            "mailto:a@b",
            "tel:1",
            "a/b:c",
            "#x:y",
            "/a",
            "../x.md",
            "?a:b",
        ] {
            assert_eq!(bad_scheme(url), None, "{url:?}");
        }
    }
}
