//! Texts of one page as another shows them: plain, and as HTML where a part of them is in another language.

use std::sync::Arc;

use crate::content::document::Summary;
use crate::content::markup::{Inline, InlineSpan};
use crate::content::model::Source;
use crate::lang::{LangTag, Language};
use crate::site::PageIx;

use super::common::{Foreign, LinkText, PageHead};
use super::context::{Context, PageContext, shorten};
use super::figure::fact_text;
use super::words::{MarkedHtml, Runs};

/// A text, and the same as HTML where a part of it is in another language than the rest.
pub(super) type WordsOf = (Arc<str>, Option<MarkedHtml>);

impl Context<'_> {
    /// The text of an inline of a page, with names and figures in place, in the page's own language: `lang`, but for a page
    /// that readers are led to out of theirs. At most `limit` characters of it.
    pub(super) fn plain_of(
        &self,
        page: PageIx,
        inline: &Inline,
        lang: &Language,
        limit: Option<usize>,
    ) -> WordsOf {
        let own = self.lang_of(page);
        if !self.site.is_foreign(page) && own == self.lang {
            return self.words(inline, lang, limit);
        }
        let site = self.first.in_edition(self.site.edition_of(page));
        let cx = Context { site, lang: own, assets: self.assets.clone(), shared: None, ..*self };
        cx.words(inline, &self.languages.language(own), limit)
    }

    /// The text of an inline, with names and figures in place.
    pub(super) fn words(&self, inline: &Inline, lang: &Language, limit: Option<usize>) -> WordsOf {
        let (whole, is_mixed) = self.plain(inline, lang);
        let text = limit.map_or_else(|| whole.clone(), |limit| shorten(&whole, limit));
        if !is_mixed {
            return (text, None);
        }
        let mut runs = self.runs(inline, lang);
        if *text != *whole {
            runs = runs.cut(text.len() - '…'.len_utf8());
        }
        (text, runs.html(&lang.tag))
    }

    /// The plain text of an inline, and whether a part of it is in another language.
    fn plain(&self, inline: &Inline, lang: &Language) -> (Arc<str>, bool) {
        if let [InlineSpan::Text(text)] = inline.spans() {
            return (Arc::from(&**text), false);
        }
        let (mut plain, mut is_mixed) = (String::new(), false);
        for span in inline.spans() {
            match span {
                InlineSpan::Text(text) => plain.push_str(text),
                InlineSpan::Label(target) => match self.resolve(target) {
                    Some(link) => {
                        is_mixed |= link.foreign.is_some();
                        plain.push_str(&link.text);
                    }
                    None => plain.push_str(target.id()),
                },
                InlineSpan::Fact(id) => match self.site.fact(id) {
                    Some(fact) => {
                        is_mixed |= self.fact_lang(fact) != &lang.tag;
                        plain.push_str(&fact_text(&fact.fact, lang));
                    }
                    None => plain.push_str(id),
                },
            }
        }
        (plain.into(), is_mixed)
    }

    fn runs(&self, inline: &Inline, lang: &Language) -> Runs {
        let mut runs = Runs::default();
        for span in inline.spans() {
            match span {
                InlineSpan::Text(text) => runs.push(text, &lang.tag),
                InlineSpan::Label(target) => match self.resolve(target) {
                    Some(link) => {
                        let other = link.foreign.and_then(|other| LangTag::parse(&other.text));
                        runs.push(&link.text, other.as_ref().unwrap_or(&lang.tag));
                    }
                    None => runs.push(target.id(), &lang.tag),
                },
                InlineSpan::Fact(id) => match self.site.fact(id) {
                    Some(fact) => runs.append(&self.fact_runs(fact, &fact.fact.value, lang)),
                    None => runs.push(id, &lang.tag),
                },
            }
        }
        runs
    }

    /// The language of the file that has a source of a page: the page, or one that all pages share.
    pub(super) fn source_lang<'b>(&'b self, summary: &'b Summary, source: &Source) -> &'b LangTag {
        let is_own = summary.sources.iter().any(|own| std::ptr::eq(own, source));
        if is_own { self.words_of(summary, "sources") } else { self.site_lang() }
    }

    /// A source as a link. `lang` is the language of the file that has it.
    pub(super) fn link_to_source(&self, source: &Source, lang: &LangTag) -> Option<LinkText> {
        let text = source.title.clone().or_else(|| source.url.clone())?;
        Some(LinkText {
            text,
            href: source.url.clone(),
            foreign: self.source_foreign(source, lang),
        })
    }

    /// The language of the title of a source, and of what it leads to if its author says that. `lang` is the language of the
    /// file that has it.
    pub(super) fn source_foreign(&self, source: &Source, lang: &LangTag) -> Option<Foreign> {
        let said = source.language.as_ref();
        let title = source.title.as_ref()?;
        let foreign = self.in_one_of(title, [said.unwrap_or(lang), lang]);
        let Some(said) = said.filter(|said| *said != self.lang) else { return foreign };
        let to = said.as_str().into();
        let own =
            || Foreign { lang: None, text: self.lang.as_str().into(), dir: self.lang.direction() };
        Some(Foreign { lang: Some(to), ..foreign.unwrap_or_else(own) })
    }
}

impl PageContext<'_> {
    /// Says which part of a page's title is in another language than the page.
    pub(super) fn mark_title(&self, head: &mut PageHead, title: &Runs) {
        let html = title.html(&self.lang.tag);
        if let Some(own) = head.breadcrumbs.last_mut() {
            own.html.clone_from(&html);
        }
        head.title_html = html;
    }
}
