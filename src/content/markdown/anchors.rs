//! The ids that content gives to places of a page.
//!
//! Ids are public URLs, so they are derived from a text alone and never from what another file says. Ids that begin
//! with `b-` belong to templates, those with `fn-` and `fnref-` to footnotes.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The ids used on one page, shared by its body and its answers.
#[derive(Debug, Default)]
pub struct Anchors {
    /// Each id with the number that its next repeat tries first.
    used: FxHashMap<Arc<str>, u32>,
}

/// The id is already used on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnchorTaken;

/// Why a text cannot be an id; `Display` is the end of a sentence that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidAnchor {
    /// It has a character other than letters, digits, `-`, `_` and `.`, or none at all.
    Alphabet,
    /// It begins as the ids of templates and footnotes do.
    Reserved,
}

impl Anchors {
    /// Makes an id of a text: lower case, letters and digits kept, apostrophes dropped, everything else one `-`; repeats
    /// get `-2`, `-3`.
    pub fn derive(&mut self, text: &str) -> Arc<str> {
        let mut id = slug(text);
        if is_reserved(&id) {
            id.insert_str(0, "s-");
        }
        self.number(id)
    }

    /// Takes an id that an author chose, in normal form C. Whether it may be one is [`check_anchor`]'s question.
    ///
    /// # Errors
    /// [`AnchorTaken`] when the page already has it.
    pub fn claim(&mut self, id: &str) -> Result<Arc<str>, AnchorTaken> {
        let id: Arc<str> = if is_nfc(id) { id.into() } else { id.nfc().collect::<String>().into() };
        if self.used.contains_key(&id) {
            return Err(AnchorTaken);
        }
        Ok(self.take(id))
    }

    /// Takes the id of a footnote or of a reference to one; `prefix` is `fn` or `fnref`.
    pub(super) fn footnote(&mut self, prefix: &str, name: &str) -> Arc<str> {
        self.number(format!("{prefix}-{}", slug(name)))
    }

    fn number(&mut self, id: String) -> Arc<str> {
        let Some(next) = self.used.get_mut(id.as_str()) else { return self.take(id.into()) };
        let mut number = *next;
        let free = loop {
            let mut candidate = format!("{id}-{number}");
            number += 1;
            if is_reserved(&candidate) && !is_reserved(&id) {
                candidate.insert_str(0, "s-");
            }
            if !self.used.contains_key(candidate.as_str()) {
                break candidate;
            }
        };
        self.used.insert(id.into(), number);
        self.take(free.into())
    }

    fn take(&mut self, id: Arc<str>) -> Arc<str> {
        self.used.insert(Arc::clone(&id), 2);
        id
    }
}

/// Whether a text may be the id of a place: letters, digits, `-`, `_` and, between them, `.`, in no reserved range.
///
/// # Errors
/// [`InvalidAnchor`] says why not.
pub fn check_anchor(id: &str) -> Result<(), InvalidAnchor> {
    let known =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || is_combining_mark(c);
    if id.is_empty() || !id.chars().all(known) || id.starts_with('.') || id.ends_with('.') {
        Err(InvalidAnchor::Alphabet)
    } else if is_reserved(id) {
        Err(InvalidAnchor::Reserved)
    } else {
        Ok(())
    }
}

fn is_reserved(id: &str) -> bool {
    id.starts_with("b-") || id.starts_with("fn-") || id.starts_with("fnref-")
}

/// `section` when nothing of the text can stay.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut keep = |c: char| {
        // A mark belongs to the letter before it: without it, words of many scripts fall apart.
        if c.is_alphanumeric() || (is_combining_mark(c) && !slug.is_empty() && !slug.ends_with('-'))
        {
            slug.push(c);
        } else if matches!(c, '\'' | '’') {
            // `What's new` is `whats-new`, as on most of the web.
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    };
    if text.is_ascii() {
        text.chars().for_each(|c| keep(c.to_ascii_lowercase()));
    } else {
        text.chars().flat_map(char::to_lowercase).nfc().for_each(keep);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".into() } else { slug }
}

impl fmt::Display for InvalidAnchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Alphabet => "may have only letters, digits, `-` and `_`, and `.` between them",
            Self::Reserved => "may not begin with `b-`, `fn-` or `fnref-`",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{AnchorTaken, Anchors, InvalidAnchor, check_anchor};

    #[test]
    fn derived() {
        for (text, id) in [
            ("What was planned?", "what-was-planned"),
            ("  Japan’s 1 % limit ", "japans-1-limit"),
            ("What's new", "whats-new"),
            ("'Tis the '90s", "tis-the-90s"),
            ("L'État", "létat"),
            ("''", "section"),
            ("B-52 bombers", "s-b-52-bombers"),
            ("FN 35", "s-fn-35"),
            ("日本の防衛費", "日本の防衛費"),
            ("E\u{301}TAT", "état"),
            ("हिन्दी", "हिन्दी"),
            ("…", "section"),
            ("", "section"),
            ("a_b", "a-b"),
        ] {
            assert_eq!(&*Anchors::default().derive(text), id, "{text}");
        }
    }

    #[test]
    fn repeats_are_numbered() {
        let mut anchors = Anchors::default();
        anchors.claim("a-2").expect("free");
        let ids: Vec<_> =
            ["A", "a", "A 2", "a", "B", "b"].map(|text| anchors.derive(text)).to_vec();
        assert_eq!(ids, ["a", "a-3", "a-2-2", "a-4", "b", "s-b-2"].map(Into::into));
        assert_eq!(anchors.claim("a-3"), Err(AnchorTaken));
        assert_eq!(anchors.claim("e\u{301}").as_deref(), Ok("\u{e9}"));
        assert_eq!(anchors.claim("\u{e9}"), Err(AnchorTaken));
        assert_eq!(&*anchors.footnote("fn", "1"), "fn-1");
        assert_eq!(&*anchors.footnote("fn", "1"), "fn-1-2");
    }

    #[test]
    fn chosen() {
        for id in ["history", "One_2-x", "日本", "cd47.graf"] {
            assert_eq!(check_anchor(id), Ok(()), "{id}");
        }
        for (id, why) in [
            ("", InvalidAnchor::Alphabet),
            ("a b", InvalidAnchor::Alphabet),
            (".a", InvalidAnchor::Alphabet),
            ("a.", InvalidAnchor::Alphabet),
            ("a\"b", InvalidAnchor::Alphabet),
            ("b-x", InvalidAnchor::Reserved),
            ("fn-1", InvalidAnchor::Reserved),
            ("fnref-1", InvalidAnchor::Reserved),
        ] {
            assert_eq!(check_anchor(id), Err(why), "{id}");
        }
    }
}
