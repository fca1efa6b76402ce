//! `questions.json`: every question that a listed page answers.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{EntityId, Phase};
use crate::site::{IndexKind, Output, OutputKind, QuestionRef, Which};
use crate::view::Context;

use super::super::DataContent;
use super::{ListHead, json, part_of, parts, url, window};

/// The questions of one file.
#[derive(Debug, Serialize)]
pub struct QuestionsJson {
    #[serde(flatten)]
    head: ListHead,
    questions: Vec<QuestionRecord>,
}

/// A question.
#[derive(Debug, Serialize)]
struct QuestionRecord {
    question: Arc<str>,
    /// Where it is answered.
    url: String,
    /// The language of the question, BCP 47.
    language: Arc<str>,
    /// The page that answers it.
    page: AnsweringRecord,
    /// The ids of the topics of that page.
    topics: Vec<EntityId>,
}

/// The page that answers a question.
#[derive(Debug, Serialize)]
struct AnsweringRecord {
    id: EntityId,
    kind: &'static str,
    title: Arc<str>,
    url: String,
}

impl DataContent for QuestionsJson {
    const KIND: OutputKind = OutputKind {
        name: "questions-json",
        phase: Phase::List,
        outputs: Which::OfSite(|site, add| {
            parts(site, "questions", site.graph.questions.len(), add);
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let number = part_of(output);
        let questions = &cx.site.graph.questions;
        let page = cx.site.index_out(IndexKind::Faq, 0);
        let record = |question: &QuestionRef| question_record(cx, *question);
        Self {
            head: ListHead::part(cx, "questions", &page, number, questions.len()),
            questions: window(questions, number).iter().filter_map(record).collect(),
        }
    }

    fn text(&self) -> String {
        json(self)
    }
}

fn question_record(cx: &Context<'_>, at: QuestionRef) -> Option<QuestionRecord> {
    let page = cx.site.page(at.page);
    let (question, anchor) = cx.question(at)?;
    let own = url(cx, &page.out);
    let topics = page.summary.topics.iter().filter(|id| cx.site.topic_by_id(id).is_some());
    Some(QuestionRecord {
        question,
        url: format!("{own}#{anchor}"),
        language: cx.page_lang(at.page).as_str().into(),
        page: AnsweringRecord {
            id: page.summary.id.clone(),
            kind: page.summary.kind.as_str(),
            title: page.summary.title.clone(),
            url: own,
        },
        topics: topics.cloned().collect(),
    })
}
