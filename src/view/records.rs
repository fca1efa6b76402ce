//! Pages and sources of the site as bibliographic records.

use std::sync::Arc;

use crate::base::OutPath;
use crate::cite::{CslDate, CslItem, CslName, CslType, name_of, source_item};
use crate::content::date::Date;
use crate::content::document::{Body, Details};
use crate::content::model::Source;
use crate::site::{FactIx, PageIx};

use super::context::Context;

impl Context<'_> {
    /// The record of a page of content: a page of the site, as of the day on which it last changed.
    pub fn page_item(&self, ix: PageIx, body: &Body) -> CslItem {
        let page = self.site.page(ix);
        let summary = &page.summary;
        let dates = [summary.published, summary.updated].into_iter().flatten();
        let newest =
            dates.reduce(|newest, date| if newest.is_before(date) { date } else { newest });
        let own = body.authors.iter().map(|author| &author.name);
        let authors: Vec<&Arc<str>> = match body.authors.is_empty() {
            true => self.settings.authors.iter().collect(),
            false => own.collect(),
        };
        let mut item = self.site_item(&summary.id, &page.out, &authors);
        item.title = Some(summary.title.clone());
        item.issued = newest.map(|date| self.csl_date(date));
        item.language = Some(self.lang_of(ix).as_str().into());
        item
    }

    /// The record of a figure's page, as of the day for which the figure holds.
    pub(super) fn fact_item(&self, ix: FactIx, title: Arc<str>) -> CslItem {
        let fact = &self.site.fact_at(ix).fact;
        let mut item = self.site_item(&fact.id, &self.site.fact_out(ix), &[]);
        item.title = Some(title);
        item.issued = fact.as_of.map(|date| self.csl_date(date));
        item.language = Some(self.settings.lang.as_str().into());
        item
    }

    /// What the records of all pages of the site have. Where a page has no author, its publisher stands as one.
    fn site_item(&self, id: &str, out: &OutPath, authors: &[&Arc<str>]) -> CslItem {
        let mut item = CslItem::new(id, CslType::Webpage);
        let publisher = self.settings.publisher.as_ref().map(|publisher| &publisher.name);
        let other = publisher.filter(|name| **name != self.settings.title);
        item.author = authors.iter().map(|author| self.csl_name(author)).collect();
        item.container_title = Some(self.settings.title.clone());
        match other {
            Some(other) if authors.is_empty() => item.author = vec![CslName::whole(other)],
            other => item.publisher = other.cloned(),
        }
        item.url = self.base.url(out).map(Into::into);
        item
    }

    /// An author's name in parts: those that the player's page declares, where the author is a player.
    pub fn csl_name(&self, name: &str) -> CslName {
        let id = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        let player = self.site.player(&id).map(|ix| &self.site.page(ix).summary);
        match player.map(|summary| (&summary.details, &summary.title)) {
            Some((Details::Player(player), title)) if **title == *name => name_of(name, player),
            _ => CslName::read(name),
        }
    }

    /// The day of a date in the site's time zone.
    pub(super) fn csl_date(&self, date: Date) -> CslDate {
        match date.civil_time(self.zone) {
            Some(at) => CslDate::of(Date::day(at.date())),
            None => CslDate::of(date),
        }
    }

    /// The records of a page and of its sources: its own, then the shared ones that its text cites.
    pub fn citation_items(&self, ix: PageIx) -> Vec<CslItem> {
        let body = self.texts.body(ix);
        let summary = &self.site.page(ix).summary;
        let mut items = vec![self.page_item(ix, body)];
        let own: Vec<&str> =
            summary.sources.iter().filter_map(|source| source.id.as_deref()).collect();
        for (at, source) in summary.sources.iter().enumerate() {
            let id = source.id.as_deref();
            let full = id.and_then(|id| self.source(summary, id)).unwrap_or(source);
            if full.title.is_none() && full.url.is_none() {
                continue;
            }
            let id = id.map_or_else(|| format!("source-{}", at + 1), str::to_owned);
            items.push(self.source_item(&id, full));
        }
        for id in body.cited.iter().filter(|id| !own.contains(&&***id)) {
            let shared = self.site.source(id);
            items.extend(shared.map(|source| self.source_item(id, source)));
        }
        // A source may have the id of the page, and an id is unique in its list.
        if items.iter().skip(1).any(|item| item.id == items[0].id) {
            items[0].id = format!("{}-page", items[0].id).into();
        }
        items
    }

    /// The records of all shared sources, by id.
    pub fn shared_source_items(&self) -> Vec<CslItem> {
        let ids = self.site.source_ids().into_iter();
        ids.filter_map(|id| Some(self.source_item(id, self.site.source(id)?))).collect()
    }

    fn source_item(&self, id: &str, source: &Source) -> CslItem {
        let mut item = source_item(id, source, |name| self.csl_name(name));
        item.issued = source.date.map(|date| self.csl_date(date));
        item.accessed = source.accessed.map(|date| self.csl_date(date));
        item
    }
}
