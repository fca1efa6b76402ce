//! Random edits: both paths agree, and no span leaves the text.

use super::super::{parse_fast, parse_slowly, scan};
use super::{Article, shown};
use crate::yaml::Locator;

/// Documents that mutations start from: what authors write, and every notation for a scalar.
const SEEDS: &[&str] = &[
    "title: Japan\nsummary: One line\nstatus: draft\norder: 3\nshare: 2.5\nautolink: true\n\
     topics: [defence, 404]\nplayers:\n  - japan\n  - player: us\n    roles: [host, guest]\n    weight: 2\n",
    "facts:\n  request:\n    value: 3.5\n    unit: \"%\"\n  range:\n    value: {low: 1, high: \"2.50\"}\n\
     ids: {viaf: 12, loc: no}\nimage: {src: a.png}\n",
    "title: 'it''s'\nsummary: >-\n  Folded\n  text\n\n  and more\nextra:\n  a: [1, -2.5, yes, null]\n\
     \x20 b: |\n    literal\n     text\n  c: \"\\u00e9 \\\"x\\\"\"\nplain:\n- a\n- b c\n",
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

#[test]
fn mutations_agree_on_both_paths_and_keep_spans_in_the_text() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut fast_ones, mut bad_ones) = (0, 0);
    for round in 0..4_000 {
        let text = random.mutate(SEEDS[round % SEEDS.len()]);
        let slow = parse_slowly::<Article>(&text, 1);
        if scan::is_simple(&text)
            && let Some(fast) = parse_fast::<Article>(&text)
        {
            fast_ones += 1;
            assert_eq!(fast, slow.value, "{text:?}");
            assert_eq!(shown(&text, &slow), "", "{text:?}");
        }
        bad_ones += usize::from(!slow.problems.is_empty());
        for problem in &slow.problems {
            let related = problem.related.iter().map(|(_, span)| span);
            for span in related.chain([&problem.span]) {
                let slice = text.get(span.clone());
                let slice = slice.unwrap_or_else(|| panic!("{span:?} of {text:?}"));
                assert!(!slice.is_empty(), "{problem:?} of {text:?}");
                assert!(!slice.trim_end_matches('\n').contains('\n'), "{problem:?} of {text:?}");
            }
        }
        let locator = Locator::new(&text);
        for path in slow.failed.iter().chain(slow.problems.iter().map(|problem| &problem.path)) {
            if let Some(place) = locator.locate(path) {
                for span in [&place.value, &place.item].into_iter().chain(&place.key) {
                    assert!(text.get(span.clone()).is_some(), "{path} of {text:?}");
                }
            }
        }
    }
    assert!(fast_ones > 300 && bad_ones > 500, "{fast_ones} and {bad_ones}");
}
