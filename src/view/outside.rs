//! Films and charts of other hosts: a link, and a frame that is loaded when a reader asks for it.

use crate::config::CspDirective;
use crate::content::markup::Image;
use crate::content::outside::Outside;
use crate::content::reference::{Link, Target};
use crate::lang::Arg;

use super::fill::{HoleFiller, push_escaped, push_href};

impl HoleFiller<'_> {
    /// What another host shows in a frame, by its address. The picture is a file beside the page under the name that the host
    /// gives it: none is asked of the host.
    pub(super) fn outside(&self, outside: &Outside, image: &Image, out: &mut String) {
        let page_cx = self.page_cx();
        let Some(href) = self.href(&image.src) else { return push_escaped(out, &image.alt) };
        let host = [("host", Arg::Text(outside.host))];
        if !page_cx.is_elsewhere {
            page_cx.origins.borrow_mut().add(CspDirective::Frame, outside.origin);
            out.push_str("<span class=\"outside\" data-frame=\"");
            push_href(out, &outside.frame);
            out.push_str("\" data-title=\"");
            push_escaped(out, &image.alt);
            out.push_str("\">");
        }
        out.push_str("<a href=\"");
        push_href(out, &href);
        out.push_str("\">");
        if let Some(src) = self.outside_picture(outside) {
            self.image(&Image { src, alt: "".into(), title: None, is_named_below: false }, out);
        }
        push_escaped(out, image.words(&page_cx.t("outside-open", &host)));
        out.push_str("</a>");
        if !page_cx.is_elsewhere {
            // The script shows it: without one nothing can be asked.
            out.push_str("<button type=\"button\" hidden>");
            push_escaped(out, &page_cx.t("outside-ask", &host));
            out.push_str("</button></span>");
        }
    }

    fn outside_picture(&self, outside: &Outside) -> Option<Link> {
        let found = self.page_cx().cx.site.outside_picture(self.folder, outside)?;
        Some(Link::To(Target::File(found), None))
    }
}
