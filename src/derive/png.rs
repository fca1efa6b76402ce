//! PNG: chunks (PNG, third edition, section 5).

use super::exif;
use super::header::FormatHeader;

/// How every PNG begins.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// The chunks that a decoder may leave alone and that change what is seen. All others that it may leave alone go.
const SEEN: [&[u8; 4]; 15] = [
    b"acTL", b"bKGD", b"cHRM", b"cICP", b"cLLI", b"fcTL", b"fdAT", b"gAMA", b"hIST", b"iCCP",
    b"mDCV", b"pHYs", b"sBIT", b"sRGB", b"tRNS",
];

/// The picture without metadata; `None` for what cannot be taken apart. What stands after the last chunk goes too: the
/// remains of a larger picture that a program wrote this one over.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(bytes.len());
    made.extend(SIGNATURE);
    let mut rest = bytes.get(SIGNATURE.len()..)?;
    let mut has_pixels = false;
    while let Some((head, after)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes(head[..4].try_into().ok()?);
        let kind: &[u8; 4] = head[4..].try_into().ok()?;
        if !kind.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let length = usize::try_from(length).ok()?;
        // With the sum that follows it; the last one of a file that was cut off is shorter.
        let end = length.checked_add(4)?.min(after.len());
        let is_critical = kind[0].is_ascii_uppercase();
        if kind == b"eXIf" {
            if let Some(block) = after.get(..length).and_then(exif::of_orientation) {
                push(&mut made, kind, &block);
            }
        } else if is_critical || SEEN.contains(&kind) {
            made.extend(head);
            made.extend(&after[..end]);
        }
        has_pixels |= kind == b"IDAT";
        if kind == b"IEND" {
            break;
        }
        rest = &after[end..];
    }
    has_pixels.then_some(made)
}

/// What stands before the first pixel. An animation says there that it is one.
pub(super) fn header(bytes: &[u8]) -> FormatHeader {
    let mut header = FormatHeader { is_scaled: true, orientation: None };
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    while let Some((head, after)) = rest.split_at_checked(8) {
        let [a, b, c, d] = [head[0], head[1], head[2], head[3]];
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        match &head[4..] {
            b"acTL" => header.is_scaled = false,
            // Numbers that stand for light in another way than those of every other picture.
            b"gAMA" if !has_usual_gamma(after) => header.is_scaled = false,
            b"eXIf" => header.orientation = after.get(..length).and_then(exif::orientation),
            b"IDAT" => break,
            _ => {}
        }
        let Some(next) = length.checked_add(4).and_then(|end| after.get(end..)) else { break };
        rest = next;
    }
    header
}

/// Whether the light of a picture is written as screens show it: 1/2.2, with what programs round it to.
fn has_usual_gamma(data: &[u8]) -> bool {
    let Some(&[a, b, c, d]) = data.get(..4) else { return true };
    (40_000..50_000).contains(&u32::from_be_bytes([a, b, c, d]))
}

fn push(made: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).expect("a few bytes");
    made.extend(length.to_be_bytes());
    made.extend(kind);
    made.extend(data);
    made.extend(sum(&[kind, data].concat()).to_be_bytes());
}

/// The CRC of a chunk, bit by bit: the chunks that are written here have 26 bytes.
fn sum(bytes: &[u8]) -> u32 {
    let bit = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), bit))
}

#[cfg(test)]
pub(super) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut made = Vec::new();
    push(&mut made, kind, data);
    made
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sum_of_a_last_chunk() {
        assert_eq!(super::sum(b"IEND"), 0xAE42_6082);
    }
}
