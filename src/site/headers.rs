//! What an answer with one of the site's own files must say, whichever program answers.

use std::sync::Arc;

use serde::Serialize;

use super::policies::{Policies, SANDBOX};
use super::{Output, Producer};
use crate::base::{OutPath, Phase};

/// How long clients may keep an output before they ask again.
pub fn cache_control(output: &Output) -> &'static str {
    match output.phase {
        _ if output.is_immutable => IMMUTABLE,
        Phase::Asset => "public, max-age=3600",
        Phase::Data | Phase::Page | Phase::List | Phase::Control => REVALIDATED,
    }
}

/// A client may keep it for a year: another file has another name.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A client may keep it, and asks each time whether it is still the same.
const REVALIDATED: &str = "public, max-age=0, must-revalidate";

/// What every answer says, whatever the output.
pub const OF_ALL: [(&str, &str); 3] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// What an answer says that depends on the output.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct OutputHeaders {
    /// `Content-Security-Policy`.
    pub policy: Arc<str>,
    /// `Cache-Control`.
    pub cache: &'static str,
    /// Whether scripts of every site may read it: `Access-Control-Allow-Origin: *`.
    pub is_open: bool,
}

impl OutputHeaders {
    /// Those of a page.
    pub fn of_pages(policies: &Policies) -> Self {
        Self { policy: policies.pages.clone(), cache: REVALIDATED, is_open: false }
    }

    /// Whether a client may keep it and never ask again.
    pub fn is_immutable(&self) -> bool {
        self.cache == IMMUTABLE
    }

    /// Those of an output, with the policies of its site.
    pub fn of(output: &Output, policies: &Policies) -> Self {
        let policy = match policy_of_file(output).or_else(|| policy_of_data(output)) {
            Some(_) => &policies.sandbox,
            None if is_framable(output) => &policies.framed,
            None => &policies.pages,
        };
        let policy = policy.clone();
        Self { policy, cache: cache_control(output), is_open: is_open(output) }
    }
}

/// Whether other sites may show a page in a frame: it was made for that.
pub fn is_framable(output: &Output) -> bool {
    output.is_embed
}

/// Whether an output is data for the programs of others: feeds, JSON, tables, calendars, the pictures of figures.
fn is_open(output: &Output) -> bool {
    let essence = output.media_type.essence();
    let is_feed = output.media_type.is_xml() && output.phase == Phase::List;
    let is_data = is_feed
        || output.media_type.is_json()
        || matches!(
            essence,
            "application/atom+xml" | "application/rss+xml" | "text/calendar" | "text/csv"
        );
    let is_made = matches!(output.producer, Producer::Data(_)) && output.phase != Phase::Control;
    (is_data && output.phase != Phase::Asset) || is_made
}

/// The policy of what the program writes in a format that a browser shows as a document: none of it runs anything.
fn policy_of_data(output: &Output) -> Option<&'static str> {
    matches!(output.producer, Producer::Data(_)).then(|| content_security_policy(&output.path))?
}

/// The `Content-Security-Policy` of an output that the site's authors brought along; `None` for what is passive, and for
/// what the program writes itself.
pub fn policy_of_file(output: &Output) -> Option<&'static str> {
    output.published()?;
    let by_name = content_security_policy(&output.path);
    by_name.or_else(|| content_security_policy_of_type(output.media_type.essence()))
}

/// The `Content-Security-Policy` of a file that the site's authors brought along; `None` where the type is passive.
///
/// Pages that the program writes itself are none of these: the caller asks about files of users alone.
fn content_security_policy(path: &OutPath) -> Option<&'static str> {
    // Whatever a browser shows as HTML or as XML, which may hold HTML and SVG with scripts.
    const ACTIVE: [&str; 30] = [
        "html", "htm", "shtml", "shtm", "hxt", "xhtml", "xhtm", "xht", "svg", "svgz", "xml", "xsl",
        "xslt", "xsd", "dtd", "rss", "atom", "rdf", "owl", "mathml", "mml", "kml", "gpx", "gml",
        "wsdl", "opml", "vml", "mht", "mhtml", "swf",
    ];
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let (_, end) = name.rsplit_once('.')?;
    ACTIVE.iter().any(|active| end.eq_ignore_ascii_case(active)).then_some(SANDBOX)
}

/// The same for a media type, where a server knows it: a name may end in what only the server's own table takes for XML.
fn content_security_policy_of_type(media_type: &str) -> Option<&'static str> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_markup = essence.ends_with("html")
        || essence.ends_with("+xml")
        || essence.ends_with("/xml")
        || essence.ends_with("/xsl")
        || essence == "message/rfc822"
        || essence == "multipart/related";
    is_markup.then_some(SANDBOX)
}

#[cfg(test)]
mod tests {
    use super::{cache_control, content_security_policy, content_security_policy_of_type};
    use crate::base::OutPath;
    use crate::site::Output;

    #[test]
    fn what_pages_load_is_kept_for_an_hour_and_what_never_changes_for_a_year() {
        for (path, expected) in [
            ("a.css", "public, max-age=3600"),
            ("a.png", "public, max-age=3600"),
            ("a.0a1b2c3d.css", "public, max-age=31536000, immutable"),
            ("a.0a1b2c3d.pdf", "public, max-age=31536000, immutable"),
            ("a.html", "public, max-age=0, must-revalidate"),
            ("a.0a1b2c3d.html", "public, max-age=0, must-revalidate"),
            ("a.json", "public, max-age=0, must-revalidate"),
            ("a.pdf", "public, max-age=0, must-revalidate"),
            ("feed.xml", "public, max-age=0, must-revalidate"),
            ("robots.txt", "public, max-age=0, must-revalidate"),
        ] {
            let output = Output::file(OutPath::new(path).expect("a valid path"), 0);
            assert_eq!(cache_control(&output), expected, "{path}");
        }
    }

    #[test]
    fn what_can_act_is_in_a_sandbox() {
        let policy = |path: &str| content_security_policy(&OutPath::new(path).expect("a path"));
        for path in ["a.html", "a/b.HTM", "a.xhtml", "a.Svg", "a.svgz", "feed.xml", "a.tar.rss"] {
            assert_eq!(policy(path), Some("sandbox"), "{path}");
        }
        for path in ["a.pdf", "a.png", "a.json", "a.js", "a.css", "html", "a.html/b", "svg.txt"] {
            assert_eq!(policy(path), None, "{path}");
        }
        for kind in ["text/html; charset=utf-8", "Image/SVG+XML", "text/xml", "application/kml+xml"]
        {
            assert_eq!(content_security_policy_of_type(kind), Some("sandbox"), "{kind}");
        }
        for kind in ["", "text/plain", "application/pdf", "application/json", "text/javascript"] {
            assert_eq!(content_security_policy_of_type(kind), None, "{kind}");
        }
    }
}
