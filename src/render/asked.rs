//! Which interface texts templates ask for, read from their calls: `t(key="home")`, `around(key="state-" ~ kind, …)`.
//!
//! A key may be put together where no reader of templates can follow. What is found here is then more than what is asked
//! for, never less.

/// The keys that some templates ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedTexts {
    keys: Vec<AskedText>,
    /// Whether a template asks for a key that is not written in it.
    any: bool,
}

/// What is written of a key: its beginning and its end; all of it when `whole`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AskedText {
    start: String,
    end: String,
    whole: bool,
}

impl AskedTexts {
    /// Reads the texts of templates.
    pub fn of<'a>(templates: impl IntoIterator<Item = &'a str>) -> Self {
        let mut asked = Self::default();
        for text in templates {
            for (at, _) in text.match_indices("key") {
                let part = |c: char| c.is_alphanumeric() || c == '_';
                let value = text[at + "key".len()..].trim_start().strip_prefix('=');
                let Some(value) = value.filter(|_| !text[..at].ends_with(part)) else { continue };
                match operands(value)[..] {
                    // The theme's own way to label a row, in a template that began as a copy of the theme's.
                    [Operand::Other("row.label")] => {}
                    [] | [Operand::Other(_)] => asked.any = true,
                    ref operands => asked.keys.push(key(operands)),
                }
            }
        }
        asked
    }

    /// Whether a template may ask for a key.
    pub fn may_have(&self, key: &str) -> bool {
        let fits = |asked: &AskedText| match asked.whole {
            true => *key == asked.start,
            false => key.starts_with(&asked.start) && key.ends_with(&asked.end),
        };
        self.any || self.keys.iter().any(fits)
    }

    /// The keys that are written whole.
    pub fn whole(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().filter(|key| key.whole).map(|key| &*key.start)
    }
}

/// One side of a `~`.
#[derive(Clone, Copy)]
enum Operand<'a> {
    Literal(&'a str),
    Other(&'a str),
}

fn key(operands: &[Operand<'_>]) -> AskedText {
    let literals: Vec<_> = operands
        .iter()
        .map(|operand| match operand {
            Operand::Literal(text) => Some(*text),
            Operand::Other(_) => None,
        })
        .collect();
    match literals.iter().copied().collect::<Option<Vec<_>>>() {
        Some(all) => AskedText { start: all.concat(), end: String::new(), whole: true },
        None => {
            let start = literals.first().copied().flatten().unwrap_or_default();
            let end = literals.last().copied().flatten().unwrap_or_default();
            AskedText { start: start.to_owned(), end: end.to_owned(), whole: false }
        }
    }
}

/// The parts of an argument that are joined with `~`, up to the `,`, `)` or tag's end behind it.
fn operands(value: &str) -> Vec<Operand<'_>> {
    let mut operands = Vec::new();
    let mut rest = value.trim_start();
    loop {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
        let (operand, after) = match quote {
            Some(quote) => {
                let Some((text, after)) = rest[1..].split_once(quote) else { return operands };
                (Operand::Literal(text), after.trim_start())
            }
            None => {
                let end = rest.find(['~', ',', ')', '}', '/', '"', '\'', '`']);
                let (text, after) = rest.split_at(end.unwrap_or(rest.len()));
                (Operand::Other(text.trim()), after)
            }
        };
        operands.push(operand);
        match after.strip_prefix('~') {
            Some(next) => rest = next.trim_start(),
            // A filter makes another text of it.
            None if after.starts_with('|') => return vec![Operand::Other("")],
            None => return operands,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AskedTexts;

    #[test]
    fn keys_by_how_they_are_written() {
        for (template, asked, not) in [
            ("{{ t(key=\"own\") }}", "own", "home"),
            ("{{ t(key='own', n=\"home\") }}", "own", "home"),
            ("{{ t( n=1, key = `own` ) }}", "own", "n"),
            ("{{ t(key=\"a\" ~ \"-b\") }}", "a-b", "a"),
            ("{{ t(key=\"own-\" ~ page.kind) }}", "own-x", "x-own"),
            ("{{ t(key=kind ~ \"-own\") }}", "x-own", "own-x"),
            ("{{ t(key=\"a-\" ~ kind ~ \"-z\") }}", "a-x-z", "a-x"),
            ("{% set x = around(key=\"own\", of=\"n\") %}", "own", "n"),
            ("{{<label key=\"own\"/>}}", "own", "label"),
            ("{{ t(key=page.kind) }}", "own", ""),
            ("{{ t(key=\"own\" | lower) }}", "own", ""),
            ("{{ t(key=\"own", "own", ""),
            ("{{ t(key=", "own", ""),
            ("{{ monkey=\"own\" }} {{ t(key=row.label) }}{{ t(key=\"x\") }}", "x", "own"),
        ] {
            let texts = AskedTexts::of([template]);
            assert!(texts.may_have(asked), "{template}: {texts:?}");
            // Where any key may be asked for, no key is known not to be.
            assert_eq!(texts.any, not.is_empty(), "{template}: {texts:?}");
            assert_eq!(texts.may_have(not), texts.any, "{template}: {texts:?}");
        }
    }

    #[test]
    fn an_unfinished_template_is_read_too() {
        let text = "{{ t(key=\"a\" ~ b ~ 'ä-' ~ c | d(e=\"f\"), g=h) }}{% key == \"x\" %}";
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            AskedTexts::of([&text[..end]]);
        }
    }
}
