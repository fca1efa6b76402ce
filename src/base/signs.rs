//! Which signs a text has.
//!
//! Most rules of a text or a URL cannot concern it without a sign that few have. All of them are looked for in one pass: a
//! search for each costs more than the rules themselves where texts are short, as the paragraphs of a page and its URLs are.

/// The signs that rules ask for, of those that a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signs(u32);

/// Each with a bit of its own, but for the last bit: that of all bytes that are not of ASCII.
const KNOWN: &[u8; 21] = b"\t\n\r!\"#%&'*-:<=?[\\^{|~";

const NO_ASCII: u32 = 1 << KNOWN.len();

/// The bit of each byte; none of most.
static BITS: [u32; 256] = {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < bits.len() {
        bits[byte] = if byte < 128 { 0 } else { NO_ASCII };
        byte += 1;
    }
    let mut number = 0;
    while number < KNOWN.len() {
        bits[KNOWN[number] as usize] = 1 << number;
        number += 1;
    }
    bits
};

impl Signs {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |signs, byte| signs | BITS[byte as usize]))
    }

    /// Whether the text has one of some signs, each of which is of those that are asked for.
    pub const fn any(self, signs: &[u8]) -> bool {
        let (mut bits, mut at) = (0, 0);
        while at < signs.len() {
            let bit = BITS[signs[at] as usize];
            debug_assert!(bit != 0);
            bits |= bit;
            at += 1;
        }
        self.0 & bits != 0
    }

    /// Whether the text has nothing but ASCII.
    pub const fn is_ascii(self) -> bool {
        self.0 & NO_ASCII == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Signs};

    #[test]
    fn each_sign_is_told_apart() {
        for sign in KNOWN {
            let text = format!("a{}b", *sign as char);
            for other in KNOWN {
                assert_eq!(Signs::of(&text).any(&[*other]), sign == other, "{text:?}");
            }
            assert!(Signs::of(&text).is_ascii());
        }
        assert!(!Signs::of("é").is_ascii());
        assert!(!Signs::of("plain (text), 12/3.").any(KNOWN));
    }
}
