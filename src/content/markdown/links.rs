//! Where a destination leads, and which destinations content may not have.
//!
//! A destination is read as a browser reads it: space around it and line breaks or tabs inside it do not count, a
//! scheme has no case. What is neither known nor relative is refused, so a new dangerous scheme needs no new rule.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::base::{SourcePath, composed_url, percent_decoded};
use crate::content::kind::Kind;
use crate::content::reference::{Link, Target};
use crate::content::web::{begins_with_www, meant, whole_url};
use crate::diag::Code;

/// Why a destination is not used, in the words of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RefusedLink {
    /// The kind of problem.
    pub(super) code: Code,
    /// One line.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: String,
    /// The destination that was meant, if that is sure.
    pub(super) meant: Option<String>,
}

/// What the target of `[[target]]` means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wiki {
    /// A link.
    Link(Link),
    /// A figure.
    Fact(Arc<str>),
    /// `[[-|text]]`: the text without a link.
    Unlinked,
}

/// Reads the destination of a link in the file `path`.
///
/// # Errors
/// [`RefusedLink`] with `bad-url`, `bad-path` or `dead-link`.
pub(super) fn destination(written: &str, path: &SourcePath) -> Result<Link, RefusedLink> {
    let cleaned;
    let mut url = written.trim_matches(is_space);
    if url.contains(['\t', '\n', '\r']) {
        cleaned = url.replace(['\t', '\n', '\r'], "");
        url = &cleaned;
    }
    if url.contains(|c: char| c.is_control()) {
        return Err(bad_url(written, "remove the control character"));
    }
    if url.is_empty() {
        return Err(RefusedLink {
            code: Code::DeadLink,
            message: "the link leads nowhere".into(),
            help: "write a destination between the parentheses".into(),
            meant: None,
        });
    }
    if url.contains("{{") || url.contains("{%") {
        let help = "write what the template of the other program would put there";
        return Err(RefusedLink {
            message: format!("`{}` holds a tag of a template", shown(url)),
            ..bad_url(url, help)
        });
    }
    if let Some(meant) =
        split_scheme(url).is_none_or(|(scheme, _)| !is_known(scheme)).then(|| meant(url)).flatten()
    {
        let help = format!("did you mean `{}`?", shown(&meant));
        return Err(RefusedLink { meant: Some(meant), ..bad_url(written, &help) });
    }
    if let Some((scheme, rest)) = split_scheme(url) {
        return with_scheme(url, &scheme.to_ascii_lowercase(), rest);
    }
    if let Some(fragment) = url.strip_prefix('#') {
        return Ok(Link::Anchor(fragment_text(fragment)));
    }
    if url.contains('\\') {
        return Err(bad_url(written, "write `/` instead of `\\`"));
    }
    if url.starts_with("//") {
        let help = match url.trim_start_matches('/') {
            "" => "write a path of the site, or `https://` and a host".to_owned(),
            rest => format!("write `https://{rest}`"),
        };
        return Err(bad_url(written, &help));
    }
    if url.starts_with('/') {
        return Ok(Link::Root(composed_url(url).into()));
    }
    relative(url, path)
}

/// Reads the destination of a picture in the file `path`.
///
/// # Errors
/// [`RefusedLink`] with `bad-url`, `bad-path` or `image-not-found`.
pub(super) fn picture(written: &str, path: &SourcePath) -> Result<Link, RefusedLink> {
    match destination(written, path) {
        Ok(link @ (Link::To(Target::File(_), _) | Link::Root(_))) => Ok(link),
        Ok(Link::External(url)) if url.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("http")) => {
            Ok(Link::External(url))
        }
        Ok(_) => Err(bad_url(written, "a picture is a file of the site or has an http(s) URL")),
        Err(refused) if refused.code == Code::DeadLink => Err(RefusedLink {
            code: Code::ImageNotFound,
            message: "the picture has no path".into(),
            help: "write a path between the parentheses".into(),
            meant: None,
        }),
        Err(refused) => Err(refused),
    }
}

/// Reads the path of a table in the file `path`.
///
/// # Errors
/// [`RefusedLink`] as for [`destination`], and for what is no file of the site.
pub(super) fn table(written: &str, path: &SourcePath) -> Result<Link, RefusedLink> {
    match destination(written, path)? {
        link @ (Link::To(Target::File(_), None) | Link::Root(_)) => Ok(link),
        _ => Err(bad_url(written, "write the path of a CSV file beside the page")),
    }
}

/// Reads the target of `[[target]]` or `[[target|text]]` in the file `path`.
///
/// # Errors
/// [`RefusedLink`] as for [`destination`], when the target is a URL; `unknown-id` when there is no target.
pub(super) fn wiki(written: &str, path: &SourcePath) -> Result<Wiki, RefusedLink> {
    let target = wiki_target(written);
    if target == "-" {
        return Ok(Wiki::Unlinked);
    }
    if let Some(fact) = target.strip_prefix("fact:") {
        return Ok(Wiki::Fact(fact.trim().into()));
    }
    if target.contains(':') || target.starts_with('#') {
        return destination(target, path).map(Wiki::Link);
    }
    if target.is_empty() {
        return Err(RefusedLink {
            code: Code::UnknownId,
            message: "`[[…]]` names nothing".into(),
            help: "write the id of a page or player between the brackets".into(),
            meant: None,
        });
    }
    let (id, fragment) = split_fragment(target);
    Ok(Wiki::Link(Link::To(Target::Id(id.trim().into()), fragment)))
}

/// A target without the space around it, and without the backslash that a table needs before `|`.
pub(super) fn wiki_target(written: &str) -> &str {
    let target = written.trim();
    target.strip_suffix('\\').unwrap_or(target).trim_end()
}

fn with_scheme(url: &str, scheme: &str, rest: &str) -> Result<Link, RefusedLink> {
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.as_str() == scheme) {
        let (id, fragment) = split_fragment(rest);
        let id = id.trim();
        if id.is_empty() {
            return Err(bad_url(url, &format!("write an id after `{scheme}:`")));
        }
        return Ok(Link::To(Target::Typed(kind, id.into()), fragment));
    }
    match scheme {
        // Without the slashes a browser takes the rest for a path of this site.
        "http" | "https" => match rest.strip_prefix("//") {
            Some(host) if !host.is_empty() && !host.starts_with(['/', '\\', '?', '#']) => {
                Ok(Link::External(url.into()))
            }
            _ => Err(bad_url(url, &format!("write `{scheme}://` and a host"))),
        },
        "mailto" | "tel" => Ok(Link::External(url.into())),
        "fact" => Err(bad_url(url, &format!("write `[[fact:{}]]` to print a figure", rest.trim()))),
        _ => Err(bad_url(
            url,
            "use http(s), mailto, tel, a relative path, or `player:` and its like",
        )),
    }
}

fn relative(url: &str, path: &SourcePath) -> Result<Link, RefusedLink> {
    let (rest, fragment) = split_fragment(url);
    // Files of the site take no query.
    let file = rest.split('?').next().unwrap_or_default();
    if file.is_empty() {
        return Ok(Link::To(Target::File(path.clone()), fragment));
    }
    if begins_with_www(file) {
        let whole = whole_url(url).unwrap_or_else(|| format!("https://{url}"));
        return Err(bad_url(url, &format!("write {whole}")));
    }
    let refused = |why: &str, help: &str| RefusedLink {
        code: Code::BadPath,
        message: format!("the path `{file}` {why}"),
        help: help.into(),
        meant: None,
    };
    let decoded = percent_decoded(file)
        .filter(|decoded| !decoded.contains(|c: char| c.is_control() || c == '\\'))
        .ok_or_else(|| refused("is not a file name", "check what stands after each `%`"))?;
    match path.join(&decoded) {
        Some(file) => Ok(Link::To(Target::File(file), fragment)),
        None => Err(refused("leaves the site", "link to a file of the site, or to a URL")),
    }
}

/// A scheme and what stands after its colon.
fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let rest_is_known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let valid = scheme.bytes().next()?.is_ascii_alphabetic() && scheme.bytes().all(rest_is_known);
    valid.then_some((scheme, rest))
}

fn split_fragment(url: &str) -> (&str, Option<Box<str>>) {
    match url.split_once('#') {
        Some((before, fragment)) => {
            (before, Some(fragment_text(fragment)).filter(|text| !text.is_empty()))
        }
        None => (url, None),
    }
}

/// A fragment as the id that it names.
fn fragment_text(fragment: &str) -> Box<str> {
    let decoded = percent_decoded(fragment.trim()).unwrap_or(Cow::Borrowed(fragment));
    // Anchors that we make and those that authors write are in this form.
    decoded.nfc().collect()
}

fn is_space(c: char) -> bool {
    c <= ' '
}

fn bad_url(url: &str, help: &str) -> RefusedLink {
    RefusedLink {
        code: Code::BadUrl,
        message: format!("`{}` is not a URL that content may use", shown(url)),
        help: help.into(),
        meant: None,
    }
}

/// A URL as messages have it: what a terminal would act on is not repeated.
fn shown(url: &str) -> String {
    url.trim().chars().filter(|c| !c.is_control()).take(80).collect()
}

/// Whether a scheme is one that destinations may have, whatever follows it.
fn is_known(scheme: &str) -> bool {
    let scheme = scheme.to_ascii_lowercase();
    matches!(&*scheme, "http" | "https" | "mailto" | "tel" | "fact")
        || Kind::ALL.into_iter().any(|kind| kind.as_str() == scheme)
}

#[cfg(test)]
mod tests {
    use super::{Wiki, destination, picture, wiki};
    use crate::base::SourcePath;
    use crate::content::kind::Kind;
    use crate::content::reference::{Link, Target};
    use crate::diag::Code;

    fn file() -> SourcePath {
        SourcePath::new("content/articles/x.md")
    }

    fn typed(kind: Kind, id: &str) -> Link {
        Link::To(Target::Typed(kind, id.into()), None)
    }

    fn to(path: &str, fragment: Option<&str>) -> Link {
        Link::To(Target::File(SourcePath::new(path)), fragment.map(Into::into))
    }

    #[test]
    fn destinations() {
        for (written, link) in [
            ("https://example.org/a b?c#d", Link::External("https://example.org/a b?c#d".into())),
            (" HTTP://example.org", Link::External("HTTP://example.org".into())),
            ("mailto:a@example.org", Link::External("mailto:a@example.org".into())),
            ("tel:+81-3", Link::External("tel:+81-3".into())),
            ("player:japan", typed(Kind::Player, "japan")),
            ("Article: x ", typed(Kind::Article, "x")),
            ("faq:x#why", Link::To(Target::Typed(Kind::Faq, "x".into()), Some("why".into()))),
            ("#one%20two", Link::Anchor("one two".into())),
            ("#", Link::Anchor("".into())),
            ("/a/?b#c", Link::Root("/a/?b#c".into())),
            ("../faq/y.md?z#a", to("content/faq/y.md", Some("a"))),
            ("caf%C3%A9.md#", to("content/articles/café.md", None)),
            ("?x", to("content/articles/x.md", None)),
            ("1:2", to("content/articles/1:2", None)),
        ] {
            assert_eq!(destination(written, &file()), Ok(link), "{written:?}");
        }
    }

    #[test]
    fn what_content_may_not_use() {
        for (written, code) in [
            ("javascript:alert(1)", Code::BadUrl),
            ("JaVaScript:alert(1)", Code::BadUrl),
            (" \u{1}javascript:alert(1)", Code::BadUrl),
            ("java\tscript:alert(1)", Code::BadUrl),
            ("java\nscript:alert(1)", Code::BadUrl),
            ("data:text/html,x", Code::BadUrl),
            ("vbscript:x", Code::BadUrl),
            ("file:///etc/passwd", Code::BadUrl),
            ("//example.org", Code::BadUrl),
            ("/\t/example.org", Code::BadUrl),
            ("/\\example.org", Code::BadUrl),
            ("\\\\example.org", Code::BadUrl),
            ("https:example.org", Code::BadUrl),
            ("https:///x", Code::BadUrl),
            ("player:", Code::BadUrl),
            ("fact:x", Code::BadUrl),
            ("a\u{0}b", Code::BadUrl),
            ("../../../x.md", Code::BadPath),
            ("..%2f..%2f..%2fx.md", Code::BadPath),
            ("%ff.md", Code::BadPath),
            ("100%.md", Code::BadPath),
            ("", Code::DeadLink),
            (" ", Code::DeadLink),
        ] {
            let refused = destination(written, &file()).expect_err(written);
            assert_eq!(refused.code, code, "{written:?}");
        }
    }

    #[test]
    fn pictures() {
        assert_eq!(picture("map.png", &file()), Ok(to("content/articles/map.png", None)));
        assert!(picture("https://example.org/a.png", &file()).is_ok());
        for (written, code) in [
            ("mailto:a@example.org", Code::BadUrl),
            ("player:japan", Code::BadUrl),
            ("#x", Code::BadUrl),
            ("data:image/png;base64,AA", Code::BadUrl),
            ("", Code::ImageNotFound),
        ] {
            assert_eq!(picture(written, &file()).expect_err(written).code, code, "{written:?}");
        }
    }

    #[test]
    fn wiki_targets() {
        let id = |id: &str, fragment: Option<&str>| {
            Wiki::Link(Link::To(Target::Id(id.into()), fragment.map(Into::into)))
        };
        for (written, meaning) in [
            ("japan", id("japan", None)),
            (" Marco Rubio\\", id("Marco Rubio", None)),
            ("japan#history", id("japan", Some("history"))),
            ("-", Wiki::Unlinked),
            ("fact: limit ", Wiki::Fact("limit".into())),
            ("player:japan", Wiki::Link(typed(Kind::Player, "japan"))),
            ("#why", Wiki::Link(Link::Anchor("why".into()))),
        ] {
            assert_eq!(wiki(written, &file()), Ok(meaning), "{written:?}");
        }
        for (written, code) in [("javascript:x", Code::BadUrl), (" ", Code::UnknownId)] {
            assert_eq!(wiki(written, &file()).expect_err(written).code, code, "{written:?}");
        }
    }
}
