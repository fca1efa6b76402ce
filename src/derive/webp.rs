//! WebP: chunks of RIFF (RFC 9649).

use super::exif;
use super::header::FormatHeader;

/// The chunks that are seen.
const SEEN: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// In the first byte of a `VP8X` chunk: that the file has Exif, and XMP.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
/// And alpha, and a colour profile.
#[cfg(feature = "pictures")]
const HAS_ALPHA: u8 = 0x10;
#[cfg(feature = "pictures")]
const HAS_PROFILE: u8 = 0x20;
/// And that it moves.
const MOVES: u8 = 0x02;

/// Where the first chunk begins.
const HEAD: usize = 12;

/// Whether bytes begin as a WebP does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..HEAD) == Some(b"WEBP")
}

/// What the head of an extended file says: it is the first chunk.
fn flags(bytes: &[u8]) -> u8 {
    let is_extended = bytes.get(HEAD..HEAD + 4) == Some(b"VP8X");
    bytes.get(HEAD + 8).copied().filter(|_| is_extended).unwrap_or(0)
}

/// Whether Exif stands at the end of the file.
pub(super) fn has_exif(bytes: &[u8]) -> bool {
    flags(bytes) & HAS_EXIF != 0
}

/// What decides how the picture is shown.
pub(super) fn header(bytes: &[u8]) -> FormatHeader {
    let exif = chunk(bytes, b"EXIF").filter(|_| has_exif(bytes));
    FormatHeader {
        is_scaled: flags(bytes) & MOVES == 0,
        orientation: exif.and_then(exif::orientation),
    }
}

/// The colour profile.
#[cfg(feature = "pictures")]
pub(super) fn profile(bytes: &[u8]) -> Option<&[u8]> {
    chunk(bytes, b"ICCP")
}

/// What the first chunk of a kind holds.
fn chunk<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    let mut rest = bytes.get(HEAD..)?;
    loop {
        let (head, after) = rest.split_at_checked(8)?;
        let length = u32::from_le_bytes(head[4..].try_into().ok()?) as usize;
        if &head[..4] == kind {
            return after.get(..length);
        }
        rest = after.get(length.checked_add(length % 2)?..)?;
    }
}

/// A file of pixels alone with a colour profile: the extended form, with the profile before the pixels.
#[cfg(feature = "pictures")]
pub(super) fn with_profile(
    bytes: &[u8],
    (width, height): (u32, u32),
    has_alpha: bool,
    profile: &[u8],
) -> Vec<u8> {
    // A file with alpha is in the extended form already.
    let pixels = match bytes.get(HEAD..HEAD + 4) == Some(b"VP8X") {
        true => bytes.get(HEAD + 18..),
        false => bytes.get(HEAD..),
    };
    let mut made = bytes[..HEAD].to_vec();
    let mut head = [0; 10];
    head[0] = HAS_PROFILE | if has_alpha { HAS_ALPHA } else { 0 };
    head[4..7].copy_from_slice(&(width - 1).to_le_bytes()[..3]);
    head[7..].copy_from_slice(&(height - 1).to_le_bytes()[..3]);
    for (kind, data) in [(b"VP8X", &head[..]), (b"ICCP", profile)] {
        made.extend(kind);
        made.extend((data.len() as u32).to_le_bytes());
        made.extend(data);
        made.extend(&[0][..data.len() % 2]);
    }
    made.extend(pixels.unwrap_or_default());
    let size = (made.len() - 8) as u32;
    made[4..8].copy_from_slice(&size.to_le_bytes());
    made
}

/// The picture without metadata; `None` for what cannot be taken apart. What stands after the end that the file names
/// goes too.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let end = size.checked_add(8)?.min(bytes.len());
    let mut made = bytes.get(..HEAD)?.to_vec();
    let mut rest = bytes.get(HEAD..end)?;
    let (mut flags, mut is_turned, mut has_pixels) = (None, false, false);
    while let Some((head, after)) = rest.split_at_checked(8) {
        let kind: &[u8; 4] = head[..4].try_into().ok()?;
        let length = usize::try_from(u32::from_le_bytes(head[4..].try_into().ok()?)).ok()?;
        // With the byte that makes its length even.
        let end = length.checked_add(length % 2)?.min(after.len());
        if kind == b"VP8X" && end > 0 && flags.is_none() {
            flags = Some(made.len() + 8);
        }
        has_pixels |= matches!(kind, b"VP8 " | b"VP8L" | b"ANMF");
        if SEEN.contains(&kind) {
            made.extend(head);
            made.extend(&after[..end]);
        } else if kind == b"EXIF" && flags.is_some() && !is_turned {
            // Only where the extended head is there a decoder looks for it.
            if let Some(block) = after.get(..length).and_then(exif::of_orientation) {
                is_turned = true;
                made.extend(kind);
                made.extend(u32::try_from(block.len()).ok()?.to_le_bytes());
                made.extend(block);
            }
        }
        rest = &after[end..];
    }
    if let Some(at) = flags {
        made[at] &= !(HAS_EXIF | HAS_XMP);
        made[at] |= if is_turned { HAS_EXIF } else { 0 };
    }
    // The header of a file that was cut off still has the full length.
    let cut = size.checked_add(8)?.saturating_sub(bytes.len());
    let size = u32::try_from(made.len() - 8 + cut).ok()?;
    made[4..8].copy_from_slice(&size.to_le_bytes());
    has_pixels.then_some(made)
}
