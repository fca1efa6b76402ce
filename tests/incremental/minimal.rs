//! How much an edit costs: exactly what was parsed, whether the site was put together again, what was rendered and
//! what was written.

use briefing::base::SourcePath;
use briefing::engine::{Engine, Reason, Trace};
use briefing::source::Memory;

use crate::disk::Folder;
use crate::edit::Editor;
use crate::small::{Plan, site};
use crate::{Built, Output, all};

const STORY: &str = "content/articles/story-0.md";

#[test]
fn a_reload_of_an_untouched_site_does_nothing() {
    let after = edited(|_| {});
    assert_eq!(after.trace, Trace::default());
    assert_eq!(after.written, Vec::<String>::new());
}

#[test]
fn a_fresh_process_makes_everything_and_writes_nothing() {
    let editor = Editor::new(site(&plan()));
    let mut folder = Folder::new();
    for round in 0..2 {
        let mut engine = Engine::new();
        let loaded = engine.load(&editor.site, editor.options.clone());
        let built = all(&loaded, &editor.site);
        let trace = loaded.trace();
        let pages: Vec<&str> = trace.rendered.iter().map(|(out, _)| out.as_str()).collect();
        assert_eq!(pages, built.made());
        let read = |path: &str| {
            path.ends_with(".md") || path.ends_with("facts.yaml") || path.ends_with("sources.yaml")
        };
        let content = editor.site.paths().map(SourcePath::as_str);
        let content: Vec<&str> = content.filter(|path| read(path)).collect();
        let parsed: Vec<&str> = trace.parsed.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(parsed, content);
        let report = folder.write(&built).unwrap().unwrap();
        assert_eq!(report.written.is_empty(), round == 1, "{:?}", report.written);
        assert_eq!(report.removed, []);
    }
}

#[test]
fn a_body_edit_that_names_nobody_costs_one_page() {
    let after = edited(|site| replace(site, STORY, "</b> here.", "</b> there."));
    // The feeds have the whole text.
    let shown = ["articles/story-0/index.html", "feed.json", "feed.xml"];
    after.expect(&[STORY], false, &shown, Reason::View);
    assert_eq!(after.written, shown);
}

/// A player's page shows the sentence in which it is named, so the sentence's other words too.
#[test]
fn a_word_beside_a_reference_costs_the_page_of_the_player_too() {
    // A reader comes to the points first: there the player is named for the first time.
    let after = edited(|site| replace(site, STORY, "[\"See [[", "[\"Turn to [["));
    let shown =
        ["articles/story-0/index.html", "feed.json", "feed.xml", "players/works/index.html"];
    assert_eq!(after.after.pages_with("Turn to"), shown);
    after.expect(&[STORY], false, &shown, Reason::View);
    assert_eq!(after.written, shown);
}

/// A name that comes is looked for in every text, and only those that hold it, or what is almost it, are linked again.
#[test]
fn a_new_player_costs_a_search_and_the_texts_that_name_it() {
    let name = |site: &mut Memory| {
        replace(site, "content/pages/contact.md", "Write to", "Ask Vera Lund. Write to");
        replace(site, "content/faq/rare.md", "Says", "Not every Vera Lundd says so. Says");
        replace(site, "content/pages/about.md", "We explain.", "We explain Vera.");
    };
    let mut editor = Editor::new(site(&plan()));
    name(&mut editor.site);
    let mut engine = Engine::new();
    engine.load(&editor.site, editor.options.clone());
    let pages = editor.site.paths().filter(|path| path.as_str().ends_with(".md")).count();
    editor.site.write("content/players/vera-lund.md", "---\nname: Vera Lund\n---\n");
    let trace = engine.load(&editor.site, editor.options.clone()).trace();
    let named: Vec<(&str, Reason)> =
        trace.named.iter().map(|(path, reason)| (path.as_str(), *reason)).collect();
    let expected = [
        ("content/faq/rare.md", Reason::Names),
        ("content/pages/contact.md", Reason::Names),
        ("content/players/vera-lund.md", Reason::New),
    ];
    assert_eq!(named, expected);
    assert_eq!(trace.scanned, pages, "every text that was there is searched");
    let trace = engine.load(&editor.site, editor.options.clone()).trace();
    assert_eq!((trace.named.len(), trace.scanned), (0, 0), "and no text for no change");
}

/// Who a player is does not depend on what its page says.
#[test]
fn a_word_in_a_players_text_searches_nothing() {
    let after = edited(|site| replace(site, "content/players/works.md", "is a player", "is one"));
    assert_eq!(after.trace.scanned, 0);
    assert_eq!(after.trace.named.len(), 1);
}

#[test]
fn whitespace_costs_a_parse() {
    for (from, to) in [
        ("A section\n\n", "A section\n\n\n\n"),
        ("Story number 0\n", "Story number 0   \n"),
        ("genre: analysis", "genre:   analysis"),
        ("---\n\nThe lead", "---\nThe lead"),
    ] {
        let after = edited(|site| replace(site, STORY, from, to));
        after.expect(&[STORY], false, &[], Reason::View);
        assert_eq!(after.written, Vec::<String>::new());
    }
}

#[test]
fn a_new_title_costs_the_pages_that_show_it() {
    let after =
        edited(|site| replace(site, STORY, "title: Story number 0", "title: Quite another title"));
    let shown = after.before.pages_with("Story number 0");
    assert!(shown.len() > 3, "the title is shown by {shown:?}");
    after.expect(&[STORY], true, &shown, Reason::View);
    assert_eq!(after.after.pages_with("Story number 0"), Vec::<&str>::new());
    assert_eq!(after.after.pages_with("Quite another title"), shown);
    assert_eq!(after.written, shown);
}

#[test]
fn a_new_name_costs_the_pages_that_show_it() {
    let path = "content/players/eno-falk.md";
    let after = edited(|site| replace(site, path, "name: Eno Falk", "name: Edna Fink"));
    let shown = after.before.pages_with("Eno Falk");
    assert!(shown.len() > 2, "the name is shown by {shown:?}");
    after.expect(&[path], true, &shown, Reason::View);
    assert_eq!(after.written, shown);
}

#[test]
fn a_new_figure_costs_the_pages_that_show_it() {
    let path = "content/facts.yaml";
    let after = edited(|site| replace(site, path, "value: 3.5", "value: 777.25"));
    let shown = after.after.pages_with("777.25");
    assert!(!shown.is_empty());
    after.expect(&[path], true, &shown, Reason::View);
    assert_eq!(after.written, shown);
}

#[test]
fn a_template_costs_every_page_and_no_parse() {
    let text = "{% extends \"base.html\" %}{% block main %}<h1>Lost</h1>{% endblock main %}\n";
    let after = edited(|site| {
        site.write("templates/404.html", text);
    });
    let pages = after.after.pages();
    after.expect(&[], false, &pages, Reason::Templates);
    assert_eq!(after.written, ["404.html"]);
}

#[test]
fn a_static_file_costs_nothing_but_itself() {
    let after = edited(|site| {
        site.write("static/robots.txt", "User-agent: none\n");
    });
    assert_eq!(after.trace, Trace::default());
    assert_eq!(after.after.outputs["robots.txt"].bytes, b"User-agent: none\n");
    assert_eq!(after.written, ["robots.txt"]);
}

#[test]
fn a_new_article_leaves_pages_alone_that_have_no_place_for_it() {
    let path = "content/articles/fresh.md";
    let text = "---\ntitle: Fresh\npublished: 2025-06-01\nplayers: [gil-hart]\n---\n\nNew.\n";
    let after = edited(|site| {
        site.write(path, text);
    });
    assert_eq!(after.trace.parsed, [(SourcePath::new(path), Reason::New)]);
    assert!(after.trace.linked);
    let rendered: Vec<&str> = after.trace.rendered.iter().map(|(out, _)| out.as_str()).collect();
    let mut changed: Vec<&str> = after.after.made();
    changed.retain(|out| !is_of_search(out));
    let same = |out: &&str| after.before.outputs.get(*out) == Some(&after.after.outputs[*out]);
    let (same, changed): (Vec<&str>, Vec<&str>) = changed.into_iter().partition(same);
    assert_eq!(after.written, changed);
    assert!(same.contains(&"players/aland/index.html"), "{same:?}");
    assert!(changed.contains(&"players/gil-hart/index.html"), "{changed:?}");
    for out in changed {
        assert!(rendered.contains(&out), "{out} changed without being rendered");
    }
    for out in ["players/aland/index.html", "about/index.html", "faq/common/index.html"] {
        assert!(!rendered.contains(&out), "{out} was rendered again");
    }
}

#[test]
fn what_is_put_back_costs_nothing() {
    let after = edited(|site| {
        let before = site.remove(STORY).unwrap();
        site.write(STORY, "---\ntitle: a: b\n---\n").write(STORY, before);
    });
    assert_eq!(after.trace, Trace::default());
}

/// A build, an edit, and the build after it, each written into the same folder.
struct Edited {
    before: Built,
    after: Built,
    trace: Trace,
    /// What the second build wrote, sorted.
    written: Vec<String>,
}

fn edited(edit: impl FnOnce(&mut Memory)) -> Edited {
    let mut editor = Editor::new(site(&plan()));
    let (mut engine, mut folder) = (Engine::new(), Folder::new());
    let before = all(&engine.load(&editor.site, editor.options.clone()), &editor.site);
    folder.write(&before).unwrap();
    edit(&mut editor.site);
    let loaded = engine.load(&editor.site, editor.options.clone());
    let after = all(&loaded, &editor.site);
    let report = folder.write(&after).unwrap().expect("no edit here is a mistake");
    let written = report.written.iter().map(ToString::to_string);
    let written = written.filter(|out| !is_of_search(out)).collect();
    let trace = loaded.trace();
    // The search costs what it says differently, and no more.
    let made = trace.rendered.iter().map(|(out, _)| out.as_str()).filter(|out| is_of_search(out));
    let bytes =
        |built: &Built, out: &str| built.outputs.get(out).map(|output| output.bytes.clone());
    let differs = |out: &&str| is_of_search(out) && bytes(&before, out) != bytes(&after, out);
    let mut made: Vec<&str> = made.collect();
    made.sort_unstable();
    assert_eq!(made, after.made().into_iter().filter(differs).collect::<Vec<_>>(), "of the search");
    Edited { before, after, trace, written }
}

/// Whether an output is a file of the search, in which any word may stand.
fn is_of_search(out: &str) -> bool {
    out.starts_with("search/") && out.ends_with(".txt")
}

fn plan() -> Plan {
    Plan { articles: 2, names: (0..20).collect() }
}

impl Edited {
    #[track_caller]
    fn expect(&self, parsed: &[&str], linked: bool, rendered: &[&str], reason: Reason) {
        let files: Vec<(&str, Reason)> =
            self.trace.parsed.iter().map(|(path, reason)| (path.as_str(), *reason)).collect();
        let expected: Vec<(&str, Reason)> =
            parsed.iter().map(|path| (*path, Reason::Bytes)).collect();
        assert_eq!(files, expected, "parsed");
        assert_eq!(self.trace.linked, linked, "linked");
        let rendered_now = self.trace.rendered.iter().map(|(out, reason)| (out.as_str(), *reason));
        let mut pages: Vec<(&str, Reason)> =
            rendered_now.filter(|(out, _)| !is_of_search(out)).collect();
        pages.sort_unstable();
        let expected: Vec<(&str, Reason)> = rendered.iter().map(|out| (*out, reason)).collect();
        assert_eq!(pages, expected, "rendered");
    }
}

impl Built {
    /// Everything that the program wrote itself, sorted.
    fn made(&self) -> Vec<&str> {
        let is_made = |(_, output): &(&String, &Output)| !matches!(output.kind, "file" | "theme");
        self.outputs.iter().filter(is_made).map(|(path, _)| path.as_str()).collect()
    }

    /// The rendered pages, sorted.
    fn pages(&self) -> Vec<&str> {
        self.outputs.keys().map(String::as_str).filter(|out| out.ends_with(".html")).collect()
    }

    /// The pages and data files that contain a text, sorted, without those of the search.
    fn pages_with(&self, text: &str) -> Vec<&str> {
        let shows = |out: &&str| {
            !is_of_search(out) && String::from_utf8_lossy(&self.outputs[*out].bytes).contains(text)
        };
        self.made().into_iter().filter(shows).collect()
    }
}

fn replace(site: &mut Memory, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(site.get(path).unwrap().to_vec()).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    site.write(path, text.replacen(from, to, 1));
}
