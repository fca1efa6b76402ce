//! YAML text to typed values, every problem with its place. The only module that knows serde_yaml.
//!
//! [`YamlDocument::read`] makes a tree of the events of a parser with marks, in which every value knows its place.
//! [`YamlDocument::parse`] reads the tree into structs that `mapping!` defines; serde_yaml resolves every scalar that is
//! not read as text, and makes free-form values. A value that does not fit is reported at its own place and left out,
//! and the rest keeps its values. The same tree answers where a field stands ([`YamlDocument::locate`]), and what to change
//! in the text to change a value.
//!
//! Here YAML is a notation for trees: anchors, aliases, merge keys and tags are refused, and so are documents nested
//! more than 32 levels deep. The caller limits the size. What a value *means* (whether text is a date or an id, which
//! fields are required) is not decided here.
//!
//! The structs that documents are read into have only optional fields. Text is read as [`Text`], which keeps the source
//! text of every scalar (`yes`, `1.10`, `2025-06-20`). Nothing, `null` and `""` count as missing; as an item of
//! a list they are a problem.

mod cut;
mod document;
mod edit;
mod folds;
mod read;
mod report;
mod schema;
mod syntax;
mod tree;
mod value;

pub use crate::base::FieldPath;
pub use document::{Marked, Place, YamlDocument};
pub use edit::{Scalar, scalar as scalar_text};
pub use schema::{FieldDoc, fields};
pub(crate) use value::mapping;
pub use value::{
    ByteSpan, Entries, Extra, FromYaml, Mapping, OneOrMany, Spanned, Text, TextOr, Unread, Value,
};

use std::ops::Range;

use crate::diag::Code;

/// Something wrong in a document. Ranges are bytes of the text that was parsed, on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
    /// The value that it concerns; for an unknown key, its path.
    pub path: FieldPath,
    /// Where it is: never more than one line, and empty only in an empty document.
    pub span: Range<usize>,
    /// One line that makes sense alone.
    pub message: String,
    /// What stands under the carets.
    pub label: Option<String>,
    /// What to write instead.
    pub help: Vec<String>,
    /// Other places that take part, each with what is there.
    pub related: Vec<(String, Range<usize>)>,
    /// Of an unknown key: what stands there, for a caller who knows more of keys than the schema does.
    pub unknown: Option<Box<Unknown>>,
}

/// A key that the schema does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Its value, with YAML's own types.
    pub value: serde_json::Value,
    /// The keys that its mapping may have.
    pub known: Vec<&'static str>,
}

impl Problem {
    fn new(code: Code, path: FieldPath, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code,
            path,
            span,
            message: message.into(),
            label: None,
            help: Vec::new(),
            related: Vec::new(),
            unknown: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

/// A value read from a document, and what was wrong with the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<T> {
    /// What could be read; everything else is missing from it.
    pub value: T,
    /// The problems, in the order of the text.
    pub problems: Vec<Problem>,
    /// The values that were left out because of a problem, as places of the text: a field that is missing there was
    /// reported already. The root, when nothing could be read.
    pub failed: Vec<FieldPath>,
    /// Those of `failed` that are items of a list.
    pub left_out: Vec<FieldPath>,
}
