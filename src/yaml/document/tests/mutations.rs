//! Random edits: values are those of serde_yaml's own parser, and no span leaves the text.

use super::{Article, YamlDocument, parse, shown};
use crate::yaml::Extra;

/// Documents that mutations start from: what authors write, and every notation for a scalar.
const SEEDS: &[&str] = &[
    "title: Japan\nsummary: One line\norder: 3\nautolink: true\n\
     topics: [defence, 404]\nplayers:\n  - japan\n  - player: us\n    roles: [host, guest]\n    weight: 2\n",
    "facts:\n  request:\n    value: 3.5\n    unit: \"%\"\n  range:\n    value: {low: 1, high: \"2.50\"}\n\
     ids: {viaf: 12, loc: no}\nimage: {src: a.png}\n",
    "title: 'it''s'\nsummary: >-\n  Folded\n  text\n\n  and more\nextra:\n  a: [1, -2.5, yes, null]\n\
     \x20 b: |\n    literal\n     text\n  c: \"\\u00e9 \\\"x\\\"\"\ntopics:\n- a\n- b c\n",
    "# A comment\ntitle: \u{65e5}\u{672c}\u{306e} \u{9632}\u{885b} # why\nsummary: multi\n  line\n  \u{e9}t\u{e9}\n\
     players: {player: x, roles: y}\nwikidata: Q17\ntopics:\n  - x: y\n",
];

/// Characters that matter to YAML, and a few that are wide.
const ALPHABET: &[char] = &[
    ' ', ' ', '\n', '\n', ':', '-', '-', '[', ']', '{', '}', ',', '#', '&', '*', '!', '|', '>',
    '\'', '"', '%', '@', '`', '\\', '~', '?', '\t', '.', '0', '1', 'x', 'e', '\u{e9}', '\u{65e5}',
    '<', '=',
];

/// Marsaglia's xorshift: the same mutations in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn mutate(&mut self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(2) {
            let at = self.below(chars.len() + 1);
            match self.below(5) {
                0 | 1 => chars.insert(at, ALPHABET[self.below(ALPHABET.len())]),
                2 if at < chars.len() => chars[at] = ALPHABET[self.below(ALPHABET.len())],
                3 => drop(chars.drain(at..(at + self.below(6)).min(chars.len()))),
                _ => {
                    let from = self.below(chars.len());
                    let to = (from + self.below(20)).min(chars.len());
                    let piece = chars[from..to].to_vec();
                    chars.splice(at..at, piece);
                }
            }
        }
        chars.into_iter().collect()
    }
}

/// Whether both parsers read a notation alike: brackets and quotes that go on over several lines are read by one alone.
fn is_common(text: &str) -> bool {
    let quotes_are_closed = |line: &str| {
        ['\'', '"'].iter().all(|quote| line.matches(*quote).count() % 2 == 0)
            && line.matches(['[', '{']).count() == line.matches([']', '}']).count()
    };
    !text.contains(['\t', '?', '#']) && text.lines().all(quotes_are_closed)
}

#[test]
fn mutations_mean_what_serde_yaml_reads_and_keep_spans_in_the_text() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut read, mut bad_ones) = (0, 0);
    for round in 0..4_000 {
        let text = random.mutate(SEEDS[round % SEEDS.len()]);
        let document = YamlDocument::read(&text, 1);
        let whole = document.parse::<Extra>();
        if is_common(&text)
            && whole.problems.is_empty()
            && let Ok(expected) = serde_yaml::from_str::<serde_json::Value>(&text)
        {
            read += 1;
            assert_eq!(whole.value, Extra(expected), "{text:?}");
        }
        let parsed = parse::<Article>(&text);
        bad_ones += usize::from(!parsed.problems.is_empty());
        for problem in &parsed.problems {
            let related = problem.related.iter().map(|(_, span)| span);
            for span in related.chain([&problem.span]) {
                let slice = text.get(span.clone());
                let slice = slice.unwrap_or_else(|| panic!("{span:?} of {text:?}"));
                assert!(!slice.is_empty(), "{problem:?} of {text:?}");
                assert!(!slice.trim_end_matches('\n').contains('\n'), "{problem:?} of {text:?}");
            }
        }
        shown(&text, &parsed);
        let problems = parsed.problems.iter().map(|problem| &problem.path);
        for path in parsed.failed.iter().chain(problems) {
            if let Some(place) = document.locate(path) {
                for span in [&place.value].into_iter().chain(&place.key) {
                    assert!(text.get(span.clone()).is_some(), "{path} of {text:?}");
                }
            }
        }
    }
    assert!(read > 300 && bad_ones > 500, "{read} and {bad_ones}");
}
