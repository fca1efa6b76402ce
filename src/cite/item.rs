//! An item, and its dates.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::CslType;
use super::names::CslName;

/// An item of CSL-JSON (schema 1.0.2), with the fields that sources and pages have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CslItem {
    /// The id, unique in its list.
    pub id: Arc<str>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: CslType,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Arc<str>>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<CslName>,
    /// The work that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container_title: Option<Arc<str>>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Arc<str>>,
    /// When it was published; of a page, when it last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<CslDate>,
    /// When it was last read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<CslDate>,
    /// Where it can be read.
    #[serde(default, rename = "URL", skip_serializing_if = "Option::is_none")]
    pub url: Option<Arc<str>>,
    /// The language of its title, BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Arc<str>>,
    /// The host of the archived copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<Arc<str>>,
    /// The URL of the archived copy.
    #[serde(default, rename = "archive_location", skip_serializing_if = "Option::is_none")]
    pub archive_location: Option<Arc<str>>,
}

impl CslItem {
    /// An item of which nothing is known yet.
    pub fn new(id: &str, kind: CslType) -> Self {
        Self {
            id: id.into(),
            kind,
            title: None,
            author: Vec::new(),
            container_title: None,
            publisher: None,
            issued: None,
            accessed: None,
            url: None,
            language: None,
            archive: None,
            archive_location: None,
        }
    }

    /// Whether styles set its title in capitals: titles of no language are taken as English, as CSL does.
    pub(super) fn is_english(&self) -> bool {
        self.language.as_deref().is_none_or(|lang| lang == "en" || lang.starts_with("en-"))
    }

    /// The item as APA and Chicago see it: the publisher of a site's page without an author stands as one.
    pub(super) fn by_publisher(&self) -> Cow<'_, Self> {
        match &self.publisher {
            Some(publisher)
                if self.kind == CslType::Webpage
                    && self.author.is_empty()
                    && self.container_title.is_some() =>
            {
                let author = vec![CslName::whole(publisher)];
                Cow::Owned(Self { author, publisher: None, ..self.clone() })
            }
            _ => Cow::Borrowed(self),
        }
    }

    /// The date of publication, in parts.
    pub(super) fn date(&self) -> Option<(i16, Option<i8>, Option<i8>)> {
        self.issued.as_ref().and_then(CslDate::parts)
    }
}

/// A date of CSL-JSON: year, month and day, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CslDate {
    date_parts: Vec<Vec<i16>>,
}

impl CslDate {
    /// A date as precise as its author wrote it.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Self {
        let mut parts = vec![year];
        parts.extend(month.map(i16::from));
        parts.extend(month.and(day).map(i16::from));
        Self { date_parts: vec![parts] }
    }

    /// Year, month and day.
    pub fn parts(&self) -> Option<(i16, Option<i8>, Option<i8>)> {
        let parts = self.date_parts.first()?;
        let part = |at: usize| parts.get(at).and_then(|part| i8::try_from(*part).ok());
        Some((*parts.first()?, part(1), part(2)))
    }

    /// ISO 8601.
    pub fn iso(&self) -> String {
        match self.parts() {
            Some((year, Some(month), Some(day))) => format!("{year:04}-{month:02}-{day:02}"),
            Some((year, Some(month), None)) => format!("{year:04}-{month:02}"),
            Some((year, ..)) => format!("{year:04}"),
            None => String::new(),
        }
    }
}

/// The English name of a month, 1 to 12.
pub(super) fn month_name(month: i8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

/// `July 1, 2025`, or less where less is known.
pub(super) fn us_date((year, month, day): (i16, Option<i8>, Option<i8>)) -> String {
    match (month, day) {
        (Some(month), Some(day)) => format!("{} {day}, {year}", month_name(month)),
        (Some(month), None) => format!("{} {year}", month_name(month)),
        _ => year.to_string(),
    }
}
