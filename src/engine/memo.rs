//! The one kind of memory that the engine has: what a function gave, under a key that is its inputs by value.
//!
//! Keys are structs that [`memo_key`](crate::base::memo_key) declares: a field that one of them leaves out can be tested
//! for. Nothing is ever invalidated: a value is of use while the key that it was made for equals the key of now.

use std::borrow::Borrow;
use std::hash::Hash;

use rustc_hash::FxHashMap;

/// The last value of a function.
#[derive(Debug)]
pub(super) struct Memo<K, V>(Option<(K, V)>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V: Clone> Memo<K, V> {
    /// The last value, if it was made for an equal key; else what `make` gives, which is the last value from then on.
    pub(super) fn get_or(&mut self, key: K, make: impl FnOnce(&K) -> V) -> V {
        if let Some((last, value)) = &self.0
            && *last == key
        {
            return value.clone();
        }
        let value = make(&key);
        self.0 = Some((key, value.clone()));
        value
    }
}

impl<K, V> Memo<K, V> {
    /// The last value, whatever it was made for.
    pub(super) fn last(&self) -> Option<&V> {
        self.0.as_ref().map(|(_, value)| value)
    }
}

/// The last value of a function for each of many places, such as the files of a site.
#[derive(Debug)]
pub(super) struct MemoMap<P, K, V>(FxHashMap<P, (K, V)>);

impl<P, K, V> Default for MemoMap<P, K, V> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<P: Hash + Eq, K: PartialEq, V> MemoMap<P, K, V> {
    /// The value of a place, if its key of now, which `key` makes, is the one that the value was made for.
    ///
    /// `key` sees the value: an input that this one did not read has no part in its key.
    pub(super) fn get(&self, at: &P, key: impl FnOnce(&V) -> K) -> Option<&V> {
        let (made_for, value) = self.0.get(at)?;
        (*made_for == key(value)).then_some(value)
    }

    /// The last value of a place, whatever it was made for, and its key.
    pub(super) fn last<Q: Hash + Eq + ?Sized>(&self, at: &Q) -> Option<&(K, V)>
    where
        P: Borrow<Q>,
    {
        self.0.get(at)
    }

    /// Keeps the value of a place in the stead of its last one.
    pub(super) fn insert(&mut self, at: P, key: K, value: V) {
        self.0.insert(at, (key, value));
    }

    /// Takes the value of a place out, if its key of now is the one that the value was made for.
    pub(super) fn take(&mut self, at: &P, key: &K) -> Option<V> {
        self.0.remove(at).filter(|(made_for, _)| made_for == key).map(|(_, value)| value)
    }

    /// Makes room for more places.
    pub(super) fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    /// Forgets places that `places`, which is sorted and has every other one, does not have.
    pub(super) fn keep_only(&mut self, places: &[P])
    where
        P: Ord,
    {
        // With as many there is none too many.
        if self.0.len() > places.len() {
            self.0.retain(|at, _| places.binary_search(at).is_ok());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every place with its last value and the key that this was made for, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&P, &K, &V)> {
        self.0.iter().map(|(at, (key, value))| (at, key, value))
    }
}

impl<P: Hash + Eq, K, V> FromIterator<(P, K, V)> for MemoMap<P, K, V> {
    fn from_iter<I: IntoIterator<Item = (P, K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(at, key, value)| (at, (key, value))).collect())
    }
}
