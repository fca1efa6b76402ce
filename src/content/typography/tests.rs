//! What is printed for typed signs, in several languages.

use super::Typography;

fn check(lang: &str, cases: &[(&str, &str)]) {
    for (typed, set) in cases {
        assert_eq!(Typography::of(lang).text(typed), *set, "{lang}: {typed}");
    }
}

#[test]
fn english() {
    check(
        "en-GB",
        &[
            ("\"Yes,\" he said.", "“Yes,” he said."),
            ("He said \"yes.\"", "He said “yes.”"),
            ("(\"yes\")", "(“yes”)"),
            ("\"He said 'no'.\"", "“He said ‘no’.”"),
            ("\"'No', he said.\"", "“‘No’, he said.”"),
            ("\"He said 'no'\"", "“He said ‘no’”"),
            ("and kept its options.\"", "and kept its options.”"),
            ("options.\"He said \"no\".", "options.”He said “no”."),
            ("he said,\"No\"", "he said,“No”"),
            ("yes\" she said", "yes” she said"),
            ("word--\"yes\"--word", "word–“yes”–word"),
            ("\"I was--\" he", "“I was–” he"),
            ("\"yes\"/\"no\"", "“yes”/“no”"),
            ("\"A\"\"B\"", "“A”“B”"),
            ("\"…and\" \"...and\"", "“…and” “…and”"),
            ("the \"A\"-team", "the “A”-team"),
            ("it's the workers' rights", "it’s the workers’ rights"),
            ("rock 'n' roll", "rock ’n’ roll"),
            ("'n'", "’n’"),
            ("'Tis the season", "’Tis the season"),
            ("'Tis the workers' day", "’Tis the workers’ day"),
            ("the '90s and '08", "the ’90s and ’08"),
            ("\"'90s\" \"'tis\"", "“’90s” “’tis”"),
            ("the 1990s' end", "the 1990s’ end"),
            ("'First paragraph of a quotation", "‘First paragraph of a quotation"),
            ("get 'em out", "get ’em out"),
            ("O'Brien's", "O’Brien’s"),
            ("'yes' and 'no'", "‘yes’ and ‘no’"),
            ("6'2\"", "6′2″"),
            ("6'2\" tall", "6′2″ tall"),
            ("\"He is 6'2\" tall\"", "“He is 6′2″ tall”"),
            ("40°26'46\" N", "40°26′46″ N"),
            ("40° 26' N", "40° 26′ N"),
            ("a 12\" gun and a 5\" gun", "a 12″ gun and a 5″ gun"),
            ("a 6' pole", "a 6′ pole"),
            ("\"in 2024\"", "“in 2024”"),
            ("\"Article 9\" says", "“Article 9” says"),
            ("it fell in 2024\" and", "it fell in 2024” and"),
            ("'in 9' says", "‘in 9’ says"),
            ("1'000'000", "1’000’000"),
            ("a -- b --- c - d---- e----- f", "a – b — c - d–– e—– f"),
            ("wait... what....", "wait… what…."),
            ("\"\"", "“”"),
            ("\" a \"", "“ a ”"),
            ("\"", "”"),
            ("'", "’"),
            ("see https://x.example/a--b'c...d", "see https://x.example/a--b'c...d"),
            ("\"https://x.example/a\".", "“https://x.example/a”."),
            ("no signs", "no signs"),
            ("$5 \"per head\"", "$5 “per head”"),
            ("a (the \"b\"), c", "a (the “b”), c"),
        ],
    );
}

#[test]
fn marks_of_languages() {
    for (lang, set) in [
        ("en", "“a ‘b’”, it’s"),
        ("und", "“a ‘b’”, it’s"),
        ("de", "„a ‚b‘“, it’s"),
        ("de-AT", "„a ‚b‘“, it’s"),
        ("de-CH", "«a ‹b›», it’s"),
        ("fr", "«\u{202F}a “b”\u{202F}», it’s"),
        ("fr-CA", "«\u{202F}a “b”\u{202F}», it’s"),
        ("es", "«a “b”», it’s"),
        ("es-MX", "“a ‘b’”, it’s"),
        ("pt", "“a ‘b’”, it’s"),
        ("pt-PT", "«a “b”», it’s"),
        ("sv", "”a ’b’”, it’s"),
        ("fi", "”a ’b’”, it’s"),
        ("pl", "„a «b»”, it’s"),
        ("it", "«a “b”», it’s"),
        ("nl", "“a ‘b’”, it’s"),
        ("ru", "«a „b“», it’s"),
        ("ar", "”a ’b‘“, it’s"),
        ("den", "“a ‘b’”, it’s"),
    ] {
        check(lang, &[("\"a 'b'\", it's", set)]);
    }
    check("fr", &[("\" mot \" et l'\"État\"", "« mot » et l’«\u{202F}État\u{202F}»")]);
    check("he", &[("צה\"ל אמר \"כן\"", "צה\"ל אמר ”כן”")]);
}

#[test]
fn scripts_without_spaces() {
    check(
        "ja",
        &[
            ("彼は\"はい\"と", "彼は“はい”と"),
            ("彼は'はい'と", "彼は‘はい’と"),
            ("「はい」と", "「はい」と"),
            ("一行\n二行", "一行二行"),
            ("一行。\n「二行」", "一行。「二行」"),
            ("一行\nABC\n二行", "一行\nABC\n二行"),
            ("一行\n\n二行", "一行\n\n二行"),
        ],
    );
    check(
        "ko",
        &[
            ("\"경제 위기\"라고", "“경제 위기”라고"),
            ("'경제 위기'라고", "‘경제 위기’라고"),
            ("한국\n은행", "한국\n은행"),
        ],
    );
}

#[test]
fn french_spaces() {
    check(
        "fr-CA",
        &[
            ("Pourquoi ?", "Pourquoi\u{202F}?"),
            ("Assez !", "Assez\u{202F}!"),
            ("un ; deux", "un\u{202F}; deux"),
            ("Le plan : un an", "Le plan\u{A0}: un an"),
            ("« oui »", "«\u{202F}oui\u{202F}»"),
            ("\"Vraiment ?\"", "«\u{202F}Vraiment\u{202F}?\u{202F}»"),
            ("Vraiment ?!", "Vraiment\u{202F}?!"),
            ("Et...  ?", "Et…  ?"),
            ("Et ... ?", "Et …\u{202F}?"),
            ("En 2024 : 30 lois", "En 2024\u{A0}: 30 lois"),
            ("(quoi ?)", "(quoi\u{202F}?)"),
            ("le « plan »: un", "le «\u{202F}plan\u{202F}»: un"),
            ("Pourquoi\u{A0}?", "Pourquoi\u{A0}?"),
            ("Pourquoi? 10:30; un: deux", "Pourquoi? 10:30; un: deux"),
            ("https://example.org/?a : b", "https://example.org/?a\u{A0}: b"),
            ("a != b, x ?y=1, :-) ;-) a :: b ::", "a != b, x ?y=1, :-) ;-) a :: b ::"),
            ("un\n: deux", "un\n: deux"),
            (" : « a", " : «\u{202F}a"),
        ],
    );
    check("frp", &[("Pourquoi ?", "Pourquoi ?")]);
    check("de-CH", &[("« ja » : nein !", "« ja » : nein !")]);
}
