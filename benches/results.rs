//! The table of a benchmark: printed, and put into `benches/RESULTS.md` when asked.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What a benchmark was asked for.
pub(crate) struct Asked {
    /// Numbers of articles.
    pub(crate) sizes: Vec<usize>,
    /// Whether the table takes the place of the last one in `benches/RESULTS.md`.
    write: bool,
}

impl Asked {
    /// Reads the command line: sizes and `--write`.
    pub(crate) fn new() -> Self {
        let args: Vec<String> = std::env::args().skip(1).collect();
        // Cargo adds `--bench`.
        let sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
        let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
        Self { sizes, write: args.iter().any(|arg| arg == "--write") }
    }
}

/// A text that is shown line by line while it is made.
pub(crate) struct Results {
    name: &'static str,
    text: String,
    write: bool,
}

impl Results {
    pub(crate) fn new(name: &'static str, asked: &Asked) -> Self {
        Self { name, text: String::new(), write: asked.write }
    }

    /// Adds a line.
    pub(crate) fn line(&mut self, line: &str) {
        println!("{line}");
        let _ = writeln!(self.text, "{line}");
    }

    /// Puts everything into `benches/RESULTS.md`, if that was asked for, and what readers of the README want into that.
    pub(crate) fn keep(self) {
        if !self.write {
            return;
        }
        replace("benches/RESULTS.md", self.name, &self.text);
        if self.name == "peers" {
            let is_quoted = |line: &&str| {
                line.starts_with("| content")
                    || line.starts_with("|-")
                    || line.contains("| 10000 |")
            };
            let quoted: Vec<&str> = self.text.lines().filter(is_quoted).collect();
            replace("README.md", self.name, &(quoted.join("\n") + "\n"));
        }
    }
}

/// Puts a text between the marks of a benchmark in a file.
fn replace(file: &str, name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let old = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let parts = old
        .split_once(&start)
        .and_then(|(before, rest)| rest.split_once(&end).map(|(_, after)| (before, after)));
    let (before, after) = parts.unwrap_or_else(|| panic!("{file} has no marks of `{name}`"));
    fs::write(&path, format!("{before}{start}\n{text}\n{end}{after}")).unwrap();
}
