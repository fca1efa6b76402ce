//! Names for the places of a YAML document.

use std::borrow::Cow;
use std::fmt;

use smol_str::{SmolStr, SmolStrBuilder, format_smolstr};

/// The path from the root of a document to a value, written as a JSON Pointer (RFC 6901): `/players/2/player`.
///
/// The order of paths is that of their texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(SmolStr);

impl FieldPath {
    /// The document itself.
    pub fn root() -> Self {
        Self(SmolStr::default())
    }

    /// The value of a key below this place.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let key = if key.contains(['~', '/']) {
            Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
        } else {
            Cow::Borrowed(key)
        };
        self.step(&key)
    }

    /// The item of a list below this place, counted from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(&format_smolstr!("{index}"))
    }

    /// Whether it leads to a part of what another path leads to.
    pub fn is_below(&self, other: &Self) -> bool {
        self.0.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }

    fn step(&self, step: &str) -> Self {
        let mut path = SmolStrBuilder::new();
        path.push_str(&self.0);
        path.push('/');
        path.push_str(step);
        Self(path.finish())
    }

    /// The text form; the root's is empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place that holds this one; the root has none.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.into()))
    }

    /// Where this place stands in the text, when it counts only the list items that were kept.
    ///
    /// `dropped` are the items that parsing left out (`left_out` of what was parsed): after
    /// `/players/0` was dropped, the first player that is left stands at `/players/1`.
    #[must_use]
    pub fn in_source(&self, dropped: &[Self]) -> Self {
        if dropped.is_empty() {
            return self.clone();
        }
        let mut place = Self::root();
        for step in self.steps() {
            place = match step.parse::<usize>() {
                Ok(kept) => place.index(place.nth_kept(kept, dropped)),
                Err(_) => place.key(&step),
            };
        }
        place
    }

    /// Whether this place is one of `places` or below one of them.
    pub fn is_within(&self, places: &[Self]) -> bool {
        let mut ancestors = std::iter::successors(Some(self.clone()), Self::parent);
        ancestors.any(|path| places.contains(&path))
    }

    fn nth_kept(&self, kept: usize, dropped: &[Self]) -> usize {
        let mut gone: Vec<usize> = dropped
            .iter()
            .filter_map(|path| path.0.strip_prefix(&*self.0)?.strip_prefix('/')?.parse().ok())
            .collect();
        gone.sort_unstable();
        gone.into_iter().fold(kept, |index, gone| if gone <= index { index + 1 } else { index })
    }

    /// The keys and indexes of the path, unescaped.
    pub fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(|step| {
            if step.contains('~') {
                Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
            } else {
                Cow::Borrowed(step)
            }
        })
    }
}

impl Default for FieldPath {
    fn default() -> Self {
        Self::root()
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::FieldPath;

    #[test]
    fn steps_survive_escaping() {
        let path = FieldPath::root().key("a/b").index(2).key("~1").key("");
        assert_eq!(path.as_str(), "/a~1b/2/~01/");
        assert_eq!(path.steps().collect::<Vec<_>>(), ["a/b", "2", "~1", ""]);
        assert_eq!(path.parent().unwrap().as_str(), "/a~1b/2/~01");
        assert_eq!(FieldPath::root().parent(), None);
    }

    #[test]
    fn a_place_is_within_those_that_hold_it() {
        let players = FieldPath::root().key("players");
        let places = [players.index(1), FieldPath::root().key("faq")];
        for (path, expected) in [
            (players.index(1), true),
            (players.index(1).key("player"), true),
            (players.index(11), false),
            (players, false),
            (FieldPath::root().key("faq"), true),
            (FieldPath::root(), false),
        ] {
            assert_eq!(path.is_within(&places), expected, "{path}");
        }
        assert!(FieldPath::root().key("x").is_within(&[FieldPath::root()]));
    }

    #[test]
    fn kept_items_find_their_place() {
        let players = FieldPath::root().key("players");
        let dropped = [players.index(2), players.index(0), players.index(4).key("x").index(0)];
        for (kept, source) in [(0, 1), (1, 3), (2, 4)] {
            assert_eq!(players.index(kept).in_source(&dropped), players.index(source));
        }
        let inner = players.index(2).key("x").index(0);
        assert_eq!(inner.in_source(&dropped).as_str(), "/players/4/x/1");
    }
}
