//! A message around something that is no text.
//!
//! Word order is the language's: "By Ann", 「アン 記」. What a reader sees in place of the variable is HTML, which no
//! Fluent file may hold and no message may be given; so the message is set with a mark, and cut there.

use serde::Serialize;

use super::{Arg, MessageError, Messages};

/// Stands for what is no text. Unicode promises that it is no character.
const MARK: &str = "\u{fdd0}";

/// The text of a message before and after one of its variables, with the spaces beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Split {
    /// The text before the variable.
    pub before: String,
    /// The text after the variable.
    pub after: String,
}

impl Split {
    pub(super) fn of(
        messages: &Messages,
        key: &str,
        around: &str,
        args: &[(&str, Arg<'_>)],
    ) -> Result<Self, MessageError> {
        let mut args = args.to_vec();
        args.push((around, Arg::Text(MARK)));
        let text = messages.get(key, &args)?;
        let mut parts = text.split(MARK).map(str::to_owned);
        let before = parts.next().unwrap_or_default();
        let Some(after) = parts.next() else {
            let space = if before.is_empty() { "" } else { " " };
            return Ok(Self { before: before + space, after: String::new() });
        };
        if parts.next().is_some() {
            let (key, variable) = (key.to_owned(), around.to_owned());
            return Err(MessageError::Twice { key, variable });
        }
        Ok(Self { before, after })
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::{Arg, LangTag, Languages, MessageError};

    #[test]
    fn a_message_is_cut_at_its_variable() {
        let source = "by = By { $who }\nja = { $who }　記\nmid = Von { $who } verfasst\nold = Von\n\
                      bare = { $who }\ntwice = { $who } and { $who }\nmore = { $n } by { $who }\n\
                      -from = By\nterm = { -from } { $who }\nempty = { \"\" }\n\
                      pick = { $who ->\n [x] X\n *[other] By { $who }.\n }";
        let languages = Languages::new(&[(LangTag::english(), source)]).expect("valid Fluent");
        let language = languages.language(&LangTag::english());
        for (key, expected) in [
            ("by", Ok(("By ", ""))),
            ("ja", Ok(("", "　記"))),
            ("mid", Ok(("Von ", " verfasst"))),
            ("old", Ok(("Von ", ""))),
            ("bare", Ok(("", ""))),
            ("term", Ok(("By ", ""))),
            ("empty", Ok(("", ""))),
            ("pick", Ok(("By ", "."))),
            ("more", Ok(("3 by ", ""))),
            ("twice", Err("the interface text `twice` uses `$who` twice")),
            ("none", Err("no interface text `none`")),
        ] {
            let split = language.split(key, "who", &[("n", Arg::Number(3.0))]);
            let split = split.map(|split| (split.before, split.after));
            let expected = expected.map(|(before, after)| (before.to_owned(), after.to_owned()));
            assert_eq!(split.map_err(|error| error.to_string()), expected.map_err(str::to_owned));
        }
        let missing = language.split("more", "who", &[]);
        assert!(matches!(missing, Err(MessageError::MissingArguments { .. })), "{missing:?}");
    }
}
