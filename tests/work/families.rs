//! The families: what they are called, a size, and the files of a site of a size.

use std::collections::BTreeMap;

/// Paths and texts.
pub(crate) type Files = BTreeMap<String, String>;

type Family = (&'static str, usize, fn(usize) -> Files);

/// What a site is made of whose size is a number of repetitions.
pub(crate) const FAMILIES: &[Family] = &[
    ("one page that is gone, many links", 60, |n| {
        pages(n, |at| format!("---\ntitle: A{at}\n---\n[[gone]] [x](/gone/) [y](gone.md)\n"))
    }),
    ("many pages that are gone", 60, |n| {
        pages(n, |at| {
            let gone = format!("{}-{}", word(at), word(at + 7));
            format!("---\ntitle: A{at}\n---\n[[{gone}]] [x](/articles/{gone}/)\n")
        })
    }),
    ("a long anchor", 500, |n| {
        body(format!("## {}\n\n[a](#{}b) [c](#{})", "a".repeat(n), "a".repeat(n), "b".repeat(n)))
    }),
    ("anchors that are not there", 100, |n| {
        let heads = many(n, |at| format!("## {}\n\n", word(at)));
        body(heads + &many(n, |at| format!("[a](#{}x) ", word(at))))
    }),
    ("a name repeated", 500, |n| body("Marco Rubio ".repeat(n))),
    ("a family name repeated", 500, |n| body("Rubio ".repeat(n))),
    ("another case repeated", 500, |n| body("marco rubio ".repeat(n))),
    ("near misses in one paragraph", 200, |n| body("Marco Rubbio and ".repeat(n))),
    ("near misses in many", 200, |n| body("Marco Rubbio said.\n\n".repeat(n))),
    ("another order", 200, |n| body("Rubio Marco, ".repeat(n))),
    ("a title for a name", 200, |n| body("General Nakatani said. ".repeat(n))),
    ("slips of a lone name", 200, |n| {
        body("Gen Nakatani. ".to_string() + &many(n, |at| format!("Nakatan{} ", word(at))))
    }),
    ("words after many lone names", 150, |n| {
        let mut files = namesakes(n);
        let text = many(n, |at| format!("John {}. ", capital(at)))
            + &many(n, |at| format!("{}s and ", capital(at + 5000)));
        files.extend(body(text));
        files
    }),
    ("joined by hyphens", 500, |n| body("Marco Rubio-".repeat(n))),
    ("joined by slashes", 500, |n| body("Rubio/".repeat(n))),
    ("addresses", 500, |n| body("x@Rubio.".repeat(n))),
    ("mail without end", 500, |n| body("a@".repeat(n))),
    ("schemes without end", 500, |n| body("http://".repeat(n))),
    ("brackets without end", 300, |n| body("[a](".repeat(n))),
    ("tags without end", 300, |n| body("{{ ^[ {: ".repeat(n))),
    ("pipes in a row", 300, |n| body(format!("| a |\n|---|\n| [[{} |\n", "|".repeat(n)))),
    ("rows that lack cells", 300, |n| {
        body("| a | b |\n|---|---|\n".to_owned() + &"| a |\n".repeat(n))
    }),
    ("definitions that no link uses", 200, |n| body(many(n, |at| format!("[{}]: /x\n", word(at))))),
    ("labels that nothing defines", 100, |n| {
        body(
            many(n, |at| format!("[the text][{}]\n", word(at)))
                + &many(n, |at| format!("\n[{}y]: /x\n", word(at + 50))),
        )
    }),
    ("unknown citations", 300, |n| body(many(n, |at| format!("[^{}] ", word(at))))),
    ("unknown figures", 300, |n| body(many(n, |at| format!("[[fact:{}]] ", word(at))))),
    ("unknown players", 300, |n| body(many(n, |at| format!("[[player:{}]] ", word(at))))),
    ("pictures that are not there", 300, |n| body(many(n, |at| format!("![a]({at}.png) ")))),
    ("strangers with a given name", 60, |n| {
        let mut files = namesakes(n);
        files.extend(body(many(n, |at| format!("John {} and ", capital(at + 5000)))));
        files
    }),
    ("a family name that many have", 60, |n| {
        let mut files = players(n, |at| format!("{} Smith", capital(at)));
        files.extend(body("Smith met General Smith. ".repeat(n)));
        files
    }),
    ("a name that many have", 60, |n| {
        let mut files = players(n, |_| "John Smith".into());
        files.extend(body("John Smith said. ".repeat(n)));
        files
    }),
    ("many players in one paragraph", 150, |n| {
        let mut files = namesakes(n);
        files.extend(body(many(n, |at| format!("{} and John {} and ", word(at), capital(at)))));
        files
    }),
    ("phrases that are never a name", 60, |n| {
        let never = many(n, |at| format!("- Rubio {}\n", word(at)));
        let mut files = body(many(n, |at| format!("Rubio {} ", word(at))));
        files.insert(
            "content/players/marco-rubio.md".into(),
            format!("---\nname: Marco Rubio\nkind: person\nnever:\n{never}---\n"),
        );
        files
    }),
    ("redirects of two pages", 100, |n| {
        let list = many(n, |at| format!("- /r{at}/\n"));
        pages(2, |at| format!("---\ntitle: A{at}\nredirect_from:\n{list}---\nx\n"))
    }),
    ("one redirect of many pages", 60, |n| {
        pages(n, |at| format!("---\ntitle: A{at}\nredirect_from: /old/\n---\nx\n"))
    }),
    ("figures with mistakes", 100, |n| {
        let fact = |at| format!("f{at}: {{value: {at}, unit: '%', labl: x, source: s{at}}}\n");
        file("content/facts.yaml", many(n, fact))
    }),
    ("sources with mistakes", 100, |n| {
        let source = |at| format!("s{at}: {{titel: T, url: 'javascript:x'}}\n");
        file("content/sources.yaml", many(n, source))
    }),
    ("figures in a table", 100, |n| {
        let mut files =
            body("| a |\n|---|\n".to_string() + &many(n, |at| format!("| [[fact:f{at}]] |\n")));
        files
            .insert("content/facts.yaml".into(), many(n, |at| format!("f{at}: {{value: {at}}}\n")));
        files
    }),
    ("settings with unknown keys", 100, |n| {
        file("content/site.yaml", many(n, |at| format!("{}: 1\n", word(at))))
    }),
    ("aliases", 100, |n| {
        let aliases = many(n, |at| format!("- the {}\n- {}\n", word(at), "the"));
        file(
            "content/players/p.md",
            format!("---\nname: Some One\nkind: person\naliases:\n{aliases}---\n"),
        )
    }),
    ("events with mistakes", 60, |n| {
        let events = "- {date: 20x0, title: e}\n".repeat(n);
        file("content/articles/b.md", format!("---\ntitle: A\nevents:\n{events}---\nx\n"))
    }),
    ("topics without a page", 60, |n| {
        pages(n, |at| format!("---\ntitle: A{at}\ntopics: [t{}, u{at}]\n---\nx\n", at % 40))
    }),
    ("footnotes", 200, |n| {
        let notes = many(n, |at| format!("[^{at}]: a\n\n"));
        body(many(n, |at| format!("a[^{at}] ")) + "\n\n" + &notes)
    }),
    ("one footnote, many times", 300, |n| body("a[^1] ".repeat(n) + "\n\n[^1]: a")),
    ("headings of one text", 200, |n| body("## A\n\n".repeat(n))),
    ("anchors that are taken", 200, |n| body("## A {#a}\n\n".repeat(n))),
    ("nested lists", 500, |n| body("- ".repeat(n))),
    ("links in one line", 300, |n| body("[[marco-rubio]] ".repeat(n))),
    ("dead links in one line", 200, |n| body(many(n, |at| format!("[a](/dead-{at}/) ")))),
    ("one dead link, many times", 200, |n| body("[a](/dead/) ".repeat(n))),
    ("raw HTML", 300, |n| body("<b>x</b> <div> ".repeat(n))),
    ("styles and wrong ends in trusted HTML", 200, |n| {
        let mut files = body("<style>x</style><ul>".repeat(n) + &"</table>".repeat(n));
        files.insert("content/site.yaml".into(), "content_trust: trusted\n".into());
        files
    }),
    ("pages that cannot be read", 60, |n| {
        let mut files = pages(n, |at| format!("---\ntitle: [A{at}\n---\nx\n"));
        files.extend(body(many(n, |at| format!("[[p{at}]] "))));
        files
    }),
    ("questions", 100, |n| {
        let asked = many(n, |at| format!("## Why {at}?\n\nSo.\n\n## Why?\n\n"));
        file("content/faq/q.md", format!("---\ntitle: Q\n---\n{asked}"))
    }),
    ("words between names", 300, |n| body("Marco Rubio met Ann Smith. ".repeat(n))),
];

fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

fn file(path: &str, text: String) -> Files {
    Files::from([(path.to_string(), text)])
}

/// An article, and two players that it may name.
fn body(text: String) -> Files {
    let mut files = file("content/articles/a.md", format!("---\ntitle: A\n---\n{text}\n"));
    for (id, name) in [("marco-rubio", "Marco Rubio"), ("gen-nakatani", "Gen Nakatani")] {
        files.insert(format!("content/players/{id}.md"), player(name));
    }
    files
}

fn pages(count: usize, text: impl Fn(usize) -> String) -> Files {
    (0..count).map(|at| (format!("content/articles/p{at}.md"), text(at))).collect()
}

fn players(count: usize, name: impl Fn(usize) -> String) -> Files {
    (0..count).map(|at| (format!("content/players/p{at}.md"), player(&name(at)))).collect()
}

fn namesakes(count: usize) -> Files {
    players(count, |at| format!("John {}", capital(at)))
}

fn player(name: &str) -> String {
    format!("---\nname: {name}\nkind: person\n---\n")
}

/// A word of eight letters, another for each number.
fn word(at: usize) -> String {
    let mut left = at.wrapping_mul(2_654_435_761) % 1_000_000_007;
    let mut word = String::new();
    for _ in 0..4 {
        word.push(char::from(b"bcdfghklmnprst"[left % 14]));
        left /= 14;
        word.push(char::from(b"aeiou"[left % 5]));
        left /= 5;
    }
    word
}

fn capital(at: usize) -> String {
    let word = word(at);
    word[..1].to_uppercase() + &word[1..]
}
