//! Problems between files. The place is a field or the file; its line is looked up when it is shown.

use std::sync::Arc;

use crate::base::{EntityId, NearMissRule, SourcePath};
use crate::content::reference::Target;
use crate::diag::{Code, Location};
use crate::yaml::FieldPath;

use super::Page;

/// A problem that no file has on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
    /// Which of the code's rules found it, where it has several.
    pub rule: Option<NearMissRule>,
    /// The place to change.
    pub at: Location,
    /// One line.
    pub message: String,
    /// Under the carets.
    pub label: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// Another place that takes part.
    pub related: Option<(String, Location)>,
    /// What is missing. The nearest thing that is there is looked for once for all problems of a run.
    pub sought: Option<Sought>,
}

/// What a reference names and the site does not have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sought {
    /// A page, a player or a file.
    Target(Target),
    /// A topic with a page.
    Topic(EntityId),
    /// A figure.
    Fact(Arc<str>),
    /// A source: a shared one, or one of the page that is named.
    Source(Arc<str>, Option<SourcePath>),
}

impl Problem {
    /// A problem with neither help nor a second place.
    pub fn new(code: Code, at: Location, message: impl Into<String>) -> Self {
        Self {
            code,
            rule: None,
            at,
            message: message.into(),
            label: None,
            help: None,
            related: None,
            sought: None,
        }
    }

    /// Says what is missing, so that the nearest thing that is there can be named.
    #[must_use]
    pub fn sought(mut self, sought: Sought) -> Self {
        self.sought = Some(sought);
        self
    }

    /// Adds the text under the carets.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, message: impl Into<String>, at: Location) -> Self {
        self.related = Some((message.into(), at));
        self
    }
}

/// Two figures with one id.
pub(super) fn duplicate_fact(page: &Page, id: &str, other: Option<&SourcePath>) -> Problem {
    let field = FieldPath::root().key("facts").key(id);
    let (file, first) = match other {
        Some(path) => (path.clone(), FieldPath::root().key("facts").key(id)),
        None => (SourcePath::new("content/facts.yaml"), FieldPath::root().key(id)),
    };
    Problem::new(
        Code::DuplicateFact,
        Location::field(&page.path, field),
        format!("two facts are called `{id}`: here and in `{file}`"),
    )
    .help("keep one of them, or give one another id")
    .related("the other one", Location::field(&file, first))
}
