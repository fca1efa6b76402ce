//! Writes a line of a bibliography as HTML, and keeps its punctuation from doubling.

use super::casing::title_case;
use super::item::CslItem;
use super::quotes::{curly, inner};

/// A line while it is written.
#[derive(Debug, Default)]
pub(super) struct Line {
    html: String,
}

/// How a title stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleForm {
    Plain,
    Italic,
    Quoted,
}

impl Line {
    /// Text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&#38;"),
                '<' => self.html.push_str("&#60;"),
                '>' => self.html.push_str("&#62;"),
                _ => self.html.push(c),
            }
        }
        self
    }

    /// Text in italics.
    pub(super) fn italic(&mut self, text: &str) -> &mut Self {
        self.html.push_str("<i>");
        self.text(text);
        self.html.push_str("</i>");
        self
    }

    /// A space, but at the beginning.
    pub(super) fn space(&mut self) -> &mut Self {
        if !self.html.is_empty() && !self.html.ends_with(' ') {
            self.html.push(' ');
        }
        self
    }

    /// A full stop, where the line does not end in a sign that ends a sentence. It goes into quotation marks, as Americans
    /// write.
    pub(super) fn stop(&mut self) -> &mut Self {
        let (body, tag) = match self.html.strip_suffix("</i>") {
            Some(body) => (body, "</i>"),
            None => (&*self.html, ""),
        };
        let text = body.trim_end_matches(['”', '’']);
        let (text, closing) = body.split_at(text.len());
        if !text.is_empty() && !text.ends_with(['.', '?', '!']) {
            self.html = match closing.is_empty() {
                true => format!("{body}{tag}."),
                false => format!("{text}.{closing}{tag}"),
            };
        }
        self
    }

    /// A comma, which follows signs that end sentences too.
    pub(super) fn comma(&mut self) -> &mut Self {
        if !self.html.is_empty() {
            self.html.push(',');
        }
        self
    }

    /// A title, with its quotation marks, in the letters of its style.
    pub(super) fn title(&mut self, title: &str, form: TitleForm) -> &mut Self {
        match form {
            TitleForm::Plain => self.text(&curly(title)),
            TitleForm::Italic => self.italic(&curly(title)),
            TitleForm::Quoted => {
                let inner = inner(&curly(title));
                self.text("“").text(&inner).text("”")
            }
        }
    }

    /// Whether nothing is written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// The line.
    pub(super) fn finish(&mut self) -> String {
        std::mem::take(&mut self.html).trim_end().to_owned()
    }
}

/// Whether a text is set in letters that have no italics: those of China, Japan and Korea, and no Latin ones.
pub(super) fn is_upright(text: &str) -> bool {
    let is_eastern = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    text.contains(is_eastern) && !text.contains(|c: char| c.is_ascii_alphabetic())
}

/// A title in the capitals of English headlines, where it is English.
pub(super) fn headline(item: &CslItem, title: &str) -> String {
    if item.is_english() { title_case(title) } else { title.to_owned() }
}
