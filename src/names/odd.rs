//! Whether a word is a slip of another.

use super::fold::is_cjk;

/// Optimal string alignment distance 1 from a word of five letters or more, or 2 between longer ones.
pub(super) fn is_slip(written: &str, right: &str) -> bool {
    let (a, b) = (written.chars().count(), right.chars().count());
    if a.abs_diff(b) > 2 || a < 4 || b < 5 || written.contains(is_cjk) {
        return false;
    }
    if written.contains(|c: char| c.is_numeric()) || right.contains(|c: char| c.is_numeric()) {
        return false;
    }
    match strsim::osa_distance(written, right) {
        1 => true,
        2 => a.max(b) >= 8 && a.min(b) >= 6,
        _ => false,
    }
}

/// Whether a word is no slip but another form of the right one: an adjective of its people, a plural.
pub(super) fn is_other_form(written: &str, right: &str) -> bool {
    ["n", "an", "ns", "ian", "s", "es"]
        .iter()
        .any(|ending| written.strip_suffix(ending).is_some_and(|stem| stem == right))
}

#[cfg(test)]
mod tests {
    use super::{is_other_form, is_slip};

    #[test]
    fn slips_and_other_words() {
        for (written, right, slip) in [
            ("iweaya", "iwaya", true),
            ("iwya", "iwaya", true),
            ("iwa", "iwaya", false),
            ("hale", "hall", false),
            ("service", "services", true),
            ("hegsteh", "hegseth", true),
            ("takaichy", "takaichi", true),
            ("jonhstoen", "johnstone", true),
            ("smith", "smyth", true),
            ("house", "horse", true),
            ("rob", "bob", false),
        ] {
            assert_eq!(is_slip(written, right), slip, "{written} {right}");
        }
        assert!(is_other_form("arabian", "arabia") && is_other_form("departments", "department"));
        assert!(!is_other_form("nation", "nations"));
    }
}
