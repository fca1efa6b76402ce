//! `feed.xml`: what is new on the site, on a topic, or about a player, as a feed (Atom); `feed.json`: the site's as JSON
//! Feed 1.1.
//!
//! An article or a FAQ page is an entry, and so is each dated change to a page: its author's note is one new item in a
//! reader's list, and a slip put right is none. The newest entries of the site are there in full. Those of topics and
//! players, and older ones, which are in archives, have the summary: a text in full in each feed that has it would make the
//! feeds larger than the pages.

use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::content::date::Date;
use crate::site::{
    Add, FEED_CAP, FeedItem, Output, OutputKind, Owner, PageIx, RestKind, Site, Subject, TopicIx,
    Which, beside, feed_archive_out, feed_archives, feed_out,
};
use crate::view::Context;

use super::DataContent;
use super::atom::{EntryText, Feed, FeedArchives, FeedEntry, absolute, moment, tag_uri};
use super::corrections::{change_entry, entry_name, hub, publisher};

/// A feed of the site, of a topic or of a player, or an archive of one.
#[derive(Debug, Serialize)]
pub struct NewsFeed(Feed);

/// The feed of the site as JSON Feed.
#[derive(Debug, Serialize)]
pub struct JsonFeed(Feed);

impl DataContent for NewsFeed {
    const KIND: OutputKind =
        OutputKind { name: "feed", phase: Phase::List, outputs: Which::OfSite(outputs) };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        Self(match output.subject() {
            Some(Subject::Part(number)) => feed(cx, output, Subject::Site, number),
            Some(Subject::Rest(Owner::Topic(ix), _, number)) => {
                feed(cx, output, Subject::Topic(ix), number)
            }
            subject => feed(cx, output, subject.unwrap_or(Subject::Site), 0),
        })
    }

    fn text(&self) -> String {
        self.0.text()
    }
}

impl DataContent for JsonFeed {
    const KIND: OutputKind = OutputKind {
        name: "json-feed",
        phase: Phase::List,
        outputs: Which::OfSite(|site, add| {
            let out = json_feed_out(site);
            if site.has_feed(Subject::Site) && !site.is_taken(&out) {
                add.data(out, Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        Self(feed(cx, output, Subject::Site, 0))
    }

    fn text(&self) -> String {
        self.0.json()
    }
}

/// Where the feed of the site as JSON is.
fn json_feed_out(site: &Site) -> OutPath {
    beside(&site.home_out(), "feed.json")
}

fn outputs(site: &Site, add: &mut Add<'_>) {
    let home = site.home_out();
    // An author's own feed takes the place of ours.
    if site.has_feed(Subject::Site) && !site.is_taken(&feed_out(&home)) {
        add.data(feed_out(&home), Subject::Site);
        for number in 1..=feed_archives(site.feed_len(Subject::Site)) {
            add.data(feed_archive_out(&home, number), Subject::Part(number));
        }
    }
    let topics = (0..site.topics.len() as u32).map(TopicIx);
    for ix in topics.filter(|ix| site.has_feed(Subject::Topic(*ix))) {
        let page = &site.topic(ix).out;
        add.data(feed_out(page), Subject::Topic(ix));
        for number in 1..=feed_archives(site.feed_len(Subject::Topic(ix))) {
            let part = Subject::Rest(Owner::Topic(ix), RestKind::Articles, number);
            add.data(feed_archive_out(page, number), part);
        }
    }
    let players = site.graph.by_player.keys().copied();
    for ix in players.filter(|ix| site.has_feed(Subject::Page(*ix))) {
        add.data(feed_out(&site.page(ix).out), Subject::Page(ix));
    }
}

/// A document of a feed: 0 has the newest entries, and an archive those of its number.
fn feed(cx: &Context<'_>, output: &Output, subject: Subject, number: usize) -> Feed {
    let site = cx.site;
    let page = site.feed_page(subject);
    let items = site.feed_items(subject, cx.zone);
    let archives = match subject {
        Subject::Page(_) => 0,
        _ => feed_archives(items.len()),
    };
    let url = |out: &OutPath| cx.base.url(out).unwrap_or_default();
    let archive = |number: usize| {
        (1..=archives).contains(&number).then(|| url(&feed_archive_out(&page, number)))
    };
    // They count from the oldest entry, so that each is full and stays as it is.
    let shown = match number {
        0 => &items[..items.len().min(FEED_CAP)],
        number => &items[items.len() - number * FEED_CAP..][..FEED_CAP],
    };
    let is_whole = number == 0 && subject == Subject::Site;
    let entry = |item: &FeedItem| match item {
        FeedItem::Page(ix) => page_entry(cx, output, *ix, is_whole),
        FeedItem::Change(at) => cx.change_entry(&output.path, *at).map(|own| change_entry(cx, own)),
    };
    let id = url(&feed_out(&page));
    Feed {
        title: cx.feed_title(subject).to_string(),
        lang: cx.settings.lang.as_str().into(),
        author: publisher(cx),
        url: url(&output.path),
        page: url(&page),
        // An archive stays as it is.
        hub: hub(cx).filter(|_| number == 0),
        archives: FeedArchives {
            current: (number > 0).then(|| id.clone()),
            previous: if number == 0 { archive(archives) } else { archive(number - 1) },
            next: (number > 0).then(|| archive(number + 1)).flatten(),
        },
        id,
        entries: shown.iter().filter_map(entry).collect(),
    }
}

fn page_entry(cx: &Context<'_>, output: &Output, ix: PageIx, is_whole: bool) -> Option<FeedEntry> {
    let page = cx.site.page(ix);
    let summary = &page.summary;
    let date = cx.site.feed_date(ix)?;
    let moment = |date: Date| moment(date, cx.zone);
    let changed = summary.changes.iter().filter_map(|change| change.date).chain(summary.updated);
    let newest = changed.map(moment).max();
    let published = moment(date);
    let updated = newest.filter(|newest| *newest > published);
    let lang = summary.lang.as_ref().filter(|lang| **lang != cx.settings.lang);
    let url = cx.base.url(&page.out).unwrap_or_default();
    let topics = summary.topics.iter().filter_map(|id| cx.site.topic_by_id(id));
    Some(FeedEntry {
        id: tag_uri(cx.base, date, &entry_name(cx, ix)),
        title: summary.title.to_string(),
        lang: lang.map(|lang| lang.as_str().into()),
        published: updated.is_some().then(|| published.clone()),
        updated: updated.unwrap_or(published),
        // An output that asks a text for its authors is made again with each edit of the text.
        authors: if is_whole { cx.authors_of(ix) } else { Vec::new() },
        topics: topics
            .map(|topic| (cx.site.topic(topic).id.clone(), cx.site.topic_title(topic)))
            .collect(),
        text: match is_whole {
            true => EntryText::Whole(absolute(&cx.whole_text(ix, &output.path), cx.base, &url)),
            false => EntryText::Summary(cx.summary_of(ix)),
        },
        url,
    })
}
