//! The capitals of English headlines, as citeproc-js sets them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Words that stay as they are within a title (`CSL.SKIP_WORDS` of citeproc-js 1.4.63, of which these are the single words).
const SMALL: &str = "about above across afore after against al along alongside amid amidst among amongst anenst apropos apud \
around as aside astride at athwart atop barring before behind below beneath beside besides between beyond but by circa \
despite down during et except for forenenst from given in inside into lest like modulo near next notwithstanding of off on \
onto out over per plus pro qua sans since than through thru throughout thruout till to toward towards under underneath \
until unto up upon versus vs. v. vs v via vis-à-vis with within without or yet so and nor a an the de d' von van c ca";

/// Stands for an apostrophe within a word while its words are parted.
const APOSTROPHE: char = '\u{e000}';

static SMALL_WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SMALL.split_whitespace().collect());

/// Whether words are parted at a sign.
fn parts(c: char) -> bool {
    matches!(
        c,
        '‘' | '’'
            | '“'
            | '”'
            | '"'
            | '-'
            | '–'
            | '—'
            | '/'
            | '.'
            | ','
            | ';'
            | '?'
            | '!'
            | ':'
            | '['
            | ']'
            | '('
            | ')'
    )
}

/// A title whose words begin with capitals, but for small words within it. A word with a capital stays as it is.
pub(super) fn title_case(title: &str) -> String {
    if !title.contains('’') {
        return capitals(title);
    }
    let mut marked = String::with_capacity(title.len());
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        let in_word = marked.ends_with(char::is_alphanumeric)
            && chars.peek().is_some_and(|next| next.is_alphanumeric());
        marked.push(if c == '’' && in_word { APOSTROPHE } else { c });
    }
    capitals(&marked).replace(APOSTROPHE, "’")
}

fn capitals(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut is_first = true;
    let mut after_sign = false;
    // Where the last word begins in `out`, and whether it was left small.
    let mut last: Option<usize> = None;
    let mut rest = title;
    while !rest.is_empty() {
        let end = rest.find(parts).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        let sign = tail.chars().next();
        let words: Vec<&str> = run.split(is_space).collect();
        let mut at = 0;
        for word in &words {
            // The spaces before it.
            let start = run[at..].find(word).map_or(at, |found| at + found);
            out.push_str(&run[at..start]);
            at = start + word.len();
            if word.is_empty() {
                continue;
            }
            let lower = word.to_lowercase();
            let is_long = word.encode_utf16().count() > 1;
            let is_small = SMALL_WORDS.contains(&*lower);
            let capital = is_long && !is_small || is_first || after_sign;
            last = Some(out.len());
            match capital && **word == *lower {
                true => push_capital(&mut out, word),
                false => out.push_str(word),
            }
            (is_first, after_sign) = (false, false);
        }
        out.push_str(&run[at..]);
        if let Some(sign) = sign {
            out.push(sign);
            after_sign |= matches!(sign, '!' | '?' | ':');
        }
        rest = &tail[sign.map_or(0, char::len_utf8)..];
    }
    if let Some(at) = last {
        let tail = out.split_off(at);
        let end = tail.find(|c: char| parts(c) || is_space(c)).unwrap_or(tail.len());
        let (word, after) = tail.split_at(end);
        match SMALL_WORDS.contains(&*word.to_lowercase()) && word.chars().count() > 1 {
            true => push_capital(&mut out, word),
            false => out.push_str(word),
        }
        out.push_str(after);
    }
    out
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{205f}' | '\u{3000}')
}

fn push_capital(out: &mut String, word: &str) {
    let mut chars = word.chars();
    out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(chars.as_str());
}
