//! When something is tried again: only where the connection is to blame, a few times in a whole run, after pauses that
//! grow and that no two runs share.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::error::PublishError;

/// How often a run tries again, whatever it was that failed.
const BUDGET: u32 = 5;
/// The first pause; each one after it is twice as long.
const FIRST: Duration = Duration::from_millis(if cfg!(test) { 1 } else { 250 });

/// The tries that a run has left.
#[derive(Debug, Default)]
pub(super) struct Retry {
    spent: AtomicU32,
}

impl Retry {
    /// Does something, and again while the connection is lost over it. It must do no harm when it is done twice.
    ///
    /// # Errors
    /// The last failure.
    pub(super) fn run<T>(
        &self,
        act: impl Fn() -> Result<T, PublishError>,
    ) -> Result<T, PublishError> {
        loop {
            match act() {
                Err(PublishError::Lost(why)) => {
                    let spent = self.spent.fetch_add(1, Ordering::SeqCst);
                    if spent >= BUDGET {
                        return Err(PublishError::Lost(why));
                    }
                    std::thread::sleep(jittered(FIRST * (1 << spent), std::process::id().into()));
                }
                done => return done,
            }
        }
    }
}

/// Between half of a pause and all of it; `seed` makes it differ from those of runs that began at the same moment.
pub(super) fn jittered(pause: Duration, seed: u64) -> Duration {
    pause.mul_f64(0.5 + (seed.wrapping_mul(0x9E37_79B9) >> 8 & 0xFF) as f64 / 512.0)
}

/// Whether the error output of a program that uses the network blames the connection, or the moment.
pub(super) fn is_lost(said: &str) -> bool {
    const LOST: [&str; 22] = [
        "Connection refused",
        "Connection reset",
        "Connection closed",
        "Connection timed out",
        "connection unexpectedly closed",
        "Operation timed out",
        "Broken pipe",
        "No route to host",
        "Network is unreachable",
        "Temporary failure in name resolution",
        "kex_exchange_identification",
        "Could not connect to server",
        "early EOF",
        "hung up unexpectedly",
        "HTTP 408",
        "HTTP 425",
        "HTTP 429",
        "HTTP 5",
        "returned error: 408",
        "returned error: 425",
        "returned error: 429",
        "returned error: 5",
    ];
    // Said beside a closed connection, and true the next time as well.
    const SURE: [&str; 5] = [
        "Permission denied",
        "Host key verification failed",
        "not found",
        "No space left",
        "Authentication failed",
    ];
    let has = |signs: &[&str]| signs.iter().any(|sign| said.contains(sign));
    has(&LOST) && !has(&SURE)
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, Retry, is_lost};
    use crate::publish::error::PublishError;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn what_only_the_connection_is_to_blame_for() {
        for (said, lost) in [
            ("ssh: connect to host h port 22: Connection refused", true),
            ("client_loop: send disconnect: Broken pipe", true),
            ("error: RPC failed; HTTP 503 curl 22", true),
            ("The requested URL returned error: 502", true),
            ("The requested URL returned error: 403", false),
            ("me@h: Permission denied (publickey).; Connection closed by h", false),
            ("Host key verification failed.; connection unexpectedly closed", false),
            ("sh: rsync: not found; connection unexpectedly closed", false),
            ("fatal: repository 'x' does not exist", false),
        ] {
            assert_eq!(is_lost(said), lost, "{said}");
        }
    }

    #[test]
    fn every_sign_of_a_lost_connection() {
        for said in [
            "Connection refused",
            "Connection reset",
            "Connection closed",
            "Connection timed out",
            "connection unexpectedly closed",
            "Operation timed out",
            "Broken pipe",
            "No route to host",
            "Network is unreachable",
            "Temporary failure in name resolution",
            "kex_exchange_identification",
            "Could not connect to server",
            "early EOF",
            "hung up unexpectedly",
            "HTTP 408",
            "HTTP 425",
            "HTTP 429",
            "HTTP 5",
            "returned error: 408",
            "returned error: 425",
            "returned error: 429",
            "returned error: 5",
        ] {
            assert!(is_lost(&format!("error: {said} 1")), "{said}");
            for sure in [
                "Permission denied",
                "Host key verification failed",
                "not found",
                "No space left",
                "Authentication failed",
            ] {
                assert!(!is_lost(&format!("{said}; {sure}")), "{said}; {sure}");
            }
        }
        for said in ["HTTP 404", "HTTP 403", "returned error: 400", "no such file", ""] {
            assert!(!is_lost(said), "{said}");
        }
    }

    #[test]
    fn a_run_has_one_budget() {
        let (retry, count) = (Retry::default(), AtomicU32::new(0));
        let lost_until = |last| {
            retry.run(|| match count.fetch_add(1, Ordering::SeqCst) {
                n if n < last => Err(PublishError::Lost("away".into())),
                _ => Ok(()),
            })
        };
        assert!(lost_until(2).is_ok());
        assert_eq!(count.load(Ordering::SeqCst), 3);
        assert!(matches!(lost_until(u32::MAX), Err(PublishError::Lost(_))));
        assert_eq!(count.load(Ordering::SeqCst), 3 + BUDGET - 2 + 1);
        // What is refused is refused once.
        count.store(0, Ordering::SeqCst);
        let fails = Retry::default().run(|| {
            count.fetch_add(1, Ordering::SeqCst);
            Err::<(), _>(PublishError::target("no such repository"))
        });
        assert!(matches!(fails, Err(PublishError::Target(_))));
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }
}
