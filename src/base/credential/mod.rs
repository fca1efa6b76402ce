//! What a service's access token looks like: one table for whatever must not hold one.

mod forms;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::work;

use forms::{ANY, FORMS, Signs, TokenBody, TokenForm};

/// Every beginning of a form, looked for at once.
static STARTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(FORMS.iter().map(|form| form.start)).expect("the table is small")
});

/// Whose access token some bytes hold, such as "GitHub"; linear in their length.
pub fn token_in(bytes: &[u8]) -> Option<&'static str> {
    let found = |at: aho_corasick::Match| {
        let form = &FORMS[at.pattern().as_usize()];
        form.is_at(bytes, at.start(), at.end()).then_some(form.service)
    };
    STARTS.find_overlapping_iter(bytes).find_map(found)
}

/// Whether a text is an address with a password in it: `https://me:word@host/`.
pub fn has_password(text: &str) -> bool {
    text.split_once("://").is_some_and(|(_, rest)| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
    })
}

/// Bits of information in each byte, as its own frequencies tell: 0 for `aaaa`, 4 for random hexadecimal digits.
pub fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let len = bytes.len() as f64;
    let part = |count: &u32| {
        let share = f64::from(*count) / len;
        -share * share.log2()
    };
    counts.iter().filter(|count| **count > 0).map(part).sum()
}

impl TokenForm {
    /// Whether a token of this form begins at `start`, where `body` is the end of its fixed beginning.
    fn is_at(&self, bytes: &[u8], start: usize, body: usize) -> bool {
        let before = start.checked_sub(1).map(|at| bytes[at]);
        let is_plain = self.start.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_joined = |byte: u8| {
            // Base64, as in a picture, has any few letters after one of its signs.
            byte.is_ascii_alphanumeric() || is_plain && self.is_like_data() && b"+/".contains(&byte)
        };
        if before.is_some_and(is_joined) && !self.is_within() {
            return false;
        }
        match self.body {
            TokenBody::Run { of, least, most, bits } => {
                // One more than there may be says that there are too many.
                let window = if most == ANY { least } else { most + 1 };
                let window = &bytes[body..bytes.len().min(body + window)];
                work::step(window.len());
                let run = &window[..window.iter().take_while(|byte| of.has(**byte)).count()];
                let varied = run.iter().any(|byte| *byte != run[0]);
                (least..=most).contains(&run.len()) && varied && entropy(run) >= bits
            }
            TokenBody::Parts(parts) => {
                let mut rest = &bytes[body..];
                parts.iter().all(|(of, least, most)| {
                    let len = rest.iter().take(most + 1).take_while(|b| of.has(**b)).count();
                    work::step(len);
                    rest = &rest[len..];
                    (*least..=*most).contains(&len)
                })
            }
            TokenBody::Check(check) => check(bytes, start, body),
        }
    }

    /// Whether what follows has the signs of base64 and no more structure than that.
    fn is_like_data(&self) -> bool {
        matches!(self.body, TokenBody::Run { of: Signs::Plain | Signs::Dashed | Signs::Base64, .. })
    }

    /// Whether the fixed part may stand after a letter, because it is no beginning.
    fn is_within(&self) -> bool {
        matches!(self.body, TokenBody::Check(_))
            || !self.start.starts_with(|c: char| c.is_ascii_alphanumeric())
    }
}

#[cfg(test)]
mod tests {
    use super::{entropy, has_password, token_in};

    #[test]
    fn forms_end_where_their_services_end_them() {
        let digits = "0123456789abcdef";
        for (text, whose) in [
            (format!("x=ghp_{}", "a1".repeat(18)), Some("GitHub")),
            (format!("{}{}", "AKIA", "IOSFODNN7EXAMPLE"), Some("AWS")),
            (format!("{}{}", "AKIA", "IOSFODNN7EXAMPLES"), None),
            (format!("ghp_{}", "x".repeat(36)), None),
            (format!("aghp_{}", "a1".repeat(18)), None),
            (format!("dop_v1_{}", digits.repeat(4)), Some("DigitalOcean")),
            (format!("dop_v1_{}", "g".repeat(64)), None),
            ("tokens begin with ghp_ and AKIA".into(), None),
            (String::new(), None),
        ] {
            assert_eq!(token_in(text.as_bytes()), whose, "{text}");
        }
    }

    #[test]
    fn passwords_in_addresses() {
        assert!(has_password("https://me:word@host/"));
        for text in ["git@host:me/site.git", "ssh://me@host:22/x", "https://host/a:b@c"] {
            assert!(!has_password(text), "{text}");
        }
    }

    #[test]
    fn bits() {
        assert!(entropy(b"aaaa").abs() < 1e-9);
        assert!((entropy(b"abcd") - 2.0).abs() < 1e-9);
    }
}
