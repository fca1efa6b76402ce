//! Reads cases and holds the program against them.

use std::fmt::Write;

use briefing::content::markup::{Markup, Piece};
use briefing::diag::Strictness;
use briefing::engine::{Engine, Now, Options};
use briefing::source::Memory;

use crate::support;

/// A text, and what is to become of the names in it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    title: String,
    /// Front matter beside the title, or `page: ID` for the body of a player's page.
    options: Vec<String>,
    text: String,
    expected: Vec<String>,
}

/// Where a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrap {
    Bare,
    Item,
    Cell,
    Callout,
    Answer,
}

/// Reads a table of cases.
pub(crate) fn read(table: &str) -> Vec<Case> {
    let cases = table.split("=== ").skip(1);
    cases
        .map(|case| {
            let (title, rest) = case.split_once('\n').unwrap();
            let is_option = |line: &&str| {
                [
                    "page: ",
                    "title: ",
                    "summary: ",
                    "players: ",
                    "autolink: ",
                    "published: ",
                    "about: ",
                    "lang: ",
                ]
                .iter()
                .any(|key| line.starts_with(key))
            };
            let is_expected = |line: &&str| line.starts_with("-> ") || line.starts_with("!! ");
            let lines: Vec<&str> = rest.lines().collect();
            let text: Vec<&str> = lines
                .iter()
                .copied()
                .skip_while(is_option)
                .take_while(|line| !is_expected(line))
                .collect();
            Case {
                title: title.into(),
                options: lines
                    .iter()
                    .take_while(|line| is_option(line))
                    .map(|l| l.to_string())
                    .collect(),
                text: text.join("\n").trim().into(),
                expected: lines
                    .iter()
                    .filter(|line| is_expected(line))
                    .map(|l| l.to_string())
                    .collect(),
            }
        })
        .collect()
}

impl Case {
    /// Whether the text is one paragraph, which may stand anywhere.
    pub(crate) fn is_a_sentence(&self) -> bool {
        let block = self.text.starts_with(['#', '>', '-', '|', '!', ':']);
        !block && !self.text.contains('\n') && !self.text.contains('|') && self.options.is_empty()
    }

    /// The same text on a page that names its language.
    pub(crate) fn in_language(mut self, lang: &str) -> Self {
        if !self.options.iter().any(|line| line.starts_with("lang: ")) {
            self.options.push(format!("lang: {lang}"));
        }
        self
    }

    /// Builds a site of the text and the players. What became of the names, if it is not what was expected.
    pub(crate) fn differs(&self, players: &str, wrap: Wrap) -> Option<String> {
        self.differs_on(players, wrap, "")
    }

    /// The same on a site with more settings.
    pub(crate) fn differs_on(&self, players: &str, wrap: Wrap, settings: &str) -> Option<String> {
        let mut site = Memory::new();
        // A case is an undated sentence: words such as "yesterday" are findings of their own.
        let plain =
            "title: Names\nbase_url: https://example.org/\ncheck: {levels: {relative-day: off}}\n";
        site.write("content/site.yaml", format!("{plain}{settings}"));
        for (path, text) in support::files(players) {
            site.write(path.trim_start_matches('/'), text);
        }
        let page = self.options.iter().find_map(|line| line.strip_prefix("page: "));
        let path = match page {
            Some(id) => {
                let path = format!("content/players/{id}.md");
                let player = String::from_utf8(site.get(&path).unwrap().to_vec()).unwrap();
                site.write(&path, format!("{player}\n{}\n", self.text));
                path
            }
            None => {
                let path = "content/articles/case.md".to_string();
                site.write(&path, self.article(wrap));
                path
            }
        };
        let mut engine = Engine::once();
        let options = Options {
            now: Now::Day(jiff::civil::date(2026, 1, 1)),
            folder: "names".into(),
            ..Options::default()
        };
        let loaded = engine.load(&site, options);
        let (document, linked) = loaded
            .documents()
            .find(|(document, _)| document.path.as_str() == path)
            .expect("the page is in the site");
        let mut found = String::new();
        document.body.texts(&document.summary, &mut |text| {
            for name in linked.names.iter().filter(|name| name.text == text.number) {
                let written = slice(text.markup, name.piece, name.start, name.end);
                let player = loaded.names().by_id(&name.player).unwrap();
                let declared = &loaded.names().player(player).name;
                match written == **declared {
                    true => writeln!(found, "-> {written}").unwrap(),
                    false => writeln!(found, "-> {written}={}", name.player).unwrap(),
                }
            }
        });
        let mut diagnostics = loaded.diagnostics().to_vec();
        loaded.config().levels.apply(Strictness::Check, &mut diagnostics);
        briefing::diag::sort(&mut diagnostics);
        for diagnostic in diagnostics.iter().filter(|found| found.span.file.as_str() == path) {
            writeln!(found, "!! {}", diagnostic.code).unwrap();
        }
        let names = |line: &&String| line.starts_with("->");
        let expected: String = self
            .expected
            .iter()
            .filter(names)
            .chain(self.expected.iter().filter(|line| !names(line)))
            .map(|line| {
                // Who is meant need not be said where the name is the player's own.
                let short = line.split_once('=').filter(|(written, id)| {
                    let player = loaded.names().by_id(id);
                    player.is_some_and(|player| {
                        *loaded.names().player(player).name == *written.trim_start_matches("-> ")
                    })
                });
                let line = short.map_or(line.as_str(), |(written, _)| written);
                let known = |name: &str| {
                    let mut players = loaded.names().players.iter();
                    players.find(|entry| *entry.name == *name).map(|entry| entry.id.to_string())
                };
                match line.strip_prefix("-> ").filter(|written| !written.contains('=')) {
                    Some(written) if known(written).is_none() => {
                        format!("-> {written}={}\n", self.whose(written, &loaded))
                    }
                    _ => format!("{line}\n"),
                }
            })
            .collect();
        let messages: Vec<_> = diagnostics.iter().map(|found| &found.message).collect();
        let text = format!(
            "{} ({wrap:?}): {}\n{found}instead of\n{expected}{messages:?}",
            self.title, self.text
        );
        (found != expected).then_some(text)
    }

    /// Whose alias a name is.
    fn whose(&self, written: &str, loaded: &briefing::engine::Loaded) -> String {
        let (documents, is) = (loaded.documents(), |alias: &str| alias == written);
        for (document, _) in documents {
            if let briefing::content::document::Details::Player(player) = &document.summary.details
                && (player.aliases.iter().any(|alias| is(&alias.text))
                    || player.abbr.as_deref().is_some_and(is))
            {
                return document.summary.id.to_string();
            }
        }
        panic!("{}: nobody is called {written}", self.title)
    }

    fn article(&self, wrap: Wrap) -> String {
        let text = &self.text;
        let has_title = self.options.iter().any(|line| line.starts_with("title: "));
        let mut front = String::from(if has_title { "" } else { "title: \"\"\n" });
        for option in &self.options {
            writeln!(front, "{option}").unwrap();
        }
        let body = match wrap {
            Wrap::Bare => text.clone(),
            Wrap::Item => format!("- {text}"),
            Wrap::Cell => format!("| one | two |\n|---|---|\n| {text} | x |"),
            Wrap::Callout => format!("> [!NOTE]\n> {text}"),
            Wrap::Answer => {
                let block = text.replace('\n', "\n      ");
                write!(front, "faq:\n  - q: Why?\n    a: |-\n      {block}\n").unwrap();
                String::new()
            }
        };
        format!("---\n{}---\n\n{body}\n", front.replace("\"\"", "A case"))
    }
}

fn slice(markup: &Markup, piece: u32, start: u32, end: u32) -> String {
    match markup.piece(piece as usize).expect("it is there") {
        Piece::Html(html) => html[start as usize..end as usize].replace("&amp;", "&"),
        other => panic!("a name in a hole: {other:?}"),
    }
}
