//! What a picture says of itself before its first pixel: how large it is, which way up, and whether it can be scaled.

use crate::site::PictureFormat;

use super::{jpeg, png, svg, webp};

/// What a picture says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// Width and height in pixels, as browsers show it; none for what is no picture.
    pub size: Option<(u32, u32)>,
    /// Its format, if it is one that can be scaled: no animation, and in no colours for print.
    pub format: Option<PictureFormat>,
}

/// What decides, of one format, how a picture is shown.
pub(super) struct Manner {
    /// Whether it can be scaled.
    pub(super) is_scaled: bool,
    /// The orientation that Exif gives it.
    pub(super) orientation: Option<u16>,
}

/// Whether the beginning of a file is not enough.
pub fn needs_all(head: &[u8]) -> bool {
    webp::is_one(head) && webp::has_exif(head)
}

/// What the bytes of an SVG, or its first ones, say of the drawing: it is never scaled.
pub fn drawing(bytes: &[u8]) -> Looks {
    Looks { size: svg::size(bytes), format: None }
}

/// What the bytes of a file, or its first ones, say of the picture.
pub fn looks(bytes: &[u8]) -> Looks {
    let sides = |size: imagesize::ImageSize| {
        Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
    };
    let size: Option<(u32, u32)> = imagesize::blob_size(bytes).ok().and_then(sides);
    let (format, manner) = match bytes {
        _ if bytes.starts_with(png::SIGNATURE) => (PictureFormat::Png, png::manner(bytes)),
        _ if bytes.starts_with(jpeg::START) => (PictureFormat::Jpeg, jpeg::manner(bytes)),
        _ if webp::is_one(bytes) => (PictureFormat::WebP, webp::manner(bytes)),
        _ => return Looks { size, format: None },
    };
    // Those from the fifth on lie on their side.
    let is_on_side = manner.orientation.is_some_and(|orientation| (5..=8).contains(&orientation));
    let size = match size {
        Some((width, height)) if is_on_side => Some((height, width)),
        size => size,
    };
    Looks { size, format: Some(format).filter(|_| manner.is_scaled && size.is_some()) }
}
