//! Standard output and standard error, either of which may refuse what is written to it: a full disk, a closed pipe.
//!
//! A refusal stops nothing: what a command does does not depend on what is read of it. But the program then ends with
//! [`ENVIRONMENT`], for what it had to say was not said.

use std::fmt::Arguments;
use std::io::{self, Write};
use std::sync::OnceLock;

use super::ENVIRONMENT;

/// Why something could not be written, the first time.
static REFUSED: OnceLock<io::Error> = OnceLock::new();

/// Writes to standard output.
pub(super) fn out(text: Arguments<'_>) {
    note(anstream::stdout().lock().write_fmt(text));
}

/// Writes to standard error.
pub(super) fn err(text: Arguments<'_>) {
    note(anstream::stderr().lock().write_fmt(text));
}

/// Keeps that something could not be written.
pub(super) fn note(written: io::Result<()>) {
    match written {
        // A reader such as `head` has had enough: that is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => drop(REFUSED.set(error)),
        _ => {}
    }
}

/// The exit code of a command, or that of what could not be said of it.
pub(super) fn code(of_command: u8) -> u8 {
    note(io::stdout().flush());
    match REFUSED.get() {
        None => of_command,
        Some(error) => {
            let said = writeln!(io::stderr(), "error: cannot write: {}", error.kind());
            // If that cannot be said either, the code says it.
            drop(said);
            ENVIRONMENT
        }
    }
}
