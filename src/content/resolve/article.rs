//! Articles, FAQ pages, topics and standing pages.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::base::SourcePath;
use crate::content::comments::without_comments_inside;
use crate::content::date::Date;
use crate::content::document::{Article, Details, Faq, FaqRef, Topic};
use crate::content::model::{
    Author, ChangeKind, Event, Fact, Genre, Picture, Player, Role, Source, Status,
};
use crate::content::moved::OldPath;
use crate::content::raw::{RawArticle, RawChange, RawFaq, RawPage, RawQuestion, RawRole, RawTopic};
use crate::content::words::Autolink;
use crate::diag::Code;
use crate::lang::LangTag;
use crate::yaml::{Extra, FieldPath, OneOrMany, TextOr};

use super::Fields;
use super::data::fact_list;
use super::fields::items;
use super::parts::{Common, author, common, common_of, events};

/// A front matter, resolved. Texts that are Markdown still wait for their rendering.
#[derive(Debug)]
pub struct Front {
    /// The title or name; missing when it was not given.
    pub title: Option<Arc<str>>,
    /// The summary that its author wrote.
    pub summary: Option<Arc<str>>,
    /// The language.
    pub lang: Option<LangTag>,
    /// Whether it is part of the site.
    pub status: Status,
    /// The picture.
    pub image: Option<Picture>,
    /// The last segment of the URL, when it is not the id.
    pub slug: Option<Arc<str>>,
    /// Where it was before.
    pub redirect_from: Vec<OldPath>,
    /// Its own sources.
    pub sources: Vec<Source>,
    /// When it was published.
    pub published: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// When it was last checked.
    pub reviewed: Option<Date>,
    /// After when it no longer holds.
    pub expires: Option<Date>,
    /// After how many days it is to be checked again.
    pub review_every: Option<u32>,
    /// Topics.
    pub topics: Vec<Arc<str>>,
    /// Figures that it declares.
    pub facts: Vec<Fact>,
    /// Events.
    pub events: Vec<Event>,
    /// What only its kind has.
    pub details: Details,
    /// Authors.
    pub authors: Vec<Author>,
    /// Where it was written.
    pub dateline: Option<Arc<str>>,
    /// The author's own fields.
    pub extra: serde_json::Value,
    /// Texts that are Markdown.
    pub texts: Texts,
}

/// The Markdown in a front matter, with the path of each.
#[derive(Debug, Default)]
pub struct Texts {
    /// The points to take away: inline.
    pub key_points: Vec<(FieldPath, Arc<str>)>,
    /// Changes: inline.
    pub changes: Vec<(Option<Date>, ChangeKind, FieldPath, Arc<str>)>,
    /// Positions, one for each role: inline.
    pub positions: Vec<Option<(FieldPath, Arc<str>)>>,
    /// The picture's caption: inline.
    pub caption: Option<(FieldPath, Arc<str>)>,
    /// Questions with their answers: blocks.
    pub questions: Vec<Question>,
}

impl Texts {
    /// Every text and its path, and whether it is made of blocks.
    pub fn all(&self) -> impl Iterator<Item = (&FieldPath, &Arc<str>, bool)> {
        let key_points = self.key_points.iter().map(|(path, text)| (path, text));
        let changes = self.changes.iter().map(|(_, _, path, text)| (path, text));
        let positions = self.positions.iter().flatten().map(|(path, text)| (path, text));
        let caption = self.caption.iter().map(|(path, text)| (path, text));
        let inline = key_points.chain(changes).chain(positions).chain(caption);
        let answers = self.questions.iter().map(|question| &question.answer);
        inline
            .map(|(path, text)| (path, text, false))
            .chain(answers.map(|(path, text)| (path, text, true)))
    }
}

/// A question of an article's own.
#[derive(Debug)]
pub struct Question {
    /// The question's path.
    pub path: FieldPath,
    /// The question.
    pub text: Arc<str>,
    /// The anchor that its author chose, with its path.
    pub anchor: Option<(FieldPath, Arc<str>)>,
    /// The answer's path and text.
    pub answer: (FieldPath, Arc<str>),
}

impl Front {
    pub(super) fn new(title: Option<Arc<str>>, common: Common, details: Details) -> Self {
        Self {
            title,
            summary: common.summary,
            lang: common.lang,
            status: common.status,
            image: common.image,
            slug: common.slug,
            redirect_from: common.redirect_from,
            sources: common.sources,
            published: None,
            updated: None,
            reviewed: None,
            expires: None,
            review_every: None,
            topics: Vec::new(),
            facts: Vec::new(),
            events: Vec::new(),
            details,
            authors: Vec::new(),
            dateline: None,
            extra: serde_json::Value::Null,
            texts: Texts { caption: common.caption, ..Texts::default() },
        }
    }
}

/// Resolves an article's front matter.
pub fn article(file: &SourcePath, mut raw: RawArticle, fields: &mut Fields) -> Front {
    let root = FieldPath::root();
    let title = title(fields, raw.title.take(), "an article");
    let common = common(fields, file, common_of!(raw), false);
    let published = fields.deciding_date(&root.key("published"), "published", raw.published);
    let updated = fields.date(&root.key("updated"), raw.updated);
    let updated = fields.in_order(&root, ("published", published), ("updated", updated));
    let expires = fields.deciding_date(&root.key("expires"), "expires", raw.expires);
    let expires = fields.in_order(&root, ("published", published), ("expires", expires));
    let reviewed = fields.date(&root.key("reviewed"), raw.reviewed);
    let review_every = days(fields, &root.key("review_every"), raw.review_every);
    let genre = fields
        .choice(
            &root.key("genre"),
            "genre",
            raw.genre,
            &[
                ("background", Genre::Background),
                ("analysis", Genre::Analysis),
                ("report", Genre::Report),
                ("opinion", Genre::Opinion),
                ("qa", Genre::Qa),
            ],
        )
        .unwrap_or_default();
    let (roles, positions) = roles(fields, &root.key("players"), raw.players);
    let (questions, faq) = questions(fields, &root.key("faq"), raw.faq);
    let autolink = fields
        .choice(&root.key("autolink"), "autolink", raw.autolink, Autolink::WORDS)
        .unwrap_or_default();
    let mut front =
        Front::new(title, common, Details::Article(Article { genre, roles, faq, autolink }));
    front.published = published;
    front.updated = updated;
    front.reviewed = reviewed;
    front.expires = expires;
    front.review_every = review_every;
    front.topics = fields.ids(&root.key("topics"), raw.topics);
    front.facts = fact_list(fields, &root.key("facts"), raw.facts.unwrap_or_default());
    front.events = events(fields, &root.key("events"), raw.events);
    for (path, item) in items(&root.key("authors"), raw.authors) {
        front.authors.extend(author(fields, &path, item));
    }
    front.dateline = fields.text(raw.dateline);
    front.extra = extra(raw.extra);
    front.texts.key_points = fields.markdown_texts(&root.key("key_points"), raw.key_points);
    if front.texts.key_points.len() > 6 {
        let count = front.texts.key_points.len();
        fields.problem(
            Code::LongText,
            root.key("key_points").index(6),
            format!("{count} key points: readers take away 6 at most"),
            "keep the most important ones",
        );
    }
    front.texts.changes = changes(fields, &root.key("changes"), raw.changes);
    let changed = front.texts.changes.iter().filter_map(|(date, ..)| *date);
    for date in changed {
        if front.updated.is_none_or(|updated| updated.is_before(date)) {
            front.updated = Some(date);
        }
    }
    front.texts.positions = positions;
    front.texts.questions = questions;
    front
}

/// Resolves a FAQ page's front matter.
pub fn faq(file: &SourcePath, mut raw: RawFaq, fields: &mut Fields) -> Front {
    let root = FieldPath::root();
    let title = title(fields, raw.title.take(), "a FAQ page");
    let common = common(fields, file, common_of!(raw), false);
    let about = fields.ids(&root.key("about"), raw.about);
    let article = fields.id(&root.key("article"), raw.article);
    let mut front = Front::new(title, common, Details::Faq(Faq { about, article }));
    front.reviewed = fields.date(&root.key("reviewed"), raw.reviewed);
    front.topics = fields.ids(&root.key("topics"), raw.topics);
    front.extra = extra(raw.extra);
    front
}

/// Resolves a topic's front matter.
pub fn topic(file: &SourcePath, mut raw: RawTopic, fields: &mut Fields) -> Front {
    let root = FieldPath::root();
    let title = title(fields, raw.title.take(), "a topic");
    let common = common(fields, file, common_of!(raw), false);
    let parent = fields.id(&root.key("parent"), raw.parent);
    let featured = fields.ids(&root.key("featured"), raw.featured);
    let details = Details::Topic(Topic { parent, order: raw.order, featured });
    let mut front = Front::new(title, common, details);
    front.reviewed = fields.date(&root.key("reviewed"), raw.reviewed);
    front.extra = extra(raw.extra);
    front
}

/// Resolves a standing page's front matter.
pub fn page(file: &SourcePath, mut raw: RawPage, fields: &mut Fields) -> Front {
    let root = FieldPath::root();
    let title = title(fields, raw.title.take(), "a page");
    let common = common(fields, file, common_of!(raw), true);
    let mut front = Front::new(title, common, Details::Page);
    front.updated = fields.date(&root.key("updated"), raw.updated);
    front.reviewed = fields.date(&root.key("reviewed"), raw.reviewed);
    front.extra = extra(raw.extra);
    front
}

/// The front matter that a file with none has.
pub fn nothing(kind: crate::content::kind::Kind) -> Front {
    use crate::content::kind::Kind;
    let details = match kind {
        Kind::Article => Details::Article(Article::default()),
        Kind::Player => Details::Player(Box::new(Player { autolink: true, ..Player::default() })),
        Kind::Faq => Details::Faq(Faq::default()),
        Kind::Topic => Details::Topic(Topic::default()),
        Kind::Page => Details::Page,
    };
    let common = Common {
        summary: None,
        lang: None,
        status: Status::default(),
        image: None,
        caption: None,
        slug: None,
        redirect_from: Vec::new(),
        sources: Vec::new(),
    };
    Front::new(None, common, details)
}

fn title(fields: &mut Fields, text: Option<crate::yaml::Text>, what: &str) -> Option<Arc<str>> {
    let root = FieldPath::root();
    let title = fields.bounded(&root.key("title"), "title", text, 200);
    let length = title.as_deref().map_or(0, |title| title.chars().count());
    if (111..=200).contains(&length) {
        fields.problem(
            Code::LongText,
            root.key("title"),
            format!("the title has {length} characters; search results show about 60, and over 110 few are read"),
            "say it in fewer words; the rest belongs in `summary`",
        );
    }
    fields.required(&root, "title", what, title)
}

/// The author's own fields, without the comments in their texts.
pub(super) fn extra(raw: Option<Extra>) -> serde_json::Value {
    raw.map(|extra| without_comments_inside(extra.0)).unwrap_or_default()
}

/// `180d`, in days.
pub(crate) fn days(
    fields: &mut Fields,
    path: &FieldPath,
    text: Option<crate::yaml::Text>,
) -> Option<u32> {
    let text = fields.text(text)?;
    let days = text.strip_suffix('d').and_then(|days| days.trim().parse::<u32>().ok());
    let days = days.filter(|days| (1..=36_500).contains(days));
    if days.is_none() {
        fields.problem(
            Code::InvalidValue,
            path.clone(),
            format!("\"{text}\" is not a duration"),
            "write a number of days, such as `180d`",
        );
    }
    days
}

type Position = Option<(FieldPath, Arc<str>)>;

fn roles(
    fields: &mut Fields,
    path: &FieldPath,
    raw: Option<OneOrMany<TextOr<RawRole>>>,
) -> (Vec<Role>, Vec<Position>) {
    let mut roles: Vec<Role> = Vec::new();
    let mut positions = Vec::new();
    for (path, item) in items(path, raw) {
        let (role, position) = match item {
            TextOr::Text(text) => {
                let player = fields.id(&path, Some(text));
                let role = player.map(|player| Role {
                    player,
                    role: None,
                    side: None,
                    has_position: false,
                    source: None,
                });
                (role, None)
            }
            TextOr::Full(raw) => {
                if raw.player.is_none() {
                    fields.missing(&path, "player", "an entry of `players`");
                }
                let player = fields.id(&path.key("player"), raw.player);
                let position =
                    fields.markdown(raw.position).map(|text| (path.key("position"), text));
                let role = fields.text(raw.role);
                let side = fields.id(&path.key("side"), raw.side);
                let source = fields.id(&path.key("source"), raw.source);
                let has_position = position.is_some();
                let role = player.map(|player| Role { player, role, side, has_position, source });
                (role, position)
            }
        };
        let Some(role) = role else {
            fields.leave_out(&path);
            continue;
        };
        if roles.iter().any(|other| other.player == role.player) {
            fields.problem(
                Code::InvalidValue,
                path.clone(),
                format!("the player `{}` is listed twice", role.player),
                "give each player one entry",
            );
            fields.leave_out(&path);
            continue;
        }
        roles.push(role);
        positions.push(position);
    }
    roles.shrink_to_fit();
    (roles, positions)
}

fn questions(
    fields: &mut Fields,
    path: &FieldPath,
    raw: Option<OneOrMany<TextOr<RawQuestion>>>,
) -> (Vec<Question>, Vec<FaqRef>) {
    let (mut questions, mut pages): (Vec<Question>, Vec<FaqRef>) = (Vec::new(), Vec::new());
    let mut asked = Asked::default();
    for (at, (path, item)) in items(path, raw).enumerate() {
        let raw = match item {
            TextOr::Text(id) => {
                let id = fields.id(&path, Some(id));
                pages.extend(id.map(|id| FaqRef { at: at as u32, id }));
                continue;
            }
            TextOr::Full(raw) => raw,
        };
        let text = fields.text(raw.q);
        let text = fields.required(&path, "q", "an entry of `faq`", text);
        let answer = fields.markdown(raw.a);
        if text.is_some() && answer.is_none() {
            fields.problem(
                Code::MissingAnswer,
                path.clone(),
                "the question has no answer",
                "add `a: …` with the answer",
            );
        }
        let anchor = fields.text(raw.id).map(|id| (path.key("id"), id));
        let (Some(text), Some(answer)) = (text, answer) else { continue };
        if asked.again(&text) {
            fields.problem(
                Code::DuplicateQuestion,
                path.key("q"),
                "this question is asked twice on this page",
                "keep one of the two",
            );
        }
        let answer = (path.key("a"), answer);
        questions.push(Question { path: path.key("q"), text, anchor, answer });
    }
    (questions, pages)
}

/// The questions of a page, without case, spaces and punctuation: what two of them may not share.
#[derive(Default)]
pub(crate) struct Asked(FxHashSet<String>);

impl Asked {
    /// Adds a question and tells whether it was asked before.
    pub(crate) fn again(&mut self, text: &str) -> bool {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        !self.0.insert(letters.flat_map(char::to_lowercase).collect())
    }
}

fn changes(
    fields: &mut Fields,
    path: &FieldPath,
    raw: Option<OneOrMany<RawChange>>,
) -> Vec<(Option<Date>, ChangeKind, FieldPath, Arc<str>)> {
    let mut changes = Vec::new();
    for (path, raw) in items(path, raw) {
        if raw.date.is_none() {
            fields.missing(&path, "date", "a change");
        }
        let date = fields.date(&path.key("date"), raw.date);
        let kind = fields
            .choice(
                &path.key("kind"),
                "kind",
                raw.kind,
                &[
                    ("update", ChangeKind::Update),
                    ("correction", ChangeKind::Correction),
                    ("clarification", ChangeKind::Clarification),
                ],
            )
            .unwrap_or(ChangeKind::Update);
        let note = fields.markdown(raw.note);
        let note = fields.required(&path, "note", "a change", note);
        changes.extend(note.map(|note| (date, kind, path.key("note"), note)));
    }
    changes
}
