//! How one destination names what is renamed, and how it names it afterwards.

use std::borrow::Cow;
use std::ops::Range;

use crate::base::{BaseUrl, OutPath, SourcePath};
use crate::check;
use crate::content::reference::{Link, Target};

use super::super::Move;
use super::wanted::IdKind;

/// What is renamed.
#[derive(Debug)]
pub(super) struct Rename {
    /// What it is.
    pub(super) kind: IdKind,
    /// Its id.
    pub(super) old: String,
    /// The id that it gets.
    pub(super) new: String,
    /// Whether it is a page with a file of its own, which `[[id]]` and the site's settings name.
    pub(super) has_page: bool,
    /// Of a source: the page whose own it is.
    pub(super) own: Option<SourcePath>,
    /// The page's files, or the folders whose `index.md` they are.
    pub(super) moved: Vec<Move>,
    /// Where the page is written in each language, when that changes.
    pub(super) outs: Vec<(OutPath, OutPath)>,
    /// The site's own address.
    pub(super) base: BaseUrl,
    /// Files of `static/` below the page's URL, which stay where they are.
    pub(super) fixed: Vec<OutPath>,
}

/// What becomes of a destination.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rewrite {
    /// It names something else.
    Stays,
    /// Some of its bytes are replaced.
    To(Range<usize>, String),
    /// It names what is renamed in a way that cannot be rewritten.
    Unclear,
}

impl Rename {
    /// What becomes of a destination in a file. `raw` is how it is written.
    pub(super) fn rewrite(&self, file: &SourcePath, link: &Link, raw: &str) -> Rewrite {
        match link {
            Link::To(Target::Id(id), _) if self.has_page && **id == *self.old => self.id(raw, 0),
            Link::To(Target::Typed(kind, id), _)
                if IdKind::Page(*kind) == self.kind && **id == *self.old =>
            {
                self.id(raw, raw.find(':').map_or(0, |colon| colon + 1))
            }
            Link::To(Target::File(target), _) => {
                let moved = self.moved.iter().find(|moved| moved.of(target) != *target);
                moved.map_or(Rewrite::Stays, |moved| relative(moved, file, target, raw))
            }
            Link::Root(url) => self.url(url, raw, &BaseUrl::default()),
            Link::External(url) if self.base.origin.is_some() => self.url(url, raw, &self.base),
            Link::To(..) | Link::Anchor(_) | Link::External(_) => Rewrite::Stays,
        }
    }

    /// The id at the end of what names it: of `fact:id`, or all of a citation.
    pub(super) fn ends_with_id(&self, raw: &str) -> Rewrite {
        match raw.strip_suffix(&*self.old) {
            Some(before) => Rewrite::To(before.len()..raw.len(), self.new.clone()),
            None => Rewrite::Unclear,
        }
    }

    /// The id between a place and the fragment.
    fn id(&self, raw: &str, start: usize) -> Rewrite {
        let part = raw[start..].split('#').next().unwrap_or_default();
        let at = start + (part.len() - part.trim_start().len());
        let part = part.trim();
        if *unescaped(part) == *self.old {
            Rewrite::To(at..at + part.len(), self.new.clone())
        } else {
            Rewrite::Unclear
        }
    }

    /// A URL of the site: its segment for the page.
    fn url(&self, url: &str, raw: &str, base: &BaseUrl) -> Rewrite {
        let mut found = self.outs.iter().map(|outs| self.url_of(outs, url, raw, base));
        found.find(|found| *found != Rewrite::Stays).unwrap_or(Rewrite::Stays)
    }

    fn url_of(
        &self,
        (old, new): &(OutPath, OutPath),
        url: &str,
        raw: &str,
        base: &BaseUrl,
    ) -> Rewrite {
        let home = OutPath::home().url();
        let check::UrlTarget::Internal { path, .. } = check::resolve(&home, url, base) else {
            return Rewrite::Stays;
        };
        let folder = old.as_str().trim_end_matches("index.html");
        let outs: Vec<OutPath> = check::candidates(&path).collect();
        let moves = outs.iter().any(|out| out.as_str().starts_with(folder));
        if !moves || outs.iter().any(|out| self.fixed.contains(out)) {
            return Rewrite::Stays;
        }
        let (from, to) = (old.url(), new.url());
        let (from, to) = (from.as_str().trim_end_matches('/'), to.as_str().trim_end_matches('/'));
        let part = raw.split(['#', '?']).next().unwrap_or_default();
        let ends = |at: &usize| matches!(part.as_bytes().get(at + from.len()), None | Some(b'/'));
        match part.match_indices(from).map(|(at, _)| at).find(ends) {
            Some(at) => Rewrite::To(at..at + from.len(), to.to_owned()),
            None => Rewrite::Unclear,
        }
    }
}

/// A relative path: the segment in it that is the renamed file or folder.
fn relative(moved: &Move, file: &SourcePath, target: &SourcePath, raw: &str) -> Rewrite {
    let from = &moved.from;
    if moved.of(target) == *target {
        return Rewrite::Stays;
    }
    let mut way: Vec<Cow<'_, str>> =
        file.folder().split('/').filter(|part| !part.is_empty()).map(Cow::Borrowed).collect();
    let path = raw.split(['#', '?']).next().unwrap_or_default();
    let mut found = None;
    let mut start = 0;
    for segment in path.split('/') {
        match &*unescaped(segment) {
            "" | "." => {}
            ".." => drop(way.pop()),
            name => {
                way.push(Cow::Owned(name.to_owned()));
                if way.join("/") == from.as_str() {
                    found = Some(start..start + segment.len());
                }
            }
        }
        start += segment.len() + 1;
    }
    match found {
        Some(range) => Rewrite::To(range, moved.to.file_name().to_owned()),
        // What lies in the folder that is renamed finds its neighbours as before, and a page itself.
        None if file == target || moved.of(file) != *file => Rewrite::Stays,
        None => Rewrite::Unclear,
    }
}

/// A part of a destination without backslashes before punctuation and without percent-encoding of ASCII.
fn unescaped(part: &str) -> Cow<'_, str> {
    if !part.contains(['\\', '%']) {
        return Cow::Borrowed(part);
    }
    let mut out = String::new();
    let mut rest = part;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let code = rest.get(1..3).and_then(|code| u8::from_str_radix(code, 16).ok());
        match (c, code) {
            ('%', Some(byte)) if byte.is_ascii() => {
                out.push(char::from(byte));
                rest = &rest[3..];
            }
            ('\\', _) if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&after[..1]);
                rest = &after[1..];
            }
            _ => {
                out.push(c);
                rest = after;
            }
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{IdKind, Rename, Rewrite};
    use crate::author::Move;
    use crate::base::{BaseUrl, OutPath, SourcePath};
    use crate::content::kind::Kind;
    use crate::content::markdown::{Shape, destinations};

    /// What becomes of a link to `raw` in a page; `None` when it cannot be rewritten.
    fn rewritten(folder: bool, file: &str, raw: &str) -> Option<String> {
        let (from, to) = if folder { ("a-b", "c") } else { ("a-b.md", "c.md") };
        let path = |name: &str| SourcePath::new(format!("content/players/{name}"));
        let out = |path: &str| OutPath::new(path).expect("a valid path");
        let rename = Rename {
            kind: IdKind::Page(Kind::Player),
            old: "a-b".into(),
            new: "c".into(),
            has_page: true,
            own: None,
            moved: vec![Move { from: path(from), to: path(to) }],
            outs: vec![(out("players/a-b/index.html"), out("players/c/index.html"))],
            base: BaseUrl::parse("https://example.org/sub/").expect("a URL"),
            fixed: vec![out("players/a-b/static.pdf")],
        };
        let file = SourcePath::new(file);
        let text = format!("[x]({raw})");
        let found = destinations(&text, Shape::Body, &file);
        let [found] = &found[..] else { panic!("{raw} is one destination: {found:?}") };
        match rename.rewrite(&file, &found.link, &text[found.range.clone()]) {
            Rewrite::Stays => Some(raw.to_owned()),
            Rewrite::To(range, word) => {
                Some(format!("{}{word}{}", &raw[..range.start], &raw[range.end..]))
            }
            Rewrite::Unclear => None,
        }
    }

    #[test]
    fn a_destination_keeps_its_notation() {
        let story = "content/articles/story.md";
        for (raw, expected) in [
            ("player:a-b", "player:c"),
            ("PLAYER:a-b#a-b", "PLAYER:c#a-b"),
            ("player:a\\-b#x", "player:c#x"),
            ("article:a-b", "article:a-b"),
            ("player:a-b-c", "player:a-b-c"),
            ("../players/a-b.md?a-b#a-b", "../players/c.md?a-b#a-b"),
            ("./../players/../players/a-b.md", "./../players/../players/c.md"),
            ("../players/%61-b.md", "../players/c.md"),
            ("../players/a\\-b.md", "../players/c.md"),
            ("../players/x/a-b.md", "../players/x/a-b.md"),
            ("a-b.md", "a-b.md"),
            ("/players/a-b/", "/players/c/"),
            ("/players/a-b", "/players/c"),
            ("/players/a-b/index.html#a-b", "/players/c/index.html#a-b"),
            ("/players/a-b/mentions/page/2/", "/players/c/mentions/page/2/"),
            ("/players/a-b/static.pdf", "/players/a-b/static.pdf"),
            ("/players/a-b-c/", "/players/a-b-c/"),
            ("/x/players/a-b/", "/x/players/a-b/"),
            ("https://example.org/sub/players/a-b/?a-b", "https://example.org/sub/players/c/?a-b"),
            ("https://example.org/players/a-b/", "https://example.org/players/a-b/"),
            ("https://example.com/sub/players/a-b/", "https://example.com/sub/players/a-b/"),
            ("#a-b", "#a-b"),
            ("mailto:a-b@example.org", "mailto:a-b@example.org"),
        ] {
            assert_eq!(rewritten(false, story, raw).as_deref(), Some(expected), "{raw}");
        }
        for raw in ["player:a&#45;b", "../players/a&#45;b.md", "/players/%61-b/"] {
            assert_eq!(rewritten(false, story, raw), None, "{raw}");
        }
    }

    #[test]
    fn a_folder_moves_with_what_lies_in_it() {
        for (file, raw, expected) in [
            ("content/articles/story.md", "../players/a-b/index.md", "../players/c/index.md"),
            ("content/articles/story.md", "../players/a-b/x/face.png", "../players/c/x/face.png"),
            ("content/articles/story.md", "../players/a-b.md", "../players/a-b.md"),
            ("content/players/a-b/index.md", "face.png", "face.png"),
            ("content/players/a-b/index.md", "../a-b/face.png", "../c/face.png"),
            ("content/players/a-b/index.md", "#x", "#x"),
            ("content/players/a-b/index.md", "../../articles/story.md", "../../articles/story.md"),
            ("content/players/d.md", "a-b/index.md#x", "c/index.md#x"),
        ] {
            assert_eq!(rewritten(true, file, raw).as_deref(), Some(expected), "{file}: {raw}");
        }
        // In a page of one file, its own name is in the way.
        assert_eq!(
            rewritten(false, "content/players/a-b.md", "a-b.md#x").as_deref(),
            Some("c.md#x")
        );
        assert_eq!(rewritten(false, "content/players/a-b.md", "?x").as_deref(), Some("?x"));
    }
}
