//! Carries out a plan: phase by phase, nothing after a failure, removals last.

use super::error::PublishError;
use super::phases::UploadPhase;
use super::steps::PublishStep;
use super::target::{Session, Target, Work};

/// A publish that failed after it had begun.
#[derive(Debug)]
pub struct Failed {
    /// Why.
    pub error: PublishError,
    /// Whether the new release was made the live one before that.
    pub is_live: bool,
    /// Whether anything at the target may have been changed.
    pub has_begun: bool,
    /// How many files had been removed by then, one by one.
    pub removed: usize,
}

/// Sends everything and makes it live; what `check` finds is found before anything is removed. Then removes.
///
/// # Errors
/// [`Failed`] with how far it came. An error of `check` leaves the new release live and nothing removed.
pub fn apply(
    target: &dyn Target,
    work: &Work<'_>,
    check: &dyn Fn() -> Result<(), PublishError>,
) -> Result<(), Failed> {
    let plan = work.plan;
    let failed =
        |has_begun, is_live, removed| move |error| Failed { error, is_live, has_begun, removed };
    let session: Box<dyn Session> = target.begin(work).map_err(failed(false, false, 0))?;
    work.steps.before(PublishStep::Begin).map_err(failed(true, false, 0))?;
    session.prepare().map_err(failed(true, false, 0))?;
    let (early, late) = plan.removals();
    if !early.is_empty() {
        session.remove(&early).map_err(failed(true, false, 0))?;
    }
    for phase in UploadPhase::ALL {
        let uploads = plan.uploads(phase);
        if !uploads.is_empty() {
            session.put(&uploads).map_err(failed(true, false, early.len()))?;
        }
    }
    session.switch().map_err(|error| {
        // Another publisher was first: nothing of ours is visible.
        let has_begun = !matches!(error, PublishError::Refused(_));
        Failed { error, is_live: false, has_begun, removed: early.len() }
    })?;
    check().map_err(failed(true, true, early.len()))?;
    if !late.is_empty() {
        session.remove(&late).map_err(failed(true, true, early.len()))?;
    }
    work.steps.before(PublishStep::Prune).map_err(failed(true, true, plan.removed.len()))?;
    session.prune().map_err(failed(true, true, plan.removed.len()))
}
