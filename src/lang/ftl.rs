//! The mistakes of a Fluent file, all of them and each at its place.
//!
//! Fluent itself finds a reference that leads nowhere only when the message is printed, and then prints the
//! reference: a reader would see it before the editor does. Here a file is held against itself once, when it is read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    self, Attribute, CallArguments, Expression, Identifier, InlineExpression, Pattern,
    PatternElement,
};
use fluent_syntax::parser::{ErrorKind, ParserError};

use super::messages::MessageEntry;

/// The one function that messages may call.
const FUNCTION: &str = "NUMBER";

/// A mistake in a Fluent file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FtlError {
    /// Where, in bytes of the source; on character boundaries and within the text.
    pub range: Range<usize>,
    /// What is wrong, in lower case and without a final full stop.
    pub message: String,
}

/// Each message that has a text, with the variables it needs: its own in every branch and attribute, and those of the
/// messages that it refers to.
///
/// # Errors
/// All mistakes of the file in the order of their places, those that the parser reported included.
pub(super) fn check(
    resource: &FluentResource,
    syntax: &[ParserError],
) -> Result<BTreeMap<String, MessageEntry>, Vec<FtlError>> {
    let file = FtlFile::read(resource);
    let mut errors: Vec<_> = syntax.iter().map(|error| file.syntax_error(error)).collect();
    errors.extend(file.clashes.iter().map(|(id, first)| {
        let message = match *first {
            FUNCTION => format!("`{id}` has the name of a function"),
            first if first == *id => format!("`{id}` is given twice"),
            first => format!("`{id}` has the name of `{first}`, and Fluent keeps one of them"),
        };
        file.error(id, message)
    }));
    for (id, entry) in &file.entries {
        errors.extend(entry.references.iter().filter_map(|reference| file.dead(reference)));
        let circular = file.reach(id, true).into_iter().flat_map(|entry| &entry.references);
        for reference in circular.filter(|reference| reference.target.entry() == Some(id)) {
            errors.push(file.error(reference.at, format!("`{id}` refers to itself")));
        }
    }
    if !errors.is_empty() {
        errors.sort_by(|a, b| (a.range.start, &a.message).cmp(&(b.range.start, &b.message)));
        return Err(errors);
    }
    let messages = file.entries.iter().filter(|(id, entry)| entry.has_text && !is_term(id));
    let references = file.entries.values().flat_map(|entry| &entry.references);
    let referenced: BTreeSet<_> = references.filter_map(|entry| entry.target.entry()).collect();
    let entries = messages.map(|(id, _)| {
        let names = file.reach(id, false).into_iter().flat_map(|entry| &entry.variables);
        let names: BTreeSet<_> = names.map(|name| (*name).to_owned()).collect();
        let start = file.offset(id);
        let entry = MessageEntry {
            variables: names.into_iter().collect(),
            place: start..start + id.len(),
            referenced: referenced.contains(id),
        };
        ((*id).to_owned(), entry)
    });
    Ok(entries.collect())
}

/// The entries of a file by their id; a term's id has its `-`.
struct FtlFile<'a> {
    source: &'a str,
    entries: BTreeMap<&'a str, FtlEntry<'a>>,
    /// Ids whose name is taken, each with the id that took it.
    clashes: Vec<(&'a str, &'a str)>,
}

/// What one entry uses.
#[derive(Default)]
struct FtlEntry<'a> {
    has_text: bool,
    attributes: Vec<&'a str>,
    variables: Vec<&'a str>,
    references: Vec<FtlReference<'a>>,
}

/// One use of something declared elsewhere.
struct FtlReference<'a> {
    target: FtlTarget<'a>,
    attribute: Option<&'a str>,
    /// The slice of the source that names the target.
    at: &'a str,
}

enum FtlTarget<'a> {
    /// A message or a term by its id.
    Entry(&'a str),
    Function(&'a str),
}

impl<'a> FtlTarget<'a> {
    fn entry(&self) -> Option<&'a str> {
        match self {
            Self::Entry(id) => Some(id),
            Self::Function(_) => None,
        }
    }
}

impl<'a> FtlFile<'a> {
    fn read(resource: &'a FluentResource) -> Self {
        let source = resource.source();
        let mut file = Self { source, entries: BTreeMap::new(), clashes: Vec::new() };
        let mut taken = BTreeMap::from([(FUNCTION, FUNCTION)]);
        for entry in resource.entries() {
            let (id, value, attributes) = match entry {
                ast::Entry::Message(message) => {
                    (message.id.name, message.value.as_ref(), &message.attributes)
                }
                ast::Entry::Term(term) => {
                    (file.with_dash(&term.id), Some(&term.value), &term.attributes)
                }
                _ => continue,
            };
            let mut entry = FtlEntry { has_text: value.is_some(), ..FtlEntry::default() };
            for pattern in value.into_iter().chain(attributes.iter().map(|a| &a.value)) {
                file.pattern(pattern, &mut entry);
            }
            entry.attributes = attributes.iter().map(|a: &Attribute<_>| a.id.name).collect();
            // Fluent looks messages, terms and functions up in one table, a term without its `-`.
            let name = id.strip_prefix('-').unwrap_or(id);
            match taken.get(name) {
                Some(first) => file.clashes.push((id, *first)),
                None => {
                    taken.insert(name, id);
                    file.entries.insert(id, entry);
                }
            }
        }
        file
    }

    /// The entry itself and all that it leads to, each once. Terms are variables' border: they see only the arguments
    /// that a message passes to them, never those that the message was given.
    fn reach(&self, id: &'a str, through_terms: bool) -> Vec<&FtlEntry<'a>> {
        let mut reached = BTreeSet::from([id]);
        let mut queue = vec![id];
        let mut entries = Vec::new();
        while let Some(entry) = queue.pop().and_then(|id| self.entries.get(id)) {
            let targets = entry.references.iter().filter_map(|reference| reference.target.entry());
            for target in targets.filter(|id| through_terms || !is_term(id)) {
                if self.entries.contains_key(target) && reached.insert(target) {
                    queue.push(target);
                }
            }
            entries.push(entry);
        }
        entries
    }

    fn pattern(&self, pattern: &Pattern<&'a str>, entry: &mut FtlEntry<'a>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression, entry);
            }
        }
    }

    fn expression(&self, expression: &Expression<&'a str>, entry: &mut FtlEntry<'a>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, entry),
            Expression::Select { selector, variants } => {
                self.inline(selector, entry);
                for variant in variants {
                    self.pattern(&variant.value, entry);
                }
            }
        }
    }

    fn inline(&self, inline: &InlineExpression<&'a str>, entry: &mut FtlEntry<'a>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => entry.variables.push(id.name),
            InlineExpression::Placeable { expression } => self.expression(expression, entry),
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|attribute| attribute.name);
                let target = FtlTarget::Entry(id.name);
                entry.references.push(FtlReference { target, attribute, at: id.name });
            }
            InlineExpression::TermReference { id, attribute, arguments } => {
                let attribute = attribute.as_ref().map(|attribute| attribute.name);
                let at = self.with_dash(id);
                entry.references.push(FtlReference { target: FtlTarget::Entry(at), attribute, at });
                if let Some(arguments) = arguments {
                    self.arguments(arguments, entry);
                }
            }
            InlineExpression::FunctionReference { id, arguments } => {
                let target = FtlTarget::Function(id.name);
                entry.references.push(FtlReference { target, attribute: None, at: id.name });
                self.arguments(arguments, entry);
            }
        }
    }

    fn arguments(&self, arguments: &CallArguments<&'a str>, entry: &mut FtlEntry<'a>) {
        let named = arguments.named.iter().map(|argument| &argument.value);
        for argument in arguments.positional.iter().chain(named) {
            self.inline(argument, entry);
        }
    }

    fn dead(&self, reference: &FtlReference<'a>) -> Option<FtlError> {
        let message = match reference.target {
            FtlTarget::Function(FUNCTION) => return None,
            FtlTarget::Function(id) => format!("no function `{id}`: there is only `{FUNCTION}`"),
            FtlTarget::Entry(id) => match (self.entries.get(id), reference.attribute) {
                (None, _) => format!("no `{id}` in this file"),
                (Some(entry), None) if !entry.has_text => format!("`{id}` has no text"),
                (Some(entry), Some(name)) if !entry.attributes.contains(&name) => {
                    format!("`{id}` has no attribute `{name}`")
                }
                _ => return None,
            },
        };
        Some(self.error(reference.at, message))
    }

    fn error(&self, slice: &'a str, message: String) -> FtlError {
        let start = self.offset(slice);
        FtlError { range: start..start + slice.len(), message }
    }

    fn syntax_error(&self, error: &ParserError) -> FtlError {
        let message = match &error.kind {
            ErrorKind::ExpectedToken(token) => format!("expected `{token}`"),
            ErrorKind::ExpectedCharRange { range } => format!("expected one of `{range}`"),
            ErrorKind::ExpectedMessageField { entry_id } => format!("`{entry_id}` has no text"),
            ErrorKind::ExpectedTermField { entry_id } => format!("`-{entry_id}` has no text"),
            // Fluent reports the byte after the backslash as a number, which helps no author.
            ErrorKind::UnknownEscapeSequence(_) => "unknown escape sequence".to_owned(),
            ErrorKind::InvalidUnicodeEscapeSequence(code) => {
                format!("`{code}` is not the code of a character")
            }
            other => lower_first(&other.to_string()),
        };
        let mut start = error.pos.start.min(self.source.len());
        while !self.source.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = error.pos.end.clamp(start, self.source.len());
        while !self.source.is_char_boundary(end) {
            end += 1;
        }
        // A place that runs over the line's end would be drawn over two lines.
        let seen = self.source[start..end].trim_end().len();
        FtlError { range: start..if seen > 0 { start + seen } else { end }, message }
    }

    /// A term's id with the `-` that stands before it in the source.
    fn with_dash(&self, id: &Identifier<&'a str>) -> &'a str {
        let start = self.offset(id.name);
        &self.source[start - 1..start + id.name.len()]
    }

    /// Where a slice of the source starts: the parser copies nothing, so the address tells.
    fn offset(&self, slice: &str) -> usize {
        slice.as_ptr() as usize - self.source.as_ptr() as usize
    }
}

fn is_term(id: &str) -> bool {
    id.starts_with('-')
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use proptest::test_runner::FileFailurePersistence;

    use crate::lang::{LangTag, Messages};

    /// Each expectation is `text at the range: message`.
    fn check(source: &str, expected: &[&str]) {
        let errors = Messages::new(LangTag::english(), source).err().unwrap_or_default();
        let shown: Vec<_> = errors
            .iter()
            .map(|error| format!("{}: {}", &source[error.range.clone()], error.message))
            .collect();
        assert_eq!(shown, expected, "{source:?}");
    }

    #[test]
    fn every_mistake_at_its_place() {
        for (source, expected) in [
            ("", &[][..]),
            ("# only a comment\n", &[]),
            ("a = A\nb = { a } { NUMBER($n) } { -t(case: \"x\") }\n-t = T\n", &[]),
            ("a = A\nb B\nc = C", &["B: expected `=`"]),
            ("a =\nb = B", &["a =: `a` has no text"]),
            (
                "a = { $n ->\n  [one] x\n }",
                &["}: the select expression must have a default variant"],
            ),
            ("a = { \"é }", &[": expected `\"`"]),
            ("a = { \"é }\nb = B", &["\n: unterminated string literal"]),
            ("a = { \"\\q\" }", &["\\: unknown escape sequence"]),
            ("a = é } é", &["}: unbalanced closing brace"]),
            ("a = A\nb = B\na = C\na = D", &["a: `a` is given twice", "a: `a` is given twice"]),
            ("-a = A\n-a = B", &["-a: `-a` is given twice"]),
            ("-a = A\na = B", &["a: `a` has the name of `-a`, and Fluent keeps one of them"]),
            ("NUMBER = A", &["NUMBER: `NUMBER` has the name of a function"]),
            ("a = { b } { -c }", &["b: no `b` in this file", "-c: no `-c` in this file"]),
            (
                "a =\n .x = X\nb = { a } { a.x } { a.y }",
                &["a: `a` has no text", "a: `a` has no attribute `y`"],
            ),
            ("a = { DATETIME($d) }", &["DATETIME: no function `DATETIME`: there is only `NUMBER`"]),
            ("a = { a }", &["a: `a` refers to itself"]),
            (
                "a = { b }\nb = { -c }\n-c = { a }",
                &[
                    "b: `b` refers to itself",
                    "-c: `-c` refers to itself",
                    "a: `a` refers to itself",
                ],
            ),
            ("a = { $x ->\n *[y] { b }\n }\nc D\n", &["b: no `b` in this file", "D: expected `=`"]),
        ] {
            check(source, expected);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
            ..Default::default()
        })]

        /// Any text is read or refused, and every range can be cut out of it.
        #[test]
        fn ranges_fit_the_text(parts in proptest::collection::vec(proptest::sample::select(&[
            "a", "-t", " = ", "{", "}", "\n", " ", "*[", "[", "]", "->", "$n", "\"", "\\", "é", "日", "(", ")",
            ":", ",", ".", "#", "NUMBER", "1", "\\u00", "\t",
        ][..]), 0..24)) {
            let source = parts.concat();
            for error in Messages::new(LangTag::english(), &source).err().unwrap_or_default() {
                proptest::prop_assert!(source.get(error.range).is_some());
            }
        }
    }
}
