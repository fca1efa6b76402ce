//! JPEG: segments, and between them the pixels (ITU T.81, annex B).

use super::exif;
use super::header::FormatHeader;

/// How every JPEG begins.
pub(super) const START: &[u8] = b"\xFF\xD8\xFF";

const START_OF_IMAGE: u8 = 0xD8;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;
const APP15: u8 = 0xEF;
const COMMENT: u8 = 0xFE;

/// The length of a JFIF segment without a thumbnail, and where it gives the thumbnail's width and height.
const JFIF: usize = 14;
const THUMBNAIL: std::ops::Range<usize> = 12..14;

/// The picture without metadata; `None` for what cannot be taken apart.
///
/// What stands after the end of the picture goes too: thumbnails, depth maps and films of cameras, with all that was
/// written into those.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(bytes.len());
    made.extend([0xFF, START_OF_IMAGE]);
    let mut rest = bytes.get(2..)?;
    let (mut is_turned, mut has_pixels) = (false, false);
    // What stands between two segments is passed over by decoders, and so is any number of 0xFF before a marker.
    while let Some(at) = memchr::memchr(0xFF, rest) {
        rest = &rest[at..];
        let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
        let Some(marker) = rest.get(fill).copied() else { break };
        let lead = &rest[..=fill];
        rest = &rest[fill + 1..];
        match marker {
            // No marker, and markers that stand alone.
            0x00 => continue,
            0x01 | 0xD0..=0xD8 => {
                made.extend(lead);
                continue;
            }
            END_OF_IMAGE => {
                made.extend(lead);
                return has_pixels.then_some(made);
            }
            _ => {}
        }
        let Some(length) = rest.get(..2) else { break };
        let length = usize::from(u16::from_be_bytes(length.try_into().ok()?));
        if length < 2 {
            return None;
        }
        let (segment, after) = rest.split_at(length.min(rest.len()));
        let payload = &segment[2..];
        rest = after;
        match kept(marker, payload) {
            Kept::Whole => {
                made.extend(lead);
                made.extend(segment);
            }
            Kept::Part(part) => push(&mut made, marker, &part),
            Kept::Orientation(block) if !is_turned => {
                is_turned = true;
                push(&mut made, marker, &[exif::PREFIX, &block].concat());
            }
            Kept::Orientation(_) | Kept::Nothing => {}
        }
        if marker == START_OF_SCAN {
            let end = scan(rest);
            made.extend(&rest[..end]);
            rest = &rest[end..];
            has_pixels = true;
        }
    }
    // A file that was cut off shows what there is of it.
    has_pixels.then_some(made)
}

/// What stands before the first pixel. Colours for print have four components.
pub(super) fn header(bytes: &[u8]) -> FormatHeader {
    let mut header = FormatHeader { is_scaled: false, orientation: None };
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some(at) = memchr::memchr(0xFF, rest) {
        rest = &rest[at..];
        let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
        let Some(marker) = rest.get(fill).copied() else { break };
        rest = &rest[fill + 1..];
        if matches!(marker, 0x00 | 0x01 | 0xD0..=START_OF_IMAGE) {
            continue;
        }
        let Some(&[high, low]) = rest.get(..2) else { break };
        let (segment, after) =
            rest.split_at(usize::from(u16::from_be_bytes([high, low])).clamp(2, rest.len().max(2)));
        let payload = &segment[2..];
        rest = after;
        match marker {
            APP1 if payload.starts_with(exif::PREFIX) && header.orientation.is_none() => {
                header.orientation = exif::orientation(payload);
            }
            // The head of a frame; three numbers in the same row are tables.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                header.is_scaled = matches!(payload.get(5), Some(1 | 3));
                break;
            }
            START_OF_SCAN | END_OF_IMAGE => break,
            _ => {}
        }
    }
    header
}

/// What is kept of a segment.
enum Kept {
    Whole,
    Part(Vec<u8>),
    Orientation(Vec<u8>),
    Nothing,
}

fn kept(marker: u8, payload: &[u8]) -> Kept {
    match marker {
        APP0 if payload.starts_with(b"JFIF\0") => match payload.get(..JFIF) {
            Some(head) if payload.len() > JFIF => {
                let mut head = head.to_vec();
                head[THUMBNAIL].fill(0);
                Kept::Part(head)
            }
            _ => Kept::Whole,
        },
        APP1 if payload.starts_with(exif::PREFIX) => {
            exif::of_orientation(payload).map_or(Kept::Nothing, Kept::Orientation)
        }
        APP2 if payload.starts_with(b"ICC_PROFILE\0") => Kept::Whole,
        // Without it a decoder takes the colours for others.
        APP14 if payload.starts_with(b"Adobe") => Kept::Whole,
        APP0..=APP15 | COMMENT => Kept::Nothing,
        _ => Kept::Whole,
    }
}

fn push(made: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    let length = u16::try_from(payload.len() + 2).expect("it is no longer than it was");
    made.extend([0xFF, marker]);
    made.extend(length.to_be_bytes());
    made.extend(payload);
}

/// Where the pixels after the head of a scan end.
fn scan(bytes: &[u8]) -> usize {
    let mut from = 0;
    while let Some(at) = memchr::memchr(0xFF, &bytes[from..]) {
        let start = from + at;
        let end = start + bytes[start..].iter().take_while(|byte| **byte == 0xFF).count();
        match bytes.get(end) {
            // An 0xFF of the pixels, or a restart among them.
            Some(0x00 | 0xD0..=0xD7) => from = end + 1,
            Some(_) => return start,
            None => break,
        }
    }
    bytes.len()
}
