//! A page's list of sources: numbered in the order in which the page first cites each, with a link back to each citation.
//!
//! The list grows while the view is made. A view is made in the order in which a reader meets its parts, so a source gets its
//! number where the page first cites it: in a text, or beside a position, an event, a figure or a post.

use std::cell::RefCell;
use std::fmt::Write;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::content::model::Source;
use crate::lang::{Arg, LangTag};

use super::common::{DateText, Foreign};
use super::context::PageContext;
use super::words::{MarkedHtml, Runs};

/// A source in a page's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceView {
    /// The anchor on this page, without `#`.
    pub anchor: Arc<str>,
    /// Its number on this page.
    pub number: usize,
    /// The title, or the URL where there is none.
    pub title: Arc<str>,
    /// The language of the title, when it is not the page's.
    pub foreign: Option<Foreign>,
    /// Where it can be read.
    pub href: Option<Arc<str>>,
    /// Its type of CSL, such as `article-newspaper`.
    pub kind: Option<Arc<str>>,
    /// Who wrote it, name by name.
    pub authors: Vec<Arc<str>>,
    /// Who wrote it, in a sentence.
    pub author: Option<Arc<str>>,
    /// The same as HTML, where a part of it is in another language than the page.
    pub author_html: Option<MarkedHtml>,
    /// Who published it.
    pub publisher: Option<Arc<str>>,
    /// The language of that name, when it is not the page's.
    pub publisher_foreign: Option<Foreign>,
    /// When it was published.
    pub date: Option<DateText>,
    /// When it was last read.
    pub accessed: Option<DateText>,
    /// An archived copy.
    pub archived: Option<Arc<str>>,
    /// The day of the archived copy, or else of reading, as Robust Links have it: `data-versiondate`.
    pub version_date: Option<Arc<str>>,
    /// That it was retracted.
    pub retracted: Option<RetractionView>,
    /// The page of a shared source, which says what else cites it.
    pub page: Option<Arc<str>>,
    /// Where the page cites it, in the order of the page.
    pub uses: Vec<Backlink>,
}

/// That a source was retracted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RetractionView {
    /// Since when, if that is known.
    pub date: Option<DateText>,
    /// What became of it.
    pub note: Option<Arc<str>>,
    /// The language of the note, when it is not the page's.
    pub foreign: Option<Foreign>,
}

/// A link from a source back to a place that cites it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Backlink {
    /// The URL of the place, on the same page.
    pub href: Arc<str>,
    /// What is shown: an arrow, and a letter where there are several.
    pub mark: Arc<str>,
    /// The same in words, for readers who hear it.
    pub label: Arc<str>,
}

/// A citation: the number of a source in the page's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Citation {
    /// The number.
    pub number: usize,
    /// The URL of the list's entry, on the same page.
    pub href: Arc<str>,
    /// The anchor of the citation, without `#`, to which the entry leads back.
    pub anchor: Arc<str>,
}

/// The sources of a page while its view is made.
#[derive(Default)]
pub(super) struct SourceList(RefCell<Listed>);

#[derive(Default)]
struct Listed {
    entries: Vec<Entry>,
    /// The places of the entries, by where each source is in memory: pages may call two sources by one id.
    places: FxHashMap<*const Source, usize>,
}

struct Entry {
    view: SourceView,
    name: Arc<str>,
    uses: usize,
}

impl SourceList {
    /// Cites a source, which has a number from then on. `is_known` says that the page itself means this source by its id, which
    /// anchors then end with: other pages lead there. `lang` is the language of the file that has it.
    pub(super) fn cite(
        &self,
        page_cx: &PageContext<'_>,
        source: &Source,
        lang: &LangTag,
        is_known: bool,
    ) -> Citation {
        let mut listed = self.0.borrow_mut();
        let at = listed.place(page_cx, source, lang, is_known);
        let Entry { view, name, uses } = &mut listed.entries[at];
        *uses += 1;
        Citation {
            number: view.number,
            href: format!("#{}", view.anchor).into(),
            anchor: citation_anchor(name, *uses).into(),
        }
    }

    /// Adds a source that the page lists, if it is not cited before.
    pub(super) fn list(&self, page_cx: &PageContext<'_>, source: &Source, lang: &LangTag) {
        self.0.borrow_mut().place(page_cx, source, lang, true);
    }

    /// The whole list.
    pub(super) fn views(self, page_cx: &PageContext<'_>) -> Vec<SourceView> {
        let view = |Entry { mut view, name, uses }: Entry| {
            view.uses = (1..=uses).map(|at| page_cx.backlink(&view, &name, at, uses)).collect();
            view
        };
        self.0.into_inner().entries.into_iter().map(view).collect()
    }
}

impl Listed {
    fn place(
        &mut self,
        page_cx: &PageContext<'_>,
        source: &Source,
        lang: &LangTag,
        is_known: bool,
    ) -> usize {
        if let Some(at) = self.places.get(&std::ptr::from_ref(source)) {
            return *at;
        }
        let at = self.entries.len();
        let name: Arc<str> = match &source.id {
            Some(id) if is_known => id.into(),
            // Ids have no such sign: no other source of the page can have the same name.
            id => format!("{}_{}", id.as_deref().unwrap_or_default(), at + 1).into(),
        };
        let view = page_cx.source_view(at + 1, &name, source, lang);
        self.entries.push(Entry { view, name, uses: 0 });
        self.places.insert(std::ptr::from_ref(source), at);
        at
    }
}

impl PageContext<'_> {
    /// A source as the item of a list, without its citations. `name` is what its anchor ends with, `lang` the language of the
    /// file that has it.
    pub(super) fn source_view(
        &self,
        number: usize,
        name: &str,
        source: &Source,
        lang: &LangTag,
    ) -> SourceView {
        let title = source
            .title
            .clone()
            .or_else(|| source.url.clone())
            .or_else(|| source.id.as_ref().map(Into::into));
        let author =
            (!source.authors.is_empty()).then(|| self.lang.lists.and(&source.authors).into());
        let langs = [lang, source.language.as_ref().unwrap_or(lang)];
        let foreign = |text: &Arc<str>| self.cx.in_one_of(text, langs);
        let author_html = (langs != [self.cx.lang; 2]).then(|| {
            let one = |name: &Arc<str>| {
                let other = foreign(name).and_then(|other| LangTag::parse(&other.text));
                Runs::of(name, other.as_ref().unwrap_or(&self.lang.tag))
            };
            let names: Vec<Runs> = source.authors.iter().map(one).collect();
            Runs::list(&self.lang, &names).html(&self.lang.tag)
        });
        SourceView {
            anchor: format!("b-source-{name}").into(),
            number,
            title: title.unwrap_or_default(),
            foreign: self.cx.source_foreign(source, lang),
            href: source.url.clone(),
            kind: source.kind.clone(),
            authors: source.authors.clone(),
            author,
            author_html: author_html.flatten(),
            publisher: source.publisher.clone(),
            publisher_foreign: source.publisher.as_ref().and_then(foreign),
            date: source.date.map(|date| self.date(date)),
            accessed: source.accessed.map(|date| self.date(date)),
            archived: source.archived.clone(),
            version_date: version_date(source),
            retracted: source.retracted.as_ref().map(|retraction| RetractionView {
                date: retraction.date.map(|date| self.date(date)),
                note: retraction.note.clone(),
                foreign: self.cx.other(lang),
            }),
            page: self.source_page(source),
            uses: Vec::new(),
        }
    }

    /// The page of a source that is a shared one.
    fn source_page(&self, source: &Source) -> Option<Arc<str>> {
        let site = self.cx.site;
        let ix = site.source_ix(source.id.as_deref()?)?;
        let is_this = std::ptr::eq(&**site.source_at(ix), source);
        let is_there = is_this && site.citations.has_page(ix);
        let out = is_there.then(|| site.source_out(ix)).filter(|out| out != self.out)?;
        Some(self.cx.href(&out))
    }

    /// The link back to a citation, counted from 1, of a source that the page cites `uses` times.
    fn backlink(&self, source: &SourceView, name: &str, at: usize, uses: usize) -> Backlink {
        let number = ("number", Arg::Number(source.number as f64));
        let href = format!("#{}", citation_anchor(name, at)).into();
        if uses == 1 {
            let label = self.t("back-to-citation", &[number]);
            return Backlink { href, mark: ARROW.into(), label };
        }
        let letters = letters(at);
        let label =
            self.t("back-to-citation-of-several", &[number, ("letter", Arg::Text(&letters))]);
        let mark = if at == 1 { format!("{ARROW} {letters}") } else { letters };
        Backlink { href, mark: mark.into(), label }
    }
}

/// Those of a page's sources that were retracted, for a notice at its head.
pub(super) fn retracted(sources: &[SourceView]) -> Vec<SourceView> {
    sources.iter().filter(|source| source.retracted.is_some()).cloned().collect()
}

/// An arrow back, as a sign of the text and no picture.
const ARROW: &str = "\u{21a9}\u{fe0e}";

/// The anchor of a citation, counted from 1, of the source with a name.
pub(super) fn citation_anchor(name: &str, at: usize) -> String {
    let mut anchor = format!("b-cite-{name}");
    if at > 1 {
        let _ = write!(anchor, ".{at}");
    }
    anchor
}

/// A number from 1 in letters: a to z, aa, ab.
fn letters(number: usize) -> String {
    let (mut rest, mut letters) = (number, Vec::new());
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The day of which a source's archived copy is, if its address says so, or else the day on which it was last read.
fn version_date(source: &Source) -> Option<Arc<str>> {
    let archived = source.archived.as_deref()?;
    let of_address = archived.split('/').find_map(|part| {
        let digits = part.get(..14).unwrap_or(part);
        let is_time = digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let date = is_time.then(|| [&digits[..4], &digits[4..6], &digits[6..8]].join("-"))?;
        date.parse::<jiff::civil::Date>().is_ok().then(|| date.into())
    });
    of_address.or_else(|| Some(source.accessed?.civil()?.to_string().into()))
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn citations_are_lettered() {
        for (number, text) in
            [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (703, "aaa")]
        {
            assert_eq!(letters(number), text);
        }
    }
}
