//! Why something was not published.

use crate::release::DiskError;
use std::fmt;

/// Why a step failed.
#[derive(Debug)]
pub enum PublishError {
    /// A guard refused; nothing was changed. One line for each reason.
    Refused(Vec<String>),
    /// The file system failed.
    Io(DiskError),
    /// The target, or the program that reaches it, failed.
    Target(String),
    /// The connection to the target, or the moment, was bad: trying again may help.
    Lost(String),
    /// The user stopped it.
    Interrupted,
}

impl PublishError {
    /// A refusal for one reason.
    pub fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(vec![reason.into()])
    }

    /// A failure of the target, without any password that a message of its own may hold.
    pub fn target(message: impl AsRef<str>) -> Self {
        Self::Target(without_passwords(message.as_ref()))
    }

    /// A failure that a program reports which uses the network.
    pub(super) fn network(message: impl AsRef<str>) -> Self {
        match super::retry::is_lost(message.as_ref()) {
            true => Self::Lost(without_passwords(message.as_ref())),
            false => Self::target(message),
        }
    }
}

impl From<DiskError> for PublishError {
    fn from(error: DiskError) -> Self {
        Self::Io(error)
    }
}

impl std::error::Error for PublishError {}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(reasons) => f.write_str(&reasons.join("; ")),
            Self::Io(error) => error.fmt(f),
            Self::Target(message) | Self::Lost(message) => f.write_str(message),
            Self::Interrupted => f.write_str("stopped on request"),
        }
    }
}

/// `https://me:word@host` as `https://***@host`.
pub(super) fn without_passwords(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let end = after.find(|c: char| c == '/' || c == '\'' || c == '"' || c.is_whitespace());
        let authority = &after[..end.unwrap_or(after.len())];
        rest = after;
        if let Some((user, _)) = authority.rsplit_once('@') {
            out.push_str("***");
            rest = &after[user.len()..];
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::without_passwords;

    #[test]
    fn passwords_are_left_out() {
        for (text, expected) in [
            ("no host", "no host"),
            (
                "'https://me:a@b@host/x': 403, see https://host/y",
                "'https://***@host/x': 403, see https://host/y",
            ),
            ("ssh://me@host:22/x", "ssh://***@host:22/x"),
        ] {
            assert_eq!(without_passwords(text), expected);
        }
    }
}
