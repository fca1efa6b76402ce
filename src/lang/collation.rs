//! The alphabetical order of a language.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};

use super::LangTag;

/// How a language orders names and titles, from CLDR: Swedish has ö after z, German beside o.
#[derive(Debug)]
pub struct Collation(Option<CollatorBorrowed<'static>>);

impl Collation {
    /// The order of a language; for one without its own, the one that all languages begin with.
    pub fn new(tag: &LangTag) -> Self {
        Self(Collator::try_new(tag.locale().into(), CollatorOptions::default()).ok())
    }

    /// Bytes that compare as a text does in this order. Texts that differ in nothing that the order knows of have one
    /// key: what must have an order needs another key behind this.
    pub fn key(&self, text: &str) -> Box<[u8]> {
        let mut key = Vec::new();
        match &self.0 {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(text, &mut key);
            }
            None => key.extend_from_slice(text.to_lowercase().as_bytes()),
        }
        key.into()
    }
}

#[cfg(test)]
mod tests {
    use super::{Collation, LangTag};

    #[test]
    fn each_language_has_its_order() {
        for (tag, names) in [
            ("en", "Ábalos, abbott, Abe, Öberg, Osborne, zu Guttenberg"),
            ("de", "Abe, Ärzte, Azubi, Oberg, Öberg, Osborne, Zimmer"),
            ("sv", "Abe, Osborne, Zimmer, Åberg, Ärlig, Öberg"),
            ("es", "Nadal, Núñez, Nuvolari, Ñandú, Obama"),
            ("cs", "Cihlář, Čapek, Havel, Chalupa, Ivan"),
            ("ar", "أحمد, باسم, تامر"),
            ("xx", "Abe, Öberg, Osborne"),
        ] {
            let order = Collation::new(&LangTag::parse(tag).expect("a tag"));
            let expected: Vec<&str> = names.split(", ").collect();
            let mut sorted = expected.clone();
            sorted.reverse();
            sorted.sort_by_cached_key(|name| order.key(name));
            assert_eq!(sorted, expected, "{tag}");
        }
    }
}
