//! "Did you mean" for what a reader may not be able to tell apart.

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// What to say of a text that may be a slip of another: the question, or, where the two look alike, which character
/// is another one.
pub fn did_you_mean(written: &str, near: &str) -> String {
    match difference(written, near) {
        Some(difference) => format!("it looks like `{near}`, but {difference}: retype it"),
        None => format!("did you mean `{near}`?"),
    }
}

/// The text in ASCII that looks like another, if there is one: an `а` of Cyrillic is an `a`.
pub fn in_ascii(written: &str) -> Option<String> {
    let mut text = String::new();
    for c in written.chars().filter(|c| !is_unseen(*c)) {
        match c.is_ascii() {
            true => text.push(c),
            false => {
                let seen: String = skeleton(c.encode_utf8(&mut [0; 4])).collect();
                text.push_str(Some(seen).filter(|seen| seen.is_ascii())?.as_str());
            }
        }
    }
    (text != written).then_some(text)
}

/// How two texts differ that look alike; none for texts that a reader can tell apart.
fn difference(written: &str, near: &str) -> Option<String> {
    if written.is_ascii() && near.is_ascii() || look(written) != look(near) {
        return None;
    }
    let place = |at: usize| at + 1;
    let mut both = written.chars().zip(near.chars());
    let Some(at) = both.position(|(one, other)| one != other) else {
        // One of them goes on.
        let (short, long) = (near.chars().count(), written.chars().count());
        let more = written.chars().nth(short);
        return Some(match more {
            Some(c) => format!("character {} is {}", place(short), name(c)),
            None => format!("{} is missing after character {long}", name(near.chars().nth(long)?)),
        });
    };
    let (one, other) = (written.chars().nth(at)?, near.chars().nth(at)?);
    if written.nfc().eq(near.nfc()) {
        return Some(format!(
            "its letters are composed differently: character {} is {}",
            place(at),
            name(one)
        ));
    }
    Some(match (is_unseen(one), is_unseen(other)) {
        (true, false) => format!("character {} is {}, which is invisible", place(at), name(one)),
        (false, true) => format!("{} is missing before character {}", name(other), place(at)),
        _ => format!("character {} is {}, not {}", place(at), name(one), name(other)),
    })
}

/// What a reader sees of a text.
fn look(text: &str) -> String {
    let seen = text.nfkc().filter(|c| !is_unseen(*c)).collect::<String>();
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    skeleton(&seen).collect()
}

/// Whether a character leaves no mark.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// A character by its number, and as it looks if it can be shown.
fn name(c: char) -> String {
    match c.is_alphanumeric() || c.is_ascii_graphic() && c != '`' {
        true => format!("U+{:04X} ({c})", u32::from(c)),
        false => format!("U+{:04X}", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, in_ascii};

    #[test]
    fn texts_that_look_like_ascii() {
        for (written, ascii) in [
            ("j\u{430}pan", Some("japan")),
            ("japan\u{200b}", Some("japan")),
            ("two\u{2010}plus", Some("two-plus")),
            ("россия", None),
            ("caf\u{e9}", None),
            ("japan", None),
        ] {
            assert_eq!(in_ascii(written).as_deref(), ascii, "{written:?}");
        }
    }

    #[test]
    fn what_a_reader_can_tell_apart_is_asked_for() {
        for (written, near) in [
            ("jpan", "japan"),
            ("marco-rubo", "marco-rubio"),
            ("rnarco", "marco"),
            ("café", "cafe"),
        ] {
            assert_eq!(did_you_mean(written, near), format!("did you mean `{near}`?"));
        }
    }

    #[test]
    fn what_looks_alike_is_told_apart() {
        for (written, near, says) in [
            ("j\u{430}pan", "japan", "character 2 is U+0430 (\u{430}), not U+0061 (a)"),
            ("\u{455}tatus", "status", "character 1 is U+0455 (\u{455}), not U+0073 (s)"),
            ("jap\u{200b}an", "japan", "character 4 is U+200B, which is invisible"),
            ("japan\u{200b}", "japan", "character 6 is U+200B"),
            ("\u{feff}japan", "japan", "character 1 is U+FEFF, which is invisible"),
            ("ja\u{ad}pan", "japan", "character 3 is U+00AD, which is invisible"),
            ("ｊapan", "japan", "character 1 is U+FF4A (ｊ), not U+006A (j)"),
            ("caf\u{e9}", "cafe\u{301}", "its letters are composed differently"),
            ("cafe\u{301}", "caf\u{e9}", "its letters are composed differently"),
            ("two\u{2010}plus", "two-plus", "character 4 is U+2010, not U+002D (-)"),
            ("a\u{a0}b", "a b", "character 2 is U+00A0, not U+0020"),
            ("japan", "japa\u{200b}n", "U+200B is missing before character 5"),
            ("japan", "japan\u{200b}", "U+200B is missing after character 5"),
            ("\u{39f}\u{39f}", "OO", "character 1 is U+039F"),
        ] {
            let said = did_you_mean(written, near);
            assert!(
                said.contains(says) && !said.contains("did you mean"),
                "{written:?} {near:?}: {said}"
            );
        }
    }
}
