//! Films and sound in texts: played where they stand, and only when a reader asks for it.

use std::fmt::Write;
use std::sync::Arc;

use crate::content::markup::Image;
use crate::content::media::MediaKind;
use crate::content::reference::Link;
use crate::lang::{LangTag, Language};
use crate::site::{Asset, MediaParts};

use super::fill::{HoleFiller, push_escaped, push_href};

impl HoleFiller<'_> {
    /// A film or a recording: a player with what lies beside it. What lies at another host is a link, for a page asks no
    /// other host for anything but pictures.
    pub(super) fn media(&self, kind: MediaKind, image: &Image, out: &mut String) {
        let (cx, page_cx) = (self.page_cx().cx, self.page_cx());
        let (element, key) = match kind {
            MediaKind::Video => ("video", "media-video"),
            MediaKind::Audio => ("audio", "media-audio"),
        };
        let open = page_cx.t(key, &[]);
        let Some(asset) = cx.site.linked_asset(&image.src) else {
            return match (&image.src, self.href(&image.src)) {
                (Link::External(_), Some(href)) => link(out, &href, image.words(&open)),
                _ => push_escaped(out, &image.alt),
            };
        };
        let href = self.href(&image.src).unwrap_or_else(|| cx.href(&asset.out));
        if page_cx.is_elsewhere {
            return link(out, &href, image.words(&open));
        }
        let parts = cx.site.media_parts(&asset.out);
        let _ = write!(out, "<{element} controls preload=\"metadata\" src=\"");
        push_href(out, &href);
        out.push('"');
        if !image.alt.is_empty() {
            out.push_str(" aria-label=\"");
            push_escaped(out, &image.alt);
            out.push('"');
        }
        if kind == MediaKind::Video {
            if let Some(poster) = parts.poster {
                out.push_str(" poster=\"");
                push_href(out, &cx.href(&poster.out));
                out.push('"');
                // The picture has the shape of the film: nothing moves when that arrives.
                if let Some((width, height)) = cx.site.pictures.size(poster) {
                    let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
                }
            }
            out.push_str(" playsinline");
        }
        out.push('>');
        let captions = match kind {
            MediaKind::Video => self.captions(&parts),
            MediaKind::Audio => Vec::new(),
        };
        for (language, captions) in captions {
            let _ = write!(out, "<track kind=\"captions\" srclang=\"{}\" label=\"", language.tag);
            push_escaped(out, &language.own_name());
            out.push_str("\" src=\"");
            push_href(out, &cx.href(&captions.out));
            out.push_str("\">");
        }
        link(out, &href, &open);
        let _ = write!(out, "</{element}>");
        // On paper a style sheet prints where it plays.
        out.push_str("<span class=\"media-address\" data-address=\"");
        let origin = cx.base.origin.as_deref().unwrap_or_default();
        push_href(out, &format!("{origin}{href}"));
        out.push_str("\"></span>");
    }

    /// The captions of a film, each language once, that of the page first. Where the name says none, the language is that
    /// of the page in whose folder they lie, or of the site.
    fn captions<'m>(&self, parts: &MediaParts<'m>) -> Vec<(Arc<Language>, &'m Asset)> {
        let (cx, own) = (self.page_cx().cx, &self.page_cx().lang.tag);
        let mut captions: Vec<(Arc<Language>, &Asset)> = Vec::new();
        for (lang, file) in &parts.captions {
            let beside = || match cx.site.page_beside(file) {
                Some(page) => cx.lang_of(page),
                None => &cx.site.editions[0].lang,
            };
            let language = cx.languages.language(lang.as_ref().unwrap_or_else(beside));
            if captions.iter().all(|(known, _)| known.tag != language.tag) {
                captions.push((language, file));
            }
        }
        let word = |tag: &LangTag| tag.as_str().split('-').next().map(str::to_owned);
        captions
            .sort_by_key(|(language, _)| (language.tag != *own, word(&language.tag) != word(own)));
        captions
    }
}

fn link(out: &mut String, href: &str, text: &str) {
    out.push_str("<a href=\"");
    push_href(out, href);
    out.push_str("\">");
    push_escaped(out, text);
    out.push_str("</a>");
}
