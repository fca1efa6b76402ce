//! The places that a text has.

/// A place, with `@@` where the payload stands.
pub(crate) struct Slot {
    /// The Markdown.
    pub(crate) text: &'static str,
    /// Whether what stands there is shown, or reported when it is not.
    pub(crate) shown: bool,
}

/// Every place.
pub(crate) const SLOTS: &[Slot] = &[
    shown("@@"),
    shown("Before @@ after."),
    shown("a  \n@@"),
    shown("\\@@"),
    shown("## @@\n\nText."),
    shown("#### @@\n\nText."),
    shown("# @@\n\nText."),
    shown("@@\n---\n\nText."),
    shown("- @@\n- b"),
    shown("1. @@\n2. b"),
    shown("- [ ] @@"),
    shown("> @@"),
    shown("> [!NOTE] @@\n> Text."),
    shown("> [!NOTE]\n> @@"),
    shown("> [!@@]\n> Text."),
    shown("| @@ | b |\n|---|---|\n| c | d |"),
    shown("| a | b |\n|---|---|\n| @@ | d |"),
    shown("| a | b |\n|@@|---|\n| c | d |"),
    shown("*@@* **@@** ~~@@~~"),
    shown("`` @@ ``"),
    shown("```\n@@\n```"),
    shown("    @@"),
    shown("```chart\ntitle: |\n  @@\nnote: |\n  @@\nrows: |\n  Year,A\n  2020,1\n```"),
    shown("```chart\ntitle: A\nrows: |\n  @@\n```"),
    shown("```chart\ntitle: A\nunit: |\n  @@\nrows: |\n  Year,A\n  2020,1\n```"),
    shown("```chart\ntitle: A\nrows: |\n  @@;Year\n  @@;1\n```"),
    shown("Term @@\n: Definition @@"),
    shown("Text.[^n]\n\n[^n]: @@"),
    shown("Text.[^@@]"),
    shown("Text.[^@@]\n\n[^@@]: Note."),
    shown("[@@](https://known.example/)"),
    shown("[@@](player:known-1)"),
    shown("[@@](#b-main)"),
    shown("[text](@@)"),
    shown("[text](<@@>)"),
    shown("[text](https://@@)"),
    shown("[text](https://known.example/@@)"),
    shown("[text](mailto:@@)"),
    shown("[text](player:@@)"),
    shown("[text](/@@)"),
    shown("[text](../@@)"),
    shown("[text](#@@)"),
    shown("[text](https://known.example/ \"@@\")"),
    shown("[text](https://known.example/ '@@')"),
    shown("[text](https://known.example/ (@@))"),
    shown("[text][ref]\n\n[ref]: @@"),
    shown("[text][ref]\n\n[ref]: <@@>"),
    shown("[text][ref]\n\n[ref]: https://known.example/ \"@@\""),
    shown("<@@>"),
    shown("![@@](https://known.example/a.png)"),
    shown("![alt](@@)"),
    shown("![alt](<@@>)"),
    shown("![alt](https://known.example/@@)"),
    shown("![alt](https://known.example/a.png \"@@\")"),
    shown("Text ![alt](https://known.example/a.png '@@') text."),
    shown("[![@@](https://known.example/a.png)](https://known.example/)"),
    shown("[[@@]]"),
    shown("[[@@|text]]"),
    shown("[[known-1|@@]]"),
    shown("[[known-1#@@]]"),
    shown("[[-|@@]]"),
    shown("[[fact:@@]]"),
    shown("[[player:@@]]"),
    shown("![[@@]]"),
    shown("<div>\n@@\n</div>"),
    shown("<b>@@</b>"),
    shown("<a title=\"@@\" href='@@'>a</a>"),
    shown("<![CDATA[@@]]>"),
    // HTML that every text may have.
    shown("<sub>@@</sub> <q>@@"),
    shown("<mark @@>a</mark>"),
    shown("<kbd>*@@</kbd>*"),
    shown("<abbr title=\"@@\">a</abbr>"),
    shown("<abbr title='@@'>a</abbr>"),
    shown("<abbr title=@@>a</abbr>"),
    shown("<details>\n<summary>@@</summary>\n\n@@\n\n</details>"),
    shown("<details>\n@@\n</details>"),
    shown("<sup>\n@@\n</sup>"),
    // What a Markdown reader leaves out.
    hidden("## Heading {#@@}\n\nText."),
    hidden("## Heading {.@@ a=\"@@\"}\n\nText."),
    hidden("```@@\ncode\n```"),
    hidden("```rust @@\ncode\n```"),
    hidden("<!-- @@ -->"),
    hidden("[ref]: @@ \"@@\""),
    hidden("[text][@@]\n\n[@@]: https://known.example/"),
    // What means nothing inside the site.
    hidden("[text](player:known-1 \"@@\")"),
    hidden("[text](?@@)"),
];

const fn shown(text: &'static str) -> Slot {
    Slot { text, shown: true }
}

const fn hidden(text: &'static str) -> Slot {
    Slot { text, shown: false }
}
