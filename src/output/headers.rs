//! What an answer with one of the site's own files must say, whichever program answers.

use crate::base::OutPath;

/// A document in a sandbox runs no script, sends no form, and has an origin that no other document shares.
const SANDBOX: &str = "sandbox";

/// The `Content-Security-Policy` of a file that the site's authors brought along; `None` where the type is passive.
///
/// Pages that the program writes itself are none of these: the caller asks about files of users alone.
pub fn content_security_policy(path: &OutPath) -> Option<&'static str> {
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
pub fn content_security_policy_of_type(media_type: &str) -> Option<&'static str> {
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
    use super::{content_security_policy, content_security_policy_of_type};
    use crate::base::OutPath;

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
