//! Words in the reader's language: interface text, dates, lists and numbers.
//!
//! Interface text comes from one Fluent file per language, which the caller reads and passes in; dates, lists and
//! numbers come from CLDR data inside the binary. Nothing here knows the machine's locale, its clock or its zone.
//!
//! The two may differ on one page: a page in a language without an interface file shows English text around dates
//! and lists in its own language. Fallback is by message, so that a file may translate some keys and leave the rest.

mod collation;
mod compact;
mod dates;
mod ftl;
mod lists;
mod messages;
mod numbers;
mod script;
mod split;
mod tag;

pub use collation::Collation;
pub use dates::{Dates, DaySpan};
pub use ftl::FtlError;
pub use lists::Lists;
pub use messages::{Arg, MessageError, Messages};
pub use numbers::Numbers;
pub use split::Split;
pub use tag::LangTag;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

/// The languages of one build: the interface text that exists, and a [`Language`] for every tag that is asked for.
#[derive(Debug)]
pub struct Languages {
    built_in: Vec<BuiltIn>,
    /// The sources that were read, in their order.
    own: Vec<Arc<Messages>>,
    made: Mutex<BTreeMap<LangTag, Arc<Language>>>,
}

/// Interface text that is part of the program: parsed when the first page of its language is made.
#[derive(Debug)]
struct BuiltIn {
    tag: LangTag,
    text: &'static str,
    messages: OnceLock<Arc<Messages>>,
}

/// Everything that depends on a page's language.
#[derive(Debug)]
pub struct Language {
    /// The page's language.
    pub tag: LangTag,
    /// The language and its territory as Open Graph has them: `en_GB`. Where the tag has no territory, the likeliest (CLDR).
    pub territory: Arc<str>,
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
    /// Reads interface text: Fluent sources with the language of their text.
    ///
    /// A tag may come more than once: a later source overrides the messages of an earlier one, key by key.
    ///
    /// # Errors
    /// Every mistake of every source, in the order of the sources and of the places in them.
    pub fn new(sources: &[(LangTag, &str)]) -> Result<Self, Vec<SourceError>> {
        Self::over(Vec::new(), sources)
    }

    /// Reads a site's own interface text, which overrides the program's key by key.
    ///
    /// The program's is parsed when a page needs it: a site in one language does not pay for the others.
    ///
    /// # Errors
    /// As for [`Languages::new`], of the site's sources alone.
    pub fn over(
        built_in: Vec<(LangTag, &'static str)>,
        own: &[(LangTag, &str)],
    ) -> Result<Self, Vec<SourceError>> {
        let (mut read, mut all) = (Vec::new(), Vec::new());
        for (source, (tag, text)) in own.iter().enumerate() {
            match Messages::new(tag.clone(), text) {
                Ok(messages) => read.push(Arc::new(messages)),
                Err(errors) => {
                    all.extend(errors.into_iter().map(|error| SourceError { source, error }));
                }
            }
        }
        if !all.is_empty() {
            return Err(all);
        }
        let built_in = built_in.into_iter();
        let built_in =
            built_in.map(|(tag, text)| BuiltIn { tag, text, messages: OnceLock::new() }).collect();
        Ok(Self { built_in, own: read, made: Mutex::default() })
    }

    /// The messages of each source that was read, in the order of the sources.
    pub fn own(&self) -> &[Arc<Messages>] {
        &self.own
    }

    /// The program's own messages in English, which are all that its theme asks for.
    pub fn english(&self) -> Option<Arc<Messages>> {
        let english = LangTag::english();
        self.built_in.iter().find(|built_in| built_in.tag == english).map(BuiltIn::messages)
    }

    /// The language of a page; made on first use and shared from then on.
    pub fn language(&self, tag: &LangTag) -> Arc<Language> {
        // A value is complete before it enters the map, so a panic elsewhere leaves nothing half made.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Arc::new(Language::new(tag, self.chain(tag)));
        Arc::clone(made.entry(tag.clone()).or_insert_with(make))
    }

    /// The texts that a page of a language takes its messages from, the nearest first.
    fn chain(&self, tag: &LangTag) -> Vec<Arc<Messages>> {
        let mut chain = tag.chain();
        if tag.language() != LangTag::english().language() {
            chain.push(LangTag::english());
        }
        let mut messages = Vec::new();
        for tag in chain {
            messages.extend(self.own.iter().rev().filter(|own| *own.tag() == tag).cloned());
            let built_in = self.built_in.iter().find(|built_in| built_in.tag == tag);
            messages.extend(built_in.map(BuiltIn::messages));
        }
        messages
    }
}

impl BuiltIn {
    fn messages(&self) -> Arc<Messages> {
        let parse = || Messages::new(self.tag.clone(), self.text);
        let parse = || Arc::new(parse().expect("a test parses every text of the program"));
        self.messages.get_or_init(parse).clone()
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
        self.messages(key)?.get(key, args).map(Arc::from)
    }

    /// The text of an interface message before and after one of its variables, for what is no text: a link, a date
    /// with its element.
    ///
    /// A message that does not use the variable stands before it.
    ///
    /// # Errors
    /// As for [`Language::text`], and when the message uses the variable twice.
    pub fn split(
        &self,
        key: &str,
        around: &str,
        args: &[(&str, Arg<'_>)],
    ) -> Result<Split, MessageError> {
        Split::of(self.messages(key)?, key, around, args)
    }

    /// The variables that a message wants, without their `$`, sorted; `None` when no language has it.
    pub fn variables(&self, key: &str) -> Option<&[String]> {
        self.messages(key).ok()?.variables(key)
    }

    /// What the language calls itself (`language-name`); its tag where no interface text in the language says it.
    pub fn own_name(&self) -> Arc<str> {
        let (tag, region) = (&self.tag, self.tag.region());
        // Text in another script is what it calls itself in that.
        let own = self.messages.iter().filter(|texts| texts.tag().is_in_language_of(tag));
        let found = own
            .into_iter()
            .find_map(|texts| Some((texts.get("language-name", &[]).ok()?, texts.tag() == tag)));
        match (found, region) {
            (Some((name, false)), Some(region)) => format!("{name} ({region})").into(),
            (Some((name, _)), _) => name.into(),
            (None, _) => tag.as_str().into(),
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

    fn messages(&self, key: &str) -> Result<&Messages, MessageError> {
        let has = |messages: &&Arc<Messages>| messages.variables(key).is_some();
        let found = self.messages.iter().find(has);
        found.map(|messages| &**messages).ok_or_else(|| MessageError::UnknownKey(key.to_owned()))
    }

    fn new(tag: &LangTag, messages: Vec<Arc<Messages>>) -> Self {
        let mut language = Self {
            tag: tag.clone(),
            territory: tag.territory().into(),
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
