//! Articles, FAQ pages, topics and standing pages.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::base::SourcePath;
use crate::content::document::{Article, Body, Compared, Details, Faq, FaqRef, Summary, Topic};
use crate::content::kind::Identity;
use crate::content::model::{Genre, Role};
use crate::content::parts::named;
use crate::content::raw::{RawArticle, RawFaq, RawPage, RawQuestion, RawRole, RawTopic};
use crate::content::words::Autolink;
use crate::diag::Code;
use crate::yaml::{FieldPath, Mapping, OneOrMany, Text, TextOr};

use super::Fields;
use super::changes::ChangeFields;
use super::data::fact_list;
use super::events::events;
use super::fields::{items, span_of};
use super::parts::{author, shared};

/// What a front matter becomes: the fields of its page's summary and body that it decides, and texts that still wait
/// for their rendering.
#[derive(Debug)]
pub struct Resolved {
    /// What other pages may see.
    pub summary: Summary,
    /// What only its own page sees.
    pub body: Body,
    /// Texts that are Markdown.
    pub texts: Texts,
}

/// A text that is Markdown, with the field that it stands in.
#[derive(Debug)]
pub struct FieldMarkdown {
    /// The field.
    pub path: FieldPath,
    /// The text.
    pub text: Text,
}

/// The Markdown in a front matter.
#[derive(Debug, Default)]
pub struct Texts {
    /// The points to take away: inline.
    pub key_points: Vec<FieldMarkdown>,
    /// Changes.
    pub changes: Vec<ChangeFields>,
    /// Positions, one for each role: inline.
    pub positions: Vec<Option<FieldMarkdown>>,
    /// The picture's caption: inline.
    pub caption: Option<FieldMarkdown>,
    /// Questions with their answers: blocks.
    pub questions: Vec<QuestionFields>,
}

impl Texts {
    /// Every text, and whether it is made of blocks.
    pub fn all(&self) -> impl Iterator<Item = (&FieldMarkdown, bool)> {
        let changes = self.changes.iter().flat_map(ChangeFields::texts);
        let positions = self.positions.iter().flatten();
        let inline = self.key_points.iter().chain(changes).chain(positions).chain(&self.caption);
        let answers = self.questions.iter().map(|question| &question.answer);
        inline.map(|text| (text, false)).chain(answers.map(|text| (text, true)))
    }
}

/// A question of an article's own.
#[derive(Debug)]
pub struct QuestionFields {
    /// The question.
    pub text: Arc<str>,
    /// The anchor that its author chose.
    pub anchor: Option<Text>,
    /// The answer.
    pub answer: FieldMarkdown,
}

impl Resolved {
    /// Makes the date of the last update that of the newest change, where that is later.
    pub fn settle_updated(&mut self) {
        let updated = &mut self.summary.updated;
        for date in self.texts.changes.iter().filter_map(|change| change.date) {
            if updated.is_none_or(|updated| updated.is_before(date)) {
                *updated = Some(date);
            }
        }
    }

    /// What a file without a front matter has.
    pub fn nothing(identity: &Identity) -> Self {
        let (summary, body) = (Summary::of(identity), Body::default());
        Self { summary, body, texts: Texts::default() }
    }
}

/// Resolves an article's front matter.
pub fn article(file: &SourcePath, raw: RawArticle, fields: &mut Fields, page: &mut Resolved) {
    let root = FieldPath::root();
    title(fields, raw.title, (&raw.mapping, "an article"), page);
    page.summary.published = fields.deciding_date("published", raw.published);
    shared(fields, file, raw.shared, page);
    let Resolved { summary, body, texts } = page;
    let published = ("published", summary.published);
    summary.updated = fields.date_from(published, ("updated", raw.updated));
    let span = raw.expires.as_ref().map(|text| text.span).unwrap_or_default();
    let expires = fields.deciding_date("expires", raw.expires);
    summary.expires = fields.in_order(span, published, ("expires", expires));
    fields.doubtful |= summary.expires != expires;
    summary.topics = fields.ids(&root.key("topics"), raw.topics);
    summary.facts = fact_list(fields, &root.key("facts"), raw.facts.unwrap_or_default());
    summary.events = events(fields, &root.key("events"), raw.events);
    let genre = fields
        .choice(
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
    let autolink = fields.choice("autolink", raw.autolink, Autolink::WORDS).unwrap_or_default();
    let compared = compared(fields, raw.figures);
    summary.details = Details::Article(Article { genre, roles, faq, autolink, compared });
    for (_, item) in raw.authors.unwrap_or_default().0 {
        body.authors.extend(author(fields, item));
    }
    body.dateline = fields.text(raw.dateline);
    body.order = raw.order.map(|names| named(fields, names));
    texts.positions = positions;
    texts.questions = questions;
    for (path, text) in items(&root.key("key_points"), raw.key_points) {
        texts
            .key_points
            .extend(fields.markdown(Some(text)).map(|text| FieldMarkdown { path, text }));
    }
    if let Some(seventh) = texts.key_points.get(6) {
        let count = texts.key_points.len();
        fields.problem(
            Code::LongText,
            seventh.text.span,
            format!("{count} key points: readers take away 6 at most"),
            "keep the most important ones",
        );
    }
}

/// The figures to draw side by side. The word `auto` alone stands for those of the text.
fn compared(fields: &mut Fields, raw: Option<OneOrMany<Text>>) -> Compared {
    match raw {
        None => Compared::None,
        Some(OneOrMany(items)) if matches!(&items[..], [(_, word)] if **word == *"auto") => {
            Compared::Used
        }
        Some(items) => Compared::Listed(fields.ids(&FieldPath::root().key("figures"), Some(items))),
    }
}

/// Resolves a FAQ page's front matter.
pub fn faq(file: &SourcePath, raw: RawFaq, fields: &mut Fields, page: &mut Resolved) {
    let root = FieldPath::root();
    title(fields, raw.title, (&raw.mapping, "a FAQ page"), page);
    shared(fields, file, raw.shared, page);
    let about = fields.ids(&root.key("about"), raw.about);
    let article = fields.id(raw.article);
    page.summary.details = Details::Faq(Faq { about, article });
    page.summary.topics = fields.ids(&root.key("topics"), raw.topics);
}

/// Resolves a topic's front matter.
pub fn topic(file: &SourcePath, raw: RawTopic, fields: &mut Fields, page: &mut Resolved) {
    let root = FieldPath::root();
    title(fields, raw.title, (&raw.mapping, "a topic"), page);
    shared(fields, file, raw.shared, page);
    let parent = fields.id(raw.parent);
    let featured = fields.ids(&root.key("featured"), raw.featured);
    page.summary.details = Details::Topic(Topic { parent, order: raw.order, featured });
}

/// Resolves a standing page's front matter.
pub fn page(file: &SourcePath, raw: RawPage, fields: &mut Fields, page: &mut Resolved) {
    title(fields, raw.title, (&raw.mapping, "a page"), page);
    shared(fields, file, raw.shared, page);
    page.summary.updated = fields.date(raw.updated);
}

fn title(
    fields: &mut Fields,
    text: Option<Text>,
    (at, what): (&Mapping, &str),
    page: &mut Resolved,
) {
    let title = fields.bounded("title", text, 200);
    if let Some(title) = &title
        && let length @ 111..=200 = title.chars().count()
    {
        fields.problem(
            Code::LongText,
            title.span,
            format!("the title has {length} characters; search results show about 60, and over 110 few are read"),
            "say it in fewer words; the rest belongs in `summary`",
        );
    }
    if let Some(title) = fields.required(at, "title", what, title) {
        page.summary.title = title.value;
    }
}

/// `180d`, in days.
pub(crate) fn days(fields: &mut Fields, text: Option<Text>) -> Option<u32> {
    let text = fields.spanned(text)?;
    let days = text.strip_suffix('d').and_then(|days| days.trim().parse::<u32>().ok());
    let days = days.filter(|days| (1..=36_500).contains(days));
    if days.is_none() {
        fields.problem(
            Code::InvalidValue,
            text.span,
            format!("\"{}\" is not a duration", text.value),
            "write a number of days, such as `180d`",
        );
    }
    days
}

fn roles(
    fields: &mut Fields,
    path: &FieldPath,
    raw: Option<OneOrMany<TextOr<RawRole>>>,
) -> (Vec<Role>, Vec<Option<FieldMarkdown>>) {
    let mut roles: Vec<Role> = Vec::new();
    let mut positions = Vec::new();
    for (path, item) in items(path, raw) {
        let span = span_of(&item, |raw| &raw.mapping);
        let (role, position) = match item {
            TextOr::Text(text) => {
                let player = fields.id(Some(text));
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
                    fields.missing(&raw.mapping, "player", "an entry of `players`");
                }
                let player = fields.id(raw.player);
                let position = fields.markdown(raw.position);
                let position =
                    position.map(|text| FieldMarkdown { path: path.key("position"), text });
                let role = fields.text(raw.role);
                let side = fields.id(raw.side);
                let source = fields.id(raw.source);
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
                span,
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
) -> (Vec<QuestionFields>, Vec<FaqRef>) {
    let (mut questions, mut pages): (Vec<QuestionFields>, Vec<FaqRef>) = (Vec::new(), Vec::new());
    let mut asked = Asked::default();
    for (at, (path, item)) in items(path, raw).enumerate() {
        let raw = match item {
            TextOr::Text(id) => {
                let id = fields.id(Some(id));
                pages.extend(id.map(|id| FaqRef { at: at as u32, id }));
                continue;
            }
            TextOr::Full(raw) => raw,
        };
        let text = fields.spanned(raw.q);
        let text = fields.required(&raw.mapping, "q", "an entry of `faq`", text);
        let answer = fields.markdown(raw.a);
        if text.is_some() && answer.is_none() {
            fields.problem(
                Code::MissingAnswer,
                raw.mapping.span,
                "the question has no answer",
                "add `a: …` with the answer",
            );
        }
        let anchor = fields.spanned(raw.id);
        let (Some(text), Some(answer)) = (text, answer) else { continue };
        if asked.again(&text) {
            fields.problem(
                Code::DuplicateQuestion,
                text.span,
                "this question is asked twice on this page",
                "keep one of the two",
            );
        }
        let answer = FieldMarkdown { path: path.key("a"), text: answer };
        questions.push(QuestionFields { text: text.value, anchor, answer });
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
