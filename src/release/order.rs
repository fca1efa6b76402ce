//! The order of removals: what makes room for a file before it is written, everything else after all files are.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::base::OutPath;

/// The folders above a path, the outermost first: `a`, `a/b` for `a/b/c.html`.
pub(crate) fn parents(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Splits removals into those that make room for a file and those that wait until every file is written.
///
/// Names are compared without case: on some file systems `About` and `about` are one, and removing the old name
/// after the new file was written would remove the new file.
pub(crate) fn split_removals<'a, P: AsRef<str>>(
    removals: impl IntoIterator<Item = P>,
    files: impl IntoIterator<Item = &'a OutPath>,
) -> (Vec<P>, Vec<P>) {
    let mut removals = removals.into_iter().peekable();
    if removals.peek().is_none() {
        return Default::default();
    }
    let files: BTreeSet<Cow<'_, str>> = files.into_iter().map(OutPath::folded).collect();
    let folders: BTreeSet<&str> = files.iter().flat_map(|path| parents(path)).collect();
    removals.partition(|path| {
        let path = path.as_ref().to_lowercase();
        files.contains(&*path)
            || folders.contains(&*path)
            || parents(&path).any(|folder| files.contains(folder))
    })
}

#[cfg(test)]
mod tests {
    use super::{parents, split_removals};
    use crate::base::OutPath;

    #[track_caller]
    fn check(removals: &[&str], files: &[&str], early: &[&str]) {
        let files: Vec<_> =
            files.iter().map(|path| OutPath::new(path).expect("a valid path")).collect();
        let (first, _) = split_removals(removals.iter().copied(), &files);
        assert_eq!(first, early);
    }

    #[test]
    fn what_makes_room_goes_first() {
        check(&["a", "b"], &["a/index.html"], &["a"]);
        check(&["a/b/index.html", "a/c", "ab"], &["a"], &["a/b/index.html", "a/c"]);
        check(&["About/index.html", "x"], &["about/index.html"], &["About/index.html"]);
        check(&["A"], &["a/index.html"], &["A"]);
        check(&["a/x"], &["a/y"], &[]);
        check(&["a"], &[], &[]);
    }

    #[test]
    fn folders_from_the_outermost() {
        assert_eq!(parents("a/b/c").collect::<Vec<_>>(), ["a", "a/b"]);
    }
}
