//! Links that others put where a command writes: nothing behind them is read, written or made, and no mode changes.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use crate::support::{SiteTest, tree};

const SITE: &str = "
    //- /content/site.yaml
    title: Talks
    featured: [ann]
    //- /content/players/ann.md
    ---
    name: Ann
    ---
    //- /content/articles/story.md
    ---
    title: Story
    players: [ann]
    ---
    [[ann]] spoke.
";

/// A site, and a folder beside it with a private file.
struct Planted {
    site: SiteTest,
    outside: PathBuf,
}

impl Planted {
    fn new() -> Self {
        Self::of(SITE)
    }

    fn of(fixture: &str) -> Self {
        let site = SiteTest::new(fixture);
        let outside = site.path().join("../outside");
        fs::create_dir(&outside).unwrap();
        let secret = outside.join("secret");
        fs::write(&secret, "secret\n").unwrap();
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
        Self { site, outside: outside.canonicalize().unwrap() }
    }

    fn link(&self, to: impl AsRef<Path>, path: &str) {
        let place = self.site.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        symlink(to, place).unwrap();
    }

    fn mode(&self) -> u32 {
        fs::metadata(self.outside.join("secret")).unwrap().permissions().mode() & 0o777
    }

    #[track_caller]
    fn is_untouched(&self, what: &str) {
        let found = tree(&self.outside);
        assert_eq!(found.len(), 1, "{what}: {:?}", found.keys());
        assert_eq!(found["secret"], b"secret\n", "{what}");
        assert_eq!(self.mode(), 0o600, "{what}");
        let folders = fs::read_dir(&self.outside).unwrap().count();
        assert_eq!(folders, 1, "{what}: a folder was made");
    }
}

#[test]
fn a_planted_name_beside_what_is_renamed() {
    for name in [
        "players/.ann.md.briefing",
        "players/.cy.md.briefing",
        "articles/.story.md.briefing",
        ".site.yaml.briefing",
        "articles/.story.md.0123456789abcdef.briefing",
    ] {
        let planted = Planted::new();
        planted.link(planted.outside.join("secret"), &format!("content/{name}"));
        planted.site.run(&["rename", "ann", "cy", "--yes"], &[]).expect(0);
        planted.is_untouched(name);
        let story = planted.site.tree("content/articles")["story.md"].clone();
        assert!(String::from_utf8(story).unwrap().contains("[[cy]] spoke"), "{name}");
    }
}

#[test]
fn a_planted_name_beside_what_is_new() {
    for (kind, name) in [
        ("article", "articles/.big-news.md.briefing"),
        ("player", "players/.big-news.md.briefing"),
        ("faq", "faq/.big-news.md.briefing"),
        ("faq", "faq/.big-news.md"),
    ] {
        let planted = Planted::new();
        planted.link(planted.outside.join("secret"), &format!("content/{name}"));
        planted.site.run(&["new", kind, "Big news"], &[]).expect(0);
        planted.is_untouched(name);
        let folder = if kind == "faq" { "faq".to_owned() } else { format!("{kind}s") };
        assert!(
            planted.site.path().join(format!("content/{folder}/big-news.md")).is_file(),
            "{name}"
        );
    }
    // The page's own name.
    let planted = Planted::new();
    planted.link(planted.outside.join("new"), "content/articles/big-news.md");
    let run = planted.site.run(&["new", "article", "Big news"], &[]).expect(5);
    assert!(run.stderr.contains("`content/articles/big-news.md` already exists"), "{}", run.stderr);
    planted.is_untouched("a dangling link");
}

#[test]
fn a_folder_that_leads_out() {
    for (kind, folder, to) in [
        ("faq", "content/faq", ""),
        ("faq", "content/faq", "nowhere"),
        ("faq", "content/faq", "../site/.git"),
        ("faq", "content/faq", "../site/public"),
    ] {
        let planted = Planted::new();
        fs::create_dir_all(planted.site.path().join(".git")).unwrap();
        fs::create_dir_all(planted.site.path().join("public")).unwrap();
        planted.link(planted.outside.join(to), folder);
        let run = planted.site.run(&["new", kind, "Big news"], &[]).expect(5);
        assert!(
            run.stderr.contains(&format!("`{folder}` is a link that leads out")),
            "{}",
            run.stderr
        );
        planted.is_untouched(to);
        for folder in [".git", "public"] {
            assert!(planted.site.tree(folder).is_empty(), "{to}: {folder}");
        }
    }
}

/// Which program a workflow builds.
const PROGRAM: [&str; 4] =
    ["--git", "https://example.org/b.git", "--rev", "24d106e0000000000000000000000000000000aa"];

#[test]
fn what_begins_a_site_stays_in_it() {
    for (path, args) in [
        ("content", &["init"][..]),
        ("content/articles", &["init"]),
        ("content/players", &["init"]),
        ("content/faq", &["init"]),
        (".github", &[&["init", "--ci", "github"][..], &PROGRAM].concat()),
        (".github/workflows", &[&["init", "--ci", "github"][..], &PROGRAM].concat()),
    ] {
        for to in ["", "nowhere"] {
            let planted = Planted::of("//- /README.md\nMine\n");
            planted.link(planted.outside.join(to), path);
            let run = planted.site.run(args, &[]).expect(5);
            // What `content` leads to is a site, or none of ours.
            let said = [path, "has a site already"];
            assert!(said.iter().any(|said| run.stderr.contains(said)), "{path}: {}", run.stderr);
            planted.is_untouched(path);
        }
    }
    for path in [".gitignore", ".gitlab-ci.yml", "content/site.yaml"] {
        let planted = Planted::of("//- /README.md\nMine\n");
        planted.link(planted.outside.join("nowhere"), path);
        // A `.gitignore` that is there is left alone.
        let code = if path == ".gitignore" { 0 } else { 5 };
        let args = [&["init", "--ci", "gitlab"][..], &PROGRAM].concat();
        planted.site.run(&args, &[]).expect(code);
        planted.is_untouched(path);
    }
}

/// Links of the owner's: within `content/`, at `content` itself, and into a shared folder.
#[test]
fn links_that_may_be_followed_are() {
    let site = SiteTest::new(SITE);
    fs::create_dir_all(site.path().join("content/questions")).unwrap();
    symlink("questions", site.path().join("content/faq")).unwrap();
    site.run(&["new", "faq", "Big news"], &[]).expect(0);
    assert!(site.path().join("content/questions/big-news.md").exists());

    let site = SiteTest::new(SITE);
    fs::rename(site.path().join("content"), site.path().join("../kept")).unwrap();
    symlink("../kept", site.path().join("content")).unwrap();
    site.run(&["new", "article", "Big news"], &[]).expect(0);
    assert!(site.path().join("../kept/articles/big-news.md").exists());
    site.run(&["rename", "ann", "cy", "--yes"], &[]).expect(0);
    assert!(site.path().join("../kept/players/cy.md").exists());
    assert!(site.path().join("content").is_symlink());
    let story = fs::read_to_string(site.path().join("../kept/articles/story.md")).unwrap();
    assert!(story.contains("players: [cy]"), "{story}");

    let site = SiteTest::new(SITE);
    let path = |path: &str| site.path().join(path);
    fs::create_dir(path("../shared")).unwrap();
    fs::rename(path("content/articles/story.md"), path("../shared/story.md")).unwrap();
    symlink("../../../shared/story.md", path("content/articles/story.md")).unwrap();
    site.edit("content/site.yaml", "title: Talks\nfeatured: [ann]\nshared: ../shared\n");
    fs::set_permissions(path("../shared/story.md"), fs::Permissions::from_mode(0o640)).unwrap();
    site.run(&["rename", "ann", "cy", "--yes"], &[]).expect(0);
    assert!(path("content/articles/story.md").is_symlink());
    let story = fs::read_to_string(path("../shared/story.md")).unwrap();
    assert!(story.contains("players: [cy]"), "{story}");
    let mode = fs::metadata(path("../shared/story.md")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

/// Nothing is left beside what was written, and each file has the mode that it had.
#[test]
fn modes_stay_and_nothing_is_left() {
    for mode in [0o600, 0o640, 0o444, 0o664] {
        let site = SiteTest::new(SITE);
        let story = site.path().join("content/articles/story.md");
        fs::set_permissions(&story, fs::Permissions::from_mode(mode)).unwrap();
        site.run(&["rename", "ann", "cy", "--yes"], &[]).expect(0);
        assert_eq!(fs::metadata(&story).unwrap().permissions().mode() & 0o777, mode);
        let files: Vec<String> = site.tree("content").into_keys().collect();
        assert_eq!(files, ["articles/story.md", "players/cy.md", "site.yaml"]);
    }
}
