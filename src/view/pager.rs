//! Which items of a list stand on which of its pages, and the links between these.

use std::sync::Arc;

use crate::site::{CAP, PAGE, newest_first_page, older_page, pages, rest_pages};

use super::common::Pager;

/// The newest items, or a page counted from the oldest.
pub(super) fn first_or_page<T>(items: &[T], number: usize) -> &[T] {
    match number {
        0 => &items[..items.len().min(CAP)],
        number => newest_first_page(items, number),
    }
}

/// A page of an alphabetical index; 0 and 1 are the first.
pub(super) fn window<T>(items: &[T], number: usize) -> &[T] {
    let start = (number.max(1) - 1) * PAGE;
    &items[start.min(items.len())..(start + PAGE).min(items.len())]
}

/// The links of a list whose pages count from its first item.
pub(super) fn in_order(
    number: usize,
    total: usize,
    page: &dyn Fn(usize) -> Option<Arc<str>>,
) -> Pager {
    Pager {
        previous: match number {
            0 => None,
            2 => page(0),
            number => page(number - 1),
        },
        next: (number.max(1) < pages(total)).then(|| page(number.max(1) + 1)).flatten(),
        number: (number > 0).then_some(number),
        by_date: false,
    }
}

/// The links of a list by date, whose pages count from the oldest: the next page is the older one.
pub(super) fn by_date(
    number: usize,
    total: usize,
    first: Option<Arc<str>>,
    page: &dyn Fn(usize) -> Option<Arc<str>>,
) -> Pager {
    let (previous, next) = match number {
        0 => (None, older_page(total).and_then(page)),
        number if number == rest_pages(total) => (first, older(number).and_then(page)),
        number => (page(number + 1), older(number).and_then(page)),
    };
    Pager { previous, next, number: (number > 0).then_some(number), by_date: true }
}

fn older(number: usize) -> Option<usize> {
    (number > 1).then(|| number - 1)
}
