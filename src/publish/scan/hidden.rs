//! What is not public: the words of drafts, of scheduled and of expired pages, and editors' comments.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{OutPath, SourcePath};
use crate::content::document::Document;
use crate::content::markup::{Hole, Markup, Piece, Span};
use crate::content::named::{self, Named};
use crate::content::reference::{Link, Use};
use crate::engine::Loaded;
use crate::site::{Resolution, page_out};

use super::shingles::{self, Shingle};
use super::views::{self, Encoding};

/// Files beside the pages whose texts pages show.
const DATA: [&str; 3] = ["content/site.yaml", "content/facts.yaml", "content/sources.yaml"];

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
    /// What is not public in a site. Words that a public page has too are public.
    pub fn of(loaded: &Loaded) -> Self {
        let mut found = Self::default();
        for document in loaded.hidden() {
            found.add_page(loaded, document);
        }
        let public: Vec<&Document> = loaded.documents().map(|(document, _)| document).collect();
        let texts: Vec<Option<String>> =
            public.par_iter().map(|document| loaded.text(&document.path)).collect();
        for (document, text) in public.iter().zip(&texts) {
            let comments = text.as_deref().map(comments).unwrap_or_default();
            if !comments.is_empty() {
                let owner = found.owner(&document.path, true);
                comments.iter().for_each(|comment| found.add_text(comment, owner));
            }
        }
        if found.shingles.is_empty() {
            return found;
        }
        let data: Vec<String> =
            DATA.iter().filter_map(|path| loaded.text(&SourcePath::new(*path))).collect();
        let theme = loaded.template_texts().map(|(_, text)| text);
        let data: Vec<String> = data.into_iter().chain(theme).collect();
        let documents = public.par_iter().zip(&texts).map(|(document, text)| {
            let source = text.as_deref().map(without_comments).unwrap_or_default();
            let mut known = found.known(&source);
            rendered(document, &mut |text| known.extend(found.known(text)));
            known
        });
        let data = data.par_iter().map(|text| found.known(text));
        let known: Vec<Vec<Shingle>> = documents.chain(data).collect();
        for shingle in known.iter().flatten() {
            found.shingles.remove(shingle);
        }
        found
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

    fn owner(&mut self, path: &SourcePath, is_comment: bool) -> u32 {
        self.holders.push(Holder { name: path.as_str().to_owned(), is_comment });
        self.holders.len() as u32 - 1
    }

    fn add_page(&mut self, loaded: &Loaded, document: &Document) {
        let name = document.path.as_str();
        let owner = self.owner(&document.path, false);
        rendered(document, &mut |text| self.add_words(text, owner));
        if let Some(text) = loaded.text(&document.path) {
            self.add_words(&without_addresses(&text), owner);
        }
        short_texts(document, &mut |text| self.add_short(text, owner));
        self.outs.extend(page_out(&document.summary).map(|out| (out, name.to_owned())));
        let urls = pictures(document).into_iter().filter_map(|link| match link {
            Link::Root(url) => url.split(['?', '#']).next().map(str::to_owned),
            Link::To(target, _) => match loaded.site().resolve(target) {
                Resolution::Asset(out) => Some(out.href("")),
                _ => None,
            },
            Link::Anchor(_) | Link::External(_) => None,
        });
        self.pictures.extend(urls.map(|url| (url, name.to_owned())));
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

/// Every comment of HTML in a text; one that never ends goes to the end.
fn comments(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, inside)) = rest.split_once("<!--") {
        let (comment, after) = inside.split_once("-->").unwrap_or((inside, ""));
        found.push(comment);
        rest = after;
    }
    found
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = inside.split_once("-->").map_or("", |(_, after)| after);
    }
    out + rest
}

/// A text without the addresses in it: a page and a draft may well lead to the same place.
fn without_addresses(text: &str) -> String {
    let is_address = |word: &&str| !word.contains("://");
    text.split_inclusive(char::is_whitespace).filter(is_address).collect()
}

/// The texts of a document as its page shows them, without what other files decide.
fn rendered(document: &Document, add: &mut impl FnMut(&str)) {
    let (summary, body) = (&document.summary, &document.body);
    summary.summary.iter().for_each(|text| add(text));
    let questions = summary.questions.iter().map(|question| &question.text);
    for inline in [&summary.lead].into_iter().chain(questions) {
        inline.spans().iter().for_each(|span| {
            if let Span::Text(text) = span {
                add(text);
            }
        });
    }
    let parts = body.answers.iter().chain(&body.key_points).chain(&body.positions);
    for markup in [&body.markup, &body.caption].into_iter().chain(parts) {
        runs(markup, add);
    }
}

/// Whatever a document says in a few words.
fn short_texts(document: &Document, add: &mut impl FnMut(&str)) {
    let (summary, body) = (&document.summary, &document.body);
    add(&summary.title);
    summary.summary.iter().for_each(|text| add(text));
    summary.questions.iter().for_each(|question| add(&question.text.own_text()));
    for markup in body.key_points.iter().chain(&body.positions).chain([&body.caption]) {
        runs(markup, &mut |html| {
            let text = views::readable(html.as_bytes(), Encoding::Bytes);
            let text = views::untagged(&text).unwrap_or_else(|| text.into_owned());
            add(&String::from_utf8_lossy(&text));
        });
    }
}

/// The HTML of a markup, parted where another file's words stand.
fn runs(markup: &Markup, add: &mut impl FnMut(&str)) {
    let mut run = String::new();
    for piece in markup.pieces() {
        match piece {
            Piece::Html(html) => run.push_str(html),
            Piece::Hole(
                Hole::Named(_) | Hole::Label(_) | Hole::Fact(_) | Hole::Image(_) | Hole::Message(_),
            ) => {
                add(&run);
                run.clear();
            }
            Piece::Home(_) | Piece::Hole(_) => {}
        }
    }
    add(&run);
}

/// The pictures of a document: in its text, and of the page.
fn pictures(document: &Document) -> Vec<&Link> {
    let used = document.uses.iter().filter_map(|occurrence| match &occurrence.what {
        Use::Image(link) => Some(link),
        _ => None,
    });
    let mut links: Vec<&Link> = used.collect();
    named::front_matter(&document.summary, &mut |_, found| {
        if let Named::Picture(link) = found {
            links.push(link);
        }
    });
    links
}

#[cfg(test)]
mod tests {
    use super::{comments, without_addresses, without_comments};

    #[test]
    fn comments_are_parted_from_the_text() {
        let text = "a <!-- b -- > c\n\n--> d <!----> e <!-- f";
        assert_eq!(comments(text), [" b -- > c\n\n", "", " f"]);
        assert_eq!(without_comments(text), "a  d  e ");
        assert_eq!(without_addresses("see https://a.example/b c"), "see c");
    }
}
