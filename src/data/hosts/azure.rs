//! `staticwebapp.config.json` of Azure Static Web Apps.

use serde_json::{Map, Value, json};

use crate::site::host_rules::{HeaderScope, HostRules};

use super::{OverLimit, addresses, fields, fields_of_all, globs, href_at};

/// The most bytes of the file (<https://learn.microsoft.com/azure/static-web-apps/configuration#restrictions>).
const MOST_BYTES: usize = 20 * 1024;

/// The file. The first route that matches is the only one, so that narrow rules come before wide ones.
pub(super) fn text(rules: &HostRules) -> String {
    let mut routes: Vec<Value> = Vec::new();
    for (from, to) in &rules.redirects {
        let (from, to) = (href_at(rules, from), href_at(rules, to));
        routes.push(json!({ "route": from, "redirect": to, "statusCode": 301 }));
    }
    for rule in rules.exceptions.iter().rev() {
        // Only what differs from every answer: the host adds the rest.
        let own = fields(&rule.headers);
        let headers: Map<String, Value> = own
            .into_iter()
            .filter(|field| !fields(&rules.otherwise).contains(field))
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect();
        let found = match &rule.on {
            // `/*.{css}`: a wildcard stands at the end, before nothing but extensions.
            HeaderScope::Extension(name) => vec![format!("{}/*.{{{name}}}", rules.prefix)],
            HeaderScope::Folder(..) => {
                let braced = |glob: String| match glob.rsplit_once('.') {
                    Some((before, name)) => format!("{before}.{{{name}}}"),
                    None => glob,
                };
                globs(rules, &rule.on).into_iter().map(braced).collect()
            }
            HeaderScope::Framable => {
                let framable = rules.framable.iter();
                framable.flat_map(|path| addresses(rules, path)).collect()
            }
            HeaderScope::One(path) => addresses(rules, path),
        };
        routes.extend(found.into_iter().map(|route| match headers.is_empty() {
            true => json!({ "route": route }),
            false => json!({ "route": route, "headers": headers }),
        }));
    }
    let all: Map<String, Value> =
        fields_of_all(rules).into_iter().map(|(name, value)| (name.into(), json!(value))).collect();
    let mut file = Map::new();
    file.insert("trailingSlash".into(), json!("always"));
    file.insert("routes".into(), Value::Array(routes));
    if rules.has_not_found {
        let page = format!("{}/404.html", rules.prefix);
        file.insert("responseOverrides".into(), json!({ "404": { "rewrite": page } }));
    }
    let types = rules.types.iter().map(|(name, kind)| (format!(".{name}"), json!(kind)));
    file.insert("mimeTypes".into(), Value::Object(types.collect()));
    file.insert("globalHeaders".into(), Value::Object(all));
    // In one line: the host counts the bytes.
    let mut text = serde_json::to_string(&file).expect("texts and lists");
    text.push('\n');
    text
}

/// What is over a limit of the host.
pub(super) fn over_limit(text: &str) -> OverLimit {
    (text.len() > MOST_BYTES).then(|| {
        let over = format!("{} bytes, where Azure takes {MOST_BYTES}", text.len());
        (over, "Azure would refuse the site")
    })
}
