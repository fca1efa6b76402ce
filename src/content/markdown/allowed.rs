//! The HTML that every text may have, whatever its trust: a few elements of text, none with an attribute but the
//! `title` of `abbr`.
//!
//! Nothing of such a tag is copied: its name is one of the table, its title is escaped. Start and end tags are written
//! in pairs, within the block, the emphasis or the link that they stand in; what is left over is reported.

use std::ops::Range;

use crate::base::html;
use crate::diag::{Code, Diagnostic};

use super::Shape;
use super::driver::Driver;
use super::raw::{RawPart, RawTag, parts};

/// Elements of a line.
const INLINE: [&str; 12] =
    ["abbr", "cite", "del", "ins", "kbd", "mark", "q", "s", "small", "sub", "sup", "u"];

/// Elements of a line without an end tag.
const VOID: [&str; 2] = ["br", "wbr"];

/// What opens on request, and what stands there before.
const DETAILS: [&str; 2] = ["details", "summary"];

/// More elements are not open at once.
const MAX_OPEN: usize = 16;

/// The elements of this HTML that are open.
#[derive(Debug, Default)]
pub(super) struct AllowedHtml {
    /// Those of the leaf block that is being read.
    inline: Vec<OpenElement>,
    /// Where each `<details>` stands that is open.
    details: Vec<Range<usize>>,
}

impl AllowedHtml {
    /// Whether a block of it is open.
    pub(super) fn is_open(&self) -> bool {
        !self.details.is_empty()
    }
}

#[derive(Debug)]
struct OpenElement {
    name: &'static str,
    /// In how many emphases and links it stands.
    level: usize,
    range: Range<usize>,
}

/// A tag that is allowed.
struct AllowedTag<'h> {
    name: &'static str,
    is_end: bool,
    title: Option<&'h str>,
}

impl Driver<'_> {
    /// Writes a tag in a line of text, if it is allowed.
    pub(super) fn allowed_inline(&mut self, html: &str, range: &Range<usize>) -> bool {
        let parts = parts(html);
        let [RawPart::Tag(tag)] = &parts[..] else { return false };
        let Some(tag) = allowed(html, tag).filter(|tag| !DETAILS.contains(&tag.name)) else {
            return false;
        };
        if tag.is_end {
            return self.close_allowed(tag.name, range);
        }
        if self.allowed.inline.len() >= MAX_OPEN {
            return false;
        }
        self.write_allowed(&tag, range);
        true
    }

    /// Writes a block of HTML, if all of it is allowed.
    pub(super) fn allowed_block(&mut self, html: &str, range: &Range<usize>) -> bool {
        let parts = parts(html);
        if !self.is_allowed(html, &parts) {
            return false;
        }
        let is_tag = |part: &RawPart<'_>, names: &[&str]| matches!(part, RawPart::Tag(tag) if names.iter().any(|name| tag.name.eq_ignore_ascii_case(name)));
        let has_details = parts.iter().any(|part| is_tag(part, &DETAILS));
        let is_paragraph = !has_details && self.shape != Shape::Inline;
        self.out.raw(if is_paragraph { "<p>" } else { "" });
        let is_verbatim = self.text[range.start..].starts_with(html);
        for part in &parts {
            match part {
                RawPart::Text(text) => {
                    let source = match is_verbatim {
                        true => range.start + text.start..range.start + text.end,
                        false => range.clone(),
                    };
                    let text = html::decode(&html[text.clone()]);
                    match text.trim().is_empty() {
                        true => self.out.raw_prose(&text, &source),
                        false => self.out.prose(&text, &source),
                    }
                }
                RawPart::Tag(tag) => {
                    if let Some(tag) = allowed(html, tag) {
                        self.write_allowed_in_block(&tag, range);
                    }
                }
                RawPart::Other(_) => {}
            }
        }
        if self.shape != Shape::Inline {
            self.out.end_block();
        }
        self.out.raw(if is_paragraph { "</p>\n" } else { "" });
        if has_details {
            self.out.fresh_line();
        }
        true
    }

    fn write_allowed_in_block(&mut self, tag: &AllowedTag<'_>, range: &Range<usize>) {
        if DETAILS.contains(&tag.name) {
            self.out.end_block();
        }
        match (tag.name, tag.is_end) {
            ("details", false) => self.allowed.details.push(range.clone()),
            ("details", true) => {
                self.allowed.details.pop();
            }
            _ => {}
        }
        match tag.is_end {
            true => {
                self.out.close(tag.name);
                self.out.raw(&format!("</{}>", tag.name));
            }
            false => self.write_start(tag),
        }
    }

    /// Whether a block of HTML has nothing but tags that are allowed, in pairs, and text.
    fn is_allowed(&self, html: &str, parts: &[RawPart<'_>]) -> bool {
        let mut open: Vec<&str> = vec!["details"; self.allowed.details.len()];
        let mut is_behind_details = false;
        for part in parts {
            let tag = match part {
                RawPart::Text(text) => {
                    let text = &html[text.clone()];
                    if text.contains(['<', '>']) {
                        return false;
                    }
                    is_behind_details &= text.trim().is_empty();
                    continue;
                }
                RawPart::Tag(tag) => allowed(html, tag),
                RawPart::Other(_) => None,
            };
            let Some(tag) = tag.filter(|_| open.len() < MAX_OPEN) else { return false };
            let is_block = tag.name == "details";
            let fits = match (tag.name, tag.is_end) {
                (name, true) => open.pop() == Some(name),
                ("summary", _) => is_behind_details,
                _ if is_block => open.iter().all(|name| *name == "details"),
                _ => true,
            };
            if !fits || (is_block && (self.shape == Shape::Inline || self.depth > 0)) {
                return false;
            }
            if !tag.is_end && !VOID.contains(&tag.name) {
                open.push(tag.name);
            }
            is_behind_details = is_block && !tag.is_end;
        }
        open.iter().all(|name| *name == "details")
    }

    fn write_allowed(&mut self, tag: &AllowedTag<'_>, range: &Range<usize>) {
        if !VOID.contains(&tag.name) {
            let (level, range) = (self.level(), range.clone());
            self.allowed.inline.push(OpenElement { name: tag.name, level, range });
        }
        self.write_start(tag);
    }

    fn write_start(&mut self, tag: &AllowedTag<'_>) {
        match tag.name {
            "br" => {
                self.out.raw("<br />");
                self.out.prose_space();
                return self.plain.push(" ");
            }
            "wbr" => return self.out.raw("<wbr />"),
            name => self.out.open(name),
        }
        self.out.raw("<");
        self.out.raw(tag.name);
        if let Some(title) = tag.title {
            self.out.raw(" title=\"");
            self.out.attribute(&html::decode(title));
            self.out.raw("\"");
        }
        self.out.raw(">");
    }

    /// Writes an end tag. One that ends nothing is shown as text; a mark of Markdown that does is left out, and reported.
    fn close_allowed(&mut self, name: &str, range: &Range<usize>) -> bool {
        let level = self.level();
        let is_own = |open: &OpenElement| open.level == level;
        let at = self.allowed.inline.iter().rposition(|open| is_own(open) && open.name == name);
        let Some(at) = at else {
            let written = &self.text[range.clone()];
            if written.starts_with('<') {
                return false;
            }
            let message = format!("`{written}` ends nothing here: it is left out");
            let help = format!("write `{written}` in the same block and the same emphasis");
            self.problem(Code::RawHtml, range.clone(), &message, &help);
            return true;
        };
        self.end_allowed(at + 1);
        if self.allowed.inline.pop().is_some() {
            self.write_end(name);
        }
        true
    }

    /// Ends the elements that the emphasis, the link or the block of this level ends with.
    pub(super) fn end_level(&mut self, level: usize) {
        if !self.allowed.inline.is_empty() {
            let from = self.allowed.inline.iter().position(|open| open.level >= level);
            self.end_allowed(from.unwrap_or(self.allowed.inline.len()));
        }
    }

    /// Ends all but the first few elements, and reports them.
    fn end_allowed(&mut self, keep: usize) {
        while self.allowed.inline.len() > keep {
            let Some(open) = self.allowed.inline.pop() else { return };
            self.write_end(open.name);
            let message = format!("`<{}>` is not ended where it should be", open.name);
            let help = format!("write `</{}>` behind its text", open.name);
            self.draft
                .problems
                .push(Diagnostic::new(Code::RawHtml, open.range, message).help(help));
        }
    }

    /// Ends what the text has left open.
    pub(super) fn end_details(&mut self) {
        for range in std::mem::take(&mut self.allowed.details) {
            self.out.end_block();
            self.out.raw("</details>\n");
            let message = "`<details>` is never ended: it hides all the rest of the text";
            let range = super::driver::trimmed(self.text, range);
            self.problem(Code::RawHtml, range, message, "write `</details>` behind its text");
        }
    }

    fn write_end(&mut self, name: &str) {
        self.out.close(name);
        self.out.raw("</");
        self.out.raw(name);
        self.out.raw(">");
    }

    /// In how many emphases and links the next event stands.
    pub(super) fn level(&self) -> usize {
        self.inline_depth + self.links.len()
    }
}

/// The tag as it may be written, if it is allowed.
fn allowed<'h>(html: &'h str, tag: &RawTag<'_>) -> Option<AllowedTag<'h>> {
    let is_known = |name: &&&str| tag.name.eq_ignore_ascii_case(name);
    let name: &'static str = INLINE.iter().chain(&VOID).chain(&DETAILS).find(is_known)?;
    let is_void = VOID.contains(&name);
    let (_, mut attributes) = html::Tag::open(html, tag.range.start + 1 + usize::from(tag.is_end));
    let mut title = None;
    for attribute in attributes.by_ref() {
        let is_title = name == "abbr" && attribute.name.eq_ignore_ascii_case("title");
        if !is_title || tag.is_end || title.is_some() {
            return None;
        }
        title = Some(attribute.value);
    }
    let is_whole = match attributes.end {
        html::TagEnd::Plain => !(is_void && tag.is_end),
        html::TagEnd::SelfClosing => is_void && !tag.is_end,
        html::TagEnd::Missing => false,
    };
    is_whole.then_some(AllowedTag { name, is_end: tag.is_end, title })
}
