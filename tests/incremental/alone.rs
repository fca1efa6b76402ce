//! Every edit on its own, and once more: a build, the edit, a build, the same edit with other words, a build. A test for
//! each group of edits.

use std::fs;

use briefing::diag::Code;
use briefing::engine::{Engine, Now};
use briefing::source::{Disk, Memory, Snapshot};
use jiff::civil::date;
use rayon::prelude::*;

use crate::edit::{Edit, Editor, Kind};
use crate::small::{Plan, site};
use crate::{Script, Way, all, equal, play};

/// Prose in which every edit of names finds something to change.
const PROSE: &str = "---\ntitle: Vera Lunnd at Porto Alto\nsummary: otto Brandt comes\n---\n\n\
    Cara Dane met Eno Falk in Borea. Minister Dane left, Minister Lund came, Secretary Falk too.\n\n\
    ## Two\n\nVera Lund of the Harbour Board spoke for Porto Alto; the Board and Lund agreed. MoW and HB did not.\n\n\
    ## Three\n\nVera Lunnd, Harbuor Board and Isles Aland are slips. Borea Airways, the Bank of Borea, the Lund Prize \
    and Eno Falk in Borea. Dane Cara. Eno Falc left. [Porto Allto](https://example.org) ルンド and ボレア. Hart, Porto Alto.\n";

#[test]
fn of_files() {
    check("files");
}

#[test]
fn of_fields() {
    check("fields");
}

#[test]
fn of_texts() {
    check("texts");
}

#[test]
fn of_shared_data() {
    check("shared");
}

#[test]
fn of_the_theme() {
    check("theme");
}

#[test]
fn of_settings() {
    check("settings");
}

/// Nothing but the day differs, and no page gets another state: an event has passed, and its article says that it is
/// planned. The day after that nothing changes.
#[test]
fn of_events_that_pass() {
    let mut editor = Editor::new(Memory::new());
    let event = "{date: 2026-01-01, end: 2026-01-02, name: Fair, status: planned}";
    editor.site.write(
        "content/articles/a.md",
        format!("---\ntitle: A\nevents: [{event}]\n---\n\nText.\n"),
    );
    let mut engine = Engine::new();
    let mut linked = Vec::new();
    for day in 1..=4 {
        editor.options.now = Now::Day(date(2026, 1, day));
        let loaded = engine.load(&editor.site, editor.options.clone());
        linked.push(loaded.trace().linked);
        let kept = all(&loaded, &editor.site);
        let clean = all(&Engine::new().load(&editor.site, editor.options.clone()), &editor.site);
        assert_eq!(equal(&kept, &clean), Ok(()), "{day}");
    }
    assert_eq!(linked, [true, false, true, false]);
}

/// Nothing but the day differs: a text announces what happens on a day, which then has passed.
#[test]
fn of_days_that_texts_announce() {
    let mut editor = Editor::new(Memory::new());
    let text = "---\ntitle: A\npublished: 2025-06-01\n---\n\nThey will meet on 2 January 2026.\n";
    editor.site.write("content/articles/a.md", text);
    let mut engine = Engine::new();
    let mut found = Vec::new();
    for day in [1, 2, 3, 4, 2] {
        editor.options.now = Now::Day(date(2026, 1, day));
        let loaded = engine.load(&editor.site, editor.options.clone());
        let reported = loaded.diagnostics().iter();
        found.push(reported.filter(|it| it.code == Code::PassedDay).count());
        let kept = all(&loaded, &editor.site);
        let clean = all(&Engine::new().load(&editor.site, editor.options.clone()), &editor.site);
        assert_eq!(equal(&kept, &clean), Ok(()), "{day}");
    }
    assert_eq!(found, [0, 0, 1, 1, 0]);
}

/// A site asks for statements without a source, and no longer does: nothing of a page differs.
#[test]
fn of_levels() {
    let mut editor = Editor::new(Memory::new());
    editor.site.write("content/articles/a.md", "---\ntitle: A\n---\n\nIt cost 12 million euros.\n");
    let mut engine = Engine::new();
    let mut found = Vec::new();
    for level in ["off", "info", "off"] {
        let settings = format!("title: S\ncheck: {{levels: {{unsourced: {level}}}}}\n");
        editor.site.write("content/site.yaml", settings);
        let loaded = engine.load(&editor.site, editor.options.clone());
        let reported = loaded.diagnostics().iter();
        found.push(reported.filter(|it| it.code == Code::Unsourced).count());
    }
    assert_eq!(found, [0, 1, 0]);
}

/// A post ends, and the next day another player holds it.
#[test]
fn of_posts_that_begin_and_end() {
    let mut editor = Editor::new(Memory::new());
    let posts = [("ann", "end: 2026-01-01"), ("bo", "start: 2026-01-03")];
    editor.site.write("content/players/desk.md", "---\nname: Desk\nkind: organisation\n---\n");
    for (id, time) in posts {
        let text = format!("---\nname: {id}\nposts: {{title: Head, org: desk, {time}}}\n---\n");
        editor.site.write(&format!("content/players/{id}.md"), text);
    }
    let article = "---\ntitle: A\npublished: 2025-01-01\nplayers: [ann]\n---\n\nText.\n";
    editor.site.write("content/articles/a.md", article);
    let mut engine = Engine::new();
    let mut linked = Vec::new();
    for day in 1..=4 {
        editor.options.now = Now::Day(date(2026, 1, day));
        let loaded = engine.load(&editor.site, editor.options.clone());
        linked.push(loaded.trace().linked);
        let kept = all(&loaded, &editor.site);
        let clean = all(&Engine::new().load(&editor.site, editor.options.clone()), &editor.site);
        assert_eq!(equal(&kept, &clean), Ok(()), "{day}");
    }
    assert_eq!(linked, [true, true, true, false]);
}

#[test]
fn of_names() {
    check("names");
}

/// The same in a text that is full of names, so that each edit of names has something to change.
#[test]
fn of_names_in_prose() {
    let edits: Vec<(Kind, u8)> =
        Kind::of("names").into_iter().flat_map(|kind| (0..8).map(move |at| (kind, at))).collect();
    let wrong = edits.into_par_iter().find_map_any(|(kind, at)| {
        let mut editor = Editor::new(site(&Plan { articles: 1, names: (0..20).collect() }));
        editor.site.write("content/pages/named.md", PROSE);
        let mut engine = Engine::new();
        all(&engine.load(&editor.site, editor.options.clone()), &editor.site);
        for (a, b) in [(at, at / 2), (at / 2, at + 1)] {
            editor.apply(&Edit { kind, a, b });
            let kept = all(&engine.load(&editor.site, editor.options.clone()), &editor.site);
            let fresh = Engine::new().load(&editor.site, editor.options.clone());
            let clean = all(&fresh, &editor.site);
            if let Err(why) = equal(&kept, &clean) {
                return Some(format!("{kind:?} {a} {b}: {why}"));
            }
        }
        None
    });
    assert_eq!(wrong, None);
}

#[test]
fn of_translations() {
    check("translations");
}

#[test]
fn of_what_is_broken() {
    check("broken");
}

/// A text changes before a name and a reference that leads nowhere, gets an error of its own and loses it, and its file's summary is
/// the same all along; that of a draft too. With the option of a server the file with the error is left out of the site
/// meanwhile.
#[test]
fn of_errors_in_a_text() {
    for without_broken in [false, true] {
        let mut editor = Editor::new(site(&Plan { articles: 1, names: (1..21).collect() }));
        editor.options.without_broken = without_broken;
        let mut engine = Engine::new();
        let texts = ["As it is", "A [link](javascript:alert(1))", "It was", "It is"];
        for (at, text) in texts.iter().enumerate() {
            for (name, status) in [("wrong", "published"), ("draft", "draft")] {
                let page = format!("---\ntitle: {name}\nstatus: {status}\n---\nThe lead.\n\n");
                let page = format!("{page}{text}. Eno Falk was near [[nobody-at-all]].\n");
                editor.site.write(&format!("content/pages/{name}.md"), page);
            }
            let kept = all(&engine.load(&editor.site, editor.options.clone()), &editor.site);
            let fresh = Engine::new().load(&editor.site, editor.options.clone());
            let clean = all(&fresh, &editor.site);
            equal(&kept, &clean).unwrap_or_else(|why| panic!("{at}, {without_broken}: {why}"));
            let is_there = kept.outputs.contains_key("wrong/index.html");
            assert_eq!(is_there, at != 1 || !without_broken, "{at}");
        }
    }
}

/// Texts that an edit elsewhere concerns in one way alone: each step of the edit, and what is equal to a fresh build.
fn steps(page: &str, steps: &[(&str, &str)]) {
    let mut editor = Editor::new(site(&Plan { articles: 1, names: (1..21).collect() }));
    editor.site.write("content/pages/one.md", page);
    let mut engine = Engine::new();
    for (at, (path, text)) in steps.iter().enumerate() {
        editor.site.write(path, *text);
        let kept = engine.load(&editor.site, editor.options.clone());
        let fresh = Engine::new().load(&editor.site, editor.options.clone());
        let (kept_all, clean) = (all(&kept, &editor.site), all(&fresh, &editor.site));
        equal(&kept_all, &clean).unwrap_or_else(|why| panic!("step {at}: {why}"));
        // A server asks the site itself who refers to whom.
        let (kept, fresh) = (&kept.site().pages, &fresh.site().pages);
        let other = kept.iter().zip(fresh).find(|(kept, fresh)| kept.summary != fresh.summary);
        assert!(
            other.is_none(),
            "step {at}: the site has an old summary of {:?}",
            other.unwrap().0.path
        );
    }
}

/// The authors of a page stand in no summary, and its translation has them too.
#[test]
fn of_what_a_translation_takes_from_a_body() {
    let article = |author: &str| format!("---\ntitle: One\nauthors: [{author}]\n---\nText.\n");
    let (ann, bo) = (article("Ann"), article("Bo"));
    let settings = "title: Small\nbase_url: https://example.org/\nlanguages: {en: {}, ja: {}}\n";
    steps(
        "---\ntitle: Page\n---\n",
        &[
            ("content/site.yaml", settings),
            ("content/articles/two.md", &ann),
            ("content/articles/two.ja.md", "---\ntitle: 二\n---\n文。\n"),
            ("content/articles/two.md", &bo),
        ],
    );
}

/// Raw HTML before a name takes another place when nobody trusts it.
#[test]
fn of_trust_before_a_name() {
    let settings = ["trusted", "untrusted", "trusted"].map(|trust| {
        format!("title: Small\nbase_url: https://example.org/\ncontent_trust: {trust}\n")
    });
    let settings = settings.each_ref().map(|text| ("content/site.yaml", &**text));
    steps("---\ntitle: One\n---\nA <b>loud</b> word of Eno Falk.\n", &settings);
}

/// Drawings of every kind after one another, in the folder of a page that shows them, with no other file changed.
#[test]
fn of_drawings() {
    let svg = |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
    let drawings =
        ["", "<script>x()</script>", "<g onclick=\"x()\"/>", "<g/>", "<g><g/></g>", "<a"];
    let drawings = drawings.map(svg);
    let mut all = vec![("content/pages/drawn/index.md", "---\ntitle: Drawn\n---\n![a](map.svg)\n")];
    all.extend(drawings.iter().map(|text| ("content/pages/drawn/map.svg", &**text)));
    all.push(("content/pages/drawn/other.svg", &drawings[1]));
    all.extend(drawings.iter().map(|text| ("content/pages/drawn/map.svg", &**text)));
    steps("---\ntitle: One\n---\nText.\n", &all);
}

/// The numbers of a chart, whatever state the file is left in.
#[test]
fn of_tables() {
    let chart = "---\ntitle: Drawn\n---\n```chart\ntitle: A\ndata: a.csv\n```\n";
    let from_the_top = chart.replace("a.csv", "/a.csv");
    let tables =
        ["Year,A\n2020,1\n", "Year,A\n2020,2\n", "Year,A\n2020,much\n", "", "Year,B\n2020,2\n"];
    let mut all = vec![("content/pages/drawn/index.md", chart)];
    all.extend(tables.iter().map(|text| ("content/pages/drawn/a.csv", *text)));
    all.push(("content/pages/drawn/other.csv", tables[1]));
    all.push(("content/pages/drawn/index.md", &from_the_top));
    all.extend(tables.iter().map(|text| ("static/a.csv", *text)));
    steps("---\ntitle: One\n---\nText.\n", &all);
}

/// Captions beside a film, whatever state the file is left in.
#[test]
fn of_captions() {
    let film = "---\ntitle: Filmed\n---\n![A](a.mp4)\n";
    let right = "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n";
    let texts = [right, "", "1\n00:00:01,000 --> 00:00:02,000\nA\n", right, "WEBVTT\n"];
    let mut all =
        vec![("content/pages/filmed/index.md", film), ("content/pages/filmed/a.mp4", "x")];
    all.extend(texts.iter().map(|text| ("content/pages/filmed/a.vtt", *text)));
    all.extend(texts.iter().map(|text| ("static/a.vtt", *text)));
    steps("---\ntitle: One\n---\nText.\n", &all);
}

/// What lies beside a page is published when its writers come to be trusted, and no longer when they no longer are.
#[test]
fn of_trust_in_files() {
    let settings = ["untrusted", "trusted", "untrusted"].map(|trust| {
        format!("title: Small\nbase_url: https://example.org/\ncontent_trust: {trust}\n")
    });
    let [first, rest @ ..] = settings.each_ref().map(|text| ("content/site.yaml", &**text));
    let mut all = vec![
        first,
        ("content/pages/two/index.md", "---\ntitle: Two\n---\n"),
        ("content/pages/two/chart.html", "<p>A</p>"),
        ("content/pages/two/map.svg", "<svg><script/></svg>"),
        ("content/pages/two/notes.docx", "a"),
    ];
    all.extend(rest);
    // A link to a document publishes it.
    all.push(("content/pages/two/index.md", "---\ntitle: Two\n---\n[a](notes.docx)\n"));
    all.push(("content/pages/two/index.md", "---\ntitle: Two\n---\n[a](notes)\n"));
    steps("---\ntitle: One\n---\nText.\n", &all);
}

/// Files for reference managers come, follow sources, texts and the names of players, and go.
#[test]
fn of_citations() {
    let settings = ["citation_files: true\n", "citation_files: true\nauthors: Bo Ek\n", ""]
        .map(|more| format!("title: Small\nbase_url: https://example.org/\n{more}"));
    let (sources, article) = ("content/sources.yaml", "content/articles/cited.md");
    steps(
        "---\ntitle: One\n---\nText.\n",
        &[
            (sources, "a: {title: A, author: Hu Jin Tao}\nb: {title: B}\n"),
            (article, "---\ntitle: Cited\n---\nText.[^a]\n"),
            ("content/site.yaml", &settings[0]),
            (article, "---\ntitle: Cited\n---\nText.[^a] And.[^b]\n"),
            (sources, "a: {title: A, author: Hu Jin Tao}\nb: {title: Bee}\n"),
            (
                "content/players/hu-jin-tao.md",
                "---\nname: Hu Jin Tao\nfamily_name: Hu\ngiven_name: Jin Tao\nfamily_first: true\n---\nText.\n",
            ),
            ("content/site.yaml", &settings[1]),
            ("content/site.yaml", &settings[2]),
        ],
    );
}

/// Feeds and data for programs come, follow texts, changes, names and figures, and go.
#[test]
fn of_feeds_and_data() {
    let on = "page_data: all\nembeds: true\nmarkdown: true\nllms_txt: true\n";
    let settings = [on, "feeds: site\nlicense: /about/\nauthors: Bo Ek\n", "feeds: none\n"]
        .map(|more| format!("title: Small\nbase_url: https://example.org/\n{more}"));
    let article = |more: &str, text: &str| {
        format!(
            "---\ntitle: Dated\npublished: 2025-01-01\ntopics: war\n{more}---\n{text} [[ann]] [[fact:f]]\n"
        )
    };
    let path = "content/articles/dated.md";
    let ann = "content/players/ann.md";
    steps(
        "---\ntitle: One\n---\nText.\n",
        &[
            ("content/site.yaml", &settings[0]),
            ("content/facts.yaml", "f: {value: 1, of: Ships}\n"),
            (ann, "---\nname: Ann Ode\nposts: {title: Minister, org: ministry}\n---\nText.\n"),
            ("content/players/ministry.md", "---\nname: The Ministry\nkind: organisation\n---\n"),
            (path, &article("", "Text.")),
            (path, &article("", "Another text.")),
            (path, &article("changes: {date: 2025-02-01, note: A note.}\n", "Another text.")),
            (path, &article("changes: {date: 2025-02-01, note: One more.}\n", "Another text.")),
            ("content/faq/f.md", "---\ntitle: Asked\n---\n## Why?\nSo.\n"),
            ("content/faq/f.md", "---\ntitle: Asked\n---\n## Why?\nFor [[ann]].\n"),
            ("content/facts.yaml", "f: {value: 2, of: Ships}\n"),
            (ann, "---\nname: Ann B. Ode\n---\nText.\n"),
            ("content/site.yaml", &settings[1]),
            ("content/site.yaml", &settings[2]),
        ],
    );
}

/// A text that has nothing but a slip of a name that comes and goes.
#[test]
fn of_slips() {
    let player = |name: &str| format!("---\nname: {name}\nkind: person\n---\n\nA player.\n");
    let names = ["Olga Brandtner", "Ina Volk", "Olga Brandtner"].map(player);
    let names = names.each_ref().map(|text| ("content/players/new.md", &**text));
    steps("---\ntitle: One\n---\nOlga Brandner came alone.\n", &names);
}

/// The same where no name links, in each place alone: readers see a title, a heading, a quotation, the text of a link and
/// the alternative of a picture.
#[test]
fn of_slips_where_no_name_links() {
    let player = |name: &str| format!("---\nname: {name}\nkind: person\n---\n\nA player.\n");
    let names = ["Olga Brandtner", "Ina Volk", "Olga Brandtner"].map(player);
    let names = names.each_ref().map(|text| ("content/players/new.md", &**text));
    for (title, text) in [
        ("Olga Brandner comes", "Nothing."),
        ("One", "Nothing.\n\n## Olga Brandner comes"),
        ("One", "Nothing.\n\n> Olga Brandner came."),
        ("One", "Nothing of [Olga Brandner](https://example.org/x)."),
        ("One", "Nothing.\n\n![Olga Brandner](https://example.org/x.png)"),
    ] {
        steps(&format!("---\ntitle: {title}\n---\n{text}\n"), &names);
    }
}

/// The words of a person in another order are another person's name once a player has that family name.
#[test]
fn of_family_names() {
    let player = |name: &str| format!("---\nname: {name}\nkind: person\n---\n\nA player.\n");
    let [own, other, gone] = ["Allen Brandtner", "Ina Allen", "Ina Volk"].map(player);
    steps(
        "---\ntitle: One\n---\nBrandtner Allen came alone.\n",
        &[
            ("content/players/own.md", &own),
            ("content/players/other.md", &other),
            ("content/players/other.md", &gone),
        ],
    );
}

/// Figures and sources that all pages share have a slip, a player is renamed, a slip is accepted.
#[test]
fn of_slips_in_shared_data() {
    let settings = "title: Small\nbase_url: https://example.org/\n";
    let accepting = format!("{settings}check: {{accept: [Olga Brandner]}}\n");
    let player = |name: &str| format!("---\nname: {name}\nkind: person\n---\n\nA player.\n");
    let [one, two] = ["Olga Brandtner", "Ina Volk"].map(player);
    let fact = |of: &str| format!("share:\n  value: 2\n  of: {of}\n");
    let [slip, right] = ["votes for Olga Brandner", "votes for Olga Brandtner"].map(fact);
    let source = |title: &str| format!("gazette:\n  title: {title}\n");
    let [quoted, other] = ["Olga Brandner came", "Olga Brandtner came"].map(source);
    let (player, facts) = ("content/players/new.md", "content/facts.yaml");
    let (sources, site) = ("content/sources.yaml", "content/site.yaml");
    steps(
        "---\ntitle: One\n---\nText.\n",
        &[
            (player, &one),
            (facts, &slip),
            (sources, &quoted),
            (player, &two),
            (player, &one),
            (site, &accepting),
            (site, settings),
            (facts, &right),
            (sources, &other),
            (facts, &slip),
            (sources, "- {id: gazette, title: Of Olga Brandner}\n"),
        ],
    );
}

/// A player who is born after the date of a page is not meant there.
#[test]
fn of_births() {
    let player =
        |born: &str| format!("---\nname: Olga Brandtner\nkind: person\n{born}---\n\nA player.\n");
    let births = ["", "born: 2010-05-01\n", "born: 1960-05-01\n"].map(player);
    let article = "---\ntitle: Two\npublished: 2008-01-01\n---\nOlga Brandtner came alone.\n";
    let mut all = vec![("content/articles/two.md", article)];
    all.extend(births.iter().map(|text| ("content/players/new.md", &**text)));
    steps("---\ntitle: One\n---\nText.\n", &all);
}

/// A title that nobody holds any more is another word before a name of one word.
#[test]
fn of_titles_that_come_and_go() {
    let holder =
        |more: &str| format!("---\nname: Ina Volk\nkind: person\n{more}---\n\nA player.\n");
    let titles = ["titles: [Harbourmaster]\n", "", "titles: [Harbourmaster]\n"].map(holder);
    let titles = titles.each_ref().map(|text| ("content/players/holder.md", &**text));
    steps(
        "---\ntitle: One\n---\nEno Falk came.\n\n## Two\n\nThen Harbourmaster Falk spoke.\n",
        &titles,
    );
}

/// What a text refers to without naming a player is on no other page.
#[test]
fn of_links_to_pages() {
    let page = |to: &str| format!("---\ntitle: Two\n---\nThe lead.\n\nA [word]({to}) more.\n");
    let links = ["one.md", "../articles/story-0.md", "one.md"].map(page);
    let links = links.each_ref().map(|text| ("content/pages/two.md", &**text));
    steps("---\ntitle: One\n---\nNothing.\n", &links);
}

/// A player comes whose id is nearer to the one that is missing, and goes again.
#[test]
fn of_what_is_nearest() {
    let page = "---\ntitle: One\n---\nOf [[harbour-bord]] and [[fact:shar]].\n";
    let player = |text: &'static str| ("content/players/harbour-board.md", text);
    let farther = "---\nname: Harbour Lords\nkind: organisation\n---\n";
    steps(
        page,
        &[
            ("content/players/harbour-lords.md", farther),
            player("---\nname: Harbour Board\nkind: organisation\n---\n"),
            player("---\nname: Harbour Board\nkind: organisation\nstatus: draft\n---\n"),
            ("content/facts.yaml", "shard:\n  value: 2\n"),
        ],
    );
}

/// Lines come before a field that something is said of. The files are on a disk: a snapshot knows the digest of each.
#[test]
fn of_errors_that_move() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("content/articles");
    fs::create_dir_all(&articles).unwrap();
    let mut engine = Engine::new();
    let mut lines = Vec::new();
    for before in ["", "genre: report\n", "genre: report\ndateline: Porto Alto\n"] {
        let text = format!("---\ntitle: One\n{before}players: [no-such-player]\n---\n\nText.\n");
        fs::write(articles.join("one.md"), text).unwrap();
        let options = Editor::new(site(&Plan { articles: 1, names: vec![0] })).options;
        let snapshot = Snapshot::take(Disk::new(folder.path()));
        let kept = all(&engine.load(&snapshot, options.clone()), &snapshot);
        equal(&kept, &all(&Engine::new().load(&snapshot, options), &snapshot)).unwrap();
        let unknown = kept.diagnostics.iter().find(|found| found.code == Code::UnknownPlayer);
        lines.push(unknown.unwrap().span.start.line);
    }
    assert_eq!(lines, [3, 4, 5]);
}

/// What one edit left is met by another. What is broken stays so where the second edit's first number is a multiple of
/// three.
#[test]
fn of_edits_that_meet() {
    for (first, second) in [
        ("fail_template", "move_player_into_folder"),
        ("fail_template", "name_of_player"),
        ("break_template", "edit_language"),
        ("break_site", "delete_site"),
        ("delete_site", "folder"),
        ("replace_theme_file", "delete_static"),
        ("link_root", "delete_article"),
    ] {
        // With an engine that forgets pages, and with one that does not.
        for (at, name) in [(0, 0), (3, 0), (0, 1), (3, 1)] {
            let plan = Plan { articles: 1, names: (name..name + 20).collect() };
            let edit = |kind| (Edit { kind: Kind::named(kind), a: at, b: at }, Way::All);
            let edits = vec![edit(first), edit(second)];
            let played = play(&Script { plan, folder: false, edits });
            played.unwrap_or_else(|why| panic!("{first}, {second}: {why}"));
        }
    }
}

#[test]
fn every_group_has_a_test() {
    let groups = [
        "files",
        "fields",
        "texts",
        "shared",
        "theme",
        "settings",
        "broken",
        "names",
        "translations",
    ];
    let count: usize = groups.iter().map(|group| Kind::of(group).len()).sum();
    assert_eq!(count, Kind::all().len());
}

fn check(group: &str) {
    // With these names the engine remembers every page: one that it forgot is made again, and never stale.
    let plan = Plan { articles: 1, names: (1..21).collect() };
    // The first that is wrong is enough, and ends the others.
    let wrong = Kind::of(group).into_par_iter().find_map_any(|kind| {
        let mut found = kind.name() == "repair";
        for at in 0..3 {
            let edits = vec![(Edit { kind, a: at, b: at }, Way::All); 2];
            match play(&Script { plan: plan.clone(), folder: false, edits }) {
                Ok(played) => found |= played.edits.contains_key(&kind),
                Err(why) => return Some(why),
            }
        }
        (!found).then(|| format!("{kind:?} finds nothing to do"))
    });
    if let Some(why) = wrong {
        panic!("{why}");
    }
}
