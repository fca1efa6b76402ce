//! HTML that the program wrote, as Markdown (CommonMark, with the tables and strikethrough of GitHub).

use std::fmt::Write;

use crate::base::html::{Tag, after_comment, decode};

/// A text as Markdown. Drawings are left out: the sentence and the table beside each say the same.
pub(super) fn markdown(html: &str) -> String {
    let mut writer = MarkdownWriter::default();
    writer.open(BlockKind::Part, "");
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        if rest.starts_with("<!--") {
            at = after_comment(html, at + 4);
        } else if let Some(name) = rest.strip_prefix("</") {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            writer.end(&name.to_ascii_lowercase());
            at += end;
        } else if rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic())
        {
            let (name, mut tag) = Tag::open(html, at + 1);
            let attributes: Vec<(String, String)> = tag
                .by_ref()
                .map(|own| (own.name.to_ascii_lowercase(), decode(own.value).into_owned()))
                .collect();
            let name = name.to_ascii_lowercase();
            at = tag.at;
            if name == "svg" {
                at = html[at..].find("</svg>").map_or(html.len(), |end| at + end + "</svg>".len());
                continue;
            }
            writer.start(&name, &attributes);
        } else {
            // A `<` that begins no tag is a character.
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |end| first + end);
            writer.text(&decode(&rest[..end]));
            at += end;
        }
    }
    while writer.blocks.len() > 1 {
        writer.close();
    }
    let parts = writer.blocks.pop().map(|mut root| root.finished()).unwrap_or_default();
    parts.join("\n\n")
}

/// A block that is being read.
#[derive(Default)]
struct Block {
    kind: BlockKind,
    /// The element that it is.
    name: String,
    parts: Vec<String>,
    /// The text that follows the last part.
    inline: String,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum BlockKind {
    /// Blocks below one another.
    #[default]
    Part,
    Heading(usize),
    Quote,
    /// A list, with the number of its next item where it counts.
    List(Option<u64>),
    Item,
    Code,
    Table,
    /// A row; true for the first, below which a line is drawn.
    Row,
    Cell,
    Term,
}

#[derive(Default)]
struct MarkdownWriter {
    blocks: Vec<Block>,
    /// Where the inline elements begin that are open, with what stands behind each.
    spans: Vec<(String, usize, String)>,
    /// What is left out until the element of this name ends, and how many of the name are open.
    skipped: Option<(String, usize)>,
}

impl Block {
    /// Its parts, with what was not one yet.
    fn finished(&mut self) -> Vec<String> {
        let inline = std::mem::take(&mut self.inline);
        let text = inline.trim();
        if !text.is_empty() {
            self.parts.push(text.to_owned());
        }
        std::mem::take(&mut self.parts)
    }
}

impl MarkdownWriter {
    fn top(&mut self) -> &mut Block {
        if self.blocks.is_empty() {
            self.blocks.push(Block::default());
        }
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }

    fn open(&mut self, kind: BlockKind, name: &str) {
        self.spans.clear();
        if let Some(above) = self.blocks.last_mut() {
            let parts = above.finished();
            above.parts = parts;
        }
        self.blocks.push(Block { kind, name: name.to_owned(), ..Block::default() });
    }

    /// Ends the innermost block and adds it to the one around it.
    fn close(&mut self) {
        self.spans.clear();
        let Some(mut block) = self.blocks.pop() else { return };
        let (code, parts) = match block.kind {
            BlockKind::Code => (std::mem::take(&mut block.inline), Vec::new()),
            _ => (String::new(), block.finished()),
        };
        let around = self.top();
        match block.kind {
            BlockKind::Part => around.parts.extend(parts),
            BlockKind::Heading(level) => {
                around.parts.push(format!("{} {}", "#".repeat(level), parts.join(" ")));
            }
            BlockKind::Quote => around.parts.push(prefixed(&parts.join("\n\n"), "> ", "> ")),
            BlockKind::Term => around.parts.push(format!("**{}**", parts.join(" "))),
            BlockKind::List(_) => around.parts.push(parts.join("\n")),
            BlockKind::Item => {
                let mark = match &mut around.kind {
                    BlockKind::List(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                let text = prefixed(&parts.join("\n\n"), &mark, &" ".repeat(mark.len()));
                around.parts.push(text);
            }
            BlockKind::Code => {
                let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                around.parts.push(format!("{fence}\n{}\n{fence}", code.trim_end_matches('\n')));
            }
            BlockKind::Cell => around.parts.push(parts.join(" ").replace('\n', " ")),
            BlockKind::Row => {
                let mut line = format!("| {} |", parts.join(" | "));
                if around.kind == BlockKind::Table && around.parts.is_empty() {
                    let _ = write!(line, "\n|{}", " --- |".repeat(parts.len()));
                }
                around.parts.push(line);
            }
            BlockKind::Table => around.parts.push(parts.join("\n")),
        }
    }

    /// Ends the innermost block of an element, and those in it that were left open.
    fn close_named(&mut self, name: &str) {
        if let Some(at) = self.blocks.iter().rposition(|block| block.name == name) {
            while self.blocks.len() > at.max(1) {
                self.close();
            }
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped == name);
            return;
        }
        let value = |key: &str| {
            attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
        };
        let kind = match name {
            "p" | "div" | "section" | "article" | "aside" | "figure" | "figcaption" | "details"
            | "dl" | "dd" | "header" | "footer" => BlockKind::Part,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                BlockKind::Heading(usize::from(name.as_bytes()[1] - b'0'))
            }
            "blockquote" => BlockKind::Quote,
            "ul" => BlockKind::List(None),
            "ol" => {
                BlockKind::List(Some(value("start").and_then(|at| at.parse().ok()).unwrap_or(1)))
            }
            "li" => BlockKind::Item,
            "pre" => BlockKind::Code,
            "table" => BlockKind::Table,
            "tr" => BlockKind::Row,
            "th" | "td" => BlockKind::Cell,
            "dt" | "summary" | "caption" => BlockKind::Term,
            _ => return self.start_inline(name, value),
        };
        // The table says what stands above it in its first row.
        if name == "caption" {
            self.skipped = Some((name.to_owned(), 1));
            return;
        }
        self.open(kind, name);
    }

    fn start_inline<'a>(&mut self, name: &str, value: impl Fn(&str) -> Option<&'a str>) {
        let (before, after) = match name {
            "strong" | "b" => ("**", "**".to_owned()),
            "em" | "i" | "cite" | "mark" => ("*", "*".to_owned()),
            "del" | "s" => ("~~", "~~".to_owned()),
            "code" if self.top().kind != BlockKind::Code => ("`", "`".to_owned()),
            "a" => match value("href") {
                Some(url) => ("[", format!("](<{}>)", url.replace(['<', '>', '\n'], ""))),
                None => return,
            },
            "img" => {
                let (alt, src) =
                    (value("alt").unwrap_or_default(), value("src").unwrap_or_default());
                let image = format!("![{}](<{src}>)", escaped(alt));
                self.top().inline.push_str(&image);
                return;
            }
            "br" => return self.top().inline.push_str("\\\n"),
            "hr" => {
                self.open(BlockKind::Part, "hr");
                self.top().inline.push_str("---");
                return self.close();
            }
            "input" => {
                let mark = if value("checked").is_some() { "[x] " } else { "[ ] " };
                return self.top().inline.push_str(mark);
            }
            _ => return,
        };
        let start = self.top().inline.len();
        self.spans.push((name.to_owned(), start, after));
        self.top().inline.push_str(before);
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(skipped == name);
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        match self.spans.iter().rposition(|(open, ..)| open == name) {
            Some(at) => {
                let (_, _, after) = self.spans.remove(at);
                self.top().inline.push_str(&after);
            }
            None => self.close_named(name),
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        let is_code = self.spans.iter().any(|(name, ..)| name == "code");
        let top = self.top();
        if top.kind == BlockKind::Code {
            return top.inline.push_str(text);
        }
        // White space is one space, and none at the beginning of a block.
        let mut words = String::with_capacity(text.len());
        let mut is_spaced = top.inline.is_empty() || top.inline.ends_with(char::is_whitespace);
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\n' | '\t' | '\r');
            if !(is_space && is_spaced) {
                words.push(if is_space { ' ' } else { c });
            }
            is_spaced = is_space;
        }
        let is_first = top.inline.is_empty();
        let mut words = if is_code { words } else { escaped(&words) };
        if is_first && !is_code {
            let is_mark = words.starts_with(['#', '+', '-', '>', '=', '~']);
            let digits = words.bytes().take_while(u8::is_ascii_digit).count();
            if is_mark {
                words.insert(0, '\\');
            } else if digits > 0 && words[digits..].starts_with(['.', ')']) {
                words.insert(digits, '\\');
            }
        }
        top.inline.push_str(&words);
    }
}

/// A text in which no character is a sign of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The lines of a text, the first behind one prefix and the others behind another.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let prefix = if at == 0 { first } else { rest };
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

/// A plain text as Markdown.
pub(super) fn plain(text: &str) -> String {
    escaped(text)
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn html_as_markdown() {
        for (html, expected) in [
            ("<p>A <b>b</b> &amp; <em>c</em>.</p>\n<p>D</p>", "A **b** \\& *c*.\n\nD"),
            ("<h2 id=\"x\">A</h2><p>b</p>", "## A\n\nb"),
            (
                "<p><a href=\"https://x.example/?a&amp;b\">y</a></p>",
                "[y](<https://x.example/?a&b>)",
            ),
            ("<ul>\n<li>a</li>\n<li>b\n<ul><li>c</li></ul></li></ul>", "- a\n- b\n\n  - c"),
            ("<ol start=\"3\"><li><p>a</p><p>b</p></li><li>c</li></ol>", "3. a\n\n   b\n4. c"),
            ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
            ("<pre><code>a *b*\n&lt;c&gt;\n</code></pre>", "```\na *b*\n<c>\n```"),
            (
                "<table><caption>No</caption><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2|3</td></tr></tbody></table>",
                "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |",
            ),
            ("<p>1. a_b [c] # d</p><p># e</p>", "1\\. a\\_b \\[c\\] # d\n\n\\# e"),
            ("<p>a<svg><text>no</text></svg>b<br>c</p><hr><p>d</p>", "ab\\\nc\n\n---\n\nd"),
            ("<p><img src=\"/a.png\" alt=\"A\"></p>", "![A](</a.png>)"),
            ("<dl><dt>A</dt><dd>b</dd></dl><!-- no -->", "**A**\n\nb"),
            ("<p>«é» 1 < 2</p>", "«é» 1 \\< 2"),
            ("<p>`a` <code>b</code> &lt;script&gt;</p>", "\\`a\\` `b` \\<script>"),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }
}
