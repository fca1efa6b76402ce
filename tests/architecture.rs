//! The rules of ARCHITECTURE.md that no type can hold: who may import whom, which module may name which crate, and
//! what every file owes its reader. Read from the sources as text.

#![allow(clippy::disallowed_methods, reason = "tests read the repository's own files")]
#![allow(clippy::unwrap_used, reason = "what fails in a helper fails its test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src/`. Each may import only from those before it.
const ORDER: [&str; 23] = [
    "base", "diag", "source", "yaml", "lang", "content", "cite", "config", "names", "search",
    "site", "check", "view", "data", "derive", "render", "engine", "release", "output", "serve",
    "publish", "author", "cli",
];

/// Modules that may import less than their place in the order allows.
const ONLY: [(&str, &[&str]); 8] = [
    ("cite", &["content"]),
    ("names", &["base", "content"]),
    ("search", &[]),
    ("release", &["base"]),
    ("output", &["base", "diag", "release"]),
    ("publish", &["base", "config", "output", "release", "site", "source"]),
    ("source", &["base", "diag"]),
    ("render", &["base", "diag", "lang", "view"]),
];

/// Words of code that only some modules, or files, may use.
const WORDS: [(&[&str], &[&str]); 6] = [
    (&["tera::"], &["render"]),
    (&["serde_yaml", "saphyr_parser"], &["yaml"]),
    (&["roxmltree"], &["src/content/svg.rs"]),
    (&["println!", "eprintln!", "print!", "eprint!", "dbg!", "process::exit"], &["cli"]),
    // Calls of the system, which no lint knows.
    (&["rustix::"], &["source", "release", "output", "publish", "author"]),
    (&["clippy::disallowed_methods"], &["source", "release", "output", "publish", "author", "cli"]),
];

/// The longest file.
const LINES: usize = 600;

/// How many types of a hundred may have a name that a type of another file has too.
const SHARED_NAMES: usize = 10;

#[test]
fn modules_import_only_from_those_before_them() {
    check(&sources(), |file| {
        imports(&file.code).iter().filter_map(|to| forbidden(file, to)).collect()
    });
}

#[test]
fn the_order_names_every_module() {
    let mut found: Vec<String> = sources().into_iter().map(|file| file.module).collect();
    found.sort();
    found.dedup();
    let mut expected: Vec<&str> = ORDER.into_iter().chain(["lib", "main"]).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_privilege_stays_in_its_module() {
    check(&sources(), |file| {
        let may =
            |places: &[&str]| [&*file.module, &*file.path].iter().any(|it| places.contains(it));
        let words = WORDS.iter().filter(|(_, places)| !may(places));
        let words =
            words.flat_map(|(words, _)| words.iter().filter(|word| has_word(&file.code, word)));
        // A test may say what it counted.
        let words = words.filter(|word| **word != "println!" || !file.path.contains("/tests/"));
        words.map(|word| format!("`{word}` does not belong here")).collect()
    });
}

#[test]
fn the_site_is_made_of_summaries_and_never_sees_a_body() {
    check(&sources(), |file| {
        let body = file.module == "site" && has_word(&file.code, "Body");
        body.then(|| "`Body` does not belong here".to_string()).into_iter().collect()
    });
}

#[test]
fn every_file_says_what_it_is_and_holds_one_idea() {
    check(&sources(), |file| {
        let mut problems = Vec::new();
        if !file.text.starts_with("//! ") && !file.text.starts_with("#![doc = ") {
            problems.push("does not begin with what it is (`//!`)".to_string());
        }
        let lines = file.text.lines().count();
        if lines > LINES {
            problems.push(format!("{lines} lines: what is its second idea?"));
        }
        problems
    });
}

/// One word for one idea: a reader who searches for a type finds one.
#[test]
fn few_types_share_their_name() {
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        for name in file.code.lines().filter_map(defined_type) {
            files.entry(name).or_default().insert(file.path.clone());
        }
    }
    let all: usize = files.values().map(BTreeSet::len).sum();
    files.retain(|_, paths| paths.len() > 1);
    let shared: usize = files.values().map(BTreeSet::len).sum();
    assert!(all > 500, "the types were not found");
    let names: Vec<String> =
        files.iter().map(|(name, paths)| format!("{name}: {}", paths.len())).collect();
    assert!(
        shared * 100 < all * SHARED_NAMES,
        "{shared} of {all} types share their name with another: {}",
        names.join(", ")
    );
}

/// The type that a line of code defines. A `type` of an implementation is none of its own.
fn defined_type(line: &str) -> Option<String> {
    let code = line.trim_start();
    let code = match code.strip_prefix("pub") {
        Some(rest) => rest.trim_start_matches(|c| c != ' ').trim_start(),
        None => code,
    };
    let (keyword, rest) = code.split_once(' ')?;
    let is_item = matches!(keyword, "struct" | "enum" | "trait" | "union")
        || keyword == "type" && !line.starts_with(' ');
    let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    (is_item && name.starts_with(char::is_uppercase)).then_some(name)
}

#[test]
fn nothing_names_a_folder_of_somebodys_machine() {
    // Taken apart, so that this list does not find itself. `/home/ann` is the person of our examples.
    let folders: Vec<String> = ["root", "work", "workspace", "tmp", "Users", "home"]
        .iter()
        .map(|name| format!("/{name}/"))
        .collect();
    for path in repository() {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        let text = text.replace("/home/ann", "");
        for folder in &folders {
            let found = text.match_indices(folder.as_str()).find(|(at, _)| {
                let before = text[..*at].chars().next_back();
                before.is_none_or(|c| {
                    !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '}' | ')')
                })
            });
            assert_eq!(found, None, "{} names {folder}", path.display());
        }
    }
}

/// The reader itself: what it takes for an import, and what it refuses.
#[test]
fn imports_are_found_however_they_are_written() {
    for (path, text, expected) in [
        ("src/site/mod.rs", "use crate::base::Digest;", vec![]),
        ("src/site/mod.rs", "use crate::view::View;", vec!["view"]),
        ("src/site/mod.rs", "fn f() { crate::render::go() }", vec!["render"]),
        (
            "src/site/mod.rs",
            "use crate::{base::Digest, view::{self, View}, render};",
            vec!["view", "render"],
        ),
        ("src/site/mod.rs", "use crate::{\n    base,\n    engine::Engine,\n};", vec!["engine"]),
        ("src/site/mod.rs", "pub(in crate::site) fn f() {}", vec![]),
        (
            "src/site/mod.rs",
            "/// See [`crate::view`].\n//! crate::view\nlet x = 1; // crate::view",
            vec![],
        ),
        ("src/site/mod.rs", "use super::view::View;", vec!["view"]),
        ("src/site/graph.rs", "use super::super::view::View;", vec!["view"]),
        ("src/site/graph.rs", "use super::Site;", vec![]),
        ("src/site/mod.rs", "mod tests {\n    use super::Site;\n}", vec![]),
        ("src/output/plan.rs", "use crate::diag::Code; use crate::lang::LangTag;", vec!["lang"]),
        ("src/render/set.rs", "use crate::view::View; use crate::site::Site;", vec!["site"]),
        ("src/lib.rs", "use crate::cli::main;", vec![]),
    ] {
        let file = SourceFile::new(path, text);
        let found: Vec<String> =
            imports(&file.code).into_iter().filter(|to| forbidden(&file, to).is_some()).collect();
        assert_eq!(found, expected, "{path}: {text}");
    }
}

/// A file of `src/`.
struct SourceFile {
    path: String,
    /// The folder or file below `src/` that it belongs to.
    module: String,
    text: String,
    /// The text without comments, and with `super::` paths that leave the module written as `crate::` paths.
    code: String,
}

impl SourceFile {
    fn new(path: &str, text: &str) -> Self {
        let below = path.strip_prefix("src/").unwrap();
        let module = below.split(['/', '.']).next().unwrap().to_string();
        // How far the crate's root is from here.
        let depth = below
            .split('/')
            .filter(|part| !matches!(*part, "mod.rs" | "lib.rs" | "main.rs"))
            .count();
        let mut code = uncommented(text);
        if depth > 0 && !code.contains("mod tests {") {
            code = code.replace(&"super::".repeat(depth), "crate::");
        }
        Self { path: path.to_string(), module, text: text.to_string(), code }
    }
}

/// Fails with every problem of every file.
fn check(files: &[SourceFile], problems: impl Fn(&SourceFile) -> Vec<String>) {
    let found: Vec<String> = files
        .iter()
        .flat_map(|file| {
            problems(file).into_iter().map(|problem| format!("{}: {problem}", file.path))
        })
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

fn forbidden(file: &SourceFile, to: &str) -> Option<String> {
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    // The crate's root may name every module.
    let from = place(&file.module)?;
    if file.module == to {
        return None;
    }
    let problem = || Some(format!("`{}` may not import from `{to}`", file.module));
    // A name that is no module is an item of the crate's root: there is none.
    let Some(to_place) = place(to) else { return problem() };
    let only = ONLY.iter().find(|(module, _)| *module == file.module);
    let allowed = only.is_none_or(|(_, modules)| modules.contains(&to));
    if to_place < from && allowed { None } else { problem() }
}

/// The modules that a text's `crate::…` paths lead to, with repetitions.
fn imports(code: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push(name(rest));
            continue;
        };
        let mut depth = 0;
        let mut fresh = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => fresh = true,
                c if fresh && !c.is_whitespace() => {
                    found.push(name(&group[at..]));
                    fresh = false;
                }
                _ => {}
            }
        }
    }
    found
}

/// Whether code has a word, and not as the end of a longer one.
fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        // A path (`tera::`) is followed by its next part, and `print!` is not the end of `eprint!`.
        !before.is_some_and(part) && (!word.ends_with(part) || !after.is_some_and(part))
    })
}

fn uncommented(text: &str) -> String {
    let lines = text.lines().map(|line| match line.find("//") {
        // An address in a text is no comment.
        Some(at) if !line[..at].ends_with(':') => &line[..at],
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn sources() -> Vec<SourceFile> {
    let files: Vec<SourceFile> = below("src")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| {
            let text = fs::read_to_string(root().join(&path)).unwrap();
            SourceFile::new(&path.to_str().unwrap().replace('\\', "/"), &text)
        })
        .collect();
    assert!(files.len() > ORDER.len(), "the sources were not found");
    files
}

/// Every file that the repository holds: those at its top and those of the folders that are its own, so that what a
/// build leaves is not read.
fn repository() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() && entry.file_name() != ".git" {
            files.push(entry.file_name().into());
        }
    }
    for folder in [".ci", "benches", "content", "fuzz", "src", "static", "templates", "tests"] {
        files.extend(below(folder));
    }
    files.sort();
    files
}

/// The files below a folder of the repository; none when it is absent.
fn below(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root().join(&folder)) else { continue };
        for entry in entries {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            match entry.file_type().unwrap() {
                kind if kind.is_dir() && entry.file_name() != "target" => folders.push(path),
                kind if kind.is_file() => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
