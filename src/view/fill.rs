//! Fills the holes of a text for the page that shows it.

use std::cell::OnceCell;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use crate::base::{EntityId, OutPath};
use crate::check::links::{Root, leads_to_hidden, root};
use crate::content::document::{Body, Summary};
use crate::content::markup::{Hole, Markup, Piece};
use crate::content::media::MediaKind;
use crate::content::model::Source;
use crate::content::outside::Outside;
use crate::content::parts::ArticlePart;
use crate::content::reference::{Link, Target};
use crate::lang::{Arg, LangTag};
use crate::names::Linked;
use crate::site::{PageIx, SiteFact};
use pulldown_cmark_escape::{escape_href, escape_html};
use rustc_hash::FxHashMap;

use super::common::{Figure, Foreign, LinkText};
use super::context::{PageContext, with_fragment};
use super::figure::fact_text;
use super::html::{FilledHtml, NameLink, Values};
use super::sources::{Citation, SourceList, SourceView};

/// The letters of a figure in a text that are kept in one line.
const ONE_LINE: usize = 20;

/// The text of one document, shown on one page.
pub(super) struct HoleFiller<'a> {
    page_cx: &'a PageContext<'a>,
    /// The document's own page.
    home: &'a OutPath,
    /// The folder of the file that the text stands in.
    pub(super) folder: &'a str,
    /// Whether the page shown is the document's own.
    at_home: bool,
    summary: &'a Summary,
    body: &'a Body,
    linked: &'a Linked,
    /// The language of the text, where it is not that of the page shown.
    lang: Option<&'a LangTag>,
    /// The page's list of sources, which grows with each citation.
    sources: SourceList,
    /// The sources that the page declares, by id.
    own: OnceCell<FxHashMap<&'a str, &'a Source>>,
}

/// What a text with sections in it is made of.
pub(super) enum PlacedPiece {
    /// A run of the text.
    Run(FilledHtml),
    /// A section.
    Section(ArticlePart),
}

impl<'a> HoleFiller<'a> {
    pub(super) fn new(page_cx: &'a PageContext<'a>, page: PageIx) -> Self {
        let site = page_cx.cx.site;
        let home = &site.page(page).out;
        Self {
            page_cx,
            home,
            folder: site.page(page).path.folder(),
            at_home: home == page_cx.out,
            summary: &site.page(page).summary,
            body: page_cx.cx.texts.body(page),
            linked: page_cx.cx.texts.linked(page),
            lang: Some(page_cx.cx.lang_of(page)).filter(|lang| **lang != page_cx.lang.tag),
            sources: SourceList::default(),
            own: OnceCell::new(),
        }
    }

    /// The language of the words of a field of the document, where it is not that of the page shown.
    pub(super) fn other(&self, key: &str) -> Option<Foreign> {
        self.page_cx.cx.other(self.page_cx.cx.words_of(self.summary, key))
    }

    /// A text with every hole filled.
    pub(super) fn html(&self, markup: &Markup) -> FilledHtml {
        let mut open: Vec<bool> = Vec::new();
        let mut values = Values::default();
        for piece in markup.pieces() {
            if let Piece::Hole(hole) = piece {
                values.push(|out| self.hole(hole, &mut open, out));
            }
        }
        FilledHtml::new(markup.clone(), self.at_home, values, self.names(markup.number()))
    }

    /// The runs of a text between the sections that are placed in it, with every hole filled; blank ones are left out. `place`
    /// is called with each run and each section, in their order.
    pub(super) fn runs(&self, markup: &Markup, place: &mut dyn FnMut(PlacedPiece)) {
        let mut open: Vec<bool> = Vec::new();
        let mut names = self.names(markup.number());
        let mut values = Values::default();
        let (mut start, mut is_blank) = (0, true);
        let mut end_run = |values: Values, pieces: Range<usize>| {
            let behind = names.partition_point(|name| (name.piece as usize) < pieces.end);
            let of_run = names.drain(..behind).collect();
            FilledHtml::new(markup.clone(), self.at_home, values, of_run).part(pieces)
        };
        for (at, piece) in markup.pieces().enumerate() {
            match piece {
                Piece::Hole(Hole::Section(part)) => {
                    let run = end_run(std::mem::take(&mut values), start..at);
                    if !is_blank {
                        place(PlacedPiece::Run(run));
                    }
                    place(PlacedPiece::Section(*part));
                    (start, is_blank) = (at + 1, true);
                }
                Piece::Hole(hole) => {
                    is_blank = false;
                    values.push(|out| self.hole(hole, &mut open, out));
                }
                Piece::Html(html) | Piece::Home(html) => is_blank &= html.trim_ascii().is_empty(),
            }
        }
        if !is_blank {
            place(PlacedPiece::Run(end_run(values, start..markup.len())));
        }
    }

    /// The names of a text that link on the page shown: none to the page itself.
    fn names(&self, text: u32) -> Vec<NameLink> {
        let cx = self.page_cx.cx;
        let all = &self.linked.names;
        let first = all.partition_point(|name| name.text < text);
        let of_text = all[first..].iter().take_while(|name| name.text == text);
        of_text
            .filter_map(|name| {
                let player = cx.site.player(&name.player)?;
                if cx.site.page(player).out == *self.page_cx.out {
                    return None;
                }
                let link = cx.page_link(player);
                let href = escaped_href(link.href.clone()?);
                let lang = link.foreign.as_ref().and_then(|foreign| foreign.lang.clone());
                let (piece, start, end) = (name.piece, name.start, name.end);
                Some(NameLink { piece, start, end, href, lang })
            })
            .collect()
    }

    /// The same, or none for an empty text.
    pub(super) fn some(&self, markup: &Markup) -> Option<FilledHtml> {
        (!markup.is_empty()).then(|| self.html(markup))
    }

    fn hole(&self, hole: &Hole, open: &mut Vec<bool>, out: &mut String) {
        match hole {
            Hole::HomeStart | Hole::HomeEnd | Hole::Unlinked | Hole::UnlinkedEnd => {}
            Hole::Open(link) => {
                let href = match &**link {
                    Link::Root(url) if leads_to_hidden(self.page_cx.cx.site, url) => None,
                    link => self.href(link),
                };
                open.push(href.is_some());
                if let Some(href) = href {
                    open_link(out, &href, self.foreign(link).as_ref(), false);
                }
            }
            Hole::Close => {
                if open.pop().unwrap_or(false) {
                    out.push_str("</a>");
                }
            }
            Hole::Named(target) => match self.title(target) {
                Some(LinkText { text, href: Some(href), foreign }) => {
                    open_link(out, &href, foreign.as_ref(), true);
                    push_escaped(out, &text);
                    out.push_str("</a>");
                }
                Some(link) => push_escaped(out, &link.text),
                None => push_escaped(out, target.id()),
            },
            Hole::Label(target) => match self.title(target) {
                Some(LinkText { text, foreign: Some(foreign), .. }) => {
                    let Foreign { text: lang, dir, .. } = foreign;
                    let _ = write!(out, "<span lang=\"{lang}\" dir=\"{dir}\">");
                    push_escaped(out, &text);
                    out.push_str("</span>");
                }
                Some(link) => push_escaped(out, &link.text),
                None => push_escaped(out, target.id()),
            },
            Hole::Fact(id) => self.fact(id, out),
            Hole::Cite(id) if self.at_home => self.citation(id, out),
            Hole::Cite(_) => {}
            Hole::Image(image) => match MediaKind::of_link(&image.src) {
                Some(kind) => self.media(kind, image, out),
                None => match Outside::of_link(&image.src) {
                    Some(outside) => self.outside(&outside, image, out),
                    None => self.image(image, out),
                },
            },
            Hole::Chart(chart) => self.chart(chart, out),
            Hole::Message(key) => push_escaped(out, &self.page_cx.t(key, &[])),
            Hole::Section(_) if self.at_home => {}
            Hole::Section(part) => self.section(*part, out),
        }
    }

    /// Where a text is shown without its page: a link to the page, by the name of the section that stands here.
    fn section(&self, part: ArticlePart, out: &mut String) {
        let Some((key, _)) = part.heading() else { return };
        out.push_str("<p><a href=\"");
        push_href(out, &self.page_cx.cx.href(self.home));
        out.push_str("\">");
        push_escaped(out, &self.page_cx.t(key, &[]));
        out.push_str("</a></p>\n");
    }

    /// The title of what a reference names, with its language where that is not the text's.
    fn title(&self, target: &Target) -> Option<LinkText> {
        let mut link = self.page_cx.cx.resolve(target)?;
        if let Some(around) = self.lang {
            let (lang, dir) = (self.page_cx.lang.tag.as_str(), self.page_cx.lang.tag.direction());
            let own = || Foreign { lang: None, text: lang.into(), dir };
            let foreign = link.foreign.take().unwrap_or_else(own);
            link.foreign = Some(foreign).filter(|foreign| *foreign.text != *around.as_str());
        }
        Some(link)
    }

    /// The URL of a link on the page shown, or none when it leads nowhere.
    pub(super) fn href(&self, link: &Link) -> Option<Arc<str>> {
        let cx = self.page_cx.cx;
        match link {
            Link::External(url) => Some(Arc::from(&**url)),
            Link::Root(url) => Some(cx.root_href(url).into()),
            Link::Anchor(anchor) if self.at_home => Some(with_fragment("", anchor)),
            Link::Anchor(anchor) => Some(with_fragment(&cx.href(self.home), anchor)),
            Link::To(target, anchor) => {
                let href = cx.resolve(target)?.href?;
                Some(match anchor {
                    Some(anchor) => with_fragment(&href, anchor),
                    None => href,
                })
            }
        }
    }

    /// The language that a link leads to, if that is not the page's.
    fn foreign(&self, link: &Link) -> Option<Foreign> {
        match link {
            // With one language there is nothing to look for.
            Link::To(..) | Link::Root(_) if self.page_cx.cx.site.editions.len() == 1 => None,
            Link::To(target, _) => self.page_cx.cx.resolve(target)?.foreign,
            Link::Root(url) => match root(self.page_cx.cx.first, url) {
                Root::There(out) => self.page_cx.cx.foreign_output(&out),
                Root::Hidden | Root::Broken | Root::Missing(_) => None,
            },
            Link::Anchor(_) | Link::External(_) => None,
        }
    }

    fn fact(&self, id: &str, out: &mut String) {
        let cx = self.page_cx.cx;
        let Some(own) = cx.site.fact(id) else { return push_escaped(out, id) };
        // At home the words are no link: browsers and programs that show the text alone drop what is in a button, and the
        // words stay beside it.
        let text = fact_text(&own.fact, &self.page_cx.lang);
        match self.at_home {
            // What opens its note lies over its words, as far as they stand in one line.
            true if text.chars().count() > ONE_LINE => {
                out.push_str("<span class=\"fact fact-long\"><bdi");
            }
            true => out.push_str("<span class=\"fact\"><bdi"),
            false => {
                out.push_str("<a class=\"fact\" href=\"");
                push_href(out, &cx.href(self.home));
                let _ = write!(out, "#b-fact-{id}\"><bdi");
            }
        }
        let lang = &self.page_cx.lang;
        // Isolated: among letters of the other direction its signs and digits would change places with its words.
        if self.lang.is_some() {
            let _ = write!(out, " lang=\"{}\" dir=\"{}\"", lang.tag, lang.tag.direction());
        }
        out.push('>');
        match *cx.fact_lang(own) == lang.tag {
            true => push_escaped(out, &text),
            false => cx.fact_runs(own, &own.fact.value, lang).write(out, &lang.tag),
        }
        out.push_str("</bdi>");
        match self.at_home {
            true => self.note_of_fact(id, out),
            false => out.push_str("</a>"),
        }
    }

    /// What opens the note of a figure: a button, and where a browser cannot open it a link to it. The style sheet shows one
    /// of them.
    fn note_of_fact(&self, id: &str, out: &mut String) {
        let label = self.page_cx.t("figure-note", &[]);
        let _ = write!(out, "<a href=\"#b-fact-{id}\" aria-label=\"");
        push_escaped(out, &label);
        let _ = write!(
            out,
            "\"></a><button type=\"button\" popovertarget=\"b-note-b-fact-{id}\" aria-label=\""
        );
        push_escaped(out, &label);
        out.push_str("\"></button></span>");
    }

    fn citation(&self, id: &str, out: &mut String) {
        let Some(source) = self.source(id) else { return };
        let Citation { number, href, anchor } =
            self.sources.cite(self.page_cx, source, self.lang_of_source(source), true);
        let label = self.page_cx.t("citation", &[("number", Arg::Number(number as f64))]);
        let _ = write!(out, "<sup class=\"cite\"><a href=\"{href}\" id=\"{anchor}\" aria-label=\"");
        push_escaped(out, &label);
        let _ = write!(out, "\">[{number}]</a></sup>");
    }

    /// The language of the file that has a source.
    fn lang_of_source(&self, source: &Source) -> &LangTag {
        self.page_cx.cx.source_lang(self.summary, source)
    }

    /// The page that the text is shown on.
    pub(super) fn page_cx(&self) -> &'a PageContext<'a> {
        self.page_cx
    }

    /// The mark of a citation, on the page that the text belongs to.
    pub(super) fn mark(&self, id: Option<&Arc<str>>, out: &mut String) {
        if let Some(id) = id.filter(|_| self.at_home) {
            self.citation(id, out);
        }
    }

    /// The title of a source that the text names; its publisher where it has none.
    pub(super) fn source_title(&self, id: &str) -> Option<Arc<str>> {
        let source = self.source(id)?;
        source.title.clone().or_else(|| source.publisher.clone())
    }

    /// The source that the page means by an id: its own, or a shared one.
    fn source(&self, id: &str) -> Option<&Source> {
        let own = self.own.get_or_init(|| {
            let own = self.summary.sources.iter().filter(|source| source.is_whole());
            // Of two with one id the first counts.
            own.rev().filter_map(|source| Some((source.id.as_deref()?, source))).collect()
        });
        let own = own.get(id).copied();
        own.or_else(|| self.page_cx.cx.site.source(id).map(|source| &**source))
    }

    /// Cites a source that a field of the page names.
    pub(super) fn cite(&self, id: &Option<EntityId>) -> Option<Citation> {
        let source = self.source(id.as_deref()?)?;
        Some(self.sources.cite(self.page_cx, source, self.lang_of_source(source), true))
    }

    /// Cites a source, which may be that of another page: of one that declares a figure, or tells of an event.
    pub(super) fn cite_source(&self, source: &Source) -> Citation {
        let id = source.id.as_deref();
        let own = id.and_then(|id| self.source(id));
        let is_known = own.is_some_and(|own| std::ptr::eq(own, source));
        self.sources.cite(self.page_cx, source, self.lang_of_source(source), is_known)
    }

    /// The page's list of sources: those that it cites, in the order of their first citation, then the others that it lists.
    /// Every other part of the view is made before.
    pub(super) fn sources(self) -> Vec<SourceView> {
        for source in &self.summary.sources {
            let meant = source.id.as_ref().and_then(|id| self.source(id)).unwrap_or(source);
            self.sources.list(self.page_cx, meant, self.lang_of_source(meant));
        }
        self.sources.views(self.page_cx)
    }

    /// The figures that the page's texts use.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let cx = self.page_cx.cx;
        let used = self.body.figures.iter().filter_map(|id| cx.site.fact(id));
        let figure = |own: &SiteFact| {
            let source = cx.fact_source(own, &own.fact.source);
            Figure {
                cite: source.map(|source| self.cite_source(source)),
                ..self.page_cx.figure(own)
            }
        };
        used.map(figure).collect()
    }
}

pub(super) fn push_escaped(out: &mut String, text: &str) {
    escape_html(out, text).expect("writing to a string does not fail");
}

/// Opens a link. `foreign` is the language that it leads to, if that is not the page's; `is_titled` says that the text
/// is the title of what it leads to.
fn open_link(out: &mut String, url: &str, foreign: Option<&Foreign>, is_titled: bool) {
    out.push_str("<a href=\"");
    push_href(out, url);
    out.push('"');
    if let Some(Foreign { lang, text, dir }) = foreign {
        if let Some(lang) = lang {
            let _ = write!(out, " hreflang=\"{lang}\"");
        }
        if is_titled {
            let _ = write!(out, " lang=\"{text}\" dir=\"{dir}\"");
        }
    }
    out.push('>');
}

pub(super) fn push_href(out: &mut String, url: &str) {
    escape_href(out, url).expect("writing to a string does not fail");
}

/// A URL as it stands in an attribute: most stay as they are.
fn escaped_href(url: Arc<str>) -> Arc<str> {
    let mut out = String::with_capacity(url.len());
    push_href(&mut out, &url);
    if *out == *url { url } else { out.into() }
}
