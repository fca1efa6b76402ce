//! The lock at the target: a file for each folder that publishes. rsync has no way to make a file only where there is none,
//! so each publisher puts its own there, and then looks for those of others.
//!
//! Of two that come at the same moment, the one with the smaller token waits until the other has stepped back, and the other
//! steps back as soon as it sees the first. One that does not step back has been there before.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::publish::error::PublishError;
use crate::publish::retry::jittered;
use crate::publish::rsync::Removals;

use super::super::{Work, busy, is_alive};
use super::{Rsync, RsyncState, own};

/// The file with the token of the publisher that holds the lock. No token is such a name.
pub(super) const HOLDER: &str = "held.by";

/// How often the publisher with the smaller token looks whether another has stepped back.
const LOOKS: u32 = 5;

pub(super) struct RsyncLock<'a> {
    to: &'a Rsync,
    is_holder: AtomicBool,
    is_released: AtomicBool,
}

impl<'a> RsyncLock<'a> {
    pub(super) fn take(to: &'a Rsync, work: &Work<'_>) -> Result<(Self, RsyncState), PublishError> {
        let pause =
            || std::thread::sleep(jittered(Duration::from_secs(1), std::process::id().into()));
        let mut again = true;
        loop {
            let [is_holder, is_released] = [false; 2].map(AtomicBool::new);
            let lock = Self { to, is_holder, is_released };
            lock.renew(work.who)?;
            let mut looks = 0;
            let (refusal, is_first) = loop {
                let state = to.state()?;
                let Some((token, who, at)) = lock.other(&state, work.now) else {
                    lock.hold()?;
                    return Ok((lock, state));
                };
                let (refusal, is_first) = (busy(who, to.name(), work.now - at), to.token < *token);
                looks += 1;
                if !is_first || looks == LOOKS {
                    break (refusal, is_first);
                }
                pause();
            };
            drop(lock);
            // The one that went first may have been refused as well, by a third.
            if is_first || !std::mem::take(&mut again) {
                return Err(refusal);
            }
            pause();
        }
    }

    /// The name of this folder's file.
    fn name(&self) -> String {
        format!("lock/{}", self.to.token)
    }

    pub(super) fn renew(&self, who: &str) -> Result<(), PublishError> {
        let folders = ["tmp", "releases"];
        self.to.save(&[(&self.name(), who.as_bytes())], &folders, &Removals::default())
    }

    fn hold(&self) -> Result<(), PublishError> {
        self.is_holder.store(true, Ordering::SeqCst);
        let name = format!("lock/{HOLDER}");
        self.to.save(&[(&name, self.to.token.as_bytes())], &[], &Removals::default())
    }

    /// The publisher with the smallest token among the others that are alive.
    fn other<'s>(&self, state: &'s RsyncState, now: i64) -> Option<&'s (String, String, i64)> {
        let mine = &self.to.token;
        let others = state.locks.iter();
        others.filter(|(token, _, at)| token != mine && is_alive(now - at)).min()
    }

    /// Makes sure that no other publisher has taken this one for dead.
    ///
    /// # Errors
    /// One has.
    pub(super) fn is_held(&self, now: i64) -> Result<(), PublishError> {
        let state = self.to.state()?;
        let Some(holder) = state.holder.filter(|holder| *holder != self.to.token) else {
            return Ok(());
        };
        let by = state.locks.iter().find(|(token, ..)| *token == holder);
        let (who, at) = by.map_or(("another publisher", now), |(_, who, at)| (who.as_str(), *at));
        Err(PublishError::target(busy(who, self.to.name(), now - at).to_string()))
    }

    /// What publishers have left that are dead.
    pub(super) fn dead(&self, state: &RsyncState, now: i64) -> Vec<String> {
        let dead = state.locks.iter();
        let dead = dead.filter(|(token, _, at)| *token != self.to.token && !is_alive(now - at));
        dead.map(|(token, ..)| format!("lock/{token}")).collect()
    }

    /// Gives the lock back, together with other files of ours that are removed.
    pub(super) fn release(&self, files: &[&str]) -> Result<(), PublishError> {
        let (name, holder) = (self.name(), format!("lock/{HOLDER}"));
        let mut gone = files.to_vec();
        gone.push(&name);
        if self.is_holder.load(Ordering::SeqCst) {
            gone.push(&holder);
        }
        self.to.save(&[], &["lock"], &own(&gone, &[]))?;
        self.is_released.store(true, Ordering::SeqCst);
        Ok(())
    }
}

impl Drop for RsyncLock<'_> {
    fn drop(&mut self) {
        if !self.is_released.load(Ordering::SeqCst) {
            // A lock that stays is known as this folder's own, and is dead to others after a while.
            let _ = self.release(&[]);
        }
    }
}
