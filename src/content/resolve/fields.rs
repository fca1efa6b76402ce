//! One field at a time: text, dates, ids, choices.

use std::sync::Arc;

use crate::base::{EntityId, did_you_mean, in_ascii, nearest};
use crate::content::comments::without_comments;
use crate::content::date::Date;
use crate::content::document::PictureTexts;
use crate::content::foreign::date_help;
use crate::content::model::Name;
use crate::diag::Code;
use crate::yaml::{FieldPath, OneOrMany, Text};

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
    /// The field.
    pub path: FieldPath,
    /// Whether the place is the field's key, because the key is what is wrong.
    pub key: bool,
    /// One line.
    pub message: String,
    /// Under the carets.
    pub label: Option<String>,
    /// What to write instead.
    pub help: Vec<String>,
}

/// Reads the fields of one file and gathers what is wrong with them.
#[derive(Debug, Default)]
pub struct Fields {
    /// What is wrong so far.
    pub problems: Vec<Problem>,
    /// Items of lists that were left out, as places of the text: those after them moved up in the resolved list.
    pub left_out: Vec<FieldPath>,
    /// Whether the file has a language in its name: what it lacks may be in the file that it translates.
    pub translates: bool,
    /// The texts of a picture that such a file does not declare itself.
    pub picture: Option<PictureTexts>,
    /// Values that the YAML reader already reported and left out.
    failed: Vec<FieldPath>,
}

impl Fields {
    /// Reads the fields of a parsed document, of which some may have failed before.
    pub fn new(failed: Vec<FieldPath>, left_out: Vec<FieldPath>) -> Self {
        Self { failed, left_out, ..Self::default() }
    }

    /// Notes that an item of a list is left out.
    pub fn leave_out(&mut self, path: &FieldPath) {
        self.left_out.push(path.clone());
    }

    /// Adds a problem.
    pub fn problem(
        &mut self,
        code: Code,
        path: FieldPath,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let help = help.into();
        let help = if help.is_empty() { Vec::new() } else { vec![help] };
        let message = message.into();
        self.problems.push(Problem { code, path, key: false, message, label: None, help });
    }

    /// Adds a problem of a field's key.
    pub fn key_problem(
        &mut self,
        code: Code,
        path: FieldPath,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problem(code, path, message, help);
        if let Some(problem) = self.problems.last_mut() {
            problem.key = true;
        }
    }

    /// A text without its comments, trimmed; empty is missing.
    pub fn text(&self, text: Option<Text>) -> Option<Arc<str>> {
        let Text(whole) = text?;
        let kept = without_comments(&whole);
        let text = kept.trim();
        if text.len() == whole.len() {
            return (!text.is_empty()).then_some(whole);
        }
        (!text.is_empty()).then(|| Arc::from(text))
    }

    /// A text that is Markdown, trimmed; one that has nothing but comments is missing. Which of its comments are code
    /// is seen where it is rendered.
    pub fn markdown(&self, text: Option<Text>) -> Option<Arc<str>> {
        let Text(whole) = text?;
        if without_comments(&whole).trim().is_empty() {
            return None;
        }
        let text = whole.trim();
        Some(if text.len() == whole.len() { whole } else { Arc::from(text) })
    }

    /// Texts with their paths; empty ones are left out.
    pub fn texts(
        &self,
        path: &FieldPath,
        texts: Option<OneOrMany<Text>>,
    ) -> Vec<(FieldPath, Arc<str>)> {
        items(path, texts)
            .filter_map(|(path, text)| self.text(Some(text)).map(|text| (path, text)))
            .collect()
    }

    /// Texts that are Markdown with their paths; empty ones are left out.
    pub fn markdown_texts(
        &self,
        path: &FieldPath,
        texts: Option<OneOrMany<Text>>,
    ) -> Vec<(FieldPath, Arc<str>)> {
        items(path, texts)
            .filter_map(|(path, text)| self.markdown(Some(text)).map(|text| (path, text)))
            .collect()
    }

    /// A text of at most `limit` characters.
    pub fn bounded(
        &mut self,
        path: &FieldPath,
        name: &str,
        text: Option<Text>,
        limit: usize,
    ) -> Option<Arc<str>> {
        let text = self.text(text)?;
        let length = text.chars().count();
        if length > limit {
            self.problem(
                Code::InvalidValue,
                path.clone(),
                format!("`{name}` has {length} characters, {limit} are allowed"),
                "say it in fewer words; the rest belongs in the text",
            );
        }
        Some(text)
    }

    /// A text that must be there. `what` needs it ("an article", "a question"); `at` is the item that lacks it.
    pub fn required(
        &mut self,
        at: &FieldPath,
        name: &str,
        what: &str,
        text: Option<Arc<str>>,
    ) -> Option<Arc<str>> {
        if text.is_none() {
            self.missing(at, name, what);
        }
        text
    }

    /// Reports a missing field, unless it is there and was reported for its value.
    pub fn missing(&mut self, at: &FieldPath, name: &str, what: &str) {
        // Whether a translation has a name is known with the page that it translates.
        if self.translates && name == "name" && *at == FieldPath::root() {
            return;
        }
        let article = if name.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        if !at.key(name).is_within(&self.failed) {
            self.problem(
                Code::MissingField,
                at.clone(),
                format!("{what} needs {article} `{name}`"),
                format!("add `{name}: …`"),
            );
        }
    }

    /// A date.
    pub fn date(&mut self, path: &FieldPath, text: Option<Text>) -> Option<Date> {
        let text = self.text(text)?;
        match Date::parse(&text) {
            Ok(date) => Some(date),
            Err(error) => {
                self.problem(
                    Code::InvalidDate,
                    path.clone(),
                    format!("\"{text}\" {error}"),
                    error.help(),
                );
                None
            }
        }
    }

    /// A date that decides who sees the page. Authors write words there, too: `published: false`.
    pub fn deciding_date(
        &mut self,
        path: &FieldPath,
        name: &str,
        text: Option<Text>,
    ) -> Option<Date> {
        let help = text.as_ref().and_then(|text| date_help(name, text));
        let date = self.date(path, text);
        if let (None, Some(help), Some(problem)) = (date, help, self.problems.last_mut()) {
            problem.help = vec![help];
        }
        date
    }

    /// Reports a later date that lies before an earlier one; the later one is then left out.
    pub fn in_order(
        &mut self,
        at: &FieldPath,
        (earlier, first): (&str, Option<Date>),
        (later, second): (&str, Option<Date>),
    ) -> Option<Date> {
        if let (Some(first), Some(second)) = (first, second)
            && second.is_before(first)
        {
            self.problem(
                Code::DateOrder,
                at.key(later),
                format!("`{later}` ({second}) is before `{earlier}` ({first})"),
                format!("write a date from {first} on, or correct `{earlier}`"),
            );
            return None;
        }
        second
    }

    /// An id.
    pub fn id(&mut self, path: &FieldPath, text: Option<Text>) -> Option<Arc<str>> {
        let text = self.text(text)?;
        self.check_id(path, &text).then_some(text)
    }

    /// Ids with their paths.
    pub fn ids(&mut self, path: &FieldPath, texts: Option<OneOrMany<Text>>) -> Vec<Arc<str>> {
        let mut ids = Vec::new();
        for (path, text) in items(path, texts) {
            match self.id(&path, Some(text)) {
                Some(id) if !ids.contains(&id) => ids.push(id),
                Some(_) | None => self.leave_out(&path),
            }
        }
        ids
    }

    /// A player's id, or free text: that has a capital, a space or a letter beyond ASCII.
    pub fn name(&mut self, path: &FieldPath, text: Option<Text>) -> Option<Name> {
        let text = self.text(text)?;
        let free = text.chars().any(|c| c.is_uppercase() || c.is_whitespace() || !c.is_ascii());
        if free {
            return Some(Name::Text(text));
        }
        self.check_id(path, &text).then_some(Name::Id(text))
    }

    /// One of a few values.
    pub fn choice<T: Copy>(
        &mut self,
        path: &FieldPath,
        name: &str,
        text: Option<Text>,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.text(text)?;
        if let Some((_, value)) = choices.iter().find(|(choice, _)| *choice == &*text) {
            return Some(*value);
        }
        let mut names: Vec<&str> = Vec::new();
        for (choice, _) in choices {
            if !names.contains(choice) {
                names.push(choice);
            }
        }
        let help = match nearest(&text, names.iter().copied()) {
            Some(near) => did_you_mean(&text, near),
            None => format!("write one of: {}", names.join(", ")),
        };
        self.problem(
            Code::InvalidValue,
            path.clone(),
            format!("`{name}` must be one of {}, found \"{text}\"", names.join(", ")),
            help,
        );
        None
    }

    /// One of a few words.
    pub fn word(
        &mut self,
        path: &FieldPath,
        name: &str,
        text: Option<Text>,
        words: &[&'static str],
    ) -> Option<&'static str> {
        let choices: Vec<_> = words.iter().map(|word| (*word, *word)).collect();
        self.choice(path, name, text, &choices)
    }

    /// The id that is the key of a field.
    pub fn key_id(&mut self, path: &FieldPath, key: Text) -> Option<Arc<str>> {
        let before = self.problems.len();
        let id = self.id(path, Some(key));
        self.problems[before..].iter_mut().for_each(|problem| problem.key = true);
        id
    }

    fn check_id(&mut self, path: &FieldPath, text: &str) -> bool {
        match EntityId::new(text) {
            // With `.md` behind it, it is the name of a file.
            Ok(_) if text.len() > 252 => {
                let message =
                    format!("the id has {} bytes: no file can have that name", text.len());
                self.problem(
                    Code::BadPath,
                    path.clone(),
                    message,
                    "write an id of at most 252 letters",
                );
                false
            }
            Ok(_) => true,
            Err(error) => {
                let alike = in_ascii(text).filter(|alike| EntityId::new(alike).is_ok());
                let help = match error.suggestion {
                    _ if alike.is_some() => did_you_mean(text, &alike.unwrap_or_default()),
                    Some(id) => {
                        format!("ids are lower-case letters and digits joined by `-`: write `{id}`")
                    }
                    None => "ids are lower-case letters and digits joined by `-`".into(),
                };
                self.problem(
                    Code::InvalidId,
                    path.clone(),
                    format!("\"{text}\" is not an id"),
                    help,
                );
                false
            }
        }
    }
}

/// The items of a list with their paths. A single value that stands for a list keeps the field's own path.
pub(super) fn items<T>(
    path: &FieldPath,
    list: Option<OneOrMany<T>>,
) -> impl Iterator<Item = (FieldPath, T)> + use<T> {
    let path = path.clone();
    let items = list.map(|list| list.0).unwrap_or_default();
    items.into_iter().map(move |(at, item)| (path.index(at), item))
}
