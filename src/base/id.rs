//! Ids of pages, players, topics, figures, events and sources.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An id: `[a-z0-9]+(-[a-z0-9]+)*`, such as `marco-rubio`.
///
/// One alphabet for every id keeps ids usable as file names, URL segments and HTML anchors without escaping.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(Arc<str>);

/// The text is not an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidId {
    /// The nearest valid id, when the text has any letter or digit that an id may have.
    pub suggestion: Option<EntityId>,
}

impl EntityId {
    /// Checks a text against the alphabet of ids.
    ///
    /// # Errors
    /// [`InvalidId`] with the nearest valid id.
    pub fn new(text: &str) -> Result<Self, InvalidId> {
        Self::check(text).map(|()| Self(Arc::from(text)))
    }

    fn check(text: &str) -> Result<(), InvalidId> {
        let valid = !text.is_empty()
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        if valid {
            return Ok(());
        }
        let mut folded = String::with_capacity(text.len());
        text.to_lowercase().nfc().for_each(|c| latin(c, &mut folded));
        let parts: Vec<_> = folded.split('-').filter(|part| !part.is_empty()).collect();
        let suggestion = (!parts.is_empty()).then(|| Self(Arc::from(parts.join("-"))));
        Err(InvalidId { suggestion })
    }

    /// `index`: what a page has for an id whose file has no name of its own.
    pub fn index() -> Self {
        Self(Arc::from("index"))
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Adds a letter as ids write it: `ø` is `o`, `ß` is `ss`, `ж` is `zh`; what is no letter or digit parts words.
///
/// Chinese characters have other readings in each language, so none is guessed.
fn latin(c: char, out: &mut String) {
    let is_read = c.is_alphanumeric() && !is_character(c);
    match deunicode::deunicode_char(c).filter(|_| is_read) {
        _ if is_combining_mark(c) => {}
        Some(text) => out.extend(
            text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()),
        ),
        None => out.push('-'),
    }
}

/// Whether a letter is of Chinese or of Japanese.
fn is_character(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

impl TryFrom<Arc<str>> for EntityId {
    type Error = InvalidId;

    /// The id that shares a text: nothing is copied.
    fn try_from(text: Arc<str>) -> Result<Self, InvalidId> {
        Self::check(&text).map(|()| Self(text))
    }
}

impl From<EntityId> for Arc<str> {
    fn from(id: EntityId) -> Self {
        id.0
    }
}

impl From<&EntityId> for Arc<str> {
    fn from(id: &EntityId) -> Self {
        Self::clone(&id.0)
    }
}

impl Deref for EntityId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for EntityId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for EntityId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl JsonSchema for EntityId {
    fn schema_name() -> Cow<'static, str> {
        str::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        str::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::EntityId;

    #[test]
    fn alphabet() {
        for good in ["a", "marco-rubio", "5-percent", "2025"] {
            assert!(EntityId::new(good).is_ok(), "{good}");
        }
        for (bad, suggestion) in [
            ("", None),
            ("-a", Some("a")),
            ("a--b", Some("a-b")),
            ("Big_Story", Some("big-story")),
            ("Café Ångström", Some("cafe-angstrom")),
            ("Søren Kierkegaard", Some("soren-kierkegaard")),
            ("Lech Wałęsa", Some("lech-walesa")),
            ("Groß & Klein", Some("gross-klein")),
            ("Đỗ Mười", Some("do-muoi")),
            ("Þórður Æ. Œuvre", Some("thordur-ae-oeuvre")),
            ("İstanbul, ışık", Some("istanbul-isik")),
            ("Владимир Зеленский", Some("vladimir-zelenskii")),
            ("Щука и объект", Some("shchuka-i-obekt")),
            ("Київ", Some("kiyiv")),
            ("Αθήνα", Some("athena")),
            ("Ա Բ", Some("a-b")),
            ("თბილისი", Some("tbilisi")),
            ("서울", Some("seoul")),
            ("ﬁnance", Some("finance")),
            ("Ｎａｔｏ ２", Some("nato-2")),
            ("e\u{301}te\u{301}", Some("ete")),
            ("don’t", Some("don-t")),
            ("日本とNATO", Some("nato")),
            ("ニュース", None),
            ("🎉", None),
            ("日本", None),
        ] {
            let error = EntityId::new(bad).expect_err(bad);
            assert_eq!(error.suggestion.as_deref(), suggestion, "{bad}");
        }
    }
}
