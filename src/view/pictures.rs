//! Pictures on pages: where they are, how large, and which sizes of them there are.

use std::fmt::Write;
use std::sync::Arc;

use crate::base::UrlPath;
use crate::check::links::{Root, root};
use crate::content::markup::Image;
use crate::content::reference::{Link, Target};
use crate::site::Rendition;

use super::context::Context;
use super::fill::{HoleFiller, push_escaped, push_href};

/// How wide a picture in a text is shown: as wide as the text.
const SIZES: &str = "(min-width: 38rem) 34rem, calc(100vw - 2.5rem)";

/// A picture as a page shows it.
pub(super) struct PictureSource {
    /// The URL.
    pub(super) src: Arc<str>,
    /// Width and height in pixels, when they are known.
    pub(super) size: Option<(u32, u32)>,
    /// The same picture as WebP, with the widths, as the value of `srcset`.
    pub(super) webp: Option<Arc<str>>,
}

impl HoleFiller<'_> {
    /// A picture in a text.
    pub(super) fn image(&self, image: &Image, out: &mut String) {
        let is_first = !self.page_cx().has_picture.get();
        let PictureSource { src, size, webp } = self.image_src(&image.src);
        let webp = webp.filter(|_| !self.page_cx().is_elsewhere);
        if let Some(webp) = &webp {
            out.push_str("<picture><source type=\"image/webp\" srcset=\"");
            push_escaped(out, webp);
            let _ = write!(out, "\" sizes=\"{SIZES}\">");
        }
        out.push_str("<img src=\"");
        push_href(out, &src);
        out.push_str("\" alt=\"");
        push_escaped(out, &image.alt);
        out.push('"');
        if let Some((width, height)) = size {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        if let Some(title) = &image.title {
            out.push_str(" title=\"");
            push_escaped(out, title);
            out.push('"');
        }
        out.push_str(match is_first {
            true => ">",
            false => " loading=\"lazy\" decoding=\"async\">",
        });
        if webp.is_some() {
            out.push_str("</picture>");
        }
    }

    /// Where a picture is on the page shown, its size, and what is made of it.
    pub(super) fn image_src(&self, link: &Link) -> PictureSource {
        let cx = self.page_cx().cx;
        let (out, asset) = match link {
            Link::To(Target::File(file), _) => (None, cx.site.asset(file)),
            Link::Root(url) => match root(cx.site, url) {
                Root::There(out) => {
                    let asset = cx.site.asset_at(&out);
                    // A query tells caches of another state of the file, and a path has none.
                    let is_path = UrlPath::out(url) == Ok(out.clone()) || !url.contains(['?', '#']);
                    (Some(out).filter(|_| is_path), asset)
                }
                _ => (None, None),
            },
            _ => (None, None),
        };
        let src = match out {
            Some(out) => cx.href(&out),
            None => self.href(link).unwrap_or_default(),
        };
        let size = asset.and_then(|asset| cx.site.pictures.size(asset));
        let shown = asset.and_then(|asset| cx.site.pictures.shown(&asset.out));
        let webp = shown.and_then(|shown| cx.srcset(&shown.webp));
        self.page_cx().shows_picture(&src);
        self.page_cx().has_picture.set(true);
        PictureSource { src, size, webp }
    }
}

impl Context<'_> {
    /// Files that are made of a picture, as the value of `srcset`.
    fn srcset(&self, renditions: &[Rendition]) -> Option<Arc<str>> {
        let mut text = String::new();
        for Rendition { out, scaled } in renditions {
            let comma = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{comma}{} {}w", self.href(out), scaled.width);
        }
        (!text.is_empty()).then(|| text.into())
    }
}
