//! What the parser sees in a part of a text: where its blocks begin, and what is code and raw HTML.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The blocks of a part. Ranges are bytes of the whole text.
#[derive(Debug)]
pub(super) struct Seen {
    /// The part.
    part: Range<usize>,
    /// The lines that the outermost blocks begin in.
    blocks: Vec<usize>,
    code: Vec<(Range<usize>, Shown)>,
    html: Vec<Html>,
}

/// How code is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Between backticks in a line.
    Span,
    /// Between fences. What follows the first on its line is not shown.
    Fence,
    /// By four spaces.
    Indent,
}

/// Raw HTML.
#[derive(Debug)]
pub(super) struct Html {
    /// From its first `<` on.
    pub(super) range: Range<usize>,
    /// Whether it is a block.
    pub(super) is_block: bool,
    /// Whether it ends at a mark that may stand in a comment: `</script>`, `?>`.
    pub(super) ends_at_mark: bool,
    /// Whether it is a script or a style sheet.
    pub(super) is_script: bool,
}

impl Seen {
    /// Reads a part of a text, which begins at an offset, with a line.
    pub(super) fn of(part: &str, base: usize, options: Options) -> Self {
        let whole = base..base + part.len();
        let mut seen = Self { part: whole, blocks: Vec::new(), code: Vec::new(), html: Vec::new() };
        let mut depth = 0_usize;
        for (event, range) in Parser::new_ext(part, options).into_offset_iter() {
            let at = |range: Range<usize>| base + range.start..base + range.end;
            if depth == 0 && !matches!(event, Event::End(_)) {
                let line = part[..range.start].rfind('\n').map_or(0, |end| end + 1);
                seen.blocks.push(base + line);
            }
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    let text = &part[range.clone()];
                    match tag {
                        Tag::CodeBlock(CodeBlockKind::Indented) => {
                            seen.code.push((at(range), Shown::Indent));
                        }
                        Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                            let line = text.find('\n').unwrap_or(text.len());
                            seen.code.push((at(range.start + line..range.end), Shown::Fence));
                        }
                        Tag::HtmlBlock => {
                            let start = range.start + text.find('<').unwrap_or(0);
                            let html = &part[start..range.end];
                            let ends_at_mark = ends_at_mark(html);
                            let is_script = starts_with(html, &["<script", "<style"]);
                            let range = at(start..range.end);
                            let is_block = true;
                            seen.html.push(Html { range, is_block, ends_at_mark, is_script });
                        }
                        _ => {}
                    }
                }
                Event::End(_) => depth -= 1,
                Event::Code(_) => seen.code.push((at(range), Shown::Span)),
                Event::InlineHtml(_) => {
                    let range = at(range);
                    let [is_block, ends_at_mark, is_script] = [false; 3];
                    seen.html.push(Html { range, is_block, ends_at_mark, is_script });
                }
                _ => {}
            }
        }
        seen
    }

    /// Where the last outermost block begins.
    pub(super) fn last_block(&self) -> usize {
        self.blocks.last().copied().unwrap_or(self.part.start)
    }

    /// The outermost block that an offset stands in, up to the next.
    pub(super) fn block_of(&self, at: usize) -> Range<usize> {
        let next = self.blocks.partition_point(|start| *start <= at);
        let start = next.checked_sub(1).map_or(self.part.start, |last| self.blocks[last]);
        start..self.blocks.get(next).copied().unwrap_or(self.part.end)
    }

    /// The code that an offset stands in.
    pub(super) fn code_at(&self, at: usize) -> Option<(&Range<usize>, Shown)> {
        let next = self.code.partition_point(|(code, _)| code.start <= at);
        let (code, shown) = self.code.get(next.checked_sub(1)?)?;
        code.contains(&at).then_some((code, *shown))
    }

    /// The raw HTML that an offset stands in.
    pub(super) fn html_at(&self, at: usize) -> Option<&Html> {
        let next = self.html.partition_point(|html| html.range.start <= at);
        self.html.get(next.checked_sub(1)?).filter(|html| html.range.contains(&at))
    }
}

/// Whether a block of raw HTML ends at a mark of its own, not at a blank line (CommonMark 0.31, section 4.6). Comments do
/// too, but theirs is the one that is looked for.
fn ends_at_mark(html: &str) -> bool {
    !html.starts_with("<!--")
        && starts_with(html, &["<script", "<pre", "<style", "<textarea", "<?", "<!"])
}

fn starts_with(html: &str, marks: &[&str]) -> bool {
    let starts = |mark: &str| html.get(..mark.len()).is_some_and(|s| s.eq_ignore_ascii_case(mark));
    marks.iter().any(|mark| starts(mark))
}
