//! A file that a site block of a Caddyfile imports.

use crate::site::headers::OF_ALL;
use crate::site::host_rules::{HeaderScope, HostRules};

use super::{comment, href_at, literal, path_at, plain_redirects, regex};

/// The file.
pub(super) fn text(rules: &HostRules) -> String {
    let mut text = comment("Caddy", "Import it in the site block that serves the site.");
    // The first expression that matches decides: narrow rules come before wide ones.
    text.push_str("map {path} {briefing_policy} {briefing_cache} {\n");
    for rule in rules.exceptions.iter().rev() {
        let headers = &rule.headers;
        let regex = regex(rules, &rule.on);
        text.push_str(&format!("\t\"~{regex}\" \"{}\" \"{}\"\n", headers.policy, headers.cache));
    }
    let all = &rules.otherwise;
    text.push_str(&format!("\tdefault \"{}\" \"{}\"\n}}\n", all.policy, all.cache));
    text.push_str("header {\n");
    for (name, value) in OF_ALL {
        text.push_str(&format!("\t{name} \"{value}\"\n"));
    }
    text.push_str("\tContent-Security-Policy \"{briefing_policy}\"\n");
    text.push_str("\tCache-Control \"{briefing_cache}\"\n}\n");
    for (name, kind) in rules.types.iter().filter(|(name, _)| *name != "html") {
        let regex = regex(rules, &HeaderScope::Extension(name.clone()));
        text.push_str(&format!("@briefing_{name} path_regexp \"{regex}\"\n"));
        text.push_str(&format!("header @briefing_{name} Content-Type \"{kind}\"\n"));
    }
    let open = rules.exceptions.iter().filter(|rule| rule.headers.is_open);
    let open: Vec<_> = open.map(|rule| regex(rules, &rule.on)).collect();
    if !open.is_empty() {
        text.push_str(&format!("@briefing_open path_regexp \"{}\"\n", open.join("|")));
        text.push_str("header @briefing_open Access-Control-Allow-Origin \"*\"\n");
    }
    let moved: Vec<_> = plain_redirects(rules).collect();
    if !moved.is_empty() {
        text.push_str("map {path} {briefing_moved} {\n");
        for (from, to) in moved {
            let (from, to) = (path_at(rules, from), href_at(rules, to));
            text.push_str(&format!("\t\"{from}\" \"{to}\"\n"));
        }
        text.push_str("\tdefault \"\"\n}\n");
        text.push_str("@briefing_moved expression `{briefing_moved} != \"\"`\n");
        text.push_str("redir @briefing_moved {briefing_moved} 301\n");
    }
    text.push_str(&format!(
        "@briefing_hosts path {}/_hosts/*\nerror @briefing_hosts 404\n",
        rules.prefix
    ));
    if rules.has_not_found() {
        // The first expression that matches decides.
        let below = rules.not_found_below();
        let below: String = below
            .map(|(folder, page)| format!("\t\"~^{}\" \"{page}\"\n", literal(&folder)))
            .collect();
        text.push_str(&format!(
            "map {{path}} {{briefing_missing}} {{\n{below}\tdefault \"{}/404.html\"\n}}\n",
            rules.prefix
        ));
        text.push_str("handle_errors {\n\t@briefing_missing expression `{err.status_code} == 404`\n\trewrite @briefing_missing {briefing_missing}\n\tfile_server\n}\n");
    }
    text
}
