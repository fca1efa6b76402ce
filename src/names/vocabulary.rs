//! Which words a document has, in a kilobyte or two: enough to pass over most documents that a name does not concern.
//!
//! A Bloom filter with three hash functions: it never denies a word that is there, and hardly ever affirms one that is
//! not: texts of one site share most of their words, so that what one of them affirms by mistake nearly all do. A form of
//! a name stands between signs that are no letters, so its words are words of the text, whatever they are joined to
//! there.

use rustc_hash::FxHashSet;

use super::fold::{Folded, is_cjk, is_word};
use super::lexicon::Lexicon;
use super::tokens::{Token, tokens};

/// Words of 64 bits while words are gathered: 2 KB.
const WORDS: usize = 256;

/// One bit of so many is set at most: of a hundred words that are not there, two are affirmed.
const FULL: u32 = 4;

/// The words of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordFilter(Box<[u64]>);

/// A document's words, while they are gathered.
pub(super) struct WordFilterBuilder([u64; WORDS]);

impl WordFilterBuilder {
    pub(super) fn new() -> Self {
        Self([0; WORDS])
    }

    pub(super) fn add(&mut self, tokens: &[Token<'_>], lexicon: &Lexicon) {
        let mut add = |key: u32| {
            for (word, bit) in places(key, WORDS) {
                self.0[word] |= bit;
            }
        };
        for token in tokens {
            if token.is_plain {
                add(token.key);
            } else {
                keys(token.word, &mut add);
            }
            if lexicon.has_affixes() {
                stems(token.word, lexicon, &mut add);
            }
        }
    }

    /// In as little space as the words need: a filter of half the size is one half laid over the other.
    pub(super) fn finish(&self) -> WordFilter {
        let mut bits = self.0.to_vec();
        while let (low, high) = bits.split_at(bits.len() / 2)
            && let Some(half) = halved(low, high)
        {
            bits = half;
        }
        WordFilter(bits.into())
    }
}

/// Some words: whether a word is one of them, by its key.
#[derive(Debug, Default)]
pub(super) struct Filter(Vec<u64>);

impl Filter {
    pub(super) fn new<'w>(words: impl ExactSizeIterator<Item = &'w str>) -> Self {
        let mut bits = vec![0; (words.len() / 4).next_power_of_two()];
        for word in words {
            let (word, bit) = place(key(word), bits.len());
            bits[word] |= bit;
        }
        Self(bits)
    }

    /// Whether a word with this key may be one of them.
    pub(super) fn may_have(&self, key: u32) -> bool {
        let (word, bit) = place(key, self.0.len());
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// The longest word of each of some phrases: a text without any of them has none of the phrases.
///
/// It is the rarest, as a rule: most blocks of a text need not be searched for names.
#[derive(Debug, Default)]
pub(super) struct Longest {
    keys: FxHashSet<u32>,
    /// The same, asked first.
    filter: Filter,
}

impl Longest {
    pub(super) fn new<'p>(phrases: impl Iterator<Item = &'p str>) -> Self {
        let mut longest: Vec<String> = Vec::new();
        for phrase in phrases {
            let folded = Folded::of(phrase);
            let mut words: Vec<String> = Vec::new();
            for token in tokens(&folded) {
                parts(token.word, &mut |part| words.push(part.to_owned()));
            }
            longest.extend(words.into_iter().max_by_key(String::len));
        }
        Self {
            filter: Filter::new(longest.iter().map(String::as_str)),
            keys: longest.iter().map(|word| key(word)).collect(),
        }
    }

    /// Whether one of the words is among those of a text.
    pub(super) fn any(&self, tokens: &[Token<'_>], lexicon: &Lexicon) -> bool {
        let has = |key: u32| self.filter.may_have(key) && self.keys.contains(&key);
        let mut found = false;
        tokens.iter().any(|token| {
            match token.is_plain {
                true => found |= has(token.key),
                false => keys(token.word, &mut |key| found |= has(key)),
            }
            if lexicon.has_affixes() {
                stems(token.word, lexicon, &mut |key| found |= has(key));
            }
            found
        })
    }
}

fn halved(low: &[u64], high: &[u64]) -> Option<Vec<u64>> {
    if low.is_empty() {
        return None;
    }
    let half: Vec<u64> = low.iter().zip(high).map(|(low, high)| low | high).collect();
    let set: u32 = half.iter().map(|word| word.count_ones()).sum();
    (set * FULL <= half.len() as u32 * u64::BITS).then_some(half)
}

impl WordFilter {
    /// Whether all these words may be there.
    pub(super) fn may_have(&self, keys: &[u32]) -> bool {
        // Nothing is known of a document whose words were never gathered.
        self.0.is_empty()
            || keys.iter().all(|key| {
                places(*key, self.0.len()).into_iter().all(|(word, bit)| self.0[word] & bit != 0)
            })
    }
}

/// The places of a key in a filter of so many words of 64 bits, a power of two.
fn places(key: u32, words: usize) -> [(usize, u64); 3] {
    [0, 11, 22].map(|by| place(key.rotate_left(by), words))
}

/// The place of a key in a filter of so many words of 64 bits, a power of two.
fn place(key: u32, words: usize) -> (usize, u64) {
    let bit = key as usize & (words * 64).wrapping_sub(1);
    (bit / 64, 1 << (bit % 64))
}

/// A key in the making.
pub(super) const START: u64 = 0x243F_6A88_85A3_08D3;

/// A key with up to eight bytes more, as a number in which the first is the lowest; where there are fewer, zeros follow.
///
/// The halves of a product, one laid over the other, mix every bit with every other in one multiplication. Most words
/// have no more than eight letters.
pub(super) fn step(hash: u64, eight: u64) -> u64 {
    let product = u128::from(hash ^ eight) * 0x9E37_79B9_7F4A_7C15;
    (product as u64) ^ (product >> 64) as u64
}

/// A key that is made: a filter takes the last bits alone.
pub(super) fn end(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

/// The key of a word as a whole.
pub(super) fn key(word: &str) -> u32 {
    end(word.as_bytes().chunks(8).fold(START, |hash, bytes| step(hash, eight(bytes))))
}

/// The first eight bytes as a number, the first lowest; zeros where there are fewer.
pub(super) fn eight(bytes: &[u8]) -> u64 {
    if let Some(first) = bytes.first_chunk() {
        return u64::from_le_bytes(*first);
    }
    let mut first = [0; 8];
    first[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(first)
}

/// The keys of the parts of a word.
pub(super) fn keys(word: &str, each: &mut dyn FnMut(u32)) {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return each(key(word));
    }
    parts(word, &mut |part| each(key(part)));
}

/// The keys of the parts of a word of a text, without what is written in one word with a name.
fn stems(word: &str, lexicon: &Lexicon, each: &mut dyn FnMut(u32)) {
    parts(word, &mut |part| lexicon.stems(part, &mut |stem| each(key(stem))));
}

/// The parts of a word: what stands between hyphens and other signs. Each character of a script without spaces is a
/// part of its own, and a full stop between letters is none (U.S. is us).
fn parts(word: &str, each: &mut dyn FnMut(&str)) {
    let mut part = String::new();
    let mut chars = word.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        if is_word(c) {
            part.push(c);
        } else {
            let next = chars.peek().copied().unwrap_or(' ');
            let inside = c == '.' && before.is_alphanumeric() && next.is_alphanumeric();
            if !inside && !part.is_empty() {
                each(&part);
                part.clear();
            }
            if is_cjk(c) {
                each(c.encode_utf8(&mut [0; 4]));
            }
        }
        before = c;
    }
    if !part.is_empty() {
        each(&part);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::super::lexicon::Lexicon;
    use super::super::tokens::tokens;
    use super::{Longest, WordFilterBuilder, key, keys};

    fn of(text: &str) -> Vec<u32> {
        let folded = Folded::of(text);
        let mut found = Vec::new();
        tokens(&folded).iter().for_each(|token| keys(token.word, &mut |key| found.push(key)));
        found
    }

    #[test]
    fn every_word_that_is_there_is_affirmed_and_most_others_are_denied() {
        let text = "The U.S.-Japan talks (Rubio’s plan) met 岩屋毅外相 in the state of O'Neil";
        let folded = Folded::of(text);
        let mut gathered = WordFilterBuilder::new();
        gathered.add(&tokens(&folded), Lexicon::english());
        let vocabulary = gathered.finish();
        for there in ["US", "U.S.", "Japan", "rubio", "Rubio's", "plan", "岩屋毅", "Neil", "O’Neil"]
        {
            assert!(vocabulary.may_have(&of(there)), "{there}");
        }
        let others = (0..1000).map(|number| format!("word{number}"));
        let affirmed = others.filter(|word| vocabulary.may_have(&of(word))).count();
        assert!(affirmed < 60, "{affirmed} of 1000");
        assert!(vocabulary.0.len() <= 8, "{}", vocabulary.0.len());
    }

    #[test]
    fn the_longest_word_of_a_phrase_tells_of_it() {
        let longest =
            Longest::new(["marco rubio", "u.s.", "jean-claude", "岩屋毅", "rubio"].into_iter());
        let any = |text: &str| longest.any(&tokens(&Folded::of(text)), Lexicon::english());
        for there in
            ["He met Marco Rubio.", "Rubio’s", "the U.S.-led", "O-Claude", "会談で岩屋毅外相"]
        {
            assert!(any(there), "{there}");
        }
        for other in ["Jean met us all", "Marco", "Rubios", "外相", ""] {
            assert_eq!(any(other), other.contains(" us "), "{other}");
        }
    }

    /// A filter takes the last bits of a key: words with one ending, as families of names have, must differ there.
    #[test]
    fn words_with_one_ending_differ() {
        let starts = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}{b}")));
        let keys: Vec<u32> = starts.map(|start| key(&format!("{start}stonefeld"))).collect();
        let last: std::collections::BTreeSet<u32> = keys.iter().map(|key| key & 0x3FF).collect();
        assert!(last.len() > 400, "{} of {} places", last.len(), keys.len());
    }

    #[test]
    fn parts_of_words() {
        assert_eq!(of("U.S.-led"), of("us led"));
        assert_eq!(of("Jean-Claude"), of("jean claude"));
        assert_eq!(of("日本NHK"), of("日 本 nhk"));
        assert_ne!(of("japan"), of("japans"));
    }
}
