//! Writes one of the sites that other benchmarks time into a folder: to look at it, to profile a build of it, or to
//! train the program on it.
//!
//! ```sh
//! cargo bench --bench site -- FOLDER ARTICLES [explainers | press | record]
//! ```

#![allow(clippy::print_stderr, reason = "a program for the command line")]
// Hugo's sites, and texts about names, are for others.
#![allow(dead_code, reason = "another benchmark uses the rest of the generator")]

mod generator;

use std::path::Path;
use std::process::ExitCode;

use generator::{Content, Generator};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let (folder, articles, content) = match &args[..] {
        [folder, articles] => (folder, articles, Some(Content::Explainers)),
        [folder, articles, content] => (folder, articles, Content::of(content)),
        _ => return usage(),
    };
    let (Ok(articles), Some(content)) = (articles.parse(), content) else { return usage() };
    generator::write(&Generator::of(content, articles), Path::new(folder));
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: site FOLDER ARTICLES [explainers | press | record]");
    ExitCode::from(2)
}
