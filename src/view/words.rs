//! A text of which a part is in another language than the rest: a name in a sentence of the interface, a share of something
//! that its author named in the language of another page.
//!
//! Most texts have no such part, and are made without any of this.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use crate::lang::{Arg, LangTag, Language};

/// A text as HTML, in which a part says its language and direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MarkedHtml(Arc<str>);

impl JsonSchema for MarkedHtml {
    fn schema_name() -> Cow<'static, str> {
        "Html".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "ready HTML: print it with `| safe`" })
    }
}

impl MarkedHtml {
    /// HTML that is made of marked texts.
    pub(super) fn new(html: String) -> Self {
        Self(html.into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text in runs, each with its language.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs(Vec<(String, LangTag)>);

/// Stands for a part of a text that is made around it: a letter of a plane for private use, which no text has.
fn mark(at: usize) -> String {
    char::from_u32(0xf_0000 + at as u32).map(String::from).unwrap_or_default()
}

/// The place that a mark stands for.
fn marked(c: char) -> Option<usize> {
    (c as usize).checked_sub(0xf_0000).filter(|at| *at < 0xffff)
}

impl Runs {
    /// A text in one language.
    pub(super) fn of(text: &str, lang: &LangTag) -> Self {
        let mut runs = Self::default();
        runs.push(text, lang);
        runs
    }

    pub(super) fn push(&mut self, text: &str, lang: &LangTag) {
        match self.0.last_mut() {
            Some((last, of)) if of == lang => last.push_str(text),
            _ => self.0.push((text.to_owned(), lang.clone())),
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        other.0.iter().for_each(|(text, lang)| self.push(text, lang));
    }

    /// A message of the interface around texts.
    pub(super) fn message(lang: &Language, key: &str, parts: &[(&str, Self)]) -> Self {
        let marks: Vec<String> = (0..parts.len()).map(mark).collect();
        let names = parts.iter().map(|(name, _)| *name);
        let args: Vec<_> =
            names.zip(&marks).map(|(name, mark)| (name, Arg::Text(mark.as_str()))).collect();
        let text = lang.text(key, &args).unwrap_or_else(|_| Arc::from(key));
        Self::around(&text, lang, |at| parts.get(at).map(|(_, part)| part))
    }

    /// A list of texts: "A, B and C".
    pub(super) fn list(lang: &Language, parts: &[Self]) -> Self {
        let marks: Vec<String> = (0..parts.len()).map(mark).collect();
        Self::around(&lang.lists.and(&marks), lang, |at| parts.get(at))
    }

    /// A text with marks, and what they stand for.
    fn around<'a>(text: &str, lang: &Language, part: impl Fn(usize) -> Option<&'a Self>) -> Self {
        let mut runs = Self::default();
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let Some(part) = marked(c).and_then(&part) else { continue };
            if at > from {
                runs.push(&text[from..at], &lang.tag);
            }
            runs.append(part);
            from = at + c.len_utf8();
        }
        if from < text.len() {
            runs.push(&text[from..], &lang.tag);
        }
        runs
    }

    /// The first characters, with a sign for the rest. `kept` is how many bytes of the text stay.
    pub(super) fn cut(mut self, kept: usize) -> Self {
        let mut left = kept;
        self.0.retain_mut(|(text, _)| {
            let end = left.min(text.len());
            text.truncate(text.floor_char_boundary(end));
            left -= end;
            !text.is_empty()
        });
        if let Some((last, _)) = self.0.last_mut() {
            last.push('…');
        }
        self
    }

    /// The text as HTML for a place in a language. None if all of it is in that.
    pub(super) fn html(&self, around: &LangTag) -> Option<MarkedHtml> {
        if self.0.iter().all(|(_, lang)| lang == around) {
            return None;
        }
        let mut html = String::new();
        self.write(&mut html, around);
        Some(MarkedHtml::new(html))
    }

    /// Writes the text as HTML for a place in a language.
    pub(super) fn write(&self, out: &mut String, around: &LangTag) {
        for (text, lang) in &self.0 {
            // A number or a sign is in no language.
            let is_marked = lang != around && text.chars().any(char::is_alphabetic);
            if is_marked {
                let _ = write!(out, "<bdi lang=\"{lang}\" dir=\"{}\">", lang.direction());
            }
            escape_html(&mut *out, text).expect("writing to a string does not fail");
            if is_marked {
                out.push_str("</bdi>");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Runs;
    use crate::lang::{LangTag, Languages};

    #[test]
    fn a_message_marks_what_is_in_another_language() {
        let source = "of = { $value } of <{ $whole }>\n";
        let languages = Languages::new(&[(LangTag::english(), source)]).expect("valid Fluent");
        let (own, ar) = (LangTag::english(), LangTag::parse("ar").expect("a tag"));
        let english = languages.language(&own);
        let parts = [("whole", Runs::of("<كل>", &ar)), ("value", Runs::of("3%", &ar))];
        let message = Runs::message(&english, "of", &parts);
        let html = |runs: &Runs, around: &LangTag| {
            runs.html(around).map(|html| serde_json::to_value(html).expect("it is a text"))
        };
        let expected = "3% of &lt;<bdi lang=\"ar\" dir=\"rtl\">&lt;كل&gt;</bdi>&gt;";
        assert_eq!(html(&message, &own), Some(expected.into()));
        let expected = "3%<bdi lang=\"en\" dir=\"ltr\"> of &lt;</bdi>&lt;كل&gt;&gt;";
        assert_eq!(html(&message, &ar), Some(expected.into()));
        assert_eq!(html(&Runs::of("a", &own), &own), None);
        let names = ["A", "ب", "C"].map(|name| match name {
            "ب" => Runs::of(name, &ar),
            name => Runs::of(name, &own),
        });
        let expected = "A, <bdi lang=\"ar\" dir=\"rtl\">ب</bdi>, and C";
        assert_eq!(html(&Runs::list(&english, &names), &own), Some(expected.into()));
        let expected = "3% of &lt;<bdi lang=\"ar\" dir=\"rtl\">&lt;ك…</bdi>";
        assert_eq!(html(&message.cut(10), &own), Some(expected.into()));
    }
}
