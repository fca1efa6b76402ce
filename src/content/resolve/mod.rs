//! From raw front matter to typed values: every check that one file allows, and a problem for each that fails.
//!
//! A field that fails is left out and the rest goes on, so that one run shows every mistake. A problem names its
//! field by path; the caller turns the path into a line, and only when there is a problem.

mod article;
mod changes;
mod data;
mod events;
mod fields;
mod parts;
mod picture;
mod player;
pub mod signs;
mod units;

pub(crate) use article::{Asked, days};
pub use article::{FieldMarkdown, QuestionFields, Resolved, Texts, article, faq, page, topic};
pub use changes::ChangeFields;
pub use data::{facts, listed_sources, lost_fact, lost_source, sources, sources_are_listed};
pub use fields::{FieldProblem, Fields};
pub use parts::{bad_site_link, is_withdrawn, url_help};
pub(crate) use parts::{lang, reserved};
pub(crate) use player::language_key;
pub use player::player;
