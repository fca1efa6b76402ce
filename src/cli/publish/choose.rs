//! Which target is meant, and what it needs of the machine.
#![expect(clippy::disallowed_methods, reason = "the command line reads the environment")]

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::base::{SourcePath, nearest};
use crate::cli::build::no_content;
use crate::cli::{GUARD, USAGE, print};
use crate::config::{self, Config, publish};
use crate::content::text::decode;
use crate::diag::{self, Severity, Strictness};
use crate::publish::stage::PublishStage;
use crate::publish::{Abilities, Access, LivePages, LocalMachine, Target, open};
use crate::source::{Disk, Source};

use super::stop;

/// The target of a run.
pub(super) struct Chosen {
    /// The site's folder.
    pub(super) site: PathBuf,
    /// The target.
    pub(super) target: publish::PublishTarget,
    /// Where paths of the target start.
    base: PathBuf,
}

impl Chosen {
    /// Finds a target by its name, or reads it as a location.
    pub(super) fn new(wanted: Option<&str>, site: &Path) -> Result<Self, u8> {
        if !site.join("content").is_dir() {
            print::error(&no_content(site));
            return Err(USAGE);
        }
        let config = config(site)?;
        let usage = |message: String| {
            print::error(&message);
            Err(USAGE)
        };
        let names: Vec<&str> = config.publish.iter().map(|target| &*target.name).collect();
        let list = || match names.is_empty() {
            true => {
                "content/site.yaml names none: add `publish: {live: \"dir:../www\"}`".to_owned()
            }
            false => format!("content/site.yaml names: {}", names.join(", ")),
        };
        let target = match wanted {
            Some(text) if text.contains(':') => match publish::Location::parse(text) {
                Ok(location) => {
                    let target = publish::PublishTarget {
                        name: text.into(),
                        to: text.into(),
                        location,
                        url: None,
                        wait: None,
                        endpoint: None,
                        region: None,
                        history: None,
                        hosts: Vec::new(),
                        precompress: false,
                        ping: publish::Pings::default(),
                    };
                    return Ok(Self { site: site.to_path_buf(), target, base: PathBuf::from(".") });
                }
                Err((message, help)) => return usage(format!("the target {message}; {help}")),
            },
            Some(name) => match config.publish.iter().find(|target| *target.name == *name) {
                Some(target) => target,
                None => {
                    let near = nearest(name, names.iter().copied());
                    let near = near.map_or_else(list, |near| format!("did you mean `{near}`?"));
                    return usage(format!("no target is named `{name}`; {near}"));
                }
            },
            None => match config.publish.as_slice() {
                [only] => only,
                _ => return usage(format!("which target? {}", list())),
            },
        };
        Ok(Self { site: site.to_path_buf(), target: target.clone(), base: site.to_path_buf() })
    }

    /// A fresh stage for the target.
    pub(super) fn stage(&self) -> Result<PublishStage, u8> {
        PublishStage::open(&self.site, &self.target.to).map_err(|error| stop(&error))
    }

    /// The target itself.
    pub(super) fn open(&self, cache: PathBuf) -> Result<(Box<dyn Target>, Abilities), u8> {
        let opened = || {
            let local = LocalMachine {
                site: absolute(&self.site),
                base: absolute(&self.base),
                cache: absolute(&cache),
                may_ask: std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
                ssh: ssh(),
                access: self.access(),
                history: self.target.history.as_deref().map(str::to_owned),
            };
            let target = open(&self.target.location, local)?;
            let abilities = target.abilities()?;
            Ok((target, abilities))
        };
        opened().map_err(|error| stop(&error))
    }

    /// How a store of objects is reached, from the variables that its own tools read.
    fn access(&self) -> Access {
        let var = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
        let named = |text: &Option<std::sync::Arc<str>>| text.as_deref().map(str::to_owned);
        Access {
            endpoint: named(&self.target.endpoint)
                .or_else(|| var("AWS_ENDPOINT_URL_S3"))
                .or_else(|| var("AWS_ENDPOINT_URL")),
            region: named(&self.target.region)
                .or_else(|| var("AWS_REGION"))
                .or_else(|| var("AWS_DEFAULT_REGION")),
            keys: var("AWS_ACCESS_KEY_ID").zip(var("AWS_SECRET_ACCESS_KEY")),
            session: var("AWS_SESSION_TOKEN"),
        }
    }

    /// Where readers find the site: the target's URL, else nothing is fetched, and the site's own is only named.
    pub(super) fn url(&self, built_for: Option<&str>) -> Option<String> {
        let url = self
            .target
            .url
            .as_ref()
            .and_then(|url| Some(format!("{}{}", url.origin.as_ref()?, url.path)));
        url.or_else(|| built_for.map(str::to_owned))
    }

    /// Where the pages that readers have now can be read.
    pub(super) fn live_pages(&self) -> Option<LivePages> {
        LivePages::of(&self.target.location, &self.base, self.target.url.as_ref())
    }
}

/// The site's settings; a mistake in them ends the run as it ends a build.
fn config(site: &Path) -> Result<Config, u8> {
    let path = SourcePath::new(config::PATH);
    let bytes = Disk::new(site).read(&path).ok();
    let text = bytes.as_deref().and_then(|bytes| decode(&path, bytes).ok());
    let (config, mut diagnostics) = config::resolve(text.as_deref(), "site");
    config.levels.apply(Strictness::Build, &mut diagnostics);
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        let text = text.map(|text| text.into_owned());
        print::diagnostics(crate::cli::args::Format::Human, &diag::group(diagnostics), &|_| {
            text.clone()
        });
        print::note("\nnothing was published: the site has errors");
        return Err(GUARD);
    }
    Ok(config)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// The program that reaches hosts: `ssh`, or what the user says, such as `ssh -F deploy/config`.
fn ssh() -> Vec<String> {
    let said = std::env::var("BRIEFING_SSH").unwrap_or_default();
    let words: Vec<String> = said.split_whitespace().map(str::to_owned).collect();
    if words.is_empty() { vec!["ssh".into()] } else { words }
}

/// The publisher's name, which a second publisher is shown.
pub(super) fn who() -> String {
    let first = |names: &[&str]| {
        names.iter().find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()))
    };
    let user = first(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "an unnamed user".into());
    let host =
        first(&["HOSTNAME", "COMPUTERNAME"]).map_or(String::new(), |host| format!(" on {host}"));
    format!("{user}{host} (process {})", std::process::id())
}

/// Values of the environment that must be in no published file.
pub(super) fn secrets() -> Vec<String> {
    let vars = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    vars.filter(|(name, value)| {
        is_secret(name) && !(value.starts_with('/') && Path::new(value).exists())
    })
    .map(|(_, value)| value)
    .collect()
}

/// Whether the name of a variable says that its value is secret, and not where one lies or of what kind it is.
fn is_secret(name: &str) -> bool {
    const SIGNS: [&str; 9] = [
        "TOKEN",
        "SECRET",
        "PASSWORD",
        "PASSWD",
        "PASSPHRASE",
        "ACCESS_KEY",
        "APIKEY",
        "CREDENTIAL",
        "WEBHOOK",
    ];
    const WORDS: [&str; 9] = ["KEY", "PASS", "PWD", "PAT", "AUTH", "DSN", "PRIVATE", "PW", "SALT"];
    const ABOUT: [&str; 17] = [
        "TYPE",
        "FILE",
        "PATH",
        "NAME",
        "ID",
        "SOCK",
        "DIR",
        "TTL",
        "EXPIRES",
        "ALGORITHM",
        "FORMAT",
        "LENGTH",
        "SIZE",
        "URL",
        "HOST",
        "USER",
        "METHOD",
    ];
    let name = name.to_uppercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let last = words.last().copied().unwrap_or_default();
    let says = words.iter().any(|word| WORDS.contains(word) || word.ends_with("KEY"));
    // An address of a database or a webhook has its password in it.
    let is_address = ["DATABASE_URL", "REDIS_URL", "MONGODB_URI", "AMQP_URL", "CONNECTION_STRING"];
    // Where the shell is.
    !matches!(&*name, "PWD" | "OLDPWD" | "GPG_KEY")
        && (SIGNS.iter().any(|sign| name.contains(sign))
            || says && !ABOUT.contains(&last)
            || is_address.iter().any(|address| name.ends_with(address)))
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn names_say_what_is_secret() {
        for name in [
            "DEPLOY_TOKEN",
            "deploy_token",
            "DB_PASSWORD",
            "MYSQL_PWD",
            "PGPASSWORD",
            "SMTP_PASS",
            "API_KEY",
            "OPENAI_API_KEY",
            "STRIPE_APIKEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "SECRET_KEY_BASE",
            "GITHUB_PAT",
            "SENTRY_DSN",
            "DATABASE_URL",
            "SITE_DATABASE_URL",
            "BASIC_AUTH",
            "AUTH_SALT",
            "SLACK_WEBHOOK_URL",
            "GPG_PASSPHRASE",
            "GOOGLE_CREDENTIALS",
            "SSH_PRIVATE_KEY",
            "ENCRYPTION_KEY",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "PWD",
            "OLDPWD",
            "PATH",
            "HOME",
            "SSH_AUTH_SOCK",
            "GIT_AUTHOR_NAME",
            "KEYBOARD",
            "KEY_TYPE",
            "AUTH_URL",
            "GPG_KEY",
            "MONKEYS",
            "PASSAGE",
            "XDG_SESSION_TYPE",
            "COMPASS",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
