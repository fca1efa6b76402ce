//! From Tera's errors to diagnostics at the template's place.

use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use super::hints::hint;
use super::message::split;
use super::report::{ReportPlace, notes};
use super::texts::{TemplateTexts, path};
use crate::base::nearest;
use crate::diag::{Code, Diagnostic, Span};

/// A failure while `template` was rendered.
pub(super) fn rendering(texts: &TemplateTexts, template: &str, error: &Error) -> Diagnostic {
    let code = Code::TemplateRender;
    match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            reported(texts, code, report, &error.to_string())
        }
        ErrorKind::TemplateNotFound(name) => {
            let near = nearest(name, texts.names()).map(|near| format!("did you mean `{near}`?"));
            let mut diagnostic =
                Diagnostic::new(code, Span::file(path(name)), format!("no template `{name}`"));
            diagnostic.help.extend(near);
            diagnostic
        }
        // A component that calls itself for ever, a key of a map literal that is no key: Tera gives no place.
        _ => at(texts, code, template, &error.to_string(), 0..0),
    }
}

/// A template that does not parse.
pub(super) fn syntax(texts: &TemplateTexts, report: &ReportError) -> Diagnostic {
    let printed = Error::new(ErrorKind::SyntaxError(Box::new(report.clone()))).to_string();
    reported(texts, Code::TemplateSyntax, report, &printed)
}

/// A message of Tera's about a place in a template, with our advice.
pub(super) fn at(
    texts: &TemplateTexts,
    code: Code,
    file: &str,
    raw: &str,
    place: Range<usize>,
) -> Diagnostic {
    let message = split(raw);
    let hint = hint(texts, file, raw, &message, &place);
    let mut diagnostic =
        Diagnostic::new(code, texts.span(file, place), hint.message.unwrap_or(message.text));
    diagnostic.help.extend(message.help);
    diagnostic.help.extend(hint.help);
    if let Some((label, range)) = hint.related {
        diagnostic = diagnostic.related(label, texts.span(file, range));
    }
    if texts.is_embedded(file) {
        diagnostic = diagnostic.help(format!(
            "`templates/{file}` is the default theme's; a site's own file of that path replaces it"
        ));
    }
    diagnostic
}

fn reported(texts: &TemplateTexts, code: Code, report: &ReportError, printed: &str) -> Diagnostic {
    let place = place(texts.get(report.filename()).unwrap_or_default(), report);
    let diagnostic = at(texts, code, report.filename(), report.message(), place);
    notes(texts, printed).into_iter().fold(diagnostic, |diagnostic, note| {
        let ReportPlace { message, name, range } = note;
        diagnostic.related(message, texts.span(name, range))
    })
}

/// The place of a report, where Tera's own is off.
fn place(text: &str, report: &ReportError) -> Range<usize> {
    let range = report.span().range.clone();
    if report.message() == "Unexpected end of input" {
        // Tera gives the last thing that it read.
        return range.end..range.end;
    }
    let found = text.get(range.clone()).unwrap_or_default();
    let unclosed = found.matches('[').count() > found.matches(']').count();
    if unclosed && text[range.end..].starts_with(']') {
        return range.start..range.end + 1;
    }
    range
}
