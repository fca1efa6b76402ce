//! From a view to a page.

use serde::Serialize;
use tera::{Context, Value};

use super::TemplateSet;
use super::error;
use crate::diag::{Diagnostic, PageOrigin};

impl TemplateSet {
    /// Renders a view with a template, named by its path relative to `templates/` (`article.html`).
    ///
    /// The view's fields are the template's variables; interface text is in the language of `page.lang`.
    ///
    /// # Errors
    /// A [`Code::TemplateRender`](crate::diag::Code::TemplateRender) diagnostic at the failing template's place,
    /// naming `page`.
    #[expect(
        clippy::result_large_err,
        reason = "one that fails is rare, and callers collect plain diagnostics"
    )]
    pub fn render<V: Serialize>(
        &self,
        template: &str,
        view: &V,
        page: &PageOrigin,
    ) -> Result<String, Diagnostic> {
        let rendered = Context::from_serialize(view).and_then(|context| {
            let lang = context.get("page").and_then(|page| page.get_from_path("lang"));
            self.engine(lang.and_then(Value::as_str)).render(template, &context)
        });
        rendered.map_err(|failure| {
            let mut diagnostic = error::rendering(&self.texts, template, &failure);
            diagnostic.page = Some(page.clone());
            diagnostic
        })
    }
}
