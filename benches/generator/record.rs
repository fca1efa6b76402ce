//! What a record adds to an article: figures and sources that several articles share, and events of its own.

use std::fmt::Write;
use std::path::Path;

use super::{Article, Dice, file};

/// Of so many articles, how many figures and how many sources they share.
fn shared(articles: usize) -> usize {
    (articles / 20).max(2)
}

/// The fields of an article, and the paragraph that cites them.
pub(super) fn of_article(article: &Article, articles: usize) -> (String, String) {
    let at = article.id.trim_start_matches("article-").parse().unwrap_or(0);
    let mut dice = Dice::new("record", at);
    let shared = shared(articles);
    let (facts, sources) = ([dice.below(shared), dice.below(shared)], dice.below(shared));
    let mut fields = String::from("events:\n");
    for number in 0..2 {
        let (date, name, player) = (dice.date(), dice.sentence(6), &article.players[number].0);
        let _ = writeln!(
            fields,
            "  - {{date: {date}, name: \"{name}\", status: held, players: [{player}], source: source-{sources}}}"
        );
    }
    let (date, title) = (dice.date(), dice.sentence(7));
    let _ = writeln!(
        fields,
        "sources:\n  - source-{sources}\n  - {{id: own, title: \"{title}\", publisher: Office, date: {date}, url: \
         \"https://source.example/{at}/document\"}}"
    );
    let [one, other] = facts;
    let text = format!(
        "\n{} [[fact:figure-{one}]].[^source-{sources}] {} [[fact:figure-{other}]].[^own]\n",
        dice.paragraph(12).trim_end_matches('.'),
        dice.paragraph(12).trim_end_matches('.')
    );
    (fields, text)
}

/// Writes the files of what articles share.
pub(super) fn write_shared(articles: usize, site: &Path) {
    let (mut facts, mut sources) = (String::new(), String::new());
    for at in 0..shared(articles) {
        let mut dice = Dice::new("shared", at);
        let (value, of, as_of) = (dice.below(90), dice.sentence(6), dice.date());
        let _ = writeln!(
            facts,
            "figure-{at}: {{value: {value}, unit: \"%\", denominator: GDP, of: \"{of}\", as_of: {as_of}, kind: actual, \
             source: source-{at}}}"
        );
        let (title, date) = (dice.sentence(8), dice.date());
        let _ = writeln!(
            sources,
            "source-{at}: {{type: report, title: \"{title}\", publisher: Office, date: {date}, url: \
             \"https://source.example/shared/{at}\"}}"
        );
    }
    file(site, "content/facts.yaml", &facts);
    file(site, "content/sources.yaml", &sources);
}
