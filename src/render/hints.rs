//! What to write instead: the advice that goes with Tera's messages.

use std::ops::Range;

use super::message::{Message, name, quoted};
use super::tags::{open_at, tags};
use super::tera1;
use super::texts::TemplateTexts;
use super::theme;
use crate::base::nearest;

/// Every filter that a template can use: Tera gives no list of them.
pub(super) const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Every test that a template can use.
pub(super) const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// Every function that a template can call.
pub(super) const FUNCTIONS: &[&str] = &["around", "range", "shared", "super", "t", "throw"];

const TAGS: &[&str] = &[
    "block",
    "break",
    "component",
    "continue",
    "elif",
    "else",
    "extends",
    "filter",
    "for",
    "if",
    "include",
    "raw",
    "set",
    "set_global",
    "endblock",
    "endcomponent",
    "endfilter",
    "endfor",
    "endif",
    "endraw",
    "endset",
];

/// Advice on one message.
#[derive(Debug, Default)]
pub(super) struct Hint {
    /// A better message than Tera's.
    pub(super) message: Option<String>,
    /// What to write instead.
    pub(super) help: Vec<String>,
    /// Another place of the same template that takes part.
    pub(super) related: Option<(String, Range<usize>)>,
}

impl Hint {
    fn help(help: impl Into<String>) -> Self {
        Self { help: vec![help.into()], ..Self::default() }
    }
}

/// The advice on Tera's `raw` message (`message`, in our form) about a place in the template `file`.
pub(super) fn hint(
    texts: &TemplateTexts,
    file: &str,
    raw: &str,
    message: &Message,
    place: &Range<usize>,
) -> Hint {
    let text = texts.get(file).unwrap_or_default();
    let Some(found) = text.get(place.clone()) else { return Hint::default() };
    if raw == "Unknown tag" {
        unknown_tag(text, found, place.start)
    } else if raw == "Unexpected end of input" {
        Hint { related: open(text, text.len()), ..Hint::default() }
    } else if let Some(name) = name(raw, "Unknown filter ") {
        known(tera1::filter(name), name, FILTERS)
    } else if let Some(name) = name(raw, "Unknown test ") {
        known(tera1::test(name), name, TESTS)
    } else if let Some(name) = name(raw, "Unknown function ") {
        known(tera1::function(name), name, FUNCTIONS)
    } else if let Some(name) = name(raw, "Unknown component ")
        && let Some(own) = replaced(texts, name)
    {
        Hint::help(format!(
            "the site's `templates/{own}` lacks it, and the theme's has it: `briefing theme diff {own}` shows what else differs"
        ))
    } else if let Some(name) = name(raw, "Unknown component ") {
        let components: Vec<_> = components(texts).map(|(_, name, _)| name).collect();
        known(None, name, &components)
    } else if let Some(name) = name(raw, "Unknown template ") {
        known(None, name, &texts.names().collect::<Vec<_>>())
    } else if let Some(name) = name(raw, "Field ") {
        unknown_field(name, message)
    } else if let Some(name) = name(raw, "Variable ") {
        unknown_variable(name, message, text, place.start)
    } else if raw.starts_with("Tried to render a variable that is undefined") && !found.is_empty() {
        Hint { message: Some(format!("`{found}` is not defined")), ..Hint::default() }
    } else if raw.starts_with("`+` requires") {
        Hint::help("texts are joined with `~`")
    } else if raw.starts_with("This content would be ignored") {
        Hint::help("a template that extends another consists of blocks: move this into one")
    } else if raw.starts_with("Expected \"string\" or {expression}") {
        Hint::help(format!(
            "a component's argument is text in quotes or stands in braces: `{{{found}}}`"
        ))
    } else if let Some(name) = name(raw, "Block ") {
        unknown_block(texts, file, name)
    } else {
        let help = tera1::syntax(raw, text, place).or_else(|| message.list.clone());
        Hint { help: help.into_iter().collect(), ..Hint::default() }
    }
}

/// The theme's template with a component, where the site has a file in its place.
fn replaced(texts: &TemplateTexts, component: &str) -> Option<&'static str> {
    let defines = |text: &str| {
        tags(text).iter().any(|tag| tag.name == "component" && tag.word().0 == component)
    };
    let (name, _) = theme::TEMPLATES.iter().find(|(_, text)| defines(text))?;
    (!texts.is_embedded(name)).then_some(*name)
}

/// Every component of the set: its template, its name, the name's place.
pub(super) fn components(
    texts: &TemplateTexts,
) -> impl Iterator<Item = (&str, &str, Range<usize>)> {
    texts.iter().flat_map(|(file, text)| {
        tags(text).into_iter().filter(|tag| tag.name == "component").map(move |tag| {
            let (name, place) = tag.word();
            (file, name, place)
        })
    })
}

fn unknown_block(texts: &TemplateTexts, file: &str, name: &str) -> Hint {
    let others = texts.iter().filter(|(other, _)| *other != file);
    let blocks: Vec<_> = others
        .flat_map(|(_, text)| tags(text))
        .filter(|tag| tag.name == "block")
        .map(|tag| tag.word().0)
        .filter(|block| *block != name)
        .collect();
    let mut hint = known(None, name, &blocks);
    hint.help.push(format!(
        "the block would be ignored: the template that is extended needs `{{% block {name} %}}{{% endblock %}}`"
    ));
    hint
}

fn known(gone: Option<&str>, name: &str, names: &[&str]) -> Hint {
    match (gone, nearest(name, names.iter().copied())) {
        (Some(help), _) => Hint::help(help),
        (None, Some(near)) => Hint::help(format!("did you mean `{near}`?")),
        (None, None) => Hint::default(),
    }
}

fn unknown_tag(text: &str, found: &str, at: usize) -> Hint {
    // Tera reads `{% endfor %}` as unknown where it waits for another end.
    if TAGS.contains(&found) {
        return Hint {
            message: Some(format!("`{found}` has nothing to end or go on with here")),
            help: Vec::new(),
            related: open(text, at),
        };
    }
    let hint = known(tera1::tag(found), found, TAGS);
    Hint { message: Some(format!("unknown tag `{found}`")), ..hint }
}

/// The innermost tag that is open at a place.
fn open(text: &str, at: usize) -> Option<(String, Range<usize>)> {
    let tag = open_at(text, at).pop()?;
    Some((format!("this waits for its `{}`", tag.end()?), tag.range()))
}

fn unknown_field(name: &str, message: &Message) -> Hint {
    let near = nearest(name, message.names.iter().map(String::as_str));
    let near = near.map(|near| format!("did you mean `{near}`?"));
    Hint { help: near.into_iter().chain(message.list.clone()).collect(), ..Hint::default() }
}

fn unknown_variable(name: &str, message: &Message, text: &str, at: usize) -> Hint {
    let names = message.names.iter().map(String::as_str);
    let inside = open_at(text, at).into_iter().find(|tag| tag.name == "component");
    if let Some(near) = nearest(name, names) {
        Hint::help(format!("did you mean `{near}`?"))
    } else if let Some(component) = inside {
        let (component, _) = component.word();
        let mut hint = Hint::help(format!(
            "a component sees its arguments alone: give `{component}` an argument `{name}`, and pass `{name}={{{name}}}`"
        ));
        if !message.names.is_empty() {
            hint.help.push(format!("known here: {}", quoted(&message.names)));
        }
        hint
    } else if name == "loop" {
        Hint::help("`loop` is known inside `{% for %}` only")
    } else {
        // What is known differs between the kinds of page; to list it would make one problem of `base.html` many.
        Hint::help(
            "every template sees `page`, `site`, `assets`, and what its page kind adds: its first line names the view",
        )
    }
}
