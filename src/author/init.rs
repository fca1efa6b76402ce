//! `briefing init`: the first files of a site, and what builds it by itself.

use crate::base::{SourcePath, credential};
use crate::yaml::scalar_text;

use super::NewFile;

/// Where a site is built by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ci {
    /// GitHub Actions.
    Github,
    /// GitLab CI/CD.
    Gitlab,
}

/// What a site's `.gitignore` holds.
pub const IGNORED: [&str; 2] = ["/public/", "/.briefing/"];

/// A site with an article, a player and a page of questions that name each other. `title` is the site's, and `today` the
/// day on which the article is published.
pub fn site(title: &str, today: &str) -> Vec<NewFile> {
    let title = scalar_text(title);
    let file = |path: &str, text: String| NewFile { path: SourcePath::new(path), text };
    vec![
        file("content/site.yaml", SITE.replace("{title}", &title)),
        file("content/articles/why-water-costs-more.md", ARTICLE.replace("{today}", today)),
        file("content/players/water-board.md", PLAYER.to_owned()),
        file("content/faq/water-questions.md", FAQ.to_owned()),
    ]
}

/// What git is to leave alone.
pub fn gitignore() -> NewFile {
    let text = IGNORED.map(|line| format!("{line}\n")).concat();
    NewFile { path: SourcePath::new(".gitignore"), text }
}

/// Where a workflow gets the program from: a commit of a repository.
///
/// Never a registry's name: a stranger who registers that name first would run code in every workflow that installs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramOrigin {
    git: String,
    rev: String,
}

impl ProgramOrigin {
    /// A repository and a commit of it, which a workflow gives to `cargo install`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn new(git: &str, rev: &str) -> Result<Self, String> {
        let schemes = ["https://", "ssh://", "git@"];
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/@%+".contains(c);
        if !schemes.iter().any(|scheme| git.starts_with(scheme)) || !git.chars().all(plain) {
            return Err("`--git` takes the address of a repository, such as https://git.example/briefing.git".into());
        }
        if credential::has_password(git) || credential::token_in(git.as_bytes()).is_some() {
            return Err(
                "`--git` takes an address without a password: the workflow is a public file".into(),
            );
        }
        let is_hash =
            (7..=64).contains(&rev.len()) && rev.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hash {
            let help = "`git rev-parse HEAD` in the repository prints it";
            return Err(format!(
                "`--rev` takes the hash of a commit, which cannot be moved as a tag can: {help}"
            ));
        }
        Ok(Self { git: git.to_owned(), rev: rev.to_owned() })
    }
}

/// What builds and checks the site on every push and once a day, and publishes it where it says where.
pub fn workflow(ci: Ci, origin: &ProgramOrigin) -> NewFile {
    let (path, text) = match ci {
        Ci::Github => (".github/workflows/publish.yml", GITHUB),
        Ci::Gitlab => (".gitlab-ci.yml", GITLAB),
    };
    let text = text.replace("{git}", &origin.git).replace("{rev}", &origin.rev);
    NewFile { path: SourcePath::new(path), text }
}

const SITE: &str = "\
# The site's settings. `briefing explain site` lists them all.
title: {title}
# description: One or two plain sentences about the site.

# Where the site will be. Without it, absolute links are left out.
# base_url: https://example.org/

# When a day begins, for pages that are published or expire on a day.
# timezone: Europe/London

# The language of the pages.
# lang: en

# The author of articles that name none.
# authors: [Ann Author]

# What the home page shows first.
featured: [why-water-costs-more]

# The links at the top of every page. Default: the site's indexes.
# nav: [{text: Articles, to: /articles/}, water-board]

# Where `briefing publish` puts the site.
# publish:
#   live: {to: \"dir:../www\", url: \"https://example.org/\"}
";

const ARTICLE: &str = "\
---
title: Why water costs more this year
summary: The price rises in spring. Who decided that, and what it pays for.
published: {today}
players:
  - player: water-board
    role: sets the price
    position: The price must follow the cost of the new pipes.
key_points:
  - The Water Board sets the price once a year.
  - Most of the rise pays for new pipes.
faq: [water-questions]
---

This is an invented story, to be replaced by yours. The Water Board is a player of this site, so its name leads to its
page by itself. Double brackets do that for other words: [[water-board|the board]] decided so last year, too.

## What the money is for

Old pipes lose water. [The questions](../faq/water-questions.md) say how much, and the
[board's page](player:water-board) lists every article that names it.
";

const PLAYER: &str = "\
---
name: Water Board
kind: organisation
summary: Runs the pipes and sets the price of water; an invented example.
---

The board has five members. What it decided last is told in [[why-water-costs-more]].
";

const FAQ: &str = "\
---
title: Questions about water
about: water-board
article: why-water-costs-more
---

## Who sets the price of water?

The Water Board does, once a year.

## How much water do old pipes lose?

About a tenth, says [[water-board|the board]].
";

const GITHUB: &str = "\
# Builds, checks and publishes the site: on every push, and once a day, because a page that is scheduled or expires
# changes the site without an edit. Other branches and pull requests are built and checked alone.
name: site

on:
  push:
  pull_request:
  workflow_dispatch:
  schedule:
    - cron: '23 4 * * *'

permissions:
  # Publishing to a branch of this repository writes to it; for other targets, `read` is enough.
  contents: write

concurrency:
  group: site-${{ github.ref }}
  cancel-in-progress: false

env:
  # The program, by the commit that it is built from. Another commit is built once, and then comes from the cache.
  BRIEFING_GIT: '{git}'
  BRIEFING_REV: '{rev}'

jobs:
  site:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - id: briefing
        uses: actions/cache@v4
        with:
          path: ~/.cargo/bin/briefing
          key: briefing-${{ env.BRIEFING_REV }}-${{ runner.os }}-${{ runner.arch }}
      - name: Install briefing
        if: steps.briefing.outputs.cache-hit != 'true'
        run: cargo install --git \"$BRIEFING_GIT\" --rev \"$BRIEFING_REV\" --locked briefing
      - name: Build
        run: briefing build
      - name: Check
        run: briefing check
      # `publish:` in content/site.yaml says where. Credentials of a target are secrets of this repository, given here
      # as environment variables.
      - name: Publish
        if: >-
          github.event_name != 'pull_request' &&
          github.ref_name == (github.event.repository.default_branch || github.ref_name)
        run: |
          if grep -q '^publish:' content/site.yaml; then
            briefing publish --yes
          else
            echo 'nothing was published: content/site.yaml names no target under `publish:`'
          fi
";

const GITLAB: &str = "\
# Builds, checks and publishes the site: on every push, and once a day, because a page that is scheduled or expires
# changes the site without an edit. The day's run is a pipeline schedule of the project (Build, Pipeline
# schedules, such as `23 4 * * *`): GitLab keeps it outside of this file. Other branches and merge requests are built
# and checked alone.
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'
    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS
      when: never
    - if: $CI_COMMIT_BRANCH

default:
  image: rust:1
  cache:
    key: briefing-$BRIEFING_REV
    paths:
      - .cargo-briefing/
  before_script:
    - export PATH=\"$CI_PROJECT_DIR/.cargo-briefing/bin:$PATH\"
    # The program, by the commit that it is built from. Another commit is built once, and then comes from the cache.
    - test -x \"$CI_PROJECT_DIR/.cargo-briefing/bin/briefing\" || cargo install --git \"$BRIEFING_GIT\" --rev \"$BRIEFING_REV\" --locked --root \"$CI_PROJECT_DIR/.cargo-briefing\" briefing

variables:
  BRIEFING_GIT: '{git}'
  BRIEFING_REV: '{rev}'

stages: [check, publish]

check:
  stage: check
  script:
    - briefing build
    - briefing check

# `publish:` in content/site.yaml says where. Credentials of a target are CI/CD variables of the project.
publish:
  stage: publish
  resource_group: site
  script:
    - |
      if grep -q '^publish:' content/site.yaml; then
        briefing publish --yes
      else
        echo 'nothing was published: content/site.yaml names no target under `publish:`'
      fi
  rules:
    - if: $CI_PIPELINE_SOURCE != 'merge_request_event' && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
";
