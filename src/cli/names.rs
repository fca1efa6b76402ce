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
    let text: String = match args.format {
        DictionaryFormat::Vale => {
            // Entries are regular expressions.
            let whole = names.iter().filter(|name| name.contains(' '));
            whole.chain(&words).map(|entry| format!("{}\n", escaped(entry))).collect()
        }
        DictionaryFormat::Typos => {
            let lower: BTreeSet<String> = words.iter().map(|word| word.to_lowercase()).collect();
            let line = |word: &String| format!("{word:?} = {word:?}\n");
            let words: String = lower.iter().map(line).collect();
            format!("[default.extend-words]\n{words}")
        }
        DictionaryFormat::Harper
        | DictionaryFormat::Hunspell
        | DictionaryFormat::Cspell
        | DictionaryFormat::Languagetool => words.iter().map(|word| format!("{word}\n")).collect(),
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

/// A text as a regular expression that finds it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\.+*?()|[]{}^$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
