//! Pages as Markdown, read by a parser of CommonMark, and the list of the site for language models.

use briefing::source::Memory;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{load, text};

fn site(settings: &str) -> Memory {
    let mut site = Memory::new();
    let head = "title: Small *one*\ndescription: Of all.\nbase_url: https://example.org/sub/\nauthors: The desk\n";
    site.write("content/site.yaml", format!("{head}{settings}"));
    site.write("content/players/ann.md", "---\nname: Ann Ode\n---\n");
    site.write("content/players/hidden.md", "---\nname: Sekrit\nstatus: draft\n---\n");
    site.write(
        "content/facts.yaml",
        "spent: {value: 3, unit: ships, of: Spending, as_of: 2025, kind: target}\n",
    );
    site.write("content/sources.yaml", "q: {title: A shared one}\n");
    let front = "title: About [this] & that\nsummary: A *summary*.\npublished: 2025-05-01\n\
                 sources: [{id: p, title: A paper, url: 'https://paper.example/', publisher: The press}, q]\n";
    let body = "Ann Ode spent [[fact:spent]][^p][^q].\n\n## A *heading*\n\n- one\n- [two](/articles/)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode_\n```\n";
    site.write("content/articles/a.md", format!("---\n{front}---\n\n{body}"));
    site
}

#[test]
fn a_page_as_markdown_has_its_text_its_figures_and_its_sources() {
    let loaded = load(&site("markdown: true\n"));
    let page = text(&loaded, "articles/a/index.md").unwrap();
    let expected = "\
# About \\[this\\] \\& that

> A \\*summary\\*.

By The desk\\
Published: May 1, 2025\\
<https://example.org/sub/articles/a/>

[Ann Ode](<https://example.org/sub/players/ann/>) spent [3\u{a0}ships](<https://example.org/sub/articles/a/#b-fact-spent>).

## A *heading*

- one
- [two](<https://example.org/sub/articles/>)

| a | b |
| --- | --- |
| 1 | 2 |

```
code_
```

## Figures on this page

- Spending: **3\u{a0}ships** (Target, 2025)

## Sources

- [A paper](<https://paper.example/>), The press
- A shared one
";
    assert_eq!(page, expected);
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES);
    let mut headings = 0;
    for event in Parser::new_ext(&page, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://"), "{dest_url}");
            }
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            _ => {}
        }
    }
    assert_eq!(headings, 4);
}

#[test]
fn the_list_for_language_models_leads_to_what_there_is() {
    for (settings, name) in
        [("llms_txt: true\n", ""), ("llms_txt: true\nmarkdown: true\n", "index.md")]
    {
        let list = text(&load(&site(settings)), "llms.txt").unwrap();
        assert_eq!(
            list,
            format!(
                "# Small \\*one\\*\n\n> Of all.\n\n## Articles\n\n\
                 - [About \\[this\\] \\& that](https://example.org/sub/articles/a/{name}): A \\*summary\\*.\n\n\
                 ## Players\n\n- [Ann Ode](https://example.org/sub/players/ann/{name})\n"
            )
        );
    }
}

#[test]
fn both_are_there_on_request_alone() {
    let loaded = load(&site(""));
    for path in ["articles/a/index.md", "llms.txt"] {
        assert_eq!(text(&loaded, path), None, "{path}");
    }
    let loaded = load(&site("markdown: true\n"));
    assert_eq!(text(&loaded, "players/hidden/index.md"), None);
}
