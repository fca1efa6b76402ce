//! Diagnostics as one line each, for editors and for searching.

use std::fmt::Write as _;

use super::Diagnostic;
use super::printable::one_line;

/// Renders each diagnostic as `file:line:column: severity[code]: message (help)`, with a line end after each.
///
/// Several helps are joined by `; `, and the page of a template error follows the message. Needs no file's text.
pub fn short(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        line(diagnostic, &mut out).expect("writing to a String cannot fail");
    }
    out
}

fn line(diagnostic: &Diagnostic, out: &mut String) -> std::fmt::Result {
    let Diagnostic { code, severity, message, span, help, page, .. } = diagnostic;
    let (file, start) = (one_line(span.file.as_str()), span.start);
    let message = one_line(message);
    write!(out, "{file}:{}:{}: {severity}[{code}]: {message}", start.line, start.column)?;
    if let Some(page) = page {
        write!(out, ", {}", one_line(&page.to_string()))?;
    }
    if !help.is_empty() {
        write!(out, " ({})", one_line(&help.join("; ")))?;
    }
    out.push('\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::diag::tests::{at, page};
    use crate::diag::{Code, Diagnostic, short};

    #[test]
    fn one_line_each() {
        let problem =
            Diagnostic::new(Code::UnknownPlayer, at("marco-rubo"), "no player `marco-rubo`");
        let mut template = Diagnostic::new(Code::TemplateRender, at("title"), "no field `titel`");
        template.page = Some(page("articles/x/index.html", 2));
        for (diagnostic, expected) in [
            (
                problem.clone(),
                "content/articles/talks.md:4:13: error[unknown-player]: no player `marco-rubo`\n",
            ),
            (
                problem.clone().help("did you mean `marco-rubio`?").help("or\nadd it"),
                "content/articles/talks.md:4:13: error[unknown-player]: no player `marco-rubo` \
                 (did you mean `marco-rubio`?; or add it)\n",
            ),
            (
                template,
                "content/articles/talks.md:2:1: error[template-render]: no field `titel`, \
                 while rendering articles/x/index.html, made from content/articles/x.md, \
                 and 2 more pages\n",
            ),
        ] {
            assert_eq!(short(&[diagnostic]), expected);
        }
        assert_eq!(short(&[problem.clone(), problem]).lines().count(), 2);
        assert_eq!(short(&[]), "");
    }
}
