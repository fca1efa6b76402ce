//! `hosts:` of `site.yaml`: the kinds of host for which the site writes redirects and headers.

use serde::Serialize;

use crate::content::resolve::Fields;
use crate::diag::Code;
use crate::yaml::{OneOrMany, Text};

/// A kind of host, by the form in which it reads redirects and headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum HostKind {
    /// Netlify: `_redirects` and `_headers`.
    Netlify,
    /// Cloudflare Pages: `_redirects` and `_headers`, with rules of its own.
    Cloudflare,
    /// Vercel: `vercel.json`.
    Vercel,
    /// Azure Static Web Apps: `staticwebapp.config.json`.
    Azure,
    /// nginx: a file that a `server` block includes.
    Nginx,
    /// Apache: `.htaccess`.
    Apache,
    /// Caddy: a file that a site block imports.
    Caddy,
    /// The website of a bucket of S3.
    S3,
}

impl HostKind {
    /// Every kind, as `site.yaml` names it.
    pub const ALL: [(&'static str, Self); 8] = [
        ("netlify", Self::Netlify),
        ("cloudflare", Self::Cloudflare),
        ("vercel", Self::Vercel),
        ("azure", Self::Azure),
        ("nginx", Self::Nginx),
        ("apache", Self::Apache),
        ("caddy", Self::Caddy),
        ("s3", Self::S3),
    ];

    /// Its name in `site.yaml`.
    pub fn name(self) -> &'static str {
        let named = Self::ALL.iter().find(|(_, kind)| *kind == self);
        named.map_or("", |(name, _)| name)
    }

    /// The files of the site that it reads.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Self::Netlify | Self::Cloudflare => &["_headers", "_redirects"],
            Self::Vercel => &["vercel.json"],
            Self::Azure => &["staticwebapp.config.json"],
            Self::Nginx => &["_hosts/nginx.conf"],
            Self::Apache => &[".htaccess"],
            Self::Caddy => &["_hosts/Caddyfile"],
            Self::S3 => &["_hosts/s3-website.json"],
        }
    }
}

/// The kinds that a list names, each once, in the order of [`HostKind::ALL`].
pub(super) fn hosts(fields: &mut Fields, raw: OneOrMany<Text>) -> Vec<HostKind> {
    let mut hosts: Vec<HostKind> = Vec::new();
    for (_, text) in raw.0 {
        let span = text.span;
        let Some(host) = fields.choice("hosts", Some(text), &HostKind::ALL) else { continue };
        let other = hosts.iter().find(|other| **other != host && other.files() == host.files());
        if let Some(other) = other {
            let message = format!(
                "`{}` and `{}` read files of the same names in different forms",
                other.name(),
                host.name()
            );
            let help =
                "name one of them here, and the other under `hosts` of its target in `publish`";
            fields.problem(Code::InvalidValue, span, message, help);
            continue;
        }
        hosts.push(host);
    }
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}
