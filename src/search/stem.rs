//! Light stemming: what makes a plural or an inflected form of a word is taken off. The rules of a language are one line
//! of text, which its readers' script is given too.

/// The rules by language. Steps are parted by `|`, rules by spaces. Of a step the first rule that fits is applied:
/// `3v:ing>` takes `ing` off where 3 characters or more are left, with a vowel (`v`) among them; `^` marks a beginning.
const RULES: [(&str, &str); 5] = [
    (
        "ar",
        "2:^وال> 2:^بال> 2:^كال> 2:^فال> 2:^لل> 2:^ال>|2:هم> 2:ها> 2:ات> 2:ون> 2:ين> 2:ان> 2:يه> 2:ه>|2:ي>",
    ),
    ("de", "4:heiten>heit 4:keiten>keit 3:ungen>ung 3:ern> 3:em> 3:en> 3:er> 3:es> 3:e> 3:s>"),
    (
        "en",
        "2:sses>ss 3:ies>y 1:ss>ss 1:us>us 1:is>is 3:s>|2:eed>eed 4v:isation>ize 4v:ization>ize 3v:ising>ize \
         3v:izing>ize 3v:ised>ize 3v:ized>ize 3v:ise>ize 3v:ing> 3v:ed>|3:e> 2:bb>b 2:dd>d 2:gg>g 2:mm>m 2:nn>n 2:pp>p \
         2:rr>r 2:tt>t",
    ),
    ("es", "3:ces>z 3:es> 3:s>|3:a> 3:o> 3:e>"),
    ("fr", "2:eaux>eau 3:aux>al 3:s> 3:x>|3:ee> 3:er> 3:e>|2:nn>n 2:ll>l 2:tt>t"),
];

/// Takes words to their stems.
#[derive(Debug, Default)]
pub struct Stemmer {
    rules: &'static str,
    steps: Vec<Vec<StemRule>>,
}

#[derive(Debug)]
struct StemRule {
    least: usize,
    needs_vowel: bool,
    is_prefix: bool,
    from: &'static str,
    to: &'static str,
}

impl Stemmer {
    /// The stemmer of a language, by its primary subtag; for one without rules, a stemmer that leaves words as they are.
    pub fn of(language: &str) -> Self {
        let rules =
            RULES.iter().find(|(known, _)| *known == language).map_or("", |(_, rules)| rules);
        let steps = rules
            .split('|')
            .map(|step| step.split_whitespace().filter_map(StemRule::parse).collect());
        Self { rules, steps: steps.collect() }
    }

    /// Its rules, as the script reads them.
    pub fn rules(&self) -> &'static str {
        self.rules
    }

    /// Takes a word to its stem, in place.
    pub fn stem(&self, word: &mut String) {
        for step in &self.steps {
            let _ = step.iter().any(|rule| rule.apply(word));
        }
    }
}

impl StemRule {
    fn parse(text: &'static str) -> Option<Self> {
        let (head, rule) = text.split_once(':')?;
        let (from, to) = rule.split_once('>')?;
        let needs_vowel = head.ends_with('v');
        let least = head.trim_end_matches('v').parse().ok()?;
        let is_prefix = from.starts_with('^');
        Some(Self { least, needs_vowel, is_prefix, from: from.trim_start_matches('^'), to })
    }

    /// Applies the rule if it fits, and says whether it did.
    fn apply(&self, word: &mut String) -> bool {
        let kept = match self.is_prefix {
            true => word.strip_prefix(self.from),
            false => word.strip_suffix(self.from),
        };
        let Some(kept) = kept else { return false };
        let is_long = kept.len() >= self.least && kept.chars().count() >= self.least;
        if !is_long || self.needs_vowel && !kept.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
            return false;
        }
        match self.is_prefix {
            true => word.replace_range(..self.from.len(), self.to),
            false => word.replace_range(word.len() - self.from.len().., self.to),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{RULES, Stemmer};

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (language, forms) in [
            ("en", "policy policies"),
            ("en", "vote votes voted voting"),
            ("en", "organise organisation organized organizations organizing"),
            ("en", "plan plans planned planning"),
            ("en", "analysis"),
            ("de", "Regierung Regierungen"),
            ("fr", "national nationale nationaux nationales"),
            ("es", "nación naciones"),
            ("ar", "حكومه الحكومه والحكومه"),
            ("ja", "防衛"),
        ] {
            let stemmer = Stemmer::of(language);
            let mut stems: Vec<String> = Vec::new();
            for form in forms.split(' ') {
                crate::search::Tokenizer::default().tokens(form, |token, _| {
                    let mut word = token.to_owned();
                    stemmer.stem(&mut word);
                    stems.push(word);
                });
            }
            stems.dedup();
            assert_eq!(stems.len(), 1, "{language} {stems:?}");
        }
    }

    #[test]
    fn every_rule_can_be_read() {
        for (language, rules) in RULES {
            let read: usize = Stemmer::of(language).steps.iter().map(Vec::len).sum();
            assert_eq!(read, rules.split(['|', ' ']).filter(|rule| !rule.is_empty()).count());
        }
    }
}
