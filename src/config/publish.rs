//! `publish:` of `site.yaml`: where the site is published, by name.
//!
//! A place is one text, `dir:../www`, here as on the command line: [`Location::parse`] reads both. Credentials come
//! from where each kind of place finds its own (an agent, a credential helper, the environment); one that stands in the
//! file is an error, and its value is in no message.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::base::{BaseUrl, credential, nearest};
use crate::content::resolve::Fields;
use crate::diag::Code;
use crate::yaml::{Entries, FieldPath, Mapping, Spanned, Text, TextOr, YamlDocument};

use super::HostKind;
use super::raw::{RawPing, RawTarget};

/// Verbs of `briefing publish`, which no target may have for a name.
pub const VERBS: [&str; 5] = ["history", "diff", "verify", "rollback", "help"];

/// Where a site is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishTarget {
    /// Its name in `site.yaml`; the location itself for one that the command line gave.
    pub name: Arc<str>,
    /// The location as written.
    pub to: Arc<str>,
    /// What it means.
    pub location: Location,
    /// Where readers find it: the base URL of what is built, and where it is verified.
    pub url: Option<BaseUrl>,
    /// How long to wait until readers see what was published.
    pub wait: Option<Duration>,
    /// The address of the store of objects, where it is not the one of AWS.
    pub endpoint: Option<Arc<str>>,
    /// Its region.
    pub region: Option<Arc<str>>,
    /// The private place in which earlier releases are kept, where the target has none of its own.
    pub history: Option<Arc<str>>,
    /// The kinds of host that serve it; none given means those of the site.
    pub hosts: Vec<HostKind>,
    /// Whether texts are compressed beside them.
    pub precompress: bool,
    /// The services that get the URLs of what changed.
    pub ping: Pings,
}

/// The services that get the URLs of what changed at a target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pings {
    /// The hub of WebSub, for feeds.
    pub websub: Option<Arc<str>>,
    /// The key by which IndexNow knows the site, and the URL to which pages that changed are sent.
    pub indexnow: Option<(Arc<str>, Arc<str>)>,
}

/// Where search engines are told, unless a site says another place.
const INDEXNOW: &str = "https://api.indexnow.org/indexnow";

/// A kind of place, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A local or mounted folder.
    Dir(PathBuf),
    /// A branch of a git repository.
    Git {
        /// The repository, as git takes it.
        remote: String,
        /// The branch.
        branch: String,
    },
    /// A store of objects that speaks S3.
    S3 {
        /// The bucket.
        bucket: String,
        /// What every key begins with: empty, or with a slash at its end.
        prefix: String,
    },
    /// A folder of a host that ssh reaches.
    Ssh {
        /// `me@host`, or a name of the user's ssh configuration.
        host: String,
        /// The port, where it is not the one of the configuration.
        port: Option<u16>,
        /// The folder; a relative one starts at the user's home.
        path: String,
    },
    /// A folder that rsync writes.
    Rsync {
        /// The host, as for ssh; none for a folder of this machine.
        host: Option<String>,
        /// Its port, where it is not the one of the configuration.
        port: Option<u16>,
        /// The folder; a relative one of a host starts at the user's home.
        path: String,
    },
}

impl Location {
    /// Every kind, as it is written.
    pub const FORMS: [&str; 5] =
        ["dir:PATH", "git:REMOTE#BRANCH", "ssh:HOST:PATH", "rsync:HOST:PATH", "s3:BUCKET/PREFIX"];

    /// Reads a location such as `dir:../www` or `git:git@host:me/site.git#gh-pages`.
    ///
    /// # Errors
    /// The message, as it continues "\"TEXT\" …", and the help. Neither repeats the text.
    pub fn parse(text: &str) -> Result<Self, (String, String)> {
        let forms = || format!("write one of: {}", Self::FORMS.join(", "));
        let Some((scheme, rest)) = text.split_once(':') else {
            return Err(("is not a place to publish to".into(), forms()));
        };
        if is_credential(text) {
            return Err(("holds a credential".into(), CREDENTIAL_HELP.into()));
        }
        match scheme {
            _ if text.chars().any(char::is_control) => {
                Err(("has a control character".into(), forms()))
            }
            "dir" if !rest.is_empty() => Ok(Self::Dir(rest.into())),
            "git" => match rest.rsplit_once('#') {
                Some((remote, branch)) if is_remote(remote) && is_branch(branch) => {
                    Ok(Self::Git { remote: remote.into(), branch: branch.into() })
                }
                Some((remote, _)) if is_remote(remote) => {
                    Err(("names no valid branch".into(), "write git:REMOTE#BRANCH".into()))
                }
                _ => {
                    Err(("names no repository and branch".into(), "write git:REMOTE#BRANCH".into()))
                }
            },
            "s3" => s3(rest).ok_or_else(|| {
                ("names no bucket".into(), "write s3:BUCKET or s3:BUCKET/PREFIX".into())
            }),
            "ssh" => match host(rest) {
                Some((host, port, path)) => Ok(Self::Ssh { host, port, path }),
                None => {
                    let help = "write ssh:USER@HOST:PATH, or ssh://USER@HOST:PORT/PATH";
                    Err(("names no host and folder".into(), help.into()))
                }
            },
            "rsync" => rsync(rest).ok_or_else(|| {
                let help =
                    "write rsync:USER@HOST:PATH, rsync://USER@HOST:PORT/PATH, or rsync:PATH for a folder of this machine";
                ("names no folder".into(), help.into())
            }),
            _ => {
                let known = Self::FORMS.map(|form| form.split(':').next().unwrap_or_default());
                let help = match nearest(scheme, known) {
                    Some(near) => format!("did you mean `{near}:`?"),
                    None => forms(),
                };
                Err(("is not a place to publish to".into(), help))
            }
        }
    }
}

const CREDENTIAL_HELP: &str = "remove it, and make it invalid where it came from; git asks its credential helpers and \
     the ssh agent, other targets the environment";

/// `BUCKET`, or `BUCKET/PREFIX`.
fn s3(text: &str) -> Option<Location> {
    let (bucket, prefix) = text.split_once('/').unwrap_or((text, ""));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    let prefix = prefix.trim_end_matches('/');
    let part = |part: &str| !matches!(part, "" | "." | "..");
    let good = bucket.len() >= 3 && bucket.chars().all(plain);
    let good = good && (prefix.is_empty() || prefix.split('/').all(part));
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
    good.then(|| Location::S3 { bucket: bucket.to_owned(), prefix })
}

/// `USER@HOST:PATH`, or `//USER@HOST:PORT/PATH`: the host, the port, the folder.
fn host(text: &str) -> Option<(String, Option<u16>, String)> {
    let (host, port, path) = match text.strip_prefix("//") {
        None => text.split_once(':').map(|(host, path)| (host, None, path.to_owned()))?,
        Some(rest) => {
            let (authority, path) = rest.split_once('/')?;
            let path = format!("/{path}");
            match authority.split_once(':') {
                Some((host, port)) => (host, Some(port.parse().ok()?), path),
                None => (authority, None, path),
            }
        }
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "@._-".contains(c);
    let good = !host.is_empty() && !host.starts_with('-') && host.chars().all(plain);
    (good && has_name(&path)).then_some((host.to_owned(), port, path))
}

/// What [`host`] reads, or a folder of this machine: a path with a slash before any colon, or without a colon.
fn rsync(text: &str) -> Option<Location> {
    let is_here = !text.starts_with("//") && !text.split('/').next()?.contains(':');
    if is_here {
        return has_name(text).then(|| Location::Rsync {
            host: None,
            port: None,
            path: text.to_owned(),
        });
    }
    let (host, port, path) = host(text)?;
    // rsync would take it for a module of a daemon.
    if path.starts_with(':') {
        return None;
    }
    Some(Location::Rsync { host: Some(host), port, path })
}

/// Whether a path ends in the name of a folder.
fn has_name(path: &str) -> bool {
    !matches!(path.trim_end_matches('/').rsplit('/').next(), None | Some("" | "." | ".."))
}

/// A repository that git cannot take for an option or a command.
fn is_remote(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-') && !text.starts_with("ext::")
}

/// A name that git takes for a branch: the rules of `git check-ref-format` that matter here.
fn is_branch(text: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\".contains(c);
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    !text.starts_with('-')
        && !text.contains(bad)
        && !text.contains("..")
        && !text.contains("@{")
        && !text.ends_with('.')
        && text.split('/').all(part)
}

/// Whether a text has a password before a host, or looks like a key that a service gave out.
pub fn is_credential(text: &str) -> bool {
    credential::has_password(text) || credential::token_in(text.as_bytes()).is_some()
}

/// The targets of a site, in the order of the file; those with a mistake are left out.
pub(super) fn targets(
    fields: &mut Fields,
    document: &YamlDocument<'_>,
    raw: Entries<TextOr<RawTarget>>,
) -> Vec<PublishTarget> {
    let mut targets = Vec::new();
    for (name, raw) in raw.0 {
        let raw = match raw {
            TextOr::Text(to) => {
                let mapping = Mapping { span: to.span, ..Mapping::default() };
                RawTarget { to: Some(to), mapping, ..RawTarget::default() }
            }
            TextOr::Full(raw) => raw,
        };
        if VERBS.contains(&&*name) || name.contains(':') {
            let message = format!("a target cannot be named \"{}\"", name.value);
            let help = "choose another name, such as `live`: this one is a verb of `briefing publish`, or has a colon";
            fields.problem(Code::InvalidValue, name.span, message, help);
            continue;
        }
        targets.extend(target(fields, document, name, raw));
    }
    targets
}

fn target(
    fields: &mut Fields,
    document: &YamlDocument<'_>,
    name: Text,
    raw: RawTarget,
) -> Option<PublishTarget> {
    let secrets = [
        ("password", &raw.password),
        ("token", &raw.token),
        ("access_key", &raw.access_key),
        ("secret_key", &raw.secret_key),
    ];
    let at = FieldPath::root().key("publish").key(&name);
    let keys = secrets.into_iter().filter(|(_, value)| value.is_some());
    let keys = keys.map(|(key, _)| document.key_span(&at.key(key)));
    let told = raw.ping.iter().flat_map(|ping| [&ping.websub, &ping.indexnow_endpoint]).flatten();
    let texts = [&raw.url, &raw.history, &raw.endpoint, &raw.to];
    let texts = texts.into_iter().flatten().chain(told).filter(|text| is_credential(text));
    let places: Vec<_> = keys.chain(texts.map(|text| text.span)).collect();
    for span in &places {
        // The message names the place, never the value.
        let message = "a credential stands in `site.yaml`";
        fields.problem(Code::LiteralCredential, *span, message, CREDENTIAL_HELP);
    }
    if !places.is_empty() {
        return None;
    }
    let to = fields.spanned(raw.to);
    let Spanned { value: to, span } = fields.required(&raw.mapping, "to", "a target", to)?;
    let location = match Location::parse(&to) {
        Ok(location) => location,
        Err((message, help)) => {
            fields.problem(Code::InvalidValue, span, format!("\"{to}\" {message}"), help);
            return None;
        }
    };
    let url = super::resolve::base_url(fields, raw.url);
    let wait = raw.wait.and_then(|wait| {
        let time = seconds(&wait);
        if time.is_none() {
            let help = "write a number with `s`, `m` or `h`, such as `90s` or `15m`";
            let message = format!("\"{}\" is not a time", wait.value);
            fields.problem(Code::InvalidValue, wait.span, message, help);
        }
        time
    });
    let history = fields.text(raw.history);
    let endpoint = fields.text(raw.endpoint);
    let region = fields.text(raw.region);
    let hosts = super::hosts::hosts(fields, raw.hosts.unwrap_or_default());
    let ping = raw.ping.map(|raw| pings(fields, raw, url.is_some())).unwrap_or_default();
    let precompress = fields
        .choice("precompress", raw.precompress, &[("false", false), ("true", true)])
        .unwrap_or(false);
    let name = name.value;
    Some(PublishTarget {
        name,
        to,
        location,
        url,
        wait,
        endpoint,
        region,
        history,
        hosts,
        precompress,
        ping,
    })
}

/// The services. A key and addresses that no service takes are left out.
fn pings(fields: &mut Fields, raw: RawPing, has_url: bool) -> Pings {
    if !has_url {
        let message = "`ping` needs the `url` at which readers find the target";
        let help = "add `url: https://…` to the target";
        fields.problem(Code::InvalidValue, raw.mapping.span, message, help);
    }
    let mut address = |text: Option<Text>| {
        let text = text?;
        let is_web = ["http://", "https://"].iter().any(|start| {
            text.strip_prefix(start).is_some_and(|rest| !rest.starts_with('/') && !rest.is_empty())
        });
        if !is_web || text.contains(char::is_whitespace) {
            let message = format!("\"{}\" is not the address of a service", text.value);
            let help = "write a URL that starts with https://";
            fields.problem(Code::BadUrl, text.span, message, help);
            return None;
        }
        fields.text(Some(text))
    };
    let websub = address(raw.websub);
    let endpoint = address(raw.indexnow_endpoint).unwrap_or_else(|| INDEXNOW.into());
    let key = raw.indexnow.and_then(|key| {
        let is_good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if (8..=128).contains(&key.len()) && key.bytes().all(is_good) {
            return fields.text(Some(key));
        }
        let message = "a key of IndexNow has 8 to 128 letters, digits and hyphens";
        let help = "write any that you like: `openssl rand -hex 16` prints one";
        fields.problem(Code::InvalidValue, key.span, message, help);
        None
    });
    Pings { websub, indexnow: key.map(|key| (key, endpoint)) }
}

/// `90s`, `15m`, `1h`.
pub fn seconds(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return None,
    };
    let number: u64 = number.parse().ok()?;
    (number <= 100_000).then(|| Duration::from_secs(number * unit))
}

#[cfg(test)]
mod tests {
    use super::{Location, is_credential, seconds};
    use std::time::Duration;

    #[test]
    fn locations() {
        let git = |remote: &str, branch: &str| Location::Git {
            remote: remote.into(),
            branch: branch.into(),
        };
        let ssh = |host: &str, port, path: &str| Location::Ssh {
            host: host.into(),
            port,
            path: path.into(),
        };
        let rsync = |host: Option<&str>, port, path: &str| Location::Rsync {
            host: host.map(str::to_owned),
            port,
            path: path.into(),
        };
        for (text, location) in [
            ("rsync:me@host:www", rsync(Some("me@host"), None, "www")),
            ("rsync://host:2222/srv/a b", rsync(Some("host"), Some(2222), "/srv/a b")),
            ("rsync:../www", rsync(None, None, "../www")),
            ("rsync:/srv/a:b", rsync(None, None, "/srv/a:b")),
            ("dir:../www", Location::Dir("../www".into())),
            ("dir:/srv/a b", Location::Dir("/srv/a b".into())),
            ("git:git@host:me/site.git#gh-pages", git("git@host:me/site.git", "gh-pages")),
            ("git:https://host/a#b.git#pages/live", git("https://host/a#b.git", "pages/live")),
            ("s3:bucket", Location::S3 { bucket: "bucket".into(), prefix: String::new() }),
            (
                "s3:my.bucket/a/b/",
                Location::S3 { bucket: "my.bucket".into(), prefix: "a/b/".into() },
            ),
            ("ssh:me@host:www", ssh("me@host", None, "www")),
            ("ssh:alias:/srv/a b", ssh("alias", None, "/srv/a b")),
            ("ssh://me@host:2222/srv/www", ssh("me@host", Some(2222), "/srv/www")),
        ] {
            assert_eq!(Location::parse(text), Ok(location), "{text}");
        }
        for text in [
            "",
            "www",
            "../www",
            "dir:",
            "git:",
            "git:#x",
            "git:a",
            "git:a#",
            "git:a#-x",
            "git:a#x..y",
            "git:--upload-pack=x#y",
            "git:ext::sh#y",
            "git:a#b c",
            "ftp:x",
            "s3:",
            "s3:Bucket",
            "s3:bucket/../x",
            "rsync:",
            "rsync:..",
            "rsync:host::module",
            "rsync:-x:y",
            "rsync://host",
            "ssh:host",
            "ssh:-oProxyCommand=x:y",
            "ssh:host:",
            "ssh:host:..",
            "ssh:ho st:x",
            "ssh://host:x/y",
            "dir:a\nb",
            "git:https://me:pass@host/x#y",
        ] {
            assert!(Location::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn credentials() {
        let token = format!("ghp_{}", "a1".repeat(18));
        for text in [
            "https://me:word@host/",
            &format!("https://{token}@host/"),
            &format!("x {token}"),
            "AKIAIOSFODNN7EXAMPLE",
        ] {
            assert!(is_credential(text), "{text}");
        }
        for text in
            ["git@host:me/site.git", "ssh://me@host:22/x", "https://host/a:b@c", "AKIA", "ghp_"]
        {
            assert!(!is_credential(text), "{text}");
        }
    }

    #[test]
    fn times() {
        assert_eq!(seconds("15m"), Some(Duration::from_secs(900)));
        for text in ["", "m", "15", "-1s", "1.5m", "é", "99999999999h"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
