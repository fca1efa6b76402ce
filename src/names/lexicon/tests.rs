//! What every file of words has.

use super::{FILES, Lexicon, entries, folded};

/// Every section that a file may have.
const SECTIONS: [&str; 8] = [
    "beginnings",
    "titles",
    "before titles",
    "offices",
    "short titles",
    "heads",
    "joins",
    "ordinary",
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
