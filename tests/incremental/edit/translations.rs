//! Files with a language in their names, and the languages of the site.

use super::{ARTICLES, At, Editor, FAQ, PAGES, PLAYERS, SITE, TOPICS, deeds, without};

deeds! {
    languages no_languages untranslated site_in_another_language
    add_translation add_translation_alone remove_translation rename_translation
    title_of_translation text_of_translation field_of_translation emptied_field_of_translation
    hide_original date_original field_of_original own_words_of_original remove_original
    keep_marked_original
}

const ANY: [&str; 5] = [ARTICLES, PLAYERS, FAQ, TOPICS, PAGES];

/// Every choice has Japanese but the last.
const LANGUAGES: [&str; 5] = [
    "{en: {}, ja: {title: 小さな国, nav: [about], footer: [about]}}",
    "{ja: {}, en: {title: Small}}",
    "{en: {}, ar: {}, ja: {untranslated: hide}}",
    "{en: {}, ja: {description: 島々}, en-GB: {}}",
    "{en: {}, ar: {}}",
];

fn set_languages(site: &mut Editor, value: &str) -> Option<()> {
    site.change(SITE, |text| {
        let text = without(&without(text, "languages"), "lang");
        format!("{text}languages: {value}\n")
    })
}

/// The languages, if there are none yet.
fn some_languages(site: &mut Editor) -> Option<()> {
    let has = site.text(SITE)?.contains("\nlanguages:");
    if has { Some(()) } else { set_languages(site, LANGUAGES[0]) }
}

fn languages(site: &mut Editor, at: At) -> Option<()> {
    translated(site, at.a)?;
    set_languages(site, LANGUAGES[(at.a + at.n) % LANGUAGES.len()])
}

fn no_languages(site: &mut Editor, at: At) -> Option<()> {
    if !site.text(SITE)?.contains("\nlanguages:") {
        translated(site, at.a)?;
        return some_languages(site);
    }
    site.change(SITE, |text| without(text, "languages"))
}

fn untranslated(site: &mut Editor, at: At) -> Option<()> {
    translated(site, at.a)?;
    let value = ["list", "hide"][at.n % 2];
    set_languages(site, &format!("{{en: {{}}, ja: {{untranslated: {value}}}}}"))
}

fn site_in_another_language(site: &mut Editor, at: At) -> Option<()> {
    translated(site, at.a)?;
    let value = format!("{{en: {{}}, ja: {{title: 島 {}, nav: [contact, story-0]}}}}", at.n);
    set_languages(site, &value)
}

/// The name of a translation of a file.
fn translation(path: &str, lang: &str) -> String {
    format!("{}.{lang}.md", path.trim_end_matches(".md"))
}

/// The files without a language in their names.
fn plain(site: &Editor, at: usize) -> Option<String> {
    let is_plain = |path: &String| path.matches('.').count() == 1;
    let mut paths: Vec<String> = site.paths(&ANY).into_iter().filter(is_plain).collect();
    let at = at.checked_rem(paths.len())?;
    Some(paths.swap_remove(at))
}

/// The files with a language in their names.
fn marked(site: &Editor, at: usize) -> Option<String> {
    let is_marked = |path: &String| path.matches('.').count() > 1;
    let mut paths: Vec<String> = site.paths(&ANY).into_iter().filter(is_marked).collect();
    let at = at.checked_rem(paths.len())?;
    Some(paths.swap_remove(at))
}

fn page(path: &str, n: usize) -> String {
    let title = if path.starts_with(PLAYERS) { "name" } else { "title" };
    format!(
        "---\n{title}: 訳 {n}\n---\n\nボレア and [[borea]], [[story-0]] and [[fact:cost]]; Eno Falk.\n\n## Why ships?\n\nNo.\n"
    )
}

/// Gives a page a translation, if it has none.
fn translated(site: &mut Editor, at: usize) -> Option<String> {
    some_languages(site)?;
    if let Some(path) = marked(site, at) {
        return Some(path);
    }
    let path = translation(&plain(site, at * 3)?, "ja");
    site.site.write(&path, page(&path, 0));
    Some(path)
}

fn add_translation(site: &mut Editor, at: At) -> Option<()> {
    some_languages(site)?;
    let path =
        translation(&plain(site, at.a * 5 + at.n)?, ["ja", "ja", "ar", "en", "fr"][at.b % 5]);
    site.site.write(&path, page(&path, at.n));
    Some(())
}

fn add_translation_alone(site: &mut Editor, at: At) -> Option<()> {
    some_languages(site)?;
    let path = format!("{}only-{}.ja.md", ANY[at.a % 5], at.b % 2);
    site.site.write(&path, page(&path, at.n));
    Some(())
}

fn remove_translation(site: &mut Editor, at: At) -> Option<()> {
    match marked(site, at.a) {
        Some(path) => site.site.remove(&path).map(drop),
        None => translated(site, at.a).map(drop),
    }
}

/// The translation becomes that of another page.
fn rename_translation(site: &mut Editor, at: At) -> Option<()> {
    let from = translated(site, at.a)?;
    let to = translation(&plain(site, at.b + at.n)?, "ja");
    site.rename(&from, &to)
}

fn title_of_translation(site: &mut Editor, at: At) -> Option<()> {
    let path = translated(site, at.a)?;
    let key = if path.starts_with(PLAYERS) { "name" } else { "title" };
    site.set(&path, key, &format!("題 {}", at.n))
}

fn text_of_translation(site: &mut Editor, at: At) -> Option<()> {
    let path = translated(site, at.a)?;
    site.change(&path, |text| format!("{text}\n[[aland]] {} (Cara Dane).\n", at.n))
}

/// Fields that a translation may have of its own, by the folder of its page.
fn fields(path: &str) -> &'static [(&'static str, &'static str, &'static str)] {
    if path.starts_with(ARTICLES) {
        &[
            ("published", "2025-11-02", "2027-01-01"),
            ("players", "[borea]", "[{player: aland, position: はい}]"),
            ("status", "draft", "published"),
            ("slug", "yaku", "honyaku"),
            ("sources", "[gazette]", "[{id: own, title: 自分}]"),
            ("facts", "{share: {value: 4}}", "{mine: {value: 5}}"),
            ("topics", "[money]", "[ships, islands]"),
            ("events", "[{date: 2025-03-01, name: 出発, players: [borea]}]", "[]"),
            ("authors", "[Someone]", "[]"),
            ("extra", "{a: 1}", "{a: 2}"),
        ]
    } else if path.starts_with(PLAYERS) {
        &[
            ("aliases", "[ボレア]", "[島]"),
            ("country", "borea", "aland"),
            ("status", "draft", "withdrawn"),
            ("image", "{alt: 旗}", "/img/flag.png"),
        ]
    } else {
        &[
            ("status", "draft", "withdrawn"),
            ("summary", "要約", "別の要約"),
            ("redirect_from", "/old/", "/ja/old/"),
        ]
    }
}

fn field_of_translation(site: &mut Editor, at: At) -> Option<()> {
    let path = translated(site, at.a)?;
    let fields = fields(&path);
    let (key, one, two) = fields[(at.b + at.n) % fields.len()];
    site.set(&path, key, if at.n.is_multiple_of(2) { one } else { two })
}

fn emptied_field_of_translation(site: &mut Editor, at: At) -> Option<()> {
    let path = translated(site, at.a)?;
    let fields = fields(&path);
    site.set(&path, fields[(at.b + at.n) % fields.len()].0, "")
}

/// The page that a translation translates.
fn original(site: &mut Editor, at: usize) -> Option<String> {
    let marked = translated(site, at)?;
    let stem = marked.trim_end_matches(".md").rsplit_once('.')?.0.to_string();
    [format!("{stem}.md"), format!("{}.md", stem.trim_end_matches("/index"))]
        .into_iter()
        .find(|path| site.site.get(path).is_some())
}

fn hide_original(site: &mut Editor, at: At) -> Option<()> {
    let path = original(site, at.a)?;
    site.set(&path, "status", ["draft", "withdrawn", "published"][at.n % 3])
}

fn date_original(site: &mut Editor, at: At) -> Option<()> {
    let path = original(site, at.a)?;
    let key = if path.starts_with(ARTICLES) { "published" } else { "reviewed" };
    site.set(&path, key, ["2027-02-03", "2025-02-03"][at.n % 2])
}

fn field_of_original(site: &mut Editor, at: At) -> Option<()> {
    let path = original(site, at.a)?;
    let fields = fields(&path);
    let (key, one, two) = fields[(at.b + at.n) % fields.len()];
    site.set(&path, key, if at.n.is_multiple_of(2) { one } else { two })
}

/// A text that no translation takes over.
fn own_words_of_original(site: &mut Editor, at: At) -> Option<()> {
    let path = original(site, at.a)?;
    site.change(&path, |text| format!("{text}\nMore words, {}.\n", at.n))
}

fn remove_original(site: &mut Editor, at: At) -> Option<()> {
    let path = original(site, at.a)?;
    site.site.remove(&path).map(drop)
}

/// The page in the site's first language, under a name that says so.
fn keep_marked_original(site: &mut Editor, at: At) -> Option<()> {
    let path = original(site, at.a)?;
    site.rename(&path, &translation(&path, "en"))
}
