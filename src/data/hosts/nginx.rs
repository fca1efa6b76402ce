//! A file that a `server` block of nginx includes.

use crate::site::headers::OF_ALL;
use crate::site::host_rules::HostRules;

use super::{changed, comment, href_at, literal, path_at, plain_redirects, regex};

/// The file. nginx gives the headers of the innermost block that has any, so the rules set variables, and one block adds
/// them all.
pub(super) fn text(rules: &HostRules) -> String {
    let mut text = comment("nginx", "Include it in the `server` block that serves the site.");
    text.push_str("# A `location` with an `add_header` of its own gives none of these.\n");
    let all = &rules.otherwise;
    text.push_str(&format!("set $briefing_policy \"{}\";\n", all.policy));
    text.push_str(&format!("set $briefing_cache \"{}\";\n", all.cache));
    text.push_str("set $briefing_open \"\";\n");
    for rule in &rules.exceptions {
        text.push_str(&format!("if ($uri ~ \"{}\") {{\n", regex(rules, &rule.on)));
        for (name, value) in changed(rules, rule) {
            let variable = match name {
                "Content-Security-Policy" => "policy",
                "Cache-Control" => "cache",
                _ => "open",
            };
            text.push_str(&format!("  set $briefing_{variable} \"{value}\";\n"));
        }
        text.push_str("}\n");
    }
    // The charset has a directive of its own: what is compressed goes by the type alone.
    let essence = |kind: &str| kind.split(';').next().unwrap_or_default().to_owned();
    text.push_str("types {\n");
    for (name, kind) in &rules.types {
        text.push_str(&format!("  {} {name};\n", essence(kind)));
    }
    text.push_str("}\ncharset utf-8;\n");
    let with_charset = rules.types.values().filter(|kind| kind.contains("charset"));
    let mut with_charset: Vec<_> = with_charset.map(|kind| essence(kind)).collect();
    with_charset.sort_unstable();
    with_charset.dedup();
    // The server names this one itself.
    with_charset.retain(|kind| kind != "text/html");
    if !with_charset.is_empty() {
        text.push_str(&format!("charset_types {};\n", with_charset.join(" ")));
    }
    for (name, value) in OF_ALL {
        text.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    text.push_str("add_header Content-Security-Policy $briefing_policy always;\n");
    // An answer that there is nothing is not kept.
    text.push_str("add_header Cache-Control $briefing_cache;\n");
    text.push_str("add_header Access-Control-Allow-Origin $briefing_open;\n");
    if rules.has_not_found() {
        let page = format!("{}/404.html", rules.prefix);
        let below: Vec<_> = rules.not_found_below().collect();
        if below.is_empty() {
            text.push_str(&format!("error_page 404 {page};\n"));
        } else {
            text.push_str(&format!("set $briefing_missing {page};\n"));
            for (folder, page) in below {
                let regex = literal(&folder);
                text.push_str(&format!(
                    "if ($uri ~ \"^{regex}\") {{\n  set $briefing_missing {page};\n}}\n"
                ));
            }
            text.push_str("error_page 404 $briefing_missing;\n");
        }
    }
    text.push_str(&format!("location ^~ {}/_hosts/ {{\n  return 404;\n}}\n", rules.prefix));
    for (from, to) in plain_redirects(rules) {
        let (from, to) = (path_at(rules, from), href_at(rules, to));
        text.push_str(&format!("location = \"{from}\" {{\n  return 301 {to};\n}}\n"));
    }
    text
}
