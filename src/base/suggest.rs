//! "Did you mean".

/// The candidate that a reader would take `word` for a slip of, if any.
///
/// Optimal string alignment distance over lower-cased text: at most one slip for every three letters, and never
/// more than three. Ties go to the candidate that comes first, so that the answer does not depend on chance.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let limit = (length / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&word, &candidate.to_lowercase());
        let better = best.is_none_or(|(least, name)| (distance, candidate) < (least, name));
        if distance <= limit && distance < length && better {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_and_strangers() {
        let ids = ["marco-rubio", "pete-hegseth", "japan"];
        assert_eq!(nearest("marco-rubo", ids), Some("marco-rubio"));
        assert_eq!(nearest("Japan", ids), Some("japan"));
        assert_eq!(nearest("jpan", ids), Some("japan"));
        assert_eq!(nearest("france", ids), None);
        assert_eq!(nearest("x", ["y"]), None);
    }
}
