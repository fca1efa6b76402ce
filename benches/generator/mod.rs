//! Sites of any size for measuring: the same articles, players and questions for each program that is timed.
//!
//! A site of `n` articles has `n / 5` players, `n / 10` FAQ pages and `n / 20` topics. An article has about 800 words
//! in eight sections, 8 references, 5 players with what they want, 6 questions, a table and 4 footnotes. Few players
//! are named often and most rarely, as in life: the most named one stands in about 2 % of the articles of a site of
//! 10,000. The same size gives the same files, always.
//!
//! There are three kinds of content: that one, the press releases of `press.rs`, which are less kind to a builder, and the first
//! with the figures, events and sources of `record.rs`.

#![allow(clippy::disallowed_methods, reason = "the generator writes the sites that are timed")]

mod press;
mod record;
mod words;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use words::{ENDS, FAMILY, GIVEN, MIDDLE, WORDS};

/// What articles are like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Explainers of short words in short sentences. The program that is shipped is trained on these.
    Explainers,
    /// Press releases, as `press.rs` describes them.
    Press,
    /// The explainers with a record: two figures, two events and two sources in every article, and each cited in its text.
    Record,
}

impl Content {
    /// The kind of this name, as it is typed.
    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Explainers, Self::Press, Self::Record].into_iter().find(|kind| kind.name() == name)
    }

    /// The name of the kind.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Explainers => "explainers",
            Self::Press => "press",
            Self::Record => "record",
        }
    }
}

/// A generator, by its kind of content and its number of articles.
pub(crate) struct Generator {
    content: Content,
    articles: usize,
    players: usize,
    faqs: usize,
    topics: usize,
}

/// One article, before it is written down for one program or another.
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) published: String,
    pub(crate) topics: Vec<String>,
    /// Ids of players, with what each wants.
    pub(crate) players: Vec<(String, String)>,
    pub(crate) key_points: Vec<String>,
    pub(crate) questions: Vec<(String, String)>,
    pub(crate) body: Vec<Piece>,
}

/// A part of a text: words, or a reference to a player.
pub(crate) enum Piece {
    /// Markdown.
    Text(String),
    /// The number of a player.
    Player(usize),
}

/// A player.
pub(crate) struct Player {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) person: bool,
    pub(crate) summary: String,
    pub(crate) body: String,
}

/// A page of questions about one player.
pub(crate) struct Faq {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) questions: Vec<(String, Vec<Piece>)>,
}

/// A topic.
pub(crate) struct Topic {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) summary: String,
}

impl Generator {
    /// A site of so many articles: explainers.
    pub(crate) fn new(articles: usize) -> Self {
        Self::of(Content::Explainers, articles)
    }

    /// A site of so many articles.
    pub(crate) fn of(content: Content, articles: usize) -> Self {
        let players = match content {
            Content::Explainers | Content::Record => articles / 5,
            Content::Press => articles * 18 / 100,
        };
        Self {
            content,
            articles,
            players: players.max(6),
            faqs: articles / 10,
            topics: (articles / 20).max(2),
        }
    }

    /// Every article.
    pub(crate) fn articles(&self) -> impl Iterator<Item = Article> {
        (0..self.articles).map(|at| self.article(at))
    }

    /// Every player.
    pub(crate) fn players(&self) -> impl Iterator<Item = Player> {
        (0..self.players).map(|at| self.player(at))
    }

    /// Every FAQ page.
    pub(crate) fn faqs(&self) -> impl Iterator<Item = Faq> {
        (0..self.faqs).map(|at| self.faq(at))
    }

    /// Every topic.
    pub(crate) fn topics(&self) -> impl Iterator<Item = Topic> {
        (0..self.topics).map(|at| {
            let mut dice = Dice::new("topic", at);
            Topic { id: topic_id(at), title: format!("Topic {at}"), summary: dice.sentence(14) }
        })
    }

    /// The name of a player: two of them never share one.
    pub(crate) fn name(&self, at: usize) -> String {
        if self.content == Content::Press {
            return press::name(at);
        }
        let pick = |list: &[&'static str], by: usize| list[by % list.len()];
        let mut rest = at;
        let mut next = |list: &[&'static str]| {
            let word = pick(list, rest);
            rest /= list.len();
            word
        };
        let (family, middle, given, end) = (next(FAMILY), next(MIDDLE), next(GIVEN), next(ENDS));
        let more = if rest > 0 { format!("-{rest}") } else { String::new() };
        format!("{given} {family}{middle}{end}{more}")
    }

    fn article(&self, at: usize) -> Article {
        if self.content == Content::Press {
            return press::article(at, self.players, self.topics);
        }
        let mut dice = Dice::new("article", at);
        let mut players: Vec<usize> = Vec::new();
        while players.len() < 5 {
            let player = dice.often(self.players);
            if !players.contains(&player) {
                players.push(player);
            }
        }
        let topic = dice.below(self.topics);
        let topics = vec![topic_id(topic), topic_id((topic + 1) % self.topics)];
        let mut body = vec![Piece::Text(format!("{}\n\n", dice.paragraph(50)))];
        let mut text = String::new();
        for section in 0..8 {
            let _ = write!(text, "## {}\n\n{} ", dice.heading(), dice.paragraph(40));
            body.push(Piece::Text(std::mem::take(&mut text)));
            body.push(Piece::Player(players[dice.below(5)]));
            let _ = write!(text, " {}", dice.sentence(9).to_lowercase());
            if section % 2 == 0 {
                let _ = write!(text, "[^n{section}]");
            }
            let _ = write!(text, "\n\n{}\n\n", dice.paragraph(40));
            if section == 3 {
                text.push_str("| Year | Planned | Spent |\n|---|--:|--:|\n");
                for year in 2019..2026 {
                    let _ =
                        writeln!(text, "| {year} | {} | {} |", dice.below(900), dice.below(900));
                }
                text.push('\n');
            }
        }
        for section in (0..8).step_by(2) {
            let _ = writeln!(text, "[^n{section}]: {}", dice.sentence(9));
        }
        body.push(Piece::Text(text));
        Article {
            id: format!("article-{at}"),
            title: format!("{} {at}", dice.heading()),
            summary: dice.sentence(22),
            published: dice.date(),
            topics,
            players: players.into_iter().map(|at| (player_id(at), dice.sentence(16))).collect(),
            key_points: (0..3).map(|_| dice.sentence(12)).collect(),
            questions: (0..6)
                .map(|_| (format!("{}?", dice.heading()), dice.paragraph(30)))
                .collect(),
            body,
        }
    }

    fn player(&self, at: usize) -> Player {
        if self.content == Content::Press {
            return press::player(at, self.players);
        }
        let mut dice = Dice::new("player", at);
        Player {
            id: player_id(at),
            name: self.name(at),
            person: !at.is_multiple_of(3),
            summary: dice.sentence(12),
            body: format!("{}\n\n{}", dice.paragraph(40), dice.paragraph(40)),
        }
    }

    fn faq(&self, at: usize) -> Faq {
        if self.content == Content::Press {
            return press::faq(at, self.players);
        }
        let mut dice = Dice::new("faq", at);
        let questions = (0..6).map(|_| {
            let answer = vec![
                Piece::Text(format!("{} ", dice.paragraph(30))),
                Piece::Player(dice.often(self.players)),
                Piece::Text(format!(" {}", dice.sentence(12).to_lowercase())),
            ];
            (format!("{}?", dice.heading()), answer)
        });
        let questions = questions.collect();
        Faq {
            id: format!("questions-{at}"),
            title: format!("{} {at}", dice.heading()),
            about: player_id(at % self.players),
            questions,
        }
    }
}

/// The id of a player.
pub(crate) fn player_id(at: usize) -> String {
    format!("player-{at}")
}

fn topic_id(at: usize) -> String {
    format!("topic-{at}")
}

/// Writes a site for `briefing`.
pub(crate) fn write(generator: &Generator, site: &Path) {
    let reference = |at: usize| format!("[[{}]]", player_id(at));
    let mut settings =
        "title: A site of many pages\nbase_url: https://bench.example/\n".to_string();
    if generator.content == Content::Press {
        settings.push_str("content_trust: trusted\n");
    }
    file(site, "content/site.yaml", &settings);
    for article in generator.articles() {
        let mut text = head(&article);
        text.push_str("players:\n");
        for (id, position) in &article.players {
            let _ = writeln!(text, "  - player: {id}\n    position: {position}");
        }
        text.push_str("faq:\n");
        for (question, answer) in &article.questions {
            let _ = writeln!(text, "  - q: \"{question}\"\n    a: {answer}");
        }
        let (fields, cited) = match generator.content {
            Content::Record => record::of_article(&article, generator.articles),
            _ => Default::default(),
        };
        let _ = write!(text, "{fields}---\n{}{cited}", joined(&article.body, reference));
        file(site, &format!("content/articles/{}.md", article.id), &text);
    }
    if generator.content == Content::Record {
        record::write_shared(generator.articles, site);
    }
    for (at, player) in generator.players().enumerate() {
        let kind = if player.person { "person" } else { "organization" };
        let more = match generator.content {
            Content::Press if player.person => press::posts(at),
            _ => String::new(),
        };
        let text = format!(
            "---\nname: {}\nkind: {kind}\nsummary: {}\n{more}---\n\n{}\n",
            player.name, player.summary, player.body
        );
        file(site, &format!("content/players/{}.md", player.id), &text);
    }
    for faq in generator.faqs() {
        let mut text = format!("---\ntitle: {}\nabout: {}\n---\n\n", faq.title, faq.about);
        for (question, answer) in &faq.questions {
            let _ = write!(text, "## {question}\n\n{}\n\n", joined(answer, reference));
        }
        file(site, &format!("content/faq/{}.md", faq.id), &text);
    }
    for topic in generator.topics() {
        let text = format!("---\ntitle: {}\nsummary: {}\n---\n", topic.title, topic.summary);
        file(site, &format!("content/topics/{}.md", topic.id), &text);
    }
}

/// The front matter that every program reads the same way, without its last line.
pub(crate) fn head(article: &Article) -> String {
    let mut text = format!(
        "---\ntitle: {}\nsummary: {}\npublished: {}\ntopics: [{}]\nkey_points:\n",
        article.title,
        article.summary,
        article.published,
        article.topics.join(", ")
    );
    for point in &article.key_points {
        let _ = writeln!(text, "  - {point}");
    }
    text
}

/// A text, with each reference as a program wants it.
pub(crate) fn joined(pieces: &[Piece], reference: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Player(at) => text.push_str(&reference(*at)),
        }
    }
    text
}

/// Writes a file, with its folders.
pub(crate) fn file(site: &Path, path: &str, text: &str) {
    let path = site.join(path);
    let folder = path.parent().expect("a file has a folder");
    fs::create_dir_all(folder).expect("the folder of a generated site can be made");
    fs::write(&path, text).expect("a file of a generated site can be written");
}

/// Numbers that look random and never change (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(what: &str, at: usize) -> Self {
        let start = what.bytes().fold(at as u64, |sum, byte| {
            sum.wrapping_mul(0x0100_0000_01b3).wrapping_add(u64::from(byte))
        });
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number below `end`, small ones far more often.
    pub(crate) fn often(&mut self, end: usize) -> usize {
        let unit = self.below(1 << 20) as f64 / f64::from(1 << 20);
        (unit * unit * end as f64) as usize
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        let text = words.join(" ");
        text[..1].to_uppercase() + &text[1..]
    }

    fn heading(&mut self) -> String {
        let count = 3 + self.below(4);
        self.words(count)
    }

    fn sentence(&mut self, count: usize) -> String {
        self.words(count) + "."
    }

    /// About so many words, in sentences of 8 to 19.
    pub(crate) fn paragraph(&mut self, words: usize) -> String {
        let mut text = String::new();
        let mut left = words;
        while left > 0 {
            let count = (8 + self.below(12)).min(left.max(3));
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&self.sentence(count));
            left = left.saturating_sub(count);
        }
        text
    }

    fn date(&mut self) -> String {
        let (year, month, day) = (2010 + self.below(15), 1 + self.below(12), 1 + self.below(28));
        format!("{year}-{month:02}-{day:02}")
    }
}
