//! Keys, tokens and passwords in the text of a file, by their form.
//!
//! One automaton finds where something might stand; what is around it decides. Each check looks at a bounded number of
//! bytes, so the whole is linear.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::base::{credential, work};

use super::assigned;

/// The farthest that a check looks.
const FAR: usize = 4096;

/// What is looked for, whatever its case, and what looks around it.
type SecretMark = (&'static str, fn(&[u8], usize, usize) -> Option<&'static str>);

/// A check that looks far around a mark sees what it would see from another one that is less than this away.
const NEXT: usize = 512;
/// Marks of such checks.
const WIDE: [&str; 3] = ["kty", "service_account", "auths"];

const KEY: &str = "it holds a private key";
const PASSWORD: &str = "it holds a password";

const MARKS: [SecretMark; 39] = [
    ("private key", private_key),
    ("putty-user-key-file-", putty),
    ("kty", jwk),
    ("service_account", service_account),
    ("ls0tls1crudjti", encoded_key),
    ("://", address),
    ("basic ", basic),
    ("bearer ", bearer),
    ("machine ", netrc),
    ("auths", docker),
    ("$2a$", hash),
    ("$2b$", hash),
    ("$2y$", hash),
    ("$apr1$", hash),
    ("$6$", hash),
    ("$argon2", hash),
    ("$ansible_vault;", vault),
    // What a value is given to.
    ("passw", assigned::value),
    ("passphrase", assigned::value),
    ("pwd", assigned::value),
    ("_pass", assigned::value),
    ("secret", assigned::value),
    ("token", assigned::value),
    ("apikey", assigned::value),
    ("api_key", assigned::value),
    ("api-key", assigned::value),
    ("accesskey", assigned::value),
    ("access_key", assigned::value),
    ("access-key", assigned::value),
    ("account_key", assigned::value),
    ("authkey", assigned::value),
    ("auth_key", assigned::value),
    ("_auth", assigned::value),
    ("privatekey", assigned::value),
    ("private_key", assigned::value),
    ("encryption_key", assigned::value),
    ("signing_key", assigned::value),
    ("credential", assigned::value),
    ("_key", assigned::value),
];

static STARTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let marks = MARKS.iter().map(|(mark, _)| mark);
    AhoCorasick::builder().ascii_case_insensitive(true).build(marks).expect("the table is small")
});

/// Why a text looks like a secret.
pub(super) fn find(text: &[u8]) -> Option<String> {
    if let Some(service) = credential::token_in(text) {
        let what = match service.starts_with("a ") {
            true => service.to_owned(),
            false => format!("an access token of {service}"),
        };
        return Some(format!("it holds what looks like {what}"));
    }
    let mut next = [0; MARKS.len()];
    let found = |at: aho_corasick::Match| {
        let number = at.pattern().as_usize();
        let (mark, check) = MARKS[number];
        if at.start() < next[number] {
            return None;
        }
        if WIDE.contains(&mark) {
            next[number] = at.start() + NEXT;
        }
        check(text, at.start(), at.end())
    };
    STARTS.find_overlapping_iter(text).find_map(found).map(str::to_owned)
}

/// The text from a place on, no farther than a check looks.
pub(super) fn ahead(text: &[u8], from: usize, most: usize) -> &[u8] {
    let found = &text[from.min(text.len())..text.len().min(from + most)];
    work::step(found.len());
    found
}

fn behind(text: &[u8], to: usize, most: usize) -> &[u8] {
    work::step(most.min(to));
    &text[to.saturating_sub(most)..to]
}

fn has(text: &[u8], needle: &str) -> bool {
    memchr::memmem::find(text, needle.as_bytes()).is_some()
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte)
}

/// The longest run of base64 that a text begins with.
fn base64_run(text: &[u8]) -> &[u8] {
    &text[..text.iter().take_while(|byte| is_base64(**byte)).count()]
}

/// `-----BEGIN … PRIVATE KEY…-----` with a key after it; to speak of the line is no secret.
fn private_key(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let line = behind(text, start, 48);
    let begins = memchr::memmem::rfind(line, b"BEGIN")?;
    let dashes = line[..begins].iter().rev().skip_while(|byte| **byte == b' ');
    (dashes.take_while(|byte| **byte == b'-').count() >= 4).then_some(())?;
    let rest = ahead(text, end, FAR);
    let rest = rest.strip_prefix(b" BLOCK").unwrap_or(rest);
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let body = rest.strip_prefix(b"----")?;
    let ends = [&b"-- END"[..], b"--END", b"BEGIN"];
    let end = |end: &&[u8]| memchr::memmem::find(body, end);
    let body = &body[..ends.iter().filter_map(end).min().unwrap_or(body.len())];
    let is_key = |run: &[u8]| {
        let capitals = run.iter().filter(|byte| byte.is_ascii_uppercase()).count();
        run.len() >= 24 && capitals >= 4
    };
    let is_data = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    body.split(|byte| !is_data(byte)).any(is_key).then_some(KEY)
}

fn putty(text: &[u8], _: usize, end: usize) -> Option<&'static str> {
    let rest = ahead(text, end, FAR);
    (rest.first()?.is_ascii_digit() && has(rest, "Private-Lines:")).then_some(KEY)
}

/// A JSON Web Key with its private part: `"d"`, or `"k"` of one that two share.
fn jwk(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    const NEAR: usize = 1024;
    let around = ahead(text, start.saturating_sub(NEAR), 2 * NEAR + (end - start));
    let is_shared = has(around, "oct");
    let is_private = memchr::memchr_iter(b':', around).any(|colon| {
        let name = around[..colon].trim_ascii_end();
        let name = name.strip_suffix(b"\"").or(name.strip_suffix(b"'")).unwrap_or(name);
        let (letter, before) = match name {
            [.., before, letter @ (b'd' | b'k')] => (*letter, *before),
            _ => return false,
        };
        if before.is_ascii_alphanumeric() || b"_-".contains(&before) || letter == b'k' && !is_shared
        {
            return false;
        }
        let value = around[colon + 1..].trim_ascii_start();
        let Some([b'"' | b'\'', value @ ..]) = Some(value) else { return false };
        let run = base64_run(&value[..value.len().min(44)]);
        run.len() >= 16 && credential::entropy(run) >= 3.0
    });
    is_private.then_some(KEY)
}

fn service_account(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let around = ahead(text, start.saturating_sub(FAR), 2 * FAR + (end - start));
    let value = memchr::memmem::find(around, b"private_key")?;
    let value = ahead(around, value, 80);
    value
        .split(|byte| !is_base64(*byte))
        .any(|run| run.len() >= 32 && credential::entropy(run) >= 3.0)
        .then_some(KEY)
}

/// A key in base64, as `client-key-data:` of Kubernetes has it.
fn encoded_key(text: &[u8], start: usize, _: usize) -> Option<&'static str> {
    let run = base64_run(ahead(text, start, 120));
    has(&decoded(run), "PRIVATE KEY").then_some(KEY)
}

/// What base64 says; signs of another kind end it.
fn decoded(text: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = text.iter().map_while(digit).collect();
    let mut out = Vec::new();
    for four in digits.chunks(4) {
        let bits = four.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - four.len()));
        out.extend_from_slice(&bits.to_be_bytes()[1..four.len().max(1)]);
    }
    out
}

/// `scheme://user:password@host`.
fn address(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let scheme = behind(text, start, 24);
    scheme.last()?.is_ascii_alphabetic().then_some(())?;
    let rest = ahead(text, end, 320);
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/?#\"'<>`\\(){}|^,;".contains(byte);
    let authority = &rest[..rest.iter().take_while(|byte| !is_end(byte)).count()];
    let at = memchr::memrchr(b'@', authority)?;
    let colon = memchr::memchr(b':', &authority[..at])?;
    let (password, host) = (&authority[colon + 1..at], &authority[at + 1..]);
    let is_host = host.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'[');
    let is_given = password.len() >= 3 && !assigned::is_placeholder(password);
    (is_host && is_given).then_some("it holds an address with a password")
}

/// `Authorization: Basic …`.
fn basic(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let head = behind(text, start, 40).to_ascii_lowercase();
    let run = base64_run(ahead(text, end, 200));
    let pair = decoded(run);
    let (user, password) = pair.split_at_checked(memchr::memchr(b':', &pair)?)?;
    let is_text = pair.iter().all(|byte| !byte.is_ascii_control()) && !user.is_empty();
    let is_given = password.len() > 3 && !assigned::is_placeholder(&password[1..]);
    (has(&head, "authorization") && run.len() >= 8 && is_text && is_given).then_some(PASSWORD)
}

/// `Authorization: Bearer …`.
fn bearer(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let head = behind(text, start, 40).to_ascii_lowercase();
    let rest = ahead(text, end, 200);
    let len = rest.iter().take_while(|byte| is_base64(**byte) || b".~%".contains(byte)).count();
    (has(&head, "authorization") && assigned::is_random(&rest[..len]))
        .then_some("it holds what looks like an access token")
}

/// `machine HOST login USER password WORD`.
fn netrc(text: &[u8], _: usize, end: usize) -> Option<&'static str> {
    let rest = ahead(text, end, 300);
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.next()?;
    (words.next()? == b"login").then_some(())?;
    words.next()?;
    (words.next()? == b"password").then_some(())?;
    let password = words.next()?;
    (password.len() >= 3 && !assigned::is_placeholder(password)).then_some(PASSWORD)
}

/// The `auths` of Docker, with a password among them.
fn docker(text: &[u8], _: usize, end: usize) -> Option<&'static str> {
    let rest = ahead(text, end, FAR);
    let value = memchr::memmem::find(rest, b"\"auth\"")? + 6;
    let value = ahead(rest, value, 300);
    let value = &value[memchr::memchr(b'"', value)? + 1..];
    let run = base64_run(value);
    (run.len() >= 12 && memchr::memchr(b':', &decoded(run)).is_some()).then_some(PASSWORD)
}

/// The stored hash of a password: a reader of it can try passwords without the server.
fn hash(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let is_edge = start == 0 || !text[start - 1].is_ascii_alphanumeric();
    let rest = ahead(text, end, 200);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"./$+=,".contains(byte);
    let run = &rest[..rest.iter().take_while(|byte| is_part(byte)).count()];
    let parts: Vec<&[u8]> = run.split(|byte| *byte == b'$').collect();
    let longest = parts.iter().map(|part| part.len()).max()?;
    let is_long = match text[start + 1] {
        b'2' => parts.len() == 2 && parts[0].len() == 2 && longest == 53,
        b'a' => longest >= 22,
        _ => longest >= 80,
    };
    let varied = credential::entropy(run) >= 3.5;
    (is_edge && is_long && varied).then_some("it holds the digest of a password")
}

/// A file that Ansible encrypted: a guessed password opens it.
fn vault(text: &[u8], _: usize, end: usize) -> Option<&'static str> {
    let digits = ahead(text, end, 200).iter().filter(|byte| byte.is_ascii_digit()).count();
    (digits >= 100).then_some("it holds an encrypted secret")
}
