//! Secrecy fails closed: whatever an author may write to keep a page back either does so, or is an error that says how.
//!
//! Each row is a line of front matter and what its help says, for an article and for a kind without dates.

use briefing::diag::{Code, Diagnostic, Severity};

use crate::fixture;
use crate::secrecy_rows::{FRONTS, ROWS, VALUES};
use crate::site;

/// What does no harm, and what its help says.
const HARMLESS: &[(&str, &str)] = &[
    ("draft: false", "leave it out"),
    ("draft: no", "leave it out"),
    ("draft:", "leave it out"),
    ("private: false", "leave it out"),
    ("unlisted: off", "leave it out"),
    ("publish: true", "leave it out"),
    ("visible: yes", "leave it out"),
    ("robots: \"index, follow\"", "leave it out"),
    ("sitemap: {priority: 0.5}", "leave it out"),
    ("_build: {render: always}", "leave it out"),
    ("visibility: public", "leave it out"),
    ("state: Ohio", "leave it out"),
    ("expiryDate: \"\"", "leave it out"),
    ("archived: false", "leave it out"),
    ("description: D", "write `summary`"),
    ("excerpt: D", "write `summary`"),
    ("deck: D", "write `summary`"),
    ("subtitle: D", "write `summary`"),
    ("tags: [draft, trade]", "write `topics`"),
    ("categories: [a]", "write `topics`"),
    ("Keywords: a", "write `topics`"),
    ("lastmod: 2020-01-01", "write `updated`"),
    ("last_modified: 2020-01-01", "write `updated`"),
    ("dateModified: 2020-01-01", "write `updated`"),
    ("aliases: [/old/]", "write `redirect_from`"),
    ("old_urls: [/old/]", "write `redirect_from`"),
    ("permalink: /x/", "write `slug`"),
    ("url: /x/", "write `slug`"),
    ("language: en", "write `lang`"),
    ("cover: a.png", "write `image`"),
    ("thumbnail: a.png", "write `image`"),
    ("author: Ann", "write `authors`"),
    ("layout: post", "no meaning here"),
    ("weight: 10", "no meaning here"),
    ("type: post", "no meaning here"),
    ("hide: [toc, navigation]", "leave it out"),
    ("publisher: Reuters", "no meaning here"),
    ("auther: Ann", "did you mean `authors`?"),
];

/// What is said of each of these pages of a kind, in one site.
fn said(folder: &str, fronts: &[String]) -> Vec<Vec<Diagnostic>> {
    let found = built(
        fronts.iter().enumerate().map(|(at, front)| (format!("{folder}/a{at}.md"), front.as_str())),
    );
    let of =
        |at| move |found: &&Diagnostic| found.span.file.as_str() == format!("{folder}/a{at}.md");
    (0..fronts.len()).map(|at| found.iter().filter(of(at)).cloned().collect()).collect()
}

/// What is said of a site with these files.
fn built<'a>(files: impl Iterator<Item = (String, &'a str)>) -> Vec<Diagnostic> {
    let fence = "````";
    let mut text = String::from("## A\n");
    for (path, content) in files {
        text.push_str(&format!("{fence}{path}\n{}\n{fence}\n", content.trim_end_matches('\n')));
    }
    site::run(&fixture::parse(&text)[0]).first
}

fn errors(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    found.iter().filter(|found| found.severity == Severity::Error).collect()
}

const KINDS: [(&str, &str); 5] = [
    ("content/articles", "title"),
    ("content/players", "name"),
    ("content/faq", "title"),
    ("content/topics", "title"),
    ("content/pages", "title"),
];

/// Keys of ours in one kind or another: there they are no slip.
fn is_own(path: &str, row: &str) -> bool {
    path.contains("players") && (row.starts_with("aliases") || row.starts_with("cover"))
}

#[test]
fn what_would_hide_a_page_elsewhere_is_an_error_at_its_key() {
    let mut wrong = String::new();
    for (path, title) in KINDS {
        let fronts: Vec<_> =
            ROWS.iter().map(|(row, ..)| format!("---\n{title}: A\n{row}\n---\n")).collect();
        for ((row, article, other), found) in ROWS.iter().zip(said(path, &fronts)) {
            let help = if path.contains("articles") { article } else { other };
            let errors = errors(&found);
            let is_right = matches!(errors[..], [Diagnostic { code: Code::WouldBePublic, span, help: said, .. }]
                if span.start.line == 3 && span.start.column == 1 && said.iter().any(|said| said.contains(help)));
            let lists =
                found.iter().flat_map(|found| &found.help).any(|help| help.contains("known keys"));
            if !is_right || lists {
                wrong.push_str(&format!("{path}: {row}: {help}\n    {found:?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_status_that_may_mean_hidden_is_never_taken_for_published() {
    let mut wrong = String::new();
    for (path, title) in KINDS {
        let fronts: Vec<_> =
            VALUES.iter().map(|(row, _)| format!("---\n{title}: A\n{row}\n---\n")).collect();
        for ((row, help), found) in VALUES.iter().zip(said(path, &fronts)) {
            let says = |found: &&Diagnostic| found.help.iter().any(|said| said.contains(help));
            let published =
                |found: &Diagnostic| found.help.iter().any(|said| said.contains("published"));
            let offers = |word: &str| {
                found.iter().flat_map(|found| &found.help).any(|help| help.contains(word))
            };
            let both = ["draft", "withdrawn"].into_iter().all(offers);
            let short = help.is_empty() || row.to_lowercase().contains("dr");
            if errors(&found).iter().filter(|found| help.is_empty() || says(found)).count() != 1
                || found.iter().any(published)
                || !(short || both)
            {
                wrong.push_str(&format!("{path}: {row}: {help}\n    {found:?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn harmless_keys_are_warnings_with_their_translation() {
    let mut wrong = String::new();
    for (path, title) in KINDS {
        let rows: Vec<_> = HARMLESS.iter().filter(|(row, _)| !is_own(path, row)).collect();
        let fronts: Vec<_> =
            rows.iter().map(|(row, _)| format!("---\n{title}: A\n{row}\n---\n")).collect();
        for ((row, help), found) in rows.into_iter().zip(said(path, &fronts)) {
            let found: Vec<_> =
                found.iter().filter(|found| found.code != Code::UnknownTopic).collect();
            let is_article = path.contains("articles");
            let is_right = matches!(found[..], [Diagnostic { code: Code::UnknownKey, severity: Severity::Warning, help: said, .. }]
                if !is_article || said.iter().any(|said| said.contains(help)));
            if !is_right {
                wrong.push_str(&format!("{path}: {row}: {help}\n    {found:?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A site may make warnings of errors. A page of which nobody can tell whether it is public is then left out.
#[test]
fn a_lowered_error_publishes_nothing_that_was_to_be_hidden() {
    all_hidden("", |at, front| vec![(format!("a{at}.md"), front.into())]);
}

/// Whatever its translation says.
#[test]
fn what_hides_a_page_hides_its_translations() {
    let languages = "languages: {en: {}, ja: {}}\n";
    for own in
        ["", "status: published\n", "status: published\npublished: 2000-01-01\nexpires: 2100\n"]
    {
        all_hidden(languages, |at, front| {
            let translation = format!("---\ntitle: J\n{own}---\nText.\n");
            vec![(format!("a{at}.md"), front.into()), (format!("a{at}.ja.md"), translation)]
        });
    }
    all_hidden(languages, |at, front| vec![(format!("a{at}.ja.md"), front.into())]);
    all_hidden(languages, |at, front| vec![(format!("a{at}.en.md"), front.into())]);
    // A file of which nothing can be read, in the place of the page.
    all_hidden(languages, |at, _| {
        let translation = "---\ntitle: J\nstatus: published\n---\n".to_string();
        vec![(format!("a{at}.md"), "\u{0}".into()), (format!("a{at}.ja.md"), translation)]
    });
}

/// Checks that nothing is public of files that each row of the tables makes, in a site with these settings.
fn all_hidden(settings: &str, files: impl Fn(usize, &str) -> Vec<(String, String)>) {
    let levels = "title: T\nbase_url: https://example.org/\ncheck:\n  levels: {would-be-public: warning, invalid-value: warning, \
                  wrong-type: off, yaml-syntax: off, invalid-date: warning, duplicate-key: info, missing-front-matter: off, \
                  unclosed-front-matter: off, date-order: off, yaml-feature: off, too-large: off, missing-field: off, not-utf8: off}\n";
    let levels = format!("{levels}{settings}");
    let rows = ROWS.iter().map(|(row, ..)| *row).chain(VALUES.iter().map(|(row, _)| *row));
    let fronts = rows.map(|row| format!("---\ntitle: A\n{row}\n---\n"));
    let fronts = fronts.chain(FRONTS.iter().map(|front| (*front).to_string()));
    let fronts: Vec<String> = fronts.map(|front| format!("{front}Text.\n")).collect();
    let links: String = (0..fronts.len()).map(|at| format!("[[a{at}]]\n")).collect();
    let linking = format!("---\ntitle: B\n---\n{links}");
    let pages = fronts.iter().enumerate().flat_map(|(at, front)| files(at, front));
    let pages: Vec<(String, String)> =
        pages.map(|(name, text)| (format!("content/articles/{name}"), text)).collect();
    let others = [("content/site.yaml", &*levels), ("content/articles/b.md", &linking)];
    let others = others.map(|(path, text)| (path.to_string(), text)).into_iter();
    let found = built(others.chain(pages.iter().map(|(path, text)| (path.clone(), &**text))));
    assert_eq!(errors(&found), Vec::<&Diagnostic>::new());
    let hidden: Vec<usize> = found
        .iter()
        .filter(|found| found.code == Code::NotPublicYet)
        .map(|found| found.span.start.line as usize - 4)
        .collect();
    for (at, front) in fronts.iter().enumerate() {
        assert!(hidden.contains(&at), "this is public:\n{front}");
    }
}
