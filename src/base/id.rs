//! Ids of pages, players, topics, facts and sources.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

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
    pub suggestion: Option<String>,
}

impl EntityId {
    /// Checks a text against the alphabet of ids.
    ///
    /// # Errors
    /// [`InvalidId`] with the nearest valid id.
    pub fn new(text: &str) -> Result<Self, InvalidId> {
        let valid = !text.is_empty()
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        if valid {
            return Ok(Self(Arc::from(text)));
        }
        let folded: String = text
            .to_lowercase()
            .nfd()
            // `café` is meant as `cafe`, not as `caf`.
            .filter(|c| !is_combining_mark(*c))
            .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' })
            .collect();
        let parts: Vec<_> = folded.split('-').filter(|part| !part.is_empty()).collect();
        let suggestion = (!parts.is_empty()).then(|| parts.join("-"));
        Err(InvalidId { suggestion })
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
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
            ("日本", None),
        ] {
            let error = EntityId::new(bad).expect_err(bad);
            assert_eq!(error.suggestion.as_deref(), suggestion, "{bad}");
        }
    }
}
