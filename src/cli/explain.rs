//! `briefing explain`.

use crate::base::nearest;
use crate::config::RawSite;
use crate::content::chart::RawChart;
use crate::content::foreign;
use crate::content::raw::{RawArticle, RawFact, RawFaq, RawPage, RawPlayer, RawSource, RawTopic};
use crate::diag::Code;
use crate::view::PAGES;
use crate::yaml;

use super::args::ExplainArgs;
use super::{USAGE, print};

/// The reference of one kind of file: its name, where it is, its fields.
#[derive(Clone, Copy)]
struct ReferencePage {
    name: &'static str,
    about: &'static str,
    fields: fn() -> Vec<yaml::FieldDoc>,
}

/// The files of content.
const CONTENT: &[ReferencePage] = &[
    ReferencePage {
        name: "article",
        about: "An explainer: content/articles/ID.md, at /articles/SLUG/.",
        fields: yaml::fields::<RawArticle>,
    },
    ReferencePage {
        name: "player",
        about: "A person, organisation or country: content/players/ID.md, at /players/SLUG/.",
        fields: yaml::fields::<RawPlayer>,
    },
    ReferencePage {
        name: "faq",
        about: "Questions and answers: content/faq/ID.md, at /faq/SLUG/. Each `##` heading is a question.",
        fields: yaml::fields::<RawFaq>,
    },
    ReferencePage {
        name: "topic",
        about: "A subject: content/topics/ID.md, at /topics/SLUG/.",
        fields: yaml::fields::<RawTopic>,
    },
    ReferencePage {
        name: "page",
        about: "A standing page, such as about: content/pages/ID.md, at /SLUG/.",
        fields: yaml::fields::<RawPage>,
    },
    ReferencePage {
        name: "facts",
        about: "Figures by id: content/facts.yaml, used in texts as [[fact:ID]]. The fields of each:",
        fields: yaml::fields::<RawFact>,
    },
    ReferencePage {
        name: "sources",
        about: "Sources by id, or a list: content/sources.yaml, cited in texts as [^ID]. The fields of each:",
        fields: yaml::fields::<RawSource>,
    },
    ReferencePage {
        name: "site",
        about: "The site's settings: content/site.yaml. A missing file is fine.",
        fields: yaml::fields::<RawSite>,
    },
];

/// Fenced blocks in texts that are no code.
const BLOCKS: &[ReferencePage] = &[ReferencePage {
    name: "chart",
    about: "A drawing: a fenced block `chart`, whose lines are YAML. The fields:",
    fields: yaml::fields::<RawChart>,
}];

/// Explains a topic, or lists the topics.
pub(super) fn run(args: &ExplainArgs) -> u8 {
    let Some(topic) = &args.topic else {
        print::answer(&topics());
        return 0;
    };
    if let Some(code) = Code::from_text(topic) {
        let severity = code.severity();
        let mut text = format!("{code} ({severity})\n\n{}", code.explain());
        if matches!(code, Code::UnknownKey | Code::WouldBePublic) {
            text.push_str(&format!("\n\n{}", foreign::listing().trim_end()));
        }
        print::answer(&text);
        return 0;
    }
    if let Some(kind) = kinds().find(|kind| kind.name == topic) {
        print::answer(&reference(&kind));
        return 0;
    }
    let codes = Code::ALL.iter().map(|code| code.as_str());
    let known = codes.chain(kinds().map(|kind| kind.name));
    let help = match nearest(topic, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`briefing explain` lists the topics".into(),
    };
    print::error(&format!("no topic `{topic}`; {help}"));
    USAGE
}

/// The templates of every kind of page.
fn templates() -> impl Iterator<Item = ReferencePage> {
    PAGES.iter().map(|page| ReferencePage {
        name: page.template,
        about: page.about,
        fields: page.fields,
    })
}

fn kinds() -> impl Iterator<Item = ReferencePage> {
    CONTENT.iter().chain(BLOCKS).copied().chain(templates())
}

fn topics() -> String {
    let mut text = String::from("Kinds of content:\n");
    for kind in CONTENT {
        text.push_str(&format!("  {:<10}{}\n", kind.name, kind.about));
    }
    text.push_str("\nBlocks in texts:\n");
    for block in BLOCKS {
        text.push_str(&format!("  {:<10}{}\n", block.name, block.about));
    }
    text.push_str("\nTemplates:\n ");
    for kind in templates() {
        text.push_str(&format!(" {}", kind.name));
    }
    text.push_str("\n\nCodes of messages:\n");
    for code in Code::ALL {
        let off = if code.is_optional() { ", off unless asked for" } else { "" };
        text.push_str(&format!("  {:<24}{}{off}\n", code.as_str(), code.severity()));
    }
    text
}

/// The fields of a kind, one a paragraph.
fn reference(kind: &ReferencePage) -> String {
    let mut text = format!("{}\n\n{}\n", kind.name, kind.about);
    for field in (kind.fields)() {
        text.push_str(&format!("\n  {}  ({})\n", field.path, field.type_text));
        for line in wrapped(&field.description, 76) {
            text.push_str(&format!("      {line}\n"));
        }
    }
    text
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines
            .last_mut()
            .filter(|line| line.chars().count() + 1 + word.chars().count() <= width)
        {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_string()),
        }
    }
    lines
}
