//! Figures in prose that contradict a declared one: a sentence says another value of the same thing, or the same value as a
//! part of another whole.
//!
//! A finding has to be sure that the sentence speaks of the figure. It says a number in the figure's unit and no other; it
//! names whom the figure is about, and has each word of what the figure measures; it speaks of no year but the figure's,
//! quotes nothing, and has no word that makes the number an approximation, a change or another kind of figure. The words
//! of each language are lines in `contradicted/`; a language without a file has no findings.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use memchr::memmem::Finder;

use crate::base::EntityId;
use crate::content::document::{Details, Document};
use crate::content::model::{Fact, FactValue, Name};
use crate::content::sentences;
use crate::content::words::FactKind;
use crate::diag::{Code, Location};
use crate::site::{PageIx, Problem, Site, SiteFact};

use super::figures;
use super::prose::ProseBlock;

/// Letters of a word of what a figure measures; shorter ones are grammar.
const WORD: usize = 4;

/// Letters by which two forms of a word are one: "spending" and "spends".
const STEM: usize = 4;

/// Bytes between a number and its unit: a space, which may be one that does not break.
const NEAR: usize = 4;

/// Words between a number and the whole that it is a part of, with those that are skipped.
const WHOLE: usize = 3;

/// Words before a number in which one of `unsure` concerns it.
const BEFORE: usize = 3;

/// Signs of quotation: what they enclose was said by others.
const QUOTES: [char; 8] = ['"', '“', '”', '„', '«', '»', '‹', '›'];

/// The words of a language. A phrase is several words with spaces between them.
#[derive(Default)]
struct FigureWords {
    /// What says per cent behind a number.
    per_cent: Vec<Vec<&'static str>>,
    /// What makes per cent a difference of two shares.
    point: Vec<&'static str>,
    /// What stands between a share and its whole.
    of: Vec<&'static str>,
    /// What may stand before the whole.
    skipped: Vec<&'static str>,
    /// What makes a number behind it a bound, an approximation or a change.
    unsure: Vec<&'static str>,
    /// What makes a sentence speak of another time, or deny what it says.
    other: Vec<&'static str>,
    /// What says of which kind a figure is. One that was measured has no words.
    kinds: Vec<(FactKind, &'static str)>,
}

static ENGLISH: LazyLock<FigureWords> =
    LazyLock::new(|| FigureWords::read(include_str!("contradicted/en.txt")));

impl FigureWords {
    /// Those of a language, by the first part of its tag.
    fn of(lang: &str) -> Option<&'static Self> {
        (lang == "en").then(|| &*ENGLISH)
    }

    fn read(text: &'static str) -> Self {
        let (mut words, mut section) = (Self::default(), "");
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name;
                continue;
            }
            match section {
                "per cent" => words.per_cent.push(line.split(' ').collect()),
                "point" => words.point.push(line),
                "of" => words.of.push(line),
                "skipped" => words.skipped.push(line),
                "unsure" => words.unsure.push(line),
                "target" => words.kinds.push((FactKind::Target, line)),
                "request" => words.kinds.push((FactKind::Request, line)),
                "estimate" => words.kinds.push((FactKind::Estimate, line)),
                "forecast" => words.kinds.push((FactKind::Forecast, line)),
                "cap" => words.kinds.push((FactKind::Cap, line)),
                _ => words.other.push(line),
            }
        }
        words
    }

    fn is_of_kind(&self, kind: FactKind, word: &str) -> bool {
        self.kinds.contains(&(kind, word))
    }
}

/// The sentences of a listed page that contradict a figure of that page, or one about a player that the page names. `lang` is
/// the first part of the page's language's tag.
pub fn document(site: &Site, page: PageIx, document: &Document, lang: &str) -> Vec<Problem> {
    let Some(words) = FigureWords::of(lang) else { return Vec::new() };
    let known = known_figures(site, page);
    if known.is_empty() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let units = UnitSigns::new(words, &known);
    document.body.texts(&document.summary, &mut |text| {
        if !units.may_stand_in(text.markup.all_html()) {
            return;
        }
        for block in ProseBlock::all(text.markup, document.prose.steps(text.number)) {
            if !units.may_stand_in(&block.text) {
                continue;
            }
            let mut from = 0;
            for end in sentences::ends(&block.text) {
                if !units.may_stand_in(&block.text[from..end]) {
                    from = end;
                    continue;
                }
                let sentence = FigureSentence::new(&block.text[from..end]);
                let found = known.iter().find_map(|figure| {
                    let (what, part) = sentence.contradiction(words, figure, &known)?;
                    let source = block.source(&(from + part.start..from + part.end))?;
                    let place = document.prose.place(text.number, source)?;
                    Some((figure, what, Location::place(&document.path, place)))
                });
                if let Some((figure, what, at)) = found {
                    problems.push(problem(site, figure, &what, at));
                }
                from = end;
            }
        }
    });
    problems
}

/// What a text lacks that says no number in any unit of some figures: most texts do.
struct UnitSigns(Vec<Finder<'static>>);

impl UnitSigns {
    fn new(words: &FigureWords, known: &[KnownFigure<'_>]) -> Self {
        let mut first: Vec<&str> = Vec::new();
        for figure in known.iter().filter(|figure| !figure.unit.is_empty()) {
            // As the figure has it, and in lower case: texts mostly have one of the two.
            let written = figure.own.fact.unit.as_deref().unwrap_or_default();
            match written.trim() {
                "%" => first.extend(words.per_cent.iter().map(|phrase| phrase[0])),
                written => {
                    first.extend(
                        written.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()),
                    );
                    first.push(&figure.unit[0]);
                }
            }
        }
        first.sort_unstable();
        first.dedup();
        Self(first.into_iter().map(|word| Finder::new(word).into_owned()).collect())
    }

    /// Whether one of them stands in a text, close behind a digit.
    fn may_stand_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let follows_digit =
            |at: usize| bytes[at.saturating_sub(NEAR)..at].iter().any(u8::is_ascii_digit);
        self.0.iter().any(|unit| unit.find_iter(bytes).any(follows_digit))
    }
}

fn problem(site: &Site, figure: &KnownFigure<'_>, what: &str, at: Location) -> Problem {
    let fact = &figure.own.fact;
    let message = format!("the text says {what}, and the figure `{}` {}", fact.id, value_of(fact));
    let help = format!(
        "write `[[fact:{}]]`, which prints the figure; or correct one of the two; or say in the sentence what tells \
         them apart, such as the year",
        fact.id
    );
    let figure = figures::place(site, figure.own, None);
    Problem::new(Code::ContradictedFact, at, message).help(help).related("the figure", figure)
}

/// A figure with a value, its unit and its whole: "3.5% of GDP".
fn value_of(fact: &Fact) -> String {
    let value = match &fact.value {
        FactValue::Number(value) => value.to_string(),
        FactValue::Range(low, high) => format!("{low}–{high}"),
    };
    value_text(&value, fact.unit.as_deref().unwrap_or_default(), fact.denominator.as_deref())
}

fn value_text(value: &str, unit: &str, whole: Option<&str>) -> String {
    let space = if unit.is_empty() || unit == "%" { "" } else { " " };
    let of = whole.map(|whole| format!(" of {whole}")).unwrap_or_default();
    format!("{value}{space}{unit}{of}")
}

/// A figure that a sentence may speak of.
struct KnownFigure<'a> {
    own: &'a SiteFact,
    /// The names of whom it is about, each in words; none if it is about nothing.
    names: Vec<Vec<String>>,
    /// The words of what it measures.
    of: Vec<String>,
    unit: Vec<String>,
    whole: Vec<String>,
}

/// The figures that a page declares or uses, and those about the players that it names; those alone that say what they
/// measure.
fn known_figures(site: &Site, page: PageIx) -> Vec<KnownFigure<'_>> {
    let summary = &site.page(page).summary;
    let own = crate::site::facts_used_by(summary).filter_map(|id| site.fact_ix(id));
    let players = site.graph.named(page).iter().chain([&page]);
    let about = players.flat_map(|player| site.figures.of_player(*player)).copied();
    let mut all: Vec<_> = own.chain(about).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().filter_map(|fact| KnownFigure::new(site, site.fact_at(fact))).collect()
}

impl<'a> KnownFigure<'a> {
    fn new(site: &Site, own: &'a SiteFact) -> Option<Self> {
        let fact = &own.fact;
        let folded = |text: &str| words(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        let of = folded(fact.of.as_deref()?);
        let of: Vec<_> = of.into_iter().filter(|word| word.chars().count() >= WORD).collect();
        if of.is_empty() {
            return None;
        }
        let names = match &fact.about {
            Some(Name::Id(id)) => names_of(site, id),
            Some(Name::Text(text)) => vec![text.clone()],
            None => Vec::new(),
        };
        let part = |text: &Option<Arc<str>>| folded(text.as_deref().unwrap_or_default());
        Some(Self {
            own,
            names: names.iter().map(|name| folded(name)).collect(),
            of,
            unit: part(&fact.unit),
            whole: part(&fact.denominator),
        })
    }

    /// Whether the figure holds for a year, or measures something of that year.
    fn is_of_year(&self, year: &str) -> bool {
        let own = self.own.fact.as_of.map(|date| date.year().to_string());
        own.as_deref() == Some(year) || self.of.iter().any(|word| word == year)
    }

    /// Whether the figure has, or had, a value.
    fn has_value(&self, number: &Number) -> bool {
        let fact = &self.own.fact;
        let mut values = fact.history.iter().map(|past| &past.value).chain([&fact.value]);
        values.any(|value| number.is_in(value.bounds()))
    }
}

fn names_of(site: &Site, id: &EntityId) -> Vec<Arc<str>> {
    let Some(summary) = site.player(id).map(|player| &site.page(player).summary) else {
        return Vec::new();
    };
    let mut names = vec![summary.title.clone()];
    if let Details::Player(player) = &summary.details {
        names.extend(player.aliases.iter().map(|alias| alias.text.clone()));
        names.extend([&player.abbr, &player.family_name].into_iter().flatten().cloned());
    }
    names
}

/// A number of a sentence.
struct Number {
    value: f64,
    /// Digits behind the decimal point.
    decimals: i32,
}

impl Number {
    /// Whether one of the values rounds to it.
    fn is_in(&self, (low, high): (f64, f64)) -> bool {
        let unit = 10f64.powi(-self.decimals);
        let rounded = |value: f64| (value / unit).round() * unit;
        let near = unit / 1000.0;
        self.value >= rounded(low) - near && self.value <= rounded(high) + near
    }

    fn read(word: &str) -> Option<Self> {
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let plain = word.replace(',', "");
        let decimals = plain.split_once('.').map_or(0, |(_, part)| part.len()) as i32;
        Some(Self { value: plain.parse().ok()?, decimals })
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u16| (1900..2200).contains(&year))
}

/// A sentence in words, in lower case, each with its bytes.
struct FigureSentence<'a> {
    text: &'a str,
    words: Vec<(String, Range<usize>)>,
}

/// The words of a text in lower case: runs of letters and digits, and per cent signs. A number keeps its points and commas.
fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut words: Vec<(String, Range<usize>)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c == '%' {
            words.push((c.to_string(), start..start + 1));
        }
        if !c.is_alphanumeric() {
            continue;
        }
        let is_number = c.is_ascii_digit();
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = chars.peek().copied() {
            let digit_follows =
                || text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
            let goes_on =
                c.is_alphanumeric() || is_number && matches!(c, '.' | ',') && digit_follows();
            if !goes_on {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        words.push((text[start..end].to_lowercase(), start..end));
    }
    words
}

impl<'a> FigureSentence<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, words: words(text) }
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |(word, _)| word)
    }

    fn has(&self, at: usize, phrase: &[impl AsRef<str>]) -> bool {
        phrase.iter().enumerate().all(|(number, word)| self.word(at + number) == word.as_ref())
    }

    /// Whether a word stands in the sentence in this form, or in one with the same beginning.
    fn has_form_of(&self, word: &str) -> bool {
        let stem: String = word.chars().take(STEM).collect();
        self.words.iter().any(|(own, _)| own.starts_with(&stem))
    }

    /// What the sentence says against a figure, and where. `known` are all figures that it may speak of.
    fn contradiction(
        &self,
        words: &FigureWords,
        figure: &KnownFigure<'_>,
        known: &[KnownFigure<'_>],
    ) -> Option<(String, Range<usize>)> {
        let (at, number, behind) = self.number_in(words, &figure.unit)?;
        if !self.is_about(figure) || !self.is_of_kind(words, figure) || !self.is_sure(words, at) {
            return None;
        }
        let part = self.words[at].1.start..self.words[behind - 1].1.end;
        let unit = figure.own.fact.unit.as_deref().unwrap_or_default();
        let value = &self.text[self.words[at].1.clone()];
        let whole = self.whole(words, behind);
        let is_same_whole = match &whole {
            Some(whole) => figure.whole.iter().all(|word| self.has_at(whole, word)),
            None => figure.whole.is_empty(),
        };
        let is_value = figure.has_value(&number);
        if is_same_whole && !is_value {
            // Another figure of the same measure may have the value: this sentence is about that.
            let is_other = |other: &KnownFigure<'_>| {
                other.own.fact.is_comparable(&figure.own.fact) && other.has_value(&number)
            };
            let denominator = figure.own.fact.denominator.as_deref();
            return (!known.iter().any(is_other))
                .then(|| (value_text(value, unit, denominator), part));
        }
        let whole = whole.filter(|_| is_value && !is_same_whole && !figure.whole.is_empty())?;
        // What is measured may stand behind "of" as well: "3% of defence spending".
        let is_measure = (whole.start..whole.end).any(|at| {
            figure.of.iter().any(|word| self.word(at).starts_with(&word[..word.len().min(STEM)]))
        });
        if is_measure {
            return None;
        }
        let together = |at: &usize| {
            let between = self.words[at - 1].1.end..self.words[*at].1.start;
            self.text[between].chars().all(char::is_whitespace)
        };
        let more = (whole.start + 1..whole.end).take_while(together).count();
        let part = part.start..self.words[whole.start + more].1.end;
        Some((self.text[part.clone()].to_owned(), part))
    }

    /// The one number in a unit, and where the words behind its unit begin; none if there are several.
    fn number_in(&self, words: &FigureWords, unit: &[String]) -> Option<(usize, Number, usize)> {
        let behind = |at: usize| match unit {
            [sign] if sign == "%" => {
                let phrase = words.per_cent.iter().find(|phrase| self.has(at, phrase))?;
                let end = at + phrase.len();
                (!words.point.contains(&self.word(end))).then_some(end)
            }
            [] => None,
            unit => self.has(at, unit).then_some(at + unit.len()),
        };
        let mut all = (0..self.words.len()).filter_map(|at| {
            let end = behind(at + 1)?;
            Some((at, Number::read(self.word(at))?, end))
        });
        let one = all.next()?;
        all.next().is_none().then_some(one)
    }

    /// The words of the whole that a share is a part of, behind its unit.
    fn whole(&self, words: &FigureWords, behind: usize) -> Option<Range<usize>> {
        if !words.of.contains(&self.word(behind)) {
            return None;
        }
        let mut start = behind + 1;
        while words.skipped.contains(&self.word(start)) {
            start += 1;
        }
        (start < self.words.len()).then(|| start..self.words.len().min(start + WHOLE))
    }

    fn has_at(&self, range: &Range<usize>, word: &str) -> bool {
        range.clone().any(|at| self.word(at) == word)
    }

    /// Whether the sentence names whom the figure is about, and has each word of what it measures.
    fn is_about(&self, figure: &KnownFigure<'_>) -> bool {
        let is_named = |name: &Vec<String>| {
            !name.is_empty() && (0..self.words.len()).any(|at| self.has(at, name))
        };
        let is_about_none = figure.own.fact.about.is_none();
        (is_about_none || figure.names.iter().any(is_named))
            && figure.of.iter().all(|word| self.has_form_of(word))
            && self.words.iter().all(|(word, _)| !is_year(word) || figure.is_of_year(word))
    }

    /// Whether the sentence speaks of a figure of that kind: one that was measured has no word of any kind.
    fn is_of_kind(&self, words: &FigureWords, figure: &KnownFigure<'_>) -> bool {
        let is_kind =
            |kind: FactKind| self.words.iter().any(|(word, _)| words.is_of_kind(kind, word));
        const KINDS: [FactKind; 5] = [
            FactKind::Target,
            FactKind::Request,
            FactKind::Estimate,
            FactKind::Forecast,
            FactKind::Cap,
        ];
        match figure.own.fact.kind.unwrap_or(FactKind::Actual) {
            FactKind::Actual => !KINDS.into_iter().any(is_kind),
            own => is_kind(own) && !KINDS.into_iter().any(|kind| kind != own && is_kind(kind)),
        }
    }

    /// Whether the sentence states the number at a word: without quotation, doubt or denial, and of no other time.
    fn is_sure(&self, words: &FigureWords, at: usize) -> bool {
        let before = &self.words[at.saturating_sub(BEFORE)..at];
        !self.text.contains(QUOTES)
            && !before.iter().any(|(word, _)| words.unsure.contains(&&**word))
            && !self.words.iter().any(|(word, _)| words.other.contains(&&**word))
    }
}
