//! Ordinary words that decide what a name beside them means.

/// Words that may begin a sentence before a name without being a part of it, in lower case, sorted.
const BEGINNINGS: &[&str] = &[
    "a",
    "about",
    "above",
    "according",
    "across",
    "after",
    "again",
    "against",
    "all",
    "along",
    "already",
    "also",
    "although",
    "am",
    "amid",
    "among",
    "an",
    "and",
    "another",
    "any",
    "are",
    "around",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "can",
    "could",
    "despite",
    "did",
    "do",
    "does",
    "down",
    "during",
    "each",
    "earlier",
    "either",
    "even",
    "every",
    "except",
    "few",
    "finally",
    "first",
    "for",
    "from",
    "given",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "if",
    "in",
    "including",
    "indeed",
    "inside",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "just",
    "last",
    "later",
    "less",
    "like",
    "many",
    "may",
    "meanwhile",
    "might",
    "more",
    "moreover",
    "most",
    "much",
    "must",
    "near",
    "neither",
    "next",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "often",
    "on",
    "once",
    "only",
    "opposite",
    "or",
    "other",
    "our",
    "out",
    "outside",
    "over",
    "past",
    "per",
    "perhaps",
    "plus",
    "recently",
    "second",
    "several",
    "shall",
    "she",
    "should",
    "similarly",
    "since",
    "so",
    "some",
    "soon",
    "still",
    "such",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "third",
    "this",
    "those",
    "though",
    "through",
    "throughout",
    "thus",
    "till",
    "to",
    "today",
    "together",
    "tomorrow",
    "too",
    "toward",
    "towards",
    "under",
    "unless",
    "unlike",
    "until",
    "up",
    "upon",
    "via",
    "was",
    "we",
    "were",
    "what",
    "whatever",
    "when",
    "whenever",
    "where",
    "whereas",
    "wherever",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yes",
    "yesterday",
    "yet",
    "your",
];

/// Words that make a place or body of their own of a name after `of`, in lower case, sorted.
const HEADS: &[&str] = &[
    "archbishop",
    "bank",
    "battle",
    "bay",
    "bishop",
    "cape",
    "college",
    "duchess",
    "duke",
    "gulf",
    "isle",
    "isles",
    "lake",
    "museum",
    "sea",
    "strait",
    "straits",
    "treaty",
    "university",
];

/// Ordinary words that are also written with a capital at the start of a sentence, in lower case, sorted.
const ORDINARY: &[&str] = &[
    "act", "aid", "air", "art", "bill", "black", "blue", "bush", "case", "chance", "chase",
    "church", "cook", "court", "faith", "force", "frank", "general", "grace", "grant", "green",
    "guy", "hill", "hope", "house", "joy", "june", "justice", "king", "law", "major", "march",
    "mark", "miller", "moon", "north", "park", "party", "people", "police", "pope", "power",
    "press", "price", "reading", "reform", "rich", "rose", "senate", "south", "state", "states",
    "stone", "sun", "thing", "time", "turkey", "union", "us", "war", "west", "white", "wood",
    "world", "young",
];

/// Whether a sentence may begin with a word, so that a capital says nothing about it.
pub(super) fn may_begin(lower: &str) -> bool {
    BEGINNINGS.binary_search(&lower).is_ok()
}

/// Whether a word and the name after its `of` are one name.
pub(super) fn is_head(lower: &str) -> bool {
    HEADS.binary_search(&lower).is_ok()
}

/// Whether a word stands in texts without being a name.
pub(super) fn is_ordinary(lower: &str) -> bool {
    ORDINARY.binary_search(&lower).is_ok() || may_begin(lower)
}

/// Whether a word says so little that two names which share it share nothing.
pub(super) fn is_small(lower: &str) -> bool {
    matches!(
        lower,
        "of" | "the"
            | "and"
            | "for"
            | "de"
            | "la"
            | "le"
            | "du"
            | "von"
            | "van"
            | "der"
            | "den"
            | "al"
            | "bin"
            | "da"
            | "di"
            | "in"
            | "on"
            | "to"
            | "a"
            | "an"
    )
}

#[cfg(test)]
mod tests {
    use super::{BEGINNINGS, HEADS, ORDINARY};

    #[test]
    fn lists_are_sorted_and_lower_case() {
        for list in [BEGINNINGS, HEADS, ORDINARY] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] > pair[1]));
            assert!(list.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
        }
    }
}
