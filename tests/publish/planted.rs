//! What [`foreign`](crate::foreign) holds, of each target that needs git and a file system.

use std::fs;
use std::path::Path;

use crate::foreign::{Place, check, own_folder};
use crate::world::World;

/// A folder that is ours, and becomes a link.
#[test]
fn around_a_folder_that_is_switched() {
    check(&|| {
        let world = World::new();
        world.publish(&["live"]).expect(0);
        world.site.build(&[]).expect(0);
        let folders = [
            "www",
            ".",
            ".briefing-www",
            ".briefing-www/releases",
            "site/public",
            "site/.briefing",
        ];
        let folders = folders.map(str::to_owned).to_vec();
        let releases = Some(".briefing-www/releases".into());
        (world, Place { to: "live".into(), folders, releases })
    });
}

#[test]
fn around_a_folder_that_is_written_file_by_file() {
    check(&|| {
        let world = World::new();
        fs::create_dir_all(world.root().join("www/theirs")).unwrap();
        fs::create_dir_all(world.root().join("kept/photos")).unwrap();
        let config = "title: Talks\npublish:\n  live: {to: \"dir:../www\", history: \"../kept\"}\n";
        world.site.edit("content/site.yaml", config);
        world.publish(&["live", "--adopt"]).expect(0);
        let own = own_folder(&world.root().join("kept"));
        let mut folders =
            ["www", ".", "kept", ".briefing-www", "site/.briefing"].map(str::to_owned).to_vec();
        folders.push(format!("kept/{own}"));
        let releases = Some(Path::new("kept").join(own));
        (world, Place { to: "live".into(), folders, releases })
    });
}

#[test]
fn around_a_branch() {
    check(&|| {
        let world = World::new();
        crate::git::repository(&world, "pages.git");
        world.publish(&["pages"]).expect(0);
        let folders = [".", "site/.briefing", "site/.briefing/publish"].map(str::to_owned).to_vec();
        (world, Place { to: "pages".into(), folders, releases: None })
    });
}
