//! What one content file becomes.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{Digest, Digested, EntityId, SourcePath};
use crate::diag::Diagnostic;
use crate::lang::LangTag;
use crate::yaml::FieldPath;

use super::date::Date;
use super::kind::{Identity, Kind};
use super::markup::{Inline, Markup};
use super::model::{
    Author, ChangeKind, Event, Fact, Genre, Picture, Player, Role, Source, Status, Withdrawal,
};
use super::moved::OldPath;
use super::parts::{ArticlePart, PlacedSection};
use super::prose::Prose;
use super::reference::{Link, Occurrence, Target, Use};
use super::words::Autolink;

/// A parsed page of content.
///
/// A file with mistakes is a document too, with the faulty fields left out, so that the references in its body are
/// checked in the same run.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub path: SourcePath,
    /// What other pages may see.
    pub summary: Arc<Summary>,
    summary_digest: Digested,
    /// What only its own page sees.
    pub body: Arc<Body>,
    /// Every reference that another file resolves, with its place. Part of neither digest: a word that moves a line
    /// changes no other page.
    pub uses: Vec<Occurrence>,
    /// What of the body's texts is prose, and where it stands in the file. In neither digest, for the same reason.
    pub prose: Arc<Prose>,
    /// The items that were left out of the front matter's lists, by their paths in the file. [`FieldPath::in_source`] turns
    /// an index in a list of the summary into the index in the file.
    pub left_out: Vec<FieldPath>,
    /// For a file with a language in its name: the keys that its front matter has.
    pub own: Option<Box<Own>>,
    /// The problems that the file alone shows.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which fields a translation has in its own front matter; it inherits the others from the page that it translates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Own {
    /// The keys of its front matter, sorted, whatever their values.
    pub keys: Vec<Box<str>>,
    /// The texts of a picture whose file the translated page declares.
    pub picture: Option<PictureTexts>,
    /// Whether the other fields have been inherited.
    pub inherits: bool,
}

/// The texts of a picture that another file declares.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PictureTexts {
    /// The text alternative, if the file has one.
    pub alt: Option<Arc<str>>,
    /// The name of the picture's maker.
    pub credit: Option<Arc<str>>,
}

impl Own {
    /// Whether the front matter has a key.
    pub fn has(&self, key: &str) -> bool {
        self.keys.binary_search_by(|own| (**own).cmp(key)).is_ok()
    }
}

impl Document {
    /// Makes a document; fills in [`Summary::files`] and [`Summary::pictures`] from `uses`.
    pub fn new(
        path: SourcePath,
        mut summary: Summary,
        body: Body,
        uses: Vec<Occurrence>,
        left_out: Vec<FieldPath>,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        let summary_digest = Digested::default();
        summary.files = links(&uses, |what| match what {
            Use::Table(link) | Use::Link(link @ Link::Root(_)) => Some(link),
            _ => None,
        });
        summary.pictures = links(&uses, |what| match what {
            Use::Image(link) => Some(link),
            _ => None,
        });
        let (summary, body) = (Arc::new(summary), Arc::new(body));
        let prose = Arc::default();
        Self { path, summary, summary_digest, body, uses, prose, left_out, own: None, diagnostics }
    }

    /// Marks the page as one whose visibility is unknown, and drops the digest.
    pub(super) fn make_doubtful(&mut self) {
        Arc::make_mut(&mut self.summary).doubtful = true;
        self.summary_digest = Digested::default();
    }

    /// Whether a field, by the first step of its path, was inherited from the translated page, where its problems are
    /// reported.
    pub fn inherits(&self, field: &FieldPath) -> bool {
        let Some(own) = self.own.as_ref().filter(|own| own.inherits) else { return false };
        let of_picture =
            || own.picture.is_some() && field.steps().next().as_deref() == Some("image");
        field.steps().next().is_some_and(|key| !own.has(&key)) || of_picture()
    }

    /// The digest of the summary. While it stays the same, no other page changes.
    pub fn summary_digest(&self) -> Digest {
        self.summary_digest.of(&self.summary)
    }
}

/// What other pages may see of a document.
///
/// No positions, no word count, no digest of the body: a word added to a paragraph changes no other page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// The kind.
    pub kind: Kind,
    /// The id. A page shares it with its translations and with nothing else in the site.
    pub id: EntityId,
    /// The language of the translation that the page is; none in the site's first language.
    pub edition: Option<LangTag>,
    /// The keys of a translation's fields that have words in the language of the page that it translates: it takes
    /// them over.
    pub inherited: Vec<&'static str>,
    /// The title, or a player's name.
    pub title: Arc<str>,
    /// The last segment of the URL.
    pub slug: Arc<str>,
    /// Earlier addresses, which redirect to the page.
    pub redirect_from: Vec<OldPath>,
    /// The language, when it is not the site's.
    pub lang: Option<LangTag>,
    /// Whether it is part of the site.
    pub status: Status,
    /// Of a page that is withdrawn or expires: what its banner says.
    pub withdrawal: Option<Box<Withdrawal>>,
    /// Whether `status`, `published` or `expires` could not be read: an error, which a site may have made a warning.
    pub doubtful: bool,
    /// The picture at its head.
    pub image: Option<Picture>,
    /// The summary that its author wrote.
    pub summary: Option<Arc<str>>,
    /// The first paragraph.
    pub lead: Inline,
    /// When it was published.
    pub published: Option<Date>,
    /// The publication date of the page that it translates, if that date differs. The translation is not public before.
    pub not_before: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// When it was last checked.
    pub reviewed: Option<Date>,
    /// The last day on which it holds.
    pub expires: Option<Date>,
    /// The interval between reviews, in days.
    pub review_every: Option<u32>,
    /// Who checks it.
    pub owner: Option<Arc<str>>,
    /// Changes that readers should know of, newest first; [`Body::changes`] has their texts.
    pub changes: Vec<Change>,
    /// Topics, by id.
    pub topics: Vec<EntityId>,
    /// Its own sources, in order.
    pub sources: Vec<Source>,
    /// Figures that it declares.
    pub facts: Vec<Fact>,
    /// Events that it tells of.
    pub events: Vec<Event>,
    /// The questions that it answers.
    pub questions: Vec<Question>,
    /// Every anchor of the page, without `#`, sorted.
    pub anchors: Vec<Arc<str>>,
    /// What its texts link to, with the section, sorted; each once.
    pub references: Vec<Reference>,
    /// The tables that its charts draw and the root-relative paths that its texts link to, sorted and without duplicates.
    pub files: Vec<Link>,
    /// The pictures in its texts, sorted and without duplicates.
    pub pictures: Vec<Link>,
    /// The ids of the figures in its texts, sorted and without duplicates.
    pub facts_used: Vec<EntityId>,
    /// The ids of the sources that its texts cite and that it does not declare itself, sorted and without duplicates.
    pub sources_cited: Vec<EntityId>,
    /// What only its kind has.
    pub details: Details,
}

/// Some of the links among the uses, sorted and without duplicates.
fn links(uses: &[Occurrence], of: impl Fn(&Use) -> Option<&Link>) -> Vec<Link> {
    let named = uses.iter().filter_map(|occurrence| of(&occurrence.what).cloned());
    let mut named: Vec<Link> = named.collect();
    named.sort();
    named.dedup();
    named
}

impl Summary {
    /// The summary of a page of which only the path is known: its id stands for the title and the slug.
    pub fn of(identity: &Identity) -> Self {
        let (kind, id) = (identity.kind, identity.id.clone());
        Self {
            kind,
            edition: identity.lang.clone(),
            inherited: Vec::new(),
            title: (&id).into(),
            slug: (&id).into(),
            redirect_from: Vec::new(),
            lang: None,
            status: Status::default(),
            withdrawal: None,
            doubtful: false,
            image: None,
            summary: None,
            lead: Inline::default(),
            published: None,
            not_before: None,
            updated: None,
            reviewed: None,
            expires: None,
            review_every: None,
            owner: None,
            changes: Vec::new(),
            topics: Vec::new(),
            sources: Vec::new(),
            facts: Vec::new(),
            events: Vec::new(),
            questions: Vec::new(),
            anchors: Vec::new(),
            references: Vec::new(),
            files: Vec::new(),
            pictures: Vec::new(),
            facts_used: Vec::new(),
            sources_cited: Vec::new(),
            details: Details::of(kind),
            id,
        }
    }

    /// The date from which it is public: the later one of its own and that of the page that it translates.
    pub fn public_from(&self) -> Option<Date> {
        let is_later = |date: &Date| self.published.is_none_or(|own| own.is_before(*date));
        self.not_before.filter(is_later).or(self.published)
    }
}

/// What only one kind of page has.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub enum Details {
    /// An article.
    Article(Article),
    /// A player.
    Player(Box<Player>),
    /// A FAQ page.
    Faq(Faq),
    /// A topic.
    Topic(Topic),
    /// A standing page.
    #[default]
    Page,
}

impl Details {
    /// The default details of a kind.
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Article => Self::Article(Article::default()),
            Kind::Player => Self::Player(Box::new(Player { autolink: true, ..Player::default() })),
            Kind::Faq => Self::Faq(Faq::default()),
            Kind::Topic => Self::Topic(Topic::default()),
            Kind::Page => Self::Page,
        }
    }
}

/// An article's own fields.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Article {
    /// What kind of text it is.
    pub genre: Genre,
    /// The players of the story.
    pub roles: Vec<Role>,
    /// FAQ pages whose questions belong to it.
    pub faq: Vec<FaqRef>,
    /// When names link by themselves.
    pub autolink: Autolink,
    /// The figures that are drawn side by side.
    pub compared: Compared,
}

/// Which figures an article compares.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub enum Compared {
    /// None.
    #[default]
    None,
    /// Those that its texts use, as far as they can be compared.
    Used,
    /// Those that its author lists, by id.
    Listed(Vec<EntityId>),
}

/// A FAQ page that an article names among its own questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FaqRef {
    /// Its 0-based index among the items of the article's `faq:` that were kept.
    pub at: u32,
    /// Its id.
    pub id: EntityId,
}

/// A FAQ page's own fields.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Faq {
    /// The ids of the players that it is about.
    pub about: Vec<EntityId>,
    /// The id of the article it belongs to.
    pub article: Option<EntityId>,
}

/// A topic's own fields.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Topic {
    /// The id of the topic it is a part of.
    pub parent: Option<EntityId>,
    /// Its rank among the topics, the smallest first.
    pub order: Option<i64>,
    /// Ids of the articles that come first.
    pub featured: Vec<EntityId>,
}

/// A question with its anchor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The anchor, without `#`.
    pub anchor: Arc<str>,
    /// The question.
    pub text: Inline,
}

/// A link from a text to an entity or a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reference {
    /// What it names.
    pub to: Target,
    /// The anchor of the section or question that it stands in.
    pub section: Option<Arc<str>>,
}

/// The part of a document that only its own page shows.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The text.
    pub markup: Markup,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// The answers to an article's own questions, parallel to [`Summary::questions`].
    pub answers: Vec<Markup>,
    /// The points to take away.
    pub key_points: Vec<Markup>,
    /// The texts of changes, parallel to [`Summary::changes`].
    pub changes: Vec<ChangeTexts>,
    /// The positions of an article's roles, parallel to [`Article::roles`]; empty for a role without one.
    pub positions: Vec<Markup>,
    /// The picture's caption.
    pub caption: Markup,
    /// The authors; empty for the site's authors.
    pub authors: Vec<Author>,
    /// The place where it was written.
    pub dateline: Option<Arc<str>>,
    /// The parts that come first in an article of its own order; none for that of the site.
    pub order: Option<Arc<[ArticlePart]>>,
    /// The sections that the text places.
    pub placed: Box<[PlacedSection]>,
    /// The author's own fields.
    pub extra: serde_json::Value,
    /// The ids of the sources cited, in the order of their first citation.
    pub cited: Vec<EntityId>,
    /// The ids of the figures used, in the order of their first use.
    pub figures: Vec<EntityId>,
}

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// The level, 2 to 6.
    pub level: u8,
    /// The anchor, without `#`.
    pub anchor: Arc<str>,
    /// The text.
    pub text: Inline,
}

/// A change that readers should know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The date of the change.
    pub date: Option<Date>,
    /// Whether it adds, corrects or clarifies.
    pub kind: ChangeKind,
}

/// What readers are told of a change. A text that its author left out is empty.
#[derive(Debug, Clone, Default)]
pub struct ChangeTexts {
    /// What changed.
    pub note: Markup,
    /// What was wrong.
    pub was: Markup,
    /// What is right.
    pub now: Markup,
}

impl ChangeTexts {
    /// The texts in the order in which a page shows them.
    pub fn all(&self) -> [&Markup; 3] {
        [&self.note, &self.was, &self.now]
    }
}

/// One of the rendered texts of a page.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Its number among the texts of its document: 0 is the body.
    pub number: u32,
    /// The text.
    pub markup: &'a Markup,
    /// For an answer: the anchor of its question.
    pub section: Option<&'a Arc<str>>,
    /// Whether it continues the text before it, as the points of a list do.
    pub goes_on: bool,
}

impl Body {
    /// The text with a number among those of the document.
    pub fn text(&self, number: u32) -> Option<&Markup> {
        self.texts_in_order().find(|markup| markup.number() == number)
    }

    /// Every text that is not empty.
    pub fn texts_in_order(&self) -> impl Iterator<Item = &Markup> {
        let notes = self.changes.iter().flat_map(ChangeTexts::all);
        let all = [&self.markup, &self.caption]
            .into_iter()
            .chain(&self.key_points)
            .chain(&self.positions)
            .chain(&self.answers)
            .chain(notes);
        all.filter(|markup| !markup.is_empty())
    }

    /// Calls `visit` with every text of the page, in reading order.
    pub fn texts<'a>(&'a self, summary: &'a Summary, visit: &mut dyn FnMut(Text<'a>)) {
        let mut show = |markup: &'a Markup, section: Option<&'a Arc<str>>, goes_on: bool| {
            if !markup.is_empty() {
                visit(Text { number: markup.number(), markup, section, goes_on });
            }
        };
        show(&self.caption, None, false);
        for (at, point) in self.key_points.iter().enumerate() {
            show(point, None, at > 0);
        }
        show(&self.markup, None, false);
        for position in &self.positions {
            show(position, None, false);
        }
        for (answer, question) in self.answers.iter().zip(&summary.questions) {
            show(answer, Some(&question.anchor), false);
        }
        for text in self.changes.iter().flat_map(ChangeTexts::all) {
            show(text, None, false);
        }
    }
}
