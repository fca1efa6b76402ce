//! Where a problem is, before its line is known.

use std::ops::Range;

use crate::base::{FieldPath, SourcePath};

/// A file, or a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub file: SourcePath,
    /// The place in it; the file as a whole without one.
    pub place: Option<PlaceInFile>,
}

/// A place in a file. Its line is looked up when a problem is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PlaceInFile {
    /// Bytes of the file's decoded text.
    Bytes(Range<u32>),
    /// A field of the front matter, or of a data file.
    Field(FieldPath),
}

impl Location {
    /// A file as a whole.
    pub fn file(file: &SourcePath) -> Self {
        Self { file: file.clone(), place: None }
    }

    /// A field of a file.
    pub fn field(file: &SourcePath, field: FieldPath) -> Self {
        Self::place(file, PlaceInFile::Field(field))
    }

    /// A place in a file.
    pub fn place(file: &SourcePath, place: PlaceInFile) -> Self {
        Self { file: file.clone(), place: Some(place) }
    }
}
