//! Why a value could not be deserialised.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use super::tree::NodeId;
use crate::diag::Code;

/// Sets the fields of an encoded error apart. Control characters do not occur in messages of our own.
const MARK: char = '\u{1}';
const EMPTY: &str = "\u{1}empty";

/// An error for a `Deserialize` implementation that wants a code and a whole message of its own.
///
/// In the message `{field}` becomes the name of the field, such as `` `title` `` or ``item 2 of `authors` ``; the
/// problem stands at the value that was being deserialised. With another format than YAML the error still reads well
/// enough for a log, but carries its code as text.
pub fn error<E: de::Error>(code: Code, message: impl Display, help: Option<String>) -> E {
    E::custom(format_args!("{MARK}{code}{MARK}{message}{MARK}{}", help.unwrap_or_default()))
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
    /// Made by [`error`].
    Custom { code: Code, message: String, help: Option<String> },
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
        decode(message.to_string()).into()
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

fn decode(message: String) -> Cause {
    if message == EMPTY {
        return Cause::Empty;
    }
    let parts: Vec<&str> = message.split(MARK).collect();
    if let ["", code, text, help] = parts[..]
        && let Some(code) = Code::from_text(code)
    {
        let help = (!help.is_empty()).then(|| help.to_owned());
        return Cause::Custom { code, message: text.to_owned(), help };
    }
    Cause::Other(message)
}

#[cfg(test)]
mod tests {
    use serde::de::Error as _;

    use super::{Cause, Error, error};
    use crate::diag::Code;

    #[test]
    fn codes_pass_through_serde() {
        let made: Error =
            error(Code::InvalidDate, "{field} is not a date", Some("write a day".to_owned()));
        assert!(matches!(
            made.cause,
            Cause::Custom { code: Code::InvalidDate, message, help: Some(help) }
                if message == "{field} is not a date" && help == "write a day"
        ));
        assert!(matches!(Error::custom("x").cause, Cause::Other(text) if text == "x"));
        assert!(matches!(Error::custom("\u{1}x\u{1}y\u{1}").cause, Cause::Other(_)));
    }
}
