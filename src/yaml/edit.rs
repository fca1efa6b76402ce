//! Where the characters of a value stand, and what to change in a text to change a value.
//!
//! A scalar's text is not what stands in the source: lines are folded, quotes doubled, characters escaped. Everything
//! but space stands there in the same order, one by one; so the characters of a scalar that are not space have places,
//! and any word of a text can be replaced where it stands, whatever the scalar's style. Nothing else of a document is
//! touched.

use std::ops::Range;

use super::FieldPath;
use super::document::{YamlDocument, find};
use super::read::{Reading, read};
use super::syntax::quoted;
use super::tree::{MapEntry, NodeId, NodeKind, ROOT, Tree, line_end, line_start};
use super::value::is_null;
use crate::base::Edit;

/// A scalar, and the places of its characters.
#[derive(Debug)]
pub struct Scalar<'a> {
    /// What it says.
    pub text: &'a str,
    /// Its path.
    pub path: FieldPath,
    plain: bool,
    /// The places of the characters that are not space.
    letters: Vec<Range<usize>>,
}

impl YamlDocument<'_> {
    /// The scalar at a place, as [`locate`](Self::locate) finds it: a single value is its own first
    /// item. `None` if there is another kind of value, or if its characters are not found in the source.
    pub fn scalar(&self, path: &FieldPath) -> Option<Scalar<'_>> {
        let tree = self.tree.as_ref()?;
        scalar_of(tree, find(tree, path))
    }

    /// The key at a place, as the scalar that it is. `None` if there is no such key, or if its characters are not found
    /// in the source.
    pub fn key(&self, path: &FieldPath) -> Option<Scalar<'_>> {
        let tree = self.tree.as_ref()?;
        let id = find(tree, path);
        let entry = tree.entry(id).filter(|_| tree.path(id) == *path)?;
        let source = &tree.text[entry.key_span.clone()];
        let plain = !source.starts_with(['"', '\'']);
        let letters = letters(source, plain, &entry.key)?.into_iter();
        let start = entry.key_span.start;
        let letters = letters.map(|range| start + range.start..start + range.end).collect();
        Some(Scalar { text: &entry.key, path: path.clone(), plain, letters })
    }

    /// The scalars among the items of the list that a place is an item of.
    pub fn siblings(&self, path: &FieldPath) -> Vec<Scalar<'_>> {
        let Some((tree, list)) = self.tree.as_ref().zip(path.parent()) else { return Vec::new() };
        match &tree.node(find(tree, &list)).kind {
            NodeKind::List(items) => items.iter().filter_map(|id| scalar_of(tree, *id)).collect(),
            _ => Vec::new(),
        }
    }

    /// The scalars at a place and below it.
    pub fn below(&self, path: &FieldPath) -> Vec<Scalar<'_>> {
        let Some(tree) = &self.tree else { return Vec::new() };
        let within = |id: &NodeId| tree.path(*id).is_within(std::slice::from_ref(path));
        (0..tree.nodes.len()).filter(within).filter_map(|id| scalar_of(tree, id)).collect()
    }

    /// Adds a word to the list of a top-level key: an item after the last one, in the list's own style. A single value
    /// becomes a list, a missing key is added after all others. `word` needs no quotes. `None` if the key holds a
    /// mapping, or the document is no mapping.
    pub fn push(&self, key: &str, word: &str) -> Option<Edit> {
        self.push_below(&FieldPath::root(), key, word)
    }

    /// The same of a key of the mapping at a place.
    pub fn push_below(&self, at: &FieldPath, key: &str, word: &str) -> Option<Edit> {
        let tree = self.tree.as_ref()?;
        let map = find(tree, at);
        if tree.path(map) != *at {
            return None;
        }
        let NodeKind::Map(entries) = &tree.node(map).kind else { return None };
        let Some(entry) = entries.iter().find(|entry| entry.key == key) else {
            return match map == ROOT {
                true => add(tree, key, word),
                false => add_below(tree, map, key, word),
            };
        };
        let text = tree.text;
        let value = tree.node(entry.value);
        match &value.kind {
            NodeKind::List(items) if text[value.span.clone()].starts_with('[') => {
                Some(match items.last() {
                    Some(last) => insert(tree.node(*last).span.end, format!(", {word}")),
                    None => insert(value.span.start + 1, word),
                })
            }
            NodeKind::List(items) => {
                let last = tree.node(*items.last()?).span.end;
                let dash = text[..tree.node(*items.first()?).span.start].rfind('-')?;
                let indent = &text[line_start(text, dash)..dash];
                let end = line_end(text, last);
                Some(match text[end..].starts_with('\n') {
                    true => insert(end + 1, format!("{indent}- {word}\n")),
                    false => insert(end, format!("\n{indent}- {word}")),
                })
            }
            NodeKind::Scalar { text: content, plain } if *plain && is_null(content) => {
                Some(if value.span == entry.key_span {
                    let colon = entry.key_span.end + text[entry.key_span.end..].find(':')?;
                    insert(colon + 1, format!(" {word}"))
                } else {
                    Edit::new(value.span.clone(), word)
                })
            }
            NodeKind::Scalar { text: content, .. } if content.trim().is_empty() => {
                Some(Edit::new(value.span.clone(), word))
            }
            NodeKind::Scalar { text: content, plain } => {
                let raw = &text[value.span.clone()];
                let keeps = raw.starts_with(['"', '\'']) || *plain;
                let keeps = keeps && !raw.contains('\n');
                let risky = *plain && raw.contains([',', '[', ']', '{', '}']);
                let first = if keeps && !risky { raw.to_owned() } else { quoted(content.trim()) };
                Some(Edit::new(value.span.clone(), format!("[{first}, {word}]")))
            }
            NodeKind::Map(_) | NodeKind::Refused => None,
        }
    }
}

fn add(tree: &Tree<'_>, key: &str, word: &str) -> Option<Edit> {
    let text = tree.text;
    let root = tree.node(ROOT);
    let NodeKind::Map(entries) = &root.kind else { return None };
    if text[root.span.clone()].starts_with('{') {
        let last = tree.node(entries.last()?.value).span.end;
        return Some(insert(last, format!(", {key}: {word}")));
    }
    let first = entries.first()?.key_span.start;
    let indent = &text[line_start(text, first)..first];
    let fresh = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    Some(insert(text.len(), format!("{fresh}{indent}{key}: {word}\n")))
}

/// Adds a key to a mapping inside the document: behind the last value that ends on the line of its key, or before all.
fn add_below(tree: &Tree<'_>, map: NodeId, key: &str, word: &str) -> Option<Edit> {
    let text = tree.text;
    let NodeKind::Map(entries) = &tree.node(map).kind else { return None };
    if text[tree.node(map).span.clone()].starts_with('{') {
        let last = tree.node(entries.last()?.value).span.end;
        return Some(insert(last, format!(", {key}: {word}")));
    }
    let first = entries.first()?.key_span.start;
    // A mapping in a list begins behind the dash.
    let before = text[line_start(text, first)..first].chars();
    let indent: String = before.map(|_| ' ').collect();
    let is_short = |entry: &&MapEntry| {
        let value = tree.node(entry.value);
        matches!(value.kind, NodeKind::Scalar { .. })
            && !text[entry.key_span.start..value.span.end].contains('\n')
    };
    Some(match entries.iter().rev().find(is_short) {
        Some(entry) => {
            let end = line_end(text, tree.node(entry.value).span.end);
            match text[end..].starts_with('\n') {
                true => insert(end + 1, format!("{indent}{key}: {word}\n")),
                false => insert(end, format!("\n{indent}{key}: {word}")),
            }
        }
        None => insert(first, format!("{key}: {word}\n{indent}")),
    })
}

fn scalar_of<'a>(tree: &'a Tree<'_>, id: NodeId) -> Option<Scalar<'a>> {
    let node = tree.node(id);
    let NodeKind::Scalar { text, plain } = &node.kind else { return None };
    let letters = letters(&tree.text[node.span.clone()], *plain, text)?;
    let letters = letters
        .into_iter()
        .map(|range| node.span.start + range.start..node.span.start + range.end)
        .collect();
    Some(Scalar { text, path: tree.path(id), plain: *plain, letters })
}

impl Scalar<'_> {
    /// The change that replaces a range of a text with an id or path. `text` is the scalar's own, or that without the
    /// space around it; the range begins and ends with characters that are not space.
    pub fn replace(&self, text: &str, range: Range<usize>, word: &str) -> Option<Edit> {
        // Where the text begins in the scalar's: what is space to Unicode is not all space here.
        let lead = self.text.find(text)?;
        let before = |end: usize| {
            let part = self.text.get(..lead + end)?;
            Some(part.chars().filter(|c| !is_space(*c)).count())
        };
        let (from, to) = (before(range.start)?, before(range.end)?);
        let letters = self.letters.get(from..to).filter(|letters| !letters.is_empty())?;
        let whole = letters.len() == self.letters.len();
        let word =
            if whole && self.plain && is_null(word) { quoted(word) } else { word.to_owned() };
        Some(Edit::new(letters.first()?.start..letters.last()?.end, word))
    }

    /// Where it begins.
    pub fn start(&self) -> usize {
        self.letters.first().map_or(0, |letter| letter.start)
    }

    /// The change that replaces all of it.
    pub fn replace_all(&self, word: &str) -> Option<Edit> {
        self.replace(self.text, 0..self.text.len(), word)
    }
}

/// A text as the value of a key on one line: plain where that says the same, else in quotes. It has no control
/// characters.
pub fn scalar(text: &str) -> String {
    let line = format!("k: {text}\n");
    let same = |content: &str| content == text && !is_null(content);
    let plain = read(&line, 1).is_ok_and(|Reading { tree, problems }| {
        let value = tree.as_ref().and_then(|tree| match &tree.node(ROOT).kind {
            NodeKind::Map(entries) => Some(&tree.node(entries.first()?.value).kind),
            _ => None,
        });
        problems.is_empty()
            && matches!(value, Some(NodeKind::Scalar { text, plain: true }) if same(text))
    });
    if plain { text.to_owned() } else { quoted(text) }
}

fn insert(at: usize, text: impl Into<String>) -> Edit {
    Edit::new(at..at, text)
}

/// The ranges in a scalar's source of the characters of its text that are not space; `None` if they differ.
fn letters(source: &str, plain: bool, text: &str) -> Option<Vec<Range<usize>>> {
    let mut written: Vec<(char, Range<usize>)> = Vec::new();
    let block = !plain && source.starts_with(['|', '>']);
    match source.chars().next() {
        Some('"') if !plain => double_quoted(source, &mut written)?,
        Some('\'') if !plain => {
            let mut chars = source.char_indices().skip(1).peekable();
            while let Some((at, c)) = chars.next() {
                let mut end = at + c.len_utf8();
                if c == '\'' {
                    match chars.next_if(|(_, next)| *next == '\'') {
                        Some((second, _)) => end = second + 1,
                        None => break,
                    }
                }
                written.push((c, at..end));
            }
        }
        _ => {
            // The header of a block scalar says how to read it and is not a part of it.
            let start = if block { line_end(source, 0) } else { 0 };
            let chars = source[start..].char_indices();
            written.extend(chars.map(|(at, c)| (c, start + at..start + at + c.len_utf8())));
        }
    }
    written.retain(|(c, _)| !is_space(*c));
    let mut content = text.chars().filter(|c| !is_space(*c));
    let mut letters = Vec::new();
    for (c, range) in written {
        match content.next() {
            Some(expected) if expected == c => letters.push(range),
            // Comments may follow a block scalar.
            None if block => break,
            _ => return None,
        }
    }
    content.next().is_none().then_some(letters)
}

/// Reads the characters of a double-quoted scalar (YAML 1.2, section 5.7).
fn double_quoted(source: &str, written: &mut Vec<(char, Range<usize>)>) -> Option<()> {
    let mut chars = source.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '"' {
            return Some(());
        }
        if c != '\\' {
            written.push((c, at..at + c.len_utf8()));
            continue;
        }
        let (escape, c) = chars.next()?;
        let digits = match c {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let end = escape + c.len_utf8() + digits;
        let meant = match c {
            '0' => '\0',
            'a' => '\x07',
            'b' => '\x08',
            't' | '\t' => '\t',
            'n' | '\n' => '\n',
            'v' => '\x0b',
            'f' => '\x0c',
            'r' => '\r',
            'e' => '\x1b',
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            'x' | 'u' | 'U' => {
                let number = u32::from_str_radix(source.get(escape + 1..end)?, 16).ok()?;
                chars.nth(digits - 1)?;
                char::from_u32(number)?
            }
            c => c,
        };
        written.push((meant, at..end));
    }
    None
}

/// What folding makes and drops.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use crate::base::Edit;
    use crate::yaml::{FieldPath, YamlDocument};

    fn changed(text: &str, edit: Edit) -> String {
        format!("{}{}{}", &text[..edit.start], edit.text, &text[edit.end..])
    }

    #[test]
    fn words_are_replaced_in_every_style() {
        for (yaml, expected) in [
            ("k: see [[old]] now # old\n", "k: see [[new]] now # old\n"),
            ("k: 'it''s [[old]]'\n", "k: 'it''s [[new]]'\n"),
            ("k: \"\\\"a\\\" \\u00e9 [[old]]\\n\"\n", "k: \"\\\"a\\\" \\u00e9 [[new]]\\n\"\n"),
            ("k: \"[[o\\x6cd]]\"\n", "k: \"[[new]]\"\n"),
            ("k: \"[[ol\\\n  d]] x\"\n", "k: \"[[new]] x\"\n"),
            (
                "k: |\n  a\n\n    b [[old]]\n  c\n# old\n",
                "k: |\n  a\n\n    b [[new]]\n  c\n# old\n",
            ),
            ("k: >2-\n   a\n  b\n\n  [[old]]\nj: 1\n", "k: >2-\n   a\n  b\n\n  [[new]]\nj: 1\n"),
            ("k: a\n  b\n\n  é [[old]]\n", "k: a\n  b\n\n  é [[new]]\n"),
            ("{k: 'a [[old]]', j: 1}\n", "{k: 'a [[new]]', j: 1}\n"),
        ] {
            let editor = YamlDocument::read(yaml, 1);
            let scalar = editor.scalar(&FieldPath::root().key("k")).expect(yaml);
            let at = scalar.text.find("[[old]]").expect(yaml) + 2;
            let edit = scalar.replace(scalar.text, at..at + 3, "new").expect(yaml);
            assert_eq!(changed(yaml, edit), expected);
        }
    }

    #[test]
    fn a_text_may_lack_the_space_around_it() {
        let yaml = "k: \"\\u3000 \\_é [[old]] \u{3000}\"\n";
        let editor = YamlDocument::read(yaml, 1);
        let scalar = editor.scalar(&FieldPath::root().key("k")).expect("a scalar");
        let text = scalar.text.trim();
        let at = text.find("old").expect("the word");
        let edit = scalar.replace(text, at..at + 3, "new").expect("the word's place");
        assert_eq!(changed(yaml, edit), yaml.replace("old", "new"));
    }

    #[test]
    fn whole_values_are_replaced() {
        for (yaml, word, expected) in [
            ("k: old\n", "new", "k: new\n"),
            ("k: old\n", "null", "k: \"null\"\n"),
            ("k: 'old'  # c\n", "null", "k: 'null'  # c\n"),
            ("k:\n  old\n", "new", "k:\n  new\n"),
            ("k: |-\n  old\n", "new", "k: |-\n  new\n"),
        ] {
            let editor = YamlDocument::read(yaml, 1);
            let scalar = editor.scalar(&FieldPath::root().key("k").index(0)).expect(yaml);
            assert_eq!(changed(yaml, scalar.replace_all(word).expect(yaml)), expected);
        }
    }

    #[test]
    fn items_are_added_in_the_style_of_the_list() {
        for (yaml, expected) in [
            ("a: 1\n", "a: 1\nk: /x/\n"),
            ("a: |+\n  x\n\n", "a: |+\n  x\n\nk: /x/\n"),
            ("  a: 1\n  # end\n", "  a: 1\n  # end\n  k: /x/\n"),
            ("{a: 1}\n", "{a: 1, k: /x/}\n"),
            ("k: /o/ # c\na: 1\n", "k: [/o/, /x/] # c\na: 1\n"),
            ("k: '/o/'\n", "k: ['/o/', /x/]\n"),
            ("k: /a,b/\n", "k: [\"/a,b/\", /x/]\n"),
            ("k: >-\n  /o/\n", "k: [\"/o/\", /x/]\n"),
            ("k:\na: 1\n", "k: /x/\na: 1\n"),
            ("k: ~ # c\n", "k: /x/ # c\n"),
            ("k: \"\"\n", "k: /x/\n"),
            ("k: []\n", "k: [/x/]\n"),
            ("k: [/o/]\n", "k: [/o/, /x/]\n"),
            ("k: [\n  /o/,\n]\n", "k: [\n  /o/, /x/,\n]\n"),
            ("k:\n- /o/ # c\n# d\na: 1\n", "k:\n- /o/ # c\n- /x/\n# d\na: 1\n"),
            ("k:\n  -\n    /o/\n", "k:\n  -\n    /o/\n  - /x/\n"),
            ("k:\n    - /o/\n    - \"/p/\"\n", "k:\n    - /o/\n    - \"/p/\"\n    - /x/\n"),
        ] {
            let editor = YamlDocument::read(yaml, 1);
            assert_eq!(changed(yaml, editor.push("k", "/x/").expect(yaml)), expected);
        }
        assert!(YamlDocument::read("k: {a: 1}\n", 1).push("k", "x").is_none());
        assert!(YamlDocument::read("- a\n", 1).push("k", "x").is_none());
    }
}
