//! "A, B and C".

use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};

use super::LangTag;

/// Joins items for one language.
#[derive(Debug)]
pub struct Lists {
    formatter: ListFormatter,
}

impl Lists {
    /// The lists of a language. Expensive: make one per language and build.
    pub fn new(tag: &LangTag) -> Self {
        let options = ListFormatterOptions::default().with_length(ListLength::Wide);
        let formatter = ListFormatter::try_new_and(tag.locale().into(), options)
            .expect("the bundled data ends every fallback at the root locale");
        Self { formatter }
    }

    /// The items in one phrase: "A", "A and B", "A, B and C"; empty for no item.
    ///
    /// What is added between items never needs escaping, so that items may be text or HTML alike.
    pub fn and<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.formatter.format(items.iter().map(AsRef::as_ref)).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;
    use crate::lang::LangTag;

    #[test]
    fn joined() {
        let three = &["A", "B", "C"][..];
        for (lang, items, expected) in [
            ("en-GB", three, "A, B and C"),
            ("en-US", three, "A, B, and C"),
            ("de", three, "A, B und C"),
            ("ja", three, "A、B、C"),
            ("ar", three, "A وB وC"),
            ("es", &["Francia", "Italia"], "Francia e Italia"),
            ("xx", three, "A, B, C"),
            ("en-GB", &[], ""),
            ("en-GB", &["A"], "A"),
            ("en-GB", &["<a>A</a>", "B"], "<a>A</a> and B"),
        ] {
            let lists = Lists::new(&LangTag::parse(lang).unwrap());
            assert_eq!(lists.and(items), expected, "{lang}");
        }
    }
}
