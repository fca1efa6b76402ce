//! What the answering threads and the following one have in common.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::runtime::Handle;
use tokio::sync::{broadcast, watch};

use crate::base::{Digest, OutPath, SourcePath};
use crate::engine::Loaded;
use crate::source::{Source, Waker};

use super::Config;
use super::live::Live;

/// Events that a slow reader may be behind.
const BEHIND: usize = 64;

/// The state of the server.
pub(super) struct Shared {
    pub(super) config: Config,
    /// The addresses that it answers at.
    pub(super) ports: Vec<SocketAddr>,
    live: watch::Sender<Arc<Live>>,
    events: broadcast::Sender<Arc<str>>,
    waker: Waker,
    /// The threads that read large files.
    pub(super) downloads: Handle,
    /// The pages that browsers show: what each was when it was asked for last, and in which snapshot.
    open: Mutex<BTreeMap<OutPath, (Digest, u64)>>,
    stopped: AtomicBool,
    /// Every load that may still be in memory.
    loads: Mutex<Vec<Weak<Loaded>>>,
}

impl Shared {
    pub(super) fn new(
        config: Config,
        ports: Vec<SocketAddr>,
        live: Live,
        waker: Waker,
        downloads: Handle,
    ) -> Self {
        let loads = Mutex::new(vec![Arc::downgrade(&live.loaded)]);
        Self {
            config,
            ports,
            live: watch::Sender::new(Arc::new(live)),
            events: broadcast::Sender::new(BEHIND),
            waker,
            downloads,
            open: Mutex::default(),
            stopped: AtomicBool::new(false),
            loads,
        }
    }

    /// What is served now.
    pub(super) fn live(&self) -> Arc<Live> {
        self.live.borrow().clone()
    }

    /// Serves something else from now on.
    pub(super) fn serve(&self, live: Arc<Live>) {
        let mut loads = self.loads.lock().unwrap_or_else(PoisonError::into_inner);
        loads.retain(|load| load.strong_count() > 0);
        loads.push(Arc::downgrade(&live.loaded));
        drop(loads);
        self.live.send_replace(live);
    }

    /// How many loads are in memory.
    pub(super) fn alive(&self) -> usize {
        let loads = self.loads.lock().unwrap_or_else(PoisonError::into_inner);
        loads.iter().filter(|load| load.strong_count() > 0).count()
    }

    /// The next snapshot after one.
    pub(super) async fn after(&self, number: u64) -> Arc<Live> {
        let mut live = self.live.subscribe();
        let newer = live.wait_for(|live| live.number > number).await;
        newer.map_or_else(|_| self.live(), |live| live.clone())
    }

    /// Tells every browser.
    pub(super) fn tell(&self, event: &str) {
        // Without a browser no message is sent.
        drop(self.events.send(event.into()));
    }

    /// What browsers are told from now on.
    pub(super) fn events(&self) -> broadcast::Receiver<Arc<str>> {
        self.events.subscribe()
    }

    /// Asks for a look at a file that is not what the snapshot says.
    pub(super) fn look(&self, live: &Live, path: &SourcePath) {
        if let Some(place) = live.snapshot.on_disk(path) {
            self.waker.file(place);
        }
    }

    /// Notes that a browser shows a page.
    pub(super) fn shows(&self, live: &Live, out: &OutPath, digest: Digest) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(out.clone(), (digest, live.number));
        open.retain(|_, (_, number)| *number + 1 >= live.number);
    }

    /// The pages that browsers show, as they knew them before a snapshot.
    pub(super) fn open(&self, before: u64) -> Vec<(OutPath, Digest)> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let open = open.iter().filter(|(_, (_, number))| *number + 1 >= before);
        open.map(|(out, (digest, _))| (out.clone(), *digest)).collect()
    }

    /// The link that opens a file in the author's editor.
    pub(super) fn editor(&self, path: &SourcePath, line: u32, column: u32) -> Option<String> {
        let live = self.live();
        let root = live.snapshot.root();
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let place = root.join(Path::new(path.as_str()));
        let place = place.to_str()?.replace('\\', "/");
        let place: String = place.split('/').map(encoded).collect::<Vec<_>>().join("/");
        let link = self.config.editor.as_deref()?.replace("{path}", &place);
        Some(link.replace("{line}", &line.to_string()).replace("{column}", &column.to_string()))
    }

    /// Says that it is over.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.waker.wake();
    }

    /// Whether it is over.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// A segment of a path as a URL has it.
fn encoded(segment: &str) -> String {
    let mut text = String::new();
    for byte in segment.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b':' => {
                text.push(byte as char);
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
