//! The list of mutations, read from its files.

use std::collections::BTreeMap;
use std::fs;

use crate::{files, root};

/// One mutation.
pub(crate) struct Mutation {
    pub(crate) name: String,
    /// Where the test is: `lib`, or a file or folder of `tests/`.
    pub(crate) suite: String,
    pub(crate) test: String,
    /// The field of a key or of a view that is forgotten, if it is one (`Struct.field`): no line of the sources changes.
    pub(crate) field: Option<String>,
    changes: Vec<Change>,
}

/// A field of a key or of a view.
pub(crate) struct Field {
    /// `Struct.field`.
    pub(crate) name: String,
    /// The test that notices when it is forgotten, or why none does.
    pub(crate) noticed: Result<String, String>,
}

/// A run of lines of one file, and what stands there instead.
#[derive(Clone)]
struct Change {
    path: String,
    old: String,
    new: String,
}

impl Mutation {
    /// The files that the mutation changes, with what they hold then.
    ///
    /// # Errors
    /// A run of lines is not in its file, or is there twice.
    pub(crate) fn apply(
        &self,
        read: &dyn Fn(&str) -> String,
    ) -> Result<BTreeMap<String, String>, String> {
        let mut changed = BTreeMap::new();
        for Change { path, old, new } in &self.changes {
            let text = changed.remove(path).unwrap_or_else(|| read(path));
            // Whole lines, so that the end of a longer one is not meant.
            let lined = format!("\n{text}");
            let count = lined.matches(&format!("\n{old}")).count();
            if count != 1 {
                return Err(format!("{path} has this {count} times:\n{old}"));
            }
            if old == new {
                return Err(format!("{path} is not changed"));
            }
            let mutated = lined.replacen(&format!("\n{old}"), &format!("\n{new}"), 1);
            changed.insert(path.clone(), mutated[1..].to_string());
        }
        let is_nothing = changed.is_empty() && self.field.is_none();
        if is_nothing { Err("nothing is changed".to_string()) } else { Ok(changed) }
    }
}

/// Every mutation, in the order of the files.
pub(crate) fn mutations() -> Vec<Mutation> {
    let lists = files(&root().join("tests/mutations"));
    let lists = lists.iter().filter(|path| path.extension().is_some_and(|end| end == "diff"));
    let mut found: Vec<Mutation> =
        lists.flat_map(|path| parse(&fs::read_to_string(path).unwrap())).collect();
    assert!(found.len() > 20, "the list was not found");
    let forgotten = |name: String, noticed: &str, field: String| {
        let (suite, test) = noticed.split_once(' ').unwrap_or_else(|| panic!("{name}: {noticed}"));
        let (suite, test) = (suite.to_string(), test.to_string());
        Mutation { name, suite, test, field: Some(field), changes: Vec::new() }
    };
    found.extend(fields().into_iter().filter_map(|Field { name, noticed }| {
        let test = match noticed.ok()? {
            test if test.contains(' ') => test,
            test => format!("incremental alone::{test}"),
        };
        Some(forgotten(format!("page: the field {name}"), &test, name))
    }));
    found.extend(keys().into_iter().filter_map(|(memo, Field { name, noticed })| {
        Some(forgotten(format!("{memo}: the field {name}"), &noticed.ok()?, name))
    }));
    found
}

/// Every field of every view, as `fields.txt` lists them: a name and a test, or a name, `=` and a reason.
pub(crate) fn fields() -> Vec<Field> {
    lines("fields.txt").iter().map(|line| field(line)).collect()
}

/// Every field of every key, as `keys.txt` lists them, each after the word for its memo: a name, a suite and a test, or
/// a name, `=` and a reason.
pub(crate) fn keys() -> Vec<(String, Field)> {
    let key = |line: &String| {
        let (memo, rest) = line.split_once(": ").unwrap_or_else(|| panic!("{line}: a memo?"));
        (memo.to_string(), field(rest))
    };
    lines("keys.txt").iter().map(key).collect()
}

fn lines(file: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("tests/mutations").join(file)).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_string).collect()
}

fn field(line: &str) -> Field {
    let (name, rest) = line.split_once(' ').unwrap_or_else(|| panic!("{line}: a test?"));
    let noticed = match rest.strip_prefix("= ") {
        Some(why) => Err(why.to_string()),
        None => Ok(rest.to_string()),
    };
    Field { name: name.to_string(), noticed }
}

fn parse(text: &str) -> Vec<Mutation> {
    let mut found: Vec<Mutation> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            let (suite, test) = Default::default();
            let name = name.to_string();
            found.push(Mutation { name, suite, test, field: None, changes: Vec::new() });
            continue;
        }
        // What stands before the first mutation is about the file.
        let Some(mutation) = found.last_mut() else { continue };
        let name = &mutation.name;
        if let Some(test) = line.strip_prefix("test: ") {
            let (suite, test) = test.split_once(' ').unwrap_or_else(|| panic!("{name}: {line}"));
            (mutation.suite, mutation.test) = (suite.to_string(), test.to_string());
        } else if let Some(path) = line.strip_prefix("--- ") {
            let (old, new) = Default::default();
            mutation.changes.push(Change { path: path.to_string(), old, new });
        } else if let Some(change) = mutation.changes.last_mut() {
            let (mark, rest) = line.split_at_checked(1).unwrap_or_default();
            let rest = format!("{rest}\n");
            match mark {
                "-" => change.old += &rest,
                "+" => change.new += &rest,
                " " => {
                    change.old += &rest;
                    change.new += &rest;
                }
                "" => {}
                _ => panic!("{name}: a change has lines with ` `, `-` and `+`: {line}"),
            }
        } else {
            assert!(line.is_empty() || line.starts_with("  "), "{name}: {line}");
        }
    }
    for mutation in &found {
        assert!(!mutation.test.is_empty(), "{}: no test is named", mutation.name);
    }
    found
}
