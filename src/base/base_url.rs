//! Where the site is published: the reading of `base_url`, and which URLs are below it.

use std::borrow::Cow;
use std::fmt;
use std::net::Ipv6Addr;

use serde::Serialize;

use super::OutPath;

/// Where the site is published.
///
/// The default is what a site without a `base_url` has: no origin, at the root.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BaseUrl {
    /// Scheme, host and any port that is not the scheme's own, in lower case, such as `https://example.org`.
    pub origin: Option<String>,
    /// The path that every root-relative link starts with: `/`, or such as `/project/`. Starts and ends with a
    /// slash and has no character that a URL would have to encode.
    pub path: String,
}

/// Why a text is not a base URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadBase {
    /// It does not start with `http://` or `https://`.
    NotHttp,
    /// It has no host, or something else than a host and a port before its path.
    BadHost,
    /// It has a query or a fragment.
    QueryOrFragment,
    /// Its path has an empty or dot segment, or a character that links would have to encode.
    BadPath,
}

impl BaseUrl {
    /// Reads a base URL such as `https://example.org/project`; a missing last slash is added.
    ///
    /// # Errors
    /// [`BadBase`] for a text that is not an absolute http(s) URL of a folder.
    pub fn parse(base_url: &str) -> Result<Self, BadBase> {
        let (scheme, rest) = base_url.split_once("://").ok_or(BadBase::NotHttp)?;
        if !is_web(scheme) {
            return Err(BadBase::NotHttp);
        }
        if rest.contains(['?', '#']) {
            return Err(BadBase::QueryOrFragment);
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !is_authority(authority) {
            return Err(BadBase::BadHost);
        }
        let segments = path.trim_start_matches('/');
        let segments = segments.strip_suffix('/').unwrap_or(segments);
        if path.starts_with("//")
            || !(segments.is_empty() || segments.split('/').all(is_plain_segment))
        {
            return Err(BadBase::BadPath);
        }
        let scheme = scheme.to_ascii_lowercase();
        let origin = format!("{scheme}://{}", host_key(&scheme, authority));
        let path = if segments.is_empty() { "/".to_owned() } else { format!("/{segments}/") };
        Ok(Self { origin: Some(origin), path })
    }

    /// The path without its last slash: what stands before a [`UrlPath`](super::UrlPath).
    pub fn prefix(&self) -> &str {
        self.path.trim_end_matches('/')
    }

    /// The absolute URL of an output; none where the site does not know its origin.
    pub fn url(&self, path: &OutPath) -> Option<String> {
        self.origin.as_ref().map(|origin| format!("{origin}{}", path.href(self.prefix())))
    }

    /// Takes the base's path off a path of the host, or gives the path back when it lies elsewhere. The base
    /// without its last slash is the home page: hosts redirect it there.
    pub fn strip<'a>(&self, path: Cow<'a, str>) -> Result<Cow<'a, str>, Cow<'a, str>> {
        let prefix = self.prefix();
        if prefix.is_empty() {
            return Ok(path);
        }
        match path.strip_prefix(prefix) {
            Some("") => Ok(Cow::Borrowed("/")),
            Some(rest) if rest.starts_with('/') => Ok(Cow::Owned(rest.to_owned())),
            _ => Err(path),
        }
    }

    /// Whether a URL with this host, and this scheme if it names one, is on the site's own host.
    pub fn has_host(&self, scheme: Option<&str>, host: &str) -> bool {
        let Some((own_scheme, own_host)) = self.origin.as_deref().and_then(|o| o.split_once("://"))
        else {
            return false;
        };
        scheme.is_none_or(|scheme| scheme.eq_ignore_ascii_case(own_scheme))
            && host_key(own_scheme, host) == own_host
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self { origin: None, path: "/".to_owned() }
    }
}

impl fmt::Display for BadBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotHttp => "does not start with `http://` or `https://`",
            Self::BadHost => "has no valid host",
            Self::QueryOrFragment => "has a query or a fragment",
            Self::BadPath => "has an empty or dot segment, or a character that a URL must encode",
        })
    }
}

impl std::error::Error for BadBase {}

/// The host and port in the form that origins compare in.
fn host_key(scheme: &str, authority: &str) -> String {
    let own_port = if scheme == "https" { ":443" } else { ":80" };
    authority.strip_suffix(own_port).unwrap_or(authority).to_lowercase()
}

/// Whether a text is a host name or address with an optional port, and nothing more (no user name).
fn is_authority(text: &str) -> bool {
    let (host_is_good, rest) = match text.strip_prefix('[') {
        Some(inner) => match inner.split_once(']') {
            Some((address, rest)) => (address.parse::<Ipv6Addr>().is_ok(), rest),
            None => (false, ""),
        },
        None => {
            let (host, rest) = text.split_at(text.find(':').unwrap_or(text.len()));
            let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
            (!host.is_empty() && host.chars().all(good), rest)
        }
    };
    let port_is_good = match rest.strip_prefix(':') {
        Some(port) => port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok(),
        None => rest.is_empty(),
    };
    host_is_good && port_is_good
}

/// Whether a path segment reads the same encoded and decoded, and means itself.
fn is_plain_segment(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
        && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~!$()*+,;=:@".contains(&b))
}

/// Whether a scheme is one that pages are served by.
pub fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

#[cfg(test)]
mod tests {
    use super::{BadBase, BaseUrl};

    #[test]
    fn base_urls() {
        let good = [
            ("https://example.org", "https://example.org", "/"),
            ("http://example.org:80/", "http://example.org", "/"),
            ("http://example.org:443/", "http://example.org:443", "/"),
            ("HTTPS://Example.org:8443/A/b", "https://example.org:8443", "/A/b/"),
            ("https://example.org/~user/", "https://example.org", "/~user/"),
            ("http://[::1]:8000/", "http://[::1]:8000", "/"),
        ];
        for (text, origin, path) in good {
            let base = BaseUrl { origin: Some(origin.to_owned()), path: path.to_owned() };
            assert_eq!(BaseUrl::parse(text), Ok(base.clone()), "{text}");
            assert_eq!(BaseUrl::parse(&format!("{origin}{path}")), Ok(base), "{text}");
        }
        for (text, error) in [
            ("", BadBase::NotHttp),
            ("example.org", BadBase::NotHttp),
            ("/project/", BadBase::NotHttp),
            ("ftp://example.org/", BadBase::NotHttp),
            (" https://example.org/", BadBase::NotHttp),
            ("https://", BadBase::BadHost),
            ("https:///project/", BadBase::BadHost),
            ("https://a b/", BadBase::BadHost),
            ("https://me@example.org/", BadBase::BadHost),
            ("https://example.org:/", BadBase::BadHost),
            ("https://example.org:+80/", BadBase::BadHost),
            ("https://example.org:99999/", BadBase::BadHost),
            ("https://[::1/", BadBase::BadHost),
            ("https://[x]/", BadBase::BadHost),
            ("https://example.org/?x", BadBase::QueryOrFragment),
            ("https://example.org#x", BadBase::QueryOrFragment),
            ("https://example.org//", BadBase::BadPath),
            ("https://example.org/a//b/", BadBase::BadPath),
            ("https://example.org/a//", BadBase::BadPath),
            ("https://example.org/../a/", BadBase::BadPath),
            ("https://example.org/a b/", BadBase::BadPath),
            ("https://example.org/%61/", BadBase::BadPath),
            ("https://example.org/é/", BadBase::BadPath),
        ] {
            assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
        }
    }
}
