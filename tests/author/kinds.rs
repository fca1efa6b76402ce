//! `briefing rename` for every kind: each way in which a site's files name one, and as many in which they only seem to.
//!
//! A letter is where an id stands: `α` an article's, `κ` a FAQ page's, `ω` a topic's, `τ` that of a topic without a page,
//! `π` a standing page's, `φ` a figure's, `σ` a source's. `WORD` is the id that is renamed where it means nothing: in
//! titles, code, comments, footnotes. Figures, sources and the topic without a page have the id of the page that is
//! renamed.

use briefing::author::rename::{RenameRefusal, Wanted, plan};
use briefing::base::{OutPath, SourcePath};
use briefing::diag::Code;
use briefing::engine::Engine;
use briefing::site::{Producer, Subject};
use briefing::source::Memory;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};

use crate::forms::{Ends, Lies, chosen};
use crate::rename::{options, problems, renamed_any, same};

/// Sites in a default run, of every kind together.
const SITES: u32 = 25;

const ARTICLE: &[&[&str]] = &[
    &["topics: [τ, ω]\n", "topics:\n  - \"τ\"\n  - ω  # WORD\n", "topics: 'ω'\n"],
    &["faq: κ\n", "faq: [κ, {q: 'Why [[WORD]]?', a: 'As [[κ]] said.[^σ] `[^WORD]`'}]\n"],
    &[
        "sources: [σ, {id: own, title: WORD}]\n",
        "sources: σ\n",
        "sources:\n  - \"σ\"\n  - https://example.com/WORD\n",
    ],
    &[
        "events:\n  - date: 2025-01-01\n    name: Met\n    source: σ\n",
        "events: [{date: 2025-01-01, name: WORD, source: 'σ'}]\n",
    ],
    &[
        "key_points:\n  - \"\\\"[[fact:φ]]\\\" \\u00e9[^σ]\\\n     \\t[x](article:α#views) \\x41\"\n  - >-\n    Folded [[ω]]\n    and WORD[^σ]\n\n      [y](topic:τ)\n",
        "key_points: See [[π]], of\n  the é [[fact:φ]]\n  # WORD\n",
    ],
    &[
        "players: {player: borea, role: WORD, position: 'Says [[fact:φ]].[^σ]', source: σ}\n",
        "players:\n- player: borea\n  position: |-\n    [[α]], not `[[WORD]]`[^σ]\n  source: \"σ\"\n",
    ],
    &["changes: {date: 2025-02-02, note: \"About [[κ]] and [[fact:φ]].[^σ]\"}\n"],
    &["facts: {own-fact: {value: 1, unit: WORD, source: σ}}\n"],
    &["image: {src: /img/map.png, alt: 'WORD', caption: 'Of [[fact:φ]][^σ]'}\n"],
    &["summary: Of [[WORD]] and [^WORD], which is no Markdown.\n"],
    &["extra: {who: WORD}\n"],
];

const BODY: &[&str] = &[
    "[[α]] and [[α|WORD]], [[ α ]], [[α#views]] [b]( Article:α#views ) <article:α>\n",
    "[c](ARTICLE#views) [d](/articles/α/#views) [e](https://example.org/sub/articles/α)\n",
    "[[κ]] [x](faq:κ \"faq:WORD\") [y](FAQ#views) [z](/faq/κ/)\n",
    "[[ω]] [x](topic:ω) [t](topic:τ) [y](TOPIC) [z](/topics/ω/#views) [u](/topics/τ/)\n",
    "[[π]] [x](page:π) [y](PAGE) [z](/π/) ![WORD](/img/map.png)\n",
    "[[fact:φ]] is **[[ fact:φ ]]**[^σ], `[[fact:WORD]]` \\[[fact:WORD]] <!-- [[fact:WORD]][^WORD] --> `[^WORD]` \\[^WORD]\n",
    "| WORD | [^σ] |\n|---|---|\n| [[fact:φ]] | [x](article:α) *x*[^σ] |\n",
    "> [!NOTE] [[fact:φ]]\n> cited[^σ], [linked [^WORD]](/img/map.png)\n",
    "```\n[[fact:WORD]][^WORD] [x](article:WORD)\n```\n\n    [^WORD] [[WORD]]\n",
    "Noted[^1] and[^n].\n\n[^1]: A note of [[fact:φ]].[^σ]\n[^n]: Of [[α]].\n[^unseen]: Of [[fact:φ]].[^σ]\n",
    "[ref][r], [r]\n\n[r]: article:α 'article:WORD'\n[unused]: <faq:κ>\n",
    "## Of [[fact:φ]]: [[α]][^σ]\n\n[s](https://example.com/articles/WORD/) or WORD.md, /topics/WORD/\n",
];

const SITE: &[&[&str]] = &[
    &["featured: [α, story, borea]\n", "featured: α\n", "featured:\n- \"α\"\n"],
    &["nav: [π, {text: WORD, to: κ}, {text: Q, to: /faq/κ/#views}]\n", "nav: ω\n"],
    &["footer:\n  - {text: T, to: ω}\n  - text: P\n    to: https://example.org/sub/π/\n"],
    &["publisher: {name: WORD, policies: {corrections: π}}\n"],
];

/// What is renamed, with the word for its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Article,
    Faq,
    Topic,
    Label,
    Page,
    Fact,
    Source,
}

impl Case {
    const ALL: [Self; 7] =
        [Self::Article, Self::Faq, Self::Topic, Self::Label, Self::Page, Self::Fact, Self::Source];

    fn kind(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Faq => "faq",
            Self::Topic | Self::Label => "topic",
            Self::Page => "page",
            Self::Fact => "fact",
            Self::Source => "source",
        }
    }

    /// Its letter, and its id before anything happens.
    fn letter(self) -> (char, &'static str) {
        match self {
            Self::Article => ('α', "saga"),
            Self::Faq => ('κ', "quiz"),
            Self::Topic => ('ω', "epics"),
            Self::Label => ('τ', "lore"),
            Self::Page => ('π', "imprint"),
            Self::Fact => ('φ', "saga"),
            Self::Source => ('σ', "saga"),
        }
    }

    /// The page's URL under an id.
    fn url(self, id: &str) -> String {
        match self {
            Self::Article => format!("/articles/{id}/"),
            Self::Faq => format!("/faq/{id}/"),
            Self::Topic | Self::Label => format!("/topics/{id}/"),
            Self::Page => format!("/{id}/"),
            Self::Fact => format!("/facts/{id}/"),
            Self::Source => format!("/sources/{id}/"),
        }
    }
}

/// What varies between sites, as in [`crate::forms::Plan`].
#[derive(Debug, Clone)]
struct Plan {
    case: Case,
    article: Vec<u8>,
    body: Vec<bool>,
    site: Vec<u8>,
    /// Whether pages are folders; figures are declared in a page then, and sources in a list.
    lies: Lies,
    ends: Ends,
}

impl Plan {
    fn all(case: Case, number: u8, lies: Lies, ends: Ends) -> Self {
        let most = |lists: &[&[&str]]| {
            lists.iter().map(|ways| number.min(ways.len() as u8 - 1)).collect::<Vec<_>>()
        };
        let body = vec![true; BODY.len()];
        Self { case, article: most(ARTICLE), body, site: most(SITE), lies, ends }
    }

    /// The site with an id for what is renamed, and a redirect from its page's old path.
    fn site_with(&self, id: &str, redirect: Option<&str>) -> Memory {
        let mut site = Memory::new();
        let word = self.case.letter().1;
        let id_of = |case: Case| match case {
            case if case == self.case => id,
            Case::Label if self.case != Case::Topic => word,
            Case::Fact | Case::Source => word,
            case => case.letter().1,
        };
        let path = |case: Case, folder: &str| match self.lies {
            Lies::File => format!("content/{folder}/{}.md", id_of(case)),
            Lies::Folder => format!("content/{folder}/{}/index.md", id_of(case)),
        };
        let pages = [
            (Case::Article, "articles", "ARTICLE"),
            (Case::Faq, "faq", "FAQ"),
            (Case::Topic, "topics", "TOPIC"),
            (Case::Page, "pages", "PAGE"),
        ];
        let text = |text: &str| {
            let mut text = text.replace("WORD", word);
            for (case, folder, way) in pages {
                text = text.replace(way, &path(case, folder).replace("content/", "../"));
            }
            for case in Case::ALL {
                text = text.replace(case.letter().0, id_of(case));
            }
            self.ends.of(&text).into_bytes()
        };

        for (case, folder, _) in pages {
            let (own, me) = match self.lies {
                Lies::File => {
                    ("/img/map.png", format!("[me]({}.md#views) [I](#views)", id_of(case)))
                }
                Lies::Folder => (
                    "face.png",
                    format!("[me](index.md#views) ![](face.png) ![](../{}/face.png)", id_of(case)),
                ),
            };
            let label = if case == Case::Article { "topics: τ\n" } else { "" };
            let image = if case == Case::Topic { "" } else { "image: OWN\n" }.replace("OWN", own);
            let letter = case.letter().0;
            let page = format!(
                "---\ntitle: Of WORD\n{label}{image}--- \n\n## Views\n\nOf [[{letter}]], WORD: {me}.\n"
            );
            let mut page = text(&page);
            if let Some(redirect) = redirect.filter(|_| case == self.case) {
                let end = if page[..40].contains(&b'\r') { "\r\n" } else { "\n" };
                let fence = page.windows(5).position(|bytes| bytes == b"\n--- ").unwrap() + 1;
                page.splice(fence..fence, format!("redirect_from: {redirect}{end}").into_bytes());
            }
            let path = path(case, folder);
            site.write(&path, page);
            if self.lies == Lies::Folder {
                site.write(
                    &path.replace("index.md", "face.png"),
                    b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(),
                );
            }
        }
        site.write("static/img/map.png", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec());

        let moved = |case: Case, before: &str| match redirect.filter(|_| case == self.case) {
            Some(url) => format!("{before}redirect_from: {url}"),
            None => String::new(),
        };
        let fact = format!("φ: {{value: 4, source: σ{}}}", moved(Case::Fact, ", "));
        let (shared, own) = match self.lies {
            Lies::File => (format!("# WORD\n{fact} # WORD\n"), String::new()),
            Lies::Folder => (String::new(), format!("facts:\n  # WORD\n  {fact}\n")),
        };
        site.write(
            "content/facts.yaml",
            text(&format!("{shared}other: {{value: 1, source: 'σ'}}\n")),
        );
        let sources = match self.lies {
            Lies::File => format!("\"σ\": {{title: By WORD{}}}\n", moved(Case::Source, ", ")),
            Lies::Folder => "- {id: other, title: WORD}\n- title: By WORD\n  id: σ # WORD\n".into(),
        };
        let mut sources = text(&sources);
        // A line that is added ends as the first one does.
        let added = moved(Case::Source, "  ");
        if self.lies == Lies::Folder && !added.is_empty() {
            let first = sources.iter().position(|byte| *byte == b'\n').unwrap();
            let end = if sources[first - 1] == b'\r' { "\r\n" } else { "\n" };
            match sources.ends_with(b"\n") {
                true => sources.extend(format!("{added}{end}").into_bytes()),
                false => sources.extend(format!("{end}{added}").into_bytes()),
            }
        }
        site.write("content/sources.yaml", sources);
        let figures = format!("---\ntitle: WORD\n{own}---\n[[fact:φ]] is WORD.\n");
        site.write("content/articles/figures.md", text(&figures));
        let borea = "---\nname: Borea\nrelations: [{to: cadmus, type: WORD, source: σ}]\n\
                     posts: [{title: WORD, org: cadmus, source: 'σ'}]\n---\n[[fact:φ]] of Borea.[^σ]\n";
        site.write("content/players/borea.md", text(borea));
        site.write("content/players/cadmus.md", text("---\nname: Cadmus\n---\n"));

        let mut body = String::new();
        for (block, _) in BODY.iter().zip(&self.body).filter(|(_, on)| **on) {
            body.push('\n');
            body.push_str(block);
        }
        let front = chosen(ARTICLE, &self.article);
        let story = format!("---\ntitle: Of WORD\npublished: 2025-01-01\n{front}---\n{body}");
        site.write("content/articles/story.md", text(&story));
        let faq = "---\ntitle: Questions\narticle: α\ntopics: τ\n---\n## Why [[α]]?\n\nSo.[^σ]\n";
        site.write("content/faq/questions.md", text(faq));
        let topic =
            "---\ntitle: WORD\nparent: ω\nfeatured: [α, 'α', story]\n---\nOf [[ω]] [t](topic:τ).\n";
        site.write("content/topics/odes.md", text(topic));
        let page = "---\ntitle: About WORD\n---\n[it](PAGE#views) [[fact:φ]]\n";
        site.write("content/pages/about.md", text(page));
        // A page that has a source of its own under that id: what it cites is none of the shared one's.
        let own = format!(
            "---\ntitle: Own\nsources: [{{id: {word}, title: Mine}}]\n---\nMine.[^{word}] [[fact:φ]]\n"
        );
        if self.case == Case::Source {
            site.write("content/articles/own.md", text(&own));
        }
        let settings = chosen(SITE, &self.site);
        let settings = format!("title: Of WORD\nbase_url: https://example.org/sub/\n{settings}");
        site.write("content/site.yaml", text(&settings));
        site
    }

    fn wanted(&self, id: &str) -> Wanted {
        let wanted = Wanted::parse(&format!("{}:{id}", self.case.kind())).expect("a kind");
        let shared = SourcePath::new("content/sources.yaml");
        Wanted { file: (self.case == Case::Source).then_some(shared), ..wanted }
    }
}

#[test]
fn every_reference_of_every_kind_follows() {
    for case in Case::ALL {
        for lies in [Lies::File, Lies::Folder] {
            let ways =
                [(0, Ends::Unix), (0, Ends::MarkedAndMixed), (1, Ends::Dos), (2, Ends::Open)];
            for (number, ends) in ways {
                let plan = Plan::all(case, number, lies, ends);
                follows(&plan, "new-id").unwrap_or_else(|problem| panic!("{plan:?}: {problem}"));
            }
        }
    }
}

#[test]
fn the_sites_of_every_kind_have_no_fault() {
    for case in Case::ALL {
        for lies in [Lies::File, Lies::Folder] {
            let site = Plan::all(case, 0, lies, Ends::Unix).site_with(case.letter().1, None);
            let found = problems(&site).into_iter();
            let found: Vec<String> =
                found.map(|found| format!("{} {}", found.code, found.message)).collect();
            // A footnote without a mark, a definition without a link and a source without a citation change their ids too. A
            // summary is no Markdown.
            let expected = [
                "unknown-topic",
                "unused-footnote",
                "unused-definition",
                "unused-source",
                "foreign-syntax `summary`",
            ];
            assert!(
                found.iter().all(|found| expected.iter().any(|code| found.starts_with(code))),
                "{case:?} {found:#?}"
            );
        }
    }
}

/// `BRIEFING_SCRIPTS=N` tries N random sites; the default run is always the same.
#[test]
fn there_and_back_again() {
    let number = std::env::var("BRIEFING_SCRIPTS").ok().map(|text| text.parse().unwrap());
    let config = Config {
        cases: number.unwrap_or(SITES),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        source_file: Some(file!()),
        rng_seed: if number.is_some() { RngSeed::Random } else { RngSeed::Fixed(7) },
        ..Config::default()
    };
    let ids = prop_oneof![
        "[a-z][a-z0-9]{2,5}(-[a-z0-9]{1,3}){0,2}",
        Just("saga-2".to_owned()),
        Just("ga".to_owned()),
    ];
    let result = TestRunner::new(config).run(&(plans(), ids), |(plan, id)| {
        let taken = [
            "borea",
            "cadmus",
            "story",
            "questions",
            "about",
            "odes",
            "own",
            "other",
            "own-fact",
            "figures",
        ];
        let ours = Case::ALL.map(|case| case.letter().1);
        // The folders and lists of every site, and footnotes.
        let others = ["articles", "players", "faq", "topics", "theme", "img", "unseen"];
        if taken.contains(&&*id) || ours.contains(&&*id) || others.contains(&&*id) {
            return Ok(());
        }
        follows(&plan, &id).map_err(TestCaseError::fail)
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// The files of a site in which an id would get a meaning that it does not have.
#[test]
fn a_new_id_that_means_something_already_is_refused() {
    let shared = ("content/sources.yaml", "old: {title: Old}\nnew-2: {title: New}\n");
    let cites = |front: &str, body: &str| format!("---\ntitle: A\n{front}---\nOf[^old]{body}\n");
    let own = "sources: [{id: old, title: Own}]\n";
    for (what, front, body, new, taken) in [
        // The page's own source stands before the shared one.
        ("source", "sources: [{id: new, title: Own}]\n", "", "new", true),
        ("source", "", "", "new-2", true),
        ("source", "", "\n\n[^new]: A note.", "new", true),
        ("source", "", "\n\n[^NEW]: A note.", "new", true),
        ("source", "", " `[^new]`", "new", false),
        ("source", own, "", "new", false),
        ("source", own, "[^new-2]", "new-2", true),
        ("source", own, "", "new-2", false),
        ("source", own, "\n\n[^new]: A note.", "new", true),
        ("fact", "facts: {old: {value: 1}, new: {value: 2}}\n", "", "new", true),
        ("fact", "facts: {old: {value: 1}}\n", "", "new-2", false),
        ("topic", "topics: [old, new]\n", "", "new", false),
        ("topic", "topics: old\n", "", "b", true),
        ("topic", "topics: old\n", "", "new-2", false),
        ("article", "", "", "b", true),
    ] {
        let mut site = Memory::new();
        site.write("content/site.yaml", "title: Site\n");
        site.write(shared.0, shared.1);
        site.write("content/articles/a.md", cites(front, body));
        site.write("content/pages/b.md", "---\ntitle: B\n---\n");
        let id = if what == "article" { "a" } else { "old" };
        let file = if front == own { "content/articles/a.md" } else { shared.0 };
        let file = (what == "source").then(|| SourcePath::new(file));
        let wanted = Wanted { file, ..Wanted::parse(&format!("{what}:{id}")).expect("a kind") };
        let planned = plan(&site, &wanted, new, &options());
        let refused = matches!(planned, Err(RenameRefusal::Taken(_)));
        assert_eq!(refused, taken, "{what} {front:?} {body:?} {new}: {planned:?}");
        assert!(taken || planned.is_ok(), "{what} {front:?} {body:?} {new}: {planned:?}");
    }
}

fn plans() -> impl Strategy<Value = Plan> {
    let numbers = |lists: usize| vec(any::<u8>(), lists);
    (
        select(Case::ALL.to_vec()),
        numbers(ARTICLE.len()),
        vec(any::<bool>(), BODY.len()),
        numbers(SITE.len()),
        select(vec![Lies::File, Lies::Folder]),
        select(Ends::ALL.to_vec()),
    )
        .prop_map(|(case, article, body, site, lies, ends)| Plan {
            case,
            article,
            body,
            site,
            lies,
            ends,
        })
}

/// Renames what a plan is for and back again.
fn follows(plan: &Plan, id: &str) -> Result<(), String> {
    let old = plan.case.letter().1;
    let before = plan.site_with(old, None);
    let after = renamed_any(&before, &plan.wanted(old), id)?;
    let redirected = plan.case != Case::Label;
    let url = |id: &str| redirected.then(|| plan.case.url(id));
    same(&after, &plan.site_with(id, url(old).as_deref()))?;

    let loud = |site: &Memory, id: &str| {
        let mut found: Vec<String> = problems(site)
            .iter()
            .map(|found| match found.code {
                // It stands at the first page of the topic, which may be another now.
                Code::UnknownTopic => format!("{}: {}", found.code, found.message),
                _ => format!("{}: {}: {}", found.span.file, found.code, found.message),
            })
            .map(|line| match url(id) {
                Some(_) => line.replace(&format!("/{id}"), "/ID"),
                None => line,
            })
            .map(|line| {
                line.replace(&format!("`{id}`"), "`ID`").replace(&format!("`{old}`"), "`ID`")
            })
            .collect();
        found.sort();
        found
    };
    if loud(&before, old) != loud(&after, id) {
        return Err(format!("{:#?}\n became {:#?}", loud(&before, old), loud(&after, id)));
    }
    if let Some(old) = url(old) {
        let mut engine = Engine::once();
        let loaded = engine.load(&after, options());
        let out = OutPath::new(&format!("{}index.html", &old[1..])).unwrap();
        let site = loaded.site();
        let to = match plan.case {
            Case::Fact => site.fact_ix(id).map(Subject::Fact),
            Case::Source => site.source_ix(id).map(Subject::Source),
            _ => site.by_id(id).map(Subject::Page),
        };
        let to = to.map(Producer::Redirect);
        if to.is_none() || site.outputs.get(&out).map(|output| output.producer.clone()) != to {
            return Err("the old path leads nowhere".into());
        }
    }
    let back = renamed_any(&after, &plan.wanted(id), old)?;
    same(&back, &plan.site_with(old, url(id).as_deref()))
}
