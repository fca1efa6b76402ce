//! `languages:` of `site.yaml`: the languages in which a site has pages, and what it says of itself in each.

use std::sync::Arc;

use serde::Serialize;

use crate::content::resolve::{Fields, lang, reserved};
use crate::diag::Code;
use crate::lang::LangTag;
use crate::yaml::{Entries, FieldPath, Text, YamlDocument};

use super::raw::RawLanguage;
use super::resolve::nav;
use super::{NavItem, Settings, is_url};

/// What the lists of a language hold of pages that have no translation into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Untranslated {
    /// Their pages in the first language, after the language's own.
    #[default]
    List,
    /// Nothing: links alone lead to them.
    Hide,
}

/// The languages of a site, as they are written; those with a mistake in their tags are left out.
pub(super) struct SiteLanguages(Vec<(LangTag, FieldPath, RawLanguage)>);

impl SiteLanguages {
    /// Reads the tags.
    pub(super) fn new(fields: &mut Fields, raw: Option<Entries<RawLanguage, true>>) -> Self {
        let mut languages: Vec<(LangTag, FieldPath, RawLanguage)> = Vec::new();
        for (written, raw) in raw.map(|raw| raw.0).unwrap_or_default() {
            let path = FieldPath::root().key("languages").key(&written);
            let refused = match LangTag::parse(&written) {
                None => {
                    let help = match LangTag::parse(&written.replace('_', "-")) {
                        Some(tag) => format!("write `{tag}`"),
                        None => "write a BCP 47 tag, such as `en`, `en-GB` or `ja`".into(),
                    };
                    Err((format!("\"{}\" is not a language tag", &*written), help))
                }
                Some(tag) if languages.iter().any(|(other, ..)| *other == tag) => {
                    Err((format!("the language `{tag}` stands twice"), "keep one of them".into()))
                }
                Some(tag) if reserved(tag.as_str()) && !languages.is_empty() => Err((
                    format!(
                        "the pages of a language cannot lie in `/{tag}/`: the site has its own page there"
                    ),
                    "write a tag with a region or a script, such as `en-GB` or `zh-Hant`".into(),
                )),
                Some(tag) => Ok(tag),
            };
            match refused {
                Ok(tag) => languages.push((tag, path, raw)),
                Err((message, help)) => {
                    fields.problem(Code::InvalidValue, written.span, message, help);
                }
            }
        }
        Self(languages)
    }

    /// The first language: that of the site.
    pub(super) fn first(&self) -> Option<&LangTag> {
        self.0.first().map(|(tag, ..)| tag)
    }

    /// Whether the site has a title in its first language.
    pub(super) fn has_title(&self) -> bool {
        self.0.first().is_some_and(|(.., raw)| raw.title.is_some())
    }

    /// The language of the site: the first, which `lang:` may repeat.
    pub(super) fn lang(&self, fields: &mut Fields, written: Option<Text>) -> LangTag {
        let span = written.as_ref().map(|text| text.span).unwrap_or_default();
        let own = lang(fields, written);
        let Some(first) = self.first() else { return own.unwrap_or_else(LangTag::english) };
        if let Some(own) = own.filter(|own| own != first) {
            let message = format!("`lang` is `{own}`, and the first of `languages` is `{first}`");
            let help = match self.0.iter().any(|(tag, ..)| *tag == own) {
                true => format!("remove `lang`, or move `{own}` to the first place in `languages`"),
                false => {
                    format!("remove `lang`, or write `{own}` in place of `{first}` in `languages`")
                }
            };
            fields.problem(Code::InvalidValue, span, message, help);
        }
        first.clone()
    }

    /// Gives the site what it says of itself in its first language. Returns what it says in the others.
    pub(super) fn settings(
        self,
        fields: &mut Fields,
        document: &YamlDocument<'_>,
        site: &mut Settings,
    ) -> Vec<Settings> {
        let mut languages = self.0.into_iter();
        if let Some((_, path, raw)) = languages.next() {
            let misplaced = [
                ("nav", raw.nav.is_some()),
                ("footer", raw.footer.is_some()),
                ("untranslated", raw.untranslated.is_some()),
            ];
            for (key, _) in misplaced.into_iter().filter(|(_, is_there)| *is_there) {
                let (message, help) = match key {
                    "untranslated" => (
                        "every page of the first language is its own: `untranslated` is for the others",
                        "remove it, or write it below another language",
                    ),
                    _ => (
                        "the links of the first language are those of the site",
                        "move it out of `languages:`",
                    ),
                };
                let span = document.key_span(&path.key(key));
                fields.problem(Code::InvalidValue, span, message, help);
            }
            if let Some(title) = fields.bounded("title", raw.title, 200) {
                site.title = title.value;
            }
            if let Some(text) = fields.bounded("description", raw.description, 300) {
                site.description = Some(text.value);
            }
        }
        let mut others = Vec::new();
        for (tag, path, raw) in languages {
            others.push(of_language(fields, site, (tag, path), raw));
        }
        others
    }
}

/// What a site says of itself in one of its other languages.
fn of_language(
    fields: &mut Fields,
    site: &mut Settings,
    (tag, path): (LangTag, FieldPath),
    raw: RawLanguage,
) -> Settings {
    let title = fields.bounded("title", raw.title, 200);
    let description = fields.bounded("description", raw.description, 300);
    let mut links = |list: &str, items| {
        let path = path.key(list);
        let items = nav(fields, items);
        let at = items.iter().enumerate().map(|(at, item)| (path.index(at).key("to"), item));
        site.translated.extend(at.map(|(path, item)| (path, item.to.clone())));
        items
    };
    let nav = raw.nav.map(|items| links("nav", items));
    let footer = raw.footer.map(|items| links("footer", items));
    let untranslated = fields.choice(
        "untranslated",
        raw.untranslated,
        &[("list", Untranslated::List), ("hide", Untranslated::Hide)],
    );
    Settings {
        title: title.map_or_else(|| site.title.clone(), |title| title.value),
        description: description.map(|text| text.value),
        lang: tag,
        nav: nav.or_else(|| site.nav.as_deref().map(without_texts)),
        footer: footer.unwrap_or_else(|| without_texts(&site.footer)),
        untranslated: untranslated.unwrap_or_default(),
        translated: Vec::new(),
        ..site.clone()
    }
}

/// The links of another language. The title of a page in the reader's language takes the place of its text.
fn without_texts(items: &[NavItem]) -> Vec<NavItem> {
    let text = |item: &NavItem| item.text.clone().filter(|_| is_url(&item.to));
    items.iter().map(|item| NavItem { text: text(item), to: Arc::clone(&item.to) }).collect()
}
