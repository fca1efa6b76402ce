//! What a file is, by its name alone: its headers, and the phase in which it becomes visible.

use crate::base::OutPath;

use super::release::Headers;

/// What a target has of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Nothing,
    /// What a run has left that did not end, and that the live release does not know.
    Left,
    /// What readers may be led to.
    Live,
}

/// When a file is published. A phase begins when all before it are done, so that whatever a page refers to is there
/// before the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Files whose names change with their bytes: nothing visible refers to them yet.
    Fingerprinted,
    /// Other files that pages load, and data.
    Assets,
    /// Pages that are new: nothing visible leads to them yet.
    NewPages,
    /// Pages that a run has left which did not end: whatever they refer to is there now.
    LeftPages,
    /// Pages that change.
    Pages,
    /// Lists and feeds: what leads to pages.
    Indexes,
    /// What machines read first: `robots.txt`, the sitemap, the page for what is not there.
    Control,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 7] = [
        Self::Fingerprinted,
        Self::Assets,
        Self::NewPages,
        Self::LeftPages,
        Self::Pages,
        Self::Indexes,
        Self::Control,
    ];

    /// The phase of a file.
    pub fn of(path: &OutPath, before: Before) -> Self {
        let text = path.as_str();
        let name = text.rsplit('/').next().unwrap_or_default();
        if is_page(path) {
            match before {
                // Where readers begin: they must not before there is somewhere to go.
                _ if text == "index.html" => Self::Indexes,
                Before::Nothing => Self::NewPages,
                Before::Left => Self::LeftPages,
                Before::Live if is_control(text) => Self::Control,
                Before::Live if is_list(text) => Self::Indexes,
                Before::Live => Self::Pages,
            }
        } else if is_control(text) {
            Self::Control
        } else if is_feed(name) {
            Self::Indexes
        } else if is_fingerprinted(name) {
            Self::Fingerprinted
        } else {
            Self::Assets
        }
    }

    /// What is being published, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fingerprinted => "fingerprinted files",
            Self::Assets => "assets and data",
            Self::NewPages => "new pages",
            Self::LeftPages => "pages of an earlier run",
            Self::Pages => "pages",
            Self::Indexes => "lists and feeds",
            Self::Control => "control files",
        }
    }
}

/// Whether readers see the file as a page.
pub(super) fn is_page(path: &OutPath) -> bool {
    matches!(extension(path.as_str()).as_str(), "html" | "htm")
}

/// Whether a page that is open in a browser may still ask for the file: it stays for a few releases.
pub(super) fn is_loaded_by_pages(path: &OutPath) -> bool {
    const LOADED: [&str; 18] = [
        "css",
        "js",
        "mjs",
        "wasm",
        "woff",
        "woff2",
        "ttf",
        "otf",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "avif",
        "svg",
        "ico",
        "map",
        "webmanifest",
    ];
    LOADED.contains(&extension(path.as_str()).as_str())
}

/// The headers of a file.
pub(super) fn of(path: &OutPath) -> Headers {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let cache = if is_fingerprinted(name) && !is_page(path) {
        "public, max-age=31536000, immutable"
    } else if is_loaded_by_pages(path) {
        "public, max-age=3600"
    } else {
        "public, max-age=0, must-revalidate"
    };
    let content_type = content_type(path).unwrap_or("application/octet-stream");
    Headers { content_type: content_type.into(), cache_control: cache.into() }
}

/// The media type, where the name says it.
pub(super) fn content_type(path: &OutPath) -> Option<&'static str> {
    Some(match extension(path.as_str()).as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "geojson" => "application/geo+json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => return None,
    })
}

fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase())
}

fn is_control(path: &str) -> bool {
    let sitemap = path.starts_with("sitemap") && path.ends_with(".xml");
    let named = ["robots.txt", "404.html", "CNAME", ".nojekyll", "_headers", "_redirects"];
    sitemap || named.contains(&path) || path.starts_with(".well-known/")
}

fn is_feed(name: &str) -> bool {
    matches!(extension(name).as_str(), "atom" | "rss")
        || matches!(
            name,
            "feed.xml" | "atom.xml" | "rss.xml" | "feed.json" | "index.xml" | "index.json"
        )
}

/// The home page, the indexes of kinds, and the pages of long lists.
fn is_list(path: &str) -> bool {
    let index = ["", "articles/", "players/", "faq/", "topics/"];
    let folder = path.strip_suffix("index.html");
    folder.is_some_and(|folder| index.contains(&folder) || folder.contains("/page/"))
}

/// `style.3fa9c2d1.css`: eight hexadecimal digits or more before the extension.
fn is_fingerprinted(name: &str) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    stem.rsplit_once(['.', '-']).is_some_and(|(before, print)| {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        !before.is_empty()
            && (8..=64).contains(&print.len())
            && print.bytes().all(hex)
            && print.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::{Before, Phase, content_type, is_loaded_by_pages, is_page, of};
    use crate::base::OutPath;

    #[test]
    fn phases_follow_names() {
        for (path, before, phase) in [
            ("theme/style.3fa9c2d1.css", Before::Nothing, Phase::Fingerprinted),
            ("report-20260101.pdf", Before::Nothing, Phase::Assets),
            ("theme/style.css", Before::Live, Phase::Assets),
            ("articles/talks/index.html", Before::Nothing, Phase::NewPages),
            ("articles/talks/index.html", Before::Live, Phase::Pages),
            ("index.html", Before::Live, Phase::Indexes),
            ("articles/index.html", Before::Live, Phase::Indexes),
            ("topics/trade/articles/page/2/index.html", Before::Live, Phase::Indexes),
            ("topics/trade/articles/page/3/index.html", Before::Nothing, Phase::NewPages),
            ("feed.xml", Before::Nothing, Phase::Indexes),
            ("index.html", Before::Nothing, Phase::Indexes),
            ("404.html", Before::Live, Phase::Control),
            ("404.html", Before::Nothing, Phase::NewPages),
            ("404.html", Before::Left, Phase::LeftPages),
            ("sitemap.xml", Before::Live, Phase::Control),
            ("sub/robots.txt", Before::Live, Phase::Assets),
        ] {
            let path = OutPath::new(path).expect("a valid path");
            assert_eq!(Phase::of(&path, before), phase, "{path}");
        }
    }

    /// Every row of every table, and what is in none.
    #[test]
    fn names_say_what_a_file_is() {
        let path = |text: &str| OutPath::new(text).expect("a valid path");
        let loaded = "public, max-age=3600";
        let asked = "public, max-age=0, must-revalidate";
        for (ends, kind, cache) in [
            ("html htm", "text/html; charset=utf-8", asked),
            ("css", "text/css; charset=utf-8", loaded),
            ("js mjs", "text/javascript; charset=utf-8", loaded),
            ("json", "application/json", asked),
            ("jsonld", "application/ld+json", asked),
            ("geojson", "application/geo+json", asked),
            ("webmanifest", "application/manifest+json", loaded),
            ("xml", "application/xml", asked),
            ("txt", "text/plain; charset=utf-8", asked),
            ("md", "text/markdown; charset=utf-8", asked),
            ("csv", "text/csv; charset=utf-8", asked),
            ("svg", "image/svg+xml", loaded),
            ("png", "image/png", loaded),
            ("jpg jpeg", "image/jpeg", loaded),
            ("gif", "image/gif", loaded),
            ("webp", "image/webp", loaded),
            ("avif", "image/avif", loaded),
            ("ico", "image/vnd.microsoft.icon", loaded),
            ("woff", "font/woff", loaded),
            ("woff2", "font/woff2", loaded),
            ("ttf", "font/ttf", loaded),
            ("otf", "font/otf", loaded),
            ("pdf", "application/pdf", asked),
            ("zip", "application/zip", asked),
            ("wasm", "application/wasm", loaded),
            ("mp3", "audio/mpeg", asked),
            ("mp4", "video/mp4", asked),
            ("webm", "video/webm", asked),
            ("map", "application/octet-stream", loaded),
            ("xyz", "application/octet-stream", asked),
        ] {
            for end in ends.split(' ').flat_map(|end| [end.to_owned(), end.to_uppercase()]) {
                let name = path(&format!("a.b/c d.{end}"));
                let headers = of(&name);
                assert_eq!(
                    (&*headers.content_type, &*headers.cache_control),
                    (kind, cache),
                    "{name}"
                );
                let is_known = kind != "application/octet-stream";
                assert_eq!(content_type(&name).is_some(), is_known, "{name}");
                assert_eq!(is_loaded_by_pages(&name), cache == loaded, "{name}");
                assert_eq!(is_page(&name), kind.starts_with("text/html"), "{name}");
                // A name that changes with the bytes; a page never has one.
                let printed = path(&format!("a/c.0a1b2c3d.{end}"));
                let forever = "public, max-age=31536000, immutable";
                let expected = if is_page(&printed) { asked } else { forever };
                assert_eq!(&*of(&printed).cache_control, expected, "{printed}");
            }
        }
        for text in
            ["a.html/b", "html", "a/.", "a."].iter().filter_map(|text| OutPath::new(text).ok())
        {
            assert_eq!(content_type(&text), None, "{text}");
        }
    }

    #[test]
    fn what_machines_read_first_and_what_leads_to_pages() {
        let phase =
            |text: &str| Phase::of(&OutPath::new(text).expect("a valid path"), Before::Live);
        for text in [
            "robots.txt",
            "404.html",
            "CNAME",
            ".nojekyll",
            "_headers",
            "_redirects",
            "sitemap.xml",
            "sitemap-2.xml",
            ".well-known/security.txt",
        ] {
            assert_eq!(phase(text), Phase::Control, "{text}");
        }
        for text in [
            "a.atom",
            "a.rss",
            "feed.xml",
            "topics/a/atom.xml",
            "rss.xml",
            "feed.json",
            "index.xml",
            "index.json",
            "index.html",
            "articles/index.html",
            "players/index.html",
            "faq/index.html",
            "topics/index.html",
            "topics/a/articles/page/2/index.html",
        ] {
            assert_eq!(phase(text), Phase::Indexes, "{text}");
        }
        for text in ["a/robots.txt", "sitemap.html.txt", "data.xml", "a/CNAME"] {
            assert_eq!(phase(text), Phase::Assets, "{text}");
        }
        for (name, is_print) in [
            ("a.0a1b2c3d.css", true),
            ("a-0a1b2c3d.css", true),
            ("a.0a1b2c3.css", false),
            ("a.01234567.css", false),
            ("a.0A1B2C3D.css", false),
            ("a.0a1b2c3g.css", false),
            (".0a1b2c3d.css", false),
            ("0a1b2c3d", false),
        ] {
            assert_eq!(phase(name) == Phase::Fingerprinted, is_print, "{name}");
        }
    }
}
