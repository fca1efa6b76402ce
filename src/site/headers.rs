//! What an answer with one of the site's own files must say, whichever program answers.

use super::{Output, Producer};
use crate::base::{OutPath, Phase};

/// How long clients may keep an output before they ask again.
pub fn cache_control(output: &Output) -> &'static str {
    match output.phase {
        _ if output.is_immutable => "public, max-age=31536000, immutable",
        Phase::Asset => "public, max-age=3600",
        Phase::Data | Phase::Page | Phase::List | Phase::Control => {
            "public, max-age=0, must-revalidate"
        }
    }
}

/// Whether pages of other sites may show an output in a frame: embeds alone.
pub fn may_be_framed(output: &Output) -> bool {
    output.is_embed
}

/// Whether programs on pages of other sites may read an output (`Access-Control-Allow-Origin: *`): what is made for programs,
/// and no page.
pub fn is_open_to_all_origins(output: &Output) -> bool {
    matches!(output.producer, Producer::Data(_)) && !output.media_type.is_html()
}

/// The `Content-Security-Policy` of an output that the site's authors brought along; `None` for what is passive, and for
/// what the program writes itself.
pub fn policy_of_file(output: &Output) -> Option<&'static str> {
    output.published()?;
    let by_name = content_security_policy(&output.path);
    by_name.or_else(|| content_security_policy_of_type(output.media_type.essence()))
}

/// A document in a sandbox runs no script, sends no form, and has an origin that no other document shares.
const SANDBOX: &str = "sandbox";

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
