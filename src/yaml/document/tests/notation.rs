//! Text that is not YAML.

use super::check;

#[test]
fn mistakes_of_notation() {
    for (text, expected) in SYNTAX {
        check(text, expected);
    }
}

/// What authors write that is not YAML: always one problem, with what to write instead.
const SYNTAX: &[(&str, &str)] = &[
    (
        "title: Japan: why # c\nautolink: x\n",
        "1:8 [Japan: why] yaml-syntax: a value with a colon and a space in it needs quotes\n  put the value in quotes: title: \"Japan: why\"\n",
    ),
    (
        "players:\n  - player: a: b\n",
        "2:13 [a: b] yaml-syntax: a value with a colon and a space in it needs quotes\n  put the value in quotes: player: \"a: b\"\n",
    ),
    (
        "title: 日本: なぜ\n",
        "1:8 [日本: なぜ] yaml-syntax: a value with a colon and a space in it needs quotes\n  put the value in quotes: title: \"日本: なぜ\"\n",
    ),
    (
        "title: x: \n",
        "1:8 [x:] yaml-syntax: a value with a colon and a space in it needs quotes\n  put the value in quotes: title: \"x:\"\n",
    ),
    (
        "title: ok\nfoo\nbar: b\n",
        "2:1 [foo] yaml-syntax: this line is neither `key: value` nor part of a list\n  write `key: value`; text over several lines is indented under its key\n",
    ),
    (
        "title:Japan\nsummary: x\n",
        "1:6 [:] yaml-syntax: a key needs a colon and a space\n  write a space after the colon: title: Japan\n",
    ),
    (
        "title: x\nsummary:Japan\norder: 1\n",
        "2:8 [:] yaml-syntax: a key needs a colon and a space\n  write a space after the colon: summary: Japan\n",
    ),
    (
        "title: x\nplayers:\n\t- japan\n",
        "3:1 [\t] yaml-syntax: a tab in the indentation\n  indent with spaces\n",
    ),
    ("title: a\n\tb\n", "2:1 [\t] yaml-syntax: a tab where YAML takes only spaces\n  use spaces\n"),
    (
        "title: x\n  summary: y\n",
        "2:3 [summary: y] yaml-syntax: this line is indented under `title`, which has a value already\n  begin the line in the column of `title`, or put the text in quotes\n",
    ),
    (
        "facts:\n  x:\n    unit: %\n",
        "3:11 [%] yaml-syntax: a value cannot begin with `%`\n  put the value in quotes: unit: \"%\"\n",
    ),
    (
        "title: @x # c\n",
        "1:8 [@x] yaml-syntax: a value cannot begin with `@`\n  put the value in quotes: title: \"@x\"\n",
    ),
    (
        "title: `x`\n",
        "1:8 [`x`] yaml-syntax: a value cannot begin with a backtick\n  put the value in quotes: title: \"`x`\"\n",
    ),
    (
        "title: \"Japan\nsummary: \"y\"\norder: 1\n",
        "1:8 [\"Japan] yaml-syntax: the quote `\"` is never closed\n  close it at the end of the value: \"Japan\"\n",
    ),
    (
        "title: \"Japan\nsummary: y\n",
        "1:8 [\"Japan] yaml-syntax: the quote `\"` is never closed\n  close it at the end of the value: \"Japan\"\n",
    ),
    (
        "title: 'x\n",
        "1:8 ['x] yaml-syntax: the quote `'` is never closed\n  close it at the end of the value: 'x'\n",
    ),
    (
        "title: x\nsummary: \"a\n  b: \"c\"\n",
        "2:10 [\"a] yaml-syntax: the quote `\"` is never closed\n  close it at the end of the value: \"a\"\n",
    ),
    (
        "title: 'it's'\n",
        "1:12 [s'] yaml-syntax: text after the closing quote\n  in single quotes write an apostrophe twice: 'it''s'\n",
    ),
    (
        "title: \"a\" b\n",
        "1:12 [b] yaml-syntax: text after the closing quote\n  put the whole value in other quotes: '\"a\" b'\n",
    ),
    (
        "title: \"say \"hi\" now\"\n",
        "1:14 [hi\" now\"] yaml-syntax: text after the closing quote\n  put the whole value in other quotes: 'say \"hi\" now'\n",
    ),
    (
        "title: \"C:\\path\"\n",
        "1:11 [\\p] yaml-syntax: `\\p` is not an escape sequence\n  in double quotes write `\\\\` for a backslash, or use single quotes\n",
    ),
    (
        "title: \"\\u12\"\n",
        "1:9 [\\u] yaml-syntax: `\\u` is not an escape sequence\n  in double quotes write `\\\\` for a backslash, or use single quotes\n",
    ),
    (
        "summary: [[japan]] said\n",
        "1:10 [[[japan]] said] yaml-syntax: text that begins with a bracket needs quotes\n  put the value in quotes: summary: \"[[japan]] said\"\n",
    ),
    (
        "topics: [a, b\ntitle: c\n",
        "1:9 [[a, b] yaml-syntax: the bracket `[` is never closed\n  close it with `]`; text that begins with a bracket needs quotes\n",
    ),
    (
        "title: [",
        "1:8 [[] yaml-syntax: the bracket `[` is never closed\n  close it with `]`; text that begins with a bracket needs quotes\n",
    ),
    (
        "topics: [a,, b]\n",
        "1:12 [,] yaml-syntax: two commas, or a comma before a value\n  remove one comma\n",
    ),
    (
        "image: {src: x\ntitle: y\n",
        "1:8 [{src: x] yaml-syntax: the bracket `{` is never closed\n  close it with `}`; text that begins with a bracket needs quotes\n",
    ),
    (
        "title: }\n",
        "1:8 [}] yaml-syntax: a value cannot begin with `}`\n  put the value in quotes: title: \"}\"\n",
    ),
    (
        "title: {{ x }}\n",
        "1:8 [{{ x }}] yaml-syntax: a key must be text, found a list or mapping\n  if this is text, put it in quotes: \"{{ x }}\"\n",
    ),
    (
        "topics: - a\n",
        "1:9 [- a] yaml-syntax: a list begins on the line after its key\n  move `- …` to a line of its own; or, if this is text, put the value in quotes: topics: \"- a\"\n",
    ),
    (
        "topics:\n  - a\n  b\n",
        "3:3 [b] yaml-syntax: this line is neither `key: value` nor part of a list\n  write `key: value`; text over several lines is indented under its key\n",
    ),
    (
        "topics:\n  - a\n title: x\n",
        "3:2 [title: x] yaml-syntax: the indentation of this line fits no line above\n  keys of one mapping begin in the same column, and so do the items of a list\n",
    ),
    (
        "- a\ntitle: b\n",
        "2:1 [title: b] yaml-syntax: this line stands among list items without a `- `\n  begin each item with `- `, and indent its further lines\n",
    ),
    (
        "title: > quote\nsummary: b\n",
        "1:8 [> quote] yaml-syntax: text after `>` must begin on the next line\n  put the value in quotes: title: \"> quote\"\n",
    ),
    (
        "a: b\n---\nc: d\n",
        "2:1 [---] yaml-syntax: a second document begins here\n  a file holds one document: remove the line `---` or `...` before it\n",
    ),
    (
        "title: x\n...\ny: z\n",
        "3:1 [y] yaml-syntax: a second document begins here\n  a file holds one document: remove the line `---` or `...` before it\n",
    ),
    (
        "%YAML\ntitle: x\n",
        "1:1 [%YAML] yaml-syntax: a line cannot begin with `%`\n  remove the line: directives are not used here\n",
    ),
    (
        "[a]: b\ntitle: x\n",
        "1:1 [[a]] yaml-syntax: a key must be text, found a list or mapping\n  if this is text, put it in quotes: \"[a]\"\n",
    ),
];
