//! What stands inside a block: text, citations, links, pictures, raw HTML.

use std::ops::Range;

use memchr::memchr;
use pulldown_cmark::LinkType;

use crate::base::html;
use crate::content::comments::{NOTE, START, is_behind_digit};
use crate::content::lint::embeds::instead_of_html;
use crate::content::markup::{Hole, InlineSpan};
use crate::content::reference::{Link, Use};
use crate::diag::{Code, Diagnostic};

use super::Shape;
use super::driver::Driver;
use super::finish::{RawId, UseDraft};
use super::links::{self, RefusedLink, Wiki};
use super::masked::is_escaped;
use super::placed::is_void;
use super::prose::{SectionStart, heading_level, is_inline};
use super::raw::{self, RawPart, RawTag, strip_comments};

/// A link that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenLink {
    /// Opened by a hole.
    Hole,
    /// To another site: plain HTML.
    Html,
    /// Refused, or inside another link: text alone.
    Text,
    /// `[[-|text]]`: text in which no name links.
    Unlinked,
    /// `[[id]]`, whose text is not what stands there: nothing is written until it ends.
    Silent,
}

impl Driver<'_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>, after_space: bool) {
        if self.links.last() == Some(&OpenLink::Silent) {
            return;
        }
        if let Some(chart) = &mut self.chart {
            return chart.push(range);
        }
        if self.masked.hides_in(&range) {
            return self.text_around(text, range);
        }
        let text = &*self.masked.shown(text);
        let (mut text, mut range) = (text, range);
        if after_space {
            if text.len() == range.len() {
                range.start += text.len() - text.trim_start().len();
            }
            text = text.trim_start();
        }
        if text.is_empty() {
            return;
        }
        if self.code {
            return self.write_text(text, &range);
        }
        if text.len() == range.len()
            && self.masked.has_marks
            && let Some((at, mark)) = comment_in(self.text, text, range.start)
        {
            // It was code when comments were overwritten, and is none now: better no text than a comment.
            let start = range.start + at;
            let message = "the comment cannot be told from code";
            let help = "end code and comments in the block that they begin in";
            self.problem(Code::CommentEnd, start..start + mark.len(), message, help);
            text = &text[..at];
            range.end = start;
        }
        // Only what stands in the source as it is can hold a citation, or begin inside a mark and go on behind it.
        let verbatim = text.len() == range.len();
        let source = |part: Range<usize>| match verbatim {
            true => range.start + part.start..range.start + part.end,
            false => range.clone(),
        };
        let mut from = 0;
        if range.start < self.skip {
            if range.end <= self.skip || !verbatim {
                return;
            }
            from = self.skip - range.start;
        }
        if verbatim && self.ours {
            let bracket = |from: usize| memchr(b'[', text.as_bytes().get(from..)?);
            while let Some(found) = bracket(from) {
                let at = from + found;
                let Some(id) = citation(self.text, range.start + at) else {
                    self.write_text(&text[from..=at], &source(from..at + 1));
                    from = at + 1;
                    continue;
                };
                if self.is_linked() {
                    break;
                }
                self.write_text(&text[from..at], &source(from..at));
                let id: &str = &self.text[id.clone()];
                let start = range.start + at + 2;
                self.out.hole(Hole::Cite(id.into()));
                self.found(Use::Cite(id.into()), start..start + id.len());
                self.skip = start + id.len() + 1;
                if self.skip >= range.end {
                    return;
                }
                from = self.skip - range.start;
            }
        }
        self.write_text(text.get(from..).unwrap_or_default(), &source(from..text.len()));
    }

    /// Text that comments stood in, where the parser knows none: the lead of a paragraph, a target between brackets.
    fn text_around(&mut self, text: &str, range: Range<usize>) {
        let kept = self.masked.clean(text, &range);
        if !kept.is_empty() {
            self.write_text(&kept, &range);
        }
        self.taken_out();
    }

    /// A comment was taken out.
    fn taken_out(&mut self) {
        let before = self.plain.as_str();
        self.after_space = before.is_empty() || before.ends_with(' ');
    }

    pub(super) fn code_span(&mut self, text: &str, range: &Range<usize>) {
        let text = self.masked.clean(text, range);
        self.out.barrier();
        self.out.raw("<code>");
        self.out.text(&text);
        self.out.raw("</code>");
        self.plain.push(&text);
    }

    pub(super) fn soft_break(&mut self, range: &Range<usize>) {
        if self.title.is_some() && self.inline_depth == 0 && self.links.is_empty() {
            return self.end_title(true);
        }
        self.out.prose(if self.shape == Shape::Inline { " " } else { "\n" }, range);
        self.plain.push(" ");
    }

    pub(super) fn hard_break(&mut self, range: &Range<usize>) {
        // The spaces that stand for a comment are none of its author's.
        let own = self.masked.last_hidden(range).map_or(range.start, |hidden| hidden.end);
        let is_own = self.text[own.min(range.end)..range.end].trim_end_matches('\n').len() >= 2
            || self.text[range.clone()].starts_with('\\');
        if self.title.is_some() || self.shape == Shape::Inline || !is_own {
            return self.soft_break(range);
        }
        self.out.raw("<br />");
        self.out.prose("\n", range);
        self.plain.push(" ");
    }

    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if !self.ours {
            return self.out.raw(html);
        }
        let html = self.masked.shown(html);
        let html = strip_comments(&html).html;
        if html.is_empty() {
            return self.taken_out();
        }
        if self.source.trusted {
            return self.trusted_html(&html, &range);
        }
        if self.allowed_inline(&html, &range) {
            return;
        }
        self.warn_html(range.clone(), &html);
        self.shown_html(&html, &range);
    }

    /// Raw HTML that readers see as it is written. Tags and attributes are no prose, what stands between them is.
    pub(super) fn shown_html(&mut self, html: &str, range: &Range<usize>) {
        // Where comments were in it, or signs of a list stand before its lines, its parts have no places of their own.
        let is_verbatim = self.text[range.start..].starts_with(html);
        for part in raw::parts(html) {
            match part {
                RawPart::Text(text) => {
                    let source = match is_verbatim {
                        true => range.start + text.start..range.start + text.end,
                        false => range.clone(),
                    };
                    self.out.prose(&html[text], &source);
                }
                RawPart::Tag(RawTag { range: hidden, .. }) | RawPart::Other(hidden) => {
                    self.out.barrier();
                    self.out.text(&html[hidden]);
                }
            }
        }
    }

    /// Raw HTML as it is, but for its ids: they stand only at home, and only once.
    pub(super) fn trusted_html(&mut self, html: &str, range: &Range<usize>) {
        // In a list or a quotation its lines stand behind other signs.
        let is_verbatim = self.text[range.start..].starts_with(html);
        for part in raw::parts(html) {
            match part {
                RawPart::Text(text) => {
                    let source = match is_verbatim {
                        true => range.start + text.start..range.start + text.end,
                        false => range.clone(),
                    };
                    self.out.raw_prose(&html[text], &source);
                }
                RawPart::Other(other) => self.out.raw(&html[other]),
                RawPart::Tag(tag) => self.raw_tag(html, &tag, range),
            }
        }
    }

    fn raw_tag(&mut self, html: &str, tag: &RawTag<'_>, range: &Range<usize>) {
        let name = tag.name.to_ascii_lowercase();
        if name == "a" {
            self.raw_link = !tag.is_end;
        }
        if !is_inline(&name) {
            self.out.end_block();
        }
        if name == "img" && !tag.is_end {
            self.raw_alternative(html, tag, range);
        }
        let whole = &html[tag.range.clone()];
        let is_start = !tag.is_end && !tag.is_empty;
        if tag.is_end {
            self.raw_depth = self.raw_depth.saturating_sub(1);
        } else if is_start && !is_void(&name) {
            self.raw_depth += 1;
        }
        if tag.is_end {
            self.out.close(&name);
        } else if name == "br" {
            self.out.prose_space();
        } else if let Some(level) = heading_level(&name).filter(|_| is_start) {
            let section = tag.ids.first().map(|_| SectionStart::Raw(self.draft.raw_ids.len()));
            self.out.open_heading(level, section.unwrap_or_default());
        } else if is_start && (name == "p" || name == "span") {
            if whole.contains("callout-title") || whole.contains("callout-kind") {
                self.out.open_silent(if name == "p" { "p" } else { "span" });
            }
        } else if is_start {
            self.out.open(&name);
        }
        let mut from = tag.range.start;
        for (attribute, id) in &tag.ids {
            self.out.raw(&html[from..attribute.start]);
            from = attribute.end;
            let hole = self.out.home();
            let range = self.place_of(id, range);
            self.draft.raw_ids.push(RawId { id: (*id).into(), range, hole, place: self.place });
        }
        self.out.raw(&html[from..tag.range.end]);
    }

    /// Notes the text alternative of a picture in trusted HTML.
    fn raw_alternative(&mut self, html: &str, tag: &RawTag<'_>, range: &Range<usize>) {
        let (_, mut attributes) = html::Tag::open(html, tag.range.start + 1);
        let alt = attributes.find(|attribute| attribute.name.eq_ignore_ascii_case("alt"));
        if let Some(alt) = alt {
            let start = range.start + alt.offset;
            let place = match self.text[range.start..].starts_with(html) {
                true => start..start + alt.value.len(),
                false => self.place_of(alt.value, range),
            };
            self.out.label(&html::decode(alt.value), place);
        }
    }

    /// Once for each leaf block: a word in bold has two tags.
    pub(super) fn warn_html(&mut self, range: Range<usize>, html: &str) {
        if !std::mem::replace(&mut self.warned, true) {
            let any = "write Markdown, or set `content_trust: trusted` in content/site.yaml";
            let help = instead_of_html(html).unwrap_or_else(|| any.to_owned());
            self.problem(Code::RawHtml, range, "raw HTML is shown as text", &help);
        }
    }

    pub(super) fn footnote_reference(&mut self, name: &str, range: Range<usize>) {
        let name = &*self.masked.attribute(name);
        if self.is_linked() {
            // A link inside a link is not HTML.
            return self.write_text(&format!("[^{name}]"), &range);
        }
        let hole = self.out.home();
        self.draft.footnotes.mark(self.place, name, hole);
    }

    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        url: &str,
        title: &str,
        range: Range<usize>,
    ) {
        let (url, title) = (&*self.masked.attribute(url), &*self.masked.attribute(title));
        let open = match kind {
            LinkType::WikiLink { has_pothole } => {
                // `[[id|]]` gives no text of its own: a link without a name cannot be followed by ear.
                let inside = self.text[range.clone()].trim_end_matches(']').trim_end();
                let has_text = has_pothole && !inside.ends_with('|');
                self.start_wiki(url, has_text, &range)
            }
            LinkType::Email => {
                self.open_link(Ok(Link::External(format!("mailto:{url}").into())), "", range)
            }
            _ => {
                let link = match self.ours {
                    true => links::destination(url, self.source.path),
                    false => Ok(Link::External(url.into())),
                };
                let place = self.place_of(url, &range);
                self.open_link(link, title, place)
            }
        };
        self.links.push(open);
    }

    pub(super) fn end_link(&mut self) {
        self.end_level(self.level());
        match self.links.pop() {
            Some(OpenLink::Hole) => {
                self.out.hole(Hole::Close);
            }
            Some(OpenLink::Unlinked) => {
                self.out.hole(Hole::UnlinkedEnd);
            }
            Some(OpenLink::Html) => {
                self.out.close("a");
                self.out.raw("</a>");
            }
            Some(OpenLink::Text | OpenLink::Silent) | None => {}
        }
    }

    fn start_wiki(&mut self, written: &str, has_text: bool, range: &Range<usize>) -> OpenLink {
        let place = self.place_of(links::wiki_target(written), range);
        match links::wiki(written, self.source.path) {
            Ok(Wiki::Unlinked) => {
                self.out.hole(Hole::Unlinked);
                OpenLink::Unlinked
            }
            Ok(Wiki::Fact(id)) => {
                if has_text {
                    self.problem(
                        Code::InvalidValue,
                        place.clone(),
                        "a figure prints its own value, not another text",
                        &format!("write `[[fact:{id}]]`"),
                    );
                }
                self.out.hole(Hole::Fact(id.clone()));
                self.plain.hole(InlineSpan::Fact(id.clone()));
                self.found(Use::Fact(id), place);
                OpenLink::Silent
            }
            Ok(Wiki::Link(Link::To(target, fragment))) if !has_text => {
                let link = Link::To(target.clone(), fragment);
                match &link {
                    _ if self.is_linked() => self.out.hole(Hole::Label(target.clone())),
                    Link::To(_, None) => self.out.hole(Hole::Named(target.clone())),
                    _ => {
                        self.out.hole(Hole::Open(Box::new(link.clone())));
                        self.out.hole(Hole::Label(target.clone()));
                        self.out.hole(Hole::Close);
                    }
                }
                self.found(Use::Link(link), place);
                self.plain.hole(InlineSpan::Label(target));
                OpenLink::Silent
            }
            Ok(Wiki::Link(link)) => self.open_link(Ok(link), "", place),
            Err(refused) => self.open_link(Err(refused), "", place),
        }
    }

    pub(super) fn open_link(
        &mut self,
        link: Result<Link, RefusedLink>,
        title: &str,
        place: Range<usize>,
    ) -> OpenLink {
        match link {
            Err(refused) => {
                self.refuse(refused, place);
                OpenLink::Text
            }
            Ok(Link::External(_)) if self.is_linked() => OpenLink::Text,
            Ok(Link::External(url)) => {
                self.out.open("a");
                self.out.raw("<a href=\"");
                self.out.href(&url);
                if !title.is_empty() {
                    self.out.raw("\" title=\"");
                    self.out.attribute(title);
                }
                self.out.raw("\">");
                OpenLink::Html
            }
            Ok(link) => {
                let linked = self.is_linked();
                if !linked {
                    self.out.hole(Hole::Open(Box::new(link.clone())));
                }
                self.found(Use::Link(link), place);
                if linked { OpenLink::Text } else { OpenLink::Hole }
            }
        }
    }

    pub(super) fn found(&mut self, what: Use, range: Range<usize>) {
        let (section, place) = (self.section, self.place);
        self.draft.uses.push(UseDraft { what, range, section, place });
    }

    pub(super) fn refuse(&mut self, refused: RefusedLink, range: Range<usize>) {
        let found = Diagnostic::new(refused.code, range.clone(), refused.message);
        let found = found.help(refused.help);
        self.draft.problems.push(match refused.meant {
            // Elsewhere the place is the whole link.
            Some(meant) if !self.text[range.clone()].contains('[') => found.fix(range, meant),
            _ => found,
        });
    }

    /// Writes text; `source` is where it stands.
    pub(super) fn write_text(&mut self, text: &str, source: &Range<usize>) {
        let text = match &self.title {
            Some(title) if self.out.mark() == title.start => text.trim_start(),
            _ => text,
        };
        if self.shape == Shape::Inline && text.contains('\n') {
            let line = text.trim_end().replace('\n', " ");
            self.out.prose(&line, source);
            return self.plain.push(&line);
        }
        self.out.prose(text, source);
        self.plain.push(text);
    }

    pub(super) fn is_linked(&self) -> bool {
        self.links.iter().any(|link| matches!(link, OpenLink::Hole | OpenLink::Html))
    }
}

/// Where a comment begins in a part of the text that stands at an offset, and its mark.
fn comment_in(whole: &str, part: &str, start: usize) -> Option<(usize, &'static str)> {
    let find = |first: u8, mark: &'static str| {
        memchr(first, part.as_bytes()).and_then(|_| part.find(mark)).map(|at| (at, mark))
    };
    let html = find(b'<', START).filter(|(at, _)| !is_escaped(whole, start + at));
    let note = find(b'%', NOTE)
        .filter(|(at, _)| !is_escaped(whole, start + at) && !is_behind_digit(whole, start + at));
    html.into_iter().chain(note).min()
}

/// The place of the id of a citation `[^id]` that begins at an offset.
fn citation(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text[at..].strip_prefix("[^")?;
    let known = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let len = rest.find(|c| !known(c))?;
    let escapes = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
    let found = len > 0 && rest[len..].starts_with(']') && escapes % 2 == 0;
    found.then(|| at + 2..at + 2 + len)
}
