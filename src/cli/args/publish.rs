//! The arguments of `briefing publish`.

use std::path::PathBuf;

use clap::Subcommand;

use super::Format;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, after_help = publish_help())]
pub(in crate::cli) struct PublishArgs {
    #[command(subcommand)]
    pub(in crate::cli) verb: Option<PublishVerb>,
    #[command(flatten)]
    pub(in crate::cli) run: PublishRun,
}

fn publish_help() -> String {
    let s3 = match cfg!(feature = "s3") {
        true => "a store that speaks S3, written file by file",
        false => "a store that speaks S3; not in this program: build it with `--features s3`",
    };
    format!(
        "Targets:\n  \
            dir:PATH              a folder; PATH becomes a link that is switched to each release\n  \
            git:REMOTE#BRANCH     a branch that a host shows, such as GitHub Pages\n  \
            ssh:USER@HOST:PATH    a folder of a host with a shell, switched like one of this machine\n  \
            rsync:USER@HOST:PATH  a folder of a host with rsync, written file by file\n  \
            s3:BUCKET/PREFIX      {s3}\n\n\
            Examples:\n  \
            briefing publish live                    the target `live` of content/site.yaml\n  \
            briefing publish dir:../www              a folder that no file names\n  \
            briefing publish live --dry-run          what would be done\n  \
            briefing publish rollback live           the release before\n\n\
            Exit codes: 0 published and verified, 3 not reached, 4 published and not verified (or not to the end), 5 refused"
    )
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PublishVerb {
    /// List the releases that a target keeps.
    History(TargetArgs),
    /// Build, and show every file that a publish would add, change or remove.
    Diff(TargetArgs),
    /// Check that readers get the release that is live: every file of it.
    Verify(TargetArgs),
    /// Make an earlier release the one that is live.
    Rollback(RollbackArgs),
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TargetArgs {
    /// A name in content/site.yaml, or a place such as dir:../www. Default: the only one that site.yaml names.
    pub(in crate::cli) target: Option<String>,
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(in crate::cli) site: PathBuf,
    /// Check once, instead of waiting until readers get what was published.
    #[arg(long)]
    pub(in crate::cli) no_wait: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct RollbackArgs {
    /// A name in content/site.yaml, or a place such as dir:../www.
    pub(in crate::cli) target: String,
    /// The release. Default: the one that was live before.
    pub(in crate::cli) release: Option<String>,
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(in crate::cli) site: PathBuf,
    /// Do not ask.
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    /// Show what would be done, and do nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Do not check what readers get.
    #[arg(long)]
    pub(in crate::cli) no_wait: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct PublishRun {
    /// A name in content/site.yaml, or a place such as dir:../www. Default: the only one that site.yaml names.
    pub(in crate::cli) target: Option<String>,
    /// The site's folder, which holds content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(in crate::cli) site: PathBuf,
    /// Do not ask.
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    /// Show the plan, and do nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Write the plan to a file, and do nothing.
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    pub(in crate::cli) plan_out: Option<PathBuf>,
    /// Carry out a plan that was written to a file, if neither the site nor the target has changed since.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["plan_out", "dry_run", "adopt", "max_deletions", "allow_older", "allow"]
    )]
    pub(in crate::cli) apply: Option<PathBuf>,
    /// Take over a target that holds files which no publish of this site made.
    #[arg(long)]
    pub(in crate::cli) adopt: bool,
    /// How many files may be removed; default: 40 or a tenth of the site, whichever is more.
    #[arg(long, value_name = "COUNT")]
    pub(in crate::cli) max_deletions: Option<usize>,
    /// Let an older commit take the place of a newer one.
    #[arg(long)]
    pub(in crate::cli) allow_older: bool,
    /// Publish this file although it looks like a secret; may be given more than once.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) allow: Vec<String>,
    /// Publish nothing while a page that changed in substance has no note of it under `changes`.
    #[arg(long)]
    pub(in crate::cli) require_notes: bool,
    /// Remove now what would stay for pages that are open in a browser.
    #[arg(long)]
    pub(in crate::cli) prune: bool,
    /// Do not check what readers get.
    #[arg(long)]
    pub(in crate::cli) no_wait: bool,
    /// How to show diagnostics.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(in crate::cli) format: Format,
}
