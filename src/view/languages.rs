//! What a page has to do with other languages: where it is in them, and what leads readers out of theirs.

use std::sync::Arc;

use crate::base::OutPath;
use crate::check::links::{Root, root};
use crate::content::document::{Details, Summary};
use crate::content::local_names::nearest;
use crate::lang::LangTag;
use crate::site::{Output, PageIx, Producer, Subject};

use super::common::{Foreign, PageHead, PageLanguage};
use super::context::{Context, PageContext};

impl Context<'_> {
    /// The same of a link of the navigation, which leads to the page in the readers' language if there is one. The language
    /// that it leads to comes along, if that is not theirs.
    pub(super) fn root_in_language(&self, url: &str) -> (Arc<str>, Option<Foreign>) {
        let written = || self.root_href(url).into();
        if self.site.editions.len() == 1 {
            return (written(), None);
        }
        let Root::There(out) = root(self.first, url) else { return (written(), None) };
        let output = self.site.outputs.get(&out).filter(|_| !url.contains(['?', '#']));
        let own = output.and_then(|output| self.in_language(output));
        match own.filter(|own| self.site.outputs.get(own).is_some()) {
            Some(own) => (self.href(&own), None),
            None => (written(), self.foreign_output(&out)),
        }
    }

    /// Where what an output shows is in the readers' language.
    fn in_language(&self, output: &Output) -> Option<OutPath> {
        if matches!(output.producer, Producer::Data(_)) {
            return None;
        }
        let of = self.first.in_edition(output.edition);
        Some(match output.subject()? {
            Subject::Site if output.path == of.home_out() => self.site.home_out(),
            Subject::Index(kind, number) => self.site.index_out(kind, number),
            Subject::Page(page) => self.site.page(self.site.page_in(page)).out.clone(),
            Subject::Topic(topic) => {
                let topic = self.site.topic_by_id(&of.topic(topic).id)?;
                self.site.topic(topic).out.clone()
            }
            Subject::Fact(fact) => self.site.fact_out(fact),
            Subject::Source(source) => self.site.source_out(source),
            Subject::Site | Subject::Rest(..) | Subject::Part(_) => return None,
        })
    }

    /// The language of a page, where it is not that of the readers who are led there.
    pub(super) fn foreign_output(&self, out: &OutPath) -> Option<Foreign> {
        let output = self.site.outputs.get(out)?;
        let is_page = output.media_type.is_html() && output.is_checked();
        if !is_page || output.edition == self.site.number() {
            return None;
        }
        let page = output.content(self.first);
        let lang = page.map(|page| self.lang_of(page));
        let lang = lang.unwrap_or(&self.site.editions[output.edition].lang);
        // The author of the link wrote its text in the language of the page that it stands on.
        let own = &self.settings.lang;
        let (lang, text) = (lang.as_str().into(), own.as_str().into());
        Some(Foreign { lang, text, dir: own.direction() })
    }

    /// The title of a page, and its language where that is not the one of the readers who are led there.
    pub(super) fn titled(&self, page: PageIx) -> (Arc<str>, Option<Foreign>) {
        let Summary { title, details, .. } = &*self.site.page(page).summary;
        if !self.site.is_foreign(page) {
            return (title.clone(), None);
        }
        let (lang, own) = (self.lang_of(page), &self.settings.lang);
        let local = match details {
            Details::Player(player) => {
                nearest(player.local.iter(), own.as_str(), |names| names.name.as_ref())
            }
            _ => None,
        };
        let text = if local.is_some() { own } else { lang };
        let foreign = Foreign {
            lang: lang.as_str().into(),
            text: text.as_str().into(),
            dir: text.direction(),
        };
        (local.map_or(title, |(_, name)| name).clone(), Some(foreign))
    }

    /// The pages of the entity that a page is about, with the numbers of their languages.
    pub(super) fn pages_of(&self, page: PageIx) -> Vec<(usize, OutPath)> {
        let pages = self.site.pages_of(page).into_iter();
        pages.map(|(edition, page)| (edition, self.site.page(page).out.clone())).collect()
    }

    /// The language of a page: what its author says, else that of the files that it is among.
    pub(super) fn lang_of(&self, page: PageIx) -> &LangTag {
        let edition = &self.site.editions[self.site.edition_of(page)].lang;
        self.site.page(page).summary.lang.as_ref().unwrap_or(edition)
    }
}

impl PageContext<'_> {
    /// Tells a page in which languages it is: the number of each, and where it is written.
    pub(super) fn also_in(
        &self,
        page: &mut PageHead,
        all: impl IntoIterator<Item = (usize, OutPath)>,
    ) {
        let cx = self.cx;
        if cx.site.editions.len() == 1 {
            return;
        }
        let language = |(edition, out): (usize, OutPath)| {
            let language = cx.languages.language(&cx.site.editions[edition].lang);
            let href = cx.href(&out);
            PageLanguage {
                lang: language.tag.as_str().into(),
                dir: language.tag.direction(),
                name: language.own_name(),
                url: cx.base.url(&out).map_or_else(|| href.clone(), Into::into),
                href,
                current: out == *self.out,
            }
        };
        let languages: Vec<_> = all.into_iter().map(language).collect();
        // The first is the site's first language, if the page is in that.
        if let [first, _, ..] = &languages[..] {
            page.default_url = Some(first.url.clone());
            page.languages = languages;
        }
    }
}
