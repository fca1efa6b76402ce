//! Figures as JSON.

use std::sync::Arc;

use serde::Serialize;

use crate::base::Phase;
use crate::site::{IndexKind, Output, OutputKind, Subject, Which, fact_file, facts_file};
use crate::view::Context;

use super::super::DataContent;
use super::{FactRecord, MOST, VERSION, part, parts, url};

/// `facts.json`: all figures that the index lists.
#[derive(Debug, Serialize)]
pub struct FactsJson {
    version: u32,
    /// The site's title.
    site: Arc<str>,
    /// The index of figures.
    url: String,
    /// The language of the texts, BCP 47.
    language: Arc<str>,
    /// The file that goes on.
    next: Option<String>,
    facts: Vec<FactRecord>,
}

/// `facts/ID.json`: one figure.
#[derive(Debug, Serialize)]
pub struct FactJson {
    version: u32,
    /// The language of the texts, BCP 47.
    language: Arc<str>,
    #[serde(flatten)]
    fact: FactRecord,
}

impl DataContent for FactsJson {
    const KIND: OutputKind = OutputKind {
        name: "facts-json",
        phase: Phase::Data,
        outputs: Which::OfOutputs(|site, _, add| parts(site, "json", add)),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Part(number)) = output.subject() else {
            unreachable!("the outputs of the kind are parts")
        };
        let goes_on = cx.site.figures.listed().len() > number * MOST;
        Self {
            version: VERSION,
            site: cx.settings.title.clone(),
            url: url(cx, &cx.site.index_out(IndexKind::Facts, 0)),
            language: cx.settings.lang.as_str().into(),
            next: goes_on.then(|| url(cx, &facts_file(number + 1, "json"))),
            facts: part(cx.site, number).iter().map(|fact| FactRecord::new(cx, *fact)).collect(),
        }
    }

    fn text(&self) -> String {
        json(self)
    }
}

impl DataContent for FactJson {
    const KIND: OutputKind = OutputKind {
        name: "fact-json",
        phase: Phase::Data,
        outputs: Which::OfOutputs(|site, _, add| {
            for fact in site.figures.with_page() {
                if let Some(out) = fact_file(site.fact_id(*fact), "json") {
                    add.data(out, Subject::Fact(*fact));
                }
            }
        }),
    };

    fn value(cx: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Fact(fact)) = output.subject() else {
            unreachable!("the outputs of the kind are figures")
        };
        let language = cx.settings.lang.as_str().into();
        Self { version: VERSION, language, fact: FactRecord::new(cx, fact) }
    }

    fn text(&self) -> String {
        json(self)
    }
}

fn json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("the keys are texts");
    text.push('\n');
    text
}
