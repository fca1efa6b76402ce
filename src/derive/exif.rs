//! The one thing in an Exif block that decides how a picture looks: which way up it is.

/// What JPEG writes before an Exif block, and some programs in other formats too.
pub(super) const PREFIX: &[u8] = b"Exif\0\0";

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;

/// The type of its value, a number of 16 bits.
const SHORT: u16 = 3;

/// An Exif block with nothing but the orientation of another; `None` where that one has none, or that
/// the picture lies as it is stored.
pub(super) fn of_orientation(block: &[u8]) -> Option<Vec<u8>> {
    let orientation = orientation(block)?;
    if !(2..=8).contains(&orientation) {
        return None;
    }
    let mut made = b"MM\0*\0\0\0\x08\0\x01".to_vec();
    for number in [ORIENTATION, SHORT, 0, 1, orientation, 0, 0, 0] {
        made.extend(number.to_be_bytes());
    }
    Some(made)
}

/// The orientation that the first folder of a block names, as TIFF 6.0 lays it out.
pub(super) fn orientation(block: &[u8]) -> Option<u16> {
    let block = block.strip_prefix(PREFIX).unwrap_or(block);
    let is_little = match block.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let (high, low) = if is_little { (6, 4) } else { (4, 6) };
    let folder = usize::from(short(high)?) << 16 | usize::from(short(low)?);
    let count = usize::from(short(folder)?);
    let entries = (0..count).map(|entry| folder + 2 + entry * 12);
    let mut found = entries.filter(|at| short(*at) == Some(ORIENTATION));
    let entry = found.next()?;
    if short(entry + 2)? != SHORT { None } else { short(entry + 8) }
}
