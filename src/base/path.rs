//! Paths of the three trees: sources, outputs, URLs.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::percent_decoded;

/// Why a text is not a path of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPath {
    /// It has a `..` segment, or starts with `/`.
    LeavesTheSite,
    /// It has an empty segment, or one that is `.`.
    EmptySegment,
    /// It has a backslash or a control character.
    BadCharacter,
    /// It has a segment of more bytes than file systems name files with.
    LongSegment,
    /// It is longer than file systems and hosts take.
    TooLong,
}

/// The most bytes of one segment of a path, on nearly every file system.
const SEGMENT: usize = 255;

/// The most bytes of a path: that of an object's key at the hosts that have such.
const PATH: usize = 1024;

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeavesTheSite => "leaves the site",
            Self::EmptySegment => "has an empty segment",
            Self::BadCharacter => "has a backslash or a control character",
            Self::LongSegment => "has a segment of more than 255 bytes",
            Self::TooLong => "has more than 1024 bytes",
        })
    }
}

impl From<SourcePath> for Arc<str> {
    fn from(path: SourcePath) -> Self {
        path.0
    }
}

/// A file that is read: relative to the site's folder, with `/`, such as `content/articles/x.md`.
///
/// Templates of the embedded theme have one too (`templates/article.html`), so that a message can name them.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// A path below the site's folder. The caller found it there, so there is nothing to refuse.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last segment.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// Everything before the last segment, without the slash; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The path in Unicode normal form C, as paths are compared: some systems store a name in another form than it was
    /// written in. The file itself has the path as it is.
    #[must_use]
    pub fn composed(&self) -> Self {
        if self.0.is_ascii() || is_nfc(&self.0) {
            self.clone()
        } else {
            Self::new(self.0.nfc().collect::<String>())
        }
    }

    /// The path that is meant if this one is written as in a URL; none without a `%`, or where that encodes nothing.
    pub fn percent_decoded(&self) -> Option<Self> {
        let decoded = percent_decoded(&self.0)?;
        (*decoded != *self.0).then(|| Self::new(decoded))
    }

    /// What a relative reference in this file leads to (`../faq/x.md`), or `None` when it leaves the site's folder.
    pub fn join(&self, relative: &str) -> Option<Self> {
        let mut segments: Vec<&str> =
            self.folder().split('/').filter(|segment| !segment.is_empty()).collect();
        for segment in relative.split('/') {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                _ => segments.push(segment),
            }
        }
        Some(Self::new(segments.join("/")))
    }
}

/// A file that is written: relative to the output folder, with `/`, in Unicode normal form C.
///
/// [`OutPath::new`] is the only way to name an output, so nothing outside the output folder can be named.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// The home page.
    pub fn home() -> Self {
        Self::new("index.html").expect("a plain word")
    }

    /// Checks and normalises a path.
    ///
    /// # Errors
    /// [`BadPath`] for an empty, absolute or leaving path, and for characters that no static host serves reliably.
    pub fn new(path: &str) -> Result<Self, BadPath> {
        if path.starts_with('/') {
            return Err(BadPath::LeavesTheSite);
        }
        let is_ascii = path.is_ascii();
        let is_bad = match is_ascii {
            true => path.bytes().any(|byte| byte.is_ascii_control() || byte == b'\\'),
            false => path.chars().any(|c| c.is_control() || c == '\\'),
        };
        if is_bad {
            return Err(BadPath::BadCharacter);
        }
        for segment in path.split('/') {
            match segment {
                ".." => return Err(BadPath::LeavesTheSite),
                "" | "." => return Err(BadPath::EmptySegment),
                _ => {}
            }
        }
        let path: Cow<'_, str> =
            if is_ascii { Cow::Borrowed(path) } else { Cow::Owned(path.nfc().collect()) };
        // A segment that is too long makes a path that is longer still.
        if path.len() > SEGMENT {
            if path.split('/').any(|segment| segment.len() > SEGMENT) {
                return Err(BadPath::LongSegment);
            }
            if path.len() > PATH {
                return Err(BadPath::TooLong);
            }
        }
        Ok(Self(Arc::from(path)))
    }

    /// A path whose text is exactly that of its normal form: a file system that compares bytes finds no other file by it.
    pub fn exact(text: &str) -> Option<Self> {
        Self::new(text).ok().filter(|path| path.as_str() == text)
    }

    /// The path of a file by its place below a folder of this machine, if a site can have it.
    pub fn from_disk(relative: &Path) -> Option<Self> {
        Self::exact(&relative.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file's place below an output folder.
    pub fn below(&self, folder: &Path) -> PathBuf {
        folder.join(&*self.0)
    }

    /// The URL at which a static host serves this file: `a/index.html` is at `/a/`.
    pub fn url(&self) -> UrlPath {
        UrlPath(Arc::from(format!("/{}", self.served())))
    }

    /// The same URL for an `href`, percent-encoded, after a prefix that is so already.
    pub fn href(&self, prefix: &str) -> String {
        let path = self.served();
        let mut out = String::with_capacity(prefix.len() + 1 + path.len());
        out.push_str(prefix);
        out.push('/');
        out.extend(utf8_percent_encode(path, &ENCODED));
        out
    }

    fn served(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }

    /// The path with case folded: two paths that share it cannot lie in one folder on every file system.
    pub fn folded(&self) -> Cow<'_, str> {
        match self.is_folded() {
            true => Cow::Borrowed(&*self.0),
            false => Cow::Owned(self.0.to_lowercase()),
        }
    }

    /// Whether the path has nothing that folding changes; said without looking at letters beyond ASCII.
    pub fn is_folded(&self) -> bool {
        !self.0.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
    }
}

impl AsRef<str> for OutPath {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for OutPath {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl<'de> Deserialize<'de> for OutPath {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Self::exact(&text)
            .ok_or_else(|| de::Error::custom(format!("{text:?} is not a path of a site")))
    }
}

/// A path that a browser asks for: starts with `/`, not percent-encoded, without the base URL's own path.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// The path as text, such as `/players/japan/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The output that a static host answers this URL with.
    ///
    /// # Errors
    /// [`BadPath`] when the URL names nothing that could be an output.
    pub fn out(url: &str) -> Result<OutPath, BadPath> {
        let path = url.strip_prefix('/').unwrap_or(url);
        if path.is_empty() || path.ends_with('/') {
            OutPath::new(&format!("{path}index.html"))
        } else {
            OutPath::new(path)
        }
    }
}

/// What is encoded in a URL's path (RFC 3987 to RFC 3986): all but letters, digits and these signs.
const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

macro_rules! path_traits {
    ($($type:ident),*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )*};
}
path_traits!(SourcePath, OutPath, UrlPath);

#[cfg(test)]
mod tests {
    use super::{BadPath, OutPath, SourcePath, UrlPath};

    #[test]
    fn outputs_stay_inside() {
        for (path, error) in [
            ("../x", BadPath::LeavesTheSite),
            ("/x", BadPath::LeavesTheSite),
            ("a/../../x", BadPath::LeavesTheSite),
            ("", BadPath::EmptySegment),
            ("a//b", BadPath::EmptySegment),
            ("./a", BadPath::EmptySegment),
            ("a\\b", BadPath::BadCharacter),
            ("a\nb", BadPath::BadCharacter),
            (&format!("a/{}", "日".repeat(86)), BadPath::LongSegment),
            (&format!("{}a", "e\u{301}".repeat(128)), BadPath::LongSegment),
            (&"a/".repeat(513), BadPath::EmptySegment),
            (&"a/a".repeat(512), BadPath::TooLong),
        ] {
            assert_eq!(OutPath::new(path).expect_err(path), error, "{path:?}");
        }
        for path in ["日".repeat(85), "e\u{301}".repeat(127), "a/b".repeat(341)] {
            assert!(OutPath::new(&path).is_ok(), "{path:?}");
        }
    }

    #[test]
    fn one_normal_form() {
        let composed = OutPath::new("caf\u{e9}.png").expect("a valid path");
        let decomposed = OutPath::new("cafe\u{301}.png").expect("a valid path");
        assert_eq!(composed, decomposed);
        assert_eq!(OutPath::exact("caf\u{e9}.png"), Some(composed));
        assert_eq!(OutPath::exact("cafe\u{301}.png"), None);
    }

    #[test]
    fn sources_are_compared_in_one_normal_form() {
        let decomposed = SourcePath::new("content/articles/cafe\u{301}.png");
        assert_eq!(decomposed.composed().as_str(), "content/articles/caf\u{e9}.png");
        assert_eq!(decomposed.as_str(), "content/articles/cafe\u{301}.png");
    }

    #[test]
    fn urls_of_outputs() {
        for (out, url) in [
            ("index.html", "/"),
            ("a/index.html", "/a/"),
            ("404.html", "/404.html"),
            ("a/myindex.html", "/a/myindex.html"),
        ] {
            let path = OutPath::new(out).expect("a valid path");
            assert_eq!(path.url().as_str(), url);
            assert_eq!(UrlPath::out(url).expect("a valid URL"), path);
        }
    }

    #[test]
    fn relative_references() {
        let file = SourcePath::new("content/articles/x.md");
        assert_eq!(file.join("../faq/y.md").expect("inside").as_str(), "content/faq/y.md");
        assert_eq!(file.join("./pic.png").expect("inside").as_str(), "content/articles/pic.png");
        assert_eq!(file.join("../../../y.md"), None);
    }

    #[test]
    fn hrefs_are_encoded() {
        let out = OutPath::new("a b/\u{e9}/index.html").expect("a valid path");
        assert_eq!(out.href("/site"), "/site/a%20b/%C3%A9/");
    }
}
