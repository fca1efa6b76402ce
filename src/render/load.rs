//! Why a set of templates does not load: every problem of every template, where Tera stops at the first.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, Tera};

use super::error;
use super::hints::components;
use super::message::name;
use super::report::errors;
use super::tags::tags;
use super::texts::{TemplateTexts, path};
use crate::base::nearest;
use crate::diag::{Code, Diagnostic, Span, sort};

/// Every problem of a set that failed with `first`. `bare` has the functions and no templates.
///
/// Each file is parsed alone, which shows all that do not parse. These are then replaced by empty ones and the
/// whole is tried again, until nothing stands in the way of the checks that need all templates: a broken file
/// hides no problem of another, and makes no new one.
pub(super) fn problems(texts: &TemplateTexts, bare: &Tera, first: &Error) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut broken = BTreeSet::new();
    for (name, text) in texts.iter() {
        if let Err(error) = bare.clone().add_raw_template(name, text)
            && let ErrorKind::SyntaxError(report) = error.kind()
        {
            diagnostics.push(error::syntax(texts, report));
            broken.insert(name);
        }
    }
    loop {
        let whole =
            texts.iter().map(|(name, text)| (name, if broken.contains(name) { "" } else { text }));
        let Err(error) = bare.clone().add_raw_templates(whole) else { break };
        let Some((culprit, diagnostic)) = structural(texts, error.kind(), &broken) else {
            diagnostics.extend(unknown_names(texts, &error, &broken));
            break;
        };
        diagnostics.push(diagnostic);
        if !broken.insert(culprit) {
            break;
        }
    }
    if diagnostics.is_empty() {
        let file = texts.names().next().unwrap_or_default();
        diagnostics.push(error::at(texts, Code::TemplateSyntax, file, &first.to_string(), 0..0));
    }
    sort(&mut diagnostics);
    diagnostics
}

/// A problem of how templates hang together, after which Tera looks no further, and the template to leave out.
fn structural<'a>(
    texts: &'a TemplateTexts,
    kind: &ErrorKind,
    broken: &BTreeSet<&str>,
) -> Option<(&'a str, Diagnostic)> {
    match kind {
        ErrorKind::MissingParent { current, parent } => {
            let culprit = texts.names().find(|name| name == current)?;
            let near = nearest(parent, texts.names().filter(|name| name != current));
            let message = format!("no template `{parent}` to extend");
            let mut diagnostic = Diagnostic::new(
                Code::TemplateSyntax,
                target(texts, culprit, "extends", parent),
                message,
            );
            diagnostic.help.extend(near.map(|near| format!("did you mean `{near}`?")));
            Some((culprit, diagnostic))
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let chain: Vec<_> =
                std::iter::once(tpl).chain(inheritance_chain).map(String::as_str).collect();
            circle(texts, "extends", &chain)
        }
        ErrorKind::CircularInclude { include_chain, .. } => {
            let chain: Vec<_> = include_chain.iter().map(String::as_str).collect();
            circle(texts, "includes", &chain)
        }
        ErrorKind::Msg(message) => {
            name(message, "Component ")?;
            let mut all: Vec<_> =
                components(texts).filter(|(file, _, _)| !broken.contains(file)).collect();
            // The site's own file is the one to change, so it is the one to name.
            all.sort_by_key(|(file, _, _)| texts.is_embedded(file));
            // Of many that are defined twice Tera names any: the first is the same in every run.
            let (first, second) = all.iter().enumerate().find_map(|(at, first)| {
                let second = all[at + 1..].iter().find(|second| second.1 == first.1)?;
                Some((first, second))
            })?;
            let (file, component, place) = first;
            let (other, _, elsewhere) = second;
            let message = format!("component `{component}` is defined twice");
            let diagnostic =
                Diagnostic::new(Code::TemplateSyntax, texts.span(file, place.clone()), message)
                    .related("also defined here", texts.span(other, elsewhere.clone()))
                    .help("components are known in all templates: each name can stand for one");
            Some((file, diagnostic))
        }
        _ => None,
    }
}

/// Templates that lead back to themselves. The chain may begin outside the circle; it ends where it closes.
fn circle<'a>(
    texts: &'a TemplateTexts,
    verb: &str,
    chain: &[&str],
) -> Option<(&'a str, Diagnostic)> {
    let [way @ .., last] = chain else { return None };
    let start = way.iter().rposition(|name| name == last)?;
    let culprit = texts.names().find(|name| Some(name) == way.last())?;
    let steps: Vec<_> = chain[start..].iter().map(|name| format!("`{name}`")).collect();
    let message = format!("a template {verb} itself: {}", steps.join(" → "));
    let tag = if verb == "extends" { "extends" } else { "include" };
    let mut diagnostic =
        Diagnostic::new(Code::TemplateSyntax, target(texts, culprit, tag, last), message);
    for step in chain[start..].windows(2).filter(|step| step[0] != culprit) {
        let label = format!("{verb} `{}` here", step[1]);
        diagnostic = diagnostic.related(label, target(texts, step[0], tag, step[1]));
    }
    Some((culprit, diagnostic))
}

/// Names that no template, component, filter, test, function or block has.
fn unknown_names(texts: &TemplateTexts, error: &Error, broken: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let report = error.to_string();
    let real = errors(texts, &report).into_iter().filter(|place| {
        if let Some(component) = name(place.message, "Unknown component ") {
            // It may well be defined in a file that does not parse.
            !components(texts).any(|(file, name, _)| name == component && broken.contains(file))
        } else if place.message.starts_with("Block ") {
            !extends_broken(texts, place.name, broken)
        } else {
            true
        }
    });
    real.map(|place| error::at(texts, Code::TemplateSyntax, place.name, place.message, place.range))
        .collect()
}

/// Whether anything that a template extends was left out.
fn extends_broken(texts: &TemplateTexts, file: &str, broken: &BTreeSet<&str>) -> bool {
    let parent = |file: &str| {
        let tag = tags(texts.get(file)?).into_iter().find(|tag| tag.name == "extends")?;
        tag.literal().map(|(parent, _)| parent)
    };
    std::iter::successors(parent(file), |file| parent(file))
        .take(texts.names().count())
        .any(|file| broken.contains(file))
}

/// The place of the name in `{% extends "name" %}` or `{% include "name" %}`.
fn target(texts: &TemplateTexts, file: &str, tag: &str, name: &str) -> Span {
    let literals = tags(texts.get(file).unwrap_or_default());
    let found = literals
        .into_iter()
        .filter(|found| found.name == tag)
        .filter_map(|found| found.literal())
        .find(|(literal, _)| *literal == name);
    found.map_or_else(|| Span::file(path(file)), |(_, place)| texts.span(file, place))
}
