//! Sections that an article's text places: what they show, and what else has their name.

use crate::content::document::{Article, Compared, Details, Document};
use crate::content::parts::ArticlePart;
use crate::content::reference::Target;
use crate::diag::{Code, Location};
use crate::site::{Problem, Resolution, Site};

/// What is odd about a section that stands at a place of a text.
pub(super) fn section(
    site: &Site,
    document: &Document,
    part: ArticlePart,
    at: &dyn Fn() -> Location,
) -> Vec<Problem> {
    let name = part.name();
    let mut problems = Vec::new();
    if site.resolve(&Target::Id(name.into())) != Resolution::Unknown {
        let message =
            format!("`[[{name}]]` places a section here: it does not lead to the page `{name}`");
        let help = format!("to link to the page, write words of yours: `[[{name}|the page]]`");
        problems.push(Problem::new(Code::PlacedSection, at(), message).help(help));
    }
    if let Details::Article(article) = &document.summary.details
        && let Some(field) = lacks(site, document, article, part)
    {
        let message =
            format!("`[[{name}]]` places a section for which the article has no {}", field.0);
        let help = format!("list them under `{}:`, or remove the line", field.1);
        problems.push(Problem::new(Code::PlacedSection, at(), message).help(help));
    }
    problems
}

/// What to write for `[[timeline]]` that is a reference, and leads to nothing.
pub(super) fn instead_of_reference(id: &str) -> Option<String> {
    let part = ArticlePart::section(id)?;
    Some(format!(
        "`[[{}]]` places that section in the text of an article: alone in a paragraph, and in no list, quotation or HTML",
        part.name()
    ))
}

/// What an article has nothing of that a section would show, and the field that has it.
fn lacks(
    site: &Site,
    document: &Document,
    article: &Article,
    part: ArticlePart,
) -> Option<(&'static str, &'static str)> {
    let (summary, body) = (&*document.summary, &*document.body);
    let (is_empty, what) = match part {
        ArticlePart::KeyPoints => (body.key_points.is_empty(), ("key points", "key_points")),
        ArticlePart::Figures => {
            (article.compared == Compared::None, ("figures to compare", "figures"))
        }
        ArticlePart::Players => (article.roles.is_empty(), ("players of its own", "players")),
        ArticlePart::Timeline | ArticlePart::NextEvents => {
            (summary.events.is_empty(), ("events", "events"))
        }
        ArticlePart::Questions => (summary.questions.is_empty(), ("questions of its own", "faq")),
        ArticlePart::MoreQuestions => {
            let page = site.of(summary).by_id(&summary.id);
            let faqs = page.and_then(|page| site.of(summary).graph.faqs_of.get(&page));
            (article.faq.is_empty() && faqs.is_none(), ("FAQ pages", "faq"))
        }
        ArticlePart::Sources => {
            let is_empty = summary.sources.is_empty()
                && body.cited.is_empty()
                && body.figures.is_empty()
                && summary.events.is_empty()
                && article.roles.iter().all(|role| role.source.is_none());
            (is_empty, ("sources", "sources"))
        }
        ArticlePart::Picture | ArticlePart::Text | ArticlePart::About => return None,
    };
    is_empty.then_some(what)
}
