//! Content is not trusted: whatever stands in it, a page runs nothing, hides no address, and drops nothing silently.
//!
//! Every payload goes into every field of every kind of file (`fields.rs` takes the fields from the program's own
//! schema), into every place that a text has (`bodies.rs`), and into file names. The sites are built with the
//! embedded theme and the default `content_trust`, and each page is read back (`checker.rs`). A mark behind the
//! payload tells where it stood: it is shown as text, or something was said about its line.

#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

mod bodies;
mod checker;
mod comments;
mod fields;
mod files;
mod languages;
mod payloads;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use briefing::base::BaseUrl;
use briefing::content::comments::without_comments;
use briefing::diag::Diagnostic;
use briefing::engine::{Engine, Now, Options, Rendered};
use briefing::site::Output;
use briefing::source::Memory;
use rayon::prelude::*;
use scraper::{Html, Selector};
use unicode_normalization::UnicodeNormalization;

use bodies::SLOTS;
use fields::{KNOWN_PLAYERS, Marks, Placed, SCHEMAS, Schema};
use payloads::PAYLOADS;

/// Fields that are read, and that the theme does not print: for templates of the site's own, and for what is to come.
const NOT_PRINTED: &[&str] = &[
    "article authors[].bio",
    "article owner",
    "faq owner",
    "page owner",
    "player family_name",
    "player given_name",
    "player metonyms",
    "player never",
    "player owner",
    "player titles",
    "site check.accept",
    "site humans",
    "site icon",
    // What is filled in has no language's tag for a key; `languages.rs` has.
    "site languages.<id>.description",
    "site languages.<id>.footer",
    "site languages.<id>.footer[].text",
    "site languages.<id>.footer[].to",
    "site languages.<id>.nav",
    "site languages.<id>.nav[].text",
    "site languages.<id>.nav[].to",
    "site languages.<id>.title",
    "site languages.<id>.untranslated",
    "site manifest.short_name",
    "site owner",
    "site publish.<id>",
    "site publish.<id>.endpoint",
    "site publish.<id>.history",
    "site publish.<id>.hosts",
    "site publish.<id>.ping.indexnow",
    "site publish.<id>.ping.indexnow_endpoint",
    "site publish.<id>.ping.websub",
    "site publish.<id>.precompress",
    "site publish.<id>.region",
    "site publish.<id>.url",
    "site publish.<id>.wait",
    "site publisher.logo",
    "site publisher.policies",
    "site publisher.policies.<id>",
    "site robots",
    "site security.acknowledgments",
    "site security.contact",
    "site security.encryption",
    "site security.policy",
    "site shared",
    "site words.<id>.beginnings",
    "site words.<id>.heads",
    "site words.<id>.ordinary",
    "site words.<id>.particles",
    "site words.<id>.titles",
    "site words.<id>.titles_after",
    "sources <id>.type",
    "topic owner",
];

/// The same, in more than one kind.
const NEVER_PRINTED: &[&str] = &["extra", "sources[].type"];

/// Files of a site by path.
type Files = BTreeMap<String, String>;

/// What a build gives.
struct Built {
    /// Pages by path.
    pages: BTreeMap<String, checker::Read>,
    diagnostics: Vec<Diagnostic>,
}

impl Built {
    /// What is wrong with the pages.
    fn problems(&self) -> impl Iterator<Item = String> {
        let problems = |(path, page): (&String, &checker::Read)| {
            page.problems.iter().map(|problem| format!("{path}: {problem}")).collect::<Vec<_>>()
        };
        self.pages.iter().flat_map(problems)
    }

    /// Whether something was said about a line of a file.
    fn reports(&self, file: &str, line: u32) -> bool {
        self.diagnostics.iter().any(|found| {
            let span = &found.span;
            span.file.as_str() == file && (span.start.line..=span.end.line).contains(&line)
        })
    }
}

/// Builds a site. The engine remembers the templates from one site to the next.
fn build(engine: &mut Engine, files: &Files) -> Built {
    let mut pages = BTreeMap::new();
    let diagnostics = built_from(engine, files, &mut |output, content| {
        if let Rendered::Text(text) = content
            && output.media_type.is_html()
        {
            pages.insert(output.path.to_string(), checker::read(text));
        }
    });
    Built { pages, diagnostics }
}

/// Builds a site and hands over its outputs.
fn built_from(
    engine: &mut Engine,
    files: &Files,
    output: &mut (dyn FnMut(&Output, &Rendered) + Send),
) -> Vec<Diagnostic> {
    let mut site = Memory::new();
    for (path, text) in files {
        site.write(path, text.as_bytes());
    }
    let options = Options {
        now: Now::Day("2026-01-01".parse().unwrap()),
        base_url: Some(BaseUrl::parse("https://here.example/").unwrap()),
        folder: "site".into(),
        ..Options::default()
    };
    let loaded = engine.load(&site, options);
    let output = Mutex::new(output);
    let mut diagnostics = loaded.diagnostics().to_vec();
    diagnostics
        .extend(loaded.render_all(&|made, content| (output.lock().unwrap())(made, &content)));
    diagnostics
}

/// Players that the files refer to.
fn known() -> Files {
    let player = |n| {
        (
            format!("content/players/known-{n}.md"),
            format!("---\nname: Known {n}\nslug: k{n}\n---\n"),
        )
    };
    (1..=KNOWN_PLAYERS).map(player).collect()
}

/// Fails with the problems that there are, the first of each kind.
#[track_caller]
fn assert_none(problems: Vec<(&str, String)>) {
    let count = problems.len();
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for (payload, problem) in problems {
        shown.entry(problem).or_insert_with(|| format!("{payload:?}"));
    }
    let shown: Vec<String> =
        shown.iter().map(|(problem, first)| format!("{problem}\n    such as {first}")).collect();
    assert!(count == 0, "{count} problems:\n{}", shown.join("\n"));
}

#[test]
fn every_payload_in_every_field() {
    let fields =
        |engine: &mut Engine, payload: &&'static str| (*payload, fields_with(engine, payload));
    let found: Vec<_> = PAYLOADS.par_iter().map_init(Engine::once, fields).collect();
    let problems = found.iter().flat_map(|(payload, (problems, _))| {
        problems.iter().map(|problem| (*payload, problem.clone()))
    });
    assert_none(problems.collect());
    let printed: BTreeSet<&String> = found.iter().flat_map(|(_, (_, printed))| printed).collect();
    let listed = NOT_PRINTED.iter().copied().filter(|field| printed.contains(&field.to_string()));
    assert_eq!(
        listed.collect::<Vec<_>>(),
        [""; 0],
        "the theme prints what is listed as not printed"
    );
}

/// Problems of the sites that have a payload in every field; the fields that are printed.
fn fields_with(engine: &mut Engine, payload: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut problems, mut printed) = (Vec::new(), BTreeSet::new());
    let mut marks = Marks::default();
    let mut all: BTreeMap<&str, Vec<Placed>> = BTreeMap::new();
    for round in 0.. {
        let site = Filled::new(payload, round, &mut marks);
        let built = build(engine, &site.files);
        problems.extend(built.problems());
        let pages = Pages::new(&built);
        for (kind, path, placed) in site.placed {
            let field = format!("{kind} {}", placed.field);
            let mut lines = site.files[&path].lines();
            let line = lines.position(|line| line.contains(&placed.mark)).unwrap() as u32 + 1;
            if pages.show(&placed) {
                printed.insert(field);
            } else if !built.reports(&path, line)
                && !is_left_id(&placed)
                && !NOT_PRINTED.contains(&&*field)
                && !NEVER_PRINTED.contains(&&*placed.field)
            {
                problems.push(format!("{field} is neither shown nor reported"));
            }
            all.entry(kind).or_default().push(placed);
        }
        if !site.more {
            break;
        }
    }
    for schema in SCHEMAS {
        let without = fields::without_payload(schema, &all[schema.name]);
        problems
            .extend(without.iter().map(|field| format!("{} {field} is forgotten", schema.name)));
    }
    (problems, printed)
}

/// Whether a payload is a comment in an id: what is left is an id that no page shows.
fn is_left_id(placed: &Placed) -> bool {
    let Placed { field, text, mark, .. } = placed;
    (field.ends_with("<id>") || field.ends_with(".id")) && without_comments(text) == *mark
}

/// A site with a payload in its fields.
struct Filled {
    files: Files,
    /// The kind, the file, and what was placed there.
    placed: Vec<(&'static str, String, Placed)>,
    /// Whether the settings have fields that only another round has room for.
    more: bool,
}

impl Filled {
    /// The first round has every file; the others have the settings alone, of which a site has one.
    fn new(payload: &str, round: usize, marks: &mut Marks) -> Self {
        let mut site = Self { files: Files::new(), placed: Vec::new(), more: false };
        let mut uses = String::from("---\ntitle: Uses\n---\n");
        for schema in SCHEMAS {
            if schema.name == "site" {
                site.more = site.add(schema, (0, round), payload, marks);
                continue;
            }
            if round > 0 {
                continue;
            }
            let mut inner = 0;
            while site.add(schema, (0, inner), payload, marks) {
                inner += 1;
            }
            for version in 1..schema.versions.len() {
                site.add(schema, (version, 0), payload, marks);
            }
            for id in site.files.get(schema.path).into_iter().flat_map(|text| fields::ids(text)) {
                let cites = schema.name == "sources";
                uses.push_str(&if cites {
                    format!("A.[^{id}] ")
                } else {
                    format!("[[fact:{id}]] ")
                });
            }
        }
        if round == 0 {
            site.files.extend(known());
        }
        site.files.insert("content/pages/uses.md".into(), uses);
        site
    }

    fn add(
        &mut self,
        schema: &'static Schema,
        (version, round): (usize, usize),
        payload: &str,
        marks: &mut Marks,
    ) -> bool {
        let filled = fields::fill(schema, schema.versions[version], round, payload, marks);
        let path = schema.path.replace("ID", &format!("{}-{version}-{round}", schema.name));
        let placed = filled.placed.into_iter().map(|placed| (schema.name, path.clone(), placed));
        self.placed.extend(placed);
        self.files.insert(path, filled.text);
        filled.more
    }
}

/// What the pages of a build show.
struct Pages {
    text: String,
    letters: String,
    /// The letters of the text without the tags that every text may have: one that is left over is text.
    untagged: String,
}

impl Pages {
    fn new(built: &Built) -> Self {
        let [mut text, mut letters, mut untagged] = [(); 3].map(|()| String::new());
        for (path, page) in &built.pages {
            // A slug and an old path are a page's own path.
            for shown in [path, &page.text, &page.words] {
                text.push_str(&plain(shown));
                letters.push_str(&letters_of(shown));
                text.push('\n');
                letters.push('\n');
            }
            untagged.push_str(&letters_of(&without_tags(&page.words)));
            untagged.push('\n');
        }
        Self { text, letters, untagged }
    }

    /// Whether a text is shown. Markdown may turn quotes and take emphasis for what it is, but leaves every letter;
    /// of a link it leaves the text where it was, and the address elsewhere.
    fn show(&self, placed: &Placed) -> bool {
        let Placed { text, mark, markdown, .. } = placed;
        let text = &without_comments(text);
        if !text.contains(mark) {
            // It is in a comment that is not closed.
            return false;
        }
        if !markdown && holds(&self.text, &plain(text)) {
            return true;
        }
        let is_link = text.contains("](") && holds(&self.text, mark);
        // What an abbreviation stands for is in its attribute.
        let is_title = text.contains("<abbr title=") && holds(&self.text, mark);
        // An old address is where its page was, without the encoding of an address bar.
        let decoded = briefing::base::percent_decoded(text);
        if decoded.is_some_and(|text| holds(&self.text, &plain(&text))) {
            return true;
        }
        if !markdown {
            return false;
        }
        // A definition is no text, nor is the language of code.
        let is_definition = text.starts_with("[a]:") || text.starts_with("```");
        // A callout names its kind in the page's language, and a list's numbers are no text.
        let marks = ["> [!NOTE] ", "1. "].iter().find_map(|mark| text.strip_prefix(mark));
        let text = marks.unwrap_or(text);
        is_link
            || is_title
            || is_definition
            || holds(&self.letters, &letters_of(text))
            || holds(&self.letters, &letters_of(&without_entities(text)))
            || holds(&self.untagged, &letters_of(&without_tags(text)))
    }
}

/// Whether a text of megabytes has a part. `str::contains` is compiled with the tests, which are not optimised.
fn holds(text: &str, part: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

/// A text as it is compared: in one normal form, with the signs that were typed, with white space run together.
fn plain(text: &str) -> String {
    const SET: [(&[char], &str); 5] = [
        (&['“', '”', '″'], "\""),
        (&['‘', '’', '′'], "'"),
        (&['—'], "---"),
        (&['–'], "--"),
        (&['…'], "..."),
    ];
    let text: String = text.replace('\0', "\u{fffd}").nfc().collect();
    let text = SET.iter().fold(text, |text, (signs, typed)| text.replace(*signs, typed));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A text without the tags that every text may have.
fn without_tags(text: &str) -> String {
    let names = ["details", "summary", "sub", "sup", "mark", "kbd", "q", "s", "u"];
    let tags = names.iter().flat_map(|name| [format!("<{name}>"), format!("</{name}>")]);
    tags.fold(text.to_owned(), |text, tag| text.replace(&tag, ""))
}

/// A text as a title has it, where entities alone mean something.
fn without_entities(text: &str) -> String {
    let page = Html::parse_document(&format!("<title>{text}</title>"));
    let title = Selector::parse("title").unwrap();
    page.select(&title).next().map(|title| title.text().collect()).unwrap_or_default()
}

#[test]
fn every_payload_in_every_place_of_a_text() {
    let bodies = |engine: &mut Engine, payload: &&'static str| {
        bodies_with(engine, payload).into_iter().map(|problem| (*payload, problem)).collect()
    };
    let found: Vec<Vec<_>> = PAYLOADS.par_iter().map_init(Engine::once, bodies).collect();
    assert_none(found.concat());
}

fn bodies_with(engine: &mut Engine, payload: &str) -> Vec<String> {
    let mut files = known();
    let mut marks = Marks::default();
    let mut placed = Vec::new();
    for (number, slot) in SLOTS.iter().enumerate() {
        let mark = marks.mark();
        let text = slot.text.replace("", &format!("{payload}{mark}"));
        // Every kind has a text.
        let (folder, name, at) = [
            ("pages", "title", ""),
            ("articles", "title", "articles/"),
            ("players", "name", "players/"),
            ("faq", "title", "faq/"),
            ("topics", "title", "topics/"),
        ][number % 5];
        let file = format!("content/{folder}/slot-{number}.md");
        let out = format!("{at}slot-{number}/index.html");
        files.insert(file.clone(), format!("---\n{name}: Slot\n---\n{text}\n"));
        placed.push((file, out, slot, mark));
    }
    let built = build(engine, &files);
    let mut problems: Vec<String> = built.problems().collect();
    for (file, out, slot, mark) in placed {
        let shown = built.pages.get(&out).is_some_and(|page| page.text.contains(&mark));
        let reported = built.diagnostics.iter().any(|found| found.span.file.as_str() == file);
        // A definition is no text, and a file of the site takes no query.
        let dropped = payload.starts_with("[a]:") || payload.starts_with('?');
        if slot.shown && !shown && !reported && !dropped {
            problems.push(format!("{:?} is neither shown nor reported", slot.text));
        }
    }
    problems
}

/// A file's name is content, too.
#[test]
fn every_payload_in_file_names() {
    let (mut problems, engine) = (Vec::new(), &mut Engine::once());
    for name in PAYLOADS.iter().map(|payload| payload.replace('/', "\u{2215}")) {
        let mut files = known();
        let link = name.replace('\\', "\\\\").replace(['<', '>', '\n', '\r', '\0'], "");
        let text = format!("---\ntitle: A\nimage: {}\n---\n", fields::quoted(&name));
        files.insert(
            "content/articles/a/index.md".into(),
            format!("{text}[b](<{link}>) ![c](<{link}>)\n"),
        );
        files.insert(format!("content/articles/a/{name}"), "file".into());
        files.insert(format!("content/articles/{name}.md"), "---\ntitle: B\n---\n".into());
        files.insert(format!("content/players/{name}/index.md"), "---\nname: C\n---\n".into());
        files.insert(format!("content/{name}.md"), "---\ntitle: D\n---\n".into());
        files.insert(format!("static/{name}"), "file".into());
        problems.extend(build(engine, &files).problems().map(|problem| (name.clone(), problem)));
    }
    assert_none(problems.iter().map(|(name, problem)| (&**name, problem.clone())).collect());
}

/// A template of the site's own prints the fields that are free, and escapes them without being asked to.
#[test]
fn every_payload_in_a_template_of_the_sites_own() {
    let template = "{% extends \"base.html\" %}\n{% block main %}<h1>{{ page.title }}</h1>\
                    <p title=\"{{ standing.extra.a }}\">{{ standing.extra.a }}</p>{% endblock main %}\n";
    let mut files = Files::from([("templates/page.html".into(), template.into())]);
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let value = fields::quoted(&payload.replace('\0', ""));
        let page = format!("---\ntitle: A\nextra: {{a: {value}}}\n---\n");
        files.insert(format!("content/pages/p{number}.md"), page);
    }
    let built = build(&mut Engine::once(), &files);
    let mut problems: Vec<_> = built.problems().map(|problem| ("", problem)).collect();
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let text = plain(&built.pages[&format!("p{number}/index.html")].text);
        let shown = plain(&without_comments(&payload.replace('\0', "")));
        if text.matches(&shown).count() < 2 {
            problems.push((payload, "it is not shown twice".into()));
        }
    }
    assert_none(problems);
}

/// What the checker would say if the program let it through.
#[test]
fn trusted_content_is_what_its_author_writes() {
    let page = "---\ntitle: A\n---\n<script>x()</script>\n\n<p onclick=x()>b</p>\n\n<img src=x onerror=x() alt=a>\n";
    for (trust, expected) in [
        (
            "trusted",
            &["the active element <script>", "the handler onclick", "the handler onerror"][..],
        ),
        ("untrusted", &[]),
    ] {
        let built = build(
            &mut Engine::once(),
            &Files::from([
                ("content/site.yaml".into(), format!("title: S\ncontent_trust: {trust}\n")),
                ("content/pages/a.md".into(), page.into()),
            ]),
        );
        let problems: Vec<String> = built.problems().collect();
        assert_eq!(problems.is_empty(), expected.is_empty(), "{trust}: {problems:?}");
        for rule in expected {
            assert!(problems.iter().any(|problem| problem.contains(rule)), "{rule}: {problems:?}");
        }
    }
}

/// The kinds of files here are those of the program.
#[test]
fn no_kind_of_file_is_forgotten() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_briefing"))
        .arg("explain")
        .output()
        .expect("the program starts");
    let text = String::from_utf8(output.stdout).expect("it prints UTF-8");
    let kinds = text.lines().skip_while(|line| *line != "Kinds of content:").skip(1);
    let kinds = kinds.take_while(|line| !line.is_empty());
    let kinds: Vec<&str> = kinds.filter_map(|line| line.split_whitespace().next()).collect();
    let here: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
    assert_eq!(kinds, here);
}
