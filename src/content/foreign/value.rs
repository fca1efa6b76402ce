//! What the value of a foreign key says.

use serde_json::Value;

use crate::base::nearest;
use crate::content::date::{Date, InvalidDate};

use super::table::{GONE, HIDDEN, SHOWN, normal};

/// A value as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    /// No value, or an empty one.
    Empty,
    /// Any other value.
    Other,
}

/// The answer that a value is.
pub(super) fn truth(value: &Value) -> Truth {
    match value {
        Value::Null => Truth::Empty,
        Value::Bool(true) => Truth::Yes,
        Value::Bool(false) => Truth::No,
        Value::Number(number) if number.as_f64() == Some(0.0) => Truth::No,
        Value::Number(number) if number.as_f64() == Some(1.0) => Truth::Yes,
        Value::Number(_) => Truth::Other,
        Value::String(text) => match normal(text).as_str() {
            "" => Truth::Empty,
            "true" | "yes" | "on" | "y" | "t" | "1" => Truth::Yes,
            "false" | "no" | "off" | "n" | "f" | "0" | "never" | "none" | "null" => Truth::No,
            _ => Truth::Other,
        },
        Value::Array(items) => match &items[..] {
            [] => Truth::Empty,
            [only] => truth(only),
            _ => Truth::Other,
        },
        Value::Object(entries) if entries.is_empty() => Truth::Empty,
        Value::Object(_) => Truth::Other,
    }
}

/// Whether `is_one` holds for a word of the value, at any depth.
pub(super) fn has_word(value: &Value, is_one: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => is_one(if *value { "true" } else { "false" }),
        Value::Number(number) => is_one(&number.to_string()),
        Value::String(text) => {
            is_one(&normal(text))
                || text.split([',', ' ', ';', '|']).any(|word| is_one(&normal(word)))
        }
        Value::Array(items) => items.iter().any(|item| has_word(item, is_one)),
        Value::Object(entries) => entries.values().any(|item| has_word(item, is_one)),
    }
}

/// A value of one line and a few words, as it is written.
pub(super) fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => match &items[..] {
            [only] => short(only)?,
            _ => return None,
        },
        Value::Null | Value::Object(_) => return None,
    };
    let is_short =
        text.chars().count() <= 40 && !text.contains(|c: char| c == '`' || c.is_control());
    (is_short && !text.trim().is_empty()).then_some(text)
}

/// The date that a value is, as ours are written.
pub(super) fn day(value: &Value) -> Option<String> {
    let text = short(value)?;
    match Date::parse(&text) {
        Ok(_) => Some(text),
        Err(InvalidDate::Form(better)) => better,
        Err(InvalidDate::DoesNotExist) => None,
    }
}

fn is_among(words: &str, word: &str) -> bool {
    let word = normal(word);
    words.split_whitespace().any(|one| one == word)
}

/// Whether a word says that a page is public.
pub(super) fn is_shown_word(word: &str) -> bool {
    is_among(SHOWN, word)
}

/// Whether a word says that a page is not, or no longer, public.
pub(super) fn is_hidden_word(word: &str) -> bool {
    is_among(HIDDEN, word) || is_gone_word(word)
}

/// Whether a word says that a page is no longer public.
pub(super) fn is_gone_word(word: &str) -> bool {
    is_among(GONE, word)
}

/// What to write for a `status` that is none of ours. Never `published` for a word that may mean that a page is not.
pub fn status_help(word: &str) -> String {
    let own = normal(word);
    if is_among("draft withdrawn", &own) {
        return format!("write `status: {own}`");
    }
    if is_shown_word(&own) {
        return "write `status: published`, or leave `status` out".into();
    }
    if let Some(near) = nearest(&own, ["draft", "withdrawn"]) {
        return format!("write `status: {near}`");
    }
    // `unpublished` and `depublished` are near as well.
    if own.starts_with('p') && nearest(&own, ["published"]).is_some() && !is_hidden_word(&own) {
        return "did you mean `published`?".into();
    }
    if is_gone_word(&own) {
        return "write `status: withdrawn`: the page keeps its address, under a banner; \
                `status: draft` takes it away"
            .into();
    }
    "write `status: draft` to keep the page back, or `status: withdrawn` to keep its address under a banner"
        .into()
}

/// What to write where a word stands in place of a date that decides who sees a page; none for what may be a date.
pub fn date_help(field: &str, text: &str) -> Option<String> {
    let own = normal(text);
    let is_no = matches!(own.as_str(), "false" | "no" | "off" | "n" | "0" | "never" | "none");
    let is_yes = matches!(own.as_str(), "true" | "yes" | "on" | "y" | "1" | "always");
    match field {
        "published" if is_no || is_hidden_word(&own) => Some("write `status: draft`".into()),
        "published" if is_yes || is_shown_word(&own) => Some(
            "leave `published` out, or write the day: a page without `status` is public".into(),
        ),
        "expires" if is_no => Some("leave `expires` out: the page then stays".into()),
        "expires" if is_yes || is_hidden_word(&own) => {
            Some("write the last day, or `status: withdrawn`".into())
        }
        _ => None,
    }
}
