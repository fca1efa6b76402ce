//! Values that are given to a name which says that they are secret: `DB_PASSWORD=…`, `"client_secret": "…"`.
//!
//! Names and values of this kind are everyday things of scripts, in which a token is a word and a password a field. So a
//! value must be random, or stand in a file of settings.

use crate::base::credential;

use super::secrets::ahead;

/// The longest name, and the longest value.
const NAME: usize = 64;
const VALUE: usize = 128;

/// Looks at the name around a word, and at what it is given.
pub(super) fn value(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let before = text[..start].iter().rev().take(NAME).take_while(|byte| is_name(byte)).count();
    let after = ahead(text, end, NAME).iter().take_while(|byte| is_name(byte)).count();
    let (from, to) = (start - before, end + after);
    let given = SettingValue::read(text, from, to)?;
    let value = given.value;
    let name = SettingName::new(&text[from..to])?;
    // What its service says may be in every page.
    let is_public = [&b"pk."[..], b"pk_live_", b"pk_test_"].iter().any(|it| value.starts_with(it));
    if is_public || is_placeholder(value) {
        return None;
    }
    if name.is_password {
        let has_digit = value.iter().any(u8::is_ascii_digit);
        let has_letter = value.iter().any(u8::is_ascii_alphabetic);
        // A script says what a field is called; a file of settings says what is in it.
        let is_set = name.is_variable && given.is_setting;
        let is_word = !(has_digit && has_letter) || credential::entropy(value) < 2.5;
        if value.len() >= 8 && (is_set || !is_word && !looks_like_code(value)) {
            return Some("it holds a password");
        }
    }
    let is_meant = name.is_secret || name.is_variable && given.is_setting || name.is_of_service;
    (is_meant && is_random(value)).then_some("it holds what looks like a secret value")
}

/// What a name says about its value.
struct SettingName {
    /// It is a password.
    is_password: bool,
    /// It is never meant for readers: a secret, a private key, a token to act with.
    is_secret: bool,
    /// It is written as variables of an environment are.
    is_variable: bool,
    /// It names a service that gives out keys without a form of their own.
    is_of_service: bool,
}

impl SettingName {
    /// `None` for a name that only speaks of a secret: its length, its field, its file.
    fn new(name: &[u8]) -> Option<Self> {
        const ABOUT: &str = include_str!("lists/words_about_secrets.txt");
        const SECRET: &str = include_str!("lists/names_of_secrets.txt");
        const SERVICES: &str = include_str!("lists/services.txt");
        let text = std::str::from_utf8(name).ok()?;
        let words = words(text);
        let last = words.last()?;
        let joined = words.join("-");
        let has = |one: &str| words.iter().any(|word| word == one);
        if ABOUT.lines().any(has) && !matches!(&**last, "key" | "secret" | "token" | "password") {
            return None;
        }
        let is_password = matches!(
            &**last,
            "password" | "passwd" | "passwort" | "pwd" | "passphrase" | "pass" | "dbpassword"
        ) || last.ends_with("password");
        let is_public = ["public", "publishable", "csrf", "xsrf", "site", "sitekey", "anon"];
        if is_public.into_iter().any(has) && !is_password {
            return None;
        }
        let is_variable = text.bytes().all(|byte| !byte.is_ascii_lowercase())
            && text.contains('_')
            && text.len() >= 6;
        let is_secret = SECRET.lines().any(|one| {
            joined.ends_with(one) || joined.contains(&format!("{one}-")) && last.as_str() == "key"
        });
        Some(Self { is_password, is_secret, is_variable, is_of_service: SERVICES.lines().any(has) })
    }
}

/// The words of a name, in small letters: `clientSecret`, `CLIENT_SECRET` and `client-secret` have two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && was_small {
            words.push(String::new());
        }
        was_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        if c.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a name is given.
struct SettingValue<'a> {
    value: &'a [u8],
    /// Whether it stands as in a file of settings: at the beginning of a line, or in `define('…', '…')`.
    is_setting: bool,
}

impl<'a> SettingValue<'a> {
    fn read(text: &'a [u8], from: usize, to: usize) -> Option<Self> {
        let before = from.checked_sub(1).map(|at| text[at]);
        let rest = ahead(text, to, VALUE + 32);
        let is_quoted = before.is_some_and(|byte| b"\"'`".contains(&byte));
        let mut after = rest;
        if is_quoted {
            after = after.strip_prefix(&[before?])?;
        }
        after = after.strip_prefix(b"]").unwrap_or(after).trim_ascii_start();
        let (given, by_comma) = match after {
            [b':', b'=', given @ ..] | [b'=', b'>', given @ ..] => (given, false),
            [b'=', b'=', ..] | [b':', b':', ..] => return None,
            [b'=' | b':', given @ ..] => (given, false),
            [b',', given @ ..] if is_quoted => (given, true),
            // `<password>…</password>`, `<add key="password" value="…"/>`.
            [b'>', given @ ..] if before == Some(b'<') => (given, false),
            [b'v', b'a', b'l', b'u', b'e', b'=', given @ ..] if is_quoted => (given, false),
            _ => return None,
        };
        let given = match given.iter().position(|byte| !b" \t".contains(byte)) {
            Some(at) if at <= 16 => &given[at..],
            _ => return None,
        };
        let (value, quote) = match given {
            [quote @ (b'"' | b'\'' | b'`'), value @ ..] => (value, Some(*quote)),
            _ => (given, None),
        };
        let len = value.iter().take(VALUE).take_while(|byte| match quote {
            Some(quote) => **byte != quote && **byte != b'\n',
            None => !byte.is_ascii_whitespace() && !b"\"'`<>;,)}]".contains(byte),
        });
        let value = &value[..len.count()];
        let is_spoken = value.iter().any(|byte| byte.is_ascii_whitespace());
        let line = text[..from].iter().rev().take(24).take_while(|byte| **byte != b'\n');
        let line: Vec<u8> = line.copied().collect();
        let is_begin = line.iter().all(|byte| byte.is_ascii_whitespace() || *byte == b'#')
            || line.starts_with(b" tropxe")
            || line.starts_with(b" VNE")
            || line.starts_with(b" -");
        let is_setting = by_comma || is_begin && from < to || is_quoted;
        (!is_spoken && value.len() >= 8).then_some(Self { value, is_setting })
    }
}

/// Whether a value looks generated and is no word: one run of letters and digits mixed.
pub(super) fn is_random(value: &[u8]) -> bool {
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=_.~%-".contains(byte);
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = value.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let bits = credential::entropy(value);
    let is_hex = value.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    value.len() >= 16
        && value.iter().all(is_sign)
        && digits >= 2
        && letters >= 2
        && bits >= if is_hex { 2.9 } else { 3.4 }
        && !is_placeholder(value)
        && !looks_like_code(value)
}

/// Whether a value is a path, a call or a name of a script.
fn looks_like_code(value: &[u8]) -> bool {
    let has = |needle: &str| memchr::memmem::find(value, needle.as_bytes()).is_some();
    let parts = value.split(|byte| b"._-/".contains(byte));
    let words = parts.clone().filter(|part| part.iter().all(u8::is_ascii_alphabetic)).count();
    let all = parts.count();
    ["(", "[", "{", "://", "=>", "\\", " "].iter().any(|sign| has(sign))
        || all >= 3 && words * 3 >= all * 2
        || value
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
            && has("_")
        || value.starts_with(b"./")
        || value.starts_with(b"--")
}

/// Whether a value stands for another: `<password>`, `$SECRET`, `your-token-here`, `********`.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    const WORDS: &str = include_str!("lists/placeholders.txt");
    const WHOLE: [&str; 12] = [
        "pass", "pwd", "secret", "token", "key", "user", "test", "word!", "none", "null", "true",
        "false",
    ];
    let lower = value.to_ascii_lowercase();
    let is_one = value.iter().all(|byte| *byte == value[0]);
    let opens = value.first().is_none_or(|byte| b"$<{[%*(@".contains(byte));
    let has = |needle: &str| memchr::memmem::find(&lower, needle.as_bytes()).is_some();
    is_one
        || opens
        || WHOLE.iter().any(|word| lower == word.as_bytes())
        || WORDS.lines().any(has)
        || ["...", "…", "${", "{{", "<%", "%(", "#{"].into_iter().any(has)
}
