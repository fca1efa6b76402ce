//! Why a value could not be deserialised.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use super::tree::NodeId;

/// Passes [`Cause::Empty`] through serde. Control characters do not occur in other messages.
const EMPTY: &str = "\u{1}empty";

/// Passes [`Cause::Control`] through serde.
const CONTROL: &str = "\u{1}control";

/// An error for a text with a control character.
pub(super) fn control<E: de::Error>() -> E {
    E::custom(CONTROL)
}

/// An error for a value that counts as missing.
pub(super) fn empty<E: de::Error>() -> E {
    E::custom(EMPTY)
}

/// An error with the innermost value that it came from.
#[derive(Debug)]
pub(super) struct Error {
    pub(super) node: Option<NodeId>,
    pub(super) cause: Cause,
}

#[derive(Debug)]
pub(super) enum Cause {
    /// Another type was expected: "a string".
    Type(String),
    /// The type is right, the value is not: "u8".
    Value(String),
    /// A word that is not one of these.
    Word(&'static [&'static str]),
    /// The value counts as missing.
    Empty,
    /// The text has a control character.
    Control,
    /// Any other message.
    Other(String),
}

impl Error {
    /// Blames a value, unless one inside it is blamed already.
    pub(super) fn at(mut self, node: NodeId) -> Self {
        self.node.get_or_insert(node);
        self
    }
}

impl From<Cause> for Error {
    fn from(cause: Cause) -> Self {
        Self { node: None, cause }
    }
}

impl de::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        match message.as_str() {
            EMPTY => Cause::Empty.into(),
            CONTROL => Cause::Control.into(),
            _ => Cause::Other(message).into(),
        }
    }

    fn invalid_type(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Cause::Type(expected.to_string()).into()
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Cause::Value(expected.to_string()).into()
    }

    fn unknown_variant(_variant: &str, expected: &'static [&'static str]) -> Self {
        Cause::Word(expected).into()
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.cause)
    }
}

impl std::error::Error for Error {}
