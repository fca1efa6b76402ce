//! Addresses that stand in a text as they are. They become links, as in GitHub's Markdown.
//!
//! Where one begins is found here, and where a typographic sign of any script ends it; which of the ASCII signs behind it
//! are the sentence's, a library says. It reads the source, because the parser cuts text at signs that may stand in an
//! address. What the parser took for emphasis is none of it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use linkify::{LinkFinder, LinkKind};
use memchr::memchr_iter;
use memchr::memmem::{self, Finder};

use crate::diag::{Code, Diagnostic};

use super::driver::Driver;
use super::inlines::OpenLink;
use super::links;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BareAddress {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What readers see: the address without the backslashes of its source.
    pub(super) text: String,
    /// What leads there, with a scheme.
    pub(super) url: String,
}

/// Where a text has a sign of an address, in order.
#[derive(Debug, Default)]
pub(super) struct AddressSigns(Vec<usize>);

impl AddressSigns {
    pub(super) fn of(text: &str) -> Self {
        static SCHEME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("://"));
        static WWW: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("www."));
        let bytes = text.as_bytes();
        let mut places: Vec<usize> = SCHEME.find_iter(bytes).collect();
        places.extend(WWW.find_iter(bytes));
        places.extend(memchr_iter(b'@', bytes));
        places.sort_unstable();
        Self(places)
    }

    /// Whether one begins in a part of the text.
    fn any_in(&self, part: &Range<usize>) -> bool {
        let next = self.0.partition_point(|place| *place < part.start);
        self.0.get(next).is_some_and(|place| *place < part.end)
    }
}

/// No address has more bytes: what goes on without a space for longer is something else.
const LONGEST: usize = 2000;

/// The first address that begins in a part of a text. It may end behind the part.
pub(super) fn first(text: &str, part: Range<usize>) -> Option<BareAddress> {
    let mut signs = FORMS.map(|(mark, form)| Sign { mark, form, at: None, is_known: false });
    let mut from = part.start;
    while from < part.end {
        for sign in &mut signs {
            sign.seek(text, from..part.end);
        }
        let first = signs.iter().filter_map(|sign| Some((sign.at?, sign.form)));
        let (at, form) = first.min_by_key(|(at, _)| *at)?;
        if let Some(address) = read(text, &part, (at, form)) {
            return Some(address);
        }
        from = at + 1;
    }
    None
}

/// How an address begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `https://`
    Scheme,
    /// `www.`
    Www,
    /// `name@`
    Mail,
}

/// What each form has.
const FORMS: [(&str, Form); 3] = [("://", Form::Scheme), ("www.", Form::Www), ("@", Form::Mail)];

/// The next place of what a form has. Asked for offsets that grow, it searches a text once.
struct Sign {
    mark: &'static str,
    form: Form,
    at: Option<usize>,
    is_known: bool,
}

impl Sign {
    fn seek(&mut self, text: &str, part: Range<usize>) {
        if !self.is_known || self.at.is_some_and(|at| at < part.start) {
            let found = memmem::find(&text.as_bytes()[part.clone()], self.mark.as_bytes());
            self.at = found.map(|at| part.start + at);
            self.is_known = true;
        }
    }
}

fn read(text: &str, part: &Range<usize>, (sign, form): (usize, Form)) -> Option<BareAddress> {
    let before = &text[part.start..sign];
    let start = match form {
        Form::Www => sign,
        Form::Scheme => {
            let scheme = ["https", "http"].into_iter().find(|scheme| {
                let start = before.len().checked_sub(scheme.len());
                start
                    .and_then(|at| before.get(at..))
                    .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
            })?;
            sign - scheme.len()
        }
        Form::Mail => {
            let is_local = |c: char| c.is_ascii_alphanumeric() || ".+_-".contains(c);
            let local = before.len() - before.trim_end_matches(is_local).len();
            if local == 0 || local > 64 {
                return None;
            }
            sign - local
        }
    };
    let is_apart = |c: char| !c.is_ascii_alphanumeric() && !"/@.+-_=&?%#".contains(c);
    if !text[..start].chars().next_back().is_none_or(is_apart) {
        return None;
    }
    let source = &text[start..text.floor_char_boundary(start + LONGEST + 1)];
    let source = &source[..end(source, form)];
    if source.len() > LONGEST {
        return None;
    }
    let plain = plain(source);
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(form != Form::Www);
    finder.kinds(&[if form == Form::Mail { LinkKind::Email } else { LinkKind::Url }]);
    let found = finder.links(&plain).next().filter(|found| found.start() == 0)?;
    let shown = found.as_str().trim_end_matches(['_', '~', '*']);
    let url = match form {
        Form::Scheme => shown.to_owned(),
        Form::Www if shown.split('/').next()?.split('.').count() < 3 => return None,
        Form::Www => format!("https://{shown}"),
        Form::Mail => format!("mailto:{shown}"),
    };
    let length = length_in(source, shown);
    Some(BareAddress { range: start..start + length, text: shown.to_owned(), url })
}

/// Where an address that begins a text has ended at the latest.
fn end(text: &str, form: Form) -> usize {
    let mut last = '\0';
    let mut signs = 0;
    for (at, c) in text.char_indices() {
        let is_escape = last == '\\' && c.is_ascii_punctuation();
        if c.is_whitespace() || (!is_escape && "<>`|\"".contains(c)) || ends(c) {
            return at;
        }
        signs += usize::from(c == '@');
        if form == Form::Mail && signs > 1 {
            return at;
        }
        if c == '[' && (text[at..].starts_with("[^") || text[at..].starts_with("[/")) {
            return at;
        }
        if c == '&'
            && ["&lt;", "&gt;", "&quot;", "&nbsp;"].iter().any(|it| text[at..].starts_with(it))
        {
            return at;
        }
        last = c;
    }
    text.len()
}

/// Signs of a sentence that no address has: quotation marks, and the punctuation of Chinese, Japanese and Korean.
fn ends(c: char) -> bool {
    matches!(c,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '«' | '»' | '\u{200b}'
        // Ideographic punctuation and brackets, without the marks of iteration (々, 〆, 〇).
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '・'
        // Full-width forms of ASCII punctuation.
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
        | '،' | '؛' | '؟')
}

/// A source as readers see it: without backslashes before signs, `&amp;` as `&`.
fn plain(source: &str) -> Cow<'_, str> {
    if !source.contains(['\\', '&']) {
        return Cow::Borrowed(source);
    }
    let mut plain = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((c, len)) = next(rest) {
        plain.push(c);
        rest = &rest[len..];
    }
    Cow::Owned(plain)
}

/// The length in a source of what readers see.
fn length_in(source: &str, shown: &str) -> usize {
    let mut length = 0;
    for _ in shown.chars() {
        length += next(&source[length..]).map_or(0, |(_, len)| len);
    }
    length
}

/// The first character that readers see of a source, and its length there.
fn next(source: &str) -> Option<(char, usize)> {
    let mut chars = source.chars();
    let c = chars.next()?;
    if c == '\\'
        && let Some(escaped) = chars.next().filter(char::is_ascii_punctuation)
    {
        return Some((escaped, 2));
    }
    if source.starts_with("&amp;") {
        return Some(('&', "&amp;".len()));
    }
    Some((c, c.len_utf8()))
}

impl Driver<'_> {
    /// The first address in a text that the parser found, where an address makes a link.
    pub(super) fn address_in(&self, text: &str, range: &Range<usize>) -> Option<BareAddress> {
        let is_verbatim = text.len() == range.len();
        let is_text = !self.code
            && !self.raw_link
            && self.html.is_none()
            && self.links.is_empty()
            && self.picture.is_none();
        if !self.address_signs.any_in(range) || !is_verbatim || !is_text {
            return None;
        }
        let part = self.skip.max(range.start)..range.end;
        first(self.text, part).filter(|found| !self.masked.hides_in(&found.range))
    }

    /// Writes an address as a link. The parser took for text what stands before `end`.
    pub(super) fn bare_address(&mut self, address: BareAddress, end: usize) {
        let BareAddress { range, text, url } = address;
        if range.end > end {
            // The rest was set in italics, or is a link.
            let fixed = format!("<{url}>");
            let message = "the address is no link: signs in it are read as Markdown";
            self.draft.problems.push(
                Diagnostic::new(Code::MalformedLink, range.clone(), message)
                    .help(format!("write `{fixed}`"))
                    .fix(range.clone(), fixed),
            );
            return self.write_text(&self.text[range.start..end], &(range.start..end));
        }
        let open = match links::destination(&url, self.source.path) {
            Ok(link) => self.open_link(Ok(link), "", range.clone()),
            Err(_) => OpenLink::Text,
        };
        self.links.push(open);
        self.write_text(&text, &range);
        self.end_link();
    }
}

#[cfg(test)]
mod tests {
    use super::first;

    /// The address that is found in a text, as written, and where it leads if it does not say so itself.
    fn check(cases: &[(&str, &str, &str)]) {
        for (text, written, url) in cases {
            let found = first(text, 0..text.len());
            let found = found.map(|found| (text[found.range].to_owned(), found.url));
            let (range, leads) = found.unwrap_or_default();
            assert_eq!((&*range, &*leads), (*written, *url), "{text}");
        }
    }

    #[test]
    fn an_address_ends_where_its_sentence_goes_on() {
        for (text, address) in [
            ("See https://example.org/a_(b)。", "https://example.org/a_(b)"),
            ("https://example.org/a。次", "https://example.org/a"),
            ("https://example.org/a、b", "https://example.org/a"),
            ("（https://example.org/a）", "https://example.org/a"),
            ("「https://example.org」", "https://example.org"),
            ("(https://example.org/a)", "https://example.org/a"),
            ("(see https://example.org/a_(b)).", "https://example.org/a_(b)"),
            ("https://example.org/a.", "https://example.org/a"),
            ("https://example.org/a, b", "https://example.org/a"),
            ("https://example.org/a?b=c&d=e!", "https://example.org/a?b=c&d=e"),
            ("“https://example.org/a”", "https://example.org/a"),
            ("«https://example.org/a»", "https://example.org/a"),
            ("\"https://example.org/a\"", "https://example.org/a"),
            ("'https://example.org/a'", "https://example.org/a"),
            ("https://example.org/a</p>", "https://example.org/a"),
            ("https://example.org/a&lt;", "https://example.org/a"),
            ("https://example.org/a--b...", "https://example.org/a--b"),
            ("https://example.org/a#b", "https://example.org/a#b"),
            ("https://example.org/wiki/日本", "https://example.org/wiki/日本"),
            ("次はhttps://example.org/a", "https://example.org/a"),
            ("HTTPS://EXAMPLE.ORG", "HTTPS://EXAMPLE.ORG"),
            ("http://example.org:8080/", "http://example.org:8080/"),
            ("https://example.org/a;", "https://example.org/a"),
            ("https://example.org/a/", "https://example.org/a/"),
            ("https://example.org/_a_", "https://example.org/_a"),
        ] {
            check(&[(text, address, address)]);
        }
    }

    #[test]
    fn addresses_without_a_scheme() {
        check(&[
            ("See www.example.org/a.", "www.example.org/a", "https://www.example.org/a"),
            ("(www.example.org)", "www.example.org", "https://www.example.org"),
            ("to a.b+c@example.org.", "a.b+c@example.org", "mailto:a.b+c@example.org"),
            ("a_b@example.co.uk,", "a_b@example.co.uk", "mailto:a_b@example.co.uk"),
            ("https://example.org/a\\_b", "https://example.org/a\\_b", "https://example.org/a_b"),
            (
                "https://example.org/?a&amp;b",
                "https://example.org/?a&amp;b",
                "https://example.org/?a&b",
            ),
        ]);
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "example.org",
            "www.",
            "www.x",
            "https://",
            "https:// x",
            "ftp://example.org",
            "a@b",
            "@example",
            "a @ example.org",
            "xhttps://example.org",
            "awww.example.org",
            "://",
            "@",
            "javascript://example.org",
            "1:2",
            "x@",
            "//example.org/a",
        ] {
            assert_eq!(first(text, 0..text.len()), None, "{text}");
        }
    }
}
