//! What Tera 1 understood and Tera 2 does not, and what to write instead: most themes in the world, and most of
//! what people remember, are Tera 1.

use std::ops::Range;

const COMPONENTS: &str = "Tera 2 has components instead of macros: define \
    `{% component name(arg: string) %}…{% endcomponent name %}`, call `{{<name arg={value}/>}}`";
const IMPORT: &str = "Tera 2 has components instead of macros, and every template knows every component: remove this tag";
const NO_CLOCK: &str =
    "a template sees its view and nothing else: no clock, no randomness, no environment, no files";
const COMPREHENSION: &str =
    "Tera 2 has list comprehensions: `[item.name for item in list if item.shown]`";

/// Help for a tag that is gone.
pub(super) fn tag(name: &str) -> Option<&'static str> {
    Some(match name {
        "import" | "from" => IMPORT,
        "macro" | "endmacro" | "call" => COMPONENTS,
        _ => return None,
    })
}

/// Help for a filter that is gone.
pub(super) fn filter(name: &str) -> Option<&'static str> {
    Some(match name {
        "date" => {
            "a date arrives as text in the page's language: print its `text`, or its `iso` for machines"
        }
        "linebreaksbr" => "Tera 2 calls it `newlines_to_br`",
        "as_str" => "Tera 2 calls it `str`",
        "trim_start_matches" => "Tera 2 calls it `trim_start(pat=…)`",
        "trim_end_matches" => "Tera 2 calls it `trim_end(pat=…)`",
        "slice" => "Tera 2 slices with brackets: `list[1:3]`",
        "concat" => "Tera 2 spreads lists: `[...one, ...other]`",
        "map" | "filter" => COMPREHENSION,
        "slugify" | "urlencode" | "urlencode_strict" => {
            "URLs and anchors arrive ready-made: print the `href`"
        }
        "json_encode" | "striptags" | "spaceless" | "addslashes" | "filesizeformat" => {
            "Tera 2 does not have it, and a template has no need to: the view holds what is shown, as it is shown"
        }
        _ => return None,
    })
}

/// Help for a function that is gone.
pub(super) fn function(name: &str) -> Option<&'static str> {
    Some(match name {
        "now" | "get_random" | "get_env" => NO_CLOCK,
        "caller" => "Tera 2 passes the content between a component's tags as `body`: `{{ body }}`",
        _ => return None,
    })
}

/// Help for a test that is gone.
pub(super) fn test(name: &str) -> Option<&'static str> {
    Some(match name {
        "object" => "Tera 2 calls it `map`",
        "divisibleby" => "Tera 2 calls it `divisible_by(divisor=…)`",
        "matching" => {
            "Tera 2 has no regular expressions: `containing(pat=…)` or `starting_with(pat=…)` may do"
        }
        _ => return None,
    })
}

/// Help for a syntax that is gone, at the place where Tera stopped reading.
pub(super) fn syntax(message: &str, text: &str, place: &Range<usize>) -> Option<String> {
    let before = &text[..place.start];
    let found = &text[place.clone()];
    if text[place.start..].starts_with("::") {
        Some(COMPONENTS.to_owned())
    } else if let Some(list) = before.strip_suffix('.').filter(|_| expects(message, "identifier")) {
        let number = found.split('.').next().filter(|n| n.parse::<usize>().is_ok())?;
        let list = &list[path_start(list)..];
        Some(format!("Tera 2 takes an item of a list with brackets: `{list}[{number}]`"))
    } else if before.trim_end().ends_with(['(', ',']) && expects(message, "identifier") {
        let call = before.rfind('(').map(|open| before[..open].trim_end())?;
        let name = &call[path_start(call)..];
        let argument = argument(name).unwrap_or("name");
        Some(format!("arguments have names: `{name}({argument}={found})`"))
    } else if found == "ignore" {
        Some("Tera 2 has no `ignore missing`: every included template has to be there".to_owned())
    } else if found == "if" && before.trim_end().ends_with("else") {
        Some("write `elif`".to_owned())
    } else if message.starts_with("Found") && expects(message, "string") {
        let tag = if before.trim_end().ends_with("extends") { "extended" } else { "included" };
        Some(format!("a template is {tag} by one name in quotes: neither a list nor a variable"))
    } else {
        None
    }
}

fn expects(message: &str, what: &str) -> bool {
    message.trim_end_matches('.').ends_with(&format!("expected {what}"))
}

/// Where the dotted name at the end of a text starts.
fn path_start(text: &str) -> usize {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    text.char_indices()
        .rev()
        .take_while(|(_, c)| inside(*c))
        .last()
        .map_or(text.len(), |(at, _)| at)
}

/// The argument that Tera 1 took without its name.
fn argument(name: &str) -> Option<&'static str> {
    Some(match name {
        "starting_with" | "ending_with" | "containing" | "split" => "pat",
        "divisible_by" | "divisibleby" => "divisor",
        "default" => "value",
        "join" => "sep",
        "truncate" => "length",
        "around" | "t" => "key",
        _ => return None,
    })
}
