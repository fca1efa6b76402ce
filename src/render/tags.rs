//! The tags of a template's text, read without Tera: for places that its errors do not give.
//!
//! This reads broken templates too, so it never fails: what it does not understand it passes over.

use std::ops::Range;

/// A tag such as `{% extends "base.html" %}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TemplateTag<'a> {
    /// Its first word, such as `extends`; empty for a component call.
    pub(super) name: &'a str,
    /// Where the name starts, in bytes of the template.
    pub(super) at: usize,
    /// What stands between the name and `%}`.
    pub(super) rest: &'a str,
}

impl<'a> TemplateTag<'a> {
    /// The name's place.
    pub(super) fn range(&self) -> Range<usize> {
        self.at..self.at + self.name.len()
    }

    /// The tag that must follow: `endif` for `if`, none for tags that stand alone.
    pub(super) fn end(&self) -> Option<&'static str> {
        match self.name {
            "if" => Some("endif"),
            "for" => Some("endfor"),
            "block" => Some("endblock"),
            "component" => Some("endcomponent"),
            "filter" => Some("endfilter"),
            "set" | "set_global" if !self.assigns() => Some("endset"),
            _ => None,
        }
    }

    /// The first word after the name and its place: of a component or block, its own name.
    pub(super) fn word(&self) -> (&'a str, Range<usize>) {
        let word = self.rest.trim_start();
        let start = self.at + self.name.len() + (self.rest.len() - word.len());
        let word = &word[..word_length(word, true)];
        (word, start..start + word.len())
    }

    /// The text after the name, if it is a literal in quotes, and the place of the literal.
    pub(super) fn literal(&self) -> Option<(&'a str, Range<usize>)> {
        let literal = self.rest.trim_start();
        let start = self.at + self.name.len() + (self.rest.len() - literal.len());
        let quote = literal.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let text = literal[1..].split(quote).next()?;
        Some((text, start..start + text.len() + 2))
    }

    /// Whether a `set` has its value in the tag itself.
    fn assigns(&self) -> bool {
        let (_, place) = self.word();
        let after = place.end - self.at - self.name.len();
        self.rest[after..].trim_start().starts_with('=')
    }
}

/// Every tag, in order; comments and raw sections have none.
pub(super) fn tags(text: &str) -> Vec<TemplateTag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        at += found;
        let rest = &text[at..];
        if rest.starts_with("{#") {
            at += rest.find("#}").map_or(rest.len(), |end| end + 2);
        } else if let Some(rest) = rest.strip_prefix("{{") {
            at += 2 + inside(rest, "}}");
        } else if let Some(rest) = rest.strip_prefix("{%") {
            let within = &rest[..inside(rest, "%}")];
            let name = within.strip_prefix('-').unwrap_or(within).trim_start();
            let start = at + 2 + (within.len() - name.len());
            let (name, rest) = name.split_at(word_length(name, false));
            tags.push(TemplateTag { name, at: start, rest });
            at = start + name.len() + rest.len();
            if name == "raw" {
                at += text[at..].find("endraw").unwrap_or(text.len() - at);
            }
        } else {
            at += 1;
        }
    }
    tags
}

/// The tags that are open at a place, outermost first.
pub(super) fn open_at(text: &str, offset: usize) -> Vec<TemplateTag<'_>> {
    let mut open: Vec<TemplateTag<'_>> = Vec::new();
    for tag in tags(text).into_iter().take_while(|tag| tag.at < offset) {
        if tag.end().is_some() {
            open.push(tag);
        } else if open.last().and_then(TemplateTag::end) == Some(tag.name) {
            open.pop();
        }
    }
    open
}

/// How far `text` goes before `end`, which does not count inside quotes.
fn inside(text: &str, end: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if text[at..].starts_with(end) => return at,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None => {}
        }
    }
    text.len()
}

fn word_length(text: &str, dotted: bool) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_' || dotted && c == '.'))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{open_at, tags};

    #[test]
    fn names_of_tags() {
        for (text, names) in [
            ("a {% if x %}b{%- endif -%}", vec!["if", "endif"]),
            ("{# {% if x %} #}{{ \"{% for %}\" }}{% set a = \"%}\" %}", vec!["set"]),
            ("{% raw %}{% if %}{% endraw %}{% block é %}", vec!["raw", "block"]),
            ("{% <card> %}{% </card> %}{", vec!["", ""]),
            ("{% if", vec!["if"]),
            ("{%", vec![""]),
            ("{{ \"", vec![]),
        ] {
            let found: Vec<_> = tags(text).iter().map(|tag| tag.name).collect();
            assert_eq!(found, names, "{text}");
        }
    }

    #[test]
    fn what_a_tag_names() {
        let text = "é{% extends 'base.html' %}{% component ui.card(a) %}";
        let all = tags(text);
        let (literal, place) = all[0].literal().expect("it has a literal");
        assert_eq!((literal, &text[place]), ("base.html", "'base.html'"));
        let (word, place) = all[1].word();
        assert_eq!((word, &text[place]), ("ui.card", "ui.card"));
        assert_eq!(all[1].literal(), None);
    }

    #[test]
    fn what_is_open() {
        for (text, open) in [
            ("{% if a %}{% for b in c %}@", "if for"),
            ("{% if a %}{% endif %}@{% for b in c %}", ""),
            ("{% if a %}{% endfor %}@", "if"),
            ("{% set a = 1 %}{% set b %}{% set c | f(x=1) %}@", "set set"),
        ] {
            let offset = text.find('@').expect("the mark");
            let found: Vec<_> = open_at(text, offset).iter().map(|tag| tag.name).collect();
            assert_eq!(found.join(" "), open, "{text}");
        }
    }
}
