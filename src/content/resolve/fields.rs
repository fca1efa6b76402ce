//! One field at a time: text, dates, ids, choices.

use std::sync::Arc;

use crate::base::{EntityId, did_you_mean, in_ascii, nearest};
use crate::content::comments::without_comments;
use crate::content::date::Date;
use crate::content::document::PictureTexts;
use crate::content::foreign::date_help;
use crate::content::model::Name;
use crate::diag::Code;
use crate::yaml::{ByteSpan, FieldPath, Mapping, OneOrMany, Spanned, Text, TextOr};

/// A problem with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The kind of problem.
    pub code: Code,
    /// Its place in the YAML text, in bytes.
    pub span: ByteSpan,
    /// One line.
    pub message: String,
    /// Under the carets.
    pub label: Option<String>,
    /// What to write instead.
    pub help: Vec<String>,
}

/// Checks the fields of one file and collects their problems.
#[derive(Debug, Default)]
pub struct Fields {
    /// The problems so far.
    pub problems: Vec<FieldProblem>,
    /// Items of lists that were left out, as places of the text: those after them moved up in the resolved list.
    pub left_out: Vec<FieldPath>,
    /// Whether the file has a language in its name: what it lacks may be in the file that it translates.
    pub translates: bool,
    /// The texts of a picture that such a file does not declare itself.
    pub picture: Option<PictureTexts>,
    /// Whether what decides who sees the page has a problem.
    pub doubtful: bool,
    /// Where the reasons for a withdrawal stand.
    pub(super) withdrawal: Option<ByteSpan>,
    /// Whether nothing could be read, which was reported.
    unread: bool,
}

impl Fields {
    /// Reads the fields of a parsed document. `failed` and `left_out` are what the reader left out.
    pub fn new(failed: &[FieldPath], left_out: Vec<FieldPath>) -> Self {
        Self { unread: failed.contains(&FieldPath::root()), left_out, ..Self::default() }
    }

    /// Notes that an item of a list is left out.
    pub fn leave_out(&mut self, path: &FieldPath) {
        self.left_out.push(path.clone());
    }

    /// Notes that the items of a list have the indexes that their author gave them, whatever is left out.
    pub fn keep_indexes(&mut self, list: &FieldPath) {
        self.left_out.retain(|item| !item.is_below(list));
    }

    /// Adds a problem.
    pub fn problem(
        &mut self,
        code: Code,
        span: ByteSpan,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let help = help.into();
        let help = if help.is_empty() { Vec::new() } else { vec![help] };
        let message = message.into();
        self.problems.push(FieldProblem { code, span, message, label: None, help });
    }

    /// A text without its comments, trimmed; empty is missing.
    pub fn text(&self, text: Option<Text>) -> Option<Arc<str>> {
        self.spanned(text).map(|text| text.value)
    }

    /// [`text`](Self::text) with its place.
    pub fn spanned(&self, text: Option<Text>) -> Option<Text> {
        let Spanned { value: whole, span } = text?;
        let kept = without_comments(&whole);
        let text = kept.trim();
        let value = if text.len() == whole.len() { whole.clone() } else { Arc::from(text) };
        (!text.is_empty()).then_some(Spanned { value, span })
    }

    /// A text that is Markdown, trimmed; one that has nothing but comments is missing. Which of its comments are code
    /// is seen where it is rendered.
    pub fn markdown(&self, text: Option<Text>) -> Option<Text> {
        let Spanned { value: whole, span } = text?;
        if without_comments(&whole).trim().is_empty() {
            return None;
        }
        let text = whole.trim();
        let value = if text.len() == whole.len() { whole } else { Arc::from(text) };
        Some(Spanned { value, span })
    }

    /// The texts of a list; empty ones are left out.
    pub fn texts(&self, texts: Option<OneOrMany<Text>>) -> Vec<Text> {
        let texts = texts.map(|texts| texts.0).unwrap_or_default();
        texts.into_iter().filter_map(|(_, text)| self.spanned(Some(text))).collect()
    }

    /// [`texts`](Self::texts) without their places.
    pub fn plain(&self, texts: Option<OneOrMany<Text>>) -> Vec<Arc<str>> {
        self.texts(texts).into_iter().map(|text| text.value).collect()
    }

    /// A text of at most `limit` characters.
    pub fn bounded(&mut self, name: &str, text: Option<Text>, limit: usize) -> Option<Text> {
        let text = self.spanned(text)?;
        let length = text.chars().count();
        if length > limit {
            self.problem(
                Code::InvalidValue,
                text.span,
                format!("`{name}` has {length} characters, {limit} are allowed"),
                "say it in fewer words; the rest belongs in the text",
            );
        }
        Some(text)
    }

    /// A text that must be there. `what` needs it ("an article", "a question"); `at` is the mapping that lacks it.
    pub fn required<T>(
        &mut self,
        at: &Mapping,
        name: &str,
        what: &str,
        text: Option<T>,
    ) -> Option<T> {
        if text.is_none() {
            self.missing(at, name, what);
        }
        text
    }

    /// Reports a missing field, unless it is there and was reported for its value.
    pub fn missing(&mut self, at: &Mapping, name: &str, what: &str) {
        if self.unread || at.failed.contains(&name) {
            return;
        }
        let article = if name.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        self.problem(
            Code::MissingField,
            at.span,
            format!("{what} needs {article} `{name}`"),
            format!("add `{name}: …`"),
        );
    }

    /// A date.
    pub fn date(&mut self, text: Option<Text>) -> Option<Date> {
        let text = self.spanned(text)?;
        match Date::parse(&text) {
            Ok(date) => Some(date),
            Err(error) => {
                let message = format!("\"{}\" {error}", text.value);
                self.problem(Code::InvalidDate, text.span, message, error.help());
                None
            }
        }
    }

    /// A date that decides who sees the page. Authors write words there, too: `published: false`.
    pub fn deciding_date(&mut self, name: &str, text: Option<Text>) -> Option<Date> {
        let help = text.as_ref().and_then(|text| date_help(name, text));
        let before = self.problems.len();
        let date = self.date(text);
        self.doubtful |= self.problems.len() > before;
        if let (None, Some(help), Some(problem)) = (date, help, self.problems.last_mut()) {
            problem.help = vec![help];
        }
        date
    }

    /// A date that may not lie before an earlier one: it is then reported and left out.
    pub fn date_from(
        &mut self,
        earlier: (&str, Option<Date>),
        later: (&str, Option<Text>),
    ) -> Option<Date> {
        let span = later.1.as_ref().map(|text| text.span).unwrap_or_default();
        let second = self.date(later.1);
        self.in_order(span, earlier, (later.0, second))
    }

    /// Reports a later date that lies before an earlier one; the later one is then left out.
    pub fn in_order(
        &mut self,
        span: ByteSpan,
        (earlier, first): (&str, Option<Date>),
        (later, second): (&str, Option<Date>),
    ) -> Option<Date> {
        if let (Some(first), Some(second)) = (first, second)
            && second.is_before(first)
        {
            self.problem(
                Code::DateOrder,
                span,
                format!("`{later}` ({second}) is before `{earlier}` ({first})"),
                format!("write a date from {first} on, or correct `{earlier}`"),
            );
            return None;
        }
        second
    }

    /// An id.
    pub fn id(&mut self, text: Option<Text>) -> Option<EntityId> {
        let text = self.spanned(text)?;
        self.check_id(&text)
    }

    /// The ids of a list at a place.
    pub fn ids(&mut self, path: &FieldPath, texts: Option<OneOrMany<Text>>) -> Vec<EntityId> {
        let mut ids = Vec::new();
        for (at, text) in texts.map(|texts| texts.0).unwrap_or_default() {
            match self.id(Some(text)) {
                Some(id) if !ids.contains(&id) => ids.push(id),
                Some(_) | None => self.leave_out(&path.index(at)),
            }
        }
        ids
    }

    /// A player's id, or free text: that has a capital, a space or a letter beyond ASCII.
    pub fn name(&mut self, text: Option<Text>) -> Option<Name> {
        let text = self.spanned(text)?;
        let free = text.chars().any(|c| c.is_uppercase() || c.is_whitespace() || !c.is_ascii());
        if free {
            return Some(Name::Text(text.value));
        }
        self.check_id(&text).map(Name::Id)
    }

    /// One of a few values.
    pub fn choice<T: Copy>(
        &mut self,
        name: &str,
        text: Option<Text>,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.spanned(text)?;
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
            text.span,
            format!("`{name}` must be one of {}, found \"{}\"", names.join(", "), text.value),
            help,
        );
        None
    }

    fn check_id(&mut self, id: &Text) -> Option<EntityId> {
        let text: &str = id;
        match EntityId::try_from(id.value.clone()) {
            // With `.md` behind it, it is the name of a file.
            Ok(_) if text.len() > 252 => {
                let message =
                    format!("the id has {} bytes: no file can have that name", text.len());
                self.problem(Code::BadPath, id.span, message, "write an id of at most 252 letters");
                None
            }
            Ok(id) => Some(id),
            Err(error) => {
                let alike = in_ascii(text).filter(|alike| EntityId::new(alike).is_ok());
                let help = match error.suggestion {
                    _ if alike.is_some() => did_you_mean(text, &alike.unwrap_or_default()),
                    Some(id) => {
                        format!("ids are lower-case letters and digits joined by `-`: write `{id}`")
                    }
                    None => "ids are lower-case letters and digits joined by `-`".into(),
                };
                self.problem(Code::InvalidId, id.span, format!("\"{text}\" is not an id"), help);
                None
            }
        }
    }
}

/// The items of a list with their paths. A single value that stands for a list is its first item.
pub(super) fn items<T>(
    path: &FieldPath,
    list: Option<OneOrMany<T>>,
) -> impl Iterator<Item = (FieldPath, T)> + use<T> {
    let path = path.clone();
    let items = list.map(|list| list.0).unwrap_or_default();
    items.into_iter().map(move |(at, item)| (path.index(at), item))
}

/// The place of an item that is a text or a mapping.
pub(super) fn span_of<T>(item: &TextOr<T>, mapping: impl Fn(&T) -> &Mapping) -> ByteSpan {
    match item {
        TextOr::Text(text) => text.span,
        TextOr::Full(full) => mapping(full).span,
    }
}
