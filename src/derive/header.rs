//! The headers of pictures: how large a picture is, which way up, and whether it can be scaled.

use crate::site::PictureFormat;

use super::{jpeg, png, svg, webp};

/// What the header of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureHeader {
    /// Width and height in pixels, as browsers show it; none for what is no picture.
    pub size: Option<(u32, u32)>,
    /// Its format, if it is one that can be scaled: no animation, and in no colours for print.
    pub format: Option<PictureFormat>,
}

/// What the header of one format says of how a picture is shown.
pub(super) struct FormatHeader {
    /// Whether it can be scaled.
    pub(super) is_scaled: bool,
    /// The orientation that Exif gives it.
    pub(super) orientation: Option<u16>,
}

/// Whether the beginning of a file is not enough.
pub fn needs_all(head: &[u8]) -> bool {
    webp::is_one(head) && webp::has_exif(head)
}

/// The header of an SVG, from its bytes or the first of them: it is never scaled.
pub fn drawing(bytes: &[u8]) -> PictureHeader {
    PictureHeader { size: svg::size(bytes), format: None }
}

/// The header of a picture, from the bytes of its file or the first of them.
pub fn header(bytes: &[u8]) -> PictureHeader {
    let sides = |size: imagesize::ImageSize| {
        Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
    };
    let size: Option<(u32, u32)> = imagesize::blob_size(bytes).ok().and_then(sides);
    let (format, header) = match bytes {
        _ if bytes.starts_with(png::SIGNATURE) => (PictureFormat::Png, png::header(bytes)),
        _ if bytes.starts_with(jpeg::START) => (PictureFormat::Jpeg, jpeg::header(bytes)),
        _ if webp::is_one(bytes) => (PictureFormat::WebP, webp::header(bytes)),
        _ => return PictureHeader { size, format: None },
    };
    // Those from the fifth on lie on their side.
    let is_on_side = header.orientation.is_some_and(|orientation| (5..=8).contains(&orientation));
    let size = match size {
        Some((width, height)) if is_on_side => Some((height, width)),
        size => size,
    };
    PictureHeader { size, format: Some(format).filter(|_| header.is_scaled && size.is_some()) }
}
