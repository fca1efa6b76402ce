//! Files that cannot be built as they are, and their repair.

use super::{ARTICLES, At, Editor, FACTS, FAQ, PAGES, PLAYERS, SITE, SOURCES, TOPICS, deeds};

deeds! {
    break_article break_player break_faq break_topic break_page break_facts break_sources break_site
    break_template fail_template break_language break_encoding break_picture repair
}

impl Editor {
    /// Writes a file that cannot be built, and remembers what was there.
    fn smash(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Option<()> {
        self.broken.push((path.to_string(), self.site.get(path).map(<[u8]>::to_vec)));
        self.site.write(path, bytes);
        Some(())
    }
}

/// Breaks the front matter of a page below a folder.
fn page(site: &mut Editor, folder: &str, At { a, b, .. }: At) -> Option<()> {
    let path = site.path(&[folder], a)?;
    let text = site.text(&path)?;
    let broken = match b % 4 {
        0 => text.replacen("---\n", "---\ntitle: a: b\n\tx\n", 1),
        1 => text.replacen("---\n", "---\npublished: 30/02/2025\nreviewed: never\n", 1),
        2 => text.replacen("\n---\n", "\n", 1),
        _ => text.replacen("---\n", "---\ntitle: Twice\ntitle: Twice\nauther: x\n", 1),
    };
    site.smash(&path, broken)
}

fn break_article(site: &mut Editor, at: At) -> Option<()> {
    page(site, ARTICLES, at)
}

fn break_player(site: &mut Editor, at: At) -> Option<()> {
    page(site, PLAYERS, at)
}

fn break_faq(site: &mut Editor, at: At) -> Option<()> {
    page(site, FAQ, at)
}

fn break_topic(site: &mut Editor, at: At) -> Option<()> {
    page(site, TOPICS, at)
}

fn break_page(site: &mut Editor, at: At) -> Option<()> {
    page(site, PAGES, at)
}

/// Breaks a YAML file: as a whole, in one field, by another shape, or by what can be taken for no file.
fn data(site: &mut Editor, path: &str, At { a, .. }: At) -> Option<()> {
    let text = site.text(path)?;
    let broken = match a % 4 {
        0 => format!("{text}\n\t: ["),
        1 => text.replacen(": ", ": {x: [y]}\nunknown_key: ", 1),
        2 => "[1, 2]\n".to_string(),
        _ => "none".to_string(),
    };
    site.smash(path, broken)
}

fn break_facts(site: &mut Editor, at: At) -> Option<()> {
    data(site, FACTS, at)
}

fn break_sources(site: &mut Editor, at: At) -> Option<()> {
    data(site, SOURCES, at)
}

fn break_site(site: &mut Editor, at: At) -> Option<()> {
    data(site, SITE, at)
}

fn break_template(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let path = ["templates/article.html", "templates/extra.html"][a % 2];
    site.smash(path, ["{% if %}", "{{ 1 +", "{% extends \"nowhere.html\" %}"][b % 3])
}

/// A template that loads, and fails on every page.
fn fail_template(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let text = "{% extends \"base.html\" %}\n{% block main %}{{ player.nothing.at_all }}{% endblock main %}\n";
    site.smash(["templates/player.html", "templates/topic.html"][a % 2], text)
}

fn break_language(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = ["templates/lang/en.ftl", "templates/lang/no_tag.ftl"][a % 2];
    site.smash(path, "home = { $unclosed\n")
}

/// A byte that is no UTF-8.
fn break_encoding(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let mut paths: Vec<String> = site
        .site
        .paths()
        .map(|path| path.as_str())
        .filter(|path| is_text(path))
        .map(str::to_string)
        .collect();
    let at = a.checked_rem(paths.len())?;
    let path = paths.swap_remove(at);
    let mut bytes = site.site.get(&path)?.to_vec();
    bytes.push(0xE9);
    site.smash(&path, bytes)
}

fn is_text(path: &str) -> bool {
    [".md", ".yaml", ".html", ".ftl"].iter().any(|end| path.ends_with(end))
}

/// A picture that has no size.
fn break_picture(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = ["content/articles/story-1/map.png", "static/img/flag.png"][a % 2];
    site.smash(path, "no picture")
}

fn repair(site: &mut Editor, _: At) -> Option<()> {
    match site.broken.pop()? {
        (path, Some(bytes)) => site.site.write(&path, bytes),
        (path, None) => return site.site.remove(&path).map(drop),
    };
    Some(())
}
