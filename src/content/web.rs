//! Addresses of other sites that lack their scheme.

use crate::base::nearest;

use super::kind::Kind;

/// A text with the scheme that it lacks, if it is the address of another site: `www.example.com/x`, `example.com`.
pub(super) fn whole_url(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let slips = [
        "//",
        "http:",
        "https:",
        "htp://",
        "htps://",
        "htttp://",
        "htttps://",
        "hhtps://",
        "ttps://",
        "http//",
        "https//",
        "http.//",
        "https.//",
        "http;//",
        "https;//",
    ];
    // The longest first: what is left is the host.
    let slip = slips.iter().filter(|slip| lower.starts_with(**slip)).max_by_key(|slip| slip.len());
    let rest = text[slip.map_or(0, |slip| slip.len())..].trim_start_matches(['/', ':']);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_tidy = !rest.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_host(host) && is_tidy).then(|| format!("https://{rest}"))
}

/// Whether a text begins as the address of another site does, and as no file of this one.
pub(super) fn begins_with_www(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) && is_host(host)
}

/// What a destination that leads nowhere was meant to be, if its author forgot a scheme or wrote it with a slip, or wrote
/// signs around it: `team@example.org`, `example.gov/x`, `htps://example.org`, `(https://example.org)`.
pub(super) fn meant(url: &str) -> Option<String> {
    let wrapped = |(open, close): (char, char)| url.strip_prefix(open)?.strip_suffix(close);
    let signs = [('(', ')'), ('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('<', '>')];
    if let Some(inner) = signs.into_iter().find_map(wrapped) {
        let is_whole = inner.contains("://") && is_address(inner);
        return is_whole.then(|| inner.to_owned()).or_else(|| meant(inner));
    }
    if let Some((scheme, rest)) = url.split_once(':')
        && is_mail(rest)
    {
        let near = nearest(scheme, ["mailto"]).is_some() || scheme == "mail" || scheme == "email";
        return near.then(|| format!("mailto:{rest}"));
    }
    if is_mail(url) {
        return Some(format!("mailto:{url}"));
    }
    let whole = whole_url(url)?;
    let has_slip = whole.strip_prefix("https://") != Some(url);
    let host = url.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let end = host.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    (has_slip || DOMAINS.contains(&&*end)).then_some(whole)
}

/// Whether a text is an address of mail.
fn is_mail(text: &str) -> bool {
    let address = text.split('?').next().unwrap_or_default();
    let is_local = |c: char| c.is_ascii_alphanumeric() || ".+_-".contains(c);
    address.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && local.chars().all(is_local) && is_host(host)
    })
}

/// Ends of hosts, of which no file that is published beside a page has one.
const DOMAINS: [&str; 24] = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "news", "eu", "uk", "us", "de", "fr",
    "jp", "kr", "cn", "tw", "ca", "au", "ch", "in", "nato", "io",
];

/// Whether a text begins as a destination alone does: `https://…`, `www.…`, `mailto:…`,
/// `player:…`, `/path`, `../path`, `#section`.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.strip_prefix('<').unwrap_or(text);
    let starts =
        |start: &str| text.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    let is_path = |path: &str| path.starts_with(|c: char| c.is_ascii_alphanumeric());
    let typed = || {
        let (scheme, rest) = text.split_once(':')?;
        let kind = Kind::ALL.into_iter().any(|kind| kind.as_str() == scheme);
        Some((kind || scheme == "mailto" || scheme == "tel") && !rest.is_empty())
    };
    starts("http://")
        || starts("https://")
        || begins_with_www(text)
        || ["/", "./", "../", "#"].iter().any(|start| text.strip_prefix(start).is_some_and(is_path))
        || typed().unwrap_or_default()
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    labels.len() > 1
        && labels.iter().all(|label| is_label(label))
        && last.chars().count() > 1
        && last.chars().all(char::is_alphabetic)
        && !FILES.contains(&&*last.to_ascii_lowercase())
}

/// Ends of file names that are no ends of hosts.
#[rustfmt::skip]
const FILES: [&str; 57] = [
    "md", "html", "htm", "txt", "csv", "tsv", "json", "geojson", "yaml", "xml", "js", "css", "ics", "vtt", "srt",
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "heic", "tif", "tiff",
    "mov", "avi", "mkv", "webm", "mpg", "mpeg", "ogv", "wmv", "flv",
    "aac", "aif", "aiff", "flac", "oga", "ogg", "opus", "wav", "wma",
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "epub", "zip",
];

#[cfg(test)]
mod tests {
    use super::{begins_with_www, meant, whole_url};

    #[test]
    fn addresses_without_a_scheme() {
        for (text, whole) in [
            ("www.example.com", Some("https://www.example.com")),
            ("WWW.Example.com/a?b#c", Some("https://WWW.Example.com/a?b#c")),
            ("example.org/a/b.html", Some("https://example.org/a/b.html")),
            ("example.org:8080/a", Some("https://example.org:8080/a")),
            ("//example.org/a", Some("https://example.org/a")),
            ("https:example.org", Some("https://example.org")),
            ("http:/example.org", Some("https://example.org")),
            ("htps://example.org", Some("https://example.org")),
            ("https//example.org", Some("https://example.org")),
            ("例え.jp/x", Some("https://例え.jp/x")),
            ("about.html", None),
            ("a/b.com", None),
            ("see the paper", None),
            ("e.g. this", None),
            ("example.org/a b", None),
            ("https://example.org/\tx", None),
            ("3.5", None),
            ("javascript:alert(1)", None),
            ("", None),
            ("https://", None),
        ] {
            assert_eq!(whole_url(text).as_deref(), whole, "{text}");
        }
    }

    #[test]
    fn what_was_meant() {
        for (url, whole) in [
            ("team@x.example", Some("mailto:team@x.example")),
            ("a.b+c@example.org?subject=x", Some("mailto:a.b+c@example.org?subject=x")),
            ("malto:a@example.org", Some("mailto:a@example.org")),
            ("mail:a@example.org", Some("mailto:a@example.org")),
            ("sec.gov", Some("https://sec.gov")),
            ("sec.gov/edgar/x.html", Some("https://sec.gov/edgar/x.html")),
            ("example.org:8080/x", Some("https://example.org:8080/x")),
            ("htps://example.org/x", Some("https://example.org/x")),
            ("https//example.org", Some("https://example.org")),
            ("(https://example.org)", Some("https://example.org")),
            ("“https://example.org”", Some("https://example.org")),
            ("(team@x.example)", Some("mailto:team@x.example")),
            ("annex.pdf", None),
            ("notes.md", None),
            ("a/sec.gov", None),
            ("v1.2", None),
            ("archive.tar.gz", None),
            ("javascript:alert(1)", None),
            ("ftp://example.org", None),
            ("data:text/html,x", None),
            ("1:2", None),
            ("@x", None),
            ("", None),
        ] {
            assert_eq!(meant(url).as_deref(), whole, "{url}");
        }
    }

    #[test]
    fn what_is_no_file() {
        for text in ["www.example.com", "www.example.com/x", "WWW.example.com:80"] {
            assert!(begins_with_www(text), "{text}");
        }
        for text in ["www/x", "www.md", "example.com", "a/www.example.com", "wwé"] {
            assert!(!begins_with_www(text), "{text}");
        }
    }
}
