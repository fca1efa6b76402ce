//! Figures and sources that all pages share: the entries of two YAML files, and the files themselves.

use super::{At, Editor, FACTS, SOURCES, deeds};

deeds! {
    create_fact edit_fact unit_of_fact whose_fact history_of_fact due_fact rename_fact swap_facts delete_fact delete_facts
    create_source edit_source rename_source swap_sources delete_source delete_sources list_of_sources
}

/// The entries of a file, each with its first line.
fn entries(text: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        match entries.last_mut() {
            Some(entry) if line.starts_with(' ') => entry.push_str(&format!("{line}\n")),
            _ => entries.push(format!("{line}\n")),
        }
    }
    entries
}

/// Adds an entry, and the file if it is gone.
fn create(site: &mut Editor, path: &str, entry: &str) -> Option<()> {
    let text = match site.site.get(path) {
        Some(_) => site.text(path)?,
        None => String::new(),
    };
    site.site.write(path, text + entry);
    Some(())
}

/// Changes one entry.
fn entry(site: &mut Editor, path: &str, at: usize, how: impl FnOnce(&str) -> String) -> Option<()> {
    let mut entries = entries(&site.text(path)?);
    let at = at.checked_rem(entries.len())?;
    entries[at] = how(&entries[at]);
    site.site.write(path, entries.concat());
    Some(())
}

/// Changes the id of one entry.
fn rename(site: &mut Editor, path: &str, at: usize, id: &str) -> Option<()> {
    entry(site, path, at, |entry| match entry.split_once(':') {
        Some((_, rest)) => format!("{id}:{rest}"),
        None => entry.to_string(),
    })
}

/// Exchanges the ids of the first two entries: each now says what the other said.
fn swap(site: &mut Editor, path: &str) -> Option<()> {
    let mut entries = entries(&site.text(path)?);
    let [one, two, ..] = &mut entries[..] else { return None };
    let (first, rest) = one.split_once(':')?;
    let (second, other) = two.split_once(':')?;
    (*one, *two) = (format!("{second}:{rest}"), format!("{first}:{other}"));
    site.site.write(path, entries.concat());
    Some(())
}

fn create_fact(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let id = ["new-fact", "own-0", "share"][a % 3];
    create(site, FACTS, &format!("{id}:\n  value: {n}\n  unit: new ships\n"))
}

fn edit_fact(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    entry(site, FACTS, a, |entry| set(entry, "value", &format!("{n}.5")))
}

fn unit_of_fact(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    entry(site, FACTS, a, |entry| set(entry, "unit", &format!("units {n}")))
}

/// What stands beside the figure, not in it.
fn whose_fact(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    entry(site, FACTS, a, |entry| {
        set(&set(entry, "about", &player), "as_of", &format!("2025-01-{:02}", n % 28 + 1))
    })
}

/// What it was before.
fn history_of_fact(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let past =
        format!("[{{value: {n}, as_of: 19{:02}}}, {{value: {b}, as_of: 1999-12}}]", n % 90 + 9);
    entry(site, FACTS, a, |entry| set(entry, "history", &past))
}

/// Some of these days have passed on one of the days of the builds and not on another.
fn due_fact(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let day = ["2025-12-31", "2026-01-01", "2026-01-02", "2027-01-01"][b % 4];
    entry(site, FACTS, a, |entry| set(entry, "next_update", day))
}

fn rename_fact(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    rename(site, FACTS, a, &format!("fact-{n}"))
}

fn swap_facts(site: &mut Editor, _: At) -> Option<()> {
    swap(site, FACTS)
}

fn delete_fact(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    entry(site, FACTS, a, |_| String::new())
}

fn delete_facts(site: &mut Editor, _: At) -> Option<()> {
    site.site.remove(FACTS).map(drop)
}

fn create_source(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let id = ["new-source", "gazette"][a % 2];
    create(site, SOURCES, &format!("{id}:\n  title: New source {n}\n"))
}

fn edit_source(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let (key, value) = [
        ("title", format!("Retitled {n}")),
        ("publisher", format!("House {n}")),
        ("url", format!("https://example.org/{n}")),
        ("author", format!("[Ann {n}, Ben]")),
    ][b % 4]
        .clone();
    entry(site, SOURCES, a, |entry| set(entry, key, &value))
}

fn rename_source(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    rename(site, SOURCES, a, &format!("source-{n}"))
}

fn swap_sources(site: &mut Editor, _: At) -> Option<()> {
    swap(site, SOURCES)
}

fn delete_source(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    entry(site, SOURCES, a, |_| String::new())
}

fn delete_sources(site: &mut Editor, _: At) -> Option<()> {
    site.site.remove(SOURCES).map(drop)
}

/// The other way to write the file.
fn list_of_sources(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    let text = format!("- {{id: gazette, title: Listed {n}}}\n- {{id: almanac, title: Almanac}}\n");
    site.site.write(SOURCES, text);
    Some(())
}

/// An entry with a field set.
fn set(entry: &str, key: &str, value: &str) -> String {
    super::with(entry, &format!("  {key}"), value)
}
