//! States of a site that a careless key takes for one another: an engine that goes from each to each other one gives
//! what a fresh engine gives.

use std::io;
use std::path::PathBuf;

use briefing::base::SourcePath;
use briefing::engine::{Engine, Options};
use briefing::source::{Listing, Memory, Source};
use rayon::prelude::*;

use crate::edit::Editor;
use crate::small::{Plan, site};
use crate::{all, equal};

/// A site in a folder of some name, in which one file may be unreadable.
#[derive(Clone)]
struct State {
    site: Memory,
    folder: &'static str,
    unreadable: Option<(&'static str, io::ErrorKind)>,
}

impl Source for State {
    fn list(&self) -> Listing {
        self.site.list()
    }

    fn read(&self, path: &SourcePath) -> io::Result<Vec<u8>> {
        match self.unreadable {
            Some((unreadable, kind)) if path.as_str() == unreadable => Err(kind.into()),
            _ => self.site.read(path),
        }
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        self.site.on_disk(path)
    }
}

/// A site, and the same with one file in states that differ in little.
fn states(path: &'static str) -> Vec<State> {
    let plain = || site(&Plan { articles: 0, names: (0..7).collect() });
    let state = |site| State { site, folder: "site", unreadable: None };
    let mut states = vec![state(plain()), state(plain()), state(plain())];
    states[1].site.remove(path);
    states[2].site.remove(path);
    states[2].folder = "another";
    for text in ["", "none", "unreadable", "0", "1"] {
        states.push(state(plain()));
        states.last_mut().unwrap().site.write(path, text);
    }
    for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::NotFound] {
        states.push(State { unreadable: Some((path, kind)), ..state(plain()) });
    }
    states
}

#[test]
fn no_state_is_taken_for_another() {
    let options = |state: &State| Options {
        folder: state.folder.to_string(),
        ..Editor::new(Memory::new()).options
    };
    for path in ["content/site.yaml", "content/articles/story-0.md", "templates/404.html"] {
        let states = states(path);
        let pairs = (0..states.len()).flat_map(|from| (0..states.len()).map(move |to| (from, to)));
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let wrong: Vec<String> = pairs
            .par_iter()
            .filter_map(|(from, to)| {
                let (before, after) = (&states[*from], &states[*to]);
                let (mut engine, mut fresh) = (Engine::new(), Engine::new());
                all(&engine.load(before, options(before)), before);
                let kept = all(&engine.load(after, options(after)), after);
                let clean = all(&fresh.load(after, options(after)), after);
                let why = equal(&kept, &clean).err()?;
                Some(format!("{path}, from state {from} to state {to}: {why}"))
            })
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
    }
}
