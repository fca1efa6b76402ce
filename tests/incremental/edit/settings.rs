//! `site.yaml`, and what the command line says.

use briefing::base::BaseUrl;
use briefing::engine::Now;
use jiff::civil::date;

use super::{ARTICLES, At, Editor, SITE, deeds};

deeds! {
    create_site edit_site rename_site reorder_site delete_site
    site_title site_description site_base site_lang site_nav site_no_nav site_footer site_publisher site_trust
    site_featured site_zone site_authors site_levels
    drafts future day base_url folder
}

/// A second way to begin: nothing but a title.
fn create_site(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    site.site.write(SITE, format!("title: Begun {n}\nbase_url: https://example.org/sub/\n"));
    Some(())
}

fn edit_site(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    site.change(SITE, |text| format!("# {n}\n{text}"))
}

/// Under a name that is not looked for, and back.
fn rename_site(site: &mut Editor, _: At) -> Option<()> {
    let other = "content/site.yml";
    match site.site.get(SITE) {
        Some(_) => site.rename(SITE, other),
        None => site.rename(other, SITE),
    }
}

fn delete_site(site: &mut Editor, _: At) -> Option<()> {
    site.site.remove(SITE).map(drop)
}

/// The same settings in another order: other bytes, the same meaning.
fn reorder_site(site: &mut Editor, _: At) -> Option<()> {
    site.change(SITE, |text| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.reverse();
        lines.join("\n")
    })
}

fn site_title(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    site.setting("title", &format!("Renamed Briefing {n}"))
}

fn site_description(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    site.setting("description", &format!("On ships, {n}."))
}

fn site_base(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    site.setting(
        "base_url",
        ["https://other.example/sub/", "https://example.org/a/b/", "null"][a % 3],
    )
}

fn site_lang(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    site.setting("lang", ["en-GB", "de", "ja"][a % 3])
}

fn site_nav(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let to = ["about", "/faq/", "nowhere", "/gone/"][a % 4];
    site.setting("nav", &format!("[{{text: Go {n}, to: {to}}}]"))
}

fn site_no_nav(site: &mut Editor, _: At) -> Option<()> {
    site.change(SITE, |text| super::without(text, "nav"))
}

fn site_footer(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let to = ["about", "story-0", "/topics/"][a % 3];
    site.setting("footer", &format!("[{{text: Foot {n}, to: {to}}}, {to}]"))
}

fn site_publisher(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    site.setting("publisher", &format!("{{name: House {n}, url: https://example.org/{n}}}"))
}

fn site_trust(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    site.setting("content_trust", ["untrusted", "trusted"][a % 2])
}

fn site_featured(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let id = site.id(ARTICLES, a)?;
    site.setting("featured", &format!("[{id}]"))
}

fn site_zone(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    site.setting("timezone", ["Pacific/Auckland", "UTC", "America/New_York"][a % 3])
}

fn site_authors(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    site.setting("authors", &format!("Desk {n}"))
}

fn site_levels(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let level = ["error", "info", "off"][a % 3];
    site.setting("check", &format!("{{levels: {{dead-link: {level}, no-base-url: {level}}}}}"))
}

fn drafts(site: &mut Editor, _: At) -> Option<()> {
    site.options.drafts = !site.options.drafts;
    Some(())
}

fn future(site: &mut Editor, _: At) -> Option<()> {
    site.options.future = !site.options.future;
    Some(())
}

fn day(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    // The last is a day later in Auckland, where the scheduled article is public by then.
    let evening = date(2026, 1, 2).at(20, 0, 0, 0).in_tz("UTC").ok()?;
    site.options.now = [
        Now::Day(date(2026, 1, 3)),
        Now::Day(date(2025, 2, 2)),
        Now::At(evening.timestamp()),
        Now::Day(date(2026, 1, 1)),
    ][a % 4];
    Some(())
}

fn base_url(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    site.options.base_url = match a % 3 {
        0 => BaseUrl::parse("https://given.example/deep/").ok(),
        1 => BaseUrl::parse("https://given.example/").ok(),
        _ => None,
    };
    Some(())
}

/// The folder's name is the title of a site that gives none.
fn folder(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    site.options.folder = ["checkout", "site", "copy"][a % 3].to_string();
    Some(())
}
