//! Where a URL on a page leads.
//!
//! References are resolved as RFC 3986 section 5 says, with the repairs that browsers make: space around a URL is
//! ignored, a line break in it too, and `\` counts as `/`. This module knows the site's address and nothing of
//! its outputs.

use std::borrow::Cow;
use std::iter;

use memchr::{memchr, memmem};

use crate::base::{BaseUrl, OutPath, Signs, UrlPath, is_web, percent_byte};

/// What one URL on a page leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlTarget<'a> {
    /// Another site, or something with a scheme of its own: not ours to check.
    External,
    /// `mailto:`
    Mail,
    /// `tel:`
    Tel,
    /// `data:`
    Data,
    /// A place on this site.
    Internal {
        /// The path from the site's root, like a [`UrlPath`]: percent-decoded, without dot segments and without
        /// the base URL's own path. An encoded slash stays `%2F`, since it separates no folders.
        path: Cow<'a, str>,
        /// The anchor after `#`, percent-decoded; `None` when there is none or an empty one (the page's top).
        fragment: Option<Cow<'a, str>>,
    },
    /// A path on the site's host that does not start with the base URL's own path.
    OutsideBase {
        /// The path from the host's root, percent-decoded.
        path: Cow<'a, str>,
    },
}

impl UrlTarget<'_> {
    /// The same, without borrowing the URL.
    fn into_owned(self) -> UrlTarget<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::External => UrlTarget::External,
            Self::Mail => UrlTarget::Mail,
            Self::Tel => UrlTarget::Tel,
            Self::Data => UrlTarget::Data,
            Self::Internal { path, fragment } => {
                UrlTarget::Internal { path: owned(path), fragment: fragment.map(owned) }
            }
            Self::OutsideBase { path } => UrlTarget::OutsideBase { path: owned(path) },
        }
    }
}

/// Resolves a URL found on a page. Query strings are dropped: a static host ignores them.
///
/// An absolute URL counts as one of this site only below the whole base URL. Elsewhere on the same host it leads
/// to another site, whereas a root-relative or relative link out of the base is a slip.
pub fn resolve<'a>(page: &'a UrlPath, url: &'a str, base: &BaseUrl) -> UrlTarget<'a> {
    // Browsers remove these before they read a URL.
    let url = url.trim_matches(|c: char| c <= ' ');
    let signs = Signs::of(url);
    if signs.any(b"\t\n\r") {
        let url = url.replace(['\t', '\n', '\r'], "");
        return resolve_tidy(page, &url, signs, base).into_owned();
    }
    resolve_tidy(page, url, signs, base)
}

/// `signs` are those of the URL; it may lack some of them.
fn resolve_tidy<'a>(
    page: &'a UrlPath,
    url: &'a str,
    signs: Signs,
    base: &BaseUrl,
) -> UrlTarget<'a> {
    let (mut reference, mut fragment) = (url, None);
    if signs.any(b"#")
        && let Some(at) = memchr(b'#', url.as_bytes())
    {
        (reference, fragment) = (&url[..at], anchor(&url[at + 1..], signs));
    }
    if signs.any(b"?") {
        reference = reference.split('?').next().unwrap_or_default();
    }
    if signs.any(b"\\") && reference.contains('\\') {
        let reference = reference.replace('\\', "/");
        return resolve_reference(page, &reference, fragment, base).into_owned();
    }
    resolve_reference(page, reference, fragment, base)
}

fn resolve_reference<'a>(
    page: &'a UrlPath,
    reference: &'a str,
    fragment: Option<Cow<'a, str>>,
    base: &BaseUrl,
) -> UrlTarget<'a> {
    let (scheme, rest) = match scheme(reference) {
        Some((scheme, rest)) if is_web(scheme) && rest.starts_with("//") => (Some(scheme), rest),
        Some((scheme, _)) => return by_scheme(scheme),
        None => (None, reference),
    };
    if rest.is_empty() {
        return UrlTarget::Internal { path: page.as_str().into(), fragment };
    }
    let (path, names_host) = if let Some(rest) = rest.strip_prefix("//") {
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !base.has_host(scheme, host) {
            return UrlTarget::External;
        }
        (Cow::Owned(join(String::new(), path)), true)
    } else if rest.starts_with('/') {
        let path = match is_plain(rest) {
            true => Cow::Borrowed(rest),
            false => Cow::Owned(join(String::new(), rest)),
        };
        (path, false)
    } else {
        let folder = page.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        (Cow::Owned(join(format!("{}{folder}", base.prefix()), rest)), false)
    };
    match base.strip(path) {
        Ok(path) => UrlTarget::Internal { path, fragment },
        Err(_) if names_host => UrlTarget::External,
        Err(path) => UrlTarget::OutsideBase { path },
    }
}

/// The outputs that a static host answers a path with, best first: the file of that name, or the index of the
/// folder of that name. None when no output can have the name.
///
/// `path` is that of [`UrlTarget::Internal`]. A path in another Unicode normal form than our outputs' finds nothing,
/// because hosts compare bytes.
pub fn candidates(path: &str) -> impl Iterator<Item = OutPath> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let is_folder = path.is_empty() || path.ends_with('/');
    let file = (!is_folder).then_some(Cow::Borrowed(path));
    let index = move || {
        let mut name = String::with_capacity(path.len() + "/index.html".len());
        name.push_str(path);
        name.push_str(if is_folder { "index.html" } else { "/index.html" });
        Cow::Owned(name)
    };
    file.into_iter().chain(iter::once_with(index)).filter_map(|name| OutPath::exact(&name))
}

/// The anchor that a fragment names. What follows `:~:` is for the browser (a text to highlight).
fn anchor(fragment: &str, signs: Signs) -> Option<Cow<'_, str>> {
    let name = match signs.any(b"~") {
        true => fragment.split(":~:").next().unwrap_or_default(),
        false => fragment,
    };
    (!name.is_empty()).then(|| percent_decode(name, None))
}

/// The scheme and what follows its colon.
fn scheme(reference: &str) -> Option<(&str, &str)> {
    if !reference.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (scheme, rest) = reference.split_once(':')?;
    let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    scheme.bytes().all(good).then_some((scheme, rest))
}

fn by_scheme(scheme: &str) -> UrlTarget<'static> {
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => UrlTarget::Mail,
        "tel" => UrlTarget::Tel,
        "data" => UrlTarget::Data,
        _ => UrlTarget::External,
    }
}

/// Walks from a folder (decoded, without its last slash) along a reference's path, and decodes that on the way.
///
/// Segments are decoded before dots are looked for: to a browser, `%2e%2e` climbs too.
fn join(folder: String, path: &str) -> String {
    let mut out = folder;
    let path = path.strip_prefix('/').unwrap_or(path);
    if !path.starts_with('.') && is_plain(path) {
        out.push('/');
        out.push_str(path);
        return out;
    }
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let segment = percent_decode(segment, Some(b'/'));
        match &*segment {
            "." => {}
            ".." => out.truncate(out.rfind('/').unwrap_or(0)),
            _ => {
                out.push('/');
                out.push_str(&segment);
                continue;
            }
        }
        // A path that ends in a dot segment means the folder.
        if segments.peek().is_none() {
            out.push('/');
        }
    }
    out
}

/// Whether a path has nothing to decode and no dot segment after a slash, as most have.
fn is_plain(path: &str) -> bool {
    let bytes = path.as_bytes();
    // Most paths are those of folders, without a dot.
    let has_dots = memchr(b'.', bytes).is_some() && memmem::find(bytes, b"/.").is_some();
    !has_dots && memchr(b'%', bytes).is_none()
}

/// Replaces `%XX`, except where it stands for the byte `kept`. A `%` that starts no code is itself; bytes that are
/// not UTF-8 become U+FFFD, which no output has in its name.
fn percent_decode(text: &str, kept: Option<u8>) -> Cow<'_, str> {
    if memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        match percent_byte(rest) {
            Some(byte) if Some(byte) != kept => {
                out.push(byte);
                rest = &rest[3..];
            }
            _ => {
                out.push(first);
                rest = after;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::FileFailurePersistence;

    use super::{BaseUrl, UrlTarget, candidates, resolve};
    use crate::base::{OutPath, UrlPath};

    const ROOT: &str = "https://example.org/";
    const PROJECT: &str = "https://Example.org:443/project";

    /// A target in one line: `/path`, `/path#anchor`, `outside /path` or the kind.
    fn line(target: UrlTarget<'_>) -> String {
        match target {
            UrlTarget::External => "external".to_owned(),
            UrlTarget::Mail => "mail".to_owned(),
            UrlTarget::Tel => "tel".to_owned(),
            UrlTarget::Data => "data".to_owned(),
            UrlTarget::Internal { path, fragment: None } => path.into_owned(),
            UrlTarget::Internal { path, fragment: Some(fragment) } => format!("{path}#{fragment}"),
            UrlTarget::OutsideBase { path } => format!("outside {path}"),
        }
    }

    fn page(out: &str) -> UrlPath {
        OutPath::new(out).expect("a valid path").url()
    }

    /// Resolves every URL on one page of a site and compares.
    fn check(out: &str, base_url: &str, cases: &[(&str, &str)]) {
        let base = BaseUrl::parse(base_url).expect(base_url);
        for (url, expected) in cases {
            let found = line(resolve(&page(out), url, &base));
            assert_eq!(found, *expected, "{url:?} on {out} of {base_url}");
        }
    }

    #[test]
    fn normal_examples_of_rfc_3986() {
        check(
            "b/c/d;p",
            ROOT,
            &[
                ("g:h", "external"),
                ("g", "/b/c/g"),
                ("./g", "/b/c/g"),
                ("g/", "/b/c/g/"),
                ("/g", "/g"),
                ("//g", "external"),
                ("?y", "/b/c/d;p"),
                ("g?y", "/b/c/g"),
                ("#s", "/b/c/d;p#s"),
                ("g#s", "/b/c/g#s"),
                ("g?y#s", "/b/c/g#s"),
                (";x", "/b/c/;x"),
                ("g;x", "/b/c/g;x"),
                ("g;x?y#s", "/b/c/g;x#s"),
                ("", "/b/c/d;p"),
                (".", "/b/c/"),
                ("./", "/b/c/"),
                ("..", "/b/"),
                ("../", "/b/"),
                ("../g", "/b/g"),
                ("../..", "/"),
                ("../../", "/"),
                ("../../g", "/g"),
            ],
        );
    }

    #[test]
    fn abnormal_examples_of_rfc_3986() {
        check(
            "b/c/d;p",
            ROOT,
            &[
                ("../../../g", "/g"),
                ("../../../../g", "/g"),
                ("/./g", "/g"),
                ("/../g", "/g"),
                ("g.", "/b/c/g."),
                (".g", "/b/c/.g"),
                ("g..", "/b/c/g.."),
                ("..g", "/b/c/..g"),
                ("./../g", "/b/g"),
                ("./g/.", "/b/c/g/"),
                ("g/./h", "/b/c/g/h"),
                ("g/../h", "/b/c/h"),
                ("g;x=1/./y", "/b/c/g;x=1/y"),
                ("g;x=1/../y", "/b/c/y"),
                ("g?y/./x", "/b/c/g"),
                ("g?y/../x", "/b/c/g"),
                ("g#s/./x", "/b/c/g#s/./x"),
                ("g#s/../x", "/b/c/g#s/../x"),
                ("http:g", "external"),
            ],
        );
    }

    #[test]
    fn what_browsers_repair() {
        check(
            "a/index.html",
            ROOT,
            &[
                ("  /b/\n", "/b/"),
                ("/b\n/c/", "/b/c/"),
                ("..\\b\\", "/b/"),
                ("\\\\elsewhere.org\\", "external"),
                ("/b/#x\\y", "/b/#x\\y"),
                ("%2e%2E/b", "/b"),
                ("b//../c", "/a/b/c"),
            ],
        );
    }

    #[test]
    fn percent_codes() {
        check(
            "a b/index.html",
            ROOT,
            &[
                ("/caf%C3%A9/?q=%25#r%C3%A9sum%c3%a9", "/café/#résumé"),
                ("x", "/a b/x"),
                ("/100%", "/100%"),
                ("/100%2", "/100%2"),
                ("/%zz%", "/%zz%"),
                ("/%FF", "/\u{fffd}"),
                ("/a%2Fb/../c", "/c"),
                ("/a%2fb", "/a%2fb"),
                ("/%252e", "/%2e"),
                ("#a%2Fb", "/a b/#a/b"),
                ("#", "/a b/"),
                ("#:~:text=word", "/a b/"),
                ("#s:~:text=word", "/a b/#s"),
            ],
        );
    }

    #[test]
    fn schemes() {
        check(
            "a/index.html",
            ROOT,
            &[
                ("MAILTO:a@example.org?subject=x#y", "mail"),
                ("tel:+81-3", "tel"),
                ("data:image/png;base64,AA==", "data"),
                ("javascript:void(0)", "external"),
                ("1a:b", "/a/1a:b"),
                ("./g:h", "/a/g:h"),
                ("b/c:d", "/a/b/c:d"),
                (":", "/a/:"),
            ],
        );
    }

    #[test]
    fn own_address() {
        for own in [ROOT, "https://EXAMPLE.org:443"] {
            check(
                "a/index.html",
                own,
                &[
                    ("https://example.org/b/#c", "/b/#c"),
                    ("HTTPS://Example.ORG:443/b/", "/b/"),
                    ("https://example.org", "/"),
                    ("https://example.org?x#c", "/#c"),
                    ("//example.org/b/", "/b/"),
                    ("http://example.org/b/", "external"),
                    ("https://example.org:8443/b/", "external"),
                    ("https://example.organic/b/", "external"),
                    ("https://me@example.org/b/", "external"),
                    ("https:/b/", "external"),
                    ("///b/", "external"),
                ],
            );
        }
        let nowhere = BaseUrl::default();
        let on = |url| line(resolve(&page("a/index.html"), url, &nowhere));
        assert_eq!(on("https://example.org/b/"), "external");
        assert_eq!(on("/b/"), "/b/");
    }

    #[test]
    fn below_a_project() {
        check(
            "a/index.html",
            PROJECT,
            &[
                ("/project/b/", "/b/"),
                ("/project/", "/"),
                ("/project#x", "/#x"),
                ("/projects/b/", "outside /projects/b/"),
                ("/b%20c/", "outside /b c/"),
                ("/", "outside /"),
                ("../b/", "/b/"),
                ("../../b/", "outside /b/"),
                ("../../project/b/", "/b/"),
                ("b", "/a/b"),
                ("", "/a/"),
                ("https://example.org/project/b/", "/b/"),
                ("https://example.org/b/", "external"),
                ("//example.org/project/b/", "/b/"),
            ],
        );
    }

    #[test]
    fn outputs_of_paths() {
        let check = |path: &str, expected: &[&str]| {
            let found: Vec<_> = candidates(path).map(|out| out.as_str().to_owned()).collect();
            assert_eq!(found, expected, "{path}");
        };
        check("/", &["index.html"]);
        check("/a/", &["a/index.html"]);
        check("/a", &["a", "a/index.html"]);
        check("/a/b.css", &["a/b.css", "a/b.css/index.html"]);
        check("/caf\u{e9}/", &["caf\u{e9}/index.html"]);
        check("/cafe\u{301}/", &[]);
        check("/a//b/", &[]);
        check("//", &[]);
        check("/a\u{0}", &[]);
    }
    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
            ..ProptestConfig::default()
        })]

        #[test]
        fn paths_never_climb(url in prop_oneof!["[a./%2efF#?:\\\\é \n]{0,16}", any::<String>()]) {
            for base_url in [ROOT, PROJECT] {
                let base = BaseUrl::parse(base_url).expect("a valid base URL");
                match resolve(&page("a/b/index.html"), &url, &base) {
                    UrlTarget::Internal { path, .. } | UrlTarget::OutsideBase { path } => {
                        prop_assert!(path.starts_with('/'), "{path}");
                        let climbs = path.split('/').any(|part| matches!(part, "." | ".."));
                        prop_assert!(!climbs, "{path}");
                        prop_assert!(candidates(&path).count() <= 2);
                    }
                    UrlTarget::External | UrlTarget::Mail | UrlTarget::Tel | UrlTarget::Data => {}
                }
            }
        }
    }
}
