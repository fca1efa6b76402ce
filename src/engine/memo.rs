//! The one kind of memory that the engine has: what a function gave, under a key that is its inputs by value.
//!
//! Keys are structs that [`memo_key`](crate::base::memo_key) declares: a field that one of them leaves out can be tested
//! for. Nothing is ever invalidated: a value is of use while the key that it was made for equals the key of now.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashMap;

/// The last value of a function.
#[derive(Debug)]
pub(super) struct Memo<K, V> {
    last: Option<(K, V)>,
    /// Whether it never has a last value.
    is_off: bool,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { last: None, is_off: false }
    }
}

impl<K, V> Memo<K, V> {
    /// A memo that keeps nothing, and so makes no key.
    pub(super) fn off() -> Self {
        Self { last: None, is_off: true }
    }

    /// The last value, whatever it was made for.
    pub(super) fn last(&self) -> Option<&V> {
        self.last.as_ref().map(|(_, value)| value)
    }

    /// The key that the last value was made for.
    pub(super) fn made_for(&self) -> Option<&K> {
        self.last.as_ref().map(|(key, _)| key)
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// Takes the last value out, if it was made for an equal key.
    pub(super) fn take(&mut self, key: &K) -> Option<V> {
        self.last.take().filter(|(made_for, _)| made_for == key).map(|(_, value)| value)
    }

    /// Keeps a value in the stead of the last one.
    pub(super) fn put(&mut self, key: K, value: V) {
        self.last = (!self.is_off).then_some((key, value));
    }
}

impl<K: PartialEq, V: Clone> Memo<K, V> {
    /// The last value, if it was made for an equal key; else what `make` gives, which is the last value from then on.
    pub(super) fn get_or(&mut self, key: impl FnOnce() -> K, make: impl FnOnce() -> V) -> V {
        if self.is_off {
            return make();
        }
        self.get_or_of(key(), |_| make())
    }

    /// The same for a function of the key itself.
    pub(super) fn get_or_of(&mut self, key: K, make: impl FnOnce(&K) -> V) -> V {
        if let Some((made_for, value)) = &self.last
            && *made_for == key
        {
            return value.clone();
        }
        let value = make(&key);
        self.put(key, value.clone());
        value
    }
}

/// A value of which the engine keeps one for all that are equal ([`Memo`] gives the last one again): it is compared by its
/// address.
pub(super) struct Unique<T>(pub(super) Arc<T>);

impl<T> Clone for Unique<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Unique<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
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

    /// Forgets every place that is of none of `all`, which are sorted by place. All of their places have values.
    pub(super) fn keep_only<T>(&mut self, all: &[T], place: impl Fn(&T) -> &P)
    where
        P: Ord,
    {
        // With as many there is none too many.
        if self.0.len() > all.len() {
            self.0.retain(|at, _| all.binary_search_by(|one| place(one).cmp(at)).is_ok());
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
