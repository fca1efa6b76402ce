//! How many files a host takes, and how large.

use std::fmt::Display;
use std::sync::{Mutex, PoisonError};

use crate::base::{OutPath, SourcePath};
use crate::config::HostKind;
use crate::diag::{Code, Diagnostic, Span};

/// What a host takes of the files of a site.
struct FileLimits {
    /// What refuses more.
    name: &'static str,
    /// How many there may be.
    count: Option<usize>,
    /// How many bytes each may have.
    each: Option<u64>,
    /// How many bytes they may have together.
    all: Option<u64>,
}

/// The limits of a host; none where it has none, or publishes none.
fn limits(host: HostKind) -> Option<FileLimits> {
    Some(match host {
        // <https://developers.cloudflare.com/pages/platform/limits/#files>: a paid plan takes 100,000.
        HostKind::Cloudflare => FileLimits {
            name: "the free plan of Cloudflare",
            count: Some(20_000),
            each: Some(25 * 1024 * 1024),
            all: None,
        },
        // <https://vercel.com/docs/limits#files>: of what its command line sends.
        HostKind::Vercel => FileLimits {
            name: "the command line of Vercel",
            count: Some(15_000),
            each: None,
            all: None,
        },
        // <https://learn.microsoft.com/azure/static-web-apps/quotas>: the standard plan takes 500 MB.
        HostKind::Azure => FileLimits {
            name: "the free plan of Azure",
            count: None,
            each: None,
            all: Some(250 * 1024 * 1024),
        },
        HostKind::Netlify | HostKind::Nginx | HostKind::Apache | HostKind::Caddy | HostKind::S3 => {
            return None;
        }
    })
}

/// Counts the files that are to be published, from any thread.
#[derive(Debug, Default)]
pub struct FileTally(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    files: usize,
    bytes: u64,
    /// Those that a host may not take: each with its length and the file of the site that it is made from.
    large: Vec<(OutPath, u64, Option<SourcePath>)>,
}

/// No host that publishes a limit refuses a smaller file.
const LARGE: u64 = 1024 * 1024;

impl FileTally {
    /// Counts a file of so many bytes. `from`: the file of the site that it is made from, if it is made from one.
    pub fn add(&self, path: &OutPath, len: u64, from: Option<&SourcePath>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.files += 1;
        counts.bytes += len;
        if len > LARGE {
            counts.large.push((path.clone(), len, from.cloned()));
        }
    }

    /// What is over a limit of these hosts.
    pub fn over(&self, hosts: &[HostKind]) -> Vec<Diagnostic> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        for (host, limits) in hosts.iter().filter_map(|host| Some((host, limits(*host)?))) {
            let name = limits.name;
            let settings = || Span::file(SourcePath::new(crate::config::PATH));
            let report = |place: Span, over: &dyn Display, most: &dyn Display, help: &str| {
                let message =
                    format!("{over}, where {name} takes {most}, and would refuse the site");
                Diagnostic::new(Code::HostLimit, place, message).help(help)
            };
            // The files that it reads are none that it serves.
            let files = counts.files.saturating_sub(host.files().len());
            if let Some(most) = limits.count.filter(|most| files > *most) {
                let over = format!("the site has {files} files");
                found.push(report(settings(), &over, &most, FEWER));
            }
            if let Some(most) = limits.all.filter(|most| counts.bytes > *most) {
                let over = format!("the site has {} bytes", counts.bytes);
                found.push(report(settings(), &over, &most, FEWER));
            }
            for (path, len, from) in &counts.large {
                if let Some(most) = limits.each.filter(|most| len > most) {
                    let over = format!("`{path}` has {len} bytes");
                    let place = from.clone().map_or_else(settings, Span::file);
                    let most = format!("{most} in a file");
                    found.push(report(place, &over, &most, SMALLER));
                }
            }
        }
        // Threads count in any order.
        found.sort_by(|one, other| one.message.cmp(&other.message));
        found
    }
}

const FEWER: &str = "leave out what readers do not need, such as `page_data`, `markdown`, `embeds` or `precompress`, \
                     keep large files elsewhere, or take a larger plan";

const SMALLER: &str = "make it smaller, or keep it elsewhere and link to it";
