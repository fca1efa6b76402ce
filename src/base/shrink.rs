//! Lists that stay.

/// A list without room for more: it stays for as long as its document does. The items move, because an allocator may
/// well shrink a list and leave it where it is.
pub fn shrunk_to_fit<T>(mut items: Vec<T>) -> Vec<T> {
    if items.len() == items.capacity() {
        return items;
    }
    let mut exact = Vec::with_capacity(items.len());
    exact.append(&mut items);
    exact
}
