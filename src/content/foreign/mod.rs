//! Keys that are not ours: of other generators, of habit, and slips of the pen. Secrecy fails closed.
//!
//! A key that would hide a page elsewhere is an error that says how it is written here: a warning would publish the
//! page. The same holds for what may have been meant as `status`, `published` or `expires`, and for a key of any name
//! whose value says that a page is not public. What is harmless gets its translation and stays a warning.

mod table;
mod value;

use crate::base::nearest;
use crate::content::kind::Kind;
use crate::diag::Code;
use crate::yaml::{FieldPath, Problem, Unknown};

use table::{KEEPS_OUT, KeyIndex, KeyMeaning, PAGE_INDEX, PREVIEWS, SITE_INDEX, STRONG, normal};
use value::{Truth, day, has_word, is_hidden_word, is_shown_word, truth};

pub use value::{date_help, status_help};

/// The fields that decide who sees a page, and when.
pub const SECRECY: [&str; 3] = ["status", "published", "expires"];

/// The file that keys stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A front matter.
    Page(Kind),
    /// `facts.yaml` or `sources.yaml`.
    Data,
    /// `site.yaml`.
    Site,
}

/// The judgement on an unknown key.
enum Verdict {
    /// An error: the author meant it to hide the page, and it does not.
    Secret { message: String, help: String },
    /// A warning: it does not concern who sees the page.
    Harmless { help: String },
}

/// Replaces the message and help of each unknown key that the table or its value explains.
pub fn explain(problems: &mut [Problem], of: Of) {
    for problem in problems {
        let Some(unknown) = problem.unknown.take() else { continue };
        match verdict(&problem.path, &unknown, of) {
            Some(Verdict::Secret { message, help }) => {
                problem.code = Code::WouldBePublic;
                problem.message = message;
                problem.help = vec![help];
            }
            Some(Verdict::Harmless { help }) => problem.help = vec![help],
            None => {}
        }
    }
}

fn verdict(path: &FieldPath, unknown: &Unknown, of: Of) -> Option<Verdict> {
    let steps: Vec<String> = path.steps().map(|step| step.into_owned()).collect();
    let (key, around) = steps.split_last()?;
    // `{title: A, draft:true}` has a key of this name, with nothing after it.
    let split = key.split_once(':').filter(|_| unknown.value.is_null());
    let apart = split.map(|(_, value)| serde_json::Value::from(value.trim()));
    let key = split.map_or(key.as_str(), |(key, _)| key);
    let value = apart.as_ref().unwrap_or(&unknown.value);
    let key = ForeignKey { key, normal: normal(key), value, known: &unknown.known };
    match (around, of) {
        ([], Of::Page(kind)) => key.of_page(kind),
        ([], Of::Site) => key.of_site(),
        ([outer, ..], _) => key.inside(outer, of),
        ([], Of::Data) => None,
    }
}

/// The message and help for a key of `extra` that would hide a page in another generator. Here templates see it, and it
/// hides nothing.
pub fn in_extra(key: &str, value: &serde_json::Value) -> Option<(String, String)> {
    let normal = normal(key);
    let meaning = PAGE_INDEX.get(&normal);
    let key_in_extra = ForeignKey { key, normal, value, known: &[] };
    let says = match meaning {
        Some(KeyMeaning::Dated | KeyMeaning::Until | KeyMeaning::MaybeWorkflow) => false,
        _ => {
            key_in_extra.would_hide(meaning)
                || (SECRECY.contains(&&*key_in_extra.normal) && !key_in_extra.is_shown())
        }
    };
    says.then(|| {
        (
            format!("{} hides nothing inside `extra`: the page is public", key_in_extra.quoted()),
            "write `status: draft` outside `extra` to keep the page back".to_owned(),
        )
    })
}

/// Whether a key belongs into a front matter beyond doubt: prose may well begin with `Source:` or `Update:`.
pub fn is_of_front_matter(key: &str) -> bool {
    let normal = normal(key);
    matches!(normal.as_str(), "title" | "slug" | "layout")
        || SECRECY.contains(&&*normal)
        || PAGE_INDEX.get(&normal).is_some_and(KeyMeaning::is_secrecy)
}

/// The keys of the table grouped by meaning, as `briefing explain unknown-key` prints them.
pub fn listing() -> String {
    let mut text = String::from(
        "Keys of other generators, in any letter case, with `-`, `_` or nothing between\nwords. These would hide a page \
         there and are errors here (would-be-public):\n",
    );
    let rows = |text: &mut String, secret: bool| {
        for (meaning, names) in table::PAGE {
            if meaning.is_secrecy() == secret {
                paragraph(text, &meaning.says(), names);
            }
        }
    };
    rows(&mut text, true);
    text.push_str("\nThese do no harm and are warnings:\n");
    rows(&mut text, false);
    text
}

fn paragraph(text: &mut String, says: &str, names: &str) {
    text.push_str(&format!("\n  {says}:\n"));
    let mut line = String::from("   ");
    for name in names.split_whitespace() {
        if line.len() + name.len() >= 80 {
            text.push_str(&line);
            text.push('\n');
            line = String::from("   ");
        }
        line.push(' ');
        line.push_str(name);
    }
    text.push_str(&line);
    text.push('\n');
}

impl KeyMeaning {
    fn is_secrecy(self) -> bool {
        !matches!(self, Self::Ours(_) | Self::Nothing)
    }

    /// What is written instead, in a line of the table.
    fn says(self) -> String {
        match self {
            Self::Hides => "write `status: draft` instead of true".into(),
            Self::Shows => "write `status: draft` instead of false".into(),
            Self::Unlists => {
                "write `status: draft` instead of true: what is public is listed".into()
            }
            Self::Lists => {
                "write `status: draft` instead of false: what is public is listed".into()
            }
            Self::Workflow => "write `status: draft` or `status: withdrawn`".into(),
            Self::MaybeWorkflow => "the same, if the word says that the page is not public".into(),
            Self::Password => "no page has a password: write `status: draft`".into(),
            Self::Held | Self::Dated => "write `published:` with the day".into(),
            Self::Ends | Self::Until => "write `expires:` with the day".into(),
            Self::Withdraws => "write `status: withdrawn` instead of true".into(),
            Self::Ours([first, rest @ ..]) => match rest.first() {
                Some(other) => format!("write `{first}`; for a player `{other}`"),
                None => format!("write `{first}`"),
            },
            Self::Ours([]) | Self::Nothing => "no meaning here".into(),
        }
    }
}

/// A key with its value.
struct ForeignKey<'a> {
    key: &'a str,
    normal: String,
    value: &'a serde_json::Value,
    /// The keys that may stand in its place.
    known: &'a [&'static str],
}

impl ForeignKey<'_> {
    fn of_page(&self, kind: Kind) -> Option<Verdict> {
        if SECRECY.contains(&&*self.normal) {
            return Some(self.meant(&self.normal, kind));
        }
        let meaning = self.meaning(&PAGE_INDEX);
        if let Some(meaning) = meaning {
            if self.would_hide(Some(meaning)) {
                return Some(self.secret(meaning, kind));
            }
            return Some(self.harmless(meaning, kind.noun()));
        }
        if let Some(own) = self.near_secrecy() {
            return Some(self.meant(own, kind));
        }
        self.would_hide(None).then(|| self.secret(KeyMeaning::Hides, kind))
    }

    fn of_site(&self) -> Option<Verdict> {
        let is_among =
            |names: &str| names.split_whitespace().any(|name| normal(name) == self.normal);
        if is_among(KEEPS_OUT) {
            let message =
                format!("`{}` keeps no file out here: all of them would be public", self.key);
            let help =
                "files and folders whose names begin with `_` or `.` are not content: rename them";
            return Some(Verdict::Secret { message, help: help.into() });
        }
        if is_among(PREVIEWS) {
            let help = "leave it out; `--drafts` and `--future` show what is not public yet";
            return Some(Verdict::Harmless { help: help.into() });
        }
        let meaning = SITE_INDEX.get(&self.normal).or_else(|| self.strong());
        if self.would_hide(meaning) {
            let message = format!("{} hides nothing here: the site would be public", self.quoted());
            let help = "write `status: draft` into the files that are not public yet, or do not publish the site";
            return Some(Verdict::Secret { message, help: help.into() });
        }
        match meaning? {
            KeyMeaning::Nothing => {
                Some(Verdict::Harmless { help: "it has no meaning here: leave it out".into() })
            }
            meaning => Some(self.harmless(meaning, "a site")),
        }
    }

    /// A key inside of another.
    fn inside(&self, outer: &str, of: Of) -> Option<Verdict> {
        let meaning = self.meaning(&PAGE_INDEX);
        // A source has the date of what it cites.
        let own = SECRECY.contains(&&*self.normal) || self.near_secrecy().is_some();
        if own && meaning.is_none() && matches!(of, Of::Page(_)) && outer != "sources" {
            let message = format!(
                "{} decides nothing inside `{outer}`: the page would be public",
                self.quoted()
            );
            let help = "write it at the left margin, as a field of the page";
            return Some(Verdict::Secret { message, help: help.into() });
        }
        let is_date = matches!(meaning, Some(KeyMeaning::Dated)) || self.normal == "published";
        if is_date && self.known.contains(&"date") {
            return Some(Verdict::Harmless { help: "write `date`".into() });
        }
        let hides = match meaning {
            Some(KeyMeaning::Dated | KeyMeaning::Until | KeyMeaning::MaybeWorkflow) => false,
            meaning => self.would_hide(meaning),
        };
        hides.then(|| Verdict::Secret {
            message: format!("{} hides nothing here: it would be public", self.quoted()),
            help: "take this part out of the file until then, or put `#` before each of its lines"
                .into(),
        })
    }

    fn meaning(&self, index: &KeyIndex) -> Option<KeyMeaning> {
        index.get(&self.normal).or_else(|| self.strong())
    }

    /// Whether a word of the key itself says that something is hidden.
    fn strong(&self) -> Option<KeyMeaning> {
        let mut words = Vec::new();
        let mut was_lower = false;
        for c in self.key.chars() {
            if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) || words.is_empty() {
                words.push(String::new());
            }
            was_lower = c.is_lowercase();
            if c.is_alphanumeric()
                && let Some(word) = words.last_mut()
            {
                word.extend(c.to_lowercase());
            }
        }
        let is_strong = |word: &String| STRONG.split_whitespace().any(|strong| strong == word);
        words.iter().any(is_strong).then_some(KeyMeaning::Hides)
    }

    /// The field that decides who sees a page and that the key may be a slip of.
    fn near_secrecy(&self) -> Option<&'static str> {
        if self.known.iter().any(|known| normal(known) == self.normal) {
            return None;
        }
        let near = nearest(&self.normal, SECRECY)?;
        SECRECY.into_iter().find(|own| *own == near)
    }

    /// Whether the value says that the page is not public, to one who reads the key as its generator does.
    fn would_hide(&self, meaning: Option<KeyMeaning>) -> bool {
        let truth = truth(self.value);
        match meaning {
            Some(KeyMeaning::Hides) if self.normal == "hide" && self.value.is_array() => false,
            Some(KeyMeaning::Hides | KeyMeaning::Withdraws | KeyMeaning::Password) => {
                !matches!(truth, Truth::No | Truth::Empty)
            }
            Some(KeyMeaning::Unlists) => match truth {
                Truth::Yes => true,
                Truth::No | Truth::Empty => false,
                _ if self.normal == "robots" => has_word(self.value, &|word| {
                    matches!(word, "none" | "noindex" | "false" | "disallow" | "no")
                }),
                _ => true,
            },
            Some(KeyMeaning::Shows) => !matches!(truth, Truth::Yes) && !self.is_shown(),
            Some(KeyMeaning::Lists) => {
                let hides = |word: &str| {
                    matches!(
                        word,
                        "false" | "never" | "no" | "none" | "link" | "local" | "off" | "0"
                    ) || is_hidden_word(word)
                };
                has_word(self.value, &hides) || self.nested()
            }
            Some(KeyMeaning::Workflow) => !matches!(truth, Truth::Empty) && !self.is_shown(),
            Some(KeyMeaning::MaybeWorkflow) => {
                matches!(truth, Truth::No) || has_word(self.value, &is_hidden_word)
            }
            Some(KeyMeaning::Held | KeyMeaning::Dated | KeyMeaning::Ends | KeyMeaning::Until) => {
                !matches!(truth, Truth::No | Truth::Empty)
            }
            Some(KeyMeaning::Ours(own)) => {
                // A page without an address is not written.
                (own == ["slug"] && matches!(truth, Truth::No)) || self.nested()
            }
            Some(KeyMeaning::Nothing) => self.nested(),
            None => match self.value {
                serde_json::Value::String(word) => is_hidden_word(word),
                _ => self.nested(),
            },
        }
    }

    /// Whether a key inside the value hides the page elsewhere: `params: {draft: true}`.
    fn nested(&self) -> bool {
        let inner = |(key, value): (&String, &serde_json::Value)| {
            let normal = normal(key);
            let own = normal == "status";
            let inner = ForeignKey { key, normal, value, known: &[] };
            let meaning = match inner.meaning(&PAGE_INDEX) {
                Some(KeyMeaning::Dated | KeyMeaning::Until) => return false,
                None if own => Some(KeyMeaning::Workflow),
                meaning => meaning,
            };
            inner.would_hide(meaning)
        };
        match self.value {
            serde_json::Value::Object(entries) => entries.iter().any(inner),
            serde_json::Value::Array(items) => {
                let entries = items.iter().filter_map(serde_json::Value::as_object).flatten();
                entries.into_iter().any(inner)
            }
            _ => false,
        }
    }

    fn is_shown(&self) -> bool {
        matches!(self.value, serde_json::Value::String(word) if is_shown_word(word))
            || matches!(truth(self.value), Truth::Yes)
    }

    /// The key with its value, if that is short.
    fn quoted(&self) -> String {
        match value::short(self.value) {
            Some(value) => format!("`{}: {value}`", self.key),
            None => format!("`{}`", self.key),
        }
    }

    /// The error for a key that was meant as `own`, one of the fields that decide who sees a page.
    fn meant(&self, own: &str, kind: Kind) -> Verdict {
        if !self.known.contains(&own) {
            let meaning = if own == "expires" { KeyMeaning::Ends } else { KeyMeaning::Dated };
            return self.secret(meaning, kind);
        }
        let message = format!("`{}` is not `{own}`: the page would be public", self.key);
        let help = match (own, value::short(self.value)) {
            ("status", Some(word)) => status_help(&word),
            ("status", None) => status_help(""),
            (_, Some(value)) => date_help(own, &value).unwrap_or(format!("write `{own}: {value}`")),
            (_, None) => format!("write `{own}:` with a day, such as `{own}: 2025-06-21`"),
        };
        Verdict::Secret { message, help }
    }

    fn secret(&self, meaning: KeyMeaning, kind: Kind) -> Verdict {
        let what = match meaning {
            KeyMeaning::Held | KeyMeaning::Dated => {
                "holds nothing back here: the page would be public at once"
            }
            KeyMeaning::Ends | KeyMeaning::Until => "ends nothing here: the page would stay public",
            KeyMeaning::Password => "protects nothing here: the page would be public",
            _ => "hides nothing here: the page would be public",
        };
        Verdict::Secret {
            message: format!("{} {what}", self.quoted()),
            help: self.instead(meaning, kind),
        }
    }

    /// The key of ours that says the same.
    fn instead(&self, meaning: KeyMeaning, kind: Kind) -> String {
        let noun = kind.noun();
        let has = |own: &str| self.known.contains(&own);
        let day = day(self.value);
        let words = value::short(self.value).unwrap_or_default();
        match (meaning, day) {
            (KeyMeaning::Ends | KeyMeaning::Until, Some(day)) if has("expires") => {
                format!("write `expires: {day}`")
            }
            (KeyMeaning::Ends | KeyMeaning::Until, None)
                if has("expires") && !matches!(truth(self.value), Truth::Yes) =>
            {
                "write `expires:` with its last day, such as `expires: 2025-06-21`".into()
            }
            (KeyMeaning::Withdraws, Some(day)) if has("expires") => {
                format!("write `expires: {day}`")
            }
            (KeyMeaning::Ends | KeyMeaning::Until, Some(_)) => {
                format!("write `status: withdrawn` when that day comes: {noun} has no `expires`")
            }
            (KeyMeaning::Ends | KeyMeaning::Until | KeyMeaning::Withdraws, _) => {
                "write `status: withdrawn`".into()
            }
            (
                KeyMeaning::Held
                | KeyMeaning::Dated
                | KeyMeaning::Hides
                | KeyMeaning::Shows
                | KeyMeaning::Unlists,
                Some(day),
            ) => match has("published") {
                true => format!("write `published: {day}`"),
                false => format!(
                    "write `status: draft` until that day: {noun} has no `published`; if it is public already, \
                         leave `{}` out",
                    self.key
                ),
            },
            (KeyMeaning::Dated, None)
                if has("published") && !matches!(truth(self.value), Truth::Yes) =>
            {
                "write `published:` with the day, such as `published: 2025-06-21`".into()
            }
            (KeyMeaning::Unlists | KeyMeaning::Lists, _) => {
                "write `status: draft`, or leave it out: what is public can be found and is listed"
                    .into()
            }
            (KeyMeaning::Workflow | KeyMeaning::MaybeWorkflow, _) => status_help(&words),
            (KeyMeaning::Password, _) => {
                "write `status: draft`: no page here has a password".into()
            }
            _ if value::is_gone_word(&words) => "write `status: withdrawn`".into(),
            _ => "write `status: draft`".into(),
        }
    }

    fn harmless(&self, meaning: KeyMeaning, noun: &str) -> Verdict {
        let has = |own: &&str| self.known.contains(own);
        let help = match meaning {
            KeyMeaning::Ours(own) => match own.iter().copied().find(has) {
                Some(own) => format!("write `{own}`"),
                None => format!(
                    "leave it out: {noun} has no `{}`",
                    own.first().copied().unwrap_or_default()
                ),
            },
            KeyMeaning::Nothing => {
                "it has no meaning here: leave it out, or keep it under `extra` for a template of your own".into()
            }
            _ => "leave it out: what it says is so anyway".into(),
        };
        Verdict::Harmless { help }
    }
}
