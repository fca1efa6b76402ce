//! What every file of words has.

use super::{FILES, Lexicon, entries, folded};

/// Every section that a file may have.
const SECTIONS: [&str; 36] = [
    "beginnings",
    "titles",
    "plurals",
    "abbreviated titles",
    "common titles",
    "lesser",
    "conjunctions",
    "before titles",
    "titles after names",
    "offices",
    "short titles",
    "heads",
    "heads in any case",
    "things",
    "things in any case",
    "before things",
    "before things in any case",
    "bodies",
    "affiliations",
    "joins",
    "elisions",
    "verbs",
    "verbs before",
    "before speakers",
    "behind speakers",
    "before places",
    "surnames",
    "always capitals",
    "ordinary",
    "before names",
    "after names",
    "prefixes",
    "endings",
    "first words",
    "last words",
    "rules",
];

/// The rules that a file may name.
const RULES: [&str; 6] = [
    "a dash begins speech",
    "an s makes a plural",
    "heads need no join",
    "nouns have capitals",
    "verbs end in ed",
    "words have spaces",
];

/// What each language needs, with the fewest entries that are of use.
const NEEDED: [(&str, &[(&str, usize)]); 9] = [
    ("en", &[("beginnings", 150), ("titles", 60), ("heads", 10), ("ordinary", 50)]),
    ("ar", &[("beginnings", 100), ("titles", 60), ("heads in any case", 10), ("prefixes", 5)]),
    ("de", &[("beginnings", 150), ("titles", 60), ("heads", 10), ("first words", 100)]),
    ("es", &[("beginnings", 150), ("titles", 60), ("heads", 10), ("heads in any case", 10)]),
    ("fr", &[("beginnings", 150), ("titles", 60), ("heads", 10), ("elisions", 10)]),
    ("ja", &[("beginnings", 100), ("titles after names", 60), ("after names", 20)]),
    ("ko", &[("beginnings", 100), ("titles after names", 60), ("after names", 20)]),
    ("sv", &[("beginnings", 150), ("titles", 60), ("heads", 10), ("verbs", 50), ("endings", 1)]),
    ("zh", &[("beginnings", 100), ("titles after names", 60), ("after names", 20)]),
];

fn sections(file: &str) -> Vec<&str> {
    file.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect()
}

#[test]
fn sections_are_known_and_stand_once_in_one_order() {
    for (language, file) in FILES {
        let found = sections(file);
        let known: Vec<&str> = SECTIONS.into_iter().filter(|name| found.contains(name)).collect();
        assert_eq!(found, known, "{language}");
    }
}

#[test]
fn every_language_has_what_it_needs() {
    let languages: Vec<&str> = FILES.iter().map(|(language, _)| *language).collect();
    let needing: Vec<&str> = NEEDED.iter().map(|(language, _)| *language).collect();
    assert_eq!(languages, needing);
    for ((language, file), (_, needed)) in FILES.iter().zip(NEEDED) {
        for (section, fewest) in needed {
            let found = entries(file).filter(|(name, _)| name == section).count();
            assert!(found >= *fewest, "{language}: `{section}` has {found} of {fewest}");
        }
        let rules = entries(file).filter(|(name, _)| *name == "rules");
        for (_, rule) in rules {
            assert!(RULES.contains(&rule), "{language}: no rule `{rule}`");
        }
    }
}

#[test]
fn entries_are_sorted_in_lower_case_and_stand_once() {
    for (language, file) in FILES {
        for section in sections(file) {
            let of = entries(file).filter(|(name, _)| *name == section);
            let of: Vec<&str> = of.map(|(_, entry)| entry).collect();
            assert!(!of.is_empty(), "{language}: `{section}` is empty");
            for entry in &of {
                assert_eq!(*entry, entry.to_lowercase(), "{language}: `{section}`");
            }
            let keys: Vec<Box<str>> = of.iter().map(|entry| folded(entry)).collect();
            let wrong = keys.windows(2).find(|pair| pair[0] >= pair[1]);
            assert_eq!(wrong, None, "{language}: `{section}` is not sorted");
        }
    }
}

#[test]
fn entries_are_read_as_words_of_texts_are() {
    let lexicon = Lexicon::read("[titles]\nprésident\n\n# A note.\n[beginnings]\nà\nd’un\n");
    assert!(lexicon.is_title("president") && lexicon.is_title("president."));
    assert!(lexicon.may_begin("a") && lexicon.may_begin("d'un"));
    assert!(!lexicon.is_title("a"));
}
