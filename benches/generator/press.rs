//! The second kind of content: press releases. The program that is shipped is not trained on it.
//!
//! It differs from the first where a builder could be lucky: thousands of words by Zipf's law, with the lengths and
//! letters of English; sentences of 12 to 45 words; family names that several players share; names in plain text, after
//! titles and with initials, beside people whom no page declares; abbreviations, amounts and dates; quotations, lists,
//! tables, HTML and links to elsewhere.

use std::fmt::Write;
use std::sync::OnceLock;

use super::words::WORDS;
use super::{Article, Dice, Faq, Piece, Player, player_id, topic_id};

/// Consonants that begin a syllable. Common ones stand here several times.
const ONSETS: &[&str] = &[
    "t", "t", "s", "s", "r", "r", "n", "n", "l", "d", "d", "c", "c", "m", "m", "p", "p", "b", "f",
    "g", "h", "w", "v", "st", "pr", "tr", "gr", "ch", "sh", "th", "cl", "br", "pl", "", "", "",
];

/// Vowels.
const NUCLEI: &[&str] = &["e", "e", "e", "a", "a", "i", "i", "o", "o", "u", "ea", "ou", "ai"];

/// Consonants that end a syllable.
const CODAS: &[&str] = &["", "", "", "n", "n", "r", "s", "l", "t", "d", "m", "nt", "st", "ck"];

/// Ends of longer words.
const SUFFIXES: &[&str] = &["", "", "", "s", "s", "ed", "ing", "er", "tion", "ly", "al", "ment"];

/// Given names, as common as real ones are.
const GIVEN: &[&str] = &[
    "James",
    "Mary",
    "Robert",
    "Patricia",
    "John",
    "Jennifer",
    "Michael",
    "Linda",
    "David",
    "Elizabeth",
    "William",
    "Barbara",
    "Richard",
    "Susan",
    "Joseph",
    "Jessica",
    "Thomas",
    "Karen",
    "Daniel",
    "Nancy",
    "Mark",
    "Betty",
    "Paul",
    "Sandra",
    "George",
    "Ruth",
    "Kenneth",
    "Amy",
    "Kevin",
    "Ann",
    "Brian",
    "Rosa",
    "Edward",
    "Lisa",
    "Juan",
    "Wei",
    "Ali",
    "Ivan",
    "Sara",
    "Leo",
];

/// Titles that stand before names.
const TITLES: &[&str] = &["Senator", "Secretary", "Minister", "Governor", "President"];

/// What an office is responsible for.
const FIELDS: &[&str] = &[
    "Labor",
    "Energy",
    "Health",
    "Transport",
    "Justice",
    "Trade",
    "Defence",
    "Housing",
    "Fisheries",
    "Statistics",
    "Water",
    "Aviation",
    "Forestry",
    "Customs",
    "Veterans",
    "Archives",
    "Immigration",
    "Education",
    "Agriculture",
    "Finance",
    "Tourism",
    "Labour Relations",
    "Public Works",
    "Science",
];

/// What an office is.
const BODIES: &[&str] = &[
    "Department",
    "Agency",
    "Council",
    "Commission",
    "Board",
    "Institute",
    "Office",
    "Authority",
    "Service",
    "Bureau",
];

/// Which office of several it is.
const WHICH: &[&str] = &["National", "Federal", "Central", "Northern", "Joint", "Royal", "State"];

/// How many words there are, the first of them those of `words.rs`.
const LEXICON: usize = 12_000;

/// Every word, from common to rare.
fn lexicon() -> &'static [String] {
    static LEXICON_ONCE: OnceLock<Vec<String>> = OnceLock::new();
    LEXICON_ONCE.get_or_init(|| {
        let mut dice = Dice::new("lexicon", 0);
        let common = WORDS.iter().map(|word| (*word).to_string());
        common.chain(std::iter::repeat_with(|| dice.syllables(SUFFIXES))).take(LEXICON).collect()
    })
}

impl Dice {
    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    /// One to three syllables and one of these ends.
    fn syllables(&mut self, ends: &[&'static str]) -> String {
        let mut word = String::new();
        for _ in 0..1 + self.below(3) {
            word += self.one(ONSETS);
            word += self.one(NUCLEI);
            word += self.one(CODAS);
        }
        word + self.one(ends)
    }

    /// A word by Zipf's law: that of rank r is 1/r as frequent as the first.
    fn zipf(&mut self) -> &'static str {
        let unit = (1 + self.below(1 << 24)) as f64 / f64::from(1 << 24);
        let rank = (LEXICON as f64).powf(unit) as usize;
        &lexicon()[rank.min(LEXICON) - 1]
    }

    fn capitalised(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| capital(self.zipf())).collect();
        words.join(" ")
    }

    /// About so many words with names, numbers and abbreviations among them.
    fn release(&mut self, words: usize, names: &[String]) -> String {
        let mut text = String::new();
        let mut left = words;
        while left > 0 {
            let length = (12 + self.below(34)).min(left.max(6));
            left = left.saturating_sub(length);
            if !text.is_empty() {
                text.push(' ');
            }
            self.long_sentence(length, names, &mut text);
        }
        text
    }

    fn long_sentence(&mut self, length: usize, names: &[String], text: &mut String) {
        for at in 0..length {
            if at > 0 {
                text.push(' ');
            }
            match self.below(40) {
                0 if !names.is_empty() => text.push_str(&names[self.below(names.len())]),
                // Of a person; of an office, the end of its name, which is its name no more.
                1 if !names.is_empty() => {
                    let name = &names[self.below(names.len())];
                    let family = name.rsplit(' ').next().unwrap_or(name);
                    let _ = write!(text, "{} {family}", title(name));
                }
                // A person whom no page declares.
                2 => {
                    let (given, middle) = (self.one(GIVEN), (b'A' + self.below(26) as u8) as char);
                    let _ = write!(text, "{given} {middle}. {}", self.family_unknown());
                }
                3 => {
                    let count = 2 + self.below(3);
                    (0..count).for_each(|_| text.push((b'A' + self.below(26) as u8) as char));
                }
                4 => {
                    let _ = write!(text, "${}.{} million", 1 + self.below(900), self.below(10));
                }
                5 => {
                    let _ = write!(text, "{} May {}", 1 + self.below(28), 1990 + self.below(35));
                }
                6 => text.push_str(&self.capitalised(2)),
                7 => {
                    let _ = write!(text, "{}-{}", self.zipf(), self.zipf());
                }
                _ if at == 0 => text.push_str(&capital(self.zipf())),
                _ => text.push_str(self.zipf()),
            }
            if at + 1 < length && self.below(12) == 0 {
                text.push(',');
            }
        }
        text.push('.');
    }

    /// What stands between two paragraphs: a quotation, a list, a table, HTML, links.
    fn block(&mut self, which: usize, names: &[String], text: &mut String) {
        match which {
            0 => {
                let _ = write!(text, "> \"{}\"\n\n", self.release(30, names));
            }
            1 => {
                for _ in 0..5 {
                    let _ = writeln!(text, "- **{}** {}", self.zipf(), self.release(10, names));
                }
                text.push('\n');
            }
            2 => {
                text.push_str("| Office | Asked | Given |\n|---|--:|--:|\n");
                for _ in 0..8 {
                    let (asked, given) = (self.below(9000), self.below(9000));
                    let _ = writeln!(text, "| {} | {asked} | {given} |", self.capitalised(2));
                }
                text.push('\n');
            }
            3 => {
                let _ = write!(
                    text,
                    "<div class=\"note\"><p>{}</p></div>\n\n",
                    self.release(20, names)
                );
            }
            _ => {
                let (anchor, word) = (self.zipf(), self.zipf());
                let _ = write!(
                    text,
                    "{} [{anchor} {word}](https://{anchor}.example/{word}), *{word}*.\n\n",
                    self.release(25, names)
                );
            }
        }
    }

    fn family_unknown(&mut self) -> String {
        let word = self.syllables(&["son", "er", "man", "ez", "ton"]);
        capital(&word)
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The name of a player: two of them never share one, and about three share a family name.
pub(super) fn name(at: usize) -> String {
    if at.is_multiple_of(5) {
        let (field, rest) = (FIELDS[at / 5 % FIELDS.len()], at / 5 / FIELDS.len());
        let (body, rest) = (BODIES[rest % BODIES.len()], rest / BODIES.len());
        return match rest {
            0 => format!("{body} of {field}"),
            rest => format!("{} {field} {body}", WHICH[(rest - 1) % WHICH.len()]),
        };
    }
    // As many families as a third of 1,800 players; given names differ within one until there are 24,000.
    let (family, given) = (at % 600, at / 600);
    let first = GIVEN[(given * 7 + family) % GIVEN.len()];
    let middle = if at.is_multiple_of(4) { " J." } else { "" };
    format!("{first}{middle} {}", family_name(family))
}

fn family_name(family: usize) -> String {
    let mut dice = Dice::new("family", family);
    capital(&dice.syllables(&["ley", "field", "more", "stein", "wick", "ham", "ova", "ano"]))
}

/// The posts of a player, as front matter.
pub(super) fn posts(at: usize) -> String {
    let mut dice = Dice::new("posts", at);
    let (title, since) = (title(&name(at)), 1990 + dice.below(30));
    format!("posts:\n  - title: {title}\n    start: {since}\n    end: {}\n", since + 4)
}

/// The title that a person of this name holds.
fn title(name: &str) -> &'static str {
    TITLES[name.len() % TITLES.len()]
}

/// An article, by its number and how many players and topics there are.
pub(super) fn article(at: usize, players: usize, topics: usize) -> Article {
    let mut dice = Dice::new("release", at);
    let mut ids: Vec<usize> = Vec::new();
    while ids.len() < 5 {
        let player = dice.often(players);
        if !ids.contains(&player) {
            ids.push(player);
        }
    }
    let names: Vec<String> = ids.iter().map(|at| name(*at)).collect();
    let topic = dice.below(topics);
    let mut text = format!("{}\n\n", dice.release(60, &names));
    let mut body = Vec::new();
    for section in 0..6 {
        let title = dice.heading();
        let _ = write!(text, "## {title}\n\n{} ", dice.release(50, &names));
        body.push(Piece::Text(std::mem::take(&mut text)));
        body.push(Piece::Player(ids[dice.below(5)]));
        let _ = write!(text, " {}\n\n", dice.release(30, &[]).to_lowercase());
        dice.block(section, &names, &mut text);
    }
    body.push(Piece::Text(text));
    Article {
        id: format!("article-{at}"),
        title: format!("{} {at}", dice.heading()),
        summary: dice.release(22, &[]),
        published: dice.date(),
        topics: vec![topic_id(topic), topic_id((topic + 1) % topics)],
        players: ids.into_iter().map(|at| (player_id(at), dice.release(16, &[]))).collect(),
        key_points: (0..3).map(|_| dice.release(12, &[])).collect(),
        questions: (0..4)
            .map(|_| (format!("{}?", dice.heading()), dice.release(30, &names)))
            .collect(),
        body,
    }
}

/// A player. Each person's text names two others.
pub(super) fn player(at: usize, players: usize) -> Player {
    let mut dice = Dice::new("profile", at);
    let names = [name(dice.below(players)), name(dice.below(players))];
    Player {
        id: player_id(at),
        name: name(at),
        person: !at.is_multiple_of(5),
        summary: dice.release(12, &[]),
        body: format!("{}\n\n{}", dice.release(50, &names), dice.release(40, &names)),
    }
}

/// A page of questions about a player.
pub(super) fn faq(at: usize, players: usize) -> Faq {
    let mut dice = Dice::new("asked", at);
    let names = [name(dice.often(players)), name(dice.often(players))];
    let questions = (0..6).map(|_| {
        let answer = vec![
            Piece::Text(format!("{} ", dice.release(30, &names))),
            Piece::Player(dice.often(players)),
            Piece::Text(format!(" {}", dice.release(12, &[]).to_lowercase())),
        ];
        (format!("{}?", dice.heading()), answer)
    });
    let questions = questions.collect();
    Faq {
        id: format!("questions-{at}"),
        title: format!("{} {at}", dice.heading()),
        about: player_id(at % players),
        questions,
    }
}
