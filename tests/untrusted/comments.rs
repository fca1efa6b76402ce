//! What an author writes in a comment is in no byte of a page, wherever the comment stands; what code shows is there.

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use briefing::engine::{Engine, Rendered};

use super::fields::{self, Marks};
use super::{Files, built_from, known};

/// Stands in comments alone.
const SECRET: &str = "zqsecret";

/// Stands in code alone.
const SHOWN: &str = "zqshown";

/// The bytes of every page of a site, and the problems that stop it.
fn outputs(engine: &mut Engine, files: &Files) -> (String, Vec<String>) {
    let mut all = String::new();
    let diagnostics = built_from(engine, files, &mut |output, content| {
        all.push_str(output.path.as_str());
        if let Rendered::Text(text) = content {
            all.push_str(text);
        }
    });
    let told = diagnostics.iter().filter(|found| found.code.as_str() == "comment-end");
    (all, told.map(|found| format!("{}: {}", found.span.file, found.message)).collect())
}

#[test]
fn in_every_field() {
    let mut engine = Engine::once();
    for comment in [
        "<!-- zqsecret -->",
        "a <!-- zqsecret\n\n| zqsecret -->",
        "<!-- ` zqsecret -->b ",
        "%% zqsecret %%",
        "a %%zqsecret\n\n| zqsecret%%",
        "%% ` zqsecret %%b ",
    ] {
        for round in 0.. {
            let site = super::Filled::new(comment, round, &mut Marks::default());
            let (all, told) = outputs(&mut engine, &site.files);
            let at = all.find(SECRET);
            let around = at.map(|at| &all[all.floor_char_boundary(at.saturating_sub(200))..at]);
            assert_eq!(around, None, "{comment:?}");
            assert_eq!(told, [""; 0]);
            if !site.more {
                break;
            }
        }
    }
}

#[test]
fn in_every_place_of_a_text() {
    let mut engine = Engine::once();
    for comment in [
        "<!-- zqsecret -->",
        "a <!-- zqsecret\n\n| ``` zqsecret --> b",
        "<!-- zqsecret\n> - zqsecret --> b",
        "%%zqsecret%%",
        "a %% zqsecret\n\n| ``` zqsecret %% b",
        "%% zqsecret\n> - zqsecret %% b",
    ] {
        let mut files = known();
        for (number, slot) in super::bodies::SLOTS.iter().enumerate() {
            // Code shows it, and so does a character that a backslash takes its meaning from.
            let shows = ["`` @@ ``", "```\n@@\n```", "    @@", "\\@@"].contains(&slot.text);
            if shows || slot.text == "<!-- @@ -->" {
                continue;
            }
            let text = slot.text.replace("@@", comment);
            let folder = ["pages", "articles", "faq", "topics"][number % 4];
            let file = format!("content/{folder}/slot-{number}.md");
            files.insert(file, format!("---\ntitle: Slot\n---\n{text}\n"));
        }
        for trust in ["untrusted", "trusted"] {
            let settings = format!("title: A\ncontent_trust: {trust}\n");
            files.insert("content/site.yaml".into(), settings);
            let (all, told) = outputs(&mut engine, &files);
            let at = all.find(SECRET);
            let around = at.map(|at| &all[all.floor_char_boundary(at.saturating_sub(200))..at]);
            assert_eq!(around, None, "{comment:?}");
            assert_eq!(told, [""; 0]);
        }
    }
}

/// What may stand in a comment.
fn any_comment() -> impl Strategy<Value = String> {
    let part = proptest::sample::select(&[
        SECRET,
        " ",
        "\n",
        "\n\n",
        " | ",
        "`",
        "``",
        "\n```\n",
        "\n~~~\n",
        "\n- ",
        "\n> ",
        "\n# ",
        "\n    ",
        "<div>",
        "</div>",
        "\n<script>",
        "</script>",
        "--",
        "->",
        "<!-",
        "\\",
        "[",
        "]",
        "](",
        ")",
        "**",
        "*",
        "_",
        "\"",
        "'",
        "\n---\n",
        "\n===\n",
        "\n|---|---|\n",
        "&amp;",
        "é日",
        "[^n]: ",
        "\n: ",
        "{#x}",
        "--!>",
        "- ->",
        "\n-\n",
        "  \n",
    ]);
    let parts = proptest::collection::vec(part, 0..8);
    (parts, any::<bool>()).prop_map(|(parts, is_note)| {
        let mut inside = parts.concat();
        for mark in ["-->", "<!--"] {
            while inside.contains(mark) {
                inside = inside.replace(mark, "");
            }
        }
        // What stands before and behind it must not make a mark of it.
        match is_note {
            true => format!("%% {inside} {SECRET} %%"),
            false => format!("<!-- {inside} {SECRET} -->"),
        }
    })
}

/// A run of text with comments in it.
fn any_line() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => any_comment(),
        2 => proptest::sample::select(&["word", " ", "*em*", " **strong** ", "`code`", "``a ` b``", "é", ", "])
            .prop_map(str::to_owned),
        1 => Just(format!("`{SHOWN}<!-- {SHOWN} -->`")),
        1 => any_comment().prop_map(|comment| format!("[a {comment} b](https://known.example/ \"c {comment}\")")),
        1 => any_comment().prop_map(|comment| format!("![a {comment}](https://known.example/a.png)")),
        1 => any_comment().prop_map(|comment| format!("[[known-1|a {comment}]]")),
    ];
    proptest::collection::vec(part, 1..5).prop_map(|parts| parts.concat())
}

/// Blocks around lines, some levels deep.
fn any_block() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        5 => any_line(),
        1 => any_line().prop_map(|line| format!("## {line}")),
        1 => (any_line(), any_line()).prop_map(|(a, b)| format!("{a}\n{b}")),
        1 => (any_comment(), any_comment())
            .prop_map(|(a, b)| format!("| a {a} | b |\n|---|---|\n| c | d {b} |")),
        1 => (any_line(), any::<u32>())
            .prop_map(|(line, n)| format!("Note.[^{n}]\n\n[^{n}]: {line}")),
        1 => any_comment(),
        1 => Just(format!("```\n{SHOWN} <!-- {SHOWN}\n\n{SHOWN} -->\n```")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let inside = |first: &'static str, rest: &'static str| {
            move |block: String| {
                let lines = block.lines().enumerate().map(|(number, line)| match number {
                    0 => format!("{first}{line}"),
                    _ => format!("{rest}{line}"),
                });
                lines.collect::<Vec<_>>().join("\n")
            }
        };
        prop_oneof![
            inner.clone().prop_map(inside("> ", "> ")),
            inner.clone().prop_map(inside("- ", "  ")),
            inner.clone().prop_map(inside("1. ", "   ")),
            inner.clone().prop_map(inside("Term\n: ", "  ")),
            inner.clone().prop_map(inside("> [!NOTE] T\n> ", "> ")),
            inner.clone().prop_map(|block| format!("<div>\n\n{block}\n\n</div>")),
            proptest::collection::vec(inner, 2..4).prop_map(|blocks| blocks.join("\n\n")),
        ]
    })
}

/// A text in a block of YAML.
fn literal(text: &str, depth: usize) -> String {
    let indent = " ".repeat(depth);
    let lines = text.lines().map(|line| format!("{indent}{line}\n"));
    format!("|{}\n{}", 2, lines.collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        max_shrink_iters: 100,
        ..ProptestConfig::with_cases(60)
    })]

    #[test]
    fn in_any_nesting(blocks in proptest::collection::vec(any_block(), 1..4), trusted in any::<bool>()) {
        let body = blocks.join(&format!("\n\n    {SHOWN} <!-- {SHOWN}\n\n    {SHOWN} -->\n\n"));
        let quoted = fields::quoted(&body.replace('\0', ""));
        let mut files = known();
        let trust = if trusted { "trusted" } else { "untrusted" };
        files.insert("content/site.yaml".into(), format!("title: A\ncontent_trust: {trust}\n"));
        let article = format!(
            "---\ntitle: A\npublished: 2025-01-01\nimage: {{src: 'https://known.example/a.png', alt: A, caption: {quoted}}}\n\
             key_points: [{quoted}]\nchanges: [{{date: 2025-01-02, note: {quoted}}}]\n\
             players: [{{player: known-1, position: {quoted}}}]\nfaq:\n  - q: Why?\n    a: {}---\n{body}\n\nEnd.[^n]\n",
            literal(&body, 6),
        );
        files.insert("content/articles/a.md".into(), article);
        files.insert("content/faq/b.md".into(), format!("---\ntitle: B\n---\n## Q?\n\n{body}\n\nEnd.[^n] Known 1.\n"));
        files.insert("content/players/p.md".into(), format!("---\nname: P\n---\n{body}\n\nEnd.[^n]\n"));
        let (all, told) = outputs(&mut Engine::once(), &files);
        prop_assert!(!all.contains(SECRET), "{body}\n\n{all}");
        prop_assert!(told.is_empty(), "{told:?}\n{body}");
        // What is shown is shown in the body of each page, and in each field that has blocks.
        let count = body.matches(SHOWN).count();
        prop_assert!(all.matches(SHOWN).count() >= 3 * count, "{body}\n\n{all}");
    }
}
