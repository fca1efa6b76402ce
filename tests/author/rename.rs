//! `briefing rename`: every reference follows, everything else stays, byte for byte.

use std::collections::BTreeMap;

use briefing::author::rename::{self, RenameRefusal, Wanted};
use briefing::base::{OutPath, SourcePath};
use briefing::diag::{self, Diagnostic};
use briefing::engine::{Engine, Now, Options};
use briefing::site::{Producer, Subject};
use briefing::source::Memory;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};

use crate::forms::{ARTICLE, BODY, Ends, ID, Lies, PLAYER, Plan, SITE};

/// Sites in a default run.
const SITES: u32 = 25;

#[test]
fn every_reference_follows_and_nothing_else_changes() {
    for lies in [Lies::File, Lies::Folder] {
        // Every line end with the first way of each form, then the other ways in turn.
        let first = Ends::ALL.map(|ends| (0, ends));
        let others = (1..6).map(|number| (number, Ends::ALL[usize::from(number) % 4]));
        for (number, ends) in first.into_iter().chain(others) {
            let plan = Plan::all(number, lies, ends);
            follows(&plan, "bea-ode").unwrap_or_else(|problem| panic!("{plan:?}: {problem}"));
        }
    }
}

#[test]
fn the_site_of_every_form_has_no_fault() {
    for lies in [Lies::File, Lies::Folder] {
        let site = Plan::all(0, lies, Ends::Unix).site_with(ID, None);
        let found: Vec<String> = problems(&site)
            .into_iter()
            .map(|found| format!("{} {}", found.code, found.message))
            .collect();
        // A picture of four bytes, raw HTML, a topic without a page, a definition without a link, a link in a summary.
        let expected = [
            "raw-html",
            "unknown-topic",
            "common-word-alias",
            "unused-definition",
            "foreign-syntax `summary`",
        ];
        assert!(
            found.iter().all(|found| expected.iter().any(|code| found.starts_with(code))),
            "{found:#?}"
        );
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
        "[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}",
        Just("ann".to_owned()),
        Just("ann-ode-2".to_owned()),
        Just("ode".to_owned()),
    ];
    let tried = (plans(), ids);
    let result = TestRunner::new(config).run(&tried, |(plan, id)| {
        let taken = ["borea", "story", "draft", "questions", "about", "odes", "null", ID];
        if taken.contains(&&*id) {
            return Ok(());
        }
        follows(&plan, &id).map_err(TestCaseError::fail)
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn a_fault_elsewhere_holds_nothing_up() {
    let mut site = Plan::all(0, Lies::File, Ends::Unix).site_with(ID, None);
    let faulty =
        "---\ntitle: Faulty\nplayers: ann-od\n---\n[[nobody]] [x](../y.md) [[ann-ode#nowhere]]\n";
    site.write("content/articles/faulty.md", faulty);
    site.write("templates/topic.html", "{{ nothing.here }}");
    let count = problems(&site).len();
    let after = renamed(&site, ID, "bea").unwrap();
    assert_eq!(problems(&after).len(), count);
    let text = after.get("content/articles/faulty.md").unwrap();
    assert_eq!(String::from_utf8_lossy(text), faulty.replace("[[ann-ode#", "[[bea#"));
}

#[test]
fn a_page_with_a_slug_stays_where_it_is() {
    let mut site = Plan::all(1, Lies::Folder, Ends::Dos).site_with(ID, None);
    let path = "content/players/ann-ode/index.md";
    let player = "---\nname: Ann\nslug: ann-ode\n---\n## Views\n![](../ann-ode/face.png)";
    site.write(path, player);
    let after = renamed(&site, ID, "bea").unwrap();
    let text = after.get("content/players/bea/index.md").unwrap();
    assert_eq!(String::from_utf8_lossy(text), player.replace("../ann-ode/", "../bea/"));
    let text =
        String::from_utf8_lossy(after.get("content/articles/story.md").unwrap()).into_owned();
    assert!(text.contains("(</players/ann-ode/#views>)") && text.contains("[[bea]]"), "{text}");
}

#[test]
fn two_players_of_one_id_and_a_new_id_of_another_kind() {
    let mut site = Plan::all(1, Lies::File, Ends::Unix).site_with(ID, None);
    for (id, path) in
        [("story", "content/articles/story.md"), ("draft", "content/articles/draft.md")]
    {
        let refused = rename::plan(&site, &player(ID), id, &options()).unwrap_err();
        assert!(
            matches!(&refused, RenameRefusal::Taken(taken) if taken.as_str() == path),
            "{refused:?}"
        );
    }
    site.write("content/players/old/ann-ode.md", "---\nname: Ann\n---\n");
    let refused = rename::plan(&site, &player(ID), "bea", &options()).unwrap_err();
    assert!(matches!(refused, RenameRefusal::Twice(..)), "{refused:?}");
    // A folder of pictures that waits for its page.
    site.remove("content/players/old/ann-ode.md");
    site.remove("content/players/ann-ode.md");
    site.write("content/players/ann-ode/index.md", "---\nname: Ann\n---\n## Views\n");
    site.write("content/players/bea/face.png", "x");
    let refused = rename::plan(&site, &player(ID), "bea", &options()).unwrap_err();
    assert!(matches!(refused, RenameRefusal::Taken(_)), "{refused:?}");
}

fn plans() -> impl Strategy<Value = Plan> {
    let numbers = |lists: usize| vec(any::<u8>(), lists);
    (
        numbers(ARTICLE.len()),
        vec(any::<bool>(), BODY.len()),
        numbers(PLAYER.len()),
        numbers(SITE.len()),
        select(vec![Lies::File, Lies::Folder]),
        select(Ends::ALL.to_vec()),
    )
        .prop_map(|(article, body, player, site, lies, ends)| Plan {
            article,
            body,
            player,
            site,
            lies,
            ends,
        })
}

/// Renames the player of a site and back again.
fn follows(plan: &Plan, id: &str) -> Result<(), String> {
    let before = plan.site_with(ID, None);
    let after = renamed(&before, ID, id)?;
    let expected = plan.site_with(id, Some("/players/ann-ode/"));
    same(&after, &expected)?;

    let loud = |site: &Memory, from: &str| {
        let mut found: Vec<String> = problems(site)
            .iter()
            .map(|found| format!("{}: {}: {}", found.span.file, found.code, found.message))
            .map(|line| line.replace(&format!("players/{from}"), "players/ID"))
            .map(|line| line.replace(&format!("`{from}`"), "`ID`").replace("`ann-ode`", "`ID`"))
            .collect();
        found.sort();
        found
    };
    if loud(&before, ID) != loud(&after, id) {
        return Err(format!("{:#?}\n became {:#?}", loud(&before, ID), loud(&after, id)));
    }
    let mut engine = Engine::once();
    let loaded = engine.load(&after, options());
    let old = OutPath::new("players/ann-ode/index.html").unwrap();
    let player = loaded.site().player(id).ok_or("no player")?;
    if loaded.site().outputs.get(&old).map(|output| &output.producer)
        != Some(&Producer::Redirect(Subject::Page(player)))
    {
        return Err("the old path leads nowhere".into());
    }

    let back = renamed(&after, id, ID)?;
    same(&back, &plan.site_with(ID, Some(&format!("/players/{id}/"))))
}

/// A site after a player's rename.
fn renamed(site: &Memory, from: &str, to: &str) -> Result<Memory, String> {
    renamed_any(site, &player(from), to)
}

/// A site after a rename.
pub(crate) fn renamed_any(site: &Memory, from: &Wanted, to: &str) -> Result<Memory, String> {
    let renaming = rename::plan(site, from, to, &options()).map_err(|refused| match refused {
        RenameRefusal::Breaks(found, _) | RenameRefusal::Unparsed(found) => found
            .iter()
            .map(|found| {
                format!("{}:{}: {}\n", found.span.file, found.span.start.line, found.message)
            })
            .collect(),
        refused => format!("{refused:?}"),
    })?;
    let mut changed: BTreeMap<_, _> = renaming
        .plan
        .changes
        .iter()
        .map(|change| {
            assert_eq!(site.get(change.path.as_str()), Some(change.before.as_bytes()));
            (&change.path, &change.after)
        })
        .collect();
    let mut after = Memory::new();
    let moved = |path: &SourcePath| renaming.plan.of(path);
    for path in site.paths() {
        let bytes = match changed.remove(path) {
            Some(text) => text.as_bytes(),
            None => site.get(path.as_str()).unwrap(),
        };
        after.write(moved(path).as_str(), bytes);
    }
    assert!(changed.is_empty(), "a plan names files of the site alone");
    Ok(after)
}

fn player(id: &str) -> Wanted {
    Wanted::parse(&format!("player:{id}")).expect("a kind and an id")
}

pub(crate) fn same(found: &Memory, expected: &Memory) -> Result<(), String> {
    let paths = |site: &Memory| site.paths().map(ToString::to_string).collect::<Vec<_>>();
    if paths(found) != paths(expected) {
        return Err(format!("{:?} instead of {:?}", paths(found), paths(expected)));
    }
    for path in paths(expected) {
        let text = |site: &Memory| String::from_utf8_lossy(site.get(&path).unwrap()).into_owned();
        if text(found) != text(expected) {
            return Err(format!("{path}:\n{:?}\ninstead of\n{:?}", text(found), text(expected)));
        }
    }
    Ok(())
}

pub(crate) fn problems(site: &Memory) -> Vec<Diagnostic> {
    let mut engine = Engine::once();
    let loaded = engine.load(site, options());
    let mut found = loaded.diagnostics().to_vec();
    found.extend(loaded.render_all(&|_, _| {}));
    diag::group(found)
}

pub(crate) fn options() -> Options {
    Options {
        now: Now::Day("2026-01-01".parse().unwrap()),
        folder: "site".into(),
        ..Options::default()
    }
}
