//! From `site.yaml` to [`Config`].

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::base::{BaseUrl, LineIndex, SourcePath, did_you_mean, nearest};
use crate::content::foreign;
use crate::content::places::{comment_diagnostics, field_diagnostics, yaml_diagnostics};
use crate::content::resolve::{Fields, bad_site_link, days, signs, url_help};
use crate::content::typography::Typography;
use crate::diag::{Code, Diagnostic, Levels, Severity};
use crate::yaml::{self, FieldPath, OneOrMany, Spanned, Text, TextOr};

use super::languages::{SiteLanguages, Untranslated};
use super::raw::{RawCheck, RawNavItem, RawPublisher, RawSite};
use super::{
    Config, NavItem, PATH, Publisher, Settings, WellKnown, csp, hosts, outputs, publish, shared,
    theme, words,
};

/// Resolves a site's settings. `text` is the decoded `site.yaml`, when there is one; `folder` names the site without.
pub fn resolve(text: Option<&str>, folder: &str) -> (Config, Vec<Diagnostic>) {
    let path = SourcePath::new(PATH);
    let yaml = text.unwrap_or_default();
    let document = yaml::YamlDocument::read(yaml, 1);
    let mut parsed = document.parse::<RawSite>();
    foreign::explain(&mut parsed.problems, foreign::Of::Site);
    let index = LineIndex::new(yaml);
    let broken = parsed.problems.iter().any(|problem| problem.code == Code::YamlSyntax);
    let mut diagnostics = yaml_diagnostics(&path, &index, 0, parsed.problems);
    let mut fields = Fields::new(&parsed.failed, parsed.left_out);
    let mut config = config(&mut fields, &document, parsed.value, folder, text.is_some());
    config.file = text.is_some().then_some(path.clone());
    if !broken {
        diagnostics.extend(field_diagnostics(&path, &index, 0, fields.problems));
        diagnostics.extend(comment_diagnostics(&path, &index, 0, yaml, &document, |_| false));
    }
    (config, diagnostics)
}

fn config(
    fields: &mut Fields,
    document: &yaml::YamlDocument<'_>,
    mut raw: RawSite,
    folder: &str,
    exists: bool,
) -> Config {
    let well_known = WellKnown::take(fields, &mut raw);
    let title = fields.bounded("title", raw.title, 200);
    let languages = SiteLanguages::new(fields, raw.languages);
    let is_named = title.is_some() || languages.has_title();
    let title = match exists && !is_named {
        true => fields.required(&raw.mapping, "title", "a site", title),
        false => title,
    };
    let check = raw.check.unwrap_or_default();
    let trusted = fields
        .choice("content_trust", raw.content_trust, &[("untrusted", false), ("trusted", true)])
        .unwrap_or(false);
    let [citation_files, embeds, markdown, llms_txt, social_cards] = [
        ("citation_files", raw.citation_files),
        ("embeds", raw.embeds),
        ("markdown", raw.markdown),
        ("llms_txt", raw.llms_txt),
        ("social_cards", raw.social_cards),
    ]
    .map(|(name, text)| {
        fields.choice(name, text, &[("false", false), ("true", true)]).unwrap_or(false)
    });
    let search =
        fields.choice("search", raw.search, &[("true", true), ("false", false)]).unwrap_or(true);
    let feeds = outputs::feeds(fields, raw.feeds);
    let page_data = outputs::page_data(fields, raw.page_data);
    let help = "write the URL of the licence, or the path of a page of yours";
    let license = site_link(fields, raw.license, help);
    if let Some(span) = raw.csp.as_ref().filter(|_| trusted).map(|csp| csp.mapping.span) {
        fields.problem(
            Code::PagePolicy,
            span,
            "`csp` allows nothing here: under `content_trust: trusted` pages have no policy",
            "leave `csp` out, or write `content_trust: untrusted`",
        );
    }
    let mut site = Settings {
        title: title.map_or_else(|| Arc::from(folder), |title| title.value),
        base_url: base_url(fields, raw.base_url),
        description: fields.bounded("description", raw.description, 300).map(|text| text.value),
        lang: languages.lang(fields, raw.lang),
        authors: fields.plain(raw.authors),
        featured: fields.ids(&FieldPath::root().key("featured"), raw.featured),
        nav: raw.nav.map(|items| nav(fields, items)),
        footer: raw.footer.map(|items| nav(fields, items)).unwrap_or_default(),
        publisher: raw.publisher.and_then(|raw| publisher(fields, raw)),
        well_known,
        review_every: days(fields, raw.review_every),
        owner: fields.text(raw.owner),
        citation_files,
        search,
        feeds,
        embeds,
        markdown,
        llms_txt,
        social_cards,
        page_data,
        license,
        hosts: hosts::hosts(fields, raw.hosts.unwrap_or_default()),
        indexnow: None,
        hub: None,
        csp: csp::csp(fields, raw.csp.unwrap_or_default()),
        theme: theme::theme(fields, raw.theme.unwrap_or_default()),
        accept: fields.plain(check.accept.clone()),
        untranslated: Untranslated::default(),
        translated: Vec::new(),
    };
    let has_languages = languages.first().is_some();
    let mut translations = languages.settings(fields, document, &mut site);
    translations.iter_mut().chain([&mut site]).for_each(set_signs);
    let timezone = timezone(fields, raw.timezone);
    let levels = levels(fields, check);
    let publish = publish::targets(fields, document, raw.publish.unwrap_or_default());
    let shared = shared::folders(fields, raw.shared);
    let words = words::words(fields, raw.words);
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

pub(super) fn base_url(fields: &mut Fields, text: Option<Text>) -> Option<BaseUrl> {
    let Spanned { value: url, span } = fields.spanned(text)?;
    match BaseUrl::parse(&url) {
        Ok(url) => Some(url),
        Err(error) => {
            let help = "write the address of the home page, such as https://example.org/";
            let help = url_help(&url, help);
            fields.problem(Code::BadUrl, span, format!("\"{url}\" {error}"), help);
            None
        }
    }
}

fn timezone(fields: &mut Fields, text: Option<Text>) -> TimeZone {
    let Some(Spanned { value: name, span }) = fields.spanned(text) else { return TimeZone::UTC };
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
            fields.problem(Code::InvalidValue, span, message, help);
            TimeZone::UTC
        }
    }
}

/// Gives the site's own texts the signs of their language.
fn set_signs(site: &mut Settings) {
    let typography = Typography::of(site.lang.as_str());
    signs::set(&mut site.title, typography);
    signs::set_some(&mut site.description, typography);
    for item in site.nav.iter_mut().flatten().chain(&mut site.footer) {
        signs::set_some(&mut item.text, typography);
    }
}

pub(super) fn nav(fields: &mut Fields, items: OneOrMany<TextOr<RawNavItem>>) -> Vec<NavItem> {
    let mut nav = Vec::new();
    for (_, item) in items.0 {
        let (text, to) = match item {
            TextOr::Text(to) => (None, fields.spanned(Some(to))),
            TextOr::Full(raw) => {
                let to = fields.spanned(raw.to);
                (fields.text(raw.text), fields.required(&raw.mapping, "to", "a link", to))
            }
        };
        let Some(Spanned { value: to, span }) = to else { continue };
        if let Some(message) = bad_site_link(&to) {
            let help = url_help(&to, "write an id, a path or a URL");
            fields.problem(Code::BadUrl, span, message, help);
            continue;
        }
        nav.push(NavItem { text, to });
    }
    nav
}

fn publisher(fields: &mut Fields, raw: TextOr<RawPublisher>) -> Option<Publisher> {
    let raw = match raw {
        TextOr::Text(name) => RawPublisher { name: Some(name), ..RawPublisher::default() },
        TextOr::Full(raw) => raw,
    };
    let name = fields.text(raw.name);
    let name = fields.required(&raw.mapping, "name", "a publisher", name)?;
    let policies = raw.policies.map(|entries| entries.0).unwrap_or_default();
    let policies = policies
        .into_iter()
        .filter_map(|(which, to)| {
            let to = site_link(fields, Some(to), "write an id, a path or a URL");
            fields.text(Some(which)).zip(to)
        })
        .collect();
    let help = "write a URL that starts with https://, or a path of the site";
    let url = site_link(fields, raw.url, help);
    let help = "write the path of a file, such as `/logo.svg`, or a URL that starts with https://";
    let logo = site_link(fields, raw.logo, help);
    Some(Publisher { name, url, logo, policies })
}

/// A link that the site's owner wrote.
fn site_link(fields: &mut Fields, text: Option<Text>, help: &str) -> Option<Arc<str>> {
    let Spanned { value: text, span } = fields.spanned(text)?;
    match bad_site_link(&text) {
        Some(message) => {
            fields.problem(Code::BadUrl, span, message, url_help(&text, help));
            None
        }
        None => Some(text),
    }
}

fn levels(fields: &mut Fields, raw: RawCheck) -> Levels {
    let mut levels = Levels::default();
    for (name, level) in raw.levels.map(|entries| entries.0).unwrap_or_default() {
        let level = fields.choice(
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
            let message = format!("no code \"{}\"", name.value);
            fields.problem(Code::InvalidValue, name.span, message, help);
            continue;
        };
        if let Some(level) = level {
            levels.set(code, level);
        }
    }
    levels
}
