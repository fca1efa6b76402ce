//! `order:` of an article, and `theme: {order: …}` of a site: in which order pages have the parts of an article.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::resolve::Fields;
use crate::diag::Code;
use crate::yaml::{OneOrMany, Text};

/// A part of an article that a site can move. It has the name of its block in `article.html`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticlePart {
    /// The picture at its head.
    Picture,
    /// The points to take away.
    KeyPoints,
    /// Figures on one axis.
    Figures,
    /// What comes next.
    NextEvents,
    /// The text, with what its figures mean.
    Text,
    /// Who is who.
    Players,
    /// What happened when.
    Timeline,
    /// Questions and answers.
    Questions,
    /// Questions that other pages answer.
    MoreQuestions,
    /// What it rests on.
    Sources,
    /// About the page.
    About,
}

impl ArticlePart {
    /// Every part, in the order of the theme.
    pub const ALL: [Self; 11] = [
        Self::Picture,
        Self::KeyPoints,
        Self::Figures,
        Self::NextEvents,
        Self::Text,
        Self::Players,
        Self::Timeline,
        Self::Questions,
        Self::MoreQuestions,
        Self::Sources,
        Self::About,
    ];

    /// Its name in `site.yaml` and in templates.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::KeyPoints => "key_points",
            Self::Figures => "figures",
            Self::NextEvents => "next_events",
            Self::Text => "text",
            Self::Players => "players",
            Self::Timeline => "timeline",
            Self::Questions => "questions",
            Self::MoreQuestions => "more_questions",
            Self::Sources => "sources",
            Self::About => "about",
        }
    }
}

/// The parts that a list names, each once.
pub(crate) fn named(fields: &mut Fields, names: OneOrMany<Text>) -> Arc<[ArticlePart]> {
    let all = ArticlePart::ALL.map(|part| (part.name(), part));
    let mut order: Vec<ArticlePart> = Vec::new();
    for text in fields.texts(Some(names)) {
        let (name, span) = (text.value.clone(), text.span);
        let Some(part) = fields.choice("order", Some(text), &all) else { continue };
        if order.contains(&part) {
            let message = format!("`order` names `{name}` twice");
            let help = "name each part once, where pages are to have it";
            fields.problem(Code::InvalidValue, span, message, help);
            continue;
        }
        order.push(part);
    }
    order.into()
}

/// Every part: those that are named, and then the others, in the order of `all`.
pub fn completed(named: &[ArticlePart], all: &[ArticlePart]) -> Vec<ArticlePart> {
    let others = all.iter().filter(|part| !named.contains(part));
    named.iter().chain(others).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::ArticlePart;

    /// What is serialised is the name, and the theme's template has a block of it.
    #[test]
    fn a_part_is_called_the_same_everywhere() {
        let template = include_str!("../../templates/article.html");
        for part in ArticlePart::ALL {
            let name = part.name();
            assert_eq!(serde_json::to_value(part).unwrap(), name);
            assert!(template.contains(&format!("{{% block {name} -%}}")), "{name}");
        }
    }
}
