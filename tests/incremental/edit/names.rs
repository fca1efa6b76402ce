//! Names in prose, and what players declare of theirs.

use super::{ARTICLES, At, Editor, FAQ, PAGES, PLAYERS, SITE, TOPICS, deeds, with};

deeds! {
    name_in_prose name_in_a_section near_miss_in_prose title_in_prose opted_out
    player_for_a_name namesake alias_moved alias_in_context never_phrase titles family_name name_order native_name
    metonyms abbr autolink_of_player post_of_a_time accept_near_misses
}

/// Sentences that name players that are there, that come, and that are gone again.
const SENTENCES: [&str; 12] = [
    "Cara Dane met Eno Falk in Borea, and Dane left.",
    "The Aland Isles–Borea treaty named Vera Lund.",
    "Minister Lund spoke for the Harbour Board; the Board agreed.",
    "Porto Alto denied it. MoW did not.",
    "Falk and Gil Hart, said Cara Dané, were there.",
    "In Borea, Vera Lund met another Vera Lund.",
    "The Ministry of Works-led plan for Borea Airways.",
    "ルンド大臣はボレアを訪れた。",
    "aland isles and cara dane are written small.",
    "Lund left before Secretary Falk came.",
    "*Vera* Lund and **Eno Falk** stayed in the Bank of Borea.",
    "The Lund Prize went to Hart.",
];

/// Names that some file may come to have.
const NAMES: [&str; 6] =
    ["Vera Lund", "Harbour Board", "Porto Alto", "Borea Airways", "Gil Falc", "Otto Brandt"];

const TEXTS: [&str; 5] = [ARTICLES, FAQ, TOPICS, PAGES, PLAYERS];

fn say(site: &mut Editor, at: usize, text: &str) -> Option<()> {
    let path = site.path(&TEXTS, at)?;
    site.change(&path, |old| format!("{old}\n{text}\n"))
}

fn name_in_prose(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    say(site, a, SENTENCES[b % SENTENCES.len()])
}

fn name_in_a_section(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let sentence = SENTENCES[b % SENTENCES.len()];
    say(site, a, &format!("## Part {n}\n\n{sentence}\n\n> [!NOTE]\n> {sentence}"))
}

fn near_miss_in_prose(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let slips = [
        "Ministry of Wroks officials.",
        "Vera Lunnd was near.",
        "Harbuor Board members.",
        "Isles Aland.",
        "Eno Falc and Veraa Lund.",
        "## Vera Lunnd in Harbuor Board\n\n> Isles Aland, said [Eno Falc](https://example.org).",
        "Eno Falk met Govenor Falk; then President Falk.",
    ];
    say(site, a, slips[b % slips.len()])
}

fn title_in_prose(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let title = ["Minister", "Minister of Works", "Harbour Master", "Secretary"][b % 4];
    say(site, a, &format!("{title} Dane and {title} Lund agreed; Borea {title} left."))
}

fn opted_out(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    say(site, a, "Not this [[-|Borea]] but [[eno-falk|Mr Falk]], said Falk.")
}

/// A player whose name may stand in prose already.
fn player_for_a_name(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let name = NAMES[a % NAMES.len()];
    let id = name.to_lowercase().replace(' ', "-");
    let kind = ["person", "organisation", "country"][b % 3];
    let path = format!("{PLAYERS}{id}.md");
    let text = format!("---\nname: {name}\nkind: {kind}\n---\n\n{name} is new.\n");
    if site.site.get(&path).is_some() {
        return None;
    }
    site.site.write(&path, text);
    Some(())
}

/// A player of a name that another one has.
fn namesake(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let name = ["Borea", "Eno Falk", "Vera Lund"][a % 3];
    site.set_in(&[PLAYERS], b, "name", name)
}

/// An alias that one player had and another gets.
fn alias_moved(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let alias = ["the Board", "Lund", "Borea Airways", "Falk"][b % 4];
    for path in site.paths(&[PLAYERS]) {
        let has = site.text(&path)?.lines().any(|line| *line == format!("aliases: [{alias}]"));
        if has {
            site.set(&path, "aliases", "[]")?;
        }
    }
    site.set_in(&[PLAYERS], a, "aliases", &format!("[{alias}]"))
}

fn alias_in_context(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let alias = ["the Board", "Lund"][b % 2];
    site.set_in(&[PLAYERS], a, "aliases", &format!("[{{text: {alias}, when: context}}]"))
}

fn never_phrase(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let phrase = ["Borea Airways", "Bank of Borea", "Lund Prize", "Eno Falk in Borea"][b % 4];
    site.set_in(&[PLAYERS], a, "never", &format!("[{phrase}]"))
}

fn titles(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let titles = ["[Minister]", "[Secretary, Harbour Master]", "[Airways]", "[]"][b % 4];
    site.set_in(&[PLAYERS], a, "titles", titles)
}

fn family_name(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "family_name", ["Lund", "Falk", "Dane", "Borea"][b % 4])
}

fn name_order(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "name_order", ["family-first", "given-first"][b % 2])
}

fn native_name(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "native_name", ["ルンド", "ボレア", "大臣"][b % 3])
}

fn metonyms(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "metonyms", ["[Porto Alto]", "[Hart]", "[]"][b % 3])
}

fn abbr(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "abbr", ["MoW", "HB", "is"][b % 3])
}

fn autolink_of_player(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    site.set_in(&[PLAYERS], a, "autolink", ["false", "true"][b % 2])
}

/// A post that was held on the dates of some articles and not on those of others.
fn post_of_a_time(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let start = ["2020", "2025-06", "2026-12-01"][b % 3];
    let post = format!("[{{title: Minister, start: {start}, end: 2026-12-31}}]");
    site.set_in(&[PLAYERS], a, "posts", &post)
}

fn accept_near_misses(site: &mut Editor, At { b, .. }: At) -> Option<()> {
    let accept = ["{accept: [Vera Lunnd]}", "{accept: [Harbuor Board, Isles Aland]}", "{}"][b % 3];
    site.change(SITE, |text| with(text, "check", accept))
}
