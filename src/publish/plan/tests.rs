//! The planner against a target that is a map: whatever was there, a plan that is carried out gives the release, a
//! second one has nothing to do, and at no point in between is a page visible that refers to what is not there. (Two
//! killed runs of different sites, one after the other, may leave pages that refer to one another's: then the third run
//! puts that right, and only at its end.)

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use super::{Goal, Plan, Remote, RemoteFile, UploadPhase, plan};
use crate::base::OutPath;
use crate::publish::release::tests::release;
use crate::publish::release::{ContentHash, Pending, Record, Release, ReleaseId};

/// Every file of a target with its text.
type Tree = BTreeMap<String, String>;

/// What lies at a target beside its files.
#[derive(Clone, Default)]
struct Model {
    tree: Tree,
    record: Record,
    pending: Option<Pending>,
}

impl Model {
    fn remote(&self) -> Remote {
        let found = |text: &String| RemoteFile {
            sum: Some(ContentHash::of(text.as_bytes())),
            headers: None,
        };
        Remote {
            record: self.record.clone(),
            pending: self.pending.clone(),
            there: self.tree.iter().map(|(path, text)| (out(path), found(text))).collect(),
            token: String::new(),
            ..Remote::default()
        }
    }

    /// Carries out a plan, as a target without atomic releases does, and stops before a step.
    fn apply(
        &mut self,
        plan: &Plan,
        site: &Tree,
        stop: usize,
        seen: &mut dyn FnMut(&Tree),
    ) -> bool {
        let mut step = 0;
        let mut next = |model: &Self| {
            seen(&model.tree);
            step += 1;
            step <= stop
        };
        if !next(self) {
            return false;
        }
        self.pending = plan.pending().or(self.pending.take());
        let (early, late) = plan.removals();
        for path in early {
            if !next(self) {
                return false;
            }
            self.tree.remove(path.as_str());
        }
        for phase in UploadPhase::ALL {
            for upload in plan.uploads(phase) {
                if !next(self) {
                    return false;
                }
                let path = upload.path.as_str();
                self.tree.insert(path.to_owned(), site[path].clone());
            }
        }
        if !next(self) {
            return false;
        }
        self.record = plan.record.clone();
        for path in late {
            if !next(self) {
                return false;
            }
            self.tree.remove(path.as_str());
        }
        if !next(self) {
            return false;
        }
        self.pending = None;
        true
    }
}

fn out(path: &str) -> OutPath {
    OutPath::new(path).expect("a valid path")
}

fn of(site: &Tree, id: &str) -> Release {
    let files: Vec<_> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    release(id, None, &files)
}

fn publish(model: &Model, site: &Tree, id: &str) -> Plan {
    plan(&Goal::Publish(of(site, id)), &model.remote(), false, false)
}

/// A crawler that starts at the home page and finds all that is referred to.
fn crawl(tree: &Tree) {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> =
        tree.contains_key("index.html").then_some("index.html").into_iter().collect();
    while let Some(path) = next.pop() {
        let text = tree
            .get(path)
            .unwrap_or_else(|| panic!("{path} is referred to and missing: {tree:#?}"));
        if seen.insert(path) && path.ends_with(".html") {
            next.extend(text.lines().skip(1));
        }
    }
}

const PAGES: [&str; 6] =
    ["index.html", "a/index.html", "b/index.html", "articles/index.html", "404.html", "c.html"];
const FILES: [&str; 4] = ["style.0a1b2c3d.css", "style.4e5f6a7b.css", "theme.css", "data.json"];

/// A site in which every page refers to files of the site alone: a first line, then a path on each line.
fn site() -> impl Strategy<Value = Tree> {
    let part = |all: Vec<&'static str>| proptest::sample::subsequence(all.clone(), 0..=all.len());
    let choice = (part(PAGES[1..].to_vec()), part(FILES.to_vec()), 0..3_u8);
    choice.prop_flat_map(|(pages, files, version)| {
        let names: Vec<&str> = [PAGES[0]].into_iter().chain(pages).chain(files).collect();
        let refs = proptest::collection::vec(
            proptest::sample::subsequence(names.clone(), 0..=names.len()),
            names.len(),
        );
        refs.prop_map(move |refs| {
            let text = |name: &str, refs: Vec<&str>| match name.ends_with(".html") {
                true => format!("{version}\n{}", refs.join("\n")),
                // The bytes of a fingerprinted file go with its name.
                false if name.starts_with("style") => name.to_owned(),
                false => version.to_string(),
            };
            names
                .iter()
                .zip(refs)
                .map(|(name, refs)| (name.to_string(), text(name, refs)))
                .collect()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_sequence_of_releases_converges_and_touches_nothing_else(
        sites in proptest::collection::vec((site(), 0..40_usize, any::<bool>()), 1..9)
    ) {
        let foreign = ("notes.txt".to_owned(), "not ours".to_owned());
        let mut model = Model { tree: [foreign.clone()].into(), ..Model::default() };
        let mut killed = 0;
        for (at, (site, stop, finish)) in sites.iter().enumerate() {
            let mut reader = |tree: &Tree| if killed < 2 { crawl(tree) };
            // A run that is killed, and perhaps another one then that is not.
            let first = publish(&model, site, &format!("r{at}a"));
            prop_assert!(first.adopted.is_empty());
            let ended = model.apply(&first, site, *stop, &mut reader);
            killed = if ended { 0 } else { killed + 1 };
            if !finish {
                continue;
            }
            let second = publish(&model, site, &format!("r{at}b"));
            let mut reader = |tree: &Tree| if killed < 2 { crawl(tree) };
            prop_assert!(model.apply(&second, site, usize::MAX, &mut reader));
            killed = 0;
            // Readers find the release, and nothing else but what open pages load, and what is not ours.
            for (path, text) in site {
                prop_assert_eq!(model.tree.get(path), Some(text));
            }
            let known = |path: &String| {
                site.contains_key(path) || *path == foreign.0 || second.retained.contains(&out(path))
            };
            prop_assert!(model.tree.keys().all(known));
            prop_assert_eq!(model.tree.get(&foreign.0), Some(&foreign.1));
            let again = publish(&model, site, &format!("r{at}c"));
            prop_assert!(!again.is_needed && again.puts() == 0, "{again:?}");
            // Whatever is kept can be gone back to.
            prop_assert!(model.record.releases.len() <= super::KEPT);
            prop_assert_eq!(model.record.live(), second.release());
        }
    }

    #[test]
    fn a_rollback_gives_the_release_before(one in site(), two in site()) {
        let mut model = Model::default();
        for (site, id) in [(&one, "one"), (&two, "two")] {
            let plan = publish(&model, site, id);
            model.apply(&plan, site, usize::MAX, &mut crawl);
        }
        prop_assume!(model.record.releases.len() == 2);
        let back = plan(&Goal::Rollback(ReleaseId::new("one").expect("a name")), &model.remote(), false, false);
        prop_assert!(model.apply(&back, &one, usize::MAX, &mut crawl));
        for (path, text) in &one {
            prop_assert_eq!(model.tree.get(path), Some(text));
        }
        prop_assert_eq!(model.record.live.as_ref().map(ReleaseId::as_str), Some("one"));
        prop_assert_eq!(model.record.releases.len(), 2, "the release that was left is kept");
    }
}

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn names(paths: &[OutPath]) -> Vec<&str> {
    paths.iter().map(OutPath::as_str).collect()
}

#[test]
fn files_stay_for_open_pages_through_three_releases() {
    let mut model = Model::default();
    let style = |n: u32| format!("style.0000000{n}a.css");
    for n in 1..=5 {
        let site = tree(&[("index.html", &n.to_string()), (&style(n), "x"), ("old.html", "x")]);
        let plan = publish(&model, &site, &format!("r{n}"));
        model.apply(&plan, &site, usize::MAX, &mut |_| {});
        let expected: Vec<String> = (n.saturating_sub(2).max(1)..=n).map(style).collect();
        let found: Vec<&String> = model.tree.keys().filter(|path| path.ends_with(".css")).collect();
        assert_eq!(found, expected.iter().collect::<Vec<_>>(), "after release {n}");
    }
    let site = tree(&[("index.html", "6")]);
    let pruned = plan(&Goal::Publish(of(&site, "r6")), &model.remote(), false, true);
    assert_eq!(names(&pruned.removed), ["old.html", &style(3), &style(4), &style(5)]);
    assert_eq!(pruned.deletions, 2, "what readers do not find is not counted");
}

#[test]
fn what_is_not_ours_is_named_before_it_is_taken_over() {
    let model = Model {
        tree: tree(&[("index.html", "theirs"), ("a.txt", "same"), ("b.txt", "x")]),
        ..Model::default()
    };
    let site = tree(&[("index.html", "ours"), ("a.txt", "same")]);
    let plan = publish(&model, &site, "r1");
    assert!(plan.first_into_filled);
    assert_eq!(names(&plan.adopted), ["a.txt", "index.html"]);
    assert_eq!((plan.foreign, plan.removed.len()), (1, 0));
    for (path, fills) in
        [("CNAME", false), (".nojekyll", false), ("cname", true), ("a/CNAME", true)]
    {
        let host = Model { tree: tree(&[(path, "x")]), ..Model::default() };
        assert_eq!(publish(&host, &site, "r1").first_into_filled, fills, "{path}");
    }
}

#[test]
fn what_makes_room_goes_first() {
    let mut model = Model::default();
    let before = tree(&[("a", "1"), ("b/index.html", "1"), ("About.html", "1"), ("z", "1")]);
    let first = publish(&model, &before, "r1");
    model.apply(&first, &before, usize::MAX, &mut |_| {});
    let plan =
        publish(&model, &tree(&[("a/index.html", "1"), ("b", "1"), ("about.html", "1")]), "r2");
    let (early, late) = plan.removals();
    assert_eq!(
        early.into_iter().map(OutPath::as_str).collect::<Vec<_>>(),
        ["About.html", "a", "b/index.html"]
    );
    assert_eq!(late.into_iter().map(OutPath::as_str).collect::<Vec<_>>(), ["z"]);
}

#[test]
fn headers_alone_are_a_change_where_a_target_keeps_them() {
    let site = tree(&[("index.html", "1")]);
    let mut old = of(&site, "r1");
    for entry in old.files.values_mut() {
        entry.headers.cache_control = "no-store".into();
    }
    let found = |entry: &super::ReleaseEntry| RemoteFile {
        sum: Some(entry.sum),
        headers: Some(entry.headers.clone()),
    };
    let remote = Remote {
        there: old.files.iter().map(|(path, entry)| (path.clone(), found(entry))).collect(),
        record: Record::new(ReleaseId::new("r1"), vec![old]),
        ..Remote::default()
    };
    let goal = Goal::Publish(of(&site, "r2"));
    let keeps = plan(&goal, &remote, true, false);
    assert_eq!(
        (names(&keeps.headers), keeps.is_release, keeps.bytes()),
        (vec!["index.html"], true, 0)
    );
    assert!(!plan(&goal, &remote, false, false).is_needed);
}
