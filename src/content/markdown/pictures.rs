//! What is written as a picture: pictures, films, sound, what other hosts show, and what is none of them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::content::markup::{Hole, Image};
use crate::content::media::MediaKind;
use crate::content::outside::Outside;
use crate::content::reference::{Link, Use};
use crate::content::typography::Typography;
use crate::content::unshown::{Unshown, last_part};
use crate::diag::{Code, Diagnostic};

use super::driver::Driver;
use super::links::{self, RefusedLink};

/// A picture whose text alternative is being read.
#[derive(Debug)]
pub(super) struct OpenPicture {
    src: Option<Link>,
    /// Where it is none: what it is, and how its path is written and where.
    unshown: Option<(Unshown, Box<str>, Range<usize>)>,
    title: Box<str>,
    alt: String,
    /// How many elements are open inside.
    depth: usize,
    /// Whether its content is a path, not a text alternative: `![[map.png]]`.
    silent: bool,
}

impl Driver<'_> {
    pub(super) fn start_picture(
        &mut self,
        kind: LinkType,
        url: &str,
        title: &str,
        range: Range<usize>,
    ) {
        let (url, title) = (&*self.masked.attribute(url), &*self.masked.attribute(title));
        let wiki = matches!(kind, LinkType::WikiLink { .. });
        let silent = kind == LinkType::WikiLink { has_pothole: false };
        let written = if wiki { links::wiki_target(url) } else { url };
        let place = self.place_of(written, &range);
        let mut unshown = None;
        let src = match self.picture_link(wiki, url) {
            Ok(link) => {
                unshown = self.unshown(&link).map(|what| (what, written.into(), place.clone()));
                let is_kept =
                    !matches!(link, Link::External(_)) || Outside::of_link(&link).is_some();
                if unshown.is_none() && is_kept {
                    self.found(Use::Image(link.clone()), place);
                }
                Some(link)
            }
            Err(refused) => {
                self.refuse(refused, place);
                None
            }
        };
        let picture =
            OpenPicture { src, unshown, title: title.into(), alt: String::new(), depth: 0, silent };
        self.picture = Some(picture);
    }

    /// Where a picture is.
    fn picture_link(&self, is_wiki: bool, url: &str) -> Result<Link, RefusedLink> {
        let written = if is_wiki { links::wiki_target(url) } else { url };
        match self.ours {
            true => links::picture(written, self.source.path),
            false => Ok(Link::External(url.into())),
        }
    }

    fn unshown(&self, link: &Link) -> Option<Unshown> {
        if self.ours { Unshown::of_link(link) } else { None }
    }

    /// Whether what begins with this event would be a figure, were it alone in its paragraph.
    pub(super) fn begins_figure(&self, event: &Event<'_>) -> bool {
        let Event::Start(Tag::Image { link_type, dest_url, .. }) = event else { return false };
        let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
        let found = self.picture_link(is_wiki, &self.masked.attribute(dest_url));
        !found.is_ok_and(|link| self.unshown(&link).is_some())
    }

    /// An event inside a picture: all that stays is text.
    pub(super) fn in_picture(&mut self, event: Event<'_>, range: &Range<usize>) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) if picture.depth > 0 => picture.depth -= 1,
            Event::End(_) => self.end_picture(range.clone()),
            Event::Text(text) | Event::Code(text) if !picture.silent => {
                picture.alt.push_str(&self.masked.clean(&text, range));
            }
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            _ => {}
        }
    }

    fn end_picture(&mut self, range: Range<usize>) {
        let Some(mut picture) = self.picture.take() else { return };
        if self.ours {
            let typography = Typography::of(self.source.lang);
            picture.alt = typography.text(&picture.alt).into_owned();
            picture.title = typography.text(&picture.title).into();
        }
        let Some(src) = picture.src else {
            return self.write_text(&picture.alt, &range);
        };
        if let Some(unshown) = picture.unshown {
            return self.end_unshown(src, unshown, (&picture.alt, &picture.title), range);
        }
        let exact = self.text[range.clone()].find(&picture.alt).map(|at| range.start + at);
        let place = exact.map_or(range.clone(), |at| at..at + picture.alt.len());
        let media = MediaKind::of_link(&src);
        let is_outside = media.is_none() && Outside::of_link(&src).is_some();
        // In a link there is no room for what is pressed itself.
        if (media.is_some() || is_outside) && !self.links.is_empty() {
            return self.write_text(&picture.alt, &range);
        }
        if (media.is_some() || is_outside) && picture.alt.trim().is_empty() {
            let (message, help) = nameless(&src, media, &self.text[range.clone()]);
            self.problem(Code::EmptyElement, range.clone(), &message, &help);
        }
        let is_titled = !picture.title.is_empty();
        // A film is named where a picture is described: readers see its name under it.
        let is_played = media.is_some() && !matches!(src, Link::External(_));
        let is_named = !is_titled && (is_played || is_outside);
        if !(self.figure && is_named) {
            self.out.label(&picture.alt, place);
        }
        let caption = match is_named {
            true => picture.alt.as_str().into(),
            false => picture.title.clone(),
        };
        let caption = Some(caption).filter(|caption| self.figure && !caption.is_empty());
        let title = Some(picture.title).filter(|title| !title.is_empty() && caption.is_none());
        let is_named_below = is_named && caption.is_some();
        let alt = picture.alt.into();
        self.out.hole(Hole::Image(Box::new(Image { src, alt, title, is_named_below })));
        if let Some(caption) = caption {
            self.out.end_block();
            self.out.raw("<figcaption>");
            self.out.prose(&caption, &range);
            self.out.end_block();
            self.out.raw("</figcaption>");
        }
    }

    /// Ends what is written as a picture and is none: a link to it.
    fn end_unshown(
        &mut self,
        src: Link,
        (unshown, written, place): (Unshown, Box<str>, Range<usize>),
        (alt, title): (&str, &str),
        range: Range<usize>,
    ) {
        let text = match alt.trim() {
            "" if last_part(&written).is_empty() => &written,
            "" => last_part(&written),
            alt => alt,
        };
        // A reference without its `!` is a link of another kind where its brackets hold an address alone.
        let source = &self.text[range.clone()];
        let is_plain = !alt.trim().is_empty() && !source.starts_with("![[");
        let is_short = source.len() <= 160 && !source.contains(['`', '\n']);
        let link = match is_plain && is_short && source.ends_with(')') {
            true => source[1..].to_owned(),
            false => format!("[text]({written})"),
        };
        let (message, help) = unshown.problem(&written, &link);
        let found = Diagnostic::new(Code::NotAPicture, place.clone(), message).help(help);
        self.draft.problems.push(
            match is_plain && unshown == Unshown::Document && !self.is_linked() {
                true => found.fix(range.start..range.start + 1, ""),
                false => found,
            },
        );
        let open = self.open_link(Ok(src), title, place);
        self.links.push(open);
        self.write_text(text, &range);
        self.end_link();
    }
}

/// What to say of a film or a recording without a name, and what to write.
fn nameless(src: &Link, media: Option<MediaKind>, source: &str) -> (String, String) {
    let written = match src {
        Link::To(target, _) => target.id().rsplit('/').next().unwrap_or_default(),
        Link::Root(url) | Link::External(url) | Link::Anchor(url) => url,
    };
    let noun = media.map_or("film", MediaKind::noun);
    // `![[talks.mp4|…]]` has room for it as well.
    let help = match source.starts_with("![[") {
        true => format!("write `![[{written}|what it shows]]`"),
        false => format!("write `![what it shows]({written})`"),
    };
    (format!("the {noun} has no name: readers do not know what it is before they play it"), help)
}
