//! `_redirects` and `_headers`, as Netlify and Cloudflare Pages read them.

use crate::config::HostKind;
use crate::site::host_rules::{HeaderScope, HostRules};

use super::{OverLimit, changed, comment, fields_of_all, globs, href_at, uncommon_types};

/// The most redirects without a pattern at Cloudflare (`MAX_STATIC_REDIRECT_RULES` of `workers-shared` in its own
/// program, <https://github.com/cloudflare/workers-sdk>).
const MOST_REDIRECTS: usize = 2_000;

/// The most rules of headers (`MAX_HEADER_RULES`).
const MOST_RULES: usize = 100;

/// The most characters of a line, in UTF-16 code units (`MAX_LINE_LENGTH`).
const MOST_IN_LINE: usize = 2_000;

/// `_redirects`.
pub(super) fn redirects(rules: &HostRules, host: HostKind) -> String {
    // The page that leads on lies at the old address, and Netlify gives that before any redirect without a `!`.
    let (name, status) = match host {
        HostKind::Netlify => ("Netlify", "301!"),
        _ => ("Cloudflare Pages", "301"),
    };
    let mut text = comment(name, "From `redirect_from`.");
    for (from, to) in &rules.redirects {
        text.push_str(&format!("{} {} {status}\n", href_at(rules, from), href_at(rules, to)));
    }
    // Cloudflare goes up from the address to the nearest `404.html` by itself.
    if host == HostKind::Netlify {
        for (folder, page) in rules.not_found_below() {
            text.push_str(&format!("{folder}* {page} 404\n"));
        }
    }
    text
}

/// `_headers`.
pub(super) fn headers(rules: &HostRules, host: HostKind) -> String {
    let name = if host == HostKind::Netlify { "Netlify" } else { "Cloudflare Pages" };
    let mut text = comment(name, "A later rule takes the place of an earlier one.");
    text.push_str(&format!("{}/*\n", rules.prefix));
    for (name, value) in fields_of_all(rules) {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    if host == HostKind::Cloudflare {
        // The host lets every site read everything, unless a rule takes that away.
        text.push_str("  ! Access-Control-Allow-Origin\n");
    }
    // One rule for an extension, since the host counts them.
    let is_own = |name: &str| {
        let on = HeaderScope::Extension(name.to_owned());
        !rules.exceptions.iter().any(|rule| rule.on == on)
    };
    for (name, kind) in uncommon_types(rules).filter(|(name, _)| is_own(name)) {
        text.push_str(&format!("{}/*.{name}\n  Content-Type: {kind}\n", rules.prefix));
    }
    for rule in &rules.exceptions {
        let mut fields = changed(rules, rule);
        if let HeaderScope::Extension(name) = &rule.on {
            let own = uncommon_types(rules).find(|(known, _)| known == name);
            fields.extend(own.map(|(_, kind)| ("Content-Type", kind)));
        }
        for url in globs(rules, &rule.on) {
            text.push_str(&format!("{url}\n"));
            for (name, value) in &fields {
                // Cloudflare joins the values of all rules that apply, unless the later one takes the earlier away.
                if host == HostKind::Cloudflare && *name != "Content-Type" {
                    text.push_str(&format!("  ! {name}\n"));
                }
                text.push_str(&format!("  {name}: {value}\n"));
            }
        }
    }
    text
}

/// What is over a limit of Cloudflare in a file.
pub(super) fn over_limit(text: &str, path: &str) -> OverLimit {
    let lines = || text.lines().filter(|line| line.starts_with('/'));
    let count = lines().count();
    let (most, what) = match path {
        "_headers" => (MOST_RULES, "rules"),
        _ => (MOST_REDIRECTS, "redirects"),
    };
    if count > most {
        let over = format!("{count} {what}, where Cloudflare takes {most}");
        return Some((over, "the rest would have no effect"));
    }
    let long = lines().find(|line| line.encode_utf16().count() > MOST_IN_LINE)?;
    let length = long.encode_utf16().count();
    let over = format!("a line of {length} characters, where Cloudflare takes {MOST_IN_LINE}");
    Some((over, "that line would have no effect"))
}
