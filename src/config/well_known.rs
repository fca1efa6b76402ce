//! The settings of the files that programs look for at fixed places: `robots.txt`, `security.txt`, `humans.txt`, the icon and
//! the manifest.

use std::sync::Arc;

use serde::Serialize;

use crate::content::date::Date;
use crate::content::resolve::Fields;
use crate::diag::Code;
use crate::lang::LangTag;
use crate::yaml::{Entries, OneOrMany, Spanned, Text};

use super::raw::{RawManifest, RawSecurity, RawSite};

/// What the site says in files at fixed places.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WellKnown {
    /// Crawlers by their names, and the paths that each may not read; none for one that may read everything.
    pub robots: Vec<(Arc<str>, Vec<Arc<str>>)>,
    /// Whom to tell of a weakness.
    pub security: Option<SecurityContact>,
    /// The text of `humans.txt`.
    pub humans: Option<Arc<str>>,
    /// The icon, from the site's root.
    pub icon: Option<Arc<str>>,
    /// How the site looks on a home screen.
    pub manifest: Option<HomeScreen>,
}

/// Whom to tell of a weakness of the site (RFC 9116).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityContact {
    /// How to reach them, the best way first.
    pub contact: Vec<Arc<str>>,
    /// The last day on which this holds.
    pub expires: Date,
    /// The languages that they read.
    pub languages: Vec<LangTag>,
    /// Other fields, by their names in the file.
    pub others: Vec<(&'static str, Arc<str>)>,
}

/// How the site looks on a home screen (W3C Web Application Manifest).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomeScreen {
    /// The name under the icon.
    pub short_name: Option<Arc<str>>,
    /// `browser`, `minimal-ui` or `standalone`.
    pub display: &'static str,
    /// The colour of the window's frame.
    pub theme_color: Option<Arc<str>>,
    /// The colour that shows until a page is there.
    pub background_color: Option<Arc<str>>,
}

impl WellKnown {
    /// Resolves the keys, which it takes out of the site's.
    pub(super) fn take(fields: &mut Fields, raw: &mut RawSite) -> Self {
        Self {
            robots: robots(fields, raw.robots.take()),
            security: raw.security.take().and_then(|raw| security(fields, raw)),
            humans: fields.text(raw.humans.take()),
            icon: site_file(
                fields,
                raw.icon.take(),
                "put the file under static/, and write its path from there, such as `/icon.svg`",
            ),
            manifest: raw.manifest.take().map(|raw| manifest(fields, raw)),
        }
    }
}

fn robots(
    fields: &mut Fields,
    raw: Option<Entries<OneOrMany<Text>>>,
) -> Vec<(Arc<str>, Vec<Arc<str>>)> {
    let mut all: Vec<(Arc<str>, Vec<Arc<str>>)> = Vec::new();
    for (Spanned { value: name, span }, rules) in raw.map(|entries| entries.0).unwrap_or_default() {
        // RFC 9309: letters, `_` and `-`. Some have a version's number in their names.
        let is_token = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if &*name != "*" && (name.is_empty() || !name.chars().all(is_token)) {
            let message = format!("\"{name}\" is not the name of a crawler");
            let help =
                "write it as the crawler's makers do, such as `GPTBot`, or `*` for all others";
            fields.problem(Code::InvalidValue, span, message, help);
            continue;
        }
        let mut closed: Vec<Arc<str>> = Vec::new();
        for Spanned { value: rule, span } in fields.texts(Some(rules)) {
            let is_path = rule.starts_with('/') && !rule.contains(['#', ' ']);
            match &*rule {
                "allow" => {}
                "disallow" => closed.push("/".into()),
                _ if is_path && rule.chars().all(|c| c.is_ascii_graphic()) => closed.push(rule),
                _ => {
                    let message = format!("\"{rule}\" is no rule for a crawler");
                    let help = "write `allow`, `disallow`, or paths that it may not read, such as `/data/`";
                    fields.problem(Code::InvalidValue, span, message, help);
                }
            }
        }
        all.push((name, closed));
    }
    all
}

fn security(fields: &mut Fields, raw: RawSecurity) -> Option<SecurityContact> {
    let urls = |fields: &mut Fields, text: Option<OneOrMany<Text>>, schemes: &[&str]| {
        let mut found = Vec::new();
        for Spanned { value: url, span } in fields.texts(text) {
            let is_one = schemes
                .iter()
                .any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
            if is_one && url.chars().all(|c| c.is_ascii_graphic()) {
                found.push(url);
            } else {
                let message = format!("\"{url}\" is not a URL for `security.txt`");
                let help = format!("begin it with {}", schemes.join(" or "));
                fields.problem(Code::BadUrl, span, message, help);
            }
        }
        found
    };
    let given = raw.contact.is_some();
    let contact = urls(fields, raw.contact, &["https://", "mailto:", "tel:"]);
    let contact = Some(contact).filter(|contact| !contact.is_empty());
    let contact = match given {
        true => contact,
        false => fields.required(&raw.mapping, "contact", "a security contact", contact),
    };
    let expires = fields.date(raw.expires);
    let expires = fields.required(&raw.mapping, "expires", "a security contact", expires);
    let mut languages = Vec::new();
    for Spanned { value: tag, span } in fields.texts(raw.languages) {
        match LangTag::parse(&tag) {
            Some(tag) => languages.push(tag),
            None => {
                let message = format!("\"{tag}\" is not a language");
                fields.problem(
                    Code::InvalidValue,
                    span,
                    message,
                    "write a BCP 47 tag, such as `en`",
                );
            }
        }
    }
    let mut others = Vec::new();
    for (name, text) in [
        ("Policy", raw.policy),
        ("Acknowledgments", raw.acknowledgments),
        ("Encryption", raw.encryption),
    ] {
        let found = urls(fields, text.map(|text| OneOrMany(vec![(0, text)])), &["https://"]);
        others.extend(found.into_iter().map(|url| (name, url)));
    }
    Some(SecurityContact { contact: contact?, expires: expires?, languages, others })
}

/// The path of a file of the site, from its root.
pub(super) fn site_file(fields: &mut Fields, text: Option<Text>, help: &str) -> Option<Arc<str>> {
    let Spanned { value: path, span } = fields.spanned(text)?;
    if path.starts_with('/') && !path.starts_with("//") && !path.contains(['?', '#', ' ']) {
        return Some(path);
    }
    let message = format!("\"{path}\" is not the path of a file");
    fields.problem(Code::BadUrl, span, message, help);
    None
}

fn manifest(fields: &mut Fields, raw: RawManifest) -> HomeScreen {
    let displays =
        [("browser", "browser"), ("minimal-ui", "minimal-ui"), ("standalone", "standalone")];
    let color = |fields: &mut Fields, text: Option<Text>| {
        let Spanned { value: color, span } = fields.spanned(text)?;
        let digits = color.strip_prefix('#').unwrap_or_default();
        if matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(color);
        }
        let message = format!("\"{color}\" is not a colour");
        fields.problem(Code::InvalidValue, span, message, "write it as `#1d4ed8`");
        None
    };
    HomeScreen {
        short_name: fields.text(raw.short_name),
        display: fields.choice("display", raw.display, &displays).unwrap_or("browser"),
        theme_color: color(fields, raw.theme_color),
        background_color: color(fields, raw.background_color),
    }
}
