//! One content file: front matter and Markdown become a typed document. Never needs another file.

pub mod date;
pub mod kind;
pub mod markdown;
pub mod markup;
pub mod reference;
