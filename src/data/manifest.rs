//! `manifest.webmanifest` (W3C Web Application Manifest): how the site looks on a home screen, where `site.yaml` says so.

use std::sync::Arc;

use serde::Serialize;

use crate::base::{MediaType, OutPath, Phase};
use crate::site::{Output, OutputKind, Subject, Which, manifest_out};
use crate::view::Context;

use super::DataContent;

/// The manifest of the site in its first language, by the names of its members.
#[derive(Debug, Serialize)]
pub struct AppManifest {
    name: Arc<str>,
    short_name: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Arc<str>>,
    lang: Arc<str>,
    dir: &'static str,
    id: Arc<str>,
    start_url: Arc<str>,
    scope: Arc<str>,
    display: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme_color: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    background_color: Option<Arc<str>>,
    icons: Vec<AppIcon>,
}

#[derive(Debug, Serialize)]
struct AppIcon {
    src: Arc<str>,
    sizes: Arc<str>,
    #[serde(rename = "type")]
    media_type: Arc<str>,
}

impl DataContent for AppManifest {
    const KIND: OutputKind = OutputKind {
        name: "manifest",
        phase: Phase::Asset,
        outputs: Which::OfOutputs(|site, _, add| {
            if site.well_known.manifest.is_some() {
                add.data(manifest_out(), Subject::Site);
            }
        }),
    };

    fn value(cx: &Context<'_>, _: &Output) -> Self {
        let settings = cx.site_settings;
        let own = settings.well_known.manifest.as_ref();
        let home: Arc<str> = format!("{}/", cx.base.prefix()).into();
        Self {
            name: settings.title.clone(),
            short_name: own
                .and_then(|own| own.short_name.clone())
                .unwrap_or_else(|| settings.title.clone()),
            description: settings.description.clone(),
            lang: settings.lang.as_str().into(),
            dir: settings.lang.direction(),
            id: home.clone(),
            start_url: home.clone(),
            scope: home,
            display: own.map_or("browser", |own| own.display),
            theme_color: own.and_then(|own| own.theme_color.clone()),
            background_color: own.and_then(|own| own.background_color.clone()),
            icons: vec![AppIcon {
                src: cx.assets.icon.clone(),
                sizes: icon_size(cx).map_or_else(|| "any".into(), Into::into),
                media_type: cx.assets.icon_type.clone(),
            }],
        }
    }

    fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("texts are JSON");
        text.push('\n');
        text
    }
}

/// The width and height of the icon; none for a drawing, which has every size.
fn icon_size(cx: &Context<'_>) -> Option<String> {
    let icon = cx.site_settings.well_known.icon.as_ref()?;
    let asset = cx.first.asset_at(&OutPath::new(icon.trim_start_matches('/')).ok()?)?;
    let is_drawing = MediaType::of(&asset.out).essence() == "image/svg+xml";
    let (width, height) = cx.first.pictures.size(asset).filter(|_| !is_drawing)?;
    Some(format!("{width}x{height}"))
}
