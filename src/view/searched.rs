//! What readers can find of an entry: its names, and its text by sections. The index is made of it, and the sentence that a
//! result shows.

use std::sync::Arc;

use memchr::{memchr, memchr2};

use crate::base::OutPath;
use crate::content::document::{Details, Summary};
use crate::content::kind::Kind;
use crate::content::markup::{Hole, Markup, Piece};
use crate::content::model::Player;
use crate::content::reference::Target;
use crate::lang::Language;
use crate::search::Section as IndexedSection;
use crate::site::{FactIx, PageIx, Subject};

use super::context::Context;
use super::figure::fact_text;

/// How much a title, a name and a heading weigh beside a text.
const TITLE: u8 = 30;
const NAME: u8 = 40;
const LESSER_NAME: u8 = 20;
const HEADING: u8 = 16;

/// An entry of the index.
#[derive(Debug)]
pub struct SearchedPage {
    /// Its URL.
    pub url: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// The language of its words, BCP 47, and its direction, where they are not those of the index.
    pub lang: Option<(Arc<str>, &'static str)>,
    /// When it was published, in words.
    pub date: Option<Arc<str>>,
    /// Its sections; the first stands above all headings.
    pub sections: Vec<SearchedSection>,
}

/// A section of an entry.
#[derive(Debug, Default)]
pub struct SearchedSection {
    /// Its anchor, without `#`; none for the first.
    pub anchor: Option<Box<str>>,
    /// Its heading.
    pub heading: String,
    /// What is indexed of it.
    pub indexed: IndexedSection,
}

impl Context<'_> {
    /// What readers can find of an entry.
    ///
    /// # Panics
    /// Of a subject that is no page, topic or figure: no other is an entry.
    pub fn searched(&self, subject: Subject) -> SearchedPage {
        match subject {
            Subject::Page(page) => self.searched_page(page, &self.site.page(page).out),
            Subject::Topic(ix) => {
                let topic = self.site.topic(ix);
                if let Some(page) = topic.page {
                    return self.searched_page(page, &topic.out);
                }
                let (title, _) = self.topic_titled(ix);
                let mut first = SearchedSection::default();
                first.indexed.labels.push((title.to_string(), TITLE));
                let (url, sections) = (self.href(&topic.out), vec![first]);
                SearchedPage { url, title, lang: None, date: None, sections }
            }
            Subject::Fact(ix) => self.searched_fact(ix),
            _ => unreachable!("entries are pages, topics and figures"),
        }
    }

    fn searched_fact(&self, ix: FactIx) -> SearchedPage {
        let out = self.site.fact_out(ix);
        let page_cx = self.page_context(&out, None);
        let (title, _) = page_cx.fact_title(ix);
        let figure = page_cx.figure(self.site.fact_at(ix));
        let mut first = SearchedSection::default();
        first.indexed.labels.push((title.to_string(), TITLE));
        if let Some(about) = &figure.about {
            first.indexed.labels.push((about.text.to_string(), LESSER_NAME));
        }
        let source = figure.source.as_ref().map(|source| &*source.text);
        first.indexed.text = source.unwrap_or_default().to_owned();
        let lang = self.foreign_lang(self.fact_lang(self.site.fact_at(ix)));
        let date = figure.as_of.map(|date| date.text.clone());
        SearchedPage { url: self.href(&out), title, lang, date, sections: vec![first] }
    }

    fn searched_page(&self, page: PageIx, out: &OutPath) -> SearchedPage {
        let summary = &self.site.page(page).summary;
        let lang = self.lang_of(page);
        let page_cx = self.page_context(out, Some(lang));
        let language = &page_cx.lang;
        let body = self.texts.body(page);
        let mut first = SearchedSection::default();
        first.indexed.is_named = matches!(summary.kind, Kind::Player | Kind::Topic);
        labels(summary, &mut first.indexed.labels);
        let mut text = SectionTexts { cx: self, language, sections: vec![first] };
        if let Some(own) = &summary.summary {
            text.push(own);
            text.part();
        }
        body.key_points.iter().for_each(|point| text.markup(point));
        text.markup(&body.caption);
        text.markup(&body.markup);
        // Positions stand on the page where the article begins to say who wants what: no heading of the text is theirs.
        let mut positions =
            SectionTexts { cx: self, language, sections: vec![SearchedSection::default()] };
        body.positions.iter().for_each(|position| positions.markup(position));
        let positions = positions.sections.swap_remove(0).indexed.text;
        text.sections[0].indexed.text.push_str(&positions);
        for (answer, question) in body.answers.iter().zip(&summary.questions) {
            let (heading, _) = self.plain_of(page, &question.text, language, None);
            text.sections.push(SearchedSection {
                anchor: Some((&*question.anchor).into()),
                heading: heading.to_string(),
                ..SearchedSection::default()
            });
            text.markup(answer);
        }
        let mut sections = text.sections;
        for section in sections.iter_mut().skip(1) {
            section.indexed.labels.push((section.heading.clone(), HEADING));
        }
        SearchedPage {
            url: self.href(out),
            title: summary.title.clone(),
            lang: self.foreign_lang(lang),
            date: summary.published.map(|date| page_cx.date(date).text.clone()),
            sections,
        }
    }

    fn foreign_lang(&self, lang: &crate::lang::LangTag) -> Option<(Arc<str>, &'static str)> {
        (*lang != self.settings.lang).then(|| (lang.as_str().into(), lang.direction()))
    }
}

/// The title of a page, and the names of a player.
fn labels(summary: &Summary, labels: &mut Vec<(String, u8)>) {
    let Details::Player(player) = &summary.details else {
        return labels.push((summary.title.to_string(), TITLE));
    };
    labels.push((summary.title.to_string(), NAME));
    let mut add = |name: &str, weight| labels.push((name.to_owned(), weight));
    let Player { native_name, abbr, family_name, given_name, demonym, .. } = &**player;
    for name in [native_name, abbr].into_iter().flatten() {
        add(name, NAME);
    }
    if let (Some(family), Some(given)) = (family_name, given_name) {
        add(&format!("{given} {family}"), NAME);
    }
    player.aliases.iter().for_each(|alias| add(&alias.text, NAME));
    for local in &player.local {
        let names = [&local.name, &local.abbr, &local.family_name];
        names.into_iter().flatten().for_each(|name| add(name, NAME));
        local.aliases.iter().for_each(|alias| add(&alias.text, NAME));
    }
    for name in [family_name, demonym].into_iter().flatten().chain(&player.metonyms) {
        add(name, LESSER_NAME);
    }
    player.posts.iter().for_each(|post| add(&post.title, LESSER_NAME));
    // The initials of a name of several words: `UN`.
    let words = summary.title.split([' ', '-']);
    let initials: String =
        words.filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    if initials.chars().count() > 1 {
        add(&initials, LESSER_NAME);
    }
}

/// The texts of an entry as they are read, by sections.
struct SectionTexts<'a> {
    cx: &'a Context<'a>,
    language: &'a Language,
    sections: Vec<SearchedSection>,
}

/// Where in a markup the reading is.
#[derive(Default)]
struct TagState {
    /// Inside a tag, and inside of which quotes in it.
    in_tag: bool,
    quote: Option<u8>,
    /// Inside the heading of the section.
    in_heading: bool,
    /// The element whose content no reader sees.
    unseen: Option<&'static str>,
}

impl SectionTexts<'_> {
    fn text(&mut self, in_heading: bool) -> &mut String {
        let section = self.sections.last_mut().expect("there is a first section");
        if in_heading { &mut section.heading } else { &mut section.indexed.text }
    }

    fn push(&mut self, text: &str) {
        self.text(false).push_str(text);
    }

    /// Parts what follows from what stands there.
    fn part(&mut self) {
        let text = self.text(false);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }

    fn markup(&mut self, markup: &Markup) {
        let mut state = TagState::default();
        let mut before = "";
        for piece in markup.pieces() {
            match piece {
                Piece::Html(html) => {
                    self.html(html, &mut state);
                    before = html;
                }
                // `<h2`, and then the id where the page is the text's own.
                Piece::Home(home) => {
                    let level = before.as_bytes();
                    let is_heading = state.in_tag
                        && level.len() >= 3
                        && matches!(&level[level.len() - 3..], [b'<', b'h', b'2'..=b'6']);
                    if let Some(id) = home.strip_prefix(" id=\"").filter(|_| is_heading) {
                        let anchor = id.split('"').next().unwrap_or_default();
                        let anchor = Some(unescaped(anchor).into());
                        self.sections
                            .push(SearchedSection { anchor, ..SearchedSection::default() });
                        state.in_heading = true;
                    }
                }
                Piece::Hole(_) if state.in_tag => {}
                Piece::Hole(hole) => self.hole(hole, state.in_heading),
            }
        }
        self.part();
    }

    fn hole(&mut self, hole: &Hole, in_heading: bool) {
        let cx = self.cx;
        let text: Option<Arc<str>> = match hole {
            Hole::Named(target) | Hole::Label(target) => Some(title(cx, target)),
            Hole::Fact(id) => {
                let fact = cx.site.fact(id);
                fact.map(|fact| fact_text(&fact.fact, self.language).into())
            }
            Hole::Image(image) if image.is_named_below => None,
            Hole::Image(image) => Some(format!("{}\n", image.alt).into()),
            _ => None,
        };
        if let Some(text) = text {
            self.text(in_heading).push_str(&text);
        }
    }

    fn html(&mut self, html: &str, state: &mut TagState) {
        let mut at = 0;
        while at < html.len() {
            let rest = &html[at..];
            if state.in_tag {
                at += tag_end(rest, state);
                continue;
            }
            if let Some(name) = state.unseen {
                match rest.find(&format!("</{name}")) {
                    Some(end) => {
                        state.unseen = None;
                        state.in_tag = true;
                        at += end + 2 + name.len();
                    }
                    None => return,
                }
                continue;
            }
            let plain = memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
            self.text(state.in_heading).push_str(&rest[..plain]);
            let rest = &rest[plain..];
            at += plain;
            if let Some(after) = rest.strip_prefix('&') {
                let end = memchr(b';', after.as_bytes()).filter(|end| *end < 10);
                let text = self.text(state.in_heading);
                match end.and_then(|end| Some((end, reference(&after[..end])?))) {
                    Some((end, c)) => {
                        text.push(c);
                        at += end + 2;
                    }
                    None => {
                        text.push('&');
                        at += 1;
                    }
                }
            } else if rest.starts_with("<!--") {
                at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            } else if let Some(tag) = rest.strip_prefix('<') {
                let name = tag.strip_prefix('/').unwrap_or(tag);
                let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
                let name = &name[..length];
                let is_end = tag.starts_with('/');
                if is_block(name) {
                    if is_end && name.starts_with('h') {
                        state.in_heading = false;
                    }
                    if !state.in_heading {
                        self.part();
                    }
                }
                if !is_end {
                    state.unseen = unseen(name);
                }
                state.in_tag = length > 0;
                at += 1;
            }
        }
    }
}

/// What a reference in a text is shown as: the id of what readers are not shown.
fn title(cx: &Context<'_>, target: &Target) -> Arc<str> {
    cx.resolve(target).map_or_else(|| target.id().into(), |link| link.text)
}

/// How many bytes of a text belong to the tag in which it begins.
fn tag_end(text: &str, state: &mut TagState) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        if let Some(quote) = state.quote {
            let Some(end) = memchr(quote, &bytes[at..]) else { return text.len() };
            at += end + 1;
            state.quote = None;
        }
        let Some(next) = bytes[at..].iter().position(|byte| matches!(byte, b'>' | b'"' | b'\''))
        else {
            return text.len();
        };
        at += next + 1;
        if bytes[at - 1] == b'>' {
            state.in_tag = false;
            return at;
        }
        state.quote = Some(bytes[at - 1]);
    }
}

/// Whether an element parts the words before it from those in it.
fn is_block(name: &str) -> bool {
    !matches!(
        name.as_bytes(),
        b"" | b"a"
            | b"abbr"
            | b"b"
            | b"bdi"
            | b"cite"
            | b"code"
            | b"del"
            | b"em"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"mark"
            | b"q"
            | b"s"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"wbr"
    )
}

/// The element of a name, if no reader sees its content.
fn unseen(name: &str) -> Option<&'static str> {
    if !name.starts_with(['s', 'S', 't', 'T']) {
        return None;
    }
    ["script", "style", "template"].into_iter().find(|it| name.eq_ignore_ascii_case(it))
}

/// The character that a reference of HTML stands for, of those that the program writes.
fn reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)?
        }
    })
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((reference(name)?, rest))) {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    out
}
