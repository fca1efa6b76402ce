//! What is refused before the first write: each with exit code 5, a reason, and a target that is as it was.

use crate::world::World;

#[track_caller]
fn refused(world: &World, args: &[&str], reason: &str) {
    let before = world.www();
    let run = world.publish(args).expect(5);
    assert!(run.stderr.contains(reason), "no `{reason}` in:\n{}", run.stderr);
    assert_eq!(world.www(), before);
}

#[test]
fn a_site_with_errors() {
    let world = World::new();
    world.site.edit("content/articles/bad.md", "---\ntitle: Bad\nplayers: nobody\n---\n");
    refused(&world, &["live"], "nothing was published: 1 error");
    world.site.edit("content/articles/bad.md", "---\ntitle: Good\n---\n");
    world.publish(&["live"]).expect(0);
}

#[test]
fn an_empty_site_and_one_that_has_shrunk() {
    let world = World::new();
    for n in 0..30 {
        world
            .site
            .edit(&format!("content/articles/n{n}.md"), &format!("---\ntitle: Number {n}\n---\n"));
    }
    world.publish(&["live"]).expect(0);
    for n in 0..25 {
        world.site.delete(&format!("content/articles/n{n}.md"));
    }
    refused(
        &world,
        &["live"],
        "59 files would be removed, and the limit is 40; pass `--max-deletions 59` to allow it",
    );
    refused(&world, &["live"], "the site has shrunk from");
    refused(
        &world,
        &["live", "--max-deletions", "58"],
        "59 files would be removed, and the limit is 58",
    );
    world.publish(&["live", "--max-deletions", "59"]).expect(0);
    let articles = world.site.path().join("content/articles");
    std::fs::remove_dir_all(articles).unwrap();
    world.site.delete("static/landing.html");
    refused(&world, &["live", "--max-deletions", "100"], "the site has no page of its own");
}

#[test]
fn a_preview() {
    let world = World::new();
    let run = world
        .site
        .run(&["publish", "live", "--yes"], &[("SOURCE_DATE_EPOCH", "4000000000")])
        .expect(5);
    assert!(run.stderr.contains("this would be a preview"), "{}", run.stderr);
    assert!(world.www().is_empty());
}

#[test]
fn another_site_at_the_target() {
    let world = World::new();
    world.publish(&["live"]).expect(0);
    let config =
        "title: Other\nbase_url: https://other.example/\npublish: {live: \"dir:../www\"}\n";
    world.site.edit("content/site.yaml", config);
    refused(
        &world,
        &["live"],
        "the target holds the site of https://example.org/, and this is the site of https://other.example/",
    );
    world.publish(&["live", "--adopt"]).expect(0);
}

#[test]
fn secrets_and_drafts_are_published_nowhere() {
    let world = World::new();
    crate::git::repository(&world, "pages.git");
    let sentence = "Nobody may read this sentence before it is ready to be read.";
    let key =
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", "MIIE".repeat(20));
    let token = format!("ghp_{}", "a1".repeat(18));
    for (path, text, reason) in [
        ("static/backup.p12", "x", "`backup.p12` looks like a secret"),
        ("static/notes.txt", &*key, "`notes.txt` looks like a secret: it holds a private key"),
        (
            "static/app.js",
            &format!("let token = '{token}'"),
            "`app.js` looks like a secret: it holds what looks like",
        ),
        (
            "static/search.json",
            &format!("[\"{sentence}\"]"),
            "`search.json` holds text of `content/articles/draft.md`",
        ),
        ("static/feed.xml", &format!("<entry>{sentence}</entry>"), "`feed.xml` holds text of"),
        (
            "static/chart.svg",
            &format!("<svg><text>{sentence}</text></svg>"),
            "`chart.svg` holds text of",
        ),
        (
            "static/articles/draft/index.html",
            "<p>x</p>",
            "`articles/draft/index.html` holds text of",
        ),
    ] {
        world.site.edit(path, text);
        refused(&world, &["live"], reason);
        let run = world.publish(&["pages"]).expect(5);
        for stream in [&run.stdout, &run.stderr] {
            assert!(
                !stream.contains(&token) && !stream.contains("MIIE") && !stream.contains(sentence),
                "{stream}"
            );
        }
        world.site.delete(path);
    }
    // A value of the environment.
    world.site.edit("static/build.json", "{\"key\": \"correct horse battery\"}");
    let env =
        [("SOURCE_DATE_EPOCH", crate::world::EPOCH), ("DEPLOY_TOKEN", "correct horse battery")];
    let run = world.site.run(&["publish", "live", "--yes"], &env).expect(5);
    assert!(run.stderr.contains("it holds a credential of this environment"), "{}", run.stderr);
    assert!(!run.stderr.contains("horse"));
    world.site.delete("static/build.json");

    // What is no secret can be said to be none.
    world.site.edit("static/app.js", &format!("let example = '{token}'"));
    world.publish(&["live", "--allow", "app.js"]).expect(0);
    world.publish(&["pages", "--allow", "app.js"]).expect(0);
    for (path, bytes) in crate::support::tree(&world.root()) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            path.starts_with("site/content/") || !text.contains(sentence),
            "{path} holds the draft"
        );
    }
}

/// Any eight words of a draft, however they are written, in a file of any kind.
#[test]
fn words_of_what_is_not_public() {
    let world = World::new();
    // What is left of a draft is what no public page says.
    world.site.edit(
        "content/articles/later.md",
        "---\ntitle: The harbour closes for good next winter\npublished: 2030-01-01\n---\n\nThe council met [[stays]] in \
         secret and *agreed* to sell the old harbour to a company \u{201c}from abroad\u{201d} \u{2014} for a\nfifth of its price.\n\n\
         As it is.\n\n評議会は古い港を外国の会社に売却することを非公開の会合で決めた。\n",
    );
    let page = "`content/articles/later.md`, which is not public yet";
    let words = "in secret and agreed to sell the old harbour to a company";
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let rows: [(&str, Vec<u8>); 24] = [
        ("a.txt", words.into()),
        ("b.txt", words.to_uppercase().into()),
        ("c.txt", words.replace(' ', "\n\n   ").into()),
        ("d.html", words.replace(' ', "&nbsp;").into()),
        ("e.html", format!("<p>{}</p>", words.replace(' ', "</span> <span>")).into()),
        ("f.html", words.replace(' ', "<br>").into()),
        ("g.html", words.replace("harbour", "har<b>bo</b>ur").into()),
        (
            "h.html",
            words.chars().map(|c| format!("&#{};", u32::from(c))).collect::<String>().into(),
        ),
        ("i.json", format!("[\"{}\"]", words.replace('e', "\\u0065")).into()),
        ("j.js", format!("x='{}'", words.replace("sell", "sell,\\n")).into()),
        ("k.csv", words.replace(' ', ";").into()),
        ("l.xml", format!("<![CDATA[{words}]]>").into()),
        ("m.svg", format!("<svg xmlns=\"x\"><desc>{words}</desc></svg>").into()),
        ("n.html", format!("<img alt=\"{words}\" src=\"\">").into()),
        ("o.html", format!("<!-- {words} -->").into()),
        ("p.jpg", [b"\xff\xd8\xff\xfe\x00\x60", words.as_bytes(), b"\xff\xdb\x9d"].concat()),
        ("q.pdf", format!("%PDF-1.7\n({})Tj", words.replace("company", "com\\\npany")).into()),
        ("r.txt", [b"\xff\xfe".to_vec(), utf16(words)].concat()),
        ("s.txt", format!("?q={}", words.replace(' ', "%20")).into()),
        ("t.md", words.replace(' ', " **").replace("agreed", "agreed\u{ad}").into()),
        ("u.txt", "to a company from abroad for a fifth of its price".into()),
        ("v.txt", "x The Harbour Closes for Good next Winter x".into()),
        ("w.html", "<p>外国の会社に売却することを<b>非公開</b>の会合".into()),
        ("x.txt", "published: 2030-01-01 The council met [[stays]] in secret and".into()),
    ];
    for (path, bytes) in rows {
        let place = world.site.path().join("static").join(path);
        std::fs::write(&place, bytes).unwrap();
        refused(&world, &["live"], &format!("`{path}` holds text of {page}"));
        std::fs::remove_file(place).unwrap();
    }
    // Seven words are not enough, and what a public page says is public.
    world.site.edit("static/few.txt", "the old harbour to a company. Gone. As it is. Hidden.");
    world.publish(&["live"]).expect(0);
    world.site.edit(
        "content/articles/stays.md",
        &format!("---\ntitle: Stays\n---\n\nThey met {words}.\n"),
    );
    world.site.edit("static/few.txt", words);
    world.publish(&["live"]).expect(0);
}

/// What an editor notes in a comment is for nobody else, wherever the comment stands.
#[test]
fn comments_of_editors() {
    let world = World::new();
    let note = "ask the lawyers whether we may name the witness before Friday";
    world.site.edit(
        "content/articles/stays.md",
        &format!("---\ntitle: Stays\npublished: 2025-06-01\n---\n\nAs it is. <!-- {note} -->\n\n<!-- witness protection programme\nunconfirmed -->\n"),
    );
    world.publish(&["live"]).expect(0);
    for (path, text) in [
        ("a.txt", note.to_owned()),
        ("b.json", format!("{{\"body\": \"As it is. <!-- {note} -->\"}}")),
        ("c.html", format!("<!-- {} -->", note.to_uppercase())),
        ("d.html", note.replace(' ', "&#32;")),
        ("e.txt", "the witness protection programme: unconfirmed".to_owned()),
    ] {
        world.site.edit(&format!("static/{path}"), &text);
        let reason = format!("`{path}` holds an editor's comment of `content/articles/stays.md`");
        refused(&world, &["live"], &reason);
        if path == "e.txt" {
            world.publish(&["live", "--allow", path]).expect(0);
        }
        world.site.delete(&format!("static/{path}"));
    }
    // A page that explains comments shows one.
    world.site.edit(
        "content/articles/stays.md",
        &format!("---\ntitle: Stays\n---\n\n```html\n<!-- {note} -->\n```\n"),
    );
    world.publish(&["live"]).expect(0);
}

/// Values of the environment, by the names of their variables.
#[test]
fn values_of_the_environment() {
    let world = World::new();
    for (name, value, text) in [
        ("DB_PASSWORD", "pferd-7<", "<p>pferd-7&lt;</p>"),
        ("API_KEY", "a\"b\\c&d\u{e9}", "{\"key\": \"a\\\"b\\\\c&d\\u00e9\"}"),
        ("SMTP_PASS", "Kestrel8", "It is Kestrel8."),
        ("DATABASE_URL", "postgres:x", "postgres:x"),
    ] {
        world.site.edit("static/a.html", text);
        let env = [("SOURCE_DATE_EPOCH", crate::world::EPOCH), (name, value)];
        let run = world.site.run(&["publish", "live", "--yes"], &env).expect(5);
        assert!(
            run.stderr.contains("it holds a credential of this environment"),
            "{name}: {}",
            run.stderr
        );
        assert!(!run.stderr.contains(value), "{}", run.stderr);
    }
    let env = [
        ("SOURCE_DATE_EPOCH", crate::world::EPOCH),
        ("KEY_TYPE", "Kestrel8"),
        ("PWD", "It is Kestrel8."),
    ];
    world.site.edit("static/a.html", "It is Kestrel8.");
    world.site.run(&["publish", "live", "--yes"], &env).expect(0);
}

/// The site that comes with the program has nothing that looks like a secret, or like a draft of its own.
#[test]
fn the_shipped_site_is_not_refused() {
    let world = World::new();
    for folder in ["content", "static"] {
        std::fs::remove_dir_all(world.site.path().join(folder)).unwrap();
    }
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for (path, bytes) in crate::support::tree(&shipped) {
        world.site.edit(&format!("content/{path}"), std::str::from_utf8(&bytes).unwrap());
    }
    world.publish(&["dir:../www"]).expect(0);
    assert!(world.www().len() > 30);
}

/// A film that only a draft shows is not public either, nor is what lies beside it; each is named.
#[test]
fn a_film_of_a_draft() {
    let world = World::new();
    let draft =
        "---\ntitle: Hidden\nstatus: draft\n---\n\n![A film](/df.mp4) ![Sound](/said.mp3)\n";
    world.site.edit("content/articles/draft.md", draft);
    for name in ["df.mp4", "df.png", "said.mp3"] {
        world.site.edit(&format!("static/{name}"), "x");
    }
    for name in ["df.vtt", "df.ja.vtt", "other.vtt"] {
        let captions = "WEBVTT\n\n00:00.000 --> 00:01.000\nx\n";
        world.site.edit(&format!("static/{name}"), captions);
    }
    let run = world.publish(&["live"]).expect(5);
    for said in [
        "`df.mp4` is a film of `content/articles/draft.md`",
        "`df.png` is a picture of `content/articles/draft.md`",
        "`df.vtt` has captions of `content/articles/draft.md`",
        "`df.ja.vtt` has captions of `content/articles/draft.md`",
        "`said.mp3` is a recording of `content/articles/draft.md`",
    ] {
        assert!(run.stderr.contains(said), "{said}\n{}", run.stderr);
    }
    assert!(!run.stderr.contains("other.vtt"), "{}", run.stderr);
    let run = world.publish(&["live", "--allow", "df.mp4", "--allow", "said.mp3"]).expect(5);
    assert!(run.stderr.contains("`df.vtt`"), "{}", run.stderr);
    let shown = "---\ntitle: Shown\n---\n\n![A film](/df.mp4) ![Sound](/said.mp3)\n";
    world.site.edit("content/articles/shown.md", shown);
    world.publish(&["live"]).expect(0);
}

/// A picture that only a draft shows is not public either; one that a page or a style shows too is.
#[test]
fn a_picture_of_a_draft() {
    let world = World::new();
    let draft = "---\ntitle: Hidden\nstatus: draft\nimage: {src: /img/front.svg, alt: x}\n---\n\n\
                 ![A map](</img/map é.svg>) ![A sign](/img/sign.svg)\n\n![Beside](beside.svg)\n";
    world.site.delete("content/articles/draft.md");
    world.site.edit("content/articles/draft/index.md", draft);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for path in ["static/img/front.svg", "static/img/map é.svg", "static/img/sign.svg"] {
        world.site.edit(path, svg);
    }
    world.site.edit("content/articles/draft/beside.svg", svg);
    world.site.edit("static/signs.css", "a { background: url(../img/sign.svg) }");
    refused(&world, &["live"], "`img/front.svg` is a picture of `content/articles/draft/index.md`");
    refused(&world, &["live"], "`img/map é.svg` is a picture of");
    let run = world.publish(&["live"]).expect(5);
    assert!(
        !run.stderr.contains("sign.svg") && !run.stderr.contains("beside.svg"),
        "{}",
        run.stderr
    );
    world.publish(&["live", "--allow", "img/front.svg"]).expect(5);
    world.publish(&["live", "--allow", "img/front.svg", "--allow", "img/map é.svg"]).expect(0);
    assert!(!world.www().contains_key("articles/draft/beside.svg"));
    // With the page its pictures are public.
    world.site.edit("content/articles/draft/index.md", &draft.replace("status: draft\n", ""));
    world.publish(&["live"]).expect(0);
    assert!(world.www().contains_key("articles/draft/beside.svg"));
}

/// A page and its translations share a folder: the public ones have their files there, a hidden one keeps its own back.
#[test]
fn a_picture_of_a_hidden_translation() {
    let world = World::new();
    let config = "title: Talks\nbase_url: https://example.org/\nlanguages: {en: {}, ja: {}}\n\
                  publish: {live: \"dir:../www\"}\n";
    world.site.edit("content/site.yaml", config);
    let page = "---\ntitle: Boats\n---\n\n![A boat](a.png) and [the plan](plan.pdf).\n";
    let hidden = "---\ntitle: 船\nHOLD\nimage: {src: front.png, alt: x}\n---\n\n![x](a.png) ![x](plan%20b.png) \
                  ![x](/articles/pic/c.png) [x](d.png) ![x](e.png) ![x](f.png) ![x](more/g.png)\n";
    world.site.edit("content/articles/pic/index.md", page);
    let other = "---\ntitle: Other\n---\n\n![x](pic/e.png) ![x](/articles/pic/f.png)\n";
    world.site.edit("content/articles/other.md", other);
    let names = ["a.png", "front.png", "plan b.png", "c.png", "d.png", "e.png", "f.png"];
    for name in names.into_iter().chain(["more/g.png", "unnamed.png", "plan.pdf"]) {
        world.site.edit(&format!("content/articles/pic/{name}"), "x");
    }
    let sent = |world: &World| -> Vec<String> {
        let below = |path: String| Some(path.strip_prefix("articles/pic/")?.to_owned());
        let mut sent: Vec<_> = world.www().into_keys().filter_map(below).collect();
        sent.sort();
        sent
    };
    for hold in ["status: draft", "published: 2099-01-01"] {
        world.site.edit("content/articles/pic/index.ja.md", &hidden.replace("HOLD", hold));
        world.publish(&["live"]).expect(0);
        let public = ["a.png", "e.png", "f.png", "index.html", "plan.pdf", "unnamed.png"];
        assert_eq!(sent(&world), public, "{hold}");
    }
    world.site.edit("content/articles/pic/index.ja.md", &hidden.replace("HOLD\n", ""));
    world.publish(&["live"]).expect(0);
    assert_eq!(sent(&world).len(), 11);
}

#[test]
fn a_credential_in_the_file_is_shown_nowhere() {
    let world = World::new();
    for target in [
        "{to: \"git:https://me:hunter2secret@example.org/x.git#pages\"}",
        "{to: \"dir:../www\", token: hunter2secret, wait: nonsense}",
        "{to: \"dir:../www\", url: \"https://me:hunter2secret@example.org/\"}",
    ] {
        world
            .site
            .edit("content/site.yaml", &format!("title: Talks\npublish:\n  live: {target}\n"));
        for run in [
            world.publish(&["live"]).expect(5),
            world.site.build(&[]).expect(1),
            world.site.build(&["--format", "json"]).expect(1),
        ] {
            assert!(
                run.stderr.contains("literal-credential")
                    || run.stdout.contains("literal-credential"),
                "{}",
                run.stderr
            );
            assert!(
                !run.stderr.contains("hunter2secret") && !run.stdout.contains("hunter2secret"),
                "{}",
                run.stderr
            );
        }
    }
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let world = World::new();
    let run = world.run(&["live"]).expect(5);
    assert!(run.stderr.contains("pass `--yes`"), "{}", run.stderr);
    assert!(world.www().is_empty());
    world.publish(&["live"]).expect(0);
    world.run(&["live"]).expect(0);
    world.change();
    world.run(&["live", "--dry-run"]).expect(0);
    world.run(&["diff", "live"]).expect(0);
    world.run(&["live"]).expect(5);
}

/// What a host would refuse is known before anything is sent.
#[test]
fn a_file_that_the_host_does_not_take() {
    let world = World::new();
    let config = "title: Talks\nhosts: [cloudflare]\npublish:\n  live: \"dir:../www\"\n";
    world.site.edit("content/site.yaml", config);
    world.site.write("static/report.zip", &vec![0; 25 * 1024 * 1024]);
    let run = world.run(&["live", "--dry-run"]).expect(0);
    assert!(!run.stderr.contains("host-limit"), "{}", run.stderr);
    world.site.write("static/report.zip", &vec![0; 25 * 1024 * 1024 + 1]);
    let run = world.run(&["live", "--dry-run"]).expect(0);
    let expected = "warning[host-limit]: `report.zip` has 26214401 bytes, where the free plan of Cloudflare takes \
                    26214400 in a file, and would refuse the site";
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    assert!(run.stderr.contains("--> static/report.zip"), "{}", run.stderr);
    world
        .site
        .edit("content/site.yaml", &format!("{config}check: {{levels: {{host-limit: error}}}}\n"));
    refused(&world, &["live"], "nothing was published: 1 error");
}
