//! What a page has to do with other languages: where it is in them, and what leads readers out of theirs.

use std::sync::Arc;

use crate::base::OutPath;
use crate::check::links::{Root, root};
use crate::config::Settings;
use crate::content::document::{Details, Summary};
use crate::content::local_names::nearest;
use crate::content::model::Name;
use crate::lang::LangTag;
use crate::site::{Output, PageIx, Producer, Subject, year_out};

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
        if matches!(output.producer, Producer::Data(_) | Producer::Drawing(_)) {
            return None;
        }
        let of = self.first.in_edition(output.edition);
        Some(match output.subject()? {
            Subject::Site if output.path == of.home_out() => self.site.home_out(),
            Subject::Index(kind, number) => self.site.index_out(kind, number),
            Subject::Year(year, 0) => year_out(self.site, year, 0),
            Subject::Page(page) => self.site.page(self.site.page_in(page)).out.clone(),
            Subject::Topic(topic) => {
                let topic = self.site.topic_by_id(&of.topic(topic).id)?;
                self.site.topic(topic).out.clone()
            }
            Subject::Fact(fact) => self.site.fact_out(fact),
            Subject::Source(source) => self.site.source_out(source),
            Subject::Site
            | Subject::Figures(..)
            | Subject::Year(..)
            | Subject::Rest(..)
            | Subject::Embed(_)
            | Subject::Part(_) => return None,
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
        Some(foreign(lang, self.lang))
    }

    /// The title of a page, and its language where readers are led out of theirs, or have a title of another.
    pub(super) fn titled(&self, page: PageIx) -> (Arc<str>, Option<Foreign>) {
        let summary = &self.site.page(page).summary;
        let (title, lang) = (&summary.title, self.lang_of(page));
        if !self.site.is_foreign(page) {
            let text = self.title_lang(page);
            let is_own = lang == self.lang && text == self.lang;
            return (title.clone(), (!is_own).then(|| foreign(lang, text)));
        }
        match local_name(summary, &self.settings.lang) {
            Some(local) => (local.clone(), Some(foreign(lang, &self.settings.lang))),
            None => (title.clone(), Some(foreign(lang, self.title_lang(page)))),
        }
    }

    /// The language of a page's title: of a player's name for the language of its edition, or of a page that it translates.
    pub(super) fn title_lang(&self, page: PageIx) -> &LangTag {
        let summary = &self.site.page(page).summary;
        let edition = &self.site.editions[self.site.edition_of(page)].lang;
        if local_name(summary, edition).is_some() {
            return edition;
        }
        match self.original(summary, "title") {
            Some(original) => self.title_lang(original),
            None => summary.lang.as_ref().unwrap_or(edition),
        }
    }

    /// The language of the words of one of a page's fields, by its key.
    pub fn words_of<'b>(&'b self, summary: &'b Summary, key: &str) -> &'b LangTag {
        match self.original(summary, key) {
            Some(original) => self.lang_of(original),
            None => {
                let edition = || &self.first.of(summary).edition().lang;
                summary.lang.as_ref().unwrap_or_else(edition)
            }
        }
    }

    /// The page from which a translation takes the words of a field over.
    fn original(&self, summary: &Summary, key: &str) -> Option<PageIx> {
        let is_taken = summary.inherited.contains(&key);
        is_taken.then(|| self.site.own_page(0, &summary.id)).flatten()
    }

    /// A language, where it is not that of the page.
    pub(super) fn other(&self, lang: &LangTag) -> Option<Foreign> {
        (lang != self.lang).then(|| Foreign { lang: None, ..foreign(lang, lang) })
    }

    /// The language of the site's first edition: that of its shared files, and of what `site.yaml` says once.
    pub(super) fn site_lang(&self) -> &LangTag {
        &self.site.editions[0].lang
    }

    /// The language of what `site.yaml` says in the edition, or says once for all of them.
    pub(super) fn settings_lang(&self, is_of_site: impl Fn(&Settings) -> bool) -> &LangTag {
        if is_of_site(self.site_settings) { self.site_lang() } else { &self.settings.lang }
    }

    /// The language of an output, where its author names one that differs from that of its edition.
    pub(super) fn own_language(&self, output: &Output) -> Option<&LangTag> {
        let page = match output.subject()? {
            Subject::Page(page) => page,
            Subject::Topic(topic) => self.first.in_edition(output.edition).topic(topic).page?,
            _ => return None,
        };
        self.site.page(page).summary.lang.as_ref().filter(|lang| *lang != self.lang)
    }

    /// A text in one of some languages: the first whose letters it has, or else the first.
    pub(super) fn in_one_of(&self, text: &str, langs: [&LangTag; 2]) -> Option<Foreign> {
        let [first, second] = langs;
        if first == second {
            return self.other(first);
        }
        let is_second = !first.has_letters_of(text) && second.has_letters_of(text);
        self.other(if is_second { second } else { first })
    }

    /// The language of a player's name in the script of its country.
    pub(super) fn native_lang(&self, page: PageIx, name: &Arc<str>) -> Option<Foreign> {
        let Details::Player(player) = &self.site.page(page).summary.details else { return None };
        let said = player.local.iter().find(|names| names.name.as_ref() == Some(name));
        if let Some(names) = said {
            return self.other(&names.lang);
        }
        if self.lang.has_letters_of(name) && player.iso.is_none() && player.country.is_none() {
            return None;
        }
        let iso = |page: PageIx| match &self.site.page(page).summary.details {
            Details::Player(country) => country.iso.as_deref(),
            _ => None,
        };
        let of = match &player.country {
            Some(Name::Id(id)) => self.site.player(id).and_then(iso),
            _ => player.iso.as_deref(),
        };
        self.other(&LangTag::of_name(name, of)?)
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

fn foreign(lang: &LangTag, text: &LangTag) -> Foreign {
    let to = Some(lang.as_str().into());
    Foreign { lang: to, text: text.as_str().into(), dir: text.direction() }
}

/// The name that a player's page has for texts in a language.
fn local_name<'a>(summary: &'a Summary, lang: &LangTag) -> Option<&'a Arc<str>> {
    let Details::Player(player) = &summary.details else { return None };
    nearest(player.local.iter(), lang.as_str(), |names| names.name.as_ref()).map(|(_, name)| name)
}

impl PageContext<'_> {
    /// A page in the language with a number.
    pub(super) fn in_other(&self, edition: usize, out: &OutPath) -> PageLanguage {
        let cx = self.cx;
        let language = cx.languages.language(&cx.site.editions[edition].lang);
        let href = cx.href(out);
        PageLanguage {
            lang: language.tag.as_str().into(),
            dir: language.tag.direction(),
            name: language.own_name(),
            url: cx.base.url(out).map_or_else(|| href.clone(), Into::into),
            href,
            current: out == self.out,
        }
    }

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
        let languages = all.into_iter().map(|(edition, out)| self.in_other(edition, &out));
        let languages: Vec<_> = languages.collect();
        // The first is the site's first language, if the page is in that.
        if let [first, _, ..] = &languages[..] {
            page.default_url = Some(first.url.clone());
            let others = languages.iter().filter(|other| !other.current);
            let tags = others.filter_map(|other| LangTag::parse(&other.lang));
            page.card.other_locales =
                tags.map(|tag| cx.languages.language(&tag).territory.clone()).collect();
            page.languages = languages;
        }
    }
}
