//! `vercel.json`.

use serde_json::{Map, Value, json};

use crate::site::host_rules::{HeaderScope, HostRules};

use super::{OverLimit, addresses, changed, fields_of_all, href_at, uncommon_types};

/// The most redirects (<https://vercel.com/docs/redirects/configuration-redirects>, "Limits").
const MOST_REDIRECTS: usize = 2_048;

/// The most characters of each side of a redirect (the same page).
const MOST_IN_ADDRESS: usize = 4_096;

/// The file.
pub(super) fn text(rules: &HostRules) -> String {
    let redirects = rules.redirects.iter().map(|(from, to)| {
        json!({ "source": href_at(rules, from), "destination": href_at(rules, to), "statusCode": 301 })
    });
    let all = [(format!("{}/(.*)", rules.prefix), fields_of_all(rules))];
    let exceptions = rules.exceptions.iter().flat_map(|rule| {
        sources(rules, &rule.on).into_iter().map(|source| (source, changed(rules, rule)))
    });
    let types = uncommon_types(rules).map(|(name, kind)| {
        (format!("{}/(.*).{name}", rules.prefix), vec![("Content-Type", kind)])
    });
    let headers = all.into_iter().chain(types).chain(exceptions).map(|(source, fields)| {
        let fields = fields.into_iter().map(|(key, value)| json!({ "key": key, "value": value }));
        json!({ "source": source, "headers": fields.collect::<Vec<_>>() })
    });
    let mut file = Map::new();
    file.insert("$schema".into(), json!("https://openapi.vercel.sh/vercel.json"));
    file.insert("trailingSlash".into(), json!(true));
    file.insert("redirects".into(), Value::Array(redirects.collect()));
    file.insert("headers".into(), Value::Array(headers.collect()));
    let mut text = serde_json::to_string_pretty(&file).expect("texts and lists");
    text.push('\n');
    text
}

/// The URLs of outputs in the notation of `path-to-regexp`.
fn sources(rules: &HostRules, scope: &HeaderScope) -> Vec<String> {
    let prefix = &rules.prefix;
    match scope {
        HeaderScope::One(path) => addresses(rules, path),
        HeaderScope::Framable => vec![format!("{prefix}/(.*)/embed/")],
        HeaderScope::Extension(name) => vec![format!("{prefix}/(.*).{name}")],
        HeaderScope::Folder(..) => {
            let globs = super::globs(rules, scope).into_iter();
            globs.map(|glob| glob.replace('*', "(.*)")).collect()
        }
    }
}

/// What is over a limit of the host.
pub(super) fn over_limit(rules: &HostRules) -> OverLimit {
    let count = rules.redirects.len();
    if count > MOST_REDIRECTS {
        let over = format!("{count} redirects, where Vercel takes {MOST_REDIRECTS}");
        return Some((over, "Vercel would refuse the site"));
    }
    let sides = rules.redirects.iter().flat_map(|(from, to)| [from, to]);
    let longest = sides.map(|path| href_at(rules, path).len()).max().unwrap_or_default();
    (longest > MOST_IN_ADDRESS).then(|| {
        let over =
            format!("an address of {longest} characters, where Vercel takes {MOST_IN_ADDRESS}");
        (over, "Vercel would refuse the site")
    })
}
