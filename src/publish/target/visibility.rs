//! How a folder becomes visible: by one rename of a link, or file by file.

use std::time::Duration;

use super::Abilities;

/// How a release becomes visible in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visibility {
    /// By one rename of a link.
    Link,
    /// File by file, for this reason.
    Files(&'static str),
}

impl Visibility {
    /// What a folder can do. `name`: how it is shown; `own`: where our own files are; `history`: whether it keeps the
    /// bytes of earlier releases.
    pub(super) fn abilities(self, name: &str, own: &str, history: bool) -> Abilities {
        let (how, edits) = match self {
            Self::Link => (
                format!("at once: `{name}` becomes a link to the new release"),
                format!("`{own}/releases/`, in the release before"),
            ),
            Self::Files(why) => (
                format!("file by file, in an order that breaks no page: `{name}` {why}"),
                format!("`{own}/edited/`"),
            ),
        };
        let atomic = self == Self::Link;
        Abilities { atomic, headers: false, history, wait: Duration::from_secs(30), how, edits }
    }
}
