//! Looks for a mark in the texts of a document, and for its keys.

use std::ops::Range;

use super::FieldPath;
use super::read::read;
use super::tree::{Kind, ROOT, Tree};

/// A text that has the mark, a value or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The field, counting every item of the text ([`FieldPath::in_source`]). That of a key is its value's.
    pub path: FieldPath,
    /// The text, decoded.
    pub text: String,
    /// The part of the document that it stands in.
    pub span: Range<usize>,
}

/// The texts of a document that have a mark, in order. None if it is not YAML.
pub fn marked(document: &str, mark: &str) -> Vec<Marked> {
    let Some(tree) = read(document, 1).ok().and_then(|reading| reading.tree) else {
        return Vec::new();
    };
    let of_node = |id: usize| -> Vec<Marked> {
        let node = tree.node(id);
        match &node.kind {
            Kind::Scalar { text, .. } if text.contains(mark) => {
                vec![found(&tree, id, text, node.span.clone())]
            }
            Kind::Map(entries) => entries
                .iter()
                .filter(|entry| entry.key.contains(mark))
                .map(|entry| found(&tree, entry.value, &entry.key, entry.key_span.clone()))
                .collect(),
            _ => Vec::new(),
        }
    };
    let mut found: Vec<Marked> = (0..tree.nodes.len()).flat_map(of_node).collect();
    found.sort_by_key(|marked| marked.span.start);
    found
}

/// The keys of a document, in order. None if it is not YAML, or no mapping.
pub fn keys(document: &str) -> Vec<Box<str>> {
    let tree = read(document, 1).ok().and_then(|reading| reading.tree);
    match tree.as_ref().map(|tree| &tree.node(ROOT).kind) {
        Some(Kind::Map(entries)) => entries.iter().map(|entry| (*entry.key).into()).collect(),
        _ => Vec::new(),
    }
}

fn found(tree: &Tree<'_>, id: usize, text: &str, span: Range<usize>) -> Marked {
    Marked { path: tree.path(id), text: text.into(), span }
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn values_and_keys() {
        let text = "a: x <!\nb:\n  - <! y\n  - z\n  - |\n    q\n    r <!\n'c <!': \"<\\x21\"\n";
        let found = marked(text, "<!");
        let shown: Vec<_> = found
            .iter()
            .map(|one| (one.path.to_string(), &*one.text, &text[one.span.clone()]))
            .collect();
        assert_eq!(
            shown.iter().map(|(path, text, _)| (&**path, *text)).collect::<Vec<_>>(),
            [
                ("/a", "x <!"),
                ("/b/0", "<! y"),
                ("/b/2", "q\nr <!\n"),
                ("/c <!", "c <!"),
                ("/c <!", "<!")
            ]
        );
        assert!(shown[2].2.ends_with("r <!") || shown[2].2.ends_with("r <!\n"));
        assert_eq!(marked("a: [<!", "<!"), []);
    }
}
