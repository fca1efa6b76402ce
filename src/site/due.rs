//! What waits for a person: pages to check again, figures with a newer value, events that became past, pages that expire,
//! and the contact of `security.txt`.
//!
//! A pure function of the site's pages, its shared figures and the instant of the build.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil;

use crate::base::SourcePath;
use crate::config::Settings;
use crate::content::date::Date;
use crate::content::document::Summary;
use crate::content::model::Fact;

use super::timeline::{checked, is_announced};
use super::{Instant, Page, Site, SiteFact};

/// Something that a person has to look at, by a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The last day on which it is not late, in the site's time zone.
    pub day: civil::Date,
    /// Whether that day is over.
    pub is_late: bool,
    /// What is to be done.
    pub what: DueKind,
    /// The file that says so.
    pub path: SourcePath,
    /// The figure's id, the event's name; none where the page itself is meant.
    pub item: Option<Arc<str>>,
    /// The title of the page; none for shared figures.
    pub title: Option<Arc<str>>,
    /// Who is responsible.
    pub owner: Option<Arc<str>>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueKind {
    /// Check that the page still holds, and write the day as `reviewed`.
    Review,
    /// The same of a page that says how often, and has no date to count from.
    FirstReview,
    /// Look for the new value of a figure whose `next_update` comes.
    Figure,
    /// Say how an event went that a page announces.
    Event,
    /// Renew or withdraw a page that expires.
    Expiry,
    /// Renew the day until which `security.txt` holds.
    Contact,
}

impl DueKind {
    /// The word for it in lists: `review`, `figure`, `event` or `expiry`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Review | Self::FirstReview => "review",
            Self::Figure => "figure",
            Self::Event => "event",
            Self::Expiry | Self::Contact => "expiry",
        }
    }
}

impl Due {
    /// What to do, in words.
    pub fn todo(&self) -> String {
        let item = self.item.as_deref().unwrap_or_default();
        match self.what {
            DueKind::Review => "check that it holds, and write the day as `reviewed`".to_owned(),
            DueKind::FirstReview => {
                "no date says when it was last checked: write one as `reviewed`".to_owned()
            }
            DueKind::Figure => format!("look for the new value of `{item}`"),
            DueKind::Event if self.is_late => format!("\"{item}\" is over: was it held?"),
            DueKind::Event => format!("\"{item}\" takes place"),
            DueKind::Expiry => "renew it, or let it go: behind that day it is withdrawn".to_owned(),
            DueKind::Contact => {
                format!("check that the contact in `{item}` answers, and write a new day")
            }
        }
    }
}

/// Everything that is late, or is so within so many days, the earliest first.
///
/// Pages that are not public, or withdrawn, wait for nothing. What a translation takes from its first page is due there.
/// `shared` is the file of the figures that no page declares.
pub fn due(
    site: &Site,
    settings: &Settings,
    shared: &SourcePath,
    instant: &Instant,
    within: u32,
) -> Vec<Due> {
    let today = instant.zone.to_datetime(instant.now).date();
    let reader = DueReader { settings, instant, today };
    let is_first = |page: &&Page| {
        page.summary.edition.is_none() || site.own_page(0, &page.summary.id).is_none()
    };
    let mut all = Vec::new();
    for page in site.pages.iter().filter(|page| page.state.is_listed()).filter(is_first) {
        reader.page(page, &mut all);
    }
    for SiteFact { fact, home } in site.fact_ids().into_iter().filter_map(|id| site.fact(id)) {
        match home.map(|home| site.page(home)) {
            None => all.extend(reader.figure(fact, shared, None)),
            Some(page) if page.state.is_listed() => {
                all.extend(reader.figure(fact, &page.path, Some(&page.summary)));
            }
            Some(_) => {}
        }
    }
    if let Some(contact) = &settings.well_known.security {
        let (day, path) = (reader.last_day(contact.expires), SourcePath::new(crate::config::PATH));
        let item = Arc::from("security.txt");
        all.push(reader.entry(day, DueKind::Contact, Some(item), &path, None));
    }
    let last = today.saturating_add(i64::from(within).days());
    all.retain(|due| due.day <= last);
    all.sort();
    all
}

struct DueReader<'a> {
    settings: &'a Settings,
    instant: &'a Instant,
    /// In the site's time zone.
    today: civil::Date,
}

impl DueReader<'_> {
    fn page(&self, page: &Page, all: &mut Vec<Due>) {
        let summary = &*page.summary;
        let entry = |day, what, item: Option<Arc<str>>| {
            self.entry(day, what, item, &page.path, Some(summary))
        };
        let every = summary.review_every.or(self.settings.review_every);
        if let (Some(checked), Some(every)) = (checked(summary), every) {
            let day = self.first_day(checked).saturating_add(i64::from(every).days());
            all.push(entry(day, DueKind::Review, None));
        } else if summary.review_every.is_some() {
            let yesterday = self.today.yesterday().unwrap_or(self.today);
            all.push(entry(yesterday, DueKind::FirstReview, None));
        }
        if let Some(expires) = summary.expires {
            all.push(entry(self.last_day(expires), DueKind::Expiry, None));
        }
        for event in summary.events.iter().filter(|event| is_announced(event)) {
            let day = self.last_day(event.ends().unwrap_or(event.begins()));
            all.push(entry(day, DueKind::Event, Some(event.name.clone())));
        }
    }

    fn figure(&self, fact: &Fact, path: &SourcePath, home: Option<&Summary>) -> Option<Due> {
        let day = self.last_day(fact.next_update?);
        Some(self.entry(day, DueKind::Figure, Some((&fact.id).into()), path, home))
    }

    fn entry(
        &self,
        day: civil::Date,
        what: DueKind,
        item: Option<Arc<str>>,
        path: &SourcePath,
        page: Option<&Summary>,
    ) -> Due {
        let own = page.and_then(|page| page.owner.as_ref());
        Due {
            day,
            is_late: day < self.today,
            what,
            path: path.clone(),
            item,
            title: page.map(|page| page.title.clone()),
            owner: own.or(self.settings.owner.as_ref()).cloned(),
        }
    }

    /// The day on which a date begins.
    fn first_day(&self, date: Date) -> civil::Date {
        let zone = &self.instant.zone;
        zone.to_datetime(date.begins(zone)).date()
    }

    /// The day on which a date is over, at its end: the last of a month that is given alone.
    fn last_day(&self, date: Date) -> civil::Date {
        let zone = &self.instant.zone;
        if date.has_time() {
            return self.first_day(date);
        }
        // The moment after it is the first of the next day.
        zone.to_datetime(date.ends(zone)).date().yesterday().unwrap_or(civil::Date::MIN)
    }
}
