//! Text as names are compared: one kind of space, apostrophe, quotation mark and hyphen, no diacritics.
//!
//! A folded text remembers where each of its characters came from. Two forms of it are kept, with the same offsets:
//! one with the case that was written, and one in lower case, in which names are looked for.

use unicode_normalization::char::{compose, decompose_canonical};

/// Stands for what is no prose: a link, code, a figure. It is neither letter nor space, so no name goes across it.
pub(super) const BARRIER: char = '\u{FFFC}';

/// The same in UTF-8.
pub(super) const BARRIER_BYTES: &[u8] = "\u{FFFC}".as_bytes();

/// A folded text.
#[derive(Debug, Default)]
pub(super) struct Folded {
    cased: String,
    lower: String,
    /// Where characters came from: from each offset on, up to the next entry, one byte is one byte of the source.
    sources: Vec<FoldedOrigin>,
}

/// A place of a folded text, and where it came from.
#[derive(Debug, Clone, Copy)]
struct FoldedOrigin {
    /// The offset in the folded text.
    at: u32,
    /// What the source is a part of, as its writer counts.
    part: u32,
    /// The offset there.
    from: u32,
}

impl Folded {
    /// A folded text that came from nowhere.
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self::default();
        folded.push(0, 0, text);
        folded.finish();
        folded
    }

    /// Forgets everything but the buffers.
    pub(super) fn clear(&mut self) {
        self.cased.clear();
        self.lower.clear();
        self.sources.clear();
    }

    /// Adds text that begins at an offset of a part.
    pub(super) fn push(&mut self, part: u32, from: u32, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let plain = plain_run(&bytes[at..], self.cased.ends_with(' '));
            if plain > 0 {
                self.origin(part, from + at as u32);
                self.cased.push_str(&text[at..at + plain]);
                at += plain;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            self.origin(part, from + at as u32);
            self.fold(c);
            at += c.len_utf8();
        }
    }

    /// Adds one character that stands for more in the source: `&` for `&amp;`.
    pub(super) fn push_char(&mut self, part: u32, from: u32, c: char) {
        self.origin(part, from);
        self.fold(c);
    }

    /// Adds a barrier.
    pub(super) fn barrier(&mut self) {
        if !self.cased.ends_with(BARRIER) {
            self.origin(u32::MAX, 0);
            self.cased.push(BARRIER);
        }
    }

    /// Makes the form in lower case: the text is whole.
    pub(super) fn finish(&mut self) {
        self.lower.clear();
        self.lower.push_str(&self.cased);
        if self.cased.is_ascii() {
            self.lower.make_ascii_lowercase();
            return;
        }
        self.lower.clear();
        let mut rest = self.cased.as_str();
        while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
            self.lower.push_str(&rest[..at]);
            let Some(c) = rest[at..].chars().next() else { break };
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                // Both forms have the same offsets; the few letters that would move them keep their case.
                (Some(small), None) if small.len_utf8() == c.len_utf8() => self.lower.push(small),
                _ => self.lower.push(c),
            }
            rest = &rest[at + c.len_utf8()..];
        }
        self.lower.push_str(rest);
        self.lower.make_ascii_lowercase();
    }

    /// The text with the case that was written.
    pub(super) fn cased(&self) -> &str {
        &self.cased
    }

    /// The text in lower case, with the same offsets.
    pub(super) fn lower(&self) -> &str {
        &self.lower
    }

    /// How many bytes the text has.
    pub(super) fn len(&self) -> usize {
        self.cased.len()
    }

    /// Where the character at an offset came from: the part, and the offset there.
    pub(super) fn source(&self, at: usize) -> (u32, u32) {
        let entry = self.sources.partition_point(|source| source.at as usize <= at);
        let Some(source) = entry.checked_sub(1).map(|entry| self.sources[entry]) else {
            return (u32::MAX, 0);
        };
        (source.part, source.from.saturating_add(at as u32 - source.at))
    }

    fn origin(&mut self, part: u32, from: u32) {
        let at = self.cased.len() as u32;
        if let Some(last) = self.sources.last()
            && last.part == part
            && part != u32::MAX
            && last.from + (at - last.at) == from
        {
            return;
        }
        match self.sources.last_mut() {
            Some(last) if last.at == at => *last = FoldedOrigin { at, part, from },
            _ => self.sources.push(FoldedOrigin { at, part, from }),
        }
    }

    fn fold(&mut self, c: char) {
        match c {
            // A soft hyphen, and what joins or parts letters without being seen.
            '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
            '\u{300}'..='\u{36F}' => {}
            '‘' | '’' | 'ʼ' | '′' => self.cased.push('\''),
            '“' | '”' | '„' | '«' | '»' => self.cased.push('"'),
            '–' | '‐' | '\u{2011}' | '−' => self.cased.push('-'),
            c if c.is_whitespace() => {
                if !self.cased.ends_with(' ') {
                    self.cased.push(' ');
                }
            }
            c if c < '\u{2000}' && !c.is_ascii() => decompose_canonical(c, |part| {
                if !('\u{300}'..='\u{36F}').contains(&part) {
                    self.cased.push(part);
                }
            }),
            c if c >= '\u{1100}' => {
                // Kana and Hangul whose parts were written one by one.
                let whole = self.cased.chars().next_back().and_then(|last| compose(last, c));
                match whole {
                    Some(whole) => {
                        self.cased.pop();
                        self.cased.push(whole);
                    }
                    None => self.cased.push(c),
                }
            }
            c => self.cased.push(c),
        }
    }
}

/// How many bytes stay as they are: ASCII without a second space, a line break or a tab.
fn plain_run(bytes: &[u8], after_space: bool) -> usize {
    let mut space = after_space;
    let mut run = 0;
    // Chunks are read whole, so that many bytes are compared at once.
    for chunk in bytes.chunks_exact(32) {
        let plain = chunk.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
        let pairs = chunk.iter().zip(&chunk[1..]);
        let twice = pairs.fold(false, |twice, (a, b)| twice | ((*a == b' ') & (*b == b' ')));
        if !plain || twice || (space && chunk[0] == b' ') {
            break;
        }
        space = chunk[31] == b' ';
        run += 32;
    }
    for (at, byte) in bytes.iter().enumerate().skip(run) {
        match byte {
            b' ' if space => return at,
            b' ' => space = true,
            b'!'..=b'~' => space = false,
            _ => return at,
        }
    }
    bytes.len()
}

/// A text with its diacritics, but for the signs that have two forms: what tells García from Garcia.
pub(super) fn accented(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
            '‘' | '’' | 'ʼ' | '′' => out.push('\''),
            '–' | '‐' | '\u{2011}' | '−' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is written without spaces around words: Han, Kana, Hangul.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}'
        | '\u{3130}'..='\u{318F}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character is a part of a word in a script with spaces.
pub(super) fn is_word(c: char) -> bool {
    (c.is_alphanumeric() || c == '_') && !is_cjk(c)
}

#[cfg(test)]
mod tests {
    use super::{BARRIER, Folded, accented};

    #[test]
    fn one_form_for_what_is_the_same() {
        for (text, cased, lower) in [
            ("Marco Rubio", "Marco Rubio", "marco rubio"),
            ("Marco\n  Rubio\u{A0}x", "Marco Rubio x", "marco rubio x"),
            ("Shinzō Abe’s", "Shinzo Abe's", "shinzo abe's"),
            ("Garci\u{301}a – “x”", "Garcia - \"x\"", "garcia - \"x\""),
            ("か\u{3099}日本", "が日本", "が日本"),
            ("Tür\u{AD}kiye", "Turkiye", "turkiye"),
            ("İZMİR Ø", "IZMIR Ø", "izmir ø"),
        ] {
            let folded = Folded::of(text);
            assert_eq!((folded.cased(), folded.lower()), (cased, lower), "{text}");
        }
        assert_eq!(accented("Garci\u{301}a’s"), "García's");
    }

    #[test]
    fn every_character_knows_its_source() {
        let mut folded = Folded::default();
        folded.push(3, 10, "a “b” ō c");
        folded.barrier();
        folded.push(4, 0, "d");
        folded.finish();
        assert_eq!(folded.cased(), format!("a \"b\" o c{BARRIER}d"));
        let of = |c: char| folded.source(folded.cased().find(c).expect("it is there"));
        assert_eq!(of('a'), (3, 10));
        assert_eq!(of('b'), (3, 15));
        assert_eq!(of('o'), (3, 20));
        assert_eq!(of('c'), (3, 23));
        assert_eq!(of('d'), (4, 0));
        assert_eq!(of(BARRIER).0, u32::MAX);
    }
}
