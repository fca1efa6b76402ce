//! Tera's sentences in the form of ours: one line, lower case, no full stop, lists and advice apart.

/// Stands between the problem and what to write instead, in messages of our own functions.
pub(super) const HELP: &str = "\nhelp: ";

/// Lists that Tera appends to a sentence, and how we introduce them.
const LISTS: [(&str, &str); 3] = [
    (" Available fields: ", "it has "),
    (" Available variables: ", "known here: "),
    (" Possible argument(s) are: ", "it takes "),
];

/// A message and what follows from it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// One line.
    pub(super) text: String,
    /// What our own function advises.
    pub(super) help: Option<String>,
    /// What Tera lists as possible, ready to print.
    pub(super) list: Option<String>,
    /// The names in that list.
    pub(super) names: Vec<String>,
}

/// Takes a sentence of Tera's (or of a function called by it) apart.
pub(super) fn split(message: &str) -> Message {
    let (message, help) = match message.split_once(HELP) {
        Some((message, help)) => (message, Some(help.to_owned())),
        None => (message, None),
    };
    let found = LISTS.iter().find_map(|(marker, intro)| {
        message.split_once(marker).map(|(message, list)| (message, *intro, list))
    });
    let (message, list, names) = match found {
        None => (message, None, Vec::new()),
        Some((message, intro, list)) => {
            let names: Vec<_> =
                list.split(", ").map(|name| name.trim_matches('`').to_owned()).collect();
            (message, Some(format!("{intro}{}", quoted(&names))), names)
        }
    };
    Message { text: in_our_form(message), help, list, names }
}

/// The name in backticks that follows `start`, when the message starts with that.
pub(super) fn name<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.strip_prefix('`')?.split('`').next()
}

/// Names in backticks, with commas.
pub(super) fn quoted<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

fn in_our_form(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches('.');
    let mut chars = line.chars();
    let text = match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(line.chars().skip(1)).collect()
        }
        _ => line.to_owned(),
    };
    match text.strip_prefix("unknown argument(s) ") {
        Some(rest) => sorted_arguments(rest),
        None => text,
    }
}

/// Tera lists unknown arguments in the order of a hash map, which differs from run to run.
fn sorted_arguments(rest: &str) -> String {
    let (names, end) = rest.split_once(" in ").unwrap_or((rest, "component call"));
    let mut names: Vec<_> = names.split(", ").collect();
    names.sort_unstable();
    let plural = if names.len() == 1 { "" } else { "s" };
    format!("unknown argument{plural} {} in {end}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn sentences() {
        for (message, text, list, help) in [
            ("Found `:` but expected }}.", "found `:` but expected }}", "", ""),
            ("`+` requires numbers", "`+` requires numbers", "", ""),
            ("no `x`\nhelp: did you mean `y`?", "no `x`", "", "did you mean `y`?"),
            ("two\n lines", "two lines", "", ""),
            (
                "Field `x` is not defined. Available fields: lang, title",
                "field `x` is not defined",
                "it has `lang`, `title`",
                "",
            ),
            (
                "Unknown argument(s) `z`, `b` in component call. Possible argument(s) are: `a`",
                "unknown arguments `b`, `z` in component call",
                "it takes `a`",
                "",
            ),
        ] {
            let found = split(message);
            assert_eq!(found.text, text);
            assert_eq!(found.list.unwrap_or_default(), list, "{message}");
            assert_eq!(found.help.unwrap_or_default(), help, "{message}");
        }
    }
}
