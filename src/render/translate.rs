//! What templates get from us: `t`, interface text in the page's language, and a `safe` that copies nothing.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::message::HELP;
use crate::base::nearest;
use crate::lang::{Arg, Language, MessageError};

/// Registers `t(key="…", name=value, …)` for pages of one language.
///
/// The language is fixed here and not looked up by the call: a component sees nothing but its arguments, so that
/// `page.lang` is out of its reach.
pub(super) fn register(tera: &mut Tera, language: Arc<Language>) {
    let value = |(key, text): (&str, &str)| (Box::from(key), Value::from(text));
    let fixed: FxHashMap<Box<str>, Value> = language.fixed().map(value).collect();
    tera.register_function("t", move |kwargs: Kwargs, _: &State| text(&language, &fixed, &kwargs));
    tera.register_filter("safe", safe);
}

/// Tera's own copies the text, which may be a whole article.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> Value {
    match value.as_str() {
        Some(_) => value.mark_safe(),
        None => Value::safe_string(&value.to_string()),
    }
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
    let mut args = Vec::new();
    for (name, value) in kwargs.iter() {
        let Some(name) = name.as_str().filter(|name| *name != "key") else { continue };
        args.push((name, arg(name, value)?));
    }
    let text = language.text(key, &args).map_err(|error| refused(language, key, &error))?;
    Ok(Value::from(&*text))
}

fn arg<'a>(name: &str, value: &'a Value) -> TeraResult<Arg<'a>> {
    if let Some(text) = value.as_str() {
        Ok(Arg::Text(text))
    } else if let Some(number) = value.as_f64() {
        Ok(Arg::Number(number))
    } else {
        let kind = value.name();
        let message = format!("argument `{name}` of `t` is `{kind}`; it takes text or a number");
        Err(Error::message(message))
    }
}

fn refused(language: &Language, key: &str, why: &MessageError) -> Error {
    let help = match why {
        MessageError::UnknownKey(_) => nearest(key, language.keys()),
        // A key that exists was refused for its arguments: no other key would help.
        _ => None,
    };
    let help = help.map(|near| format!("{HELP}did you mean `{near}`?"));
    Error::message(why.to_string() + help.as_deref().unwrap_or_default())
}
