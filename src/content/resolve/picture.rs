//! The picture of a page: where it is, what it shows, what stays of it where it is cut.

use crate::base::SourcePath;
use crate::content::document::PictureTexts;
use crate::content::model::{Focus, Picture};
use crate::content::raw::RawImage;
use crate::content::reference::{Link, Target};
use crate::content::web::begins_with_www;
use crate::diag::Code;
use crate::yaml::{FieldPath, Spanned, Text, TextOr};

use super::Fields;
use super::article::FieldMarkdown;
use super::parts::{bad_scheme, url_help};

pub(super) fn image(
    fields: &mut Fields,
    file: &SourcePath,
    raw: Option<TextOr<RawImage>>,
) -> (Option<Picture>, Option<FieldMarkdown>) {
    let caption =
        |text| FieldMarkdown { path: FieldPath::root().key("image").key("caption"), text };
    match raw {
        None => (None, None),
        Some(TextOr::Text(src)) => {
            let src = picture_src(fields, file, Some(src));
            (src.map(|src| Picture { src, alt: "".into(), credit: None, focus: None }), None)
        }
        Some(TextOr::Full(raw)) if fields.translates && raw.src.is_none() => {
            let alt = fields.text(raw.alt);
            fields.picture = Some(PictureTexts { alt, credit: fields.text(raw.credit) });
            (None, fields.markdown(raw.caption).map(caption))
        }
        Some(TextOr::Full(raw)) => {
            let src = fields.spanned(raw.src);
            if src.is_none() {
                fields.missing(&raw.mapping, "src", "an image");
            }
            // An empty alt that is written out says: decorative.
            let decorative = raw.alt.is_some();
            let alt = fields.text(raw.alt);
            if let (None, false, Some(src)) = (&alt, decorative, &src) {
                fields.problem(
                    Code::MissingAlt,
                    src.span,
                    "the image has no `alt`",
                    "add `alt:` with what the picture shows, for those who do not see it",
                );
            }
            let src = picture_src(fields, file, src);
            let credit = fields.text(raw.credit);
            let focus = focus(fields, raw.focus);
            let alt = alt.unwrap_or_default();
            let picture = src.map(|src| Picture { src, alt, credit, focus });
            (picture, fields.markdown(raw.caption).map(caption))
        }
    }
}

/// What stays of a picture where it is cut.
fn focus(fields: &mut Fields, text: Option<Text>) -> Option<Focus> {
    let Spanned { value: text, span } = fields.spanned(text)?;
    let focus = Focus::read(&text);
    if focus.is_none() {
        fields.problem(
            Code::InvalidValue,
            span,
            format!("\"{text}\" is no place in a picture"),
            "write `top`, `bottom`, `left`, `right`, `center`, or how far from the left and from the top, such as `30% 20%`",
        );
    }
    focus
}

fn picture_src(fields: &mut Fields, file: &SourcePath, text: Option<Text>) -> Option<Link> {
    let Spanned { value: src, span } = fields.spanned(text)?;
    if let Some(scheme) = bad_scheme(&src) {
        fields.problem(
            Code::BadUrl,
            span,
            format!("\"{scheme}\" is not a scheme that content may use"),
            "write a path relative to this file, or a URL that starts with https://",
        );
        return None;
    }
    if src.contains(char::is_control) {
        let help = "write the path without control characters";
        fields.problem(Code::BadUrl, span, "the path has a control character", help);
        return None;
    }
    if src.contains("://") {
        return Some(Link::External((&*src).into()));
    }
    if begins_with_www(&src) {
        let message = format!("\"{src}\" has no scheme: it would be a file of this site");
        let help = url_help(&src, "write a URL that starts with https://");
        fields.problem(Code::BadUrl, span, message, help);
        return None;
    }
    if src.starts_with('/') {
        return Some(Link::Root((&*src).into()));
    }
    let target = file.join(&src);
    if target.is_none() {
        fields.problem(
            Code::BadPath,
            span,
            format!("the path \"{src}\" leaves the site"),
            "write a path relative to this file that stays inside the site",
        );
    }
    target.map(|file| Link::To(Target::File(file), None))
}
