//! The quotation marks of languages, after the delimiters of Unicode's CLDR 46.

/// The marks that stand for typed ones.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marks {
    /// For `"`: the first and the last.
    pub(super) double: (&'static str, &'static str),
    /// For `'`.
    pub(super) single: (&'static str, &'static str),
}

const fn marks(
    first: &'static str,
    last: &'static str,
    inner: &'static str,
    inner_last: &'static str,
) -> Marks {
    Marks { double: (first, last), single: (inner, inner_last) }
}

static ENGLISH: Marks = marks("“", "”", "‘", "’");
static GERMAN: Marks = marks("„", "“", "‚", "‘");
static SWISS: Marks = marks("«", "»", "‹", "›");
/// With narrow spaces that break no line.
static FRENCH: Marks = marks("«\u{202F}", "\u{202F}»", "“", "”");
static LATIN: Marks = marks("«", "»", "“", "”");
static NORDIC: Marks = marks("”", "”", "’", "’");
static NORWEGIAN: Marks = marks("«", "»", "‘", "’");
static POLISH: Marks = marks("„", "”", "«", "»");
static HUNGARIAN: Marks = marks("„", "”", "»", "«");
static CROATIAN: Marks = marks("„", "”", "‚", "’");
static ESTONIAN: Marks = marks("„", "“", "«", "»");
static RUSSIAN: Marks = marks("«", "»", "„", "“");
static PERSIAN: Marks = marks("«", "»", "‹", "›");
static ARABIC: Marks = marks("”", "“", "’", "‘");
static HEBREW: Marks = marks("”", "”", "’", "’");

/// Tags, those with a region before those without, and their marks. What is not here has those of English.
static LANGUAGES: [(&str, &Marks); 47] = [
    ("de-ch", &SWISS),
    ("de-li", &SWISS),
    ("de", &GERMAN),
    ("it-ch", &SWISS),
    ("it", &LATIN),
    ("fr-ch", &SWISS),
    ("fr", &FRENCH),
    ("es-419", &ENGLISH),
    ("es-ar", &ENGLISH),
    ("es-cl", &ENGLISH),
    ("es-co", &ENGLISH),
    ("es-mx", &ENGLISH),
    ("es-pe", &ENGLISH),
    ("es-us", &ENGLISH),
    ("es", &LATIN),
    ("pt-pt", &LATIN),
    ("ca", &LATIN),
    ("gl", &LATIN),
    ("el", &LATIN),
    ("hy", &LATIN),
    ("sq", &LATIN),
    ("sv", &NORDIC),
    ("fi", &NORDIC),
    ("nb", &NORWEGIAN),
    ("nn", &NORWEGIAN),
    ("no", &NORWEGIAN),
    ("is", &GERMAN),
    ("cs", &GERMAN),
    ("sk", &GERMAN),
    ("sl", &GERMAN),
    ("bg", &GERMAN),
    ("mk", &GERMAN),
    ("lt", &GERMAN),
    ("ka", &GERMAN),
    ("et", &ESTONIAN),
    ("pl", &POLISH),
    ("ro", &POLISH),
    ("hu", &HUNGARIAN),
    ("hr", &CROATIAN),
    ("bs", &CROATIAN),
    ("sr", &CROATIAN),
    ("ru", &RUSSIAN),
    ("uk", &RUSSIAN),
    ("be", &RUSSIAN),
    ("fa", &PERSIAN),
    ("ar", &ARABIC),
    ("he", &HEBREW),
];

/// The marks of a BCP 47 tag.
pub(super) fn of(lang: &str) -> &'static Marks {
    LANGUAGES.iter().find(|(tag, _)| is_of(lang, tag)).map_or(&ENGLISH, |(_, marks)| marks)
}

/// Whether a BCP 47 tag is that of a language, or of one of its regions.
pub(super) fn is_of(lang: &str, tag: &str) -> bool {
    lang.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
        && matches!(lang.as_bytes().get(tag.len()), None | Some(b'-' | b'_'))
}
