//! The schemas of the site's data (JSON Schema), at `/api/`: each says what the fields of its files mean.

use serde::Serialize;

use crate::base::{OutPath, Phase};
use crate::site::{Output, OutputKind, Outputs, Site, Subject, Which, list_file, schema_file};
use crate::view::Context;

use super::DataContent;
use super::facts::url;

/// The names of the schemas, and their texts.
const SCHEMAS: [(&str, &str); 8] = [
    ("articles", include_str!("schemas/articles.json")),
    ("card", include_str!("schemas/card.json")),
    ("facts", include_str!("schemas/facts.json")),
    ("page", include_str!("schemas/page.json")),
    ("players", include_str!("schemas/players.json")),
    ("questions", include_str!("schemas/questions.json")),
    ("sources", include_str!("schemas/sources.json")),
    ("topics", include_str!("schemas/topics.json")),
];

/// A schema.
#[derive(Debug, Serialize)]
pub struct DataSchema(&'static str);

impl DataContent for DataSchema {
    const KIND: OutputKind = OutputKind {
        name: "schema",
        phase: Phase::Data,
        outputs: Which::OfOutputs(|site, others, add| {
            for (at, (name, _)) in SCHEMAS.iter().enumerate() {
                if describes_any(name, site, others) {
                    add.data(schema_file(name), Subject::Part(at));
                }
            }
        }),
    };

    fn value(_: &Context<'_>, output: &Output) -> Self {
        let Some(Subject::Part(at)) = output.subject() else {
            unreachable!("the outputs of the kind are parts")
        };
        Self(SCHEMAS[at].1)
    }

    fn text(&self) -> String {
        self.0.to_owned()
    }
}

/// Whether a site has what a schema describes.
fn describes_any(name: &str, site: &Site, outputs: &Outputs) -> bool {
    let is_there = |path: &str| OutPath::new(path).is_ok_and(|out| outputs.get(&out).is_some());
    let is_beside = |end: &str| outputs.iter().any(|output| output.path.as_str().ends_with(end));
    match name {
        "card" => is_beside("/card.json"),
        "page" => is_beside("/index.json"),
        // Those are made of the outputs of other kinds, too.
        "facts" => is_there("facts/index.html"),
        "sources" => is_there("sources/index.html"),
        name => site.all().any(|site| outputs.get(&list_file(site, name, 1)).is_some()),
    }
}

/// The URL of a schema.
pub(super) fn schema_url(cx: &Context<'_>, name: &str) -> String {
    url(cx, &schema_file(name))
}
