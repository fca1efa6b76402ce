//! What is not public: the words of drafts, of scheduled and of expired pages, and editors' comments.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::OutPath;

use super::shingles::{self, Shingle};
use super::views::{self, Encoding};

/// A page that is not public, as plain texts.
#[derive(Debug, Clone, Default)]
pub struct PrivatePage {
    /// The path of its file, for messages.
    pub name: String,
    /// Its file's text.
    pub source: String,
    /// Its texts as a page would show them: HTML, without what other files decide.
    pub texts: Vec<String>,
    /// Texts of a few words, which are looked for whole.
    pub phrases: Vec<String>,
    /// The same, as HTML.
    pub html_phrases: Vec<String>,
    /// Where its page would be.
    pub out: Option<OutPath>,
    /// The URLs of its pictures and films, and of what lies beside those, from the site's root.
    pub pictures: Vec<String>,
}

/// The file of a public page.
#[derive(Debug, Clone)]
pub struct PublicPage {
    /// Its path, for messages.
    pub name: String,
    /// Its text; empty where it cannot be read.
    pub source: String,
}

/// Calls back with every text of the public page at an index, as readers see it.
pub type RenderedTexts<'a> = &'a (dyn Fn(usize, &mut dyn FnMut(&str)) + Sync);

/// What must be in no file, and where such a page would be.
#[derive(Debug, Clone, Default)]
pub struct Hidden {
    /// Whose words they are, by their place in [`Self::holders`].
    shingles: FxHashMap<Shingle, u32>,
    /// The lengths of the short texts among them.
    short: [bool; 8],
    holders: Vec<Holder>,
    outs: Vec<(OutPath, String)>,
    /// The URL of a picture from the site's root, perhaps percent-encoded, and the page it belongs to.
    pub(super) pictures: BTreeMap<String, String>,
}

/// Whose words a shingle is of.
#[derive(Debug, Clone)]
struct Holder {
    /// The file.
    name: String,
    /// Whether they stand in a comment, and not in the text of a page that is not public.
    is_comment: bool,
}

impl Hidden {
    /// What is not public in a site. Words that a public page or `data` has too are public.
    pub fn new(
        private: &[PrivatePage],
        public: &[PublicPage],
        rendered: RenderedTexts<'_>,
        data: &[String],
    ) -> Self {
        let mut hidden = Self::default();
        for page in private {
            hidden.add_page(page);
        }
        for page in public {
            let comments = comments(&page.source);
            if !comments.is_empty() {
                let owner = hidden.owner(&page.name, true);
                comments.iter().for_each(|comment| hidden.add_text(comment, owner));
            }
        }
        if hidden.shingles.is_empty() {
            return hidden;
        }
        let pages = public.par_iter().enumerate().map(|(at, page)| {
            let mut known = hidden.known(&without_comments(&page.source));
            rendered(at, &mut |text| known.extend(hidden.known(text)));
            known
        });
        let data = data.par_iter().map(|text| hidden.known(text));
        let known: Vec<Vec<Shingle>> = pages.chain(data).collect();
        for shingle in known.iter().flatten() {
            hidden.shingles.remove(shingle);
        }
        hidden
    }

    /// The page whose text, and the page whose comment, a text holds.
    pub(super) fn find(&self, text: &[u8]) -> (Option<&str>, Option<&str>) {
        let (mut page, mut comment) = (None, None);
        if self.shingles.is_empty() {
            return (page, comment);
        }
        shingles::each(text, self.short, &mut |shingle| {
            if let Some(owner) = self.shingles.get(&shingle) {
                let owner = &self.holders[*owner as usize];
                let place = if owner.is_comment { &mut comment } else { &mut page };
                place.get_or_insert(owner.name.as_str());
            }
        });
        (page, comment)
    }

    /// The page that would be at an output.
    pub(super) fn page_at(&self, path: &OutPath) -> Option<&str> {
        self.outs.iter().find(|(out, _)| out == path).map(|(_, page)| page.as_str())
    }

    fn owner(&mut self, name: &str, is_comment: bool) -> u32 {
        self.holders.push(Holder { name: name.to_owned(), is_comment });
        self.holders.len() as u32 - 1
    }

    fn add_page(&mut self, page: &PrivatePage) {
        let owner = self.owner(&page.name, false);
        page.texts.iter().for_each(|text| self.add_words(text, owner));
        self.add_words(&without_addresses(&page.source), owner);
        page.phrases.iter().for_each(|text| self.add_short(text, owner));
        for html in &page.html_phrases {
            let text = views::readable(html.as_bytes(), Encoding::Bytes);
            let text = views::untagged(&text).unwrap_or_else(|| text.into_owned());
            self.add_short(&String::from_utf8_lossy(&text), owner);
        }
        self.outs.extend(page.out.iter().map(|out| (out.clone(), page.name.clone())));
        self.pictures.extend(page.pictures.iter().map(|url| (url.clone(), page.name.clone())));
    }

    /// Adds a text of any length.
    fn add_text(&mut self, text: &str, owner: u32) {
        self.add_words(text, owner);
        self.add_short(text, owner);
    }

    fn add_words(&mut self, text: &str, owner: u32) {
        let text = views::readable(text.as_bytes(), Encoding::Bytes);
        shingles::each(&text, [false; 8], &mut |shingle| {
            self.shingles.entry(shingle).or_insert(owner);
        });
    }

    fn add_short(&mut self, text: &str, owner: u32) {
        if let Some((words, shingle)) = shingles::whole(text) {
            self.short[words] = true;
            self.shingles.entry(shingle).or_insert(owner);
        }
    }

    /// Which of the shingles a text has.
    fn known(&self, text: &str) -> Vec<Shingle> {
        let mut known = FxHashSet::default();
        let text = views::readable(text.as_bytes(), Encoding::Bytes);
        shingles::each(&text, self.short, &mut |shingle| {
            if self.shingles.contains_key(&shingle) {
                known.insert(shingle);
            }
        });
        let mut known: Vec<Shingle> = known.into_iter().collect();
        known.sort_unstable();
        known
    }
}

/// Every comment in a text, of HTML or between `%%`; one that never ends goes to the end.
fn comments(text: &str) -> Vec<&str> {
    parts(text).filter_map(|(is_comment, part)| is_comment.then_some(part)).collect()
}

fn without_comments(text: &str) -> String {
    parts(text).filter_map(|(is_comment, part)| (!is_comment).then_some(part)).collect()
}

/// The texts in comments and between them, and which they are.
fn parts(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let (mut rest, mut end) = (Some(text), "");
    std::iter::from_fn(move || {
        let text = rest?;
        if !end.is_empty() {
            let (comment, after) = text.split_once(end).unwrap_or((text, ""));
            (rest, end) = (Some(after), "");
            return Some((true, comment));
        }
        let opens = [("<!--", "-->"), ("%%", "%%")];
        let opens = opens.into_iter().filter_map(|(mark, end)| Some((text.find(mark)?, mark, end)));
        let Some((at, mark, closes)) = opens.min() else {
            rest = None;
            return Some((false, text));
        };
        (rest, end) = (Some(&text[at + mark.len()..]), closes);
        Some((false, &text[..at]))
    })
}

/// A text without the addresses in it: a page and a draft may well lead to the same place.
fn without_addresses(text: &str) -> String {
    let is_address = |word: &&str| !word.contains("://");
    text.split_inclusive(char::is_whitespace).filter(is_address).collect()
}

#[cfg(test)]
mod tests {
    use super::{comments, without_addresses, without_comments};

    #[test]
    fn comments_are_parted_from_the_text() {
        let text = "a <!-- b -- > c\n\n--> d <!----> e <!-- f";
        assert_eq!(comments(text), [" b -- > c\n\n", "", " f"]);
        assert_eq!(without_comments(text), "a  d  e ");
        let text = "a %% b\n\nc %% d <!-- %% --> e";
        assert_eq!(comments(text), [" b\n\nc ", " %% "]);
        assert_eq!(without_comments(text), "a  d  e");
        assert_eq!(without_addresses("see https://a.example/b c"), "see c");
    }
}
