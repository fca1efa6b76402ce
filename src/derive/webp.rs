//! WebP: chunks of RIFF (RFC 9649).

use super::exif;

/// The chunks that are seen.
const SEEN: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// In the first byte of a `VP8X` chunk: that the file has Exif, and XMP.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// Where the first chunk begins.
const HEAD: usize = 12;

/// Whether bytes begin as a WebP does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..HEAD) == Some(b"WEBP")
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
