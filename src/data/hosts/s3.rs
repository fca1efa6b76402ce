//! The website configuration of a bucket of S3, as `aws s3api put-bucket-website` takes it.
//!
//! A store of objects has the headers that it was given with each object: `publish` gives the type and how long a client
//! may keep it. It has no place for the others, which a network in front of it adds.

use serde_json::{Map, Value, json};

use crate::base::OutPath;
use crate::site::host_rules::HostRules;

use super::{OverLimit, plain_redirects};

/// The most routing rules of a bucket
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>).
const MOST_RULES: usize = 50;

/// The file.
pub(super) fn text(rules: &HostRules) -> String {
    let mut file = Map::new();
    file.insert("IndexDocument".into(), json!({ "Suffix": "index.html" }));
    if rules.has_not_found() {
        file.insert("ErrorDocument".into(), json!({ "Key": format!("{}404.html", key(rules)) }));
    }
    let routes: Vec<Value> = redirects(rules)
        .map(|(from, to)| {
            let mut redirect = Map::new();
            // Without these readers are sent to the store itself.
            if let Some((scheme, host)) =
                rules.origin.as_deref().and_then(|origin| origin.split_once("://"))
            {
                redirect.insert("Protocol".into(), json!(scheme));
                redirect.insert("HostName".into(), json!(host));
            }
            redirect.insert("HttpRedirectCode".into(), json!("301"));
            redirect.insert("ReplaceKeyWith".into(), json!(object(rules, to)));
            json!({ "Condition": { "KeyPrefixEquals": object(rules, from) }, "Redirect": redirect })
        })
        .collect();
    if !routes.is_empty() {
        file.insert("RoutingRules".into(), Value::Array(routes));
    }
    let mut text = serde_json::to_string_pretty(&file).expect("texts and lists");
    text.push('\n');
    text
}

/// What is over a limit of the host.
pub(super) fn over_limit(rules: &HostRules) -> OverLimit {
    let count = redirects(rules).count();
    (count > MOST_RULES).then(|| {
        let over = format!("{count} routing rules, where a bucket of S3 takes {MOST_RULES}");
        (over, "S3 would refuse them all")
    })
}

/// The redirects of which no other output is a part: a rule holds for everything that begins alike.
fn redirects(rules: &HostRules) -> impl Iterator<Item = &(OutPath, OutPath)> {
    plain_redirects(rules).filter(|(from, _)| rules.above_others.binary_search(from).is_err())
}

/// What the key of every object begins with.
fn key(rules: &HostRules) -> String {
    let prefix = rules.prefix.trim_start_matches('/');
    if prefix.is_empty() { String::new() } else { format!("{prefix}/") }
}

/// The key that is asked for at the URL of an output.
fn object(rules: &HostRules, path: &OutPath) -> String {
    format!("{}{}", key(rules), path.url().as_str().trim_start_matches('/'))
}
