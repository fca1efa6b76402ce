//! Whole files that come, move, change places and go.

use super::{ARTICLES, At, Editor, FAQ, PAGES, PLAYERS, TOPICS, deeds};
use crate::small::png;

deeds! {
    create_article create_player create_faq create_topic create_page create_static create_asset
    rename_article rename_player rename_faq rename_topic rename_page rename_static
    rename_case rename_asset move_into_folder move_player_into_folder move_to_another_kind
    swap_articles swap_players swap_faq swap_topics swap_pages swap_kinds swap_static swap_pictures
    delete_article delete_player delete_faq delete_topic delete_page delete_static delete_asset
    edit_static edit_asset edit_picture replace_theme_file collide save_unchanged
    draw_beside act_beside
}

fn create_article(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    let month = a % 9 + 1;
    let text = format!(
        "---\ntitle: New {n}\npublished: 2025-0{month}-15\nplayers: [{player}]\ntopics: [ships]\n---\n\nOn [[{player}]].\n"
    );
    site.site.write(&format!("{ARTICLES}new-{n}.md"), text);
    Some(())
}

/// Under a name that others may miss since it was deleted.
fn create_player(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let id = ["aland", "gil-hart", "newcomer"][a % 3];
    site.site
        .write(&format!("{PLAYERS}{id}.md"), format!("---\nname: Returned {n}\n---\n\nBack.\n"));
    Some(())
}

fn create_faq(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let (player, id) = (site.player(b)?, ["common", "returned"][a % 2]);
    let text = format!(
        "---\ntitle: Asked {n}\nabout: {player}\n---\n\n## Why ships? {{#why-ships}}\n\nAs {n}.\n"
    );
    site.site.write(&format!("{FAQ}{id}.md"), text);
    Some(())
}

fn create_topic(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let id = ["ships", "money", "weather"][a % 3];
    site.site
        .write(&format!("{TOPICS}{id}.md"), format!("---\ntitle: Topic {n}\n---\n\nText {n}.\n"));
    Some(())
}

fn create_page(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let id = ["about", "contact", "who-we-are"][a % 3];
    site.site
        .write(&format!("{PAGES}{id}.md"), format!("---\ntitle: Page {n}\n---\n\nText {n}.\n"));
    Some(())
}

fn create_static(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.site.write(&format!("static/added-{}.txt", a % 3), format!("{n}\n"));
    Some(())
}

/// A file beside an article that is a folder.
fn create_asset(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    site.site.write(&format!("{STORY}plan-{}.txt", a % 3), format!("{n}"));
    Some(())
}

fn renamed(site: &mut Editor, folder: &str, at: At) -> Option<()> {
    let path = site.path(&[folder], at.a)?;
    let parent = path.rsplit_once('/')?.0;
    site.rename(&path, &format!("{parent}/renamed-{}.md", at.n))
}

fn rename_article(site: &mut Editor, at: At) -> Option<()> {
    renamed(site, ARTICLES, at)
}

fn rename_player(site: &mut Editor, at: At) -> Option<()> {
    renamed(site, PLAYERS, at)
}

fn rename_faq(site: &mut Editor, at: At) -> Option<()> {
    renamed(site, FAQ, at)
}

fn rename_topic(site: &mut Editor, at: At) -> Option<()> {
    renamed(site, TOPICS, at)
}

fn rename_page(site: &mut Editor, at: At) -> Option<()> {
    renamed(site, PAGES, at)
}

fn rename_static(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = site.path(&["static/"], a)?;
    site.rename(&path, &format!("static/renamed-{n}.txt"))
}

fn rename_case(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&["static/"], a)?;
    let (folder, name) = path.rsplit_once('/')?;
    let [upper, lower] =
        [name.to_uppercase(), name.to_lowercase()].map(|name| format!("{folder}/{name}"));
    site.rename(&path, if path == upper { &lower } else { &upper })
}

fn rename_asset(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = asset(site, a)?;
    let end = path.rsplit('.').next()?;
    site.rename(&path, &format!("{STORY}asset-{n}.{end}"))
}

/// An article's own folder: its path changes, its id and URL do not; files beside it come into their own.
fn move_into_folder(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    into_folder(site, ARTICLES, a)
}

/// The same where no link is relative: nothing but the path changes.
fn move_player_into_folder(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    into_folder(site, PLAYERS, a)
}

fn into_folder(site: &mut Editor, folder: &str, at: usize) -> Option<()> {
    let path = site.path(&[folder], at)?;
    match path.strip_suffix("/index.md") {
        Some(folder) => site.rename(&path, &format!("{folder}.md")),
        None => site.rename(&path, &format!("{}/index.md", path.strip_suffix(".md")?)),
    }
}

/// The same text as another kind of page, under the same id.
fn move_to_another_kind(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let path = site.path(&[ARTICLES, FAQ, TOPICS, PAGES], a)?;
    let name = path.rsplit_once('/')?.1;
    site.rename(&path, &format!("{}{name}", [ARTICLES, FAQ, TOPICS, PAGES][b % 4]))
}

fn swap_articles(site: &mut Editor, at: At) -> Option<()> {
    site.swap_in(ARTICLES, at)
}

fn swap_players(site: &mut Editor, at: At) -> Option<()> {
    site.swap_in(PLAYERS, at)
}

fn swap_faq(site: &mut Editor, at: At) -> Option<()> {
    site.swap_in(FAQ, at)
}

fn swap_topics(site: &mut Editor, at: At) -> Option<()> {
    site.swap_in(TOPICS, at)
}

fn swap_pages(site: &mut Editor, at: At) -> Option<()> {
    site.swap_in(PAGES, at)
}

fn swap_kinds(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let (one, two) = (site.path(&[ARTICLES], a)?, site.path(&[FAQ, TOPICS, PLAYERS], b)?);
    site.swap(&one, &two)
}

fn swap_static(site: &mut Editor, at: At) -> Option<()> {
    site.swap_in("static/", at)
}

/// Two pictures of different sizes: where they are stays, what they are does not.
fn swap_pictures(site: &mut Editor, _: At) -> Option<()> {
    site.swap(&format!("{STORY}map.png"), "static/img/flag.png")
}

fn deleted(site: &mut Editor, folder: &str, at: At) -> Option<()> {
    let path = site.path(&[folder], at.a)?;
    site.site.remove(&path).map(drop)
}

fn delete_article(site: &mut Editor, at: At) -> Option<()> {
    deleted(site, ARTICLES, at)
}

fn delete_player(site: &mut Editor, at: At) -> Option<()> {
    deleted(site, PLAYERS, at)
}

fn delete_faq(site: &mut Editor, at: At) -> Option<()> {
    deleted(site, FAQ, at)
}

fn delete_topic(site: &mut Editor, at: At) -> Option<()> {
    deleted(site, TOPICS, at)
}

fn delete_page(site: &mut Editor, at: At) -> Option<()> {
    deleted(site, PAGES, at)
}

fn delete_static(site: &mut Editor, at: At) -> Option<()> {
    deleted(site, "static/", at)
}

fn delete_asset(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = asset(site, a)?;
    site.site.remove(&path).map(drop)
}

fn edit_static(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = site.path(&["static/"], a)?;
    let mut bytes = site.site.get(&path)?.to_vec();
    bytes.extend(format!("{n}").into_bytes());
    site.site.write(&path, bytes);
    Some(())
}

fn edit_asset(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = asset(site, a).filter(|path| path.ends_with(".txt"))?;
    site.site.write(&path, format!("Edited {n}"));
    Some(())
}

fn edit_picture(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = [format!("{STORY}map.png"), "static/img/flag.png".into()][a % 2].clone();
    site.site.write(&path, png(10 + n as u32, 30 + a as u32));
    Some(())
}

/// A drawing beside an article, which does more than draw half of the time.
fn draw_beside(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let inside = ["<g/>", "<script/>", "<g><g/></g>", "<g onclick=\"x()\"/>"][a % 4];
    let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {n} -->{inside}</svg>");
    site.site.write(&format!("{STORY}drawn.svg"), text);
    Some(())
}

/// Files beside an article that are published where its writers are trusted, or never.
fn act_beside(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let name = ["chart.html", "notes.docx", "notes.md", "readme"][a % 4];
    site.site.write(&format!("{STORY}{name}"), format!("Beside {n}"));
    Some(())
}

fn replace_theme_file(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = ["static/theme/style.css", "static/theme/icon.svg"][a % 2];
    site.site.write(path, format!("/* {n} */"));
    Some(())
}

/// A static file where a page wants to be.
fn collide(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let paths =
        ["static/articles/story-0/index.html", "static/index.html", "static/faq/INDEX.html"];
    site.site.write(paths[a % 3], format!("<p>mine {n}</p>"));
    Some(())
}

fn save_unchanged(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&["content/", "templates/", "static/"], a)?;
    let bytes = site.site.get(&path)?.to_vec();
    site.site.write(&path, bytes);
    Some(())
}

/// The article that is a folder.
const STORY: &str = "content/articles/story-1/";

/// A file beside it.
fn asset(site: &Editor, at: usize) -> Option<String> {
    let paths: Vec<&str> = site
        .site
        .paths()
        .map(|path| path.as_str())
        .filter(|path| path.starts_with(STORY) && !path.ends_with(".md"))
        .collect();
    paths.get(at.checked_rem(paths.len())?).map(|path| (*path).to_string())
}
