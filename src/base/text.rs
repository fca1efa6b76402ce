//! From byte offsets to lines and columns.

use std::sync::OnceLock;

use memchr::memchr_iter;
use serde::Serialize;

use super::work;

/// How many bytes of a line are counted anew for each place in it.
const BLOCK: usize = 1024;

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Bytes before the place, in the text without a byte-order mark and with `\n` line ends.
    pub offset: u32,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, counted in characters.
    pub column: u32,
}

impl Position {
    /// The first place of every text.
    pub const START: Self = Self { offset: 0, line: 1, column: 1 };
}

/// Where the lines of a text start.
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
    /// The characters before each block of the text: a hundred thousand places in one long line each want a column.
    blocks: OnceLock<Vec<u32>>,
}

impl<'a> LineIndex<'a> {
    /// Scans a text once.
    pub fn new(text: &'a str) -> Self {
        work::step(text.len() / 64);
        let mut starts = vec![0];
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { text, starts, blocks: OnceLock::new() }
    }

    /// The line and column of a byte offset. An offset past the end is the end; one inside a character is its start.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= offset) - 1;
        let start = self.starts[line] as usize;
        let before = match offset - start {
            0..BLOCK => beginnings(&self.text.as_bytes()[start..offset]),
            _ => self.characters(offset) - self.characters(start),
        };
        Position { offset: offset as u32, line: line as u32 + 1, column: before + 1 }
    }

    /// The characters before a byte offset, which is not inside of one.
    fn characters(&self, offset: usize) -> u32 {
        let blocks = self.blocks.get_or_init(|| {
            let mut before = 0;
            let blocks = self.text.as_bytes().chunks(BLOCK).map(|block| {
                before += beginnings(block);
                before
            });
            std::iter::once(0).chain(blocks).collect()
        });
        let block = offset / BLOCK;
        blocks[block] + beginnings(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// The byte offset of a 1-based line and 1-based column in characters, clamped to the line.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let Some(&start) = self.starts.get(line.saturating_sub(1)) else { return self.text.len() };
        let rest = &self.text[start as usize..];
        let text = rest.split('\n').next().unwrap_or_default();
        let within =
            text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
        start as usize + within
    }
}

/// How many characters begin among some bytes.
fn beginnings(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, LineIndex};

    #[test]
    fn columns_of_long_lines_are_counted_alike() {
        let text = "é\n".to_string() + &"a日é\u{301}🙂".repeat(BLOCK / 3) + "\n日x";
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let column = text[start..offset].chars().count() + 1;
            assert_eq!(index.position(offset).column as usize, column, "{offset}");
        }
    }

    #[test]
    fn columns_count_characters() {
        let index = LineIndex::new("é日x\nb");
        let place = index.position(5);
        assert_eq!((place.line, place.column), (1, 3));
        let place = index.position(7);
        assert_eq!((place.line, place.column), (2, 1));
        assert_eq!(index.offset(1, 3), 5);
        assert_eq!(index.position(99).offset, 8);
        assert_eq!(index.position(1).column, 1);
    }
}
