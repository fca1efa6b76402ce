//! The ways in which one name is written: initials with and without full stops and spaces, `Jr.` with and without a comma.

use std::collections::BTreeSet;

/// Words behind a family name that tell a father from his son.
const SUFFIXES: [&str; 7] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"];

/// The suffix that follows a name: `Sr.` of `, Sr., left`.
pub(super) fn suffix_behind(after: &str) -> Option<&str> {
    let rest = after.strip_prefix(',').unwrap_or(after).strip_prefix(' ')?;
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    is_suffix(word).then_some(word)
}

/// Whether a word tells a father from his son.
pub(super) fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word)
}

/// The other ways of writing a person's name; not the way in which it is given.
pub(super) fn variants(name: &str) -> BTreeSet<String> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let suffix = words.pop_if(|word| is_suffix(word));
    if suffix.is_some()
        && let Some(last) = words.last_mut()
    {
        *last = last.trim_end_matches(',');
    }
    let bases = with_initials(&words);
    let mut found = BTreeSet::new();
    for base in bases {
        match suffix.map(|suffix| suffix.trim_end_matches('.')) {
            None => {
                found.insert(base);
            }
            Some(suffix) => {
                found.insert(base.clone());
                let stops: &[&str] = if suffix.ends_with('r') { &[".", ""] } else { &[""] };
                for (sign, stop) in
                    [" ", ", "].iter().flat_map(|sign| stops.iter().map(move |stop| (sign, stop)))
                {
                    found.insert(format!("{base}{sign}{suffix}{stop}"));
                }
            }
        }
    }
    found.remove(name);
    found
}

/// The name with its initials written in each way: J. D., J.D., JD, J D.
fn with_initials(words: &[&str]) -> Vec<String> {
    let last = words.len().saturating_sub(1);
    // What stands last is a family name.
    let letters = |at: usize| initials(words[at], at == 0).filter(|_| at < last);
    if (0..words.len()).all(|at| letters(at).is_none()) {
        return vec![words.join(" ")];
    }
    let styles: [(&str, &str); 4] = [(".", " "), (".", ""), ("", ""), ("", " ")];
    let written = |(stop, space): (&str, &str)| {
        let mut parts: Vec<String> = Vec::new();
        let mut run: Vec<char> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            match letters(at) {
                Some(letters) => run.extend(letters),
                None => {
                    parts.extend(joined(&run, stop, space));
                    run.clear();
                    parts.push((*word).to_owned());
                }
            }
        }
        parts.join(" ")
    };
    styles.into_iter().map(written).collect()
}

fn joined(letters: &[char], stop: &str, space: &str) -> Option<String> {
    let letters: Vec<String> = letters.iter().map(|letter| format!("{letter}{stop}")).collect();
    (!letters.is_empty()).then(|| letters.join(space))
}

/// The letters of a word that is initials: `J.`, `J.D.`, `J`; and, if it `begins` a name, `JD`.
fn initials(word: &str, begins: bool) -> Option<Vec<char>> {
    let letters: Vec<char> = word.chars().filter(|c| *c != '.').collect();
    let stops = word.chars().filter(|c| *c == '.').count();
    let is_initials = letters.iter().all(|c| c.is_uppercase())
        && (stops == letters.len() && word.ends_with('.')
            || stops == 0 && (letters.len() == 1 || begins && letters.len() == 2));
    (is_initials && !letters.is_empty() && letters.len() <= 4).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::variants;

    #[test]
    fn one_name_is_written_in_several_ways() {
        for (name, others) in [
            ("Marten Hale", &[][..]),
            ("J. D. Vance", &["J D Vance", "J.D. Vance", "JD Vance"]),
            ("JD Vance", &["J D Vance", "J. D. Vance", "J.D. Vance"]),
            ("Harry S. Truman", &["Harry S Truman"]),
            ("Harry S Truman", &["Harry S. Truman"]),
            ("J.R.R. Olm", &["J R R Olm", "J. R. R. Olm", "JRR Olm"]),
            ("Tom Reid, Jr.", &["Tom Reid", "Tom Reid Jr", "Tom Reid Jr.", "Tom Reid, Jr"]),
            ("Tom Reid Jr", &["Tom Reid", "Tom Reid Jr.", "Tom Reid, Jr", "Tom Reid, Jr."]),
            ("Tom Reid III", &["Tom Reid", "Tom Reid, III"]),
            ("Li X", &[]),
            ("Malcolm X", &[]),
            ("Xi Jinping", &[]),
            ("習近平", &[]),
        ] {
            assert_eq!(
                variants(name).iter().collect::<Vec<_>>(),
                others.iter().collect::<Vec<_>>(),
                "{name}"
            );
        }
    }
}
