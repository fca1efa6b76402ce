//! Templates and interface texts.

use briefing::render::theme;

use super::{At, Editor, deeds};

deeds! {
    override_base override_partial override_page override_with_the_same edit_override rename_template swap_templates
    delete_override unused_template
    create_language edit_language rename_language delete_language
}

/// The site's own template, or the theme's.
fn template(site: &Editor, name: &str) -> Option<String> {
    site.text(&format!("templates/{name}")).or_else(|| {
        let known = theme::TEMPLATES.iter().find(|(known, _)| *known == name);
        known.map(|(_, text)| (*text).to_string())
    })
}

/// The site's own templates.
fn own(site: &Editor) -> Vec<String> {
    let paths = site.paths(&["templates/"]);
    paths.into_iter().filter(|path| path.ends_with(".html")).collect()
}

fn pick<T: Clone>(of: &[T], at: usize) -> Option<T> {
    of.get(at.checked_rem(of.len())?).cloned()
}

fn override_base(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    let text = template(site, "base.html")?;
    let changed = format!("<meta name=\"edit\" content=\"{n}\">\n</head>");
    site.site.write("templates/base.html", text.replacen("</head>", &changed, 1));
    Some(())
}

fn override_partial(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let name = ["components/cards.html", "components/parts.html"][a % 2];
    let text = template(site, name)?;
    let changed = text.replacen("class=\"", &format!("class=\"edit-{n} "), 1);
    site.site.write(&format!("templates/{name}"), changed);
    Some(())
}

fn override_page(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let pages = ["article", "player", "faq", "topic", "page", "list", "home", "redirect"];
    let name = pages[a % pages.len()];
    let text = format!("{}<!-- {n} -->\n", template(site, &format!("{name}.html"))?);
    site.site.write(&format!("templates/{name}.html"), text);
    Some(())
}

fn override_with_the_same(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let (name, text) = theme::TEMPLATES[a % theme::TEMPLATES.len()];
    site.site.write(&format!("templates/{name}"), text);
    Some(())
}

fn edit_override(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = pick(&own(site), a)?;
    site.change(&path, |text| {
        text.replacen("{% block main %}", &format!("{{% block main %}}<i>{n}</i>"), 1)
    })
}

fn rename_template(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let path = pick(&own(site), a)?;
    site.rename(&path, &format!("templates/renamed-{n}.html"))
}

/// Two templates of pages change names: each page is rendered by the other's.
fn swap_templates(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let (one, two) = [("404.html", "page.html"), ("404.html", "redirect.html")][a % 2];
    let (first, second) = (template(site, one)?, template(site, two)?);
    site.site.write(&format!("templates/{one}"), second);
    site.site.write(&format!("templates/{two}"), first);
    Some(())
}

fn delete_override(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = pick(&own(site), a)?;
    site.site.remove(&path).map(drop)
}

fn unused_template(site: &mut Editor, At { n, .. }: At) -> Option<()> {
    site.site.write("templates/unused.html", format!("<p>{n}</p>\n"));
    Some(())
}

fn create_language(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let tag = ["fr", "ar", "de"][a % 3];
    site.site.write(&format!("templates/lang/{tag}.ftl"), format!("home = Maison {n}\n"));
    Some(())
}

fn edit_language(site: &mut Editor, At { a, n, .. }: At) -> Option<()> {
    let key = ["home", "articles", "sources"][a % 3];
    site.site.write("templates/lang/en.ftl", format!("{key} = Start {n}\n"));
    Some(())
}

/// The same texts for another language: the name of the file is an input too.
fn rename_language(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&["templates/lang/"], a)?;
    let tag =
        ["fr", "en-GB", "de"].into_iter().find(|tag| !path.ends_with(&format!("/{tag}.ftl")))?;
    site.rename(&path, &format!("templates/lang/{tag}.ftl"))
}

fn delete_language(site: &mut Editor, At { a, .. }: At) -> Option<()> {
    let path = site.path(&["templates/lang/"], a)?;
    site.site.remove(&path).map(drop)
}
