//! The search of a site: words of texts, and which sections have them. Pure functions; the page's script does the same to
//! what a reader types.
//!
//! A site is divided into entries (a page, a topic, a figure), and an entry into sections. Each term has a list of the
//! sections that hold it, with an impact from 1 to 63 that is a function of the section alone. How rare a term is
//! weighs in when a reader asks. So an edit changes the lists of the terms of one page, and nothing else.

mod encode;
mod index;
mod stem;
mod tokens;

pub use encode::{numbers, shard_text};
pub use index::{Indexing, MOST, Posting, SearchIndex, Section, TermList};
pub use stem::Stemmer;
pub use tokens::Tokenizer;
