//! The same site for Hugo: the same texts, with its own front matter and links, and layouts that show the same things.
//!
//! Players and topics are taxonomies, the cheapest backlinks that Hugo has. References in a text are plain links,
//! which Hugo does not check; `briefing` resolves and checks them.

use std::fmt::Write;
use std::path::Path;

use crate::generator::{self, Generator, file};

/// Configuration and layouts.
const FILES: &[(&str, &str)] = &[
    ("hugo.yaml", include_str!("hugo.yaml")),
    ("layouts/baseof.html", include_str!("layouts/baseof.html")),
    ("layouts/home.html", include_str!("layouts/home.html")),
    ("layouts/list.html", include_str!("layouts/list.html")),
    ("layouts/term.html", include_str!("layouts/term.html")),
    ("layouts/articles/single.html", include_str!("layouts/articles/single.html")),
    ("layouts/faq/single.html", include_str!("layouts/faq/single.html")),
];

/// Writes a site.
pub(crate) fn write(generator: &Generator, site: &Path) {
    let reference =
        |at: usize| format!("[{}](/players/{}/)", generator.name(at), generator::player_id(at));
    for (path, text) in FILES {
        file(site, path, text);
    }
    for article in generator.articles() {
        let mut text = generator::head(&article).replacen("\npublished:", "\ndate:", 1);
        let ids: Vec<&str> = article.players.iter().map(|(id, _)| id.as_str()).collect();
        let _ = writeln!(text, "players: [{}]\npositions:", ids.join(", "));
        for (id, position) in &article.players {
            let _ = writeln!(text, "  - player: {id}\n    position: {position}");
        }
        text.push_str("questions:\n");
        for (question, answer) in &article.questions {
            let _ = writeln!(text, "  - q: \"{question}\"\n    a: {answer}");
        }
        let _ = write!(text, "---\n{}", generator::joined(&article.body, reference));
        file(site, &format!("content/articles/{}.md", article.id), &text);
    }
    for player in generator.players() {
        let text = format!(
            "---\ntitle: {}\nsummary: {}\n---\n\n{}\n",
            player.name, player.summary, player.body
        );
        file(site, &format!("content/players/{}/_index.md", player.id), &text);
    }
    for faq in generator.faqs() {
        let mut text = format!("---\ntitle: {}\nplayers: [{}]\n---\n\n", faq.title, faq.about);
        for (question, answer) in &faq.questions {
            let _ = write!(text, "## {question}\n\n{}\n\n", generator::joined(answer, reference));
        }
        file(site, &format!("content/faq/{}.md", faq.id), &text);
    }
    for topic in generator.topics() {
        let text = format!("---\ntitle: {}\nsummary: {}\n---\n", topic.title, topic.summary);
        file(site, &format!("content/topics/{}/_index.md", topic.id), &text);
    }
}
