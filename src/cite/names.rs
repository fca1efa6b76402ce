//! Names of authors: people in parts, and institutions as they are.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A name of CSL-JSON: `literal` of an institution, the other fields of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CslName {
    /// The family name, without what stands before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Arc<str>>,
    /// Given names and initials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Arc<str>>,
    /// What belongs to the family name and sorts behind it: `van der`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_dropping_particle: Option<Arc<str>>,
    /// `Jr.`, `III`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<Arc<str>>,
    /// The whole name, where it has no parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub literal: Option<Arc<str>>,
}

/// What may stand before a family name and is a part of it, in lower case.
const PARTICLES: [&str; 27] = [
    "af", "al", "bin", "da", "das", "de", "dei", "del", "della", "den", "der", "di", "dos", "du",
    "el", "ibn", "la", "las", "le", "los", "ten", "ter", "van", "vom", "von", "zu", "zur",
];

/// What may stand behind a name.
const SUFFIXES: [&str; 8] = ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "V"];

/// Words that people's names do not have.
const INSTITUTIONAL: &str = " academy administration affairs agency alliance army assembly association authority bank board \
bureau cabinet center centre chamber college commission committee company congress corporation corps council court crisis \
defence defense department desk development division economic editorial editors embassy european federal federation force forces \
forum foundation fund global government group house inc institute institution international journal library limited llc ltd \
ministry mission monetary monitor museum national nations network news newspaper office organisation organization \
parliament party police policy post press programme program project relations republic research review rights secretariat \
security senate service services society staff state states studies team the times treasury tribune trust union united \
university watch world ";

impl CslName {
    /// A name that has no parts.
    pub fn whole(name: &str) -> Self {
        Self { literal: Some(name.into()), ..Self::default() }
    }

    /// A person's name in parts.
    pub fn person(family: &str, given: &str) -> Self {
        let given = Some(given).filter(|given| !given.is_empty());
        Self { family: Some(family.into()), given: given.map(Into::into), ..Self::default() }
    }

    /// A name as an author of content writes it: `Jane Q. Doe`, `Doe, Jane Q.`, `Ursula von der Leyen`, `NATO`.
    ///
    /// A name of one word, of more than five, with a word that only institutions have, or in a script whose names are
    /// not turned around stays whole.
    pub fn read(name: &str) -> Self {
        let name = name.trim();
        let parts: Vec<&str> = name.split(',').map(str::trim).collect();
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_turned = name.chars().all(|c| !c.is_alphabetic() || is_european(c));
        if !is_turned || words.iter().any(|word| is_institutional(word)) {
            return Self::whole(name);
        }
        match parts[..] {
            [family, given] if !family.is_empty() && !SUFFIXES.contains(&given) => {
                Self::parted(family, given, None)
            }
            [family, given, suffix] | [family, suffix, given]
                if SUFFIXES.contains(&suffix) && !given.is_empty() =>
            {
                Self::parted(family, given, Some(suffix))
            }
            [_] | [_, _] => Self::in_order(name),
            _ => Self::whole(name),
        }
    }

    /// A name with the given names first.
    fn in_order(name: &str) -> Self {
        let plain = name.replace(',', " ");
        let mut words: Vec<&str> = plain.split_whitespace().collect();
        let suffix = words.pop_if(|last| SUFFIXES.contains(last));
        let is_small = |word: &&str| word.starts_with(char::is_lowercase);
        let strange = words.iter().any(|word| is_small(word) && !is_particle(word));
        if strange || !(2..=5).contains(&words.len()) {
            return Self::whole(name);
        }
        let family = words.iter().skip(1).position(|word| is_particle(word));
        let family = family.map_or(words.len() - 1, |at| at + 1).min(words.len() - 1);
        Self::parted(&words[family..].join(" "), &words[..family].join(" "), suffix)
    }

    fn parted(family: &str, given: &str, suffix: Option<&str>) -> Self {
        let words: Vec<&str> = family.split_whitespace().collect();
        let most = words.len().saturating_sub(1);
        let particles = words.iter().take(most).take_while(|word| is_particle(word)).count();
        let (particle, family) = words.split_at(particles);
        let particle = Some(particle.join(" ")).filter(|particle| !particle.is_empty());
        Self {
            non_dropping_particle: particle.map(Into::into),
            suffix: suffix.map(Into::into),
            ..Self::person(&family.join(" "), given)
        }
    }

    /// The family name with its particle, or the whole name.
    pub(super) fn short(&self) -> String {
        match (&self.non_dropping_particle, &self.family) {
            (Some(particle), Some(family)) => format!("{particle} {family}"),
            (None, Some(family)) => family.to_string(),
            (_, None) => self.literal.as_deref().unwrap_or_default().to_owned(),
        }
    }

    /// Given name, family name, suffix.
    pub(super) fn ordered(&self, given: impl Fn(&str) -> String) -> String {
        let given = self.given.as_deref().filter(|given| !given.is_empty()).map(given);
        let parts = [given, Some(self.short()), self.suffix.as_deref().map(str::to_owned)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Family name, given name, suffix, with commas. A demoted particle stands behind the given name.
    pub(super) fn inverted(&self, given: impl Fn(&str) -> String, demoted: bool) -> String {
        let given = self.given.as_deref().filter(|given| !given.is_empty()).map(given);
        let (family, given) = match (&self.non_dropping_particle, &self.family) {
            (Some(particle), Some(family)) if demoted => {
                let given =
                    given.map_or(particle.to_string(), |given| format!("{given} {particle}"));
                (family.to_string(), Some(given))
            }
            _ => (self.short(), given),
        };
        let parts = [Some(family), given, self.suffix.as_deref().map(str::to_owned)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// The name as a person of its language would say it.
impl std::fmt::Display for CslName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.ordered(str::to_owned))
    }
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether a name has a word that people's names do not have, or is an abbreviation.
pub fn is_institution(name: &str) -> bool {
    let is_abbreviation =
        |name: &str| name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase());
    is_abbreviation(name) || name.split_whitespace().any(is_institutional)
}

fn is_institutional(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', '’']).to_lowercase();
    word.contains(|c: char| c.is_ascii_digit() || c == '&')
        || INSTITUTIONAL.contains(&format!(" {word} "))
}

/// Whether a letter is Latin, Greek or Cyrillic.
fn is_european(c: char) -> bool {
    matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

/// The last names of a list: two institutions, or an institution behind a person, have no comma between them.
pub(super) fn before_last(names: &[CslName]) -> &'static str {
    match names {
        [_, last] if last.family.is_none() => " ",
        _ => ", ",
    }
}

/// Given names with a space after each initial: `J.K.` as `J. K.`, `Jane Q` as `Jane Q.`.
pub(super) fn spaced(given: &str) -> String {
    let words = given.replace('.', ". ");
    let words = words.split_whitespace().map(|word| match word.chars().count() {
        1 if word.chars().all(char::is_uppercase) => format!("{word}."),
        _ => word.to_owned(),
    });
    let words: Vec<String> = words.collect();
    words.join(" ").replace(". -", ".-")
}

/// Given names as initials: `J. Q.`, `J.-P.`. Names of a script without initials stay as they are.
pub(super) fn initials(given: &str) -> String {
    if !given.starts_with(is_european) {
        return given.to_owned();
    }
    let initial = |part: &str| match part.chars().next() {
        Some(c) if c.is_lowercase() => part.to_owned(),
        Some(c) => format!("{c}."),
        None => String::new(),
    };
    let word = |word: &str| word.split('-').map(initial).collect::<Vec<_>>().join("-");
    given.replace('.', ". ").split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}
