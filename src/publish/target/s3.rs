//! `s3:BUCKET/PREFIX`: a store of objects that speaks S3.
//!
//! There is no switch: files go up in phases, each after what it refers to, with their headers. Our own objects are below
//! `.briefing/`: the record, what is pending (which is also the lock: it is written only where there is none), and the
//! bytes of the last releases by their digest.

mod leading;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use opendal::blocking::Operator;
use opendal::layers::{RetryLayer, TimeoutLayer};
use opendal::options::{ListOptions, WriteOptions};
use opendal::services::S3 as Service;
use opendal::{ErrorKind, HttpTransporter, Metadata, OperationContext};

use crate::base::OutPath;
use crate::publish::error::PublishError;
use crate::publish::files;
use crate::publish::parallel::parallel;
use crate::publish::plan::{Remote, RemoteFile, Upload};
use crate::publish::release::{ContentHash, Pending, Release, ReleaseEntry};
use crate::publish::steps::PublishStep;
use crate::release::DiskError;

use super::{Abilities, Access, LocalMachine, Session, Target, Work, busy, is_alive, token};

const RECORD: &str = ".briefing/record.json";
const PENDING: &str = ".briefing/pending.json";
/// What a killed run was to publish, while another one takes its place.
const LEFT: &str = ".briefing/left.json";
const RELEASES: &str = ".briefing/releases/";

/// How many requests are under way at once.
const JOBS: usize = 16;

/// A bucket as a target.
pub(super) struct S3 {
    store: Operator,
    name: String,
    /// Names the folder that publishes, so that it knows what it has left itself.
    token: String,
    /// What runs the requests; it ends with the target.
    _runtime: tokio::runtime::Runtime,
}

impl S3 {
    pub(super) fn new(
        bucket: &str,
        prefix: &str,
        access: &Access,
        local: &LocalMachine,
    ) -> Result<Self, PublishError> {
        // Another part of the program may have installed it before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        opendal_http_transport_reqwest::install_default();
        let mut service =
            Service::default().bucket(bucket).root(&format!("/{prefix}")).disable_ec2_metadata();
        if let Some(endpoint) = &access.endpoint {
            service = service.endpoint(endpoint);
        }
        let region = access.region.as_deref().unwrap_or("us-east-1");
        service = service.region(region);
        if let Some((key, secret)) = &access.keys {
            service = service.access_key_id(key).secret_access_key(secret).disable_config_load();
            if let Some(token) = &access.session {
                service = service.session_token(token);
            }
        }
        let retry = RetryLayer::new()
            .with_jitter()
            .with_min_delay(Duration::from_millis(200))
            .with_max_times(6)
            .with_max_delay(Duration::from_secs(20));
        let operator = opendal::Operator::new(service).map_err(cannot("open", "the bucket"))?;
        let transport = HttpTransporter::new(leading::Leading::new(access, region));
        let operator =
            operator.with_context(OperationContext::new().with_http_transport(transport));
        let operator =
            operator.layer(TimeoutLayer::new().with_timeout(Duration::from_secs(60))).layer(retry);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime =
            runtime.map_err(|error| PublishError::target(format!("cannot start: {error}")))?;
        let guard = runtime.enter();
        let store = Operator::new(operator).map_err(cannot("open", "the bucket"))?;
        drop(guard);
        let token = files::token(&local.cache)?;
        Ok(Self { store, name: format!("{bucket}/{prefix}"), token, _runtime: runtime })
    }

    fn own(&self, key: &str) -> Result<Option<Vec<u8>>, PublishError> {
        match self.store.read(key) {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(cannot("read", key)(error)),
        }
    }

    /// What a run has left that did not come to its end.
    fn pending(&self) -> Result<Option<Vec<u8>>, PublishError> {
        self.own(PENDING)?.map_or_else(|| self.own(LEFT), |bytes| Ok(Some(bytes)))
    }

    fn list(&self, prefix: &str) -> Result<Vec<(String, Metadata)>, PublishError> {
        let options = ListOptions { recursive: true, ..ListOptions::default() };
        let entries =
            self.store.list_options(prefix, options).map_err(cannot("list", &self.name))?;
        let files = entries.into_iter().filter(|entry| entry.metadata().is_file());
        Ok(files.map(|entry| (entry.path().to_owned(), entry.metadata().clone())).collect())
    }

    fn write(
        &self,
        key: &str,
        bytes: Vec<u8>,
        entry: &ReleaseEntry,
    ) -> Result<Option<Arc<str>>, PublishError> {
        let leads_to = entry.headers.leads_to.iter();
        let leads_to: HashMap<_, _> =
            leads_to.map(|to| (leading::LEADS_TO.to_owned(), to.to_string())).collect();
        let options = WriteOptions {
            content_type: Some(entry.headers.content_type.to_string()),
            cache_control: Some(entry.headers.cache_control.to_string()),
            user_metadata: (!leads_to.is_empty()).then_some(leads_to),
            ..WriteOptions::default()
        };
        let written =
            self.store.write_options(key, bytes, options).map_err(cannot("write", key))?;
        match written.etag() {
            Some(mark) => Ok(Some(mark.into())),
            None => {
                let found = self.store.stat(key).map_err(cannot("look at", key))?;
                Ok(found.etag().map(Arc::from))
            }
        }
    }

    fn delete(&self, keys: &[String]) -> Result<(), PublishError> {
        let deleted =
            parallel(JOBS, keys, |key| self.store.delete(key).map_err(cannot("remove", key)));
        deleted.into_iter().collect()
    }
}

impl Target for S3 {
    fn abilities(&self) -> Result<Abilities, PublishError> {
        Ok(Abilities::in_phases(true, "`.briefing/edited/`".into()))
    }

    fn observe(&self) -> Result<Remote, PublishError> {
        let listed = self.list("")?;
        let record = self.own(RECORD)?;
        let (token, pending) = (token(record.as_deref()), self.pending()?);
        let mut remote = Remote::read(token, record.as_deref(), pending.as_deref());
        let known = remote.sums_by_mark();
        for (key, metadata) in listed {
            let ours = key.starts_with(".briefing");
            match OutPath::exact(&key) {
                _ if ours => {}
                Some(path) => {
                    let sum = metadata.etag().and_then(|mark| known.get(mark).copied());
                    // A listing has no headers: those that were sent with these bytes.
                    let live = remote.record.live().and_then(|live| live.files.get(&path));
                    let headers = live
                        .filter(|entry| Some(entry.sum) == sum)
                        .map(|entry| entry.headers.clone());
                    remote.there.insert(path, RemoteFile { sum, headers });
                }
                None => remote.irregular.push(key),
            }
        }
        Ok(remote)
    }

    fn has_kept(&self, release: &Release) -> Result<(), PublishError> {
        let kept: BTreeMap<String, u64> = self
            .list(RELEASES)?
            .into_iter()
            .map(|(key, metadata)| (key, metadata.content_length()))
            .collect();
        let lost = release
            .files
            .iter()
            .find(|(_, entry)| kept.get(&kept_key(entry.sum)) != Some(&entry.len));
        match lost {
            None => Ok(()),
            Some((path, _)) => Err(PublishError::refused(format!(
                "release {} is not kept whole: `{path}` is missing",
                release.id
            ))),
        }
    }

    fn begin<'a>(&'a self, work: &'a Work<'a>) -> Result<Box<dyn Session + 'a>, PublishError> {
        let record = self.own(RECORD)?;
        work.refuse_moved(&token(record.as_deref()), record.as_deref(), None)?;
        let mut left = None;
        if let Some(bytes) = self.pending()? {
            left = Pending::from_json(&bytes);
            // One that has no owner was given up by a run that failed.
            let is_free = left.as_ref().is_some_and(|pending| pending.by.is_none());
            let by = left.as_ref().and_then(|pending| pending.by.clone());
            let age = self.store.stat(PENDING).ok().and_then(|found| found.last_modified());
            let age = age.map_or(i64::MAX, |at| work.now - at.into_inner().as_second());
            let (token, who) = by.unwrap_or_default();
            if token != self.token && is_alive(age) && !is_free {
                return Err(busy(&who, &self.name, age));
            }
            // It names what is still to be removed: it must not be gone before another one names that.
            self.store.write(LEFT, bytes).map_err(cannot("write", LEFT))?;
            self.delete(&[PENDING.to_owned()])?;
        }
        let (marks, held, is_live) = Default::default();
        Ok(Box::new(S3Session { s3: self, work, left, held, is_live, marks }))
    }
}

struct S3Session<'a> {
    s3: &'a S3,
    work: &'a Work<'a>,
    /// What a run has left that did not come to its end.
    left: Option<Pending>,
    /// What was written down as pending, while it is this run's.
    held: Mutex<Option<Pending>>,
    /// Whether the record names the new release.
    is_live: AtomicBool,
    /// The store's marks of what was put.
    marks: Mutex<BTreeMap<OutPath, Arc<str>>>,
}

impl S3Session<'_> {
    fn put_one(&self, upload: &Upload<'_>) -> Result<(), PublishError> {
        let Upload { path, entry } = *upload;
        self.work.steps.before(PublishStep::Put(path, entry.len))?;
        let bytes = match &self.work.plan.back_to {
            Some(_) => {
                let key = kept_key(entry.sum);
                let bytes = self.s3.own(&key)?.unwrap_or_default();
                if ContentHash::of(&bytes) != entry.sum {
                    return Err(PublishError::target(format!("`{path}` is not kept as it was")));
                }
                bytes
            }
            None => {
                let place = path.below(self.work.stage);
                files::read(&place).map_err(DiskError::at("read", &place))?
            }
        };
        let mark = self.s3.write(path.as_str(), bytes, entry)?;
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        marks.extend(mark.map(|mark| (path.clone(), mark)));
        Ok(())
    }

    /// Keeps the bytes of files that others have edited, before they are replaced or removed.
    fn keep_edited(&self) -> Result<(), PublishError> {
        let Some(id) = &self.work.plan.record.live else { return Ok(()) };
        for path in &self.work.plan.edited {
            let key = format!(".briefing/edited/{id}/{path}");
            let copied = self.s3.store.copy(path.as_str(), &key);
            copied.map_err(cannot("keep", path.as_str()))?;
        }
        Ok(())
    }

    /// Keeps the bytes of what is live now, for a rollback: copies inside the store, by digest.
    fn archive(&self) -> Result<(), PublishError> {
        let Some(release) = self.work.plan.new_release() else { return Ok(()) };
        self.work.steps.before(PublishStep::Archive)?;
        let kept: BTreeSet<String> =
            self.s3.list(RELEASES)?.into_iter().map(|(key, _)| key).collect();
        let mut wanted: BTreeMap<String, &OutPath> =
            release.files.iter().map(|(path, entry)| (kept_key(entry.sum), path)).collect();
        wanted.retain(|key, _| !kept.contains(key));
        let wanted: Vec<_> = wanted.into_iter().collect();
        let copied = parallel(JOBS, &wanted, |(key, path)| {
            self.s3.store.copy(path.as_str(), key).map_err(cannot("keep", path.as_str()))
        });
        copied.into_iter().try_for_each(|copied| copied.map(drop))
    }
}

impl Session for S3Session<'_> {
    fn prepare(&self) -> Result<(), PublishError> {
        let Some(mut pending) = self.work.plan.pending().or_else(|| self.left.clone()) else {
            return self.keep_edited();
        };
        pending.by = Some((self.s3.token.clone(), self.work.who.to_owned()));
        let options = WriteOptions { if_not_exists: true, ..WriteOptions::default() };
        match self.s3.store.write_options(PENDING, pending.to_json(), options) {
            Ok(_) => {
                *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(pending);
                self.s3.delete(&[LEFT.to_owned()])?;
                self.keep_edited()
            }
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConditionNotMatch | ErrorKind::AlreadyExists
                ) =>
            {
                Err(PublishError::refused(format!(
                    "another publisher has begun to publish to `{}`",
                    self.s3.name
                )))
            }
            Err(error) => Err(cannot("write", PENDING)(error)),
        }
    }

    fn put(&self, uploads: &[Upload<'_>]) -> Result<(), PublishError> {
        parallel(self.work.jobs.min(JOBS), uploads, |upload| self.put_one(upload))
            .into_iter()
            .collect()
    }

    fn remove(&self, paths: &[&OutPath]) -> Result<(), PublishError> {
        for path in paths {
            self.work.steps.before(PublishStep::Remove(path))?;
            self.s3.delete(&[path.to_string()])?;
        }
        Ok(())
    }

    fn switch(&self) -> Result<(), PublishError> {
        self.archive()?;
        self.work.steps.before(PublishStep::Record)?;
        let marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        let record = self.work.plan.record.with_marks(&marks);
        self.s3.store.write(RECORD, record.to_json()).map_err(cannot("write", RECORD))?;
        self.is_live.store(true, Ordering::SeqCst);
        Ok(())
    }

    fn prune(&self) -> Result<(), PublishError> {
        let files =
            self.work.plan.record.releases.iter().flat_map(|release| release.files.values());
        let kept: BTreeSet<String> = files.map(|entry| kept_key(entry.sum)).collect();
        let gone = self.work.plan.gone.iter().flat_map(|release| release.files.values());
        let gone: BTreeSet<String> = gone.map(|entry| kept_key(entry.sum)).collect();
        let gone = gone.into_iter().filter(|key| !kept.contains(key));
        self.s3.delete(&gone.collect::<Vec<_>>())?;
        self.s3.delete(&[PENDING.to_owned()])?;
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }
}

impl Drop for S3Session<'_> {
    fn drop(&mut self) {
        let held = self.held.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Some(mut pending) = held.take() else { return };
        if *self.is_live.get_mut() && !self.work.plan.has_more(false) {
            let _ = self.s3.delete(&[PENDING.to_owned()]);
        } else {
            // The next run may be anyone's. Where this fails, others wait until this one counts as dead.
            pending.by = None;
            let _ = self.s3.store.write(PENDING, pending.to_json());
        }
    }
}

fn kept_key(sum: ContentHash) -> String {
    format!("{RELEASES}{sum}")
}

/// For `map_err`: names what a request was for, and leaves out the request.
fn cannot<'a>(doing: &'a str, what: &'a str) -> impl Fn(opendal::Error) -> PublishError + 'a {
    move |error| {
        let text = error.to_string();
        let message = text.rsplit_once(" => ").map_or(&*text, |(_, message)| message);
        PublishError::target(format!(
            "cannot {doing} `{what}`: {} ({})",
            error.kind(),
            files::printable(message)
        ))
    }
}
