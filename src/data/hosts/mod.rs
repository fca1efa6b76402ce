//! The redirects and header rules of the site, in the form that each kind of host reads: one file for each form.
//!
//! What a page's author wrote (an old address, a slug) stands in the configuration of a server here. So a path is
//! written as it is only where all of its characters are plain, percent-encoded where a form takes URLs, and with `.`
//! for what is not plain where it takes expressions. A redirect that a form cannot say so is left to its page.

mod apache;
mod azure;
mod caddy;
mod files;
mod nginx;
mod s3;
mod tables;
mod vercel;

use serde::Serialize;

use crate::base::{OutPath, Phase, SourcePath};
use crate::config::HostKind;
use crate::diag::{Code, Diagnostic, Span};
use crate::site::headers::{OF_ALL, OutputHeaders};
use crate::site::host_rules::{HeaderRule, HeaderScope, HostRules};
use crate::site::{Output, OutputKind, Subject, Which};
use crate::view::Context;

use super::DataContent;

pub use files::FileTally;

/// A file that a host reads.
#[derive(Debug, Serialize)]
pub struct HostFile {
    /// Which host.
    host: HostKind,
    /// Its path.
    path: OutPath,
    /// What it says.
    rules: HostRules,
}

impl DataContent for HostFile {
    const KIND: OutputKind = OutputKind {
        name: HostFile::NAME,
        phase: Phase::Control,
        outputs: Which::OfOutputs(|site, _, add| {
            let mut paths: Vec<_> = site.hosts.iter().flat_map(|host| host.files()).collect();
            paths.sort_unstable();
            paths.dedup();
            for path in paths {
                add.data(OutPath::new(path).expect("plain words"), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let path = output.path.clone();
        let reads = |host: &&HostKind| host.files().contains(&path.as_str());
        let host = *cx.first.hosts.iter().find(reads).expect("a host reads each of the files");
        Self { host, path, rules: HostRules::of(cx.first) }
    }

    fn text(&self) -> String {
        let rules = &self.rules;
        match self.host {
            HostKind::Netlify | HostKind::Cloudflare if self.path.as_str() == "_headers" => {
                tables::headers(rules, self.host)
            }
            HostKind::Netlify | HostKind::Cloudflare => tables::redirects(rules, self.host),
            HostKind::Vercel => vercel::text(rules),
            HostKind::Azure => azure::text(rules),
            HostKind::Nginx => nginx::text(rules),
            HostKind::Apache => apache::text(rules),
            HostKind::Caddy => caddy::text(rules),
            HostKind::S3 => s3::text(rules),
        }
    }

    fn problem(&self, text: &str) -> Option<Diagnostic> {
        let over = match self.host {
            HostKind::Netlify | HostKind::Nginx | HostKind::Apache | HostKind::Caddy => None,
            HostKind::Cloudflare => tables::over_limit(text, self.path.as_str()),
            HostKind::Vercel => vercel::over_limit(&self.rules),
            HostKind::Azure => azure::over_limit(text),
            HostKind::S3 => s3::over_limit(&self.rules),
        };
        let (over, then) = over?;
        let message = format!("`{}` has {over}", self.path);
        let help = match self.path.as_str() == "_headers" {
            true => {
                "a file whose headers differ from those of its neighbours needs a rule of its own: put such files into one folder"
            }
            false => {
                "remove old addresses from `redirect_from` that nothing links to; each has a page of its own that leads on, whatever the host"
            }
        };
        let place = Span::file(SourcePath::new(crate::config::PATH));
        Some(Diagnostic::new(Code::HostLimit, place, format!("{message}, and {then}")).help(help))
    }
}

impl HostFile {
    /// The name of the kind.
    pub const NAME: &'static str = "host";
}

/// The first line of a file in which a `#` begins a comment.
fn comment(host: &str, what: &str) -> String {
    format!("# Written by briefing for {host}. {what}\n")
}

/// The header fields of an answer, in the order in which they are written.
fn fields(headers: &OutputHeaders) -> Vec<(&'static str, &str)> {
    let mut fields =
        vec![("Content-Security-Policy", &*headers.policy), ("Cache-Control", headers.cache)];
    if headers.is_open {
        fields.push(("Access-Control-Allow-Origin", "*"));
    }
    fields
}

/// The header fields of every answer: those that are the same for all, and those that have exceptions.
fn fields_of_all(rules: &HostRules) -> Vec<(&'static str, &str)> {
    OF_ALL.into_iter().chain(fields(&rules.otherwise)).collect()
}

/// The header fields in which an exception differs from an answer without it.
fn changed<'a>(rules: &HostRules, rule: &'a HeaderRule) -> Vec<(&'static str, &'a str)> {
    let before = [fields(&rules.otherwise), fields(&rule.before)];
    let is_same = |field: &_| before.iter().all(|before| before.contains(field));
    fields(&rule.headers).into_iter().filter(|field| !is_same(field)).collect()
}

/// The types that a host with a table of its own needs to know: those in which tables differ.
fn uncommon_types(rules: &HostRules) -> impl Iterator<Item = (&str, &str)> {
    const COMMON: [&str; 16] = [
        "html", "htm", "css", "js", "json", "svg", "png", "jpg", "jpeg", "gif", "webp", "ico",
        "woff2", "txt", "pdf", "zip",
    ];
    let types = rules.types.iter().map(|(name, kind)| (&**name, &**kind));
    types.filter(|(name, _)| !COMMON.contains(name))
}

/// Whether a path has letters, digits and the signs of names alone, so that no form takes a part of it for its own.
fn is_plain(path: &OutPath) -> bool {
    path.as_str().chars().all(is_plain_char)
}

fn is_plain_char(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '~'),
        false => !c.is_whitespace(),
    }
}

/// The redirects that can be said in a form that takes paths as they are.
fn plain_redirects(rules: &HostRules) -> impl Iterator<Item = &(OutPath, OutPath)> {
    rules.redirects.iter().filter(|(from, to)| is_plain(from) && is_plain(to))
}

/// The path of an output at the host, not encoded.
fn path_at(rules: &HostRules, path: &OutPath) -> String {
    format!("{}{}", rules.prefix, path.url().as_str())
}

/// The path of an output at the host, as it stands in a URL.
fn href_at(rules: &HostRules, path: &OutPath) -> String {
    let mut encoded = String::new();
    for c in path.href(&rules.prefix).chars() {
        match c {
            '%' => encoded.push('%'),
            c if is_plain_char(c) => encoded.push(c),
            c => encoded.push_str(&format!("%{:02X}", u32::from(c))),
        }
    }
    encoded
}

/// The URLs of outputs as a pattern with `*`, which stands for anything, slashes too.
fn globs(rules: &HostRules, scope: &HeaderScope) -> Vec<String> {
    let prefix = &rules.prefix;
    match scope {
        HeaderScope::Extension(name) => vec![format!("{prefix}/*.{name}")],
        HeaderScope::Framable => vec![format!("{prefix}/*/embed/")],
        HeaderScope::Folder(folder, name) => {
            let folder = OutPath::new(folder).expect("a part of a path is one");
            vec![format!("{}/*.{name}", href_at(rules, &folder))]
        }
        HeaderScope::One(path) => addresses(rules, path),
    }
}

/// The URLs at which a host may answer with an output: some leave out the end of its name.
fn addresses(rules: &HostRules, path: &OutPath) -> Vec<String> {
    let href = href_at(rules, path);
    match href.strip_suffix(".html") {
        Some(short) => vec![href.clone(), short.to_owned()],
        None if href.ends_with('/') => vec![format!("{href}index.html"), href],
        None => vec![href],
    }
}

/// The paths of outputs, not encoded, as a regular expression of the kind that nginx, Apache and Go share.
fn regex(rules: &HostRules, scope: &HeaderScope) -> String {
    let prefix = literal(&rules.prefix);
    match scope {
        HeaderScope::Extension(name) => format!(r"^{prefix}/.*\.{name}$"),
        HeaderScope::Framable => format!(r"^{prefix}/.*/embed/(index\.html)?$"),
        HeaderScope::Folder(folder, name) => format!(r"^{prefix}/{}/.*\.{name}$", literal(folder)),
        HeaderScope::One(path) => {
            let path = path_at(rules, path);
            match path.strip_suffix('/') {
                Some(folder) => format!(r"^{}/(index\.html)?$", literal(folder)),
                None => format!("^{}$", literal(&path)),
            }
        }
    }
}

/// A text in a regular expression, with `.` for each character that is not plain.
fn literal(text: &str) -> String {
    let mut regex = String::new();
    for c in text.chars() {
        match c {
            '.' => regex.push_str(r"\."),
            c if is_plain_char(c) => regex.push(c),
            // Several bytes where a program does not read a path as text.
            c if !c.is_ascii() => regex.push_str(".+"),
            _ => regex.push('.'),
        }
    }
    regex
}

/// What is over a limit, and what the host does then.
type OverLimit = Option<(String, &'static str)>;
