//! The values of front matter and data files, after every check that one file allows.
//!
//! Terms follow Popolo (posts, memberships), schema.org and CSL-JSON.

use std::sync::Arc;

use serde::Serialize;

use crate::base::EntityId;
use crate::lang::LangTag;

use super::date::Date;
use super::local_names::LocalNames;
use super::moved::OldPath;
use super::reference::Link;
use super::words::{EventStatus, FactKind, FactStatus};

/// Whether a page is part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum Status {
    /// Part of the site.
    #[default]
    Published,
    /// Left out unless drafts are asked for.
    Draft,
    /// Keeps its URL under a banner and leaves every list.
    Withdrawn,
}

/// Why a page is no longer current.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Withdrawal {
    /// When it was withdrawn.
    pub date: Option<Date>,
    /// Why.
    pub reason: Option<Arc<str>>,
    /// The id of the page of the same kind that takes its place.
    pub successor: Option<EntityId>,
}

/// What kind of text an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum Genre {
    /// An explainer.
    #[default]
    Background,
    /// An interpretation of what happened.
    Analysis,
    /// An account of what happened.
    Report,
    /// An author's view.
    Opinion,
    /// Questions and answers.
    Qa,
}

impl Genre {
    /// The value in front matter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Background => "background",
            Self::Analysis => "analysis",
            Self::Report => "report",
            Self::Opinion => "opinion",
            Self::Qa => "qa",
        }
    }
}

/// A player's id, or free text for something that is not a player here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Name {
    /// A player.
    Id(EntityId),
    /// Text that is printed as it is.
    Text(Arc<str>),
}

/// An author.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Author {
    /// The name.
    pub name: Arc<str>,
    /// Where to read more.
    pub url: Option<Arc<str>>,
    /// A line about the author.
    pub bio: Option<Arc<str>>,
}

/// A page's picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// The file or URL.
    pub src: Link,
    /// The text alternative; empty for a decorative picture.
    pub alt: Arc<str>,
    /// The name of its maker.
    pub credit: Option<Arc<str>>,
    /// What stays where it is cut.
    pub focus: Option<Focus>,
}

impl Picture {
    /// What stays where it is cut: a head is near the top of most portraits.
    pub fn focus(&self) -> Focus {
        self.focus.unwrap_or(Focus { x: 50, y: 25 })
    }
}

/// A place in a picture, in percent of what is cut away: as `object-position` of CSS has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Focus {
    /// From the left.
    pub x: u8,
    /// From the top.
    pub y: u8,
}

impl Focus {
    /// Reads a side, such as `top`, or two percentages, such as `30% 20%`.
    pub fn read(text: &str) -> Option<Self> {
        let (x, y) = match text {
            "center" => (50, 50),
            "top" => (50, 0),
            "bottom" => (50, 100),
            "left" => (0, 50),
            "right" => (100, 50),
            _ => {
                let (x, y) = text.split_once(' ')?;
                let percent = |text: &str| text.strip_suffix('%')?.parse().ok();
                (percent(x)?, percent(y.trim_start())?)
            }
        };
        (x <= 100 && y <= 100).then_some(Self { x, y })
    }
}

/// A player's part in an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    /// The player.
    pub player: EntityId,
    /// The part in this story.
    pub role: Option<Arc<str>>,
    /// The side: a country or organisation.
    pub side: Option<EntityId>,
    /// Whether a position is given.
    pub has_position: bool,
    /// The source of the position.
    pub source: Option<EntityId>,
}

/// A figure: stated once, used by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The id, unique in the site.
    pub id: EntityId,
    /// The value, as it is printed.
    pub value: FactValue,
    /// The unit, such as `%`.
    pub unit: Option<Arc<str>>,
    /// For a percentage: the whole that it is a part of.
    pub denominator: Option<Arc<str>>,
    /// Per what it is counted: a person, a household, a year.
    pub per: Option<Arc<str>>,
    /// What is measured.
    pub of: Option<Arc<str>>,
    /// The player or subject that it belongs to.
    pub about: Option<Name>,
    /// `actual`, `target`, `request`, `estimate`, `forecast` or `cap`.
    pub kind: Option<FactKind>,
    /// `confirmed`, `reported` or `disputed`.
    pub status: Option<FactStatus>,
    /// The day for which it holds.
    pub as_of: Option<Date>,
    /// When a new value is due.
    pub next_update: Option<Date>,
    /// The player or person that stated it.
    pub attributed_to: Option<Name>,
    /// Where it is from: a source's id.
    pub source: Option<EntityId>,
    /// The values that it had before, oldest first.
    pub history: Vec<PastValue>,
    /// The figure that says the same amount in another currency: its id.
    pub conversion: Option<EntityId>,
    /// Addresses that its page had.
    pub redirect_from: Vec<OldPath>,
}

/// A value that a figure had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastValue {
    /// Its 0-based index in the list as its author wrote it.
    pub at: u32,
    /// The value, in the unit of the figure.
    pub value: FactValue,
    /// The day for which it held.
    pub as_of: Date,
    /// Where it is from: a source's id.
    pub source: Option<EntityId>,
    /// What changed then.
    pub note: Option<Arc<str>>,
}

/// A figure's value, in the digits its author wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum FactValue {
    /// One number.
    Number(Arc<str>),
    /// From, to.
    Range(Arc<str>, Arc<str>),
}

impl Fact {
    /// The values that it had, with the days for which they held, oldest first: those of its history, and its own.
    pub fn values(&self) -> Vec<(&FactValue, Date)> {
        let past = self.history.iter().map(|past| (&past.value, past.as_of));
        let mut values: Vec<_> = past.collect();
        let is_new = |as_of: &Date| values.last().is_none_or(|(_, last)| last != as_of);
        if let Some(as_of) = self.as_of.filter(is_new) {
            values.push((&self.value, as_of));
        }
        values
    }

    /// Whether two figures have one unit, are parts of one whole and counted per the same, so that they can be compared.
    pub fn is_comparable(&self, other: &Self) -> bool {
        let fold = |text: &Option<Arc<str>>| {
            let text = text.as_deref().unwrap_or_default().to_lowercase();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        fold(&self.unit) == fold(&other.unit)
            && fold(&self.denominator) == fold(&other.denominator)
            && fold(&self.per) == fold(&other.per)
    }

    /// Whether it has had more than one value.
    pub fn has_changed(&self) -> bool {
        self.values().len() > 1
    }
}

impl FactValue {
    /// The smallest and the largest amount: the same for one number.
    pub fn bounds(&self) -> (f64, f64) {
        // A value without an amount is an error, and printed as it is.
        let amount = |text: &str| amount(text).unwrap_or_default();
        match self {
            Self::Number(text) => (amount(text), amount(text)),
            Self::Range(low, high) => (amount(low), amount(high)),
        }
    }
}

/// What the text of a number comes to, whatever separates its thousands; none for a text that is no number.
pub fn amount(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '_' | ' ' | '\u{a0}')).collect();
    let amount = plain.parse::<f64>().ok().filter(|amount| amount.is_finite())?;
    plain.contains(|c: char| c.is_ascii_digit()).then_some(amount)
}

/// An event of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// What its author calls it, so that it stays the same event under another date or name.
    pub id: Option<EntityId>,
    /// When it begins; of a postponed one, when it was to begin.
    pub date: Date,
    /// When it ends.
    pub end: Option<Date>,
    /// When a postponed one begins, if that is known.
    pub postponed_to: Option<Date>,
    /// What happens.
    pub name: Arc<str>,
    /// `planned`, `held`, `cancelled` or `postponed`.
    pub status: Option<EventStatus>,
    /// Who takes part.
    pub players: Vec<EntityId>,
    /// Where.
    pub location: Option<Arc<str>>,
    /// Where it is from: a source's id.
    pub source: Option<EntityId>,
}

impl Event {
    /// When it begins: of a postponed one, on its new date if that is known.
    pub fn begins(&self) -> Date {
        self.postponed_to.unwrap_or(self.date)
    }

    /// When it ends, if its author says so. An end that lies before the new date is that of the old one.
    pub fn ends(&self) -> Option<Date> {
        self.end.filter(|end| self.postponed_to.is_none_or(|to| !end.is_before(to)))
    }

    /// Whether its days are known, as a calendar needs them: a month or a year is none.
    pub fn is_of_days(&self) -> bool {
        self.begins().civil().is_some() && self.ends().is_none_or(|end| end.civil().is_some())
    }

    /// Whether it will not take place on its date: it is cancelled, or postponed without a new date.
    pub fn is_called_off(&self) -> bool {
        match self.status {
            Some(EventStatus::Cancelled) => true,
            Some(EventStatus::Postponed) => self.postponed_to.is_none(),
            Some(EventStatus::Planned | EventStatus::Held) | None => false,
        }
    }
}

/// A source (a subset of CSL-JSON).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The id by which it is cited.
    pub id: Option<EntityId>,
    /// The CSL type, such as `article-newspaper`.
    pub kind: Option<Arc<str>>,
    /// The title.
    pub title: Option<Arc<str>>,
    /// The language that it is in, where that is said.
    pub language: Option<LangTag>,
    /// Who published it.
    pub publisher: Option<Arc<str>>,
    /// Who wrote it.
    pub authors: Vec<Arc<str>>,
    /// Where it can be read.
    pub url: Option<Arc<str>>,
    /// When it was published.
    pub date: Option<Date>,
    /// When it was last read.
    pub accessed: Option<Date>,
    /// An archived copy.
    pub archived: Option<Arc<str>>,
    /// That its publisher has taken it back, if so.
    pub retracted: Option<Retraction>,
    /// Of a shared source: addresses that its page had.
    pub redirect_from: Vec<OldPath>,
    /// Its 0-based index in `sources.yaml`, where that is a list.
    pub listed_at: Option<u32>,
}

/// That a source was retracted: its publisher no longer stands by it (Crossref's `retraction`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retraction {
    /// Since when, if that is known.
    pub date: Option<Date>,
    /// What became of it, in a line.
    pub note: Option<Arc<str>>,
}

impl Source {
    /// Whether it says more than which shared source it stands for.
    pub fn is_whole(&self) -> bool {
        self.title.is_some() || self.url.is_some()
    }
}

/// What a change to a page was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum ChangeKind {
    /// Something new.
    Update,
    /// Something was wrong.
    Correction,
    /// Something was unclear.
    Clarification,
}

impl ChangeKind {
    /// The value in front matter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Correction => "correction",
            Self::Clarification => "clarification",
        }
    }
}

/// What a player is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
pub enum PlayerKind {
    /// A human being.
    #[default]
    Person,
    /// A party, ministry, alliance, company.
    Organisation,
    /// A country or territory with an ISO 3166-1 code.
    Country,
}

impl PlayerKind {
    /// The value in front matter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Country => "country",
        }
    }
}

/// Another name of a player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alias {
    /// The name.
    pub text: Arc<str>,
    /// Whether it links only on pages that establish the player first.
    pub contextual: bool,
    /// The language in whose texts it stands; none for every language.
    pub lang: Option<LangTag>,
}

/// A post held: a Popolo membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Post {
    /// The post's title.
    pub title: Arc<str>,
    /// The organisation.
    pub org: Option<Name>,
    /// Since when.
    pub start: Option<Date>,
    /// Until when.
    pub end: Option<Date>,
    /// A source's id.
    pub source: Option<EntityId>,
}

/// A relation to another player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// The other player.
    pub to: EntityId,
    /// What the relation is.
    pub kind: Option<Arc<str>>,
    /// Since when.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// A source's id.
    pub source: Option<EntityId>,
}

/// A link to another site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebLink {
    /// The text; the URL where there is none.
    pub text: Option<Arc<str>>,
    /// The URL.
    pub url: Arc<str>,
}

/// A player's own fields. Which of them are usual depends on the kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Player {
    /// What the player is.
    pub kind: PlayerKind,
    /// Other names.
    pub aliases: Vec<Alias>,
    /// Phrases that contain a name but mean something else.
    pub never: Vec<Arc<str>>,
    /// The Wikidata item, `Q…`.
    pub wikidata: Option<Arc<str>>,
    /// Identifiers in other data sets.
    pub ids: Vec<(Arc<str>, Arc<str>)>,
    /// Links elsewhere.
    pub links: Vec<WebLink>,
    /// Relations to other players.
    pub relations: Vec<Relation>,
    /// Whether names in prose link to the player.
    pub autolink: bool,
    /// Family name.
    pub family_name: Option<Arc<str>>,
    /// Given name.
    pub given_name: Option<Arc<str>>,
    /// Whether the family name comes first.
    pub family_first: bool,
    /// The name in its own script.
    pub native_name: Option<Arc<str>>,
    /// Titles before the name.
    pub titles: Vec<Arc<str>>,
    /// Posts held.
    pub posts: Vec<Post>,
    /// Party.
    pub party: Option<Name>,
    /// Country.
    pub country: Option<Name>,
    /// Date of birth.
    pub born: Option<Date>,
    /// Date of death.
    pub died: Option<Date>,
    /// What kind of organisation it is.
    pub classification: Option<Arc<str>>,
    /// Abbreviation.
    pub abbr: Option<Arc<str>>,
    /// The organisation it is a part of.
    pub parent: Option<Name>,
    /// When it was founded.
    pub founded: Option<Date>,
    /// When it ended.
    pub dissolved: Option<Date>,
    /// Who leads it.
    pub head: Option<Name>,
    /// ISO 3166-1 alpha-2 code.
    pub iso: Option<Arc<str>>,
    /// The adjective for its people.
    pub demonym: Option<Arc<str>>,
    /// Capital.
    pub capital: Option<Name>,
    /// Names of places that stand for its government.
    pub metonyms: Vec<Arc<str>>,
    /// What it is called in each language, where a field says so.
    pub local: Vec<LocalNames>,
}

impl Player {
    /// The day on which the first post of a person begins; none unless every post says when it does. Titles are held at
    /// any time.
    pub fn first_post(&self) -> Option<Date> {
        if self.kind != PlayerKind::Person || !self.titles.is_empty() {
            return None;
        }
        let starts: Option<Vec<Date>> = self.posts.iter().map(|post| post.start).collect();
        starts?.into_iter().reduce(|first, date| if date.is_before(first) { date } else { first })
    }
}
