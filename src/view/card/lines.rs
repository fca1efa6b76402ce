//! Lines of text on a picture of known size.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

/// A face in which texts are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardFace {
    /// For titles: Newsreader, semi-bold.
    Serif,
    /// For texts: Newsreader, regular.
    Text,
    /// For labels: Public Sans.
    Sans,
}

/// A text in lines.
#[derive(Debug, Clone, PartialEq)]
pub struct SetLines {
    /// The lines.
    pub lines: Vec<String>,
    /// Whether a word is divided, for it is longer than a line.
    pub is_broken: bool,
}

/// Measures texts in the faces in which they are drawn.
pub trait CardTypesetter: Sync {
    /// The width of a text in pixels; none of one with a letter that no face has.
    fn width(&self, text: &str, face: CardFace, size: f32) -> Option<f32>;

    /// A text in lines that are no wider than `width` pixels, as few and as even as can be.
    fn lines(&self, text: &str, face: CardFace, size: f32, width: f32) -> Option<SetLines>;

    /// The first letter of a text that no face has.
    fn lacks(&self, text: &str) -> Option<char>;
}

/// Lines of one size, with their places.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CardBlock {
    /// The size of the letters, in pixels.
    pub size: u32,
    /// The lines, from the top to the bottom.
    pub lines: Vec<CardLine>,
    /// Where it ends, in pixels from the top.
    pub bottom: u32,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CardLine {
    /// Where its letters stand, in pixels from the top.
    pub y: u32,
    /// The text.
    pub text: Arc<str>,
}

/// A text as it is drawn: with the two spaces that every face has, and without signs that mean something to programs alone.
pub(super) fn plain(text: &str) -> String {
    let sign = |sign: char| match sign {
        // Of French, and of numbers.
        '\u{2007}' | '\u{202F}' => Some('\u{A0}'),
        '\u{A0}' => Some(sign),
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {
            None
        }
        '\u{202A}'..='\u{202E}' => None,
        _ if sign.is_whitespace() => Some(' '),
        _ if sign.is_control() => None,
        _ => Some(sign),
    };
    text.chars().filter_map(sign).collect::<String>().trim().to_owned()
}

/// How a text is fitted into a box.
#[derive(Clone, Copy)]
pub(super) struct Fit {
    pub(super) face: CardFace,
    /// The sizes that are tried, the largest first.
    pub(super) sizes: &'static [u32],
    /// From line to line, in percent of the size.
    pub(super) leading: u32,
    /// The most lines.
    pub(super) lines: usize,
}

/// Sets texts, where there is something to measure them with.
pub(super) struct Setter<'a>(pub(super) Option<&'a dyn CardTypesetter>);

impl Setter<'_> {
    pub(super) fn width(&self, text: &str, face: CardFace, size: u32) -> Option<f32> {
        self.0?.width(text, face, size as f32)
    }

    /// A text in the largest size in which it fits between two heights; in the smallest it is cut. None where no line has
    /// room, or a letter is lacking.
    pub(super) fn block(
        &self,
        text: &str,
        fit: Fit,
        width: u32,
        top: u32,
        bottom: u32,
    ) -> Option<CardBlock> {
        let text = &*plain(text);
        let last = *fit.sizes.last()?;
        for &size in fit.sizes.iter().filter(|_| !text.is_empty()) {
            let leading = size * fit.leading / 100;
            let room = bottom.saturating_sub(top) + (leading - size.min(leading));
            let most = ((room / leading) as usize).min(fit.lines);
            let SetLines { mut lines, is_broken } =
                self.0?.lines(text, fit.face, size as f32, width as f32)?;
            let fits = lines.len() <= most && !is_broken;
            if most == 0 || (!fits && size != last) {
                continue;
            }
            if lines.len() > most {
                // One line that breaks off says nothing.
                if most < 2 {
                    return None;
                }
                lines.truncate(most);
                let end = lines.last_mut()?;
                *end = self.cut(end, fit.face, size, width);
            }
            // Capitals of both faces are about seven tenths of the size.
            let first = top + size * 78 / 100;
            let lines = lines.into_iter().zip(0..);
            let lines =
                lines.map(|(text, at)| CardLine { y: first + at * leading, text: text.into() });
            let lines: Vec<_> = lines.collect();
            let bottom = lines.last()?.y + size * 24 / 100;
            return Some(CardBlock { size, lines, bottom });
        }
        None
    }

    /// A text in one line, cut where it is longer.
    pub(super) fn one_line(
        &self,
        text: &str,
        face: CardFace,
        size: u32,
        width: u32,
    ) -> Option<Arc<str>> {
        let mut set = self.0?.lines(&plain(text), face, size as f32, width as f32)?;
        if set.lines.len() > 1 {
            return Some(self.cut(&set.lines[0], face, size, width).into());
        }
        set.lines.pop().filter(|line| !line.is_empty()).map(Into::into)
    }

    /// As many names as have room in one line.
    pub(super) fn as_many(
        &self,
        names: &[Arc<str>],
        face: CardFace,
        size: u32,
        width: f32,
    ) -> Option<Arc<str>> {
        let mut line = String::new();
        for name in names.iter().map(|name| plain(name)) {
            let longer = match line.is_empty() {
                true => name,
                false => format!("{line} · {name}"),
            };
            match self.width(&longer, face, size) {
                Some(found) if found <= width => line = longer,
                _ => {}
            }
        }
        (!line.is_empty()).then(|| line.into())
    }

    /// A line that goes on elsewhere, with an ellipsis at its end.
    fn cut(&self, line: &str, face: CardFace, size: u32, width: u32) -> String {
        let mut kept = line.trim_end();
        loop {
            kept = kept.trim_end_matches(|sign: char| {
                sign.is_whitespace() || ",;:.–—-、。".contains(sign)
            });
            let text = format!("{kept}…");
            if kept.is_empty()
                || self.width(&text, face, size).is_none_or(|found| found <= width as f32)
            {
                return text;
            }
            let word = kept.rfind(char::is_whitespace);
            let end = word.or_else(|| kept.char_indices().next_back().map(|(at, _)| at));
            kept = &kept[..end.unwrap_or(0)];
        }
    }
}
