//! Where a text has a URL as it is written, found for any number of URLs by reading the text once.

use rustc_hash::FxHashMap;

use crate::base::{LineIndex, SourcePath};
use crate::diag::Span;

/// A text, by the runs of characters that URLs are mostly made of.
pub(super) struct Literals<'a> {
    path: &'a SourcePath,
    text: &'a str,
    index: LineIndex<'a>,
    /// Where each run begins, in order.
    runs: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Literals<'a> {
    /// Reads a text.
    pub(super) fn new(path: &'a SourcePath, text: &'a str) -> Self {
        let mut runs: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, run) in runs_of(text) {
            runs.entry(run).or_default().push(at);
        }
        Self { path, text, index: LineIndex::new(text), runs }
    }

    /// The first place of a URL, where it is not a part of a longer one.
    pub(super) fn first(&self, url: &str) -> Option<Span> {
        // Since the URL is not a part of a longer one, each run in it is a whole run of the text.
        let (before, run) = runs_of(url).max_by_key(|(_, run)| run.len())?;
        let places = self.runs.get(run)?.iter().filter_map(|at| at.checked_sub(before));
        let at = places.into_iter().find(|at| self.stands(url, *at))?;
        Some(Span::new(self.path.clone(), &self.index, at..at + url.len()))
    }

    fn stands(&self, url: &str, at: usize) -> bool {
        let Some(after) = self.text.get(at..).and_then(|rest| rest.strip_prefix(url)) else {
            return false;
        };
        let before = self.text[..at].chars().next_back();
        !before.is_some_and(longer) && !after.chars().next().is_some_and(longer)
    }
}

/// Whether a URL beside this character goes on there.
fn longer(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '%' | '#' | '~')
}

/// The longest parts of a text in which a URL could go on, and where they begin.
fn runs_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    text.split(|c| !longer(c)).filter_map(move |run| {
        let at = rest + text[rest..].find(run)?;
        rest = at + run.len();
        (!run.is_empty()).then_some((at, run))
    })
}

#[cfg(test)]
mod tests {
    use super::{Literals, runs_of};
    use crate::base::SourcePath;

    #[test]
    fn runs_with_their_places() {
        let runs: Vec<_> = runs_of("é (/a?b=/a)  c").collect();
        assert_eq!(runs, [(0, "é"), (4, "/a"), (7, "b"), (9, "/a"), (14, "c")]);
    }

    #[test]
    fn a_url_is_found_where_it_is_whole() {
        let path = SourcePath::new("content/a.md");
        let text = "x/a /a/b /a?b=1 é(/a) https://a.org/a <";
        let literals = Literals::new(&path, text);
        for (url, expected) in [
            ("/a", Some(9)),
            ("/a?b", Some(9)),
            ("/a?b=1", Some(9)),
            ("/a/b", Some(4)),
            ("https://a.org/a", Some(23)),
            ("a.org", None),
            ("/b", None),
            ("<", None),
            ("", None),
        ] {
            let found = literals.first(url).map(|span| span.start.offset);
            assert_eq!(found, expected, "{url}");
        }
    }
}
