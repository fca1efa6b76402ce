//! Diagnostics of names in prose, and of the names that players declare.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{EntityId, NearMissRule, SourcePath};
use crate::content::local_names::LocalNames;
use crate::diag::{Code, Location};
use crate::names::{
    Declared, Finding, FindingKind, InLanguage, Lexicon, Naming, Registry, is_ordinary, same_name,
};
use crate::site::Problem;
use crate::yaml::FieldPath;

/// A finding of a document, at its place.
pub fn finding(registry: &Registry, finding: &Finding, at: Location) -> Problem {
    let written = &finding.written;
    let name = |id: &EntityId| match registry.by_id(id) {
        Some(player) => registry.player(player).name.clone(),
        None => id.into(),
    };
    match &finding.what {
        FindingKind::Case { right } => {
            let message = format!("`{written}` differs in case from `{right}`");
            Problem::new(Code::EntityCase, at, message).help(format!("write `{right}`"))
        }
        FindingKind::Ambiguous { players } => {
            let ids: Vec<String> = players.iter().map(|id| format!("`{id}`")).collect();
            let message = format!("`{written}` may mean {}, so it does not link", ids.join(" or "));
            let help = match players.first() {
                Some(first) => format!(
                    "write `[[{first}|{written}]]`, or list the intended one under `players:`"
                ),
                None => "write `[[id|text]]`".into(),
            };
            Problem::new(Code::AmbiguousName, at, message).help(help)
        }
        FindingKind::NotEstablished { player } => {
            let name = name(player);
            let message =
                format!("`{written}` does not link: `{name}` is not named in full before");
            let help = format!(
                "write the full name first, or `[[{player}|{written}]]`; for another person: \
                 `[[-|{written}]]`"
            );
            Problem::new(Code::AmbiguousName, at, message).help(help)
        }
        FindingKind::NoPostYet { player } => {
            let message =
                format!("`{written}` links to `{player}`, who had no post yet on the page's date");
            let help = format!(
                "for another person of that name: `[[-|{written}]]`; for this one: add the post"
            );
            Problem::new(Code::NoPostYet, at, message).help(help)
        }
        FindingKind::Unborn { player } => {
            let message =
                format!("`{written}` names `{player}`, who is born after the page's date");
            let help = format!(
                "for another person of that name: `[[-|{written}]]`; else correct one of the dates"
            );
            Problem::new(Code::NotBornYet, at, message).help(help)
        }
        FindingKind::Near { rule, player, right } => near(written, *rule, player, right, at),
    }
}

fn near(
    written: &str,
    rule: NearMissRule,
    player: &EntityId,
    right: &str,
    at: Location,
) -> Problem {
    let accept = format!("if it is correct, add it to `check.accept` in {}", crate::config::PATH);
    let (message, help) = match rule {
        NearMissRule::Typo
        | NearMissRule::ShortTypo
        | NearMissRule::Quoted
        | NearMissRule::Lone => (
            format!("`{written}` is almost `{right}`"),
            format!("write `{right}` (`{player}`); {accept}"),
        ),
        NearMissRule::OtherName => (
            format!("`{written}` is almost `{right}`, or the name of another"),
            format!("if `{player}` is meant, write `{right}`; {accept}"),
        ),
        NearMissRule::Expansion => (
            format!("`{written}` stands before an abbreviation of `{right}`"),
            format!("write `{right}` (`{player}`); {accept}"),
        ),
        NearMissRule::Order => (
            format!("`{written}` has the words of `{right}` in another order"),
            format!("write `{right}` (`{player}`); {accept}"),
        ),
        NearMissRule::TitleForName => (
            format!("`{written}` has a title where the given name belongs: the name is `{right}`"),
            format!("write `{right}` (`{player}`), or the title before the whole name; {accept}"),
        ),
        NearMissRule::Title => (
            format!("`{written}` has a title that `{player}` does not hold"),
            format!(
                "if `{right}` held it then, add the post to `{player}`; else correct the title"
            ),
        ),
    };
    let mut problem = Problem::new(Code::NearMissName, at, message).help(help);
    problem.rule = Some(rule);
    problem
}

/// So many people are named on a page that is about people.
const PEOPLE: usize = 10;

/// A page that names people and no player.
pub fn undeclared(file: &SourcePath, people: &[String]) -> Option<Problem> {
    let first = people.first().filter(|_| people.len() >= PEOPLE)?;
    let message = format!(
        "the page names {} people, such as `{first}`, and none of them is a player",
        people.len()
    );
    let help = format!(
        "declare those it is about: `briefing new player \"{first}\"`; `briefing mentions \
         --unlinked` lists names with their commands"
    );
    Some(Problem::new(Code::UndeclaredNames, Location::file(file), message).help(help))
}

/// Says each word that does not link once for a site, at its first place, with how often it stands where. The problems are
/// in the order of their files.
pub fn ambiguous_once(problems: impl Iterator<Item = Problem>) -> Vec<Problem> {
    struct WordPlaces {
        at: usize,
        count: usize,
        files: BTreeSet<SourcePath>,
    }
    let mut once: Vec<Problem> = Vec::new();
    let mut words: BTreeMap<String, WordPlaces> = BTreeMap::new();
    for problem in problems {
        if problem.code != Code::AmbiguousName {
            once.push(problem);
            continue;
        }
        let (at, files) = (once.len(), BTreeSet::new());
        let word = words.entry(problem.message.clone()).or_insert_with(|| WordPlaces {
            at,
            count: 0,
            files,
        });
        word.count += 1;
        word.files.insert(problem.at.file.clone());
        if word.count == 1 {
            once.push(problem);
        }
    }
    for WordPlaces { at, count, files } in words.into_values().filter(|word| word.count > 1) {
        let pages = match files.len() {
            1 => String::new(),
            pages => format!(" on {pages} pages"),
        };
        once[at].message.push_str(&format!(", {count} times{pages}"));
    }
    once
}

/// A strong name: its player's file and id, its field, and whether it is the name itself.
type Claim<'a> = (&'a SourcePath, &'a EntityId, FieldPath, bool);

/// Problems of the names that players declare: an alias that two of them claim, or that is an ordinary word, in
/// one language; a name by language without the site's.
///
/// Two players may share a name: their ids tell them apart, and a text that names one of them gets a diagnostic.
pub fn declared(players: &[Declared<'_>], naming: &Naming) -> Vec<Problem> {
    let mut problems = Vec::new();
    let site = naming.site();
    for of in players {
        // The file of a translation reports itself what it lacks.
        let has_site = !of.is_first
            || of.player.local.iter().all(|names| names.name.is_none())
            || of.player.local.iter().any(|names| names.name.is_some() && names.is_for(site.lang));
        if !has_site {
            let lang = site.lang;
            let message = format!("`name` has no entry for `{lang}`, the language of the site");
            let at = Location::field(of.path, FieldPath::root().key("name"));
            let help = format!("add `{lang}: …`: it is the title of the page");
            problems.push(Problem::new(Code::MissingField, at, message).help(help));
        }
    }
    for of in std::iter::once(site).chain(naming.others()) {
        let found = declared_in(players, of, naming.of_language(of.lang).lexicon);
        // Most names are those of other languages too.
        let fresh: Vec<Problem> = found.filter(|found| !problems.contains(found)).collect();
        problems.extend(fresh);
    }
    problems
}

fn declared_in<'a>(
    players: &[Declared<'a>],
    language: InLanguage<'_>,
    lexicon: &Lexicon,
) -> impl Iterator<Item = Problem> {
    let mut problems = Vec::new();
    let mut claims: BTreeMap<String, Vec<Claim<'a>>> = BTreeMap::new();
    for of in players.iter().filter(|of| of.listed) {
        let root = FieldPath::root();
        let mut claim = |text: &Arc<str>, (path, field): (&'a SourcePath, FieldPath), is_name| {
            claims.entry(same_name(text)).or_default().push((path, of.id, field, is_name));
        };
        // An entry of the player's own file, or the field of a translation.
        let entry = |field: &str, lang: Option<&str>, says: fn(&LocalNames) -> bool| match lang {
            Some(lang) => match of.file_of(lang, says) {
                Some(path) => (path, root.key(field)),
                None => (of.path, root.key(field).key(lang)),
            },
            None => (of.path, root.key(field)),
        };
        let (name, lang) = of.name_in(language);
        claim(name, entry("name", lang, |names| names.name.is_some()), true);
        for (alias, path, at) in of.aliases_in(language) {
            let field = root.key("aliases").index(at);
            if !alias.contextual {
                claim(&alias.text, (path, field.clone()), false);
            }
            if is_ordinary(lexicon, &alias.text) {
                let message = format!("the alias `{}` would match ordinary words", alias.text);
                let help = "write a form that no ordinary word has, or remove it";
                let at = Location::field(path, field);
                problems.push(Problem::new(Code::CommonWordAlias, at, message).help(help));
            }
        }
        if let Some((abbr, lang)) = of.abbr_in(language) {
            claim(abbr, entry("abbr", lang, |names| names.abbr.is_some()), false);
        }
        if let Some(native) = &of.player.native_name {
            claim(native, (of.path, root.key("native_name")), false);
        }
    }
    for claims in claims.values() {
        for (file, id, field, is_name) in claims {
            let mut others = claims.iter().filter(|(_, other, ..)| other != id);
            let Some((other_file, other, other_field, other_is_name)) = others.next() else {
                continue;
            };
            // Of two aliases the one in the later file is reported; an alias that is a name is always reported.
            if *is_name || !*other_is_name && file < other_file {
                continue;
            }
            let message =
                format!("this name is claimed by `{id}` and `{other}`: it does not link by itself");
            let help = "remove it from one of the two, or write `{text: …, when: context}`";
            problems.push(
                Problem::new(Code::SharedName, Location::field(file, field.clone()), message)
                    .help(help)
                    .related("the other one", Location::field(other_file, other_field.clone())),
            );
        }
    }
    problems.into_iter()
}
