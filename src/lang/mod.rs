//! Words in the reader's language: interface text, dates, lists and numbers.
//!
//! Interface text comes from one Fluent file per language, which the caller reads and passes in; dates, lists and
//! numbers come from CLDR data inside the binary. Nothing here knows the machine's locale, its clock or its zone.
//!
//! The two may differ on one page: a page in a language without an interface file shows English text around dates
//! and lists in its own language. Fallback is by message, so that a file may translate some keys and leave the rest.

mod collation;
mod dates;
mod ftl;
mod lists;
mod messages;
mod numbers;
mod tag;

pub use collation::Collation;
pub use dates::Dates;
pub use ftl::FtlError;
pub use lists::Lists;
pub use messages::{Arg, MessageError, Messages};
pub use numbers::Numbers;
pub use tag::LangTag;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// The languages of one build: the interface text that exists, and a [`Language`] for every tag that is asked for.
#[derive(Debug)]
pub struct Languages {
    /// By the tag of the text; within one tag the source that was given last comes first.
    messages: BTreeMap<LangTag, Vec<Arc<Messages>>>,
    made: Mutex<BTreeMap<LangTag, Arc<Language>>>,
}

/// Everything that depends on a page's language.
#[derive(Debug)]
pub struct Language {
    /// The page's language.
    pub tag: LangTag,
    /// Dates in that language.
    pub dates: Dates,
    /// Lists in that language.
    pub lists: Lists,
    /// Numbers in that language.
    pub numbers: Numbers,
    /// The nearest interface text first, English last.
    messages: Vec<Arc<Messages>>,
    /// The messages without variables, set once: most of a page's words are among them.
    fixed: FxHashMap<Box<str>, Arc<str>>,
}

/// A mistake in one of the sources that [`Languages::new`] was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// Which source, counted from 0.
    pub source: usize,
    /// The mistake.
    pub error: FtlError,
}

impl Languages {
    /// Reads the interface text: Fluent sources with the language of their text.
    ///
    /// A tag may come more than once: a later source overrides the messages of an earlier one, key by key. So the
    /// embedded English goes first and a site's own after it.
    ///
    /// # Errors
    /// Every mistake of every source, in the order of the sources and of the places in them.
    pub fn new(sources: &[(LangTag, &str)]) -> Result<Self, Vec<SourceError>> {
        let mut messages: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut all = Vec::new();
        for (source, (tag, text)) in sources.iter().enumerate() {
            match Messages::new(tag.clone(), text) {
                Ok(read) => messages.entry(tag.clone()).or_default().insert(0, Arc::new(read)),
                Err(errors) => {
                    all.extend(errors.into_iter().map(|error| SourceError { source, error }));
                }
            }
        }
        if all.is_empty() { Ok(Self { messages, made: Mutex::default() }) } else { Err(all) }
    }

    /// The language of a page; made on first use and shared from then on.
    pub fn language(&self, tag: &LangTag) -> Arc<Language> {
        // A value is complete before it enters the map, so a panic elsewhere leaves nothing half made.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Arc::new(Language::new(tag, &self.messages));
        Arc::clone(made.entry(tag.clone()).or_insert_with(make))
    }
}

impl Language {
    /// The text of an interface message: the page's own language if it has the key, otherwise the nearest that does.
    ///
    /// # Errors
    /// [`MessageError`] when no language has the key, or an argument is missing.
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Result<Arc<str>, MessageError> {
        if let Some(text) = self.fixed.get(key) {
            return Ok(text.clone());
        }
        match self.messages.iter().find(|messages| messages.variables(key).is_some()) {
            Some(messages) => messages.get(key, args).map(Arc::from),
            None => Err(MessageError::UnknownKey(key.to_owned())),
        }
    }

    /// The messages without variables, by key.
    pub fn fixed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fixed.iter().map(|(key, text)| (&**key, &**text))
    }

    /// All keys that [`Language::text`] knows, sorted: for "did you mean".
    pub fn keys(&self) -> Vec<&str> {
        let all: BTreeSet<_> = self.messages.iter().flat_map(|messages| messages.keys()).collect();
        all.into_iter().collect()
    }

    fn new(tag: &LangTag, messages: &BTreeMap<LangTag, Vec<Arc<Messages>>>) -> Self {
        let mut chain = tag.chain();
        if tag.language() != LangTag::english().language() {
            chain.push(LangTag::english());
        }
        let messages =
            chain.iter().filter_map(|tag| messages.get(tag)).flatten().cloned().collect();
        let mut language = Self {
            tag: tag.clone(),
            dates: Dates::new(tag),
            lists: Lists::new(tag),
            numbers: Numbers::new(tag),
            messages,
            fixed: FxHashMap::default(),
        };
        let fixed = |key: &str| Some((Box::from(key), language.text(key, &[]).ok()?));
        let fixed = language.keys().into_iter().filter_map(fixed).collect();
        language.fixed = fixed;
        language
    }
}

#[cfg(test)]
mod tests;
