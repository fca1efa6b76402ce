//! What templates get from us: `t`, interface text in the page's language; `around`, the text around a link; `shared`, the
//! HTML of what many pages show; and a `safe` that copies nothing.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tera::value::{Key, Map};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::message::HELP;
use crate::base::nearest;
use crate::lang::{Arg, Language, MessageError};

/// Registers `t(key="…", name=value, …)`, `around(key="…", of="name", …)` and `shared(of=part)` for pages of one language.
///
/// The language is fixed here and not looked up by the call: a component sees nothing but its arguments, so that
/// `page.lang` is out of its reach.
pub(super) fn register(tera: &mut Tera, language: Arc<Language>) {
    let value = |(key, text): (&str, &str)| (Box::from(key), Value::from(text));
    let fixed: FxHashMap<Box<str>, Value> = language.fixed().map(value).collect();
    let splits = splits(&language);
    let words = language.clone();
    let key = Key::from(shared_key(language.tag.as_str()));
    tera.register_function("shared", move |kwargs: Kwargs, _: &State| shared(&key, &kwargs));
    tera.register_function("t", move |kwargs: Kwargs, _: &State| text(&words, &fixed, &kwargs));
    tera.register_function("around", move |kwargs: Kwargs, _: &State| {
        around(&language, &splits, &kwargs)
    });
    tera.register_filter("safe", safe);
}

/// Tera's own copies the text, which may be a whole article.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> Value {
    match value.as_str() {
        Some(_) => value.mark_safe(),
        None => Value::safe_string(&value.to_string()),
    }
}

/// The key under which a shared part has its HTML in a language. No field of a view is called so.
pub(super) fn shared_key(lang: &str) -> String {
    format!("\0html {lang}")
}

/// The HTML of a part that many pages show, if it is made in this language; else none, and the template makes it.
fn shared(key: &Key<'static>, kwargs: &Kwargs) -> TeraResult<Value> {
    let of = kwargs.must_get::<&Map>("of")?;
    Ok(of.get(key).cloned().unwrap_or_else(Value::none))
}

fn text(
    language: &Language,
    fixed: &FxHashMap<Box<str>, Value>,
    kwargs: &Kwargs,
) -> TeraResult<Value> {
    let key = kwargs.must_get::<&str>("key")?;
    if let Some(text) = fixed.get(key).filter(|_| kwargs.iter().count() == 1) {
        return Ok(text.clone());
    }
    let args = args("t", kwargs, &["key"])?;
    let text = language.text(key, &args).map_err(|error| refused(language, key, &error))?;
    Ok(Value::from(&*text))
}

/// The text before and after a variable: `{before, after}`. What stands between them is the template's.
fn around(
    language: &Language,
    splits: &FxHashMap<Box<str>, (Box<str>, Value)>,
    kwargs: &Kwargs,
) -> TeraResult<Value> {
    let key = kwargs.must_get::<&str>("key")?;
    let of = kwargs.must_get::<&str>("of")?;
    let args = args("around", kwargs, &["key", "of"])?;
    match splits.get(key) {
        Some((variable, value)) if **variable == *of && args.is_empty() => Ok(value.clone()),
        _ => {
            let split = language.split(key, of, &args);
            let split = split.map_err(|error| refused(language, key, &error))?;
            Ok(Value::from_serializable(&split))
        }
    }
}

/// Every message with one variable, cut at it: most of a page's sentences are among them.
fn splits(language: &Language) -> FxHashMap<Box<str>, (Box<str>, Value)> {
    let cut = |key: &str| {
        let [variable] = language.variables(key)? else { return None };
        let split = language.split(key, variable, &[]).ok()?;
        Some((Box::from(key), (Box::from(&**variable), Value::from_serializable(&split))))
    };
    language.keys().into_iter().filter_map(cut).collect()
}

/// The arguments of a call that are for the message.
fn args<'a>(
    function: &str,
    kwargs: &'a Kwargs,
    ours: &[&str],
) -> TeraResult<Vec<(&'a str, Arg<'a>)>> {
    let mut args = Vec::new();
    for (name, value) in kwargs.iter() {
        let Some(name) = name.as_str().filter(|name| !ours.contains(name)) else { continue };
        args.push((name, arg(function, name, value)?));
    }
    Ok(args)
}

fn arg<'a>(function: &str, name: &str, value: &'a Value) -> TeraResult<Arg<'a>> {
    if let Some(text) = value.as_str() {
        Ok(Arg::Text(text))
    } else if let Some(number) = value.as_f64() {
        Ok(Arg::Number(number))
    } else {
        let kind = value.name();
        let takes = "it takes text or a number";
        let message = format!("argument `{name}` of `{function}` is `{kind}`; {takes}");
        Err(Error::message(message))
    }
}

fn refused(language: &Language, key: &str, why: &MessageError) -> Error {
    let help = match why {
        MessageError::UnknownKey(_) => {
            nearest(key, language.keys()).map(|near| format!("{HELP}did you mean `{near}`?"))
        }
        // A key that exists was refused for its arguments: no other key would help.
        MessageError::MissingArguments { variables, .. } => variables.first().map(|name| {
            format!(
                "{HELP}write `t(key=\"{key}\", {name}=…)`; for a link, \
                 `around(key=\"{key}\", of=\"{name}\")` gives the text `before` and `after` it"
            )
        }),
        _ => None,
    };
    Error::message(why.to_string() + help.as_deref().unwrap_or_default())
}
