//! `.htaccess` of Apache.

use crate::site::headers::OF_ALL;
use crate::site::host_rules::HostRules;

use super::{changed, comment, fields, literal, path_at, plain_redirects, regex};

/// The file.
pub(super) fn text(rules: &HostRules) -> String {
    let mut text =
        comment("Apache", "It needs `AllowOverride FileInfo`, mod_alias and mod_headers.");
    if rules.has_not_found {
        text.push_str(&format!("ErrorDocument 404 {}/404.html\n", rules.prefix));
    }
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in OF_ALL {
        text.push_str(&format!("Header always set {name} \"{value}\"\n"));
    }
    for (name, value) in fields(&rules.otherwise) {
        text.push_str(&format!("Header {} {name} \"{value}\"\n", condition(name)));
    }
    for rule in &rules.exceptions {
        let regex = regex(rules, &rule.on);
        for (name, value) in changed(rules, rule) {
            let when = condition(name);
            text.push_str(&format!(
                "Header {when} {name} \"{value}\" \"expr=%{{REQUEST_URI}} =~ m#{regex}#\"\n"
            ));
        }
    }
    text.push_str("</IfModule>\n<IfModule mod_mime.c>\n");
    for (name, kind) in &rules.types {
        text.push_str(&format!("AddType \"{kind}\" .{name}\n"));
    }
    text.push_str("</IfModule>\n<IfModule mod_alias.c>\n");
    text.push_str(&format!("RedirectMatch 404 \"^{}/_hosts/\"\n", literal(&rules.prefix)));
    for (from, to) in plain_redirects(rules) {
        // The target is not encoded: the server does that.
        let (from, to) = (literal(&path_at(rules, from)), path_at(rules, to));
        text.push_str(&format!("RedirectMatch 301 \"^{from}$\" \"{to}\"\n"));
    }
    text.push_str("</IfModule>\n");
    text
}

/// Which answers have a header: an answer that there is nothing is not kept.
fn condition(name: &str) -> &'static str {
    match name {
        "Content-Security-Policy" => "always set",
        _ => "set",
    }
}
