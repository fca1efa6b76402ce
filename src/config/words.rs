//! Words that a site adds to those of a language, by which names in its texts are matched.

use std::sync::Arc;

use crate::content::resolve::{Fields, language_key};
use crate::diag::Code;
use crate::lang::LangTag;
use crate::yaml::{Entries, OneOrMany, Spanned, Text};

use super::raw::RawWords;

/// Words that a site adds to those of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedWords {
    /// The language.
    pub lang: LangTag,
    /// The words, each with the section of the language's file that it belongs to.
    pub words: Vec<(&'static str, Arc<str>)>,
}

/// Resolves `words:`.
pub(super) fn words(fields: &mut Fields, raw: Option<Entries<RawWords>>) -> Vec<AddedWords> {
    let mut all: Vec<AddedWords> = Vec::new();
    for (key, raw) in raw.map(|entries| entries.0).unwrap_or_default() {
        let Some(lang) = language_key(fields, &key) else { continue };
        if all.iter().any(|words| words.lang == lang) {
            let message = format!("`words` has two entries for `{lang}`");
            fields.problem(Code::InvalidValue, key.span, message, "write them as one");
            continue;
        }
        let mut words = Vec::new();
        let mut add = |key: &str, section: &'static str, raw: Option<OneOrMany<Text>>| {
            for Spanned { value: word, span } in fields.texts(raw) {
                // A title may have several words: the last one stands before the name.
                let last = match section {
                    "titles" => word.rsplit(' ').next().unwrap_or_default(),
                    _ => &word,
                };
                if last.contains(char::is_whitespace) || !last.contains(char::is_alphanumeric) {
                    let message = format!("`{key}` takes words, and \"{word}\" is none");
                    let help = "write each word on its own";
                    fields.problem(Code::InvalidValue, span, message, help);
                    continue;
                }
                for first in word.split(' ').filter(|first| *first != last) {
                    words.push(("before titles", first.into()));
                }
                words.push((section, last.into()));
            }
        };
        add("beginnings", "beginnings", raw.beginnings);
        add("titles", "titles", raw.titles);
        add("titles_after", "titles after names", raw.titles_after);
        add("heads", "heads", raw.heads);
        add("particles", "after names", raw.particles);
        add("ordinary", "ordinary", raw.ordinary);
        all.push(AddedWords { lang, words });
    }
    all
}
