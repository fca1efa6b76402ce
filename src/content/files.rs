//! What the name of a file beside a page says of it: whether it can only be looked at, or does something where it is
//! opened.
//!
//! Hosts tell a file's type by its name, some by every ending in it, and a browser does what the type asks for. So a
//! file counts as safe if its last ending is one that hosts know and browsers only show, and none of the others is one
//! that a host or browser acts on.

use std::fmt;

/// What a file's name says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort<'a> {
    /// It is shown, played or read: a picture, sound, film, PDF, table or plain text.
    Passive,
    /// A document for a program of its own, or an archive: safe, and published where a page links to it.
    Document,
    /// An SVG, of which its text says what it does.
    Drawing,
    /// This ending makes a browser or a host run something.
    Acts(&'a str),
    /// An ending of which no host says what it is; empty for a name without one.
    Unknown(&'a str),
    /// It was left behind by a program that has, or had, another file open.
    Leftover,
}

/// What browsers only show, and hosts know.
#[rustfmt::skip]
const PASSIVE: [&str; 42] = [
    "apng", "avif", "bmp", "gif", "heic", "heif", "ico", "jfif", "jpe", "jpeg", "jpg", "jxl", "png", "tif", "tiff",
    "webp",
    "aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "weba",
    "avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm",
    "pdf",
    "csv", "geojson", "ics", "json", "tsv", "txt", "vtt",
];

/// What browsers save.
#[rustfmt::skip]
pub const DOCUMENTS: [&str; 17] = [
    "7z", "doc", "docx", "epub", "gz", "key", "numbers", "odp", "ods", "odt", "pages", "ppt", "pptx", "rtf", "xls",
    "xlsx", "zip",
];

/// Films and recordings that browsers save as well.
const SAVED_MEDIA: [&str; 6] = ["3gp", "aif", "aiff", "flv", "wma", "wmv"];

/// What a browser acts on, or a host runs that need not be a program to the system, wherever in a name it stands.
#[rustfmt::skip]
const ACTS: [&str; 46] = [
    "appcache", "asa", "ascx", "ashx", "asis", "asmx", "asp", "aspx", "atom", "cer", "cfm", "cgi", "cjs", "css",
    "dtd", "fcgi", "hta", "htaccess", "htc", "htm", "html", "js", "jse", "jsp", "jspx", "mathml", "mht", "mhtml",
    "mjs", "mml", "phar", "pht", "phtm", "phtml", "rss", "shtm", "shtml", "stm", "swf", "vbs", "wasm", "xht",
    "xhtml", "xml", "xsl", "xslt",
];

/// Endings that act, beside a drawing's own: an SVG in a name that another ending follows, or one that is packed.
const DRAWINGS: [&str; 2] = ["svg", "svgz"];

/// The sort of a file, by its name.
pub fn sort(name: &str) -> Sort<'_> {
    if name.starts_with("~$") || name.starts_with(".~") || name.ends_with(".lock") {
        return Sort::Leftover;
    }
    // What stands before the first dot is no ending; hosts drop dots and spaces at the end.
    let name = name.trim_end_matches(['.', ' ']);
    let Some((_, endings)) = name.split_once('.') else { return Sort::Unknown("") };
    let mut endings: Vec<&str> = endings.split('.').collect();
    let last = endings.pop().unwrap_or_default();
    let is_in =
        |list: &[&str], ending: &str| list.iter().any(|known| known.eq_ignore_ascii_case(ending));
    let acts = |ending: &str| is_in(&ACTS, ending.trim()) || is_numbered_php(ending.trim());
    if acts(last) || last.eq_ignore_ascii_case("svgz") {
        return Sort::Acts(last);
    }
    if let Some(inner) =
        endings.into_iter().find(|inner| acts(inner) || is_in(&DRAWINGS, inner.trim()))
    {
        return Sort::Acts(inner.trim());
    }
    match last {
        last if last.eq_ignore_ascii_case("svg") => Sort::Drawing,
        last if is_in(&PASSIVE, last) => Sort::Passive,
        last if is_in(&DOCUMENTS, last) || is_in(&SAVED_MEDIA, last) => Sort::Document,
        last => Sort::Unknown(last),
    }
}

/// `php5`, `phps`, `php-s`.
fn is_numbered_php(ending: &str) -> bool {
    ending.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("php"))
}

/// The kinds of files that are published beside a page, for a sentence.
pub struct Published;

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("pictures, sound, films, PDF, CSV, JSON and plain text")
    }
}

#[cfg(test)]
mod tests {
    use super::{ACTS, DOCUMENTS, PASSIVE, SAVED_MEDIA, Sort, sort};

    #[test]
    fn names() {
        for (name, expected) in [
            ("chart.png", Sort::Passive),
            ("Chart.PNG", Sort::Passive),
            ("v1.2.final.pdf", Sort::Passive),
            ("data.csv", Sort::Passive),
            ("a b.txt", Sort::Passive),
            ("report.docx", Sort::Document),
            ("data.tar.gz", Sort::Document),
            ("talk.wmv", Sort::Document),
            ("map.svg", Sort::Drawing),
            ("map.Svg", Sort::Drawing),
            ("map.2024.svg", Sort::Drawing),
            ("map.svgz", Sort::Acts("svgz")),
            ("map.svg.png", Sort::Acts("svg")),
            ("a.html", Sort::Acts("html")),
            ("a.HTML", Sort::Acts("HTML")),
            ("a.html.", Sort::Acts("html")),
            ("a.html. .", Sort::Acts("html")),
            ("a.xhtml", Sort::Acts("xhtml")),
            ("a.mjs", Sort::Acts("mjs")),
            ("a.wasm", Sort::Acts("wasm")),
            ("a.xsl", Sort::Acts("xsl")),
            ("a.php.jpg", Sort::Acts("php")),
            ("a.PHP7.jpg", Sort::Acts("PHP7")),
            ("a.html.txt", Sort::Acts("html")),
            ("a.html.gz", Sort::Acts("html")),
            ("a.html .txt", Sort::Acts("html")),
            (".html", Sort::Acts("html")),
            ("html.txt", Sort::Passive),
            ("readme", Sort::Unknown("")),
            ("a.", Sort::Unknown("")),
            ("a.xyz", Sort::Unknown("xyz")),
            ("~$report.docx", Sort::Leftover),
            (".~lock.a.odt#", Sort::Leftover),
            ("yarn.lock", Sort::Leftover),
        ] {
            assert_eq!(sort(name), expected, "{name}");
        }
    }

    #[test]
    fn no_ending_is_in_two_lists() {
        let all: Vec<_> =
            PASSIVE.into_iter().chain(DOCUMENTS).chain(SAVED_MEDIA).chain(ACTS).collect();
        for (at, ending) in all.iter().enumerate() {
            assert!(!all[..at].contains(ending), "{ending}");
            assert_eq!(ending.to_ascii_lowercase(), **ending);
        }
    }
}
