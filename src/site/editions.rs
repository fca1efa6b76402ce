//! The site in each of its languages: whose page is shown, and what lists hold.
//!
//! An entity has an id, and a page in each language that has a file for it. A place in [`Whole::pages`] is that of a
//! page; what a page of one language leads to and lists is asked of the [`Site`] of that language.

use std::sync::Arc;

use crate::base::OutPath;
use crate::config::{Config, Untranslated};
use crate::content::document::Summary;
use crate::content::kind::{Kind, is_index};
use crate::diag::{Code, Location};
use crate::lang::{Collation, LangTag};

use super::facts::FactLists;
use super::graph::Graph;
use super::paths::index_out;
use super::posts::PostsInTime;
use super::sources::{SourceIx, SourceLists};
use super::state::Admitted;
use super::{FactIx, IndexKind, Instant, Page, PageIx, Problem, Site, Topic, Whole, lists};

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The language: of a page that names none, and of what lists say.
    pub lang: LangTag,
    /// Where its pages are: empty for the first, which is at `/`; `ja` for the one at `/ja/`.
    pub folder: Arc<str>,
    /// Whether its lists hold pages of the first language that have no translation.
    pub(super) lists_untranslated: bool,
}

impl Edition {
    /// The languages of a site. One, if it names none.
    pub(super) fn all(config: &Config) -> Vec<Self> {
        let edition = |(number, settings): (usize, &crate::config::Settings)| Self {
            lang: settings.lang.clone(),
            folder: if number == 0 { "".into() } else { settings.lang.as_str().into() },
            lists_untranslated: number > 0 && settings.untranslated == Untranslated::List,
        };
        config.editions().enumerate().map(edition).collect()
    }

    /// The prefix of the paths of its outputs: empty, or with a slash at its end.
    pub fn prefix(&self) -> String {
        if self.folder.is_empty() { String::new() } else { format!("{}/", self.folder) }
    }
}

impl Whole {
    /// The number of the language whose page it is.
    pub fn edition_of(&self, page: PageIx) -> usize {
        self.edition_of_summary(&self.page(page).summary)
    }

    fn edition_of_summary(&self, summary: &Summary) -> usize {
        let of = |tag: &LangTag| self.editions.iter().position(|edition| edition.lang == *tag);
        summary.edition.as_ref().and_then(of).unwrap_or(0)
    }

    /// The page of an entity in a language, if that has one of its own.
    pub fn own_page(&self, edition: usize, id: &str) -> Option<PageIx> {
        self.ids.get(edition)?.get(id).copied()
    }

    /// The pages of the entity that a page is about, itself among them, with the numbers of their languages.
    pub fn pages_of(&self, page: PageIx) -> Vec<(usize, PageIx)> {
        let id = &self.page(page).summary.id;
        let own = |edition: usize| Some((edition, self.own_page(edition, id)?));
        (0..self.editions.len()).filter_map(own).collect()
    }
}

impl Site {
    /// The site in one language.
    pub(super) fn in_language(whole: Arc<Whole>, number: usize, instant: &Instant) -> Self {
        let order = Collation::new(&whole.editions[number].lang);
        let mut site = Self {
            whole,
            number,
            topics: Vec::new(),
            graph: Graph::default(),
            figures: FactLists::default(),
            citations: SourceLists::default(),
            posts: PostsInTime::default(),
            outputs: Arc::default(),
            pictures: Arc::default(),
            problems: Vec::new(),
            topic_ids: rustc_hash::FxHashMap::default(),
            others: Vec::new(),
        };
        (site.topics, site.topic_ids) = lists::topics(&site, &order);
        site.graph = Graph::build(&site, instant, &order);
        site.posts = PostsInTime::build(&site, instant);
        site.figures = FactLists::build(&site, &instant.zone, &order);
        site.citations = SourceLists::build(&site, &instant.zone, &order);
        site
    }

    /// Its language.
    pub fn edition(&self) -> &Edition {
        &self.editions[self.number]
    }

    /// The number of its language; 0 is the first.
    pub fn number(&self) -> usize {
        self.number
    }

    /// The site in each of its languages. Only the site of the first language knows the others.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }

    /// The site in the language with a number, asked of the site of the first.
    pub fn in_edition(&self, number: usize) -> &Self {
        number.checked_sub(1).and_then(|at| self.others.get(at)).unwrap_or(self)
    }

    /// The site in the language whose page a document is, asked of the site of the first.
    pub fn of(&self, summary: &Summary) -> &Self {
        self.in_edition(self.edition_of_summary(summary))
    }

    /// The home page of its language.
    pub fn home_out(&self) -> OutPath {
        self.out(OutPath::home().as_str())
    }

    /// The page for what is not there, in its language: `404.html`, `ja/404.html`.
    pub fn not_found_out(&self) -> OutPath {
        self.out("404.html")
    }

    /// A page of an index in its language: `/articles/`, `/ja/articles/page/2/`.
    pub fn index_out(&self, kind: IndexKind, number: usize) -> OutPath {
        self.out(index_out(kind, number).as_str())
    }

    /// The page of a figure in its language: `/facts/ID/`, `/ja/facts/ID/`.
    pub fn fact_out(&self, fact: FactIx) -> OutPath {
        self.out(&format!("facts/{}/index.html", self.fact_id(fact)))
    }

    /// The page of a shared source in its language: `/sources/ID/`, `/ja/sources/ID/`.
    pub fn source_out(&self, source: SourceIx) -> OutPath {
        self.out(&format!("sources/{}/index.html", self.source_id(source)))
    }

    pub(super) fn out(&self, path: &str) -> OutPath {
        let path = format!("{}{path}", self.edition().prefix());
        OutPath::new(&path).expect("a language tag and plain words")
    }

    /// The page with an id that its readers are shown: that of their language, else of the first, else of another.
    pub fn by_id(&self, id: &str) -> Option<PageIx> {
        let own = self.own_page(self.number, id);
        own.or_else(|| (0..self.ids.len()).find_map(|edition| self.own_page(edition, id)))
    }

    /// The page of the same entity that its readers are shown.
    pub fn page_in(&self, page: PageIx) -> PageIx {
        if self.editions.len() == 1 {
            return page;
        }
        let own = &self.page(page).summary;
        let found = self.by_id(&own.id);
        found.filter(|other| self.page(*other).summary.kind == own.kind).unwrap_or(page)
    }

    /// Whether a page is in another language than its own: it comes after the others in lists.
    pub fn is_foreign(&self, page: PageIx) -> bool {
        self.editions.len() > 1 && self.edition_of(page) != self.number
    }

    /// Whether its lists may hold a page: its own, or one of the first language that has no translation.
    pub(super) fn lists(&self, page: PageIx) -> bool {
        if self.editions.len() == 1 {
            return true;
        }
        let edition = self.edition_of(page);
        edition == self.number
            || edition == 0
                && self.edition().lists_untranslated
                && self.own_page(self.number, &self.page(page).summary.id).is_none()
    }

    /// Whether its lists hold a page.
    pub fn is_in_lists(&self, page: PageIx) -> bool {
        self.page(page).state.is_listed() && self.lists(page)
    }

    /// Whether its lists may hold a topic.
    pub(super) fn lists_topic(&self, topic: &Topic) -> bool {
        topic.page.is_none_or(|page| self.lists(page))
    }

    /// Whether a topic has an output of its own in the language: one that has a page in another language has not.
    pub fn has_topic_page(&self, topic: super::TopicIx) -> bool {
        self.topic(topic).page.is_none_or(|page| !self.is_foreign(page))
    }

    /// The topic page of an id that is in no list of the language.
    pub(super) fn unlisted_topic(&self, id: &str) -> Option<PageIx> {
        self.of_kind(Kind::Topic, id)
    }
}

/// Pages of the first language whose names look like those of translations: `talks-ja.md` beside `talks.md`.
pub(super) fn misnamed(admitted: &Admitted, editions: &[Edition]) -> Vec<Problem> {
    let of_page = |page: &Page| {
        let Summary { id, kind, .. } = &*page.summary;
        let (stem, tag) = editions[1..].iter().enumerate().find_map(|(at, edition)| {
            let stem =
                id.strip_suffix(&*edition.lang.as_str().to_lowercase())?.strip_suffix('-')?;
            let original = admitted.ids[0].get(stem)?;
            let is_alike = admitted.pages[original.0 as usize].summary.kind == *kind;
            let is_free = !admitted.ids[at + 1].contains_key(stem);
            (is_alike && is_free).then_some((stem, &edition.lang))
        })?;
        let name = page.path.as_str().strip_prefix("content/").unwrap_or(page.path.as_str());
        let renamed = name.replacen(&**id, stem, 1);
        let renamed = renamed.strip_suffix(".md").unwrap_or(&renamed);
        let message = format!("`{name}` is a page of its own, and not a translation of `{stem}`");
        let help = format!("if it is one, rename it to `{renamed}.{tag}.md`");
        let problem = Problem::new(Code::TranslationName, Location::file(&page.path), message);
        Some(problem.help(help))
    };
    let is_first = |page: &&Page| page.summary.edition.is_none() && editions.len() > 1;
    let misnamed = |page| of_page(page).or_else(|| in_folder(page, admitted, editions));
    admitted.pages.iter().filter(is_first).filter_map(misnamed).collect()
}

/// A page of the first language in a folder that is named for another: `articles/ja/talks.md`.
fn in_folder(page: &Page, admitted: &Admitted, editions: &[Edition]) -> Option<Problem> {
    let path = page.path.as_str();
    let name = path.strip_prefix("content/").unwrap_or(path);
    let (number, edition, renamed) =
        editions.iter().enumerate().skip(1).find_map(|(at, edition)| {
            let tag = &edition.lang;
            let mut parts: Vec<&str> = name.strip_suffix(".md")?.split('/').collect();
            // The first part is the kind's folder; the last is the file, and before an `index` the page's own folder.
            let end = parts.len() - if is_index(&page.path) { 2 } else { 1 };
            let is_tag = |part: &&str| part.replace('_', "-").eq_ignore_ascii_case(tag.as_str());
            let found = parts.get(1..end)?.iter().position(is_tag)?;
            parts.remove(found + 1);
            Some((at, edition, format!("content/{}.{tag}.md", parts.join("/"))))
        })?;
    // Two pages with one id are reported as such, and a page in the language is there already.
    let id = &page.summary.id;
    let has_id = admitted.ids[0].get(id).map(|ix| &admitted.pages[ix.0 as usize].path);
    if has_id != Some(&page.path) || admitted.ids[number].contains_key(id) {
        return None;
    }
    let (first, tag) = (&editions[0].lang, &edition.lang);
    let message = format!("`{name}` is a page in `{first}`: its folder `{tag}` says no language");
    let help = format!("if it is a page in `{tag}`, move it to `{renamed}`");
    let problem = Problem::new(Code::TranslationName, Location::file(&page.path), message);
    Some(problem.help(help))
}
