//! What a reader of a page would find changed: its words before and after, read from its HTML.
//!
//! White space and case do not count, and neither does one word in place of another, unless it is a figure, a part of a name
//! or a link, or stands in a quotation. What is compared is the text of a page alone: lists, dates and navigation change with
//! other pages.

use std::borrow::Cow;

use diffy::{DiffOptions, Line};

use crate::base::html::{Tag, after_comment, decode, is_space, text_end};

/// The classes of the elements that hold a page's text, in the theme and in templates that keep its names.
const TEXTS: [&str; 3] = ["text", "summary", "key-points"];

/// The class of what lists changes: a word there is a note.
const NOTES: &str = "changes";

/// Classes whose elements are no words of an author: numbers of citations, marks of links.
const ASIDE: [&str; 4] = ["cite", "permalink", "backlinks", "unseen"];

/// Elements inside a sentence.
const INLINE: [&str; 19] = [
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "wbr",
];

/// How many words of a change are quoted.
const QUOTED: usize = 12;

/// A change of substance: the words that went and those that came, where either is long only the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// What stood there; empty for words that were added.
    pub before: String,
    /// What stands there now; empty for words that were removed.
    pub after: String,
}

/// A word of a page.
struct Word<'a> {
    text: Cow<'a, str>,
    /// Without case and the signs around it: by this words are compared.
    folded: String,
    /// Whether a change of this word alone is one of substance.
    counts: bool,
}

/// The words of the texts of a page, and of its notes.
#[derive(Default)]
struct PageWords<'a> {
    text: Vec<Word<'a>>,
    notes: Vec<Word<'a>>,
}

/// What stands around the words that are read next.
#[derive(Default)]
struct Around {
    /// Whether a link is open.
    link: bool,
    /// Whether a quotation is open.
    quote: bool,
    /// Whether the next word is the first of a block, so that its capital makes it no name.
    begins: bool,
}

/// The first change of substance from one state of a page to the next that no new note accounts for.
pub fn unnoted(before: &str, after: &str) -> Option<Rewrite> {
    let (before, after) = (PageWords::of(before), PageWords::of(after));
    // A page without the theme's classes is not compared.
    if before.text.is_empty() || after.text.is_empty() {
        return None;
    }
    let rewrite = rewrite(&before.text, &after.text)?;
    let is_noted = hunks(&before.notes, &after.notes).iter().any(|(_, new)| !new.is_empty());
    (!is_noted).then_some(rewrite)
}

fn rewrite(before: &[Word<'_>], after: &[Word<'_>]) -> Option<Rewrite> {
    hunks(before, after)
        .into_iter()
        .find(|(old, new)| is_of_substance(old, new))
        .map(|(old, new)| Rewrite { before: quoted(old), after: quoted(new) })
}

fn is_of_substance(old: &[Word<'_>], new: &[Word<'_>]) -> bool {
    let has_words = |words: &[Word<'_>]| words.iter().any(|word| !word.folded.is_empty());
    if !has_words(old) && !has_words(new) {
        return false;
    }
    old.len() > 1 || new.len() > 1 || old.iter().chain(new).any(|word| word.counts)
}

fn quoted(words: &[Word<'_>]) -> String {
    let shown: Vec<&str> = words.iter().take(QUOTED).map(|word| &*word.text).collect();
    let more = if words.len() > QUOTED { " …" } else { "" };
    format!("{}{more}", shown.join(" "))
}

/// The runs of words that differ, before and after.
fn hunks<'w, 'a>(
    before: &'w [Word<'a>],
    after: &'w [Word<'a>],
) -> Vec<(&'w [Word<'a>], &'w [Word<'a>])> {
    let lines = |words: &[Word<'_>]| {
        words.iter().fold(String::new(), |mut lines, word| {
            lines.push_str(&word.folded);
            lines.push('\n');
            lines
        })
    };
    let (old_lines, new_lines) = (lines(before), lines(after));
    let patch =
        DiffOptions::new().set_context_len(0).create_patch(&old_lines, &new_lines).to_owned();
    let mut hunks = Vec::new();
    // A patch counts lines from 1.
    let (mut old_at, mut new_at) = (0, 0);
    for hunk in patch.hunks() {
        let count =
            |is: fn(&Line<'_, str>) -> bool| hunk.lines().iter().filter(|line| is(line)).count();
        let removed = count(|line| matches!(line, Line::Delete(_)));
        let added = count(|line| matches!(line, Line::Insert(_)));
        let old_start = hunk.old_range().start().saturating_sub(usize::from(removed > 0));
        let new_start = hunk.new_range().start().saturating_sub(usize::from(added > 0));
        (old_at, new_at) = (old_start.max(old_at), new_start.max(new_at));
        let old = &before[old_at.min(before.len())..(old_at + removed).min(before.len())];
        let new = &after[new_at.min(after.len())..(new_at + added).min(after.len())];
        hunks.push((old, new));
        (old_at, new_at) = (old_at + removed, new_at + added);
    }
    hunks
}

/// An element that is open, whose words count or do not.
struct OpenElement<'a> {
    name: &'a str,
    /// How many elements of its name are open inside it.
    inner: usize,
}

impl<'a> OpenElement<'a> {
    /// Follows a tag of its name. Returns whether the element ends.
    fn ends_with(&mut self, name: &str, is_end: bool) -> bool {
        if !self.name.eq_ignore_ascii_case(name) {
            return false;
        }
        if !is_end {
            self.inner += 1;
        } else if self.inner == 0 {
            return true;
        } else {
            self.inner -= 1;
        }
        false
    }
}

impl<'a> PageWords<'a> {
    fn of(html: &'a str) -> Self {
        let mut words = Self::default();
        let (mut text, mut notes): (Option<OpenElement<'a>>, Option<OpenElement<'a>>) =
            (None, None);
        let (mut aside, mut around): (Option<OpenElement<'a>>, Around) = Default::default();
        let mut at = 0;
        while at < html.len() {
            let next = html[at..].find('<').map_or(html.len(), |gap| at + gap);
            if aside.is_none() {
                let run = &html[at..next];
                if notes.is_some() {
                    push(run, &mut around, &mut words.notes);
                } else if text.is_some() {
                    push(run, &mut around, &mut words.text);
                }
            }
            if next == html.len() {
                break;
            }
            let rest = &html[next + 1..];
            if rest.starts_with("!--") {
                at = after_comment(html, next + 4);
                continue;
            }
            let is_end = rest.starts_with('/');
            let open = next + 1 + usize::from(is_end);
            if !html[open..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                at = next + 1;
                continue;
            }
            let (name, mut tag) = Tag::open(html, open);
            let mut classes = "";
            for attribute in tag.by_ref() {
                if attribute.name.eq_ignore_ascii_case("class") {
                    classes = attribute.value;
                }
            }
            at = tag.at.max(next + 1);
            for element in [&mut text, &mut notes, &mut aside] {
                if element.as_mut().is_some_and(|open| open.ends_with(name, is_end)) {
                    *element = None;
                }
            }
            if name.eq_ignore_ascii_case("a") {
                around.link = !is_end;
            }
            if !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline)) {
                around.begins = true;
            }
            if is_end {
                continue;
            }
            let has = |class: &&str| classes.split_whitespace().any(|own| own == *class);
            let begin = || Some(OpenElement { name, inner: 0 });
            if notes.is_none() && has(&NOTES) {
                notes = begin();
            } else if text.is_none() && (TEXTS.iter().any(has) || name.eq_ignore_ascii_case("h1")) {
                (text, around.quote) = (begin(), false);
            }
            if aside.is_none() && (ASIDE.iter().any(has) || name.eq_ignore_ascii_case("svg")) {
                aside = begin();
            }
            at = text_end(html, name, at).max(at);
        }
        words
    }
}

/// Adds the words of a run of text.
fn push<'a>(run: &'a str, around: &mut Around, words: &mut Vec<Word<'a>>) {
    for part in run.split(|c: char| c.is_ascii() && is_space(c as u8)) {
        // Han, Kana and Hangul have no spaces to part words by.
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let is_wide = |c: char| c >= '\u{2e80}';
            let end = match is_wide(first) {
                true => first.len_utf8(),
                false => rest.find(is_wide).unwrap_or(rest.len()),
            };
            let (word, behind) = rest.split_at(end);
            rest = behind;
            let text = decode(word);
            let opens = text.contains(['“', '„', '«', '「', '『']);
            let was_quoted = around.quote || opens;
            if opens || text.contains(['”', '»', '」', '』']) {
                around.quote = opens && !text.contains(['”', '»', '」', '』']);
            }
            let folded = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let is_name =
                text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
            let ends = |word: &Word<'_>| word.text.ends_with(['.', '!', '?', ':']);
            let begins = std::mem::take(&mut around.begins) || words.last().is_none_or(ends);
            let counts = around.link
                || was_quoted
                || text.contains(|c: char| c.is_numeric())
                || is_name && !begins;
            words.push(Word { text, folded, counts });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Rewrite, unnoted};

    fn page(text: &str, notes: &str) -> String {
        let notes = match notes {
            "" => String::new(),
            notes => format!("<section class=\"changes\"><ul><li>{notes}</li></ul></section>"),
        };
        format!(
            "<html><head><title>A</title></head><body><nav>N</nav><main><h1 class=\"p-name\">Title</h1>{notes}\
             <div class=\"text e-content\"><p>{text}</p><div>In.</div></div><aside class=\"related\">R</aside></main></body></html>"
        )
    }

    fn found(before: &str, after: &str) -> Option<(String, String)> {
        let Rewrite { before, after } = unnoted(&page(before, ""), &page(after, ""))?;
        Some((before, after))
    }

    #[test]
    fn what_is_no_change_of_substance() {
        for (before, after) in [
            ("They met in the city.", "They met in the city."),
            ("They met  in\nthe city.", "They met in the <em>city</em>."),
            ("They met in the city.", "they Met in the city!"),
            ("They met in the city.", "They met in the town."),
            ("They met in teh city and agred.", "They met in the city and agreed."),
            ("They met.", "They met soon."),
            (
                "They met<sup class=\"cite\"><a href=\"#a\">[1]</a></sup>.",
                "They met<sup class=\"cite\"><a href=\"#a\">[2]</a></sup>.",
            ),
            ("They met &amp; left.", "They met &#38; left."),
            ("They met<!-- in the big city --> there.", "They met there."),
            ("会談が行われた。", "会談は行われた。"),
        ] {
            assert_eq!(found(before, after), None, "{before:?} {after:?}");
        }
    }

    #[test]
    fn what_is() {
        for (before, after, old, new) in [
            ("It asks for 3.5% of GDP.", "It asks for 3% of GDP.", "3.5%", "3%"),
            ("They met Marco Rubio there.", "They met Marco Polo there.", "Rubio", "Polo"),
            ("She said “we agreed” today.", "She said “we refused” today.", "agreed”", "refused”"),
            (
                "It is <a href=\"/facts/a/\">much</a>.",
                "It is <a href=\"/facts/a/\">little</a>.",
                "much",
                "little",
            ),
            (
                "They met in the city.",
                "They met in the city and agreed on all.",
                "",
                "and agreed on all.",
            ),
            (
                "They met in the city and agreed on all.",
                "They met in the city.",
                "and agreed on all.",
                "",
            ),
            ("会談が行われた。", "会談は中止された。", "", ""),
        ] {
            let found = found(before, after);
            assert!(found.is_some(), "{before:?} {after:?}");
            if !old.is_empty() || !new.is_empty() {
                let (found_old, found_new) = found.unwrap();
                assert!(found_old.contains(old.trim_end_matches(['.'])), "{found_old:?} {old:?}");
                assert!(found_new.contains(new.trim_end_matches(['.'])), "{found_new:?} {new:?}");
            }
        }
    }

    #[test]
    fn a_new_note_accounts_for_it() {
        let (old, new) = ("It asks for 3.5% of GDP.", "It asks for 3% of GDP.");
        let with = |text, notes: &str| page(text, notes);
        assert!(unnoted(&with(old, ""), &with(new, "")).is_some());
        assert!(unnoted(&with(old, ""), &with(new, "The figure was wrong.")).is_none());
        assert!(unnoted(&with(old, "An old note."), &with(new, "An old note.")).is_some());
        assert!(
            unnoted(&with(old, "An old note."), &with(new, "An old note. And a new one."))
                .is_none()
        );
        assert!(unnoted(&with(old, "An old note."), &with(new, "")).is_some());
    }

    #[test]
    fn a_page_without_the_classes_is_not_compared() {
        assert_eq!(unnoted("<p>One two three</p>", "<p>Four five six</p>"), None);
        assert_eq!(unnoted("", "<div class=text>Four five six</div>"), None);
        assert_eq!(
            unnoted("<div class=text>a <", "<div class=text>a b c <b"),
            Some(Rewrite { before: String::new(), after: "b c".into() })
        );
    }
}
