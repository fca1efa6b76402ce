//! The command line: arguments in, messages and an exit code out.
//!
//! The only module that prints, reads the environment or asks a clock. Diagnostics and summaries go to standard
//! error, so that standard output holds what was asked for: JSON, an explanation.
//!
//! Exit codes: 0 clean, 1 errors in the input, 2 usage, 3 environment (input, output, disk), 4 a publish reached its
//! target and is not fully good, 5 a guard refused and nothing changed.

mod args;
mod build;
mod check;
mod due;
mod explain;
mod init;
mod load;
mod mentions;
mod names;
mod new;
mod out;
mod print;
mod publish;
mod rename;
#[cfg(feature = "serve")]
mod serve;
mod theme;
mod why;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// Exit code: errors in the input.
const INPUT: u8 = 1;
/// Exit code: the arguments make no sense.
const USAGE: u8 = 2;
/// Exit code: the machine, the disk or the network does not give what is needed.
const ENVIRONMENT: u8 = 3;
/// Exit code: a publish reached its target and is not fully good.
const NOT_GOOD: u8 = 4;
/// Exit code: a guard refused and nothing changed.
const GUARD: u8 = 5;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are not mistakes; clap knows which stream each belongs to.
            let code = if error.use_stderr() { USAGE } else { 0 };
            out::note(error.print());
            return ExitCode::from(out::code(code));
        }
    };
    // Started here, where a failure can be reported.
    if let Err(error) = rayon::ThreadPoolBuilder::new().build_global() {
        print::error(&format!("no threads can be started: {error}"));
        return ExitCode::from(out::code(ENVIRONMENT));
    }
    let code = match args.command {
        Command::Build(args) => build::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Due(args) => due::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Mentions(args) => mentions::run(&args),
        Command::Names(args) => names::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Init(args) => init::run(&args),
        Command::New(args) => new::run(&args),
        Command::Rename(args) => rename::run(&args),
        Command::Theme(args) => theme::run(&args),
    };
    ExitCode::from(out::code(code))
}
