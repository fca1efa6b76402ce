//! What the tests of the renderings share.

use crate::base::{LineIndex, OutPath, SourcePath};

use super::{PageOrigin, Span};

/// A file with mistakes.
pub(super) const ARTICLE: &str = "\
---
title: Talks
players:
  - player: marco-rubo
    side: japan # 日本
title: Two
---
One line,
then another.
";

/// The first place of `needle` in [`ARTICLE`].
pub(super) fn at(needle: &str) -> Span {
    span("content/articles/talks.md", ARTICLE, needle)
}

/// The first place of `needle` in a file's text.
pub(super) fn span(file: &str, text: &str, needle: &str) -> Span {
    let start = text.find(needle).expect("the needle is in the text");
    Span::new(SourcePath::new(file), &LineIndex::new(text), start..start + needle.len())
}

/// A page, made from the article of the same name, with `more` others.
pub(super) fn page(out: &str, more: usize) -> PageOrigin {
    let name = out.strip_suffix("/index.html").expect("a page");
    let name = name.rsplit('/').next().expect("a name");
    PageOrigin {
        out: OutPath::new(out).expect("a valid path"),
        source: Some(SourcePath::new(format!("content/articles/{name}.md"))),
        more,
    }
}
