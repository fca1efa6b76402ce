//! What holds for every page of every site: read back as a browser would, without the program's own link check.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};

use super::Tree;

/// Parses every page of an output folder and panics with all that is wrong. `base` is the path of `base_url`.
#[track_caller]
pub(crate) fn check(output: &Tree, base: &str) {
    let problems = problems(output, base);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// What is wrong with the pages of an output folder, each as `path: problem`.
pub(crate) fn problems(output: &Tree, base: &str) -> Vec<String> {
    let pages: BTreeMap<&str, Html> = output
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).expect("pages are UTF-8");
            (path.as_str(), Html::parse_document(text))
        })
        .collect();
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(path, page)| (*path, values(page, "[id]", "id").collect())).collect();
    let mut problems = Vec::new();
    for (path, page) in &pages {
        let mut found = Vec::new();
        document(page, &mut found);
        elements(page, &mut found);
        let site = Links { output, base, ids: &ids, path };
        site.check(page, &mut found);
        problems.extend(found.into_iter().map(|problem| format!("{path}: {problem}")));
    }
    problems
}

/// Elements that a selector finds, in document order.
pub(crate) fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a valid selector");
    page.select(&selector).collect()
}

/// The text of the elements that a selector finds, with white space run together.
pub(crate) fn texts(page: &str, selector: &str) -> Vec<String> {
    select(&Html::parse_document(page), selector).into_iter().map(text).collect()
}

/// An attribute of the elements that a selector finds.
pub(crate) fn attributes(page: &str, selector: &str, name: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    values(&page, selector, name).map(str::to_owned).collect()
}

fn values<'a>(page: &'a Html, selector: &str, name: &str) -> impl Iterator<Item = &'a str> {
    select(page, selector).into_iter().filter_map(move |element| element.value().attr(name))
}

fn text(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The document as a whole: syntax, language, title, landmarks, headings.
fn document(page: &Html, found: &mut Vec<String>) {
    found.extend(page.errors.iter().map(|error| format!("HTML: {error}")));
    if !page.tree.root().children().any(|node| node.value().is_doctype()) {
        found.push("no doctype".into());
    }
    if page.root_element().value().attr("lang").is_none_or(str::is_empty) {
        found.push("no lang".into());
    }
    for (selector, what) in
        [("head > title", "titles"), ("h1", "h1"), ("main", "main"), ("meta[charset]", "charsets")]
    {
        let count = select(page, selector).len();
        if count != 1 {
            found.push(format!("{count} {what}"));
        }
    }
    for element in select(page, "title, h1, h2, h3, h4, h5, h6, a, caption, th, figcaption") {
        let alt = element.select(&Selector::parse("img[alt]").expect("a valid selector")).next();
        if text(element).is_empty() && alt.is_none() && !footnote_mark(element) {
            found.push(format!("an empty {}", element.html()));
        }
    }
    skip_link(page, found);
    let mut before = 0;
    for heading in select(page, "h1, h2, h3, h4, h5, h6") {
        let level: usize = heading.value().name()[1..].parse().expect("a heading's level");
        if level > before + 1 {
            found.push(format!("h{before} is followed by {}", heading.html()));
        }
        before = level;
    }
}

/// A mark that is named for those who cannot see it.
fn footnote_mark(element: ElementRef<'_>) -> bool {
    element.value().attr("aria-label").is_some_and(|label| !label.is_empty())
}

/// The first link leads to the main part.
fn skip_link(page: &Html, found: &mut Vec<String>) {
    // In a frame of another site nothing stands before it.
    if values(page, "body.embedded", "class").next().is_some() {
        return;
    }
    let first = values(page, "body a", "href").next().unwrap_or_default();
    let main = values(page, "main", "id").next();
    if main.is_none() || first.strip_prefix('#') != main {
        found.push(format!("the first link is `{first}`, not one that skips to the main part"));
    }
}

/// Each element alone: ids, nothing inline, text alternatives, tables, references between elements.
fn elements(page: &Html, found: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    for element in select(page, "*") {
        for (name, value) in element.value().attrs() {
            match name {
                "id" if value.is_empty() || value.contains(char::is_whitespace) => {
                    found.push(format!("the id `{value}`"));
                }
                "id" if !ids.insert(value) => found.push(format!("two ids `{value}`")),
                "style" => found.push(format!("an inline style `{value}`")),
                "href" | "src" if value.trim().is_empty() => found.push(format!("an empty {name}")),
                _ if name.starts_with("on") => found.push(format!("an inline script in {name}")),
                _ => {}
            }
        }
    }
    for element in select(page, "script:not([src]):not([type='application/ld+json']), style") {
        found.push(format!("inline {}", element.html()));
    }
    for image in select(page, "img:not([alt])") {
        found.push(format!("no alt: {}", image.html()));
    }
    for table in select(page, "table") {
        let has = |selector: &str| {
            table.select(&Selector::parse(selector).expect("a valid selector")).next().is_some()
        };
        if !has("caption") && !has("th[scope]") {
            found.push(format!("a table without caption and scope: {}", table.html()));
        }
    }
    for attribute in ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"] {
        for value in values(page, &format!("[{attribute}]"), attribute) {
            let missing = value.split_whitespace().filter(|id| !ids.contains(id));
            found.extend(missing.map(|id| format!("{attribute} names `{id}`, which is no id")));
        }
    }
}

/// The links of one page.
struct Links<'a> {
    output: &'a Tree,
    base: &'a str,
    ids: &'a BTreeMap<&'a str, BTreeSet<&'a str>>,
    path: &'a str,
}

impl Links<'_> {
    fn check(&self, page: &Html, found: &mut Vec<String>) {
        let mut links: Vec<&str> = Vec::new();
        for attribute in ["href", "src", "poster", "action", "cite"] {
            links.extend(values(page, &format!("[{attribute}]"), attribute));
        }
        for set in values(page, "[srcset]", "srcset") {
            links.extend(set.split(',').filter_map(|image| image.split_whitespace().next()));
        }
        for refresh in values(page, "meta[http-equiv=refresh]", "content") {
            links.extend(refresh.split_once("url=").map(|(_, url)| url));
        }
        found.extend(links.into_iter().filter_map(|link| self.problem(link)));
    }

    fn problem(&self, link: &str) -> Option<String> {
        let scheme = link.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
        if scheme || link.starts_with("//") {
            return None;
        }
        let (place, fragment) = match link.split_once('#') {
            Some((place, fragment)) => (place, Some(decoded(fragment))),
            None => (link, None),
        };
        let place = place.split('?').next().unwrap_or_default();
        let target = if place.is_empty() {
            self.path.to_owned()
        } else if place.starts_with('/') {
            match place.strip_prefix(self.base) {
                Some(below) => file(&decoded(below)),
                None => return Some(format!("`{link}` is not below {}", self.base)),
            }
        } else if self.path == "404.html" {
            return Some(format!("`{link}` depends on the address at which the page is shown"));
        } else {
            let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            match joined(folder, &decoded(place)) {
                Some(path) => file(&path),
                None => return Some(format!("`{link}` leaves the site")),
            }
        };
        if !self.output.contains_key(&target) {
            return Some(format!("`{link}` leads to no file"));
        }
        let fragment = fragment?;
        let known = self.ids.get(target.as_str()).is_some_and(|ids| ids.contains(&*fragment));
        (!known).then(|| format!("`{link}` leads to no id in {target}"))
    }
}

/// The file that a host sends for a path.
fn file(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.into() }
}

fn joined(folder: &str, relative: &str) -> Option<String> {
    let mut segments: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let end = if relative.ends_with(['/', '.']) { "/" } else { "" };
    for segment in relative.split('/').filter(|part| !part.is_empty()) {
        match segment {
            "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    Some(format!("{}{end}", segments.join("/")))
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = (first == b'%').then(|| after.get(..2)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).expect("links are UTF-8")
}
