//! The `briefing` binary: everything is in the library.

fn main() {}
