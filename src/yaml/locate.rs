//! Where a field stands, for checks that run after parsing.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::base::work;

use super::FieldPath;
use super::read::read;
use super::tree::{Kind, NodeId, ROOT, Step, Tree};

/// Where a value stands. Ranges are bytes of the text, never more than one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key; a list item and the document have none.
    pub key: Option<Range<usize>>,
    /// The first line of the value; an empty value's key or dash.
    pub value: Range<usize>,
    /// The first line of the list item that the value is, or is in; outside of lists, the first line of the value
    /// together with its key.
    pub item: Range<usize>,
}

/// A document that was read for its places, for many questions.
#[derive(Debug)]
pub struct Locator<'t> {
    tree: Option<Tree<'t>>,
    /// The values of the root's keys, if those are many: a file of ten thousand figures may have a mistake in each.
    keys: FxHashMap<Box<str>, NodeId>,
}

/// So many keys are looked through faster than looked up.
const FEW: usize = 16;

impl<'t> Locator<'t> {
    /// Reads the text, as it was given to [`parse`](super::parse()).
    pub fn new(text: &'t str) -> Self {
        work::step(text.len() / 8);
        let tree = read(text, 1).ok().and_then(|reading| reading.tree);
        let mut keys = FxHashMap::default();
        if let Some(Kind::Map(entries)) = tree.as_ref().map(|tree| &tree.node(ROOT).kind)
            && entries.len() > FEW
        {
            for entry in entries {
                keys.entry((*entry.key).into()).or_insert(entry.value);
            }
        }
        Self { tree, keys }
    }

    /// Where a value stands; where the nearest value around it stands if it does not exist. A single value is its
    /// own first item, as for [`OneOrMany`](super::OneOrMany). `None` if the text is not YAML or has no value.
    ///
    /// The path counts every item of the text ([`FieldPath::in_source`]).
    pub fn locate(&self, path: &FieldPath) -> Option<Place> {
        let tree = self.tree.as_ref()?;
        let mut steps = path.steps();
        if self.keys.is_empty() {
            return Some(place(tree, below(tree, ROOT, steps)));
        }
        let first = steps.next().and_then(|step| self.keys.get(&*step));
        Some(place(tree, first.map_or(ROOT, |value| below(tree, *value, steps))))
    }
}

/// The value at a place, or the nearest around it. A single value is its own first item.
pub(super) fn find(tree: &Tree<'_>, path: &FieldPath) -> NodeId {
    below(tree, ROOT, path.steps())
}

fn below<'p>(tree: &Tree<'_>, from: NodeId, steps: impl Iterator<Item = Cow<'p, str>>) -> NodeId {
    let mut id = from;
    for step in steps {
        let below = match &tree.node(id).kind {
            Kind::List(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
            Kind::Map(entries) => {
                work::step(entries.len());
                entries.iter().find(|entry| entry.key == step).map(|entry| &entry.value)
            }
            Kind::Scalar { .. } | Kind::Refused => None,
        };
        match below {
            Some(below) => id = *below,
            None if step == "0" => {}
            None => break,
        }
    }
    id
}

fn place(tree: &Tree<'_>, id: NodeId) -> Place {
    let key = tree.entry(id).map(|entry| entry.key_span.clone());
    let value = tree.first_line(id);
    let item = enclosing_item(tree, id).unwrap_or_else(|| match &key {
        Some(key) if tree.text[key.end..value.end.max(key.end)].contains('\n') => key.clone(),
        Some(key) => key.start..value.end.max(key.end),
        None => value.clone(),
    });
    Place { key, value, item }
}

fn enclosing_item(tree: &Tree<'_>, mut id: NodeId) -> Option<Range<usize>> {
    loop {
        if let Step::Item { .. } = tree.node(id).step {
            return Some(tree.first_line(id));
        }
        id = tree.parent(id)?;
    }
}

#[cfg(test)]
mod tests {
    use super::Locator;
    use crate::yaml::FieldPath;

    const TEXT: &str = "\
title: Japan  # why
authors: Ann
empty:
players:
  - japan
  -
  - player: us # here
    position: |
      On
      trade
  - {player: x, role: y}
";

    fn path(text: &str) -> FieldPath {
        text.split('/').skip(1).fold(FieldPath::root(), |path, step| path.key(step))
    }

    #[test]
    fn every_value_has_a_place() {
        let locator = Locator::new(TEXT);
        for (at, key, value, item) in [
            ("", "", "title: Japan", "title: Japan"),
            ("/title", "title", "Japan", "title: Japan"),
            ("/title/nope/0", "title", "Japan", "title: Japan"),
            ("/nope", "", "title: Japan", "title: Japan"),
            ("/authors/0/name", "authors", "Ann", "authors: Ann"),
            ("/empty", "empty", "empty", "empty"),
            ("/players", "players", "- japan", "players"),
            ("/players/0", "", "japan", "japan"),
            ("/players/0/player", "", "japan", "japan"),
            ("/players/1", "", "-", "-"),
            ("/players/2", "", "player: us", "player: us"),
            ("/players/2/position", "position", "|", "player: us"),
            ("/players/3/role", "role", "y", "{player: x, role: y}"),
            ("/players/9", "players", "- japan", "players"),
        ] {
            let place = locator.locate(&path(at)).unwrap();
            assert_eq!(place.key.map_or("", |range| &TEXT[range]), key, "key of {at}");
            assert_eq!(&TEXT[place.value], value, "value of {at}");
            assert_eq!(&TEXT[place.item], item, "item of {at}");
        }
        assert_eq!(Locator::new("a: [").locate(&FieldPath::root()), None);
        assert_eq!(Locator::new("# nothing\n").locate(&FieldPath::root()), None);
    }
}
