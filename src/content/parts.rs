//! `order:` of an article, and `theme: {order: …}` of a site: in which order pages have the parts of an article; and which
//! of them a text places itself.

use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::resolve::Fields;
use crate::diag::Code;
use crate::yaml::{OneOrMany, Text};

/// A part of an article that a site can move. It has the name of its block in `article.html`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
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

    /// The key of its heading and the anchor of that, if it is a section that a text can place.
    pub const fn heading(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::KeyPoints => ("key-points", "b-key-points"),
            Self::Figures => ("figures-compared", "b-compared"),
            Self::NextEvents => ("next-events", "b-next"),
            Self::Players => ("key-players", "b-players"),
            Self::Timeline => ("timeline", "b-timeline"),
            Self::Questions => ("questions", "b-questions"),
            Self::MoreQuestions => ("more-questions", "b-more-questions"),
            Self::Sources => ("sources", "b-sources"),
            Self::Picture | Self::Text | Self::About => return None,
        })
    }

    /// The section that `[[name]]` places.
    pub fn section(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name && part.heading().is_some())
    }
}

/// A section that a text places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PlacedSection {
    /// The section.
    pub part: ArticlePart,
    /// How many headings of the text stand before it.
    pub headings: u32,
}

/// The sections that a paragraph places which consists of nothing but `[[timeline]]` and its like, and where their names
/// stand in it.
pub(super) fn placed(paragraph: &str) -> Option<Vec<(ArticlePart, Range<usize>)>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = paragraph[at..].trim_start();
        at = paragraph.len() - rest.len();
        if rest.is_empty() {
            return (!found.is_empty()).then_some(found);
        }
        let (name, _) = rest.strip_prefix("[[")?.split_once("]]")?;
        let start = at + 2 + (name.len() - name.trim_start().len());
        let part = ArticlePart::section(name.trim())?;
        found.push((part, start..start + part.name().len()));
        at += name.len() + 4;
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
    use super::{ArticlePart, placed};

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

    #[test]
    fn a_paragraph_of_nothing_else_places_sections() {
        let places = |text: &'static str| {
            let found = placed(text)?;
            Some(found.into_iter().map(|(_, name)| &text[name]).collect::<Vec<_>>())
        };
        for (text, names) in [
            ("[[timeline]]", Some(vec!["timeline"])),
            (
                "[[ players ]]\n[[timeline]] [[key_points]]",
                Some(vec!["players", "timeline", "key_points"]),
            ),
            ("", None),
            ("[[about]]", None),
            ("[[text]]", None),
            ("[[japan]]", None),
            ("[[timeline]].", None),
            ("See [[timeline]]", None),
            ("[[timeline]] [[japan]]", None),
            ("[[timeline|The timeline]]", None),
            ("[[timeline#x]]", None),
            ("[[timeline", None),
            ("![[timeline]]", None),
        ] {
            assert_eq!(places(text), names, "{text:?}");
        }
    }
}
