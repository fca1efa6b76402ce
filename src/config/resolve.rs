//! From `site.yaml` to [`Config`].

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::base::{BaseUrl, LineIndex, SourcePath, did_you_mean, nearest};
use crate::content::foreign;
use crate::content::places::{comment_diagnostics, field_diagnostics, yaml_diagnostics};
use crate::content::resolve::{Fields, bad_site_link, days, url_help};
use crate::diag::{Code, Diagnostic, Levels, Severity};
use crate::yaml::{self, FieldPath, OneOrMany, Text, TextOr};

use super::languages::{Languages, Untranslated};
use super::raw::{RawCheck, RawNavItem, RawPublisher, RawSite};
use super::{Config, NavItem, PATH, Publisher, Settings, publish, shared, words};

/// Resolves a site's settings. `text` is the decoded `site.yaml`, when there is one; `folder` names the site without.
pub fn resolve(text: Option<&str>, folder: &str) -> (Config, Vec<Diagnostic>) {
    let path = SourcePath::new(PATH);
    let yaml = text.unwrap_or_default();
    let document = yaml::Document::read(yaml, 1);
    let mut parsed = document.parse::<RawSite>();
    foreign::explain(&mut parsed.problems, foreign::Of::Site);
    let index = LineIndex::new(yaml);
    let broken = parsed.problems.iter().any(|problem| problem.code == Code::YamlSyntax);
    let mut diagnostics = yaml_diagnostics(&path, &index, 0, parsed.problems);
    let mut fields = Fields::new(parsed.failed, parsed.left_out);
    let mut config = config(&mut fields, parsed.value, folder, text.is_some());
    config.file = text.is_some().then_some(path.clone());
    if !broken {
        diagnostics.extend(field_diagnostics(&path, &index, 0, &document, fields.problems));
        diagnostics.extend(comment_diagnostics(&path, &index, 0, yaml, &document, |_| false));
    }
    (config, diagnostics)
}

fn config(fields: &mut Fields, raw: RawSite, folder: &str, exists: bool) -> Config {
    let root = FieldPath::root();
    let title = fields.bounded(&root.key("title"), "title", raw.title, 200);
    let languages = Languages::new(fields, &root.key("languages"), raw.languages);
    let is_named = title.is_some() || languages.has_title();
    let title = match exists && !is_named {
        true => fields.required(&root, "title", "a site", title),
        false => title,
    };
    let check = raw.check.unwrap_or_default();
    let trusted = fields
        .choice(
            &root.key("content_trust"),
            "content_trust",
            raw.content_trust,
            &[("untrusted", false), ("trusted", true)],
        )
        .unwrap_or(false);
    let mut site = Settings {
        title: title.unwrap_or_else(|| Arc::from(folder)),
        base_url: base_url(fields, &root.key("base_url"), raw.base_url),
        description: fields.bounded(&root.key("description"), "description", raw.description, 300),
        lang: languages.lang(fields, &root.key("lang"), raw.lang),
        authors: plain(fields, &root.key("authors"), raw.authors),
        featured: fields.ids(&root.key("featured"), raw.featured),
        nav: raw.nav.map(|items| nav(fields, &root.key("nav"), items)),
        footer: raw.footer.map(|items| nav(fields, &root.key("footer"), items)).unwrap_or_default(),
        publisher: raw.publisher.and_then(|raw| publisher(fields, &root.key("publisher"), raw)),
        review_every: days(fields, &root.key("review_every"), raw.review_every),
        accept: plain(fields, &root.key("check").key("accept"), check.accept.clone()),
        untranslated: Untranslated::default(),
        translated: Vec::new(),
    };
    let has_languages = languages.first().is_some();
    let translations = languages.settings(fields, &mut site);
    let timezone = timezone(fields, &root.key("timezone"), raw.timezone);
    let levels = levels(fields, &root.key("check").key("levels"), check);
    let publish = publish::targets(fields, &root.key("publish"), raw.publish.unwrap_or_default());
    let shared = shared::folders(fields, &root.key("shared"), raw.shared);
    let words = words::words(fields, &root.key("words"), raw.words);
    let file = None;
    Config {
        site,
        translations,
        has_languages,
        timezone,
        trusted,
        levels,
        shared,
        words,
        publish,
        file,
    }
}

fn plain(fields: &Fields, path: &FieldPath, texts: Option<OneOrMany<Text>>) -> Vec<Arc<str>> {
    fields.texts(path, texts).into_iter().map(|(_, text)| text).collect()
}

pub(super) fn base_url(
    fields: &mut Fields,
    path: &FieldPath,
    text: Option<Text>,
) -> Option<BaseUrl> {
    let url = fields.text(text)?;
    match BaseUrl::parse(&url) {
        Ok(url) => Some(url),
        Err(error) => {
            let help = "write the address of the home page, such as https://example.org/";
            let help = url_help(&url, help);
            fields.problem(Code::BadUrl, path.clone(), format!("\"{url}\" {error}"), help);
            None
        }
    }
}

fn timezone(fields: &mut Fields, path: &FieldPath, text: Option<Text>) -> TimeZone {
    let Some(name) = fields.text(text) else { return TimeZone::UTC };
    // The bundled data, not the machine's: the same site has the same days everywhere.
    let bundled = jiff::tz::TimeZoneDatabase::bundled();
    match bundled.get(&name) {
        Ok(zone) => zone,
        Err(_) => {
            let names: Vec<String> = bundled.available().map(|name| name.to_string()).collect();
            let help = match nearest(&name, names.iter().map(String::as_str)) {
                Some(near) => did_you_mean(&name, near),
                None => "write an IANA name, such as `Europe/London` or `Asia/Tokyo`".into(),
            };
            let message = format!("\"{name}\" is not a time zone");
            fields.problem(Code::InvalidValue, path.clone(), message, help);
            TimeZone::UTC
        }
    }
}

pub(super) fn nav(
    fields: &mut Fields,
    path: &FieldPath,
    items: OneOrMany<TextOr<RawNavItem>>,
) -> Vec<NavItem> {
    let mut nav = Vec::new();
    for (at, item) in items.0 {
        let path = path.index(at);
        let item = match item {
            TextOr::Text(to) => fields.text(Some(to)).map(|to| NavItem { text: None, to }),
            TextOr::Full(raw) => {
                let to = fields.text(raw.to);
                let to = fields.required(&path, "to", "a link", to);
                let text = fields.text(raw.text);
                to.map(|to| NavItem { text, to })
            }
        };
        let Some(item) = item else { continue };
        if let Some(message) = bad_site_link(&item.to) {
            let help = url_help(&item.to, "write an id, a path or a URL");
            fields.problem(Code::BadUrl, path.key("to"), message, help);
            continue;
        }
        nav.push(item);
    }
    nav
}

fn publisher(
    fields: &mut Fields,
    path: &FieldPath,
    raw: TextOr<RawPublisher>,
) -> Option<Publisher> {
    let raw = match raw {
        TextOr::Text(name) => RawPublisher { name: Some(name), ..RawPublisher::default() },
        TextOr::Full(raw) => raw,
    };
    let name = fields.text(raw.name);
    let name = fields.required(path, "name", "a publisher", name)?;
    let policies = raw.policies.map(|entries| entries.0).unwrap_or_default();
    let all = path.key("policies");
    let policies = policies
        .into_iter()
        .filter_map(|(which, to)| {
            let to = site_link(fields, &all.key(&which), Some(to), "write an id, a path or a URL");
            fields.text(Some(which)).zip(to)
        })
        .collect();
    let help = "write a URL that starts with https://, or a path of the site";
    let url = site_link(fields, &path.key("url"), raw.url, help);
    let help = "write the path of a file, such as `/logo.svg`, or a URL that starts with https://";
    let logo = site_link(fields, &path.key("logo"), raw.logo, help);
    Some(Publisher { name, url, logo, policies })
}

/// A link that the site's owner wrote.
fn site_link(
    fields: &mut Fields,
    path: &FieldPath,
    text: Option<Text>,
    help: &str,
) -> Option<Arc<str>> {
    let text = fields.text(text)?;
    match bad_site_link(&text) {
        Some(message) => {
            fields.problem(Code::BadUrl, path.clone(), message, url_help(&text, help));
            None
        }
        None => Some(text),
    }
}

fn levels(fields: &mut Fields, path: &FieldPath, raw: RawCheck) -> Levels {
    let mut levels = Levels::default();
    for (name, level) in raw.levels.map(|entries| entries.0).unwrap_or_default() {
        let path = path.key(&name);
        let level = fields.choice(
            &path,
            "level",
            Some(level),
            &[
                ("error", Some(Severity::Error)),
                ("warning", Some(Severity::Warning)),
                ("info", Some(Severity::Info)),
                ("off", None),
            ],
        );
        let Some(code) = Code::from_text(&name) else {
            let codes = Code::ALL.iter().map(|code| code.as_str());
            let help = match nearest(&name, codes) {
                Some(near) => did_you_mean(&name, near),
                None => "`briefing explain` lists the codes".into(),
            };
            fields.key_problem(Code::InvalidValue, path, format!("no code \"{}\"", &*name), help);
            continue;
        };
        if let Some(level) = level {
            levels.set(code, level);
        }
    }
    levels
}
