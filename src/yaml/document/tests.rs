//! Front matter that is right, wrong, and wrong in many places at once.

use serde_json::json;

use super::YamlDocument;
use crate::base::LineIndex;
use crate::diag::Code;
use crate::yaml::{
    Entries, Extra, FieldPath, FromYaml, OneOrMany, Parsed, Text, TextOr, fields, mapping,
};

mod mutations;
mod notation;

mapping! {
    /// A document with a field of every kind.
    #[derive(PartialEq)]
    Article {
        /// What the page
        /// is called.
        title: Text,
        summary: Text,
        order: i64,
        autolink: bool,
        #[schemars(extend("x-type" = "id such as `Q17`"))]
        wikidata: Text,
        topics: OneOrMany<Text>,
        players: OneOrMany<TextOr<Player>>,
        facts: Entries<Fact>,
        ids: Entries<Text>,
        image: Image,
        extra: Extra,
    }
}

mapping! {
    #[derive(PartialEq)]
    Player {
        player: Text,
        /// As a list or alone.
        roles: OneOrMany<Text>,
        weight: i64,
    }
}

mapping! {
    #[derive(PartialEq)]
    Fact {
        value: TextOr<Range>,
        unit as "in": Text,
    }
}

mapping! {
    #[derive(PartialEq)]
    Range {
        low: Text,
        high: Text,
    }
}

mapping! {
    #[derive(PartialEq)]
    Image {
        src: Text,
    } never {
        password,
    }
}

fn parse<T: FromYaml + Default>(text: &str) -> Parsed<T> {
    YamlDocument::read(text, 1).parse()
}

fn list<T>(items: impl IntoIterator<Item = T>) -> OneOrMany<T> {
    OneOrMany(items.into_iter().enumerate().collect())
}

/// One line per problem: place, the text there, code and message, then a line per help.
fn shown<T>(text: &str, parsed: &Parsed<T>) -> String {
    let index = LineIndex::new(text);
    let mut out = String::new();
    for problem in &parsed.problems {
        let place = index.position(problem.span.start);
        let (line, column) = (place.line, place.column);
        let slice = &text[problem.span.clone()];
        out += &format!("{line}:{column} [{slice}] {}: {}\n", problem.code, problem.message);
        for help in &problem.help {
            out += &format!("  {help}\n");
        }
    }
    out
}

#[track_caller]
fn check(text: &str, expected: &str) -> Article {
    let parsed = parse::<Article>(text);
    assert_eq!(shown(text, &parsed), expected, "in {text:?}");
    parsed.value
}

#[test]
fn eight_mistakes_are_eight_problems_at_their_places() {
    let text = "\
title: [a, b]
auther: Ann
order: \"5\"
autolink: no
players:
  - [us]
  - japan
  -
  - player: {id: us}
    roles: [host, guest]
    weight: heavy # why
summary: Kept
";
    let expected = "\
1:8 [[a, b]] wrong-type: `title` must be text, found a list
  keep one of the items: `title: …`
2:1 [auther] unknown-key: unknown key `auther`
  known keys: `title`, `summary`, `order`, `autolink`, `wikidata`, `topics`, `players`, `facts`, `ids`, `image`, `extra`
3:8 [\"5\"] wrong-type: `order` must be a whole number, found the text `5`
  remove the quotes: 5
4:11 [no] wrong-type: `autolink` must be true or false, found `no`
  write `false`
6:5 [[us]] wrong-type: item 1 of `players` must be text or a mapping, found a list
  write `us`
8:3 [-] wrong-type: item 3 of `players` is empty
  write a value, or remove the item
9:13 [{id: us}] wrong-type: `player` must be text, found a mapping
  write text: `player: …`; text that begins with a brace needs quotes
11:13 [heavy] wrong-type: `weight` must be a whole number, found `heavy`
  write a whole number
";
    let article = check(text, expected);
    let roles = Some(list(["host".into(), "guest".into()]));
    let kept = Player { roles, ..Player::default() };
    let players = vec![(1, TextOr::Text("japan".into())), (3, TextOr::Full(kept))];
    let expected = Article {
        summary: Some("Kept".into()),
        players: Some(OneOrMany(players)),
        ..Article::default()
    };
    assert_eq!(article, expected);
}

#[test]
fn text_keeps_its_source() {
    let text = "title: yes\nsummary: 1.10\ntopics: [NO, 2025-06-20, 404, \"null\", 0x1F, 017]\n";
    let article = check(text, "");
    assert_eq!(article.title.as_deref(), Some("yes"));
    assert_eq!(article.summary.as_deref(), Some("1.10"));
    let topics: Vec<&str> =
        article.topics.iter().flat_map(|list| &list.0).map(|(_, text)| &**text).collect();
    assert_eq!(topics, ["NO", "2025-06-20", "404", "null", "0x1F", "017"]);
}

#[test]
fn nothing_counts_as_missing() {
    for text in [
        "",
        "# A comment\n",
        "~",
        "---\n",
        "title:\nsummary: ~\ntopics: null\norder:\nimage:\nplayers:\n",
        "title: ''\nsummary: \"\"\ntopics: ''\nplayers: \"\"\nwikidata: ''\n",
    ] {
        assert_eq!(check(text, ""), Article::default(), "{text:?}");
    }
    let text = "ids: {viaf: '', loc: }\nextra: {a: '', b: }\n";
    let article = check(text, "");
    assert_eq!(article.ids, Some(Entries(Vec::new())));
    assert_eq!(article.extra, Some(Extra(json!({ "a": "", "b": null }))));
}

#[test]
fn forms_of_values() {
    let text = "\
topics: defence
players: {player: us, roles: host}
facts:
  a: {value: 3.50}
  b: {value: \"3.50\"}
  c: {value: {low: 1, high: 'two'}}
ids: {viaf: 12}
extra: {z: [1, -2.5, 1e3, yes, true, ~, 2026-01-01, '3'], a: {k: v}}
";
    let article = check(text, "");
    assert_eq!(article.topics, Some(list(["defence".into()])));
    let roles = Some(list(["host".into()]));
    let player = Player { player: Some("us".into()), roles, ..Player::default() };
    assert_eq!(article.players, Some(list([TextOr::Full(player)])));
    let (low, high) = (Some("1".into()), Some("two".into()));
    let range = Range { low, high, ..Range::default() };
    let values = [
        ("a", TextOr::Text("3.50".into())),
        ("b", TextOr::Text("3.50".into())),
        ("c", TextOr::Full(range)),
    ];
    let facts =
        values.map(|(id, value)| (id.into(), Fact { value: Some(value), ..Fact::default() }));
    assert_eq!(article.facts, Some(Entries(facts.to_vec())));
    assert_eq!(article.ids, Some(Entries(vec![("viaf".into(), "12".into())])));
    let extra =
        json!({ "z": [1, -2.5, 1000.0, "yes", true, null, "2026-01-01", "3"], "a": { "k": "v" } });
    assert_eq!(article.extra, Some(Extra(extra)));
}

#[test]
fn values_that_do_not_fit() {
    for (text, expected) in [
        (
            "- a\n",
            "1:1 [- a] wrong-type: the document must be a mapping of keys to values, found a list\n  write `key: value`, one on each line\n",
        ),
        (
            "text",
            "1:1 [text] wrong-type: the document must be a mapping of keys to values, found `text`\n  write `key: value`\n",
        ),
        (
            "title:Japan",
            "1:1 [title:Japan] wrong-type: the document must be a mapping of keys to values, found `title:Japan`\n  put a space after the colon: title: Japan\n",
        ),
        (
            "topics: [a, *b]",
            "1:13 [*b] yaml-feature: aliases (`*…`) are not used here\n  text that begins with `*` needs quotes\n",
        ),
        (
            "title:\n  - a # why\n  - b\n",
            "2:3 [- a] wrong-type: `title` must be text, found a list\n  keep one of the items: `title: …`\n",
        ),
        (
            "title:\n  a: # why\n    b: c\n",
            "2:3 [a] wrong-type: `title` must be text, found a mapping\n  write text: `title: …`; text that begins with a brace needs quotes\n",
        ),
        (
            "order: |\n  a\n  b\n",
            "1:8 [|] wrong-type: `order` must be a whole number, found the text `a…`\n  write a whole number\n",
        ),
        (
            "order:\n  one\n  two\n",
            "2:3 [one] wrong-type: `order` must be a whole number, found `one two`\n  write a whole number\n",
        ),
        (
            "image: x.png\n",
            "1:8 [x.png] wrong-type: `image` must be a mapping of keys to values, found `x.png`\n  write keys and values below it, indented by two spaces\n",
        ),
        (
            "facts: {a: 3}\n",
            "1:12 [3] wrong-type: `a` must be a mapping of keys to values, found `3`\n  write keys and values below it, indented by two spaces\n",
        ),
        (
            "topics: [a, '', ~]\n",
            "1:13 [''] wrong-type: item 2 of `topics` is empty\n  write a value, or remove the item\n\
             1:17 [~] wrong-type: item 3 of `topics` is empty\n  write a value, or remove the item\n",
        ),
        (
            "topics:\n  - a\n  - # what?\n\n  -\n  - b\n",
            "3:3 [-] wrong-type: item 2 of `topics` is empty\n  write a value, or remove the item\n\
             5:3 [-] wrong-type: item 3 of `topics` is empty\n  write a value, or remove the item\n",
        ),
        (
            "title: x\nplayers:\n  - player: us\n    role: host\n",
            "4:5 [role] unknown-key: unknown key `role`\n  did you mean `roles`?\n",
        ),
        (
            "players: {role: host}\n",
            "1:11 [role] unknown-key: unknown key `role`\n  did you mean `roles`?\n",
        ),
        (
            "facts: {a: {vlaue: 1}}\n",
            "1:13 [vlaue] unknown-key: unknown key `vlaue`\n  did you mean `value`?\n",
        ),
        ("image: {password: x}\n", ""),
        ("image: {zzz: 1}\n", "1:9 [zzz] unknown-key: unknown key `zzz`\n  known keys: `src`\n"),
    ] {
        check(text, expected);
    }
}

#[test]
fn features_that_are_not_used() {
    let text = "\
title: &x Kept
summary: *x
<<: {order: 1}
wikidata: !word draft
image: &i
  src: a.png
topics:
  - !!str b
";
    let expected = "\
1:8 [&x] yaml-feature: anchors (`&…`) are not used here
  remove it; text that begins with `&` needs quotes
2:10 [*x] yaml-feature: aliases (`*…`) are not used here
  write the value out; text that begins with `*` needs quotes
3:1 [<<] yaml-feature: merge keys (`<<`) are not used here
  write out the keys
4:11 [!word] yaml-feature: tags (`!…`) are not used here
  remove it; text that begins with `!` needs quotes
5:8 [&i] yaml-feature: anchors (`&…`) are not used here
  remove it; text that begins with `&` needs quotes
8:5 [!!str] yaml-feature: tags (`!…`) are not used here
  remove it; text that begins with `!` needs quotes
";
    let article = check(text, expected);
    assert_eq!(article.title.as_deref(), Some("Kept"));
    assert_eq!((article.summary, article.order), (None, None));
    check(
        "title: *Important* news\n",
        "1:8 [*Important* news] yaml-feature: a value that begins with `*` is an alias: aliases are not used here\n  \
         put the value in quotes: title: \"*Important* news\"\n",
    );
}

#[test]
fn a_key_that_stands_twice() {
    let text = "title: a\nplayers:\n  - player: us\n    player: japan\ntitle: b\n";
    let parsed = YamlDocument::read(text, 2).parse::<Article>();
    let expected = "\
4:5 [player] duplicate-key: key `player` appears twice (lines 4 and 5)
  keep one of the two
5:1 [title] duplicate-key: key `title` appears twice (lines 2 and 6)
  keep one of the two
";
    assert_eq!(shown(text, &parsed), expected);
    assert_eq!(parsed.problems[0].path.as_str(), "/players/0/player");
    assert_eq!(parsed.problems[1].related, [("first `title`".to_owned(), 0..5)]);
    assert_eq!(parsed.value.title.as_deref(), Some("a"));
}

#[test]
fn a_document_that_is_nested_too_deeply() {
    for (levels, deep) in [(30, false), (31, false), (32, true), (200, true), (20_000, true)] {
        let text = format!("extra: {}{}", "[".repeat(levels), "]".repeat(levels));
        let parsed = parse::<Article>(&text);
        let codes: Vec<Code> = parsed.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, if deep { vec![Code::TooLarge] } else { vec![] }, "{levels}");
    }
}

#[test]
fn what_is_left_keeps_its_index() {
    let text =
        "players:\n  - [a]\n  - player: [b]\n    weight: 1\n  - us\nfacts: {x: {value: [c]}}\n";
    let parsed = parse::<Article>(text);
    let failed: Vec<&str> = parsed.failed.iter().map(FieldPath::as_str).collect();
    assert_eq!(failed, ["/players/0", "/players/1/player", "/facts/x/value"]);
    let left_out: Vec<&str> = parsed.left_out.iter().map(FieldPath::as_str).collect();
    assert_eq!(left_out, ["/players/0"]);
    let players = parsed.value.players.map(|players| players.0).unwrap_or_default();
    assert_eq!(players.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [1, 2]);
    let low = FieldPath::root().key("facts").key("x").key("value").key("low");
    assert!(low.is_within(&parsed.failed));
    assert!(!FieldPath::root().key("players").index(1).is_within(&parsed.failed));
}

#[test]
fn many_mistakes_end() {
    let text = format!("title: kept\nplayers:\n{}", "  - [x]\n".repeat(1_000));
    let parsed = parse::<Article>(&text);
    assert_eq!(parsed.problems.len(), 201);
    assert_eq!(parsed.value.title.as_deref(), Some("kept"));
    assert_eq!(parsed.value.players, None);
    let text: String = (0..1_000).map(|n| format!("f{n}: [x]\n")).collect();
    let parsed = parse::<Entries<Fact>>(&text);
    assert_eq!(parsed.problems.len(), 401);
    assert_eq!(parsed.failed.last(), Some(&FieldPath::root()));
}

#[test]
fn the_reference_lists_every_field() {
    let lines: Vec<String> = fields::<Article>()
        .into_iter()
        .map(|doc| {
            let line = format!("{}{}: {}", "  ".repeat(doc.depth), doc.path, doc.type_text);
            match doc.description.as_str() {
                "" => line,
                description => format!("{line} ({description})"),
            }
        })
        .collect();
    let expected = "\
title: text (What the page is called.)
summary: text
order: whole number
autolink: `true` or `false`
wikidata: id such as `Q17`
topics: text, or a list of them
players: text or mapping, or a list of them
  players[].player: text
  players[].roles: text, or a list of them (As a list or alone.)
  players[].weight: whole number
facts: mapping of names to mapping
  facts.<id>.value: text or mapping
    facts.<id>.value.low: text
    facts.<id>.value.high: text
  facts.<id>.in: text
ids: mapping of names to text
image: mapping
  image.src: text
extra: anything
";
    assert_eq!(lines.join("\n") + "\n", expected);
    let facts: Vec<String> = fields::<Entries<Fact>>().into_iter().map(|doc| doc.path).collect();
    assert_eq!(facts, ["<id>.value", "<id>.value.low", "<id>.value.high", "<id>.in"]);
}

const PLACES: &str = "\
title: Japan  # why
authors: Ann
empty:
players:
  - japan
  -
  - player: us # here
    position: |
      On
      trade
  - {player: x, role: y}
";

#[test]
fn every_value_has_a_place() {
    let document = YamlDocument::read(PLACES, 1);
    let path =
        |text: &str| text.split('/').skip(1).fold(FieldPath::root(), |path, step| path.key(step));
    for (at, key, value) in [
        ("", "", "title: Japan"),
        ("/title", "title", "Japan"),
        ("/title/nope/0", "title", "Japan"),
        ("/nope", "", "title: Japan"),
        ("/authors/0/name", "authors", "Ann"),
        ("/empty", "empty", "empty"),
        ("/players", "players", "- japan"),
        ("/players/0", "", "japan"),
        ("/players/0/player", "", "japan"),
        ("/players/1", "", "-"),
        ("/players/2", "", "player: us"),
        ("/players/2/position", "position", "|"),
        ("/players/3/role", "role", "y"),
        ("/players/9", "players", "- japan"),
    ] {
        let place = document.locate(&path(at)).unwrap();
        assert_eq!(place.key.map_or("", |range| &PLACES[range]), key, "key of {at}");
        assert_eq!(&PLACES[place.value], value, "value of {at}");
    }
    assert_eq!(YamlDocument::read("a: [", 1).locate(&FieldPath::root()), None);
    assert_eq!(YamlDocument::read("# nothing\n", 1).locate(&FieldPath::root()), None);
}

#[test]
fn texts_with_a_mark_are_values_and_keys() {
    let text = "a: x <!\nb:\n  - <! y\n  - z\n  - |\n    q\n    r <!\n'c <!': \"<\\x21\"\n";
    let marked = YamlDocument::read(text, 1).marked(|text| text.contains("<!"));
    let shown: Vec<_> = marked
        .iter()
        .map(|one| (one.path.to_string(), &*one.text, &text[one.span.clone()]))
        .collect();
    assert_eq!(
        shown.iter().map(|(path, text, _)| (&**path, *text)).collect::<Vec<_>>(),
        [
            ("/a", "x <!"),
            ("/b/0", "<! y"),
            ("/b/2", "q\nr <!\n"),
            ("/c <!", "c <!"),
            ("/c <!", "<!")
        ]
    );
    assert!(shown[2].2.ends_with("r <!") || shown[2].2.ends_with("r <!\n"));
    assert_eq!(YamlDocument::read("a: [<!", 1).marked(|text| text.contains("<!")), []);
}
