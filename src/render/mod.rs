//! Templates: the embedded theme and a site's overrides, rendered by Tera. Nothing else imports Tera.
//!
//! 1. [`theme`] holds the theme that is built into the binary: templates, interface text, style sheet.
//! 2. [`TemplateSet::load`] puts a site's own templates over it, file by file, and checks every one of them,
//!    used or not: a broken set is a list of diagnostics and no set.
//! 3. [`TemplateSet::render`] turns a view into a page, or into a diagnostic that names the template's line and
//!    the page that was being made.
//!
//! Refused here: a template cannot reach a file, a clock, the environment or the site. Its view and its language's
//! interface text are all it sees, so the digest of the view and [`TemplateSet::digest`] together
//! are a page's complete key.

mod asked;
mod error;
mod hints;
mod load;
mod message;
mod page;
mod report;
mod set;
mod tags;
mod tera1;
mod texts;
pub mod theme;
mod translate;
mod unknown;

pub use asked::AskedTexts;
pub use page::prepared;
pub use set::{LoadedTemplates, TemplateSet};
pub use unknown::{UnknownField, ViewFields};

#[cfg(test)]
mod tests;
