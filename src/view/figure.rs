//! A figure as pages show it: in words, and with everything that makes it checkable.

use std::sync::Arc;

use crate::base::EntityId;
use crate::content::model::{Fact, FactValue, Source};
use crate::content::words::{FactKind, FactStatus};
use crate::lang::{Arg, LangTag, Language};
use crate::site::{FactIx, SiteFact};

use super::common::{Figure, LinkText};
use super::context::{Context, PageContext};
use super::unit::{KnownUnit, in_unit};
use super::words::{MarkedHtml, Runs};

impl Context<'_> {
    /// The page of a figure: its URL, and its language where that is not the readers'. None of a figure that the site does
    /// not have.
    pub(super) fn fact_href(&self, id: &str) -> Option<(Arc<str>, Option<Arc<str>>)> {
        let fact = self.site.fact_ix(id)?;
        if self.site.figures.has_page(fact) {
            return Some((self.href(&self.site.fact_out(fact)), None));
        }
        let other = self.first.all().find(|site| site.figures.has_page(fact))?;
        Some((self.href(&other.fact_out(fact)), Some(other.edition().lang.as_str().into())))
    }

    /// The language of the words of a figure: that of the page that declares it, or else the site's first.
    pub fn fact_lang(&self, fact: &SiteFact) -> &LangTag {
        match fact.home {
            Some(home) => self.words_of(&self.site.page(home).summary, "facts"),
            None => self.site_lang(),
        }
    }

    /// A value of a figure in words, with the language of each.
    pub(super) fn fact_runs(&self, own: &SiteFact, value: &FactValue, lang: &Language) -> Runs {
        let (fact, of) = (&own.fact, self.fact_lang(own));
        let mut value = self.value_runs(own, value, lang);
        if let Some(per) = &fact.per {
            let parts = [("value", value), ("per", Runs::of(per, of))];
            value = Runs::message(lang, "fact-per", &parts);
        }
        match &fact.denominator {
            None => value,
            Some(whole) => {
                let parts = [("value", value), ("denominator", Runs::of(whole, of))];
                Runs::message(lang, "fact-of", &parts)
            }
        }
    }

    /// A value in the unit of a figure. With a unit of words it is in their language, and runs as they do.
    pub(super) fn value_runs(&self, own: &SiteFact, value: &FactValue, lang: &Language) -> Runs {
        let unit = own.fact.unit.as_deref().unwrap_or_default();
        let is_in_words = unit.contains(char::is_alphabetic) && KnownUnit::of(unit).is_none();
        let of = if is_in_words { self.fact_lang(own) } else { &lang.tag };
        Runs::of(&value_text(value, &own.fact, lang), of)
    }

    /// The source that a figure names: one of the page that declares it, or a shared one.
    pub fn fact_source<'b>(
        &'b self,
        home: &'b SiteFact,
        id: &Option<EntityId>,
    ) -> Option<&'b Source> {
        let id = id.as_deref()?;
        match home.home {
            Some(page) => self.source(&self.site.page(page).summary, id),
            None => self.site.source(id).map(|source| &**source),
        }
    }

    /// The language of the file that has a source of a figure.
    pub(super) fn fact_source_lang<'b>(
        &'b self,
        home: &'b SiteFact,
        source: &Source,
    ) -> &'b LangTag {
        match home.home {
            Some(page) => self.source_lang(&self.site.page(page).summary, source),
            None => self.site_lang(),
        }
    }
}

impl PageContext<'_> {
    /// A figure with everything that makes it checkable.
    pub(super) fn figure(&self, own: &SiteFact) -> Figure {
        let (cx, fact) = (self.cx, &own.fact);
        let own_lang = cx.fact_lang(own);
        let lang = Some(own_lang).filter(|lang| **lang != self.lang.tag);
        let (href, hreflang) = match cx.fact_href(&fact.id) {
            Some((href, lang)) => (Some(href), lang),
            None => (None, None),
        };
        Figure {
            anchor: format!("b-fact-{}", fact.id).into(),
            text: fact_text(fact, &self.lang).into(),
            html: self.fact_html(own, &fact.value),
            exact: exact_text(fact, &self.lang).map(Into::into),
            conversion: fact.conversion.as_deref().and_then(|id| self.conversion(id)),
            href,
            hreflang,
            of: fact.of.clone(),
            lang: lang.map(|lang| lang.as_str().into()),
            dir: lang.map(LangTag::direction),
            about: fact.about.as_ref().map(|name| cx.name_link(name, own_lang)),
            kind: fact.kind.map(FactKind::as_str),
            status: fact.status.map(FactStatus::as_str),
            as_of: fact.as_of.map(|date| self.date(date)),
            attributed_to: fact.attributed_to.as_ref().map(|name| cx.name_link(name, own_lang)),
            source: self.fact_source_link(own, &fact.source),
            cite: None,
        }
    }

    /// The figure that says the same amount in another currency.
    fn conversion(&self, id: &str) -> Option<LinkText> {
        let cx = self.cx;
        let own = cx.site.fact(id)?;
        // What waits for a page that is not public yet is not shown.
        let (href, hreflang) = cx.fact_href(id)?;
        let text = fact_text(&own.fact, &self.lang).into();
        let foreign = hreflang.and_then(|_| cx.other(cx.fact_lang(own)));
        Some(LinkText { text, href: Some(href), foreign })
    }

    /// A value of a figure as HTML, where its words are in another language than the page.
    pub(super) fn fact_html(&self, own: &SiteFact, value: &FactValue) -> Option<MarkedHtml> {
        let is_other = *self.cx.fact_lang(own) != self.lang.tag;
        is_other.then(|| self.cx.fact_runs(own, value, &self.lang).html(&self.lang.tag)).flatten()
    }

    /// The figures at some places.
    pub(super) fn figures_at(&self, facts: &[FactIx]) -> Vec<Figure> {
        facts.iter().map(|fact| self.figure(self.cx.site.fact_at(*fact))).collect()
    }

    pub(super) fn fact_source_link(
        &self,
        own: &SiteFact,
        id: &Option<EntityId>,
    ) -> Option<LinkText> {
        let source = self.cx.fact_source(own, id)?;
        self.cx.link_to_source(source, self.cx.fact_source_lang(own, source))
    }
}

/// A figure in words: "3.5% of GDP". A large amount of money is said in few digits: "¥8.7 trillion".
pub fn fact_text(fact: &Fact, lang: &Language) -> String {
    text_of(&fact.value, fact, lang)
}

/// Another value of a figure in words, with what it is a share of.
pub fn text_of(value: &FactValue, fact: &Fact, lang: &Language) -> String {
    of_whole(value_text(value, fact, lang), fact, lang)
}

/// The same in all its digits.
pub(super) fn exact_text_of(value: &FactValue, fact: &Fact, lang: &Language) -> String {
    of_whole(in_digits(value, fact, lang), fact, lang)
}

/// A value in the unit of a figure, in words: "3.5%".
pub fn value_text(value: &FactValue, fact: &Fact, lang: &Language) -> String {
    compact_text(value, fact, lang).unwrap_or_else(|| in_digits(value, fact, lang))
}

/// The figure in all its digits, where the text has fewer.
pub(super) fn exact_text(fact: &Fact, lang: &Language) -> Option<String> {
    compact_text(&fact.value, fact, lang)?;
    Some(exact_text_of(&fact.value, fact, lang))
}

/// A large amount of money in few digits.
fn compact_text(value: &FactValue, fact: &Fact, lang: &Language) -> Option<String> {
    let unit = fact.unit.as_deref()?;
    KnownUnit::of(unit).filter(|unit| unit.is_currency())?;
    let compact = |text: &str| lang.numbers.compact(text);
    let words = match value {
        FactValue::Number(text) => compact(text)?,
        FactValue::Range(low, high) => format!("{}–{}", compact(low)?, compact(high)?),
    };
    Some(in_unit(words, value.bounds().1, Some(unit), lang))
}

fn in_digits(value: &FactValue, fact: &Fact, lang: &Language) -> String {
    let number = |text: &str| lang.numbers.number(text).unwrap_or_else(|| text.to_string());
    let words = match value {
        FactValue::Number(text) => number(text),
        FactValue::Range(low, high) => format!("{}–{}", number(low), number(high)),
    };
    in_unit(words, value.bounds().1, fact.unit.as_deref(), lang)
}

/// A value with what it is counted for, and what it is a share of.
fn of_whole(value: String, fact: &Fact, lang: &Language) -> String {
    let with = |key: &str, value: String, name: &str, of: &Option<Arc<str>>| match of {
        None => value,
        Some(of) => {
            let args = [("value", Arg::Text(&value)), (name, Arg::Text(of))];
            lang.text(key, &args).map_or_else(|_| value.clone(), |text| text.to_string())
        }
    };
    let value = with("fact-per", value, "per", &fact.per);
    with("fact-of", value, "denominator", &fact.denominator)
}
