//! `briefing names`.

use std::collections::BTreeSet;

use super::args::{DictionaryFormat, NamesArgs};
use super::load::load;
use super::print;

/// Prints the names of a site as the dictionary of another program.
pub(super) fn run(args: &NamesArgs) -> u8 {
    let loaded = match load(&args.site, None) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let names: BTreeSet<&str> = match &args.lang {
        Some(lang) => loaded.naming().of_language(lang.as_str()).registry.written().collect(),
        None => {
            let naming = loaded.naming();
            let others = naming.others().map(|other| naming.of_language(other.lang).registry);
            let site = std::iter::once(&**naming.registry());
            site.chain(others).flat_map(|registry| registry.written()).collect()
        }
    };
    let words: BTreeSet<&str> = names.iter().flat_map(|name| words(name)).collect();
    let lines = |words: BTreeSet<String>| words.iter().map(|word| format!("{word}\n")).collect();
    let is_english = match &args.lang {
        Some(lang) => lang.as_str().starts_with("en"),
        None => loaded.config().site.lang.as_str().starts_with("en"),
    };
    let text: String = match args.format {
        DictionaryFormat::Vale => {
            // Entries are regular expressions.
            let whole = names.iter().filter(|name| name.contains(' '));
            whole.chain(&words).map(|entry| format!("{}\n", escaped(entry))).collect()
        }
        DictionaryFormat::Typos => typos(&words),
        DictionaryFormat::Harper => {
            // It is a checker of English, and a word of its dictionary has no forms.
            let short = names.iter().flat_map(|name| abbreviations(name)).map(str::to_owned);
            lines(possessives(&words).chain(short).collect())
        }
        DictionaryFormat::Hunspell if is_english => lines(possessives(&words).collect()),
        DictionaryFormat::Cspell => {
            lines(words.iter().flat_map(|word| apostrophes(word)).collect())
        }
        DictionaryFormat::Hunspell | DictionaryFormat::Languagetool => {
            lines(words.iter().map(|word| (*word).to_owned()).collect())
        }
    };
    print::answer(&text);
    0
}

/// The words of a name that a program which checks spelling reads.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    let parts = parts.map(|part| part.trim_matches(['\'', '’']));
    parts.filter(|word| word.chars().nth(1).is_some() && word.contains(char::is_alphabetic))
}

/// Words, and the same with the `'s` of English.
fn possessives<'w>(words: &'w BTreeSet<&str>) -> impl Iterator<Item = String> + 'w {
    let has_form = |word: &str| word.chars().any(char::is_alphabetic) && !word.ends_with("'s");
    let own = words.iter().filter(move |word| has_form(word)).map(|word| format!("{word}'s"));
    words.iter().map(|word| (*word).to_owned()).chain(own)
}

/// The parts of a name that end in a full stop: `J.`, `U.S.`
fn abbreviations(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '-'));
    parts.filter(|part| part.ends_with('.') && part.starts_with(char::is_alphabetic))
}

/// A word with each kind of apostrophe, for a program that tells them apart.
fn apostrophes(word: &str) -> impl Iterator<Item = String> {
    let other = word.contains('\'').then(|| word.replace('\'', "’"));
    [Some(word.to_owned()), other].into_iter().flatten()
}

/// The tables of typos.toml. Its words end at apostrophes and before capitals; what has capitals inside is an identifier.
fn typos(words: &BTreeSet<&str>) -> String {
    let parts = || words.iter().flat_map(|word| word.split(['\'', '’']));
    let parts = || parts().filter(|part| part.chars().nth(1).is_some());
    let lower: BTreeSet<String> = parts().map(str::to_lowercase).collect();
    let is_identifier = |part: &&str| {
        part.chars().skip(1).any(char::is_uppercase) && part.contains(char::is_lowercase)
    };
    let identifiers: BTreeSet<&str> = parts().filter(is_identifier).collect();
    let mut text = String::from("[default.extend-words]\n");
    lower.iter().for_each(|word| text.push_str(&format!("{word:?} = {word:?}\n")));
    if !identifiers.is_empty() {
        text.push_str("[default.extend-identifiers]\n");
        identifiers.iter().for_each(|name| text.push_str(&format!("{name:?} = {name:?}\n")));
    }
    text
}

/// A text as a regular expression that finds it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\'' | '’') {
            out.push_str("['’]");
            continue;
        }
        if "\\.+*?()|[]{}^$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
