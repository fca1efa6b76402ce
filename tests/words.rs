//! The words of the default theme in a reader's language, on pages that a whole build makes.

mod support;

#[path = "words/fragments.rs"]
mod fragments;

use std::collections::{BTreeMap, BTreeSet};

use briefing::lang::{Arg, LangTag, Messages};
use briefing::render::theme;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement, VariantKey};
use support::{SiteTest, html};

/// Every place where a sentence of the theme goes around a link or a date.
const STORY: &str = "\
//- /content/site.yaml
title: Word order
lang: xx
publisher: Japan
//- /content/articles/story.md
---
title: Story
authors: [{name: Ann, url: 'https://example.org/ann'}, Bob]
dateline: Tokyo
published: 2025-03-01
expires: 2025-04-01
sources: [{id: s, title: Paper, accessed: 2025-02-01}]
players: [{player: japan}]
---
One[^s] sentence of [[korea]] and [[china]].
//- /content/players/japan.md
---
name: Japan
kind: country
---
//- /content/players/korea.md
---
name: Korea
kind: country
---
//- /content/players/china.md
---
name: China
kind: country
---
";

/// What stands in the lines of the story's page that a sentence is in, element by element.
fn lines(own: &str) -> Vec<String> {
    lines_in("xx", own)
}

fn lines_in(lang: &str, own: &str) -> Vec<String> {
    let site = SiteTest::new(&STORY.replace("lang: xx", &format!("lang: {lang}")));
    if !own.is_empty() {
        site.edit("templates/lang/xx.ftl", own);
    }
    site.build(&[]).expect(0);
    let output = site.output();
    html::check(&output, "/");
    let page = std::str::from_utf8(&output["articles/story/index.html"]).expect("a page is UTF-8");
    let of = |selector: &str| html::texts(page, selector);
    [
        ".publisher",
        ".byline",
        ".dates",
        ".banner-title",
        ".sources li > span:not(.backlinks)",
        ".also-mentioned",
    ]
    .into_iter()
    .map(|selector| format!("{selector}: {}", of(selector).join(" | ")))
    .collect()
}

#[test]
fn a_language_puts_names_and_dates_where_it_wants_them() {
    let english = [
        ".publisher: Published by Japan",
        ".byline: By Ann, Bob",
        ".dates: FromTokyo PublishedMarch 1, 2025 Reading time1 minute",
        ".banner-title: Out of date April 1, 2025",
        ".sources li > span:not(.backlinks): Read February 1, 2025",
        ".also-mentioned: Also mentioned Korea, China",
    ];
    assert_eq!(lines(""), english);
    let own = "by = „{ $authors }“ schrieb dies\ndateline = { $place }発\n\
               published-by = { $publisher } <publishes> this\naccessed = { $date }閲覧\n\
               state-expired-on = Since { $date } out of date\nlist-comma = 、\n";
    let turned = [
        ".publisher: Japan <publishes> this",
        ".byline: „Ann, Bob“ schrieb dies | Tokyo発",
        ".dates: PublishedMarch 1, 2025 Reading time1 minute",
        ".banner-title: Since April 1, 2025 out of date",
        ".sources li > span:not(.backlinks): February 1, 2025閲覧",
        ".also-mentioned: Also mentioned Korea、China",
    ];
    assert_eq!(lines(own), turned);
}

#[test]
fn a_message_without_its_variable_stands_before_it() {
    let own = "by = Von\ndateline = Aus\npublished-by = Verlag:\naccessed = Gelesen\n";
    let found = lines(own);
    assert_eq!(
        found[..3],
        [
            ".publisher: Verlag: Japan",
            ".byline: Von Ann, Bob",
            ".dates: AusTokyo PublishedMarch 1, 2025 Reading time1 minute",
        ]
    );
    assert_eq!(found[4], ".sources li > span:not(.backlinks): Gelesen February 1, 2025");
}

/// The categories of CLDR's plural rules, from few to many.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The categories that whole numbers have in a language.
fn categories(tag: &LangTag) -> BTreeSet<String> {
    let variants = CATEGORIES.map(|name| format!("    [{name}] {name}\n")).concat();
    let probe = format!("n = {{ $n ->\n{}}}\n", variants.replace("    [other]", "   *[other]"));
    let probe = Messages::new(tag.clone(), &probe).expect("valid Fluent");
    let numbers = (0..=200).chain([1_000_000]).map(f64::from);
    let category = |number| probe.get("n", &[("n", Arg::Number(number))]).expect("it has a text");
    // The rules that Fluent brings are older than the `many` of French and Spanish: "1 million d'articles".
    let romance = ["es", "fr"].contains(&tag.as_str()).then(|| "many".to_owned());
    numbers.map(category).chain(romance).collect()
}

/// What a text of the interface lacks beside the English one, or has and should not.
fn faults(lang: &str, text: &str, english: &str) -> Vec<String> {
    let tag = LangTag::parse(lang).expect("a tag");
    let read = |tag: &LangTag, text: &str| -> BTreeMap<String, Vec<String>> {
        let messages = Messages::new(tag.clone(), text).expect("valid Fluent");
        messages.entries().map(|(key, entry)| (key.to_owned(), entry.variables.clone())).collect()
    };
    let (own, english) = (read(&tag, text), read(&LangTag::english(), english));
    let mut faults = Vec::new();
    for (key, wanted) in &english {
        match own.get(key) {
            None => faults.push(format!("{lang}: no `{key}`")),
            Some(variables) if variables != wanted => {
                faults.push(format!("{lang}: `{key}` has {variables:?}, not {wanted:?}"));
            }
            Some(_) => {}
        }
    }
    let unknown = own.keys().filter(|key| !english.contains_key(*key));
    faults.extend(unknown.map(|key| format!("{lang}: English has no `{key}`")));
    let resource = fluent_syntax::parser::parse(text).expect("valid Fluent");
    let wanted = categories(&tag);
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        for element in message.value.iter().flat_map(|pattern| &pattern.elements) {
            let PatternElement::Placeable { expression } = element else { continue };
            let Expression::Select { selector, variants } = expression else { continue };
            let InlineExpression::VariableReference { id } = selector else { continue };
            assert_eq!(id.name, "count", "a number decides on a plural");
            let given = variants.iter().map(|variant| match &variant.key {
                VariantKey::Identifier { name } => (*name).to_owned(),
                VariantKey::NumberLiteral { value } => (*value).to_owned(),
            });
            let given: BTreeSet<String> = given.collect();
            let missing = wanted.difference(&given).map(|name| format!("lacks [{name}]"));
            let more = given.difference(&wanted).map(|name| format!("never is [{name}]"));
            let key = message.id.name;
            faults.extend(missing.chain(more).map(|fault| format!("{lang}: `{key}` {fault}")));
        }
    }
    faults
}

fn text(lang: &str) -> &'static str {
    let of = |(name, _): &&(&str, &str)| name.strip_suffix(".ftl") == Some(lang);
    theme::LANGUAGES.iter().find(of).expect("the program has the language").1
}

#[test]
fn each_language_has_its_own_sentences() {
    for (lang, expected) in [
        (
            "de",
            "Herausgegeben von Japan / Von Ann und Bob / AusTokyo Veröffentlicht1. März 2025 Lesezeit1 Minute / \
             Nicht mehr aktuell seit 1. April 2025 / Abgerufen: 1. Februar 2025 / Außerdem genannt Korea, China",
        ),
        (
            "fr",
            "Publié par Japan / Par Ann et Bob / LieuTokyo Publication1 mars 2025 Temps de lecture1 minute / \
             Page obsolète (1 avril 2025) / Consultation : 1 février 2025 / Également cités Korea, China",
        ),
        (
            "es",
            "Publicado por Japan / Por Ann y Bob / DesdeTokyo Publicado1 de marzo de 2025 Tiempo de lectura1 minuto / \
             Página desactualizada (1 de abril de 2025) / Consulta: 1 de febrero de 2025 / También se menciona a Korea, China",
        ),
        (
            "ja",
            "発行：Japan / 文・Ann、Bob | Tokyo発 / 公開2025年3月1日 読了時間約1分 / \
             2025年4月1日以降、更新されていません / 2025年2月1日閲覧 / ほかに登場する関係者 Korea、China",
        ),
        (
            "ko",
            "발행: Japan / 글 Ann 및 Bob | Tokyo발 / 등록2025년 3월 1일 읽는 시간1분 / \
             2025년 4월 1일 이후 갱신되지 않음 / 2025년 2월 1일 열람 / 그 밖에 언급됨 Korea, China",
        ),
        (
            "ar",
            "الناشر: Japan / بقلم Ann وBob / منTokyo نُشر1 مارس 2025 مدة القراءةدقيقة واحدة / \
             صفحة غير محدَّثة منذ 1 أبريل 2025 / اطُّلع عليه: 1 فبراير 2025 / ذُكر أيضًا Korea، China",
        ),
        (
            "zh-Hans-CN",
            "由Japan发布 / 作者：Ann和Bob / 发自Tokyo 发布2025年3月1日 阅读时间约1分钟 / \
             2025年4月1日起不再更新 / 2025年2月1日查阅 / 另外提及 Korea、China",
        ),
        (
            "fr-CA",
            "Publié par Japan / Par Ann et Bob / LieuTokyo Publication1 mars 2025 Temps de lecture1 minute / \
             Page obsolète (1 avril 2025) / Consultation : 1 février 2025 / Également cités Korea, China",
        ),
    ] {
        let found = lines_in(lang, "");
        let found = found.iter().map(|line| line.split_once(": ").expect("selector: text").1);
        assert_eq!(found.collect::<Vec<_>>().join(" / "), expected, "{lang}");
    }
}

#[test]
fn every_language_of_the_program_is_complete() {
    let languages: Vec<_> = theme::LANGUAGES.iter().map(|(name, _)| *name).collect();
    let names = ["ar", "de", "en", "es", "fr", "ja", "ko", "zh"].map(|lang| format!("{lang}.ftl"));
    assert_eq!(languages, names);
    for (name, own) in theme::LANGUAGES {
        let lang = name.trim_end_matches(".ftl");
        assert_eq!(faults(lang, own, text("en")), [""; 0]);
        // The files are read side by side: the same messages in the same order.
        let keys = |text: &str| -> Vec<String> {
            let message = |line: &str| Some(line.split_once(" =")?.0.to_owned());
            text.lines().filter(|line| !line.starts_with([' ', '#'])).filter_map(message).collect()
        };
        assert_eq!(keys(own), keys(text("en")), "{lang}");
    }
}

#[test]
fn what_a_language_lacks_is_named() {
    for (lang, from, to, expected) in [
        ("ja", "home = ホーム\n", "", "ja: no `home`"),
        ("fr", "by = Par { $authors }", "by = Par", "fr: `by` has [], not [\"authors\"]"),
        ("de", "{ $place }", "{ $ort }", "de: `dateline` has [\"ort\"], not [\"place\"]"),
        ("es", "home = Inicio\n", "home = Inicio\nhogar = Hogar\n", "es: English has no `hogar`"),
        ("ar", "    [two] في مقالين\n", "", "ar: `articles-together` lacks [two]"),
        (
            "fr",
            "    [many] dans { $count } d’articles\n",
            "",
            "fr: `articles-together` lacks [many]",
        ),
        (
            "ko",
            "   *[other] 기사",
            "   [one] x\n   *[other] 기사",
            "ko: `articles-together` never is [one]",
        ),
    ] {
        let broken = text(lang).replace(from, to);
        assert_ne!(broken, text(lang), "{from}");
        assert_eq!(faults(lang, &broken, text("en")), [expected]);
    }
}
