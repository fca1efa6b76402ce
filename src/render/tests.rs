//! Templates in, pages or diagnostics out.

use std::sync::Arc;

use serde_json::json;

use super::{LoadedTemplates, TemplateSet};
use crate::base::{Digest, OutPath, SourcePath};
use crate::diag::{Diagnostic, PageOrigin, Span};
use crate::lang::{LangTag, Languages};

/// Interface text in two languages.
fn words() -> Arc<Languages> {
    let english = "by-authors = By\ncount = Count { $n }\ncount-who = Count { $n } { $who }\n\
                   hard = 1 < { $a } & 2\ntwice = { $a } { $a }\n";
    let german = LangTag::parse("de").expect("a tag");
    let sources = [(LangTag::english(), english), (german, "by-authors = Von\n")];
    Arc::new(Languages::new(&sources).expect("valid Fluent"))
}

type TemplateFiles<'a> = &'a [(&'a str, &'a str)];

fn load(files: TemplateFiles<'_>) -> LoadedTemplates {
    let overrides: Vec<_> = files
        .iter()
        .map(|(name, text)| (SourcePath::new(format!("templates/{name}")), Arc::from(*text)))
        .collect();
    TemplateSet::load(&overrides, words(), Digest::of(b"words"))
}

fn set(files: TemplateFiles<'_>) -> TemplateSet {
    let loaded = load(files);
    assert_eq!(loaded.diagnostics, []);
    loaded.set.expect("no diagnostics, so there is a set")
}

fn origin(out: &str) -> PageOrigin {
    PageOrigin {
        out: OutPath::new(out).expect("a valid path"),
        source: Some(SourcePath::new("content/articles/a.md")),
        more: 0,
    }
}

fn render(files: TemplateFiles<'_>, lang: &str) -> Result<String, Box<Diagnostic>> {
    let page = json!({ "lang": lang, "title": "A \"b\" <c>" });
    let view = json!({ "page": page, "names": ["Ann", "Bob"], "count": 3, "empty": null });
    set(files)
        .render("x.html", &view, &origin("a/index.html"))
        .map(|html| html.to_string())
        .map_err(Box::new)
}

/// A diagnostic as text: code and place, then message, help and related places on their own lines.
fn show(files: TemplateFiles<'_>, diagnostic: &Diagnostic) -> String {
    let place = |span: &Span| {
        let name = span.file.as_str().strip_prefix("templates/").expect("a template");
        match files.iter().find(|(file, _)| *file == name) {
            Some((_, text)) => {
                let range = span.start.offset as usize..span.end.offset as usize;
                format!("{name}:{}:{} {:?}", span.start.line, span.start.column, &text[range])
            }
            None => format!("{name}:{}:{}", span.start.line, span.start.column),
        }
    };
    let mut lines = vec![
        format!("{} {}", diagnostic.code, place(&diagnostic.span)),
        diagnostic.message.clone(),
    ];
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
    let related = diagnostic.related.iter();
    lines.extend(related.map(|r| format!("{}: {}", r.message, place(&r.span))));
    lines.join("\n")
}

/// Loading fails with exactly these diagnostics.
fn check_load(files: TemplateFiles<'_>, expected: &[&str]) {
    let loaded = load(files);
    assert!(loaded.set.is_none(), "it loads: {files:?}");
    let found: Vec<_> = loaded.diagnostics.iter().map(|found| show(files, found)).collect();
    assert_eq!(found.join("\n\n"), expected.join("\n\n"), "{files:#?}");
}

/// Rendering `x.html` fails with exactly this diagnostic, and it names the page.
fn check_render(files: TemplateFiles<'_>, expected: &str) {
    let found = render(files, "en").expect_err("it fails");
    assert_eq!(show(files, &found), expected, "{files:#?}");
    assert_eq!(found.page, Some(origin("a/index.html")));
}

/// One template, `x.html`, that does not load: its text, then place, message and the rest.
#[test]
fn one_template_that_does_not_load() {
    for (text, expected) in [
        (
            "{% if a %}b",
            "1:12 \"\"\nunexpected end of input\nthis waits for its `endif`: x.html:1:4 \"if\"",
        ),
        ("{{ a", "1:5 \"\"\nunexpected end of input"),
        (
            "é{% for a in b %}{% if c %}{% endfor %}",
            "1:31 \"endfor\"\n`endfor` has nothing to end or go on with here\n\
             this waits for its `endif`: x.html:1:21 \"if\"",
        ),
        ("{% endif %}", "1:4 \"endif\"\n`endif` has nothing to end or go on with here"),
        ("{% esle %}", "1:4 \"esle\"\nunknown tag `esle`\nhelp: did you mean `else`?"),
        ("日本 {# a", "1:4 \"{#\"\nclosing comment tag `#}` not found"),
        (
            "\n\n{{ page.title | uper }}",
            "3:17 \"uper\"\nunknown filter `uper`\nhelp: did you mean `upper`?",
        ),
        (
            "{{ ragne(end=1) }}",
            "1:4 \"ragne(end=1)\"\nunknown function `ragne`\nhelp: did you mean `range`?",
        ),
        (
            "日{{ page is deffined }}",
            "1:13 \"deffined\"\nunknown test `deffined`\nhelp: did you mean `defined`?",
        ),
        ("{{<zzzzzzzz/>}}", "1:3 \"<zzzzzzzz/>\"\nunknown component `zzzzzzzz`"),
        (
            "{{<prob/>}}{% component probe() %}{% endcomponent %}",
            "1:3 \"<prob/>\"\nunknown component `prob`\nhelp: did you mean `probe`?",
        ),
        (
            "{% include \"bsae.html\" %}",
            "1:12 \"\\\"bsae.html\\\"\"\nunknown template `bsae.html`\nhelp: did you mean `base.html`?",
        ),
        (
            "{% extends \"bsae.html\" %}",
            "1:12 \"\\\"bsae.html\\\"\"\nno template `bsae.html` to extend\n\
             help: did you mean `base.html`?",
        ),
        (
            "{% extends \"x.html\" %}",
            "1:12 \"\\\"x.html\\\"\"\na template extends itself: `x.html` → `x.html`",
        ),
        (
            "{% include \"x.html\" %}",
            "1:12 \"\\\"x.html\\\"\"\na template includes itself: `x.html` → `x.html`",
        ),
        (
            "{% extends \"base.html\" %}text",
            "1:26 \"text\"\nthis content would be ignored: only `extends`, `block` and `component` are \
             allowed at the top level of a child template\n\
             help: a template that extends another consists of blocks: move this into one",
        ),
        (
            "{% for a in b %}{% block c %}{% endblock %}{% endfor %}",
            "1:20 \"block\"\nblocks cannot be written inside a for loop\n\
             the for loop starts here: x.html:1:4 \"for\"",
        ),
        (
            "{% component probe(a) %}{% endcomponent %}{{<probe a=1/>}}",
            "1:54 \"1\"\nexpected \"string\" or {expression} but found integer\n\
             help: a component's argument is text in quotes or stands in braces: `{1}`",
        ),
    ] {
        check_load(&[("x.html", text)], &[&format!("template-syntax x.html:{expected}")]);
    }
}

/// What Tera 1 understood, where Tera 2 stops, and what the help must say.
#[test]
fn tera_1_gets_help_of_its_own() {
    for (text, place, help) in [
        ("{% import \"m.html\" as m %}", "import", "components instead of macros"),
        ("{% macro a(b) %}{% endmacro %}", "macro", "{% component name(arg: string) %}"),
        ("{{ m::a(b=1) }}", ":", "{{<name arg={value}/>}}"),
        ("{% set x = self::a(b=1) %}", ":", "{{<name arg={value}/>}}"),
        ("{{ a.0 }}", "0", "`a[0]`"),
        ("{% for a in b.names.10.c %}{% endfor %}", "10.", "`b.names[10]`"),
        ("{{ count is divisibleby(2) }}", "2", "`divisibleby(divisor=2)`"),
        ("{% if a is starting_with(\"b\") %}{% endif %}", "\"b\"", "`starting_with(pat=\"b\")`"),
        ("{{ a | default(\"b\") }}", "\"b\"", "`default(value=\"b\")`"),
        ("{{ t(\"home\") }}", "\"home\"", "`t(key=\"home\")`"),
        ("{% include \"base.html\" ignore missing %}", "ignore", "`ignore missing`"),
        ("{% include [\"a\", \"b\"] %}", "[", "one name in quotes"),
        ("{% extends page.base %}", "page", "one name in quotes"),
        ("{% if a %}{% else if b %}{% endif %}", "if", "write `elif`"),
        ("{{ a | date(format=\"%Y\") }}", "date(format=\"%Y\")", "print its `text`"),
        ("{{ a | slice(start=1) }}", "slice(start=1)", "`list[1:3]`"),
        ("{{ a | concat(with=b) }}", "concat(with=b)", "`[...one, ...other]`"),
        ("{{ a | map(attribute=\"b\") }}", "map(attribute=\"b\")", "list comprehensions"),
        ("{{ a | filter(attribute=\"b\") }}", "filter(attribute=\"b\")", "list comprehensions"),
        ("{{ a | linebreaksbr }}", "linebreaksbr", "`newlines_to_br`"),
        ("{{ a | as_str }}", "as_str", "`str`"),
        (
            "{{ a | trim_start_matches(pat=\"b\") }}",
            "trim_start_matches(pat=\"b\")",
            "`trim_start(",
        ),
        ("{{ a | slugify }}", "slugify", "print the `href`"),
        ("{{ a | json_encode }}", "json_encode", "the view holds what is shown"),
        ("{{ now() }}", "now()", "no clock"),
        ("{{ get_env(name=\"HOME\") }}", "get_env(name=\"HOME\")", "no environment"),
        ("{{ a is object }}", "object", "`map`"),
        ("{{ a is matching(\"b\") }}", "\"b\"", "`matching(name=\"b\")`"),
    ] {
        let loaded = load(&[("x.html", text)]);
        let [found] = &loaded.diagnostics[..] else { panic!("{text}: {:?}", loaded.diagnostics) };
        let range = found.span.start.offset as usize..found.span.end.offset as usize;
        assert_eq!(&text[range], place, "{text}");
        assert!(found.help.join("\n").contains(help), "{text}: {:?}", found.help);
    }
}

#[test]
fn every_broken_template_is_reported_and_hides_nothing() {
    // Two that do not parse, one with unknown names, one whose parent is missing, two that include each other.
    // The component and the block come from a file that does not parse: no problem follows from that.
    check_load(
        &[
            ("a.html", "{% if %}"),
            ("b.html", "{% component probe() %}{% endcomponent %}{% block own %}{% endblock %}{{"),
            ("c.html", "{{ 1 | uper }}{{ 2 | lowr }}{{<probe/>}}{% include \"a.html\" %}"),
            ("d.html", "{% extends \"zzzzzzzzzzzz.html\" %}{% block e %}{% endblock %}"),
            ("e.html", "{% extends \"b.html\" %}{% block own %}{{ nope() }}{% endblock %}"),
            ("f.html", "{% include \"g.html\" %}"),
            ("g.html", "\n{% include 'f.html' %}"),
        ],
        &[
            "template-syntax a.html:1:7 \"%}\"\nfound `%}` but expected one of: integer, float, string, \
             bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
            "template-syntax b.html:1:73 \"\"\nunexpected end of input",
            "template-syntax c.html:1:8 \"uper\"\nunknown filter `uper`\nhelp: did you mean `upper`?",
            "template-syntax c.html:1:22 \"lowr\"\nunknown filter `lowr`\nhelp: did you mean `lower`?",
            "template-syntax d.html:1:12 \"\\\"zzzzzzzzzzzz.html\\\"\"\nno template `zzzzzzzzzzzz.html` to extend",
            "template-syntax e.html:1:41 \"nope()\"\nunknown function `nope`",
            "template-syntax g.html:2:12 \"'f.html'\"\n\
             a template includes itself: `f.html` → `g.html` → `f.html`\n\
             includes `g.html` here: f.html:1:12 \"\\\"g.html\\\"\"",
        ],
    );
}

#[test]
fn templates_that_do_not_go_together() {
    check_load(
        &[
            ("a.html", "{% component probe() %}{% endcomponent %}"),
            ("b.html", "{% component probe() %}{% endcomponent %}"),
        ],
        &["template-syntax a.html:1:14 \"probe\"\ncomponent `probe` is defined twice\n\
           help: components are known in all templates: each name can stand for one\n\
           also defined here: b.html:1:14 \"probe\""],
    );
    // Of many the first is named, in every run: a set that loads again has the same problems.
    let many: String =
        (0..40).map(|n| format!("{{% component probe{n}() %}}{{% endcomponent %}}\n")).collect();
    check_load(
        &[("a.html", &many), ("b.html", &many)],
        &["template-syntax a.html:1:14 \"probe0\"\ncomponent `probe0` is defined twice\n\
           help: components are known in all templates: each name can stand for one\n\
           also defined here: b.html:1:14 \"probe0\""],
    );
    check_load(
        &[
            ("a.html", "{% extends \"b.html\" %}"),
            ("b.html", "{% extends \"c.html\" %}"),
            ("c.html", "{% extends \"b.html\" %}"),
        ],
        &["template-syntax c.html:1:12 \"\\\"b.html\\\"\"\n\
           a template extends itself: `b.html` → `c.html` → `b.html`\n\
           extends `c.html` here: b.html:1:12 \"\\\"c.html\\\"\""],
    );
    check_load(
        &[
            ("a.html", "{% block side %}{% endblock %}"),
            ("b.html", "{% extends \"a.html\" %}{% block sode %}{% endblock %}"),
        ],
        &[
            "template-syntax b.html:1:32 \"sode\"\nblock `sode` is not defined in any parent template\n\
           help: did you mean `side`?\n\
           help: the block would be ignored: the template that is extended needs \
           `{% block sode %}{% endblock %}`",
        ],
    );
}

#[test]
fn an_override_that_breaks_the_theme_is_told_so() {
    let loaded = load(&[("404.html", ""), ("base.html", "{{ page.title }}")]);
    let files: Vec<_> =
        loaded.diagnostics.iter().map(|diagnostic| diagnostic.span.file.as_str()).collect();
    assert!(files.contains(&"templates/article.html"), "{files:?}");
    for found in &loaded.diagnostics {
        let help = found.help.last().expect("help");
        assert!(help.contains("is the default theme's"), "{help}");
    }
}

#[test]
fn a_copy_that_lacks_a_component_of_the_theme_is_named() {
    let theme = include_str!("../../templates/components/parts.html");
    let older = theme.replace("component tools(", "component older(");
    let older = older.replace("endcomponent tools", "endcomponent older");
    let loaded = load(&[("components/parts.html", &older)]);
    let help = "the site's `templates/components/parts.html` lacks it, and the theme's has it: \
                `briefing theme diff components/parts.html` shows what else differs";
    assert!(!loaded.diagnostics.is_empty());
    for found in &loaded.diagnostics {
        assert_eq!(found.message, "unknown component `tools`");
        assert_eq!(found.help[0], help);
    }
}

#[test]
fn templates_that_fail_on_a_page() {
    for (text, expected) in [
        (
            "{{ page.titel }}",
            "1:9 \"titel\"\nfield `titel` is not defined\nhelp: did you mean `title`?\n\
             help: it has `lang`, `title`",
        ),
        (
            "{% if page.a.b %}{% endif %}",
            "1:12 \"a\"\nfield `a` is not defined\nhelp: it has `lang`, `title`",
        ),
        ("{{ empty.a }}", "1:10 \"a\"\nfield `a` is not defined"),
        ("{{ pgae }}", "1:4 \"pgae\"\nvariable `pgae` is not defined\nhelp: did you mean `page`?"),
        (
            "é日 {{ zzz }}",
            "1:7 \"zzz\"\nvariable `zzz` is not defined\n\
             help: every template sees `page`, `site`, `assets`, and what its page kind adds: its first \
             line names the view",
        ),
        (
            "{{ loop.index }}",
            "1:4 \"loop\"\nvariable `loop` is not defined\n\
             help: `loop` is known inside `{% for %}` only",
        ),
        ("{{ names[7] }}", "1:4 \"names[7]\"\n`names[7]` is not defined"),
        (
            "{{ page.title + \"a\" }}",
            "1:4 \"page.title + \\\"a\\\"\"\n`+` requires both operands to be numbers, found `string` and \
             `string`\nhelp: texts are joined with `~`",
        ),
        (
            "{{ count | upper }}",
            "1:4 \"count\"\ninvalid type for the value, expected `string` but got `u64`",
        ),
        ("{{ page.title | truncate }}", "1:17 \"truncate\"\nmissing keyword argument `length`"),
        ("{{ throw(message=\"A\nb.\") }}", "1:4 \"throw(message=\\\"A\\nb.\\\")\"\nA b"),
        (
            "{{ t(key=\"by-autors\") }}",
            "1:4 \"t(key=\\\"by-autors\\\")\"\nno interface text `by-autors`\n\
             help: did you mean `by-authors`?",
        ),
        ("{{ t(key=\"zzzzzz\") }}", "1:4 \"t(key=\\\"zzzzzz\\\")\"\nno interface text `zzzzzz`"),
        (
            "{{ t(key=\"count\") }}",
            "1:4 \"t(key=\\\"count\\\")\"\nthe interface text `count` needs `$n`\n\
             help: write `t(key=\"count\", n=…)`; for a link, `around(key=\"count\", of=\"n\")` gives the text \
             `before` and `after` it",
        ),
        (
            "{% set x = around(key=\"twice\", of=\"a\") %}",
            "1:12 \"around(key=\\\"twice\\\", of=\\\"a\\\")\"\nthe interface text `twice` uses `$a` twice",
        ),
        ("{{ t() }}", "1:4 \"t()\"\nmissing keyword argument `key`"),
        (
            "{{ t(key=\"count\", n=page) }}",
            "1:4 \"t(key=\\\"count\\\", n=page)\"\n\
             argument `n` of `t` is `map/struct`; it takes text or a number",
        ),
        (
            "{% component probe() %}{{<probe/>}}{% endcomponent %}{{<probe/>}}",
            "1:1 \"\"\nmaximum render recursion depth for components exceeded",
        ),
        (
            "{% component probe(a: string) %}{{ a }}{% endcomponent %}\n{{<probe z={1} b={2} y={1}/>}}",
            "2:3 \"<probe z={1} b={2} y={1}/>\"\nunknown arguments `b`, `y`, `z` in component call\n\
             help: it takes `a`",
        ),
        (
            "{% component probe(a: string) %}{{ site.x }}{% endcomponent %}{{<probe a=\"x\"/>}}",
            "1:36 \"site\"\nvariable `site` is not defined\n\
             help: a component sees its arguments alone: give `probe` an argument `site`, and pass \
             `site={site}`\nhelp: known here: `a`\ncalled from: x.html:1:65 \"<probe a=\\\"x\\\"/>\"",
        ),
    ] {
        check_render(&[("x.html", text)], &format!("template-render x.html:{expected}"));
    }
}

/// Pins the one part of a report that Tera gives as printed text only: who called whom.
#[test]
fn the_chain_of_calls_is_named() {
    check_render(
        &[
            (
                "x.html",
                "{% extends \"frame.html\" %}\n{% block main %}é {% include \"a b.html\" %}{% endblock %}",
            ),
            ("frame.html", "{% block main %}{% endblock %}"),
            ("a b.html", "{{<outer page={page}/>}}"),
            (
                "cards.html",
                "{% component outer(page) %}\n{{<inner page={page}/>}}{% endcomponent %}\
                 {% component inner(page) %}{{ page.nope }}{% endcomponent %}",
            ),
        ],
        "template-render cards.html:2:78 \"nope\"\nfield `nope` is not defined\n\
         help: it has `lang`, `title`\n\
         called from: cards.html:2:3 \"<inner page={page}/>\"\n\
         called from: a b.html:1:3 \"<outer page={page}/>\"\n\
         called from: x.html:2:30 \"\\\"a b.html\\\"\"",
    );
}

#[test]
fn one_failure_on_two_pages_differs_in_the_page_alone() {
    let set = set(&[("x.html", "{{ page.nope }}")]);
    let fail = |title: &str, out: &str| {
        let view = json!({ "page": { "lang": "en", "title": title } });
        set.render("x.html", &view, &origin(out)).expect_err("it fails")
    };
    let (one, mut other) = (fail("One", "one/index.html"), fail("Other", "other/index.html"));
    assert_ne!(one, other);
    other.page = one.page.clone();
    assert_eq!(one, other);
}

#[test]
fn a_template_that_is_not_there() {
    let found = set(&[])
        .render("artikel.html", &json!({}), &origin("a/index.html"))
        .expect_err("there is no such template");
    assert_eq!(found.span.file.as_str(), "templates/artikel.html");
    assert_eq!(found.message, "no template `artikel.html`");
    assert_eq!(found.help, ["did you mean `article.html`?"]);
}

#[test]
fn pages() {
    for (text, lang, expected) in [
        ("{{ page.title }}", "en", "A &quot;b&quot; &lt;c&gt;"),
        ("{{ page.title | safe }}", "en", "A \"b\" <c>"),
        ("{{ page.title | safe | upper }}", "en", "A \"B\" <C>"),
        ("{{ count | safe }} {{ [1, \"<b>\"] | safe }} {{ none | safe }}", "en", "3 [1, \"<b>\"] "),
        ("{{ t(key=\"by-authors\") }}", "en", "By"),
        ("{{ t(key=\"by-authors\") }}", "de", "Von"),
        (
            "{{ t(key=\"count-who\", n=count, who=page.title) }}",
            "en",
            "Count 3 A &quot;b&quot; &lt;c&gt;",
        ),
        (
            "{% set by = around(key=\"count-who\", of=\"who\", n=count) %}{{ by.before }}<a>{{ by.after }}",
            "en",
            "Count 3 <a>",
        ),
        (
            "{% component probe() %}{% set n = around(key=\"count\", of=\"n\") %}{{ n.before }}<b>!</b>{{ n.after }}\
             {% endcomponent %}{{<probe/>}}",
            "de",
            "Count <b>!</b>",
        ),
        // The text of a message is text, not HTML.
        (
            "{% set x = around(key=\"hard\", of=\"a\") %}{{ x.before }}<i>{{ x.after }}",
            "en",
            "1 &lt; <i> &amp; 2",
        ),
        // A message without the variable stands before it.
        (
            "{% set x = around(key=\"by-authors\", of=\"who\") %}{{ x.before }}<i>{{ x.after }}",
            "de",
            "Von <i>",
        ),
        // A component and an include speak the page's language without being told.
        (
            "{% component probe() %}{{ t(key=\"by-authors\") }}{% endcomponent %}{{<probe/>}}",
            "de",
            "Von",
        ),
        ("{% include \"part.html\" %}", "de", "part Von"),
    ] {
        let files = [("x.html", text), ("part.html", "part {{ t(key=\"by-authors\") }}")];
        assert_eq!(render(&files, lang), Ok(expected.to_owned()), "{text}");
    }
}

#[test]
fn a_sites_template_replaces_the_themes() {
    let own = set(&[("404.html", "own"), ("notes.txt", "{% if %}")]);
    let page = own.render("404.html", &json!({}), &origin("404.html"));
    assert_eq!(page, Ok("own".into()));
    for (path, text) in [
        ("templates/404.html", Some("own")),
        ("templates/notes.txt", None),
        ("content/404.html", None),
    ] {
        assert_eq!(own.text(&SourcePath::new(path)), text, "{path}");
    }
    let theme = SourcePath::new("templates/base.html");
    assert_eq!(own.text(&theme), super::theme::text(&theme));
}

#[test]
fn the_digest_covers_names_texts_and_languages() {
    let of = |files: TemplateFiles<'_>| set(files).digest();
    let languages = TemplateSet::load(&[], words(), Digest::of(b"other words"));
    let digests = [
        of(&[]),
        of(&[("x.html", "a")]),
        of(&[("x.html", "b")]),
        of(&[("y.html", "a")]),
        of(&[("404.html", "a")]),
        languages.set.expect("the theme loads").digest(),
    ];
    for (at, digest) in digests.iter().enumerate() {
        assert!(digests[at + 1..].iter().all(|other| other != digest), "{at}");
    }
    assert_eq!(of(&[("x.html", "a"), ("y.html", "b")]), of(&[("y.html", "b"), ("x.html", "a")]));
}

/// Suggestions come from lists of our own: whatever they suggest has to be there.
#[test]
fn what_is_suggested_exists() {
    let filters = super::hints::FILTERS.iter().map(|name| format!("{{{{ 1 | {name} }}}}"));
    let tests = super::hints::TESTS.iter().map(|name| format!("{{{{ 1 is {name} }}}}"));
    let functions = super::hints::FUNCTIONS.iter().map(|name| format!("{{{{ {name}() }}}}"));
    let text: String = filters.chain(tests).chain(functions).collect();
    set(&[("x.html", &text)]);
}

/// An editor saves half a template all the time: every cut gives a set or diagnostics that have a place.
#[test]
fn a_template_that_is_cut_off_anywhere() {
    let text = "{# é #}{% component probe(日: string) %}{% endcomponent %}{% raw %}{{{% endraw %}\
                {% for a, b in [1, 'é'] %}{{ a[1:2].b?.c | join(sep=\"日\") }}{%- else -%}\
                {% set c | trim %}{{<probe 日=\"x\"/>}}{% endset %}{% endfor %}";
    for (cut, _) in text.char_indices() {
        let loaded = load(&[("x.html", &text[..cut])]);
        assert_eq!(loaded.set.is_none(), !loaded.diagnostics.is_empty(), "{:?}", &text[..cut]);
        for found in &loaded.diagnostics {
            assert_eq!(found.span.file.as_str(), "templates/x.html");
            assert!(found.span.start.offset <= found.span.end.offset, "{found:?}");
            assert!(found.span.end.offset as usize <= cut, "{found:?}");
        }
    }
}
