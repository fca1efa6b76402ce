//! An icon (ICO) around a PNG, which browsers have read since 2007: a directory with one entry, and the PNG as it is.

use super::png;

/// The bytes before the picture: the directory's head, and its only entry.
const HEAD: u32 = 6 + 16;

/// The icon; `None` for what is no PNG.
pub(super) fn of_png(bytes: &[u8]) -> Option<Vec<u8>> {
    let png = bytes.starts_with(png::SIGNATURE).then(|| png::bare(bytes))??;
    // The first chunk says the size.
    let side = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (side(16)?, side(20)?);
    // 0 stands for 256 pixels; of a larger picture the PNG itself says more.
    let byte = |pixels: u32| u8::try_from(pixels).unwrap_or(0);
    let mut icon = vec![0, 0, 1, 0, 1, 0, byte(width), byte(height), 0, 0, 1, 0, 32, 0];
    icon.extend(u32::try_from(png.len()).ok()?.to_le_bytes());
    icon.extend(HEAD.to_le_bytes());
    icon.extend(png);
    Some(icon)
}
