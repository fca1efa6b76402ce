//! Fields that a template names and no view has: what a build finds only where it comes to the place.
//!
//! Templates are read by their words alone. A path is looked up where its first name is a variable of the views, or stands for
//! a part of one (`for`, `set`); anything else is let pass.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::nearest;
use crate::view::PAGES;

/// A field that no view has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownField {
    /// The line of the template, 1-based.
    pub line: usize,
    /// The path as it stands there.
    pub path: String,
    /// A field that is almost called so.
    pub near: Option<String>,
}

/// The fields of the views that a template may get: those of the page that it makes, or of every page.
pub struct ViewFields {
    paths: BTreeSet<String>,
}

impl ViewFields {
    /// Those of a template, by its name relative to `templates/`.
    pub fn of(name: &str) -> Self {
        let is_page = PAGES.iter().any(|page| page.template == name);
        let pages = PAGES.iter().filter(|page| !is_page || page.template == name);
        let fields = pages.flat_map(|page| (page.fields)());
        Self { paths: fields.map(|field| field.path.replace("[]", "")).collect() }
    }

    /// The fields of a template's text that no view has.
    pub fn unknown(&self, text: &str) -> Vec<UnknownField> {
        let mut found: Vec<UnknownField> = Vec::new();
        let tags: Vec<_> = tags(text).collect();
        let names = self.names(&tags);
        for (start, tag) in tags {
            for (at, path) in paths(tag) {
                let Some(near) = self.missing(&path, &names) else { continue };
                let line = text[..start + at].matches('\n').count() + 1;
                found.push(UnknownField { line, path, near });
            }
        }
        found.dedup();
        found
    }

    /// What the names that a template gives stand for; none where that is not one part of a view.
    fn names(&self, tags: &[(usize, &str)]) -> BTreeMap<String, Option<String>> {
        let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (_, tag) in tags {
            let words: Vec<&str> = tag.split_whitespace().collect();
            let given: Vec<(&str, Option<&str>)> = match words[..] {
                ["for", name, "in", path] => vec![(name, Some(path))],
                ["set" | "set_global", name, "=", path] => vec![(name, Some(path))],
                ["for", ref names @ ..] => {
                    let names = names.iter().take_while(|name| **name != "in");
                    names.map(|name| (name.trim_end_matches(','), None)).collect()
                }
                ["set" | "set_global", name, ..] => vec![(name, None)],
                ["component", ..] => {
                    let arguments = tag.split(['(', ',']).skip(1);
                    arguments
                        .map(|one| one.split([':', ')']).next().unwrap_or_default().trim())
                        .map(|name| (name, None))
                        .collect()
                }
                _ => Vec::new(),
            };
            for (name, path) in given {
                let is_path = |path: &&str| path.chars().all(|c| is_word(c) || c == '.');
                let path = path.filter(is_path).and_then(|path| resolved(path, &names));
                let path = path.filter(|path| self.paths.contains(path));
                // A name that stands for two things is not looked into.
                let before = names.get(name).cloned();
                let path = path
                    .filter(|path| before.as_ref().is_none_or(|one| one.as_ref() == Some(path)));
                names.insert(name.to_owned(), path);
            }
        }
        names
    }

    /// Of a path that no view has: the field that is almost called so. None where there is such a field, or may be.
    fn missing(
        &self,
        path: &str,
        names: &BTreeMap<String, Option<String>>,
    ) -> Option<Option<String>> {
        let path = resolved(path, names)?;
        let mut parent = path.split('.').next()?.to_owned();
        if !self.paths.contains(&parent) {
            return None;
        }
        for name in path.split('.').skip(1) {
            let below = format!("{parent}.");
            let fields = self.paths.range(below.clone()..);
            let fields = fields.take_while(|field| field.starts_with(&below));
            let fields =
                fields.map(|field| field[below.len()..].split('.').next().unwrap_or_default());
            let fields: BTreeSet<&str> = fields.collect();
            // What has no fields is a text, or free, or goes on as its parent does.
            if fields.is_empty() || fields.iter().any(|field| field.starts_with('<')) {
                return None;
            }
            if !fields.contains(name) {
                return Some(nearest(name, fields).map(str::to_owned));
            }
            parent = format!("{below}{name}");
        }
        None
    }
}

/// A path from a variable of the views.
fn resolved(path: &str, names: &BTreeMap<String, Option<String>>) -> Option<String> {
    let (first, rest) = path.split_once('.').map_or((path, ""), |(first, rest)| (first, rest));
    let first = match names.get(first) {
        Some(stands_for) => stands_for.clone()?,
        None => first.to_owned(),
    };
    Some(if rest.is_empty() { first } else { format!("{first}.{rest}") })
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// What stands between the signs of tags, with its place. Comments are none.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('{')?;
            let end = match text.as_bytes().get(start + 1)? {
                b'{' => "}}",
                b'%' => "%}",
                b'#' => {
                    at = start + text[start..].find("#}")?;
                    continue;
                }
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            let length = text[start..].find(end)?;
            at = start + length;
            let inner = &text[start + 2..start + length];
            let trimmed = inner.trim_start_matches('-');
            let place = start + 2 + inner.len() - trimmed.len();
            return Some((place, trimmed.trim_end_matches('-')));
        }
    })
}

/// The paths of at least two names in a tag, with their places. Texts in quotation marks have none.
fn paths(tag: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut quoted = None;
    let mut word: Option<usize> = None;
    for (at, c) in tag.char_indices().chain([(tag.len(), ' ')]) {
        match (quoted, c) {
            (Some(mark), c) if c == mark => quoted = None,
            (Some(_), _) => {}
            (None, c) if is_word(c) || c == '.' && word.is_some() => {
                word = word.or(Some(at));
            }
            (None, c) => {
                if let Some(start) = word.take() {
                    let path = tag[start..at].trim_end_matches('.');
                    let is_after_dot = tag[..start].ends_with(['.', ']', ')']);
                    if path.contains('.')
                        && !path.starts_with(|c: char| c.is_ascii_digit())
                        && !is_after_dot
                    {
                        found.push((start, path.to_owned()));
                    }
                }
                quoted = matches!(c, '"' | '\'' | '`').then_some(c);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::ViewFields;
    use crate::render::theme;

    fn unknown(name: &str, text: &str) -> Vec<(usize, String, Option<String>)> {
        let found = ViewFields::of(name).unknown(text).into_iter();
        found.map(|field| (field.line, field.path, field.near)).collect()
    }

    #[test]
    fn the_theme_names_no_unknown_field() {
        for (name, text) in theme::TEMPLATES {
            assert_eq!(unknown(name, text), [], "{name}");
        }
    }

    #[test]
    fn a_field_that_no_view_has_is_found_where_it_stands() {
        let near = |name: &str| Some(name.to_owned());
        for (text, expected) in [
            ("{{ article.summary }}", vec![]),
            ("\\n{{ article.sumary }}", vec![(1, "article.sumary", near("summary"))]),
            ("\n{% if page.titel %}", vec![(2, "page.titel", near("title"))]),
            (
                "{% for side in article.sides %}{{ side.playrs }}",
                vec![(1, "side.playrs", near("players"))],
            ),
            (
                "{% for side in article.sides %}{% for row in side.players %}{{ row.player.text }}{{ row.xyzzy }}",
                vec![(1, "row.xyzzy", None)],
            ),
            (
                "{% set site_name = site.title %}{{ site.nme }}{{ site_name.x }}",
                vec![(1, "site.nme", None)],
            ),
            ("{{ article.extra.anything.goes }}", vec![]),
            (
                "{# article.nothing #}{{ \"article.nothing\" }}{{ t(key='article.nothing') }}",
                vec![],
            ),
            ("{% component x(article: map) %}{{ article.nothing }}{% endcomponent x %}", vec![]),
            (
                "{% for article in article.related %}{{ article.href }}{% endfor %}{% for article in site.nav %}{{ article.nothing }}{% endfor %}",
                vec![],
            ),
            ("{% for key, article in page.card %}{{ article.nothing }}", vec![]),
            ("{{ own.nothing }} {{ article.genre | safe }} {{ 1.5 }} {{ f().x }}", vec![]),
            ("{{- article.nothing -}}", vec![(1, "article.nothing", None)]),
            ("{{ player.name }}", vec![]),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(line, path, near)| (line, path.to_owned(), near))
                .collect();
            let found = unknown("article.html", text);
            assert_eq!(found, expected, "{text}");
        }
        // A part of pages may be a part of any.
        assert_eq!(unknown("slots/head.html", "{{ faq.embeds }}{{ article.summary }}"), []);
        assert_eq!(unknown("slots/head.html", "{{ article.nothing }}").len(), 1);
    }
}
