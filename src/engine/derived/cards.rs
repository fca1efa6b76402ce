//! Pictures that are drawn of pages.

use crate::base::SourcePath;
use crate::diag::{Code, Diagnostic, PageOrigin, Span};
use crate::engine::memory::Want;
#[cfg(feature = "cards")]
use crate::site::social_cards_setting;
use crate::site::{Output, Problem};
use crate::view::card::CardTypesetter;

use super::super::Loaded;
use super::super::render::{Made, Rendered};

impl Loaded {
    /// What measures the texts of pictures, where the site has any.
    pub(in crate::engine) fn typesetter(&self) -> Option<&dyn CardTypesetter> {
        #[cfg(feature = "cards")]
        if self.assembly.site.has_social_cards {
            return Some(self.rendering.templates.faces());
        }
        None
    }

    /// The picture of an SVG that a template wrote, from the cache where that has it.
    pub(in crate::engine) fn drawn(&self, made: Made, output: &Output, want: Want) -> Made {
        let Some(Rendered::Text(svg)) = &made.content else { return made };
        if want == Want::Links {
            return Made { content: None, ..made };
        }
        match self.picture_of(svg) {
            Ok(bytes) => Made { content: Some(Rendered::Bytes(bytes.into())), ..made },
            Err(error) => {
                let message = format!("this SVG cannot be drawn: {error}");
                let template = Span::file(SourcePath::new("templates/card.svg"));
                let mut problem = Diagnostic::new(Code::TemplateRender, template, message)
                    .help("let it write one `<svg>` with a `width` and a `height`");
                let (out, source) = (output.path.clone(), self.source_of(output));
                problem.page = Some(PageOrigin { out, source, more: 0 });
                Made { content: None, diagnostic: Some(problem), ..made }
            }
        }
    }

    /// What of the pictures cannot be drawn: a title in each language of the site stands for all others.
    #[cfg(feature = "cards")]
    pub(in crate::engine) fn card_problems(&self) -> Vec<Problem> {
        let site = &self.assembly.site;
        if !site.has_social_cards {
            return Vec::new();
        }
        let problem =
            |message: String| Problem::new(Code::SocialCards, social_cards_setting(), message);
        let mut problems = Vec::new();
        if let Some((path, error)) = self.rendering.templates.face_problem() {
            let message = format!("`{path}` is no font that can be read: {error}");
            problems.push(problem(message).help("put a TrueType or OpenType font there"));
        }
        let titles = site.all().filter_map(|site| {
            let (page, letter) = self.context(site.number()).undrawn_title()?;
            Some((&site.page(page).path, letter))
        });
        problems.extend(titles.map(|(path, letter)| {
            let message = format!(
                "no font has the letter `{letter}` of the title of `{path}`: its social card shows the site's name"
            );
            problem(message).help("put a font that has it at templates/card.ttf or templates/card.otf")
        }));
        problems
    }

    #[cfg(not(feature = "cards"))]
    pub(in crate::engine) fn card_problems(&self) -> Vec<Problem> {
        Vec::new()
    }

    #[cfg(feature = "cards")]
    fn picture_of(&self, svg: &str) -> Result<Vec<u8>, String> {
        let faces = self.rendering.templates.faces();
        let cache = self.rendering.cache.as_deref();
        let key = faces.key(svg);
        if let Some(bytes) = cache.and_then(|cache| cache.get(key)) {
            return Ok(bytes);
        }
        let bytes = faces.draw(svg)?;
        if let Some(cache) = cache {
            cache.put(key, &bytes);
        }
        Ok(bytes)
    }

    #[cfg(not(feature = "cards"))]
    fn picture_of(&self, _: &str) -> Result<Vec<u8>, String> {
        unreachable!("a program that cannot draw has no drawing to make")
    }
}
