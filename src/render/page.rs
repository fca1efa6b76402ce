//! From a view to a page.

use std::cell::RefCell;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Error, Value};

use super::TemplateSet;
use super::error;
use super::translate::shared_key;
use crate::diag::{Diagnostic, PageOrigin};
use crate::view::Prepared;

/// Bytes that a thread keeps to write pages to.
const LARGE: usize = 1 << 20;

thread_local! {
    /// What a page is written to: a thread makes one page at a time, and most are about as long as the last.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl TemplateSet {
    /// A part of views as templates take it: Tera puts a value into a value as it is, so that what many pages share becomes
    /// one once. With a component, the value has the component's HTML in a language as well, which `shared(of=…)` gives to
    /// the pages of that language. A component that fails gives none: the page that calls it reports the error at its place.
    pub fn prepared(
        &self,
        part: &dyn erased_serde::Serialize,
        component: Option<&str>,
        lang: &str,
    ) -> Prepared {
        let mut value = Value::from_serializable(part);
        if let Some(component) = component {
            let mut context = Context::new();
            context.insert_value("of", value.clone());
            let html = self.engine(Some(lang)).render_component(component, &context, None, true);
            value = match (html, value.into_map()) {
                (Ok(html), Some(mut map)) => {
                    map.insert(shared_key(lang).into(), Value::safe_string(&html));
                    Value::from(map)
                }
                (_, map) => map.map_or_else(Value::none, Value::from),
            };
        }
        Box::new(value)
    }

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
    ) -> Result<Arc<str>, Diagnostic> {
        let rendered = Context::from_serialize(view).and_then(|context| {
            let lang = context.get("page").and_then(|page| page.get_from_path("lang"));
            let engine = self.engine(lang.and_then(Value::as_str));
            BUFFER.with_borrow_mut(|buffer| {
                buffer.clear();
                engine.render_to(template, &context, &mut *buffer)?;
                let page = str::from_utf8(buffer).map_err(Error::message)?.into();
                buffer.shrink_to(LARGE);
                Ok(page)
            })
        });
        rendered.map_err(|failure| {
            let mut diagnostic = error::rendering(&self.texts, template, &failure);
            diagnostic.page = Some(page.clone());
            diagnostic
        })
    }
}
