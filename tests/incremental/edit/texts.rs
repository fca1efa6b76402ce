//! The text below the front matter.

use super::{ARTICLES, At, Editor, FAQ, PAGES, PLAYERS, TOPICS, deeds};

deeds! {
    word lead mention unmention name_by_kind name_in_own_words heading question reword_question unquestion answer
    use_fact cite footnote callout link_article link_asset link_anchor link_root link_outside picture raw_html
    whitespace line_ends byte_order_mark empty_body merge
}

const ANY: [&str; 5] = [ARTICLES, PLAYERS, FAQ, TOPICS, PAGES];

/// Text at the end of a page.
fn append(site: &mut Editor, folders: &[&str], at: usize, more: &str) -> Option<()> {
    let path = site.path(folders, at)?;
    site.change(&path, |text| format!("{text}\n{more}\n"))
}

/// A word in the last paragraph, which is none that another page quotes.
fn word(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = site.path(&[ARTICLES], a)?;
    site.change(&path, |text| text.replacen("named</b> here", &format!("named</b> here {n}"), 1))
}

/// The first paragraph, by which lists describe a page.
fn lead(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = site.path(&ANY, a)?;
    site.change(&path, |text| text.replacen("\n---\n", &format!("\n---\n\nIt leads, {n}.\n"), 1))
}

fn mention(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    append(site, &ANY, a, &format!("Late {n}, [[{player}]] agreed."))
}

fn unmention(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&[ARTICLES], a)?;
    let text = site.text(&path)?;
    let (front, body) = text.split_once("\n---\n")?;
    site.site.write(&path, format!("{front}\n---\n{}", body.replacen("[[", "[[-|", 1)));
    Some(())
}

fn name_by_kind(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    append(site, &ANY, a, &format!("By kind {n}: [that one](player:{player})."))
}

fn name_in_own_words(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let article = site.id(ARTICLES, b)?;
    append(site, &ANY, a, &format!("In words: [[{article}|the story {n}]]."))
}

fn heading(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = site.path(&[ARTICLES, FAQ], a)?;
    site.change(&path, |text| text.replacen("\n## ", &format!("\n## Headed {n} "), 1))
}

fn question(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    append(site, &[FAQ], a, &format!("## Question {n} of [[{player}]]?\n\nSays [[{player}]]."))
}

/// The anchor stays: it was given.
fn reword_question(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = site.path(&[FAQ], a)?;
    site.change(&path, |text| text.replacen("\n## ", &format!("\n## Reworded {n} "), 1))
}

fn unquestion(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&[FAQ], a)?;
    site.change(&path, |text| match text.rsplit_once("\n## ") {
        Some((before, _)) => before.to_string(),
        None => text.to_string(),
    })
}

fn answer(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    append(site, &[FAQ], a, &format!("And {n}: so says [[{player}]]."))
}

fn use_fact(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let fact = ["share", "cost", "own-0", "new-fact"][b % 4];
    append(site, &ANY, a, &format!("It was {n} to [[fact:{fact}]]."))
}

fn cite(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let source = ["gazette", "almanac", "new-source"][b % 3];
    append(site, &[ARTICLES], a, &format!("As they say, {n}.[^{source}]"))
}

fn footnote(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let player = site.player(b)?;
    append(site, &[ARTICLES], a, &format!("Noted.[^n{n}]\n\n[^n{n}]: By [[{player}]]."))
}

fn callout(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let kind = ["NOTE", "WARNING", "NOVELTY"][b % 3];
    append(site, &ANY, a, &format!("> [!{kind}]\n> Mind {n}."))
}

fn link_article(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let file = site.path(&[ARTICLES], b)?;
    let file = file.strip_prefix("content/")?;
    append(site, &[PAGES, TOPICS, PLAYERS], a, &format!("See [it](../{file})."))
}

fn link_asset(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let more = format!("The [plan](plan-{}.txt) and ![](map.png).", a % 3);
    append(site, &["content/articles/story-1/"], 0, &more)
}

fn link_anchor(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let anchor = ["why-ships", "who-pays", "gone"][b % 3];
    append(site, &[ARTICLES], a, &format!("Ask [there](/faq/common/#{anchor}), [here](#plain)."))
}

/// As a template would link: nothing of the text's own page shows whether the page is there.
fn link_root(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let article = site.id(ARTICLES, b)?;
    append(site, &[PAGES], a, &format!("By its URL: [it](/articles/{article}/)."))
}

fn link_outside(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let url =
        ["https://example.org/sub/articles/story-0/", "https://elsewhere.example/", "/nowhere/"];
    append(site, &ANY, a, &format!("Out [{n}]({}).", url[b % 3]))
}

fn picture(site: &mut Editor, At { a, b, n }: At) -> Option<()> {
    let src = ["/img/flag.png", "../articles/story-1/map.png"][b % 2];
    append(site, &[ARTICLES, PAGES], a, &format!("![Picture {n}]({src} \"Title {n}\")"))
}

fn raw_html(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    append(site, &ANY, a, &format!("<div id=\"raw-{n}\"><i>Raw</i></div>"))
}

fn whitespace(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    append(site, &ANY, a, " ")
}

fn line_ends(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&["content/", "templates/"], a)?;
    site.change(&path, |text| text.replace("\r\n", "\n").replace('\n', "\r\n"))
}

fn byte_order_mark(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&["content/", "templates/"], a)?;
    site.change(&path, |text| match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_string(),
        None => format!("\u{feff}{text}"),
    })
}

fn empty_body(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&ANY, a)?;
    let text = site.text(&path)?;
    let (front, _) = text.split_once("\n---\n")?;
    site.site.write(&path, format!("{front}\n---\n"));
    Some(())
}

/// One page takes in the text of another, which goes.
fn merge(site: &mut Editor, At { a, b, .. }: At) -> Option<()> {
    let (into, from) = (site.path(&[ARTICLES], a)?, site.path(&[ARTICLES], a + 1 + b % 2)?);
    if into == from {
        return None;
    }
    let text = site.text(&from)?;
    let (_, body) = text.split_once("\n---\n")?;
    site.change(&into, |text| format!("{text}\n{body}"))?;
    site.site.remove(&from).map(drop)
}
