//! Words that stand before a name without being a part of it: titles of office and of address.

/// Words that are a title, or the last word of one, in lower case, sorted.
const TITLES: &[&str] = &[
    "adm",
    "admiral",
    "ambassador",
    "archbishop",
    "attorney",
    "baroness",
    "bishop",
    "brigadier",
    "cabinet",
    "capt",
    "captain",
    "cardinal",
    "chair",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "col",
    "colonel",
    "commander",
    "commissioner",
    "congressman",
    "congresswoman",
    "councillor",
    "counsellor",
    "dame",
    "defense",
    "delegate",
    "director",
    "dr",
    "duke",
    "emperor",
    "envoy",
    "field",
    "foreign",
    "gen",
    "general",
    "gov",
    "governor",
    "judge",
    "justice",
    "king",
    "lady",
    "leader",
    "lieutenant",
    "lord",
    "lt",
    "maj",
    "major",
    "marshal",
    "mayor",
    "minister",
    "miss",
    "monsignor",
    "mr",
    "mrs",
    "ms",
    "officer",
    "pope",
    "premier",
    "president",
    "prime",
    "prince",
    "princess",
    "prof",
    "professor",
    "queen",
    "rep",
    "representative",
    "rev",
    "reverend",
    "secretary",
    "sen",
    "senator",
    "sergeant",
    "sgt",
    "sheikh",
    "sheriff",
    "sir",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "sultan",
    "taoiseach",
    "treasurer",
    "undersecretary",
    "vice",
];

/// Words that belong to a title that follows, in lower case, sorted: Foreign Minister, Deputy Prime Minister.
const BEFORE_TITLES: &[&str] = &[
    "acting",
    "agriculture",
    "assistant",
    "associate",
    "chief",
    "commerce",
    "defence",
    "defense",
    "deputy",
    "economy",
    "education",
    "energy",
    "environment",
    "finance",
    "first",
    "foreign",
    "former",
    "health",
    "home",
    "house",
    "interior",
    "justice",
    "labor",
    "labour",
    "national",
    "permanent",
    "prime",
    "science",
    "senate",
    "senior",
    "special",
    "state",
    "supreme",
    "trade",
    "treasury",
    "under",
    "vice",
];

/// Whether a word can be a title on its own, whatever a site declares.
pub(super) fn is_common(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    TITLES.binary_search(&word).is_ok()
        && !matches!(word, "defense" | "field" | "foreign" | "prime" | "cabinet" | "vice")
}

/// Whether a word begins a title that the words after it go on.
pub(super) fn begins(word: &str) -> bool {
    BEFORE_TITLES.binary_search(&word).is_ok()
}

/// Whether a word is the title of an office, which its holder has and others do not.
pub(super) fn is_office(word: &str) -> bool {
    matches!(
        word,
        "admiral"
            | "ambassador"
            | "chancellor"
            | "commissioner"
            | "congressman"
            | "congresswoman"
            | "general"
            | "governor"
            | "judge"
            | "justice"
            | "king"
            | "mayor"
            | "minister"
            | "pope"
            | "premier"
            | "president"
            | "queen"
            | "representative"
            | "secretary"
            | "senator"
            | "speaker"
            | "sen"
            | "rep"
            | "gov"
    )
}

/// The short form of a title that is also a given name somewhere (General, Gen Nakatani), in lower case.
pub(super) fn short_form(title: &str) -> Option<&'static str> {
    const SHORT: [(&str, &str); 12] = [
        ("general", "gen"),
        ("colonel", "col"),
        ("captain", "cap"),
        ("senator", "sen"),
        ("governor", "gov"),
        ("representative", "rep"),
        ("reverend", "rev"),
        ("professor", "prof"),
        ("major", "maj"),
        ("admiral", "adm"),
        ("doctor", "doc"),
        ("sergeant", "sarge"),
    ];
    SHORT.into_iter().find(|(long, _)| *long == title).map(|(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::{BEFORE_TITLES, TITLES};

    #[test]
    fn lists_are_sorted_and_lower_case() {
        for list in [TITLES, BEFORE_TITLES] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] > pair[1]));
            assert!(list.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
        }
    }
}
