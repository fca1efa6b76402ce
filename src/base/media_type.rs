//! The media type of a file, by its name: one table for the preview and for what is published.

use std::fmt;

use super::OutPath;

/// A media type (RFC 9110, 8.3.1). Shown, a text type has the parameter `charset=utf-8`: the program writes no other
/// encoding, and browsers guess where none is named. JSON and XML types have none; their specifications name UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaType(&'static str);

/// Types that `mime_guess` lacks, or has by a name that IANA has replaced. In lower case, sorted by extension.
const NEWER: [(&str, &str); 9] = [
    ("bib", "text/x-bibtex"),
    ("ico", "image/vnd.microsoft.icon"),
    ("map", "application/json"),
    ("mjs", "text/javascript"),
    ("otf", "font/otf"),
    ("woff", "font/woff"),
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
];

impl MediaType {
    /// A page.
    pub const HTML: Self = Self("text/html");

    /// What a client makes of bytes of an unknown type: nothing.
    pub const UNKNOWN: Self = Self("application/octet-stream");

    /// The type of a file, by the extension of its name.
    pub fn of(path: &OutPath) -> Self {
        let name = path.as_str().rsplit('/').next().unwrap_or_default();
        let Some((_, extension)) = name.rsplit_once('.') else { return Self::UNKNOWN };
        let extension = extension.to_ascii_lowercase();
        match NEWER.binary_search_by(|(known, _)| (*known).cmp(&*extension)) {
            Ok(at) => Self(NEWER[at].1),
            Err(_) => mime_guess::from_ext(&extension).first_raw().map_or(Self::UNKNOWN, Self),
        }
    }

    /// The type and subtype, without parameters.
    pub fn essence(self) -> &'static str {
        self.0
    }

    /// Whether a browser shows such a file as a page.
    pub fn is_html(self) -> bool {
        self == Self::HTML
    }

    /// Whether it is text in an XML format.
    pub fn is_xml(self) -> bool {
        self.0.ends_with("/xml") || self.0.ends_with("+xml")
    }

    /// Whether it is text in a JSON format.
    pub fn is_json(self) -> bool {
        self.0.ends_with("/json") || self.0.ends_with("+json")
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        if self.0.starts_with("text/") { f.write_str("; charset=utf-8") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{MediaType, NEWER};
    use crate::base::OutPath;

    #[test]
    fn newer_types_are_found() {
        assert!(NEWER.is_sorted());
        for (extension, essence) in NEWER {
            let path = OutPath::new(&format!("a.b/c.{extension}")).expect("a valid path");
            assert_eq!(MediaType::of(&path).essence(), essence);
            assert_ne!(mime_guess::from_ext(extension).first_raw(), Some(essence), "{extension}");
        }
    }

    #[test]
    fn names_say_what_a_file_is() {
        for (name, shown) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a.htm", "text/html; charset=utf-8"),
            ("a/style.css", "text/css; charset=utf-8"),
            ("x.js", "text/javascript; charset=utf-8"),
            ("x.MJS", "text/javascript; charset=utf-8"),
            ("a.json", "application/json"),
            ("a.jsonld", "application/ld+json"),
            ("a.geojson", "application/geo+json"),
            ("a.webmanifest", "application/manifest+json"),
            ("sitemap.xml", "application/xml"),
            ("a.atom", "application/atom+xml"),
            ("a.rss", "application/rss+xml"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("a.md", "text/markdown; charset=utf-8"),
            ("a.csv", "text/csv; charset=utf-8"),
            ("a.ics", "text/calendar; charset=utf-8"),
            ("a.vtt", "text/vtt; charset=utf-8"),
            ("icon.svg", "image/svg+xml"),
            ("x.png", "image/png"),
            ("x.jpg", "image/jpeg"),
            ("x.JPEG", "image/jpeg"),
            ("x.gif", "image/gif"),
            ("x.webp", "image/webp"),
            ("x.avif", "image/avif"),
            ("x.ico", "image/vnd.microsoft.icon"),
            ("x.woff", "font/woff"),
            ("x.woff2", "font/woff2"),
            ("x.ttf", "font/ttf"),
            ("x.otf", "font/otf"),
            ("x.pdf", "application/pdf"),
            ("x.zip", "application/zip"),
            ("x.wasm", "application/wasm"),
            ("x.mp3", "audio/mpeg"),
            ("x.mp4", "video/mp4"),
            ("x.webm", "video/webm"),
            ("style.css.map", "application/json"),
            ("CNAME", "application/octet-stream"),
            ("a.html/b", "application/octet-stream"),
            (".nojekyll", "application/octet-stream"),
            ("a.xyzzy", "application/octet-stream"),
        ] {
            let path = OutPath::new(name).expect("a valid path");
            assert_eq!(MediaType::of(&path).to_string(), shown, "{name}");
        }
    }

    #[test]
    fn formats_are_told_apart() {
        let of = |name: &str| MediaType::of(&OutPath::new(name).expect("a valid path"));
        for (name, html, xml, json) in [
            ("a.html", true, false, false),
            ("a.xml", false, true, false),
            ("a.svg", false, true, false),
            ("a.json", false, false, true),
            ("a.geojson", false, false, true),
            ("a.txt", false, false, false),
        ] {
            let found = of(name);
            assert_eq!((found.is_html(), found.is_xml(), found.is_json()), (html, xml, json));
        }
    }
}
