//! Blocks: headings, lists, tables, quotes, raw HTML.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, Tag, TagEnd};

use crate::content::markup::Hole;
use crate::diag::Code;

use super::Shape;
use super::charts::{OpenChart, is_chart};
use super::driver::{Driver, PendingStart, trimmed};
use super::finish::HeadingDraft;
use super::prose::SectionStart;
use super::raw::strip_comments;
use super::writer::HtmlWriter;

/// The table that is open.
#[derive(Default)]
pub(super) struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    in_body: bool,
    /// The end tag of the cell that is open.
    cell: &'static str,
}

impl<'a> Driver<'a> {
    pub(super) fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        if let Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Superscript
        | Tag::Subscript = tag
        {
            self.inline_depth += 1;
            return self.out.raw(span(&tag.to_end()).0);
        }
        match tag {
            Tag::Link { link_type, dest_url, title, .. } => {
                return self.start_link(link_type, &dest_url, &title, range);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                return self.start_picture(link_type, &dest_url, &title, range);
            }
            _ => {}
        }
        self.end_leaf();
        if self.shape == Shape::Inline {
            return self.start_dropped(&tag, range);
        }
        self.out.end_block();
        let is_top = self.is_top();
        if is_top
            && !matches!(tag, Tag::Heading { .. } | Tag::HtmlBlock | Tag::FootnoteDefinition(_))
        {
            self.mark_followed();
        }
        if is_container(&tag) {
            self.depth += 1;
        }
        match tag {
            Tag::Paragraph => {
                self.out.fresh_line();
                let text = trimmed(self.text, range);
                if is_top && self.places_sections(&text) {
                    return;
                }
                if self.ours {
                    self.typed_callout(&text);
                }
                if self.text[text.clone()].starts_with("![") {
                    self.opening = PendingStart::Paragraph(text);
                } else {
                    self.out.raw("<p>");
                }
            }
            Tag::Heading { level, id, classes, .. } => {
                let id = id.map(|id| {
                    let id = self.masked.attribute(&id);
                    let written = self.text[range.clone()].rfind(&format!("#{id}"));
                    let start = written.map(|at| range.start + at + 1);
                    let whole = trimmed(self.text, range.clone());
                    ((*id).into(), start.map_or(whole, |start| start..start + id.len()))
                });
                let classes = classes.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ");
                let classes = self.masked.attribute(&classes);
                self.start_heading(level, id, &classes, is_top, range);
            }
            Tag::BlockQuote(_) => {
                self.out.fresh_line();
                self.opening = PendingStart::Quote;
            }
            Tag::CodeBlock(kind) => {
                self.out.fresh_line();
                self.code = true;
                if self.ours && is_chart(&kind) {
                    self.chart = Some(OpenChart::default());
                    return;
                }
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => self.masked.attribute(info),
                    CodeBlockKind::Indented => "".into(),
                };
                self.out.open("pre");
                self.out.raw("<pre");
                self.scrolls("code");
                match language.split_whitespace().next() {
                    Some(language) => {
                        self.out.raw("<code class=\"language-");
                        self.out.attribute(language);
                        self.out.raw("\">");
                    }
                    None => self.out.raw("<code>"),
                }
            }
            Tag::List(first) => {
                self.out.fresh_line();
                self.out.open("ul");
                match first {
                    None => self.out.raw("<ul>\n"),
                    Some(1) => self.out.raw("<ol>\n"),
                    Some(first) => self.out.raw(&format!("<ol start=\"{first}\">\n")),
                }
            }
            Tag::Item => {
                self.out.open("li");
                self.open_line("<li>");
            }
            Tag::DefinitionList => {
                self.out.open("dl");
                self.open_line("<dl>\n");
            }
            Tag::DefinitionListTitle => {
                self.out.open("dt");
                self.open_line("<dt>");
            }
            Tag::DefinitionListDefinition => self.open_line("<dd>"),
            Tag::FootnoteDefinition(name) => {
                let mark = self.text[range.clone()]
                    .find("]:")
                    .map_or(range.end, |end| range.start + end + 2);
                let name = self.masked.attribute(&name);
                let index = self.draft.footnotes.open(&name, range.start..mark);
                let writer = std::mem::replace(&mut self.out, HtmlWriter::of_footnote());
                self.outer.push((self.place, writer));
                self.place = Some(index);
            }
            Tag::Table(alignments) => {
                self.table = OpenTable { alignments, ..OpenTable::default() };
                self.out.open("table");
                self.open_line("<div class=\"table-scroll\"");
                self.scrolls("table");
                self.out.raw("\n<table>\n");
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.out.open("tr");
                self.out.raw("<thead>\n<tr>");
            }
            Tag::TableRow => {
                if !self.table.in_body {
                    self.table.in_body = true;
                    self.out.raw("<tbody>\n");
                }
                self.table.column = 0;
                self.out.open("tr");
                self.out.raw("<tr>");
            }
            Tag::TableCell => self.start_cell(&range),
            // Raw HTML waits for its end; the rest is inline, or left off.
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {
                self.end_level(self.level());
                self.inline_depth -= 1;
                return self.out.raw(span(&tag).1);
            }
            TagEnd::Link => return self.end_link(),
            TagEnd::HtmlBlock => return self.end_html(range),
            _ => {}
        }
        if tag == TagEnd::Paragraph && self.is_top() && self.draft.lead.is_empty() {
            self.draft.lead = self.plain.all();
        }
        if let (TagEnd::Heading(_), Some(index)) = (tag, self.heading) {
            self.draft.headings[index].text = self.plain.all();
        }
        if self.title.is_some() {
            return self.end_title(false);
        }
        self.end_leaf();
        if self.shape == Shape::Inline {
            return self.end_dropped(tag);
        }
        self.out.end_block();
        match tag {
            // Nothing but a comment stood in it.
            TagEnd::Paragraph if self.masked.hides_in(&range) && self.out.take_back("<p>") => {}
            TagEnd::Paragraph => {
                self.out.raw(if std::mem::take(&mut self.figure) {
                    "</figure>\n"
                } else {
                    "</p>\n"
                });
            }
            TagEnd::Heading(_) => {
                if let Some(index) = self.heading.take() {
                    let level = self.draft.headings[index].level;
                    self.out.close_heading(level);
                    // A link may hold none.
                    if let Some((before, mark)) = self.permalink.take()
                        && self.out.is_plain_since(mark)
                    {
                        let after = self.out.home();
                        self.draft.headings[index].link = Some((before, after));
                    }
                    self.out.raw(&format!("</h{level}>\n"));
                }
            }
            TagEnd::BlockQuote(_) => {
                let is_callout = self.quotes.pop().unwrap_or_default();
                self.out.close(if is_callout { "aside" } else { "blockquote" });
                self.out.raw(if is_callout { "</aside>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock if self.chart.is_some() => self.end_chart(range),
            TagEnd::CodeBlock => {
                self.code = false;
                self.out.close("pre");
                self.out.raw("</code></pre>\n");
            }
            TagEnd::List(ordered) => {
                self.out.close("ul");
                self.out.raw(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.out.close("li");
                self.out.raw("</li>\n");
            }
            TagEnd::DefinitionList => {
                self.out.close("dl");
                self.out.raw("</dl>\n");
            }
            TagEnd::DefinitionListTitle => {
                self.out.close("dt");
                self.out.raw("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => self.out.raw("</dd>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((place, outer)) = self.outer.pop() {
                    let writer = std::mem::replace(&mut self.out, outer);
                    if let Some(index) = std::mem::replace(&mut self.place, place) {
                        self.draft.footnotes.close(index, writer);
                    }
                }
            }
            TagEnd::Table => {
                self.out.raw(if self.table.in_body { "</tbody>\n" } else { "" });
                self.out.close("table");
                self.out.raw("</table>\n</div>\n");
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.close("tr");
                self.out.raw("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => {
                self.out.close("tr");
                self.out.raw("</tr>\n");
            }
            TagEnd::TableCell => {
                self.table.column += 1;
                self.out.raw(self.table.cell);
            }
            _ => {}
        }
        if is_container_end(tag) {
            self.depth -= 1;
        }
    }

    fn start_heading(
        &mut self,
        written: HeadingLevel,
        chosen: Option<(Box<str>, Range<usize>)>,
        classes: &str,
        top: bool,
        range: Range<usize>,
    ) {
        let level = match (self.shape, written as u8) {
            (_, level) if !self.ours => level,
            (Shape::Block, level) => (level + 2).clamp(4, 6),
            (_, level) => level.max(2),
        };
        if self.ours && self.shape == Shape::Body && written == HeadingLevel::H1 {
            self.problem(
                Code::BodyH1,
                trimmed(self.text, range.clone()),
                "`#` in a body is set as `##`",
                "write `##`: the title is the page's only first-level heading",
            );
        }
        self.out.fresh_line();
        self.out.open_heading(level, SectionStart::Heading(self.draft.headings.len()));
        self.out.raw(&format!("<h{level}"));
        let hole = self.out.home();
        if self.source.trusted && !classes.is_empty() {
            self.out.raw(" class=\"");
            self.out.attribute(classes);
            self.out.raw("\"");
        }
        self.out.raw(">");
        let index = self.draft.headings.len();
        self.heading = Some(index);
        self.permalink = (self.ours && top && self.place.is_none()).then(|| {
            let before = self.out.home();
            (before, self.out.mark())
        });
        if top {
            if let Some(last) =
                self.last_top.filter(|last| self.draft.headings[*last].level < level)
            {
                self.draft.headings[last].followed = true;
            }
            self.last_top = Some(index);
            let in_h2 = self.section.is_some_and(|section| self.draft.headings[section].level == 2);
            if level == 2 || !in_h2 {
                self.section = Some(index);
            }
        }
        self.draft.headings.push(HeadingDraft {
            level,
            chosen,
            text: Default::default(),
            hole,
            link: None,
            place: self.place,
            top,
            followed: false,
            range: trimmed(self.text, range),
        });
    }

    fn start_cell(&mut self, range: &Range<usize>) {
        let cell = self.masked.attribute(&self.text[range.clone()]);
        let cell = cell.trim_matches(|c: char| c.is_whitespace() || c == '|');
        // An empty header cell heads nothing.
        let is_header = self.table.in_head && !cell.is_empty();
        self.table.cell = if is_header { "</th>" } else { "</td>" };
        self.out.raw(if is_header { "<th scope=\"col\"" } else { "<td" });
        self.out.raw(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
    }

    /// A list's marker is all that one line keeps of its blocks: `2025. A year` is no list there.
    fn start_dropped(&mut self, tag: &Tag<'a>, range: Range<usize>) {
        self.out.gap();
        match tag {
            Tag::List(first) => self.lists.push(first.is_some()),
            Tag::Item if self.lists.last() == Some(&true) => {
                let start = range.start;
                let marker = self.text[range].split_whitespace().next().unwrap_or_default();
                self.out.prose(marker, &(start..start + marker.len()));
                self.out.gap();
                self.plain.push(marker);
                self.plain.push(" ");
            }
            Tag::CodeBlock(_) => self.code = true,
            _ => {}
        }
    }

    fn end_dropped(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::CodeBlock => self.code = false,
            _ => {}
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        if self.shape != Shape::Inline {
            self.label = true;
            self.out.raw("<label><input type=\"checkbox\" disabled");
            self.out.raw(if done { " checked> " } else { "> " });
        }
    }

    /// Ends a callout's title; `more` of its first paragraph may follow.
    pub(super) fn end_title(&mut self, more: bool) {
        self.end_leaf();
        if let Some(title) = self.title.take() {
            if self.out.mark() == title.start {
                self.out.take_back(" ");
            }
            self.out.end_block();
            self.out.close("p");
            self.out.raw(if more { "</p>\n<p>" } else { "</p>\n" });
        }
    }

    fn end_html(&mut self, range: Range<usize>) {
        let html = self.html.take().unwrap_or_default();
        if !self.ours {
            return self.out.raw(&html);
        }
        let stripped = strip_comments(&html);
        if stripped.unclosed {
            self.problem(
                Code::CommentEnd,
                trimmed(self.text, range.clone()),
                "the comment is never closed",
                "close it with `-->`",
            );
        }
        if stripped.html.trim().is_empty() {
            return;
        }
        if self.is_top() {
            self.mark_followed();
        }
        if self.source.trusted {
            return self.trusted_html(&stripped.html, &range);
        }
        let range = trimmed(self.text, range);
        if self.allowed_block(stripped.html.trim(), &range) {
            return;
        }
        self.warn_html(range.clone(), &stripped.html);
        let is_block = self.shape != Shape::Inline;
        self.out.raw(if is_block { "<p>" } else { "" });
        self.shown_html(stripped.html.trim(), &range);
        if is_block {
            self.out.end_block();
        }
        self.out.raw(if is_block { "</p>\n" } else { "" });
        self.warned = false;
    }

    fn open_line(&mut self, tag: &str) {
        self.out.fresh_line();
        self.out.raw(tag);
    }

    /// Ends the start tag of what may be wider than the page. What scrolls has to be reachable by keyboard (WCAG 2.1.1),
    /// and what is reached has to say what it is (4.1.2); `name` is the message that does.
    fn scrolls(&mut self, name: &'static str) {
        if self.ours {
            self.out.raw(" role=\"group\" aria-label=\"");
            self.out.hole(Hole::Message(name));
            self.out.raw("\"");
        }
        self.out.raw(" tabindex=\"0\">");
    }

    fn is_top(&self) -> bool {
        self.depth == 0
    }

    fn mark_followed(&mut self) {
        if let Some(last) = self.last_top {
            self.draft.headings[last].followed = true;
        }
    }
}

fn span(tag: &TagEnd) -> (&'static str, &'static str) {
    match tag {
        TagEnd::Emphasis => ("<em>", "</em>"),
        TagEnd::Strong => ("<strong>", "</strong>"),
        TagEnd::Strikethrough => ("<del>", "</del>"),
        TagEnd::Superscript => ("<sup>", "</sup>"),
        _ => ("<sub>", "</sub>"),
    }
}

fn is_container(tag: &Tag<'_>) -> bool {
    is_container_end(tag.to_end())
}

fn is_container_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::Table
    )
}
