//! A publish is killed before every step; what [`killing`](crate::killing) holds after each.

use std::fs;

use crate::killing::{check, earlier};
use crate::world::{World, repository_tree};

#[test]
fn a_folder_that_is_switched() {
    let world = World::new();
    check("dir, first", &world, &["live"], &World::www, true);
    world.publish(&["live"]).expect(0);
    world.change();
    check("dir, change", &world, &["live"], &World::www, true);
    world.publish(&["live"]).expect(0);
    check(
        "dir, rollback",
        &world,
        &["rollback", "live", &earlier(&world, "live")],
        &World::www,
        true,
    );
}

#[test]
fn a_folder_that_is_written_file_by_file() {
    let world = World::new();
    fs::create_dir(world.root().join("www")).unwrap();
    fs::write(world.root().join("www/theirs.txt"), "theirs").unwrap();
    check("dir by files, adoption", &world, &["live", "--adopt"], &World::www, false);
    world.publish(&["live", "--adopt"]).expect(0);
    world.change();
    check("dir by files, change", &world, &["live"], &World::www, false);
    world.publish(&["live"]).expect(0);
    check(
        "dir by files, rollback",
        &world,
        &["rollback", "live", &earlier(&world, "live")],
        &World::www,
        false,
    );
}

#[test]
fn a_branch() {
    let world = World::new();
    crate::git::repository(&world, "pages.git");
    let readers = |world: &World| repository_tree(&world.root().join("pages.git"), "gh-pages");
    check("git, first", &world, &["pages"], &readers, true);
    world.publish(&["pages"]).expect(0);
    world.change();
    check("git, change", &world, &["pages"], &readers, true);
    world.publish(&["pages"]).expect(0);
    check(
        "git, rollback",
        &world,
        &["rollback", "pages", &earlier(&world, "pages")],
        &readers,
        true,
    );
}
