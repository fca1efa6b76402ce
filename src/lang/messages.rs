//! The interface text of one language: Fluent messages, looked up by key.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_decimal::options::GroupingStrategy;
use icu_locale_core::LanguageIdentifier;
use intl_memoizer::Memoizable;

use super::ftl::{self, FtlError};
use super::{LangTag, Numbers};

/// The messages of one Fluent file.
///
/// Plurals and grouped digits follow the language of the text, not that of the page it appears on.
pub struct Messages {
    tag: LangTag,
    bundle: FluentBundle<FluentResource>,
    entries: BTreeMap<String, MessageEntry>,
}

/// What is known of one message without setting it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageEntry {
    /// The variables that it wants, without their `$`, sorted.
    pub variables: Vec<String>,
    /// Where its key stands, in bytes of the source.
    pub place: Range<usize>,
    /// Whether another message of the file is made with it.
    pub referenced: bool,
}

/// What a message is given for one of its variables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arg<'a> {
    /// Printed as it is.
    Text(&'a str),
    /// Chooses plural forms, and is printed in the language's digits.
    Number(f64),
}

/// Why a message has no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageError {
    /// There is no message of this key.
    UnknownKey(String),
    /// The message uses variables that it was not given.
    MissingArguments {
        /// The key of the message.
        key: String,
        /// The variables without their `$`, sorted.
        variables: Vec<String>,
    },
    /// The message uses a variable twice that can be filled once.
    Twice {
        /// The key of the message.
        key: String,
        /// The variable without its `$`.
        variable: String,
    },
    /// Fluent could not resolve the message.
    Unresolved {
        /// The key of the message.
        key: String,
        /// What Fluent says.
        message: String,
    },
}

impl Messages {
    /// Reads a Fluent file whose text is in the language of `tag`.
    ///
    /// # Errors
    /// Every mistake of the file: its syntax, keys that are given twice, references that lead nowhere or in a circle.
    pub fn new(tag: LangTag, source: &str) -> Result<Self, Vec<FtlError>> {
        let (resource, syntax) = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        let entries = ftl::check(&resource, &syntax)?;
        let mut bundle = FluentBundle::new_concurrent(vec![fluent_tag(&tag)]);
        // The marks would end up in titles and attributes, where they do more harm than good.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(format_number));
        bundle.add_builtins().expect("a new bundle has no functions yet");
        bundle.add_resource(resource).expect("a key that is given twice was refused above");
        Ok(Self { tag, bundle, entries })
    }

    /// The text of a message. Arguments that it does not use are ignored.
    ///
    /// # Errors
    /// [`MessageError`] says what is missing.
    pub fn get(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, MessageError> {
        let unknown = || MessageError::UnknownKey(key.to_owned());
        let variables = self.variables(key).ok_or_else(unknown)?;
        let missing = variables.iter().filter(|name| args.iter().all(|(given, _)| given != name));
        let missing: Vec<_> = missing.cloned().collect();
        if !missing.is_empty() {
            return Err(MessageError::MissingArguments { key: key.to_owned(), variables: missing });
        }
        let message = self.bundle.get_message(key).ok_or_else(unknown)?;
        let pattern = message.value().ok_or_else(unknown)?;
        let args: FluentArgs<'_> = args.iter().map(|(name, arg)| (*name, arg.value())).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(error) => {
                Err(MessageError::Unresolved { key: key.to_owned(), message: error.to_string() })
            }
        }
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The variables that a message wants, without their `$`, sorted; `None` when there is no such message.
    pub fn variables(&self, key: &str) -> Option<&[String]> {
        self.entries.get(key).map(|entry| &*entry.variables)
    }

    /// Every message by its key, sorted.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &MessageEntry)> {
        self.entries.iter().map(|(key, entry)| (&**key, entry))
    }

    /// The language of the text.
    pub fn tag(&self) -> &LangTag {
        &self.tag
    }
}

impl Arg<'_> {
    fn value(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Self::Number(number) => FluentValue::from(number),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

/// A count; exact up to 2^53, which is more than any list has items.
impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Number(count as f64)
    }
}

impl fmt::Display for MessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey(key) => write!(f, "no interface text `{key}`"),
            Self::MissingArguments { key, variables } => {
                write!(f, "the interface text `{key}` needs `${}`", variables.join("`, `$"))
            }
            Self::Twice { key, variable } => {
                write!(f, "the interface text `{key}` uses `${variable}` twice")
            }
            Self::Unresolved { key, message } => {
                write!(f, "the interface text `{key}` cannot be formatted: {message}")
            }
        }
    }
}

impl std::error::Error for MessageError {}

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages").field("tag", &self.tag).finish_non_exhaustive()
    }
}

/// Fluent has a type of its own for language tags, without extensions.
fn fluent_tag(tag: &LangTag) -> unic_langid::LanguageIdentifier {
    let LanguageIdentifier { language, script, region, .. } = tag.locale().id.clone();
    let id = LanguageIdentifier::from((language, script, region)).to_string();
    id.parse().expect("both crates take the same language, script and region")
}

/// Prints Fluent's numbers as [`Numbers`] does; everything else stays Fluent's.
fn format_number(
    value: &FluentValue<'_>,
    formatters: &intl_memoizer::concurrent::IntlLangMemoizer,
) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let grouped = number.options.use_grouping;
    formatters
        .with_try_get::<NumbersOfText, _, _>((grouped,), |numbers| {
            numbers.0.number(&number.as_string())
        })
        .ok()?
}

struct NumbersOfText(Numbers);

impl Memoizable for NumbersOfText {
    /// Whether digits are grouped: `NUMBER($n, useGrouping: "false")` says no.
    type Args = (bool,);
    type Error = icu_locale_core::ParseError;

    fn construct(
        lang: unic_langid::LanguageIdentifier,
        (grouped,): (bool,),
    ) -> Result<Self, Self::Error> {
        let id: LanguageIdentifier = lang.to_string().parse()?;
        let grouping = if grouped { GroupingStrategy::Auto } else { GroupingStrategy::Never };
        Ok(Self(Numbers::with_grouping((&id).into(), grouping)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Arg, MessageError, Messages};
    use crate::lang::LangTag;

    fn messages(lang: &str, source: &str) -> Messages {
        Messages::new(LangTag::parse(lang).unwrap(), source).unwrap()
    }

    #[test]
    fn plurals_follow_the_language_of_the_text() {
        let en = "n = { $n ->\n  [0] none\n  [one] one\n *[other] {$n}\n }";
        let ru = "n = { $n ->\n  [one] {$n} a\n  [few] {$n} b\n *[many] {$n} c\n }";
        let ar = "n = { $n ->\n [zero] z\n [one] o\n [two] t\n [few] f\n [many] m\n *[other] x\n }";
        for (lang, source, n, expected) in [
            ("en", en, 0, "none"),
            ("en-GB", en, 1, "one"),
            ("en", en, 2, "2"),
            ("en", en, 1240, "1,240"),
            ("de", en, 1240, "1.240"),
            ("ja", en, 1, "1"),
            ("ru", ru, 21, "21 a"),
            ("ru", ru, 3, "3 b"),
            ("ru", ru, 11, "11 c"),
            ("ar", ar, 0, "z"),
            ("ar", ar, 2, "t"),
            ("ar", ar, 5, "f"),
            ("ar", ar, 11, "m"),
            ("ar", ar, 100, "x"),
        ] {
            let text = messages(lang, source).get("n", &[("n", Arg::from(n))]);
            assert_eq!(text.as_deref(), Ok(expected), "{lang} {n}");
        }
    }

    #[test]
    fn arguments() {
        let source = "plain = Home\nby = By { $who }\npage = Page { NUMBER($n, useGrouping: \"false\") }\n\
                      sort = { NUMBER($n, type: \"ordinal\") ->\n  [one] {$n}st\n *[other] {$n}th\n }\n\
                      -name = Briefing\nabout = About { -name }, { by }\nlabel = Menu\n  .title = Open";
        let missing = |key: &str, name: &str| {
            let (key, variables) = (key.to_owned(), vec![name.to_owned()]);
            Err(MessageError::MissingArguments { key, variables })
        };
        let unknown = |key: &str| Err(MessageError::UnknownKey(key.to_owned()));
        for (key, args, expected) in [
            ("plain", &[][..], Ok("Home")),
            ("plain", &[("who", "x".into())], Ok("Home")),
            ("by", &[("who", "A & B".into())], Ok("By A & B")),
            ("by", &[("who", 1234.into())], Ok("By 1,234")),
            ("by", &[], missing("by", "who")),
            ("by", &[("whom", "A".into())], missing("by", "who")),
            ("page", &[("n", 1234.into())], Ok("Page 1234")),
            ("sort", &[("n", 21.into())], Ok("21st")),
            ("sort", &[("n", 11.into())], Ok("11th")),
            ("about", &[("who", "A".into())], Ok("About Briefing, By A")),
            ("about", &[], missing("about", "who")),
            ("label", &[], Ok("Menu")),
            ("title", &[], unknown("title")),
            ("-name", &[], unknown("-name")),
            ("", &[], unknown("")),
        ] {
            let messages = messages("en", source);
            let expected = expected.map(str::to_owned);
            assert_eq!(messages.get(key, args), expected, "{key}");
        }
    }

    #[test]
    fn keys_and_their_variables() {
        let source = "z = { $b } { $a ->\n *[x] { $b }\n }\na = { z }\n-t = { $case ->\n *[x] T\n }\n\
                      of-term = { -t(case: \"x\") } { -t }";
        let messages = messages("en", source);
        assert_eq!(messages.keys().collect::<Vec<_>>(), ["a", "of-term", "z"]);
        assert_eq!(messages.variables("a").unwrap(), ["a", "b"]);
        assert!(messages.variables("of-term").unwrap().is_empty());
        assert_eq!(messages.get("of-term", &[]).as_deref(), Ok("T T"));
        assert_eq!(messages.variables("-t"), None);
    }
}
