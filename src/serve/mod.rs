//! `briefing serve`: the site while it is being written.
//!
//! Nothing is rendered before a browser asks, and no file is written. What is answered is what `build` would write
//! from the same files, with one `<script>` more. In this order:
//!
//! | module | does |
//! |---|---|
//! | `follow` | waits for changes, takes a snapshot of the files, loads it, and hands it over as a `live::Live` |
//! | `live` | what is at a URL: a page, a published file, a broken file's problems, or nothing |
//! | `shared` | what the answering threads and the following one have in common |
//! | `listen` | sockets, and clients that are too many or too slow |
//! | `guard` | which requests are answered at all |
//! | `routes` | from a request to a response |
//! | `report` | what the script in the page asks for: the state of its page, the author's panel |
//!
//! There is no rendering and no invalidation here: both are the engine's.

mod assets;
mod events;
mod fault;
mod files;
mod follow;
mod guard;
mod listen;
mod live;
mod named;
mod report;
mod routes;
mod script;
mod shared;

pub use follow::Rebuilt;
pub use listen::bind;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::base::{BaseUrl, SourcePath};
use crate::diag::Diagnostic;

use shared::Shared;

/// The threads that read requests and write answers.
const LISTENING: usize = 2;

/// The most threads that make pages at once.
const ANSWERING: usize = 16;

/// The most threads that read large files at once.
const DOWNLOADING: usize = 4;

/// What is served, and how.
pub struct Config {
    /// The site's folder.
    pub site: PathBuf,
    /// The name of the site's folder: the title of a site that has none.
    pub folder: String,
    /// Where the pages take themselves to be.
    pub base: BaseUrl,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether pages that are published later are shown.
    pub future: bool,
    /// The day of the snapshots, if it is not the current one.
    pub today: Option<Date>,
    /// Whether a changed page is fitted into the one that a browser shows, instead of loaded again.
    pub morph: bool,
    /// Whether all files are looked at again and again, instead of waiting for events.
    pub poll: bool,
    /// Whether other machines may ask: then any address of this machine is a host.
    pub shared: bool,
    /// A link to an editor, with `{path}`, `{line}` and `{column}`.
    pub editor: Option<String>,
    /// What only pages of this server know.
    pub token: String,
    /// How long nothing may change before all pages are looked over; never without it.
    pub sweep_after: Option<Duration>,
    /// The most bytes of rendered pages in memory.
    pub memory: usize,
}

/// What the server asks of the rest of the program: it has neither a clock nor a terminal.
#[derive(Clone)]
pub struct World {
    /// The time since some fixed moment.
    pub clock: Arc<dyn Fn() -> Duration + Send + Sync>,
    /// The time of the day.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Receives the messages of the server.
    pub tell: Arc<dyn Fn(News<'_>) + Send + Sync>,
}

/// What happens while a site is served.
pub enum News<'a> {
    /// The site was loaded again, or for the first time.
    Rebuilt(&'a Rebuilt),
    /// Problems that are new since the last message, and the texts for excerpts.
    Found(&'a [Diagnostic], &'a dyn Fn(&SourcePath) -> Option<String>),
    /// There are no events of changes: all files are looked at again and again.
    Polls,
}

/// A running server.
pub struct Server {
    shared: Arc<Shared>,
    runtime: Option<tokio::runtime::Runtime>,
    /// Has the threads that read large files: as many downloads as there may be keep no page waiting.
    downloads: Option<tokio::runtime::Runtime>,
}

impl Server {
    /// Loads a site and begins to answer. Returns as soon as the first request can be answered.
    ///
    /// # Errors
    /// The sockets or threads of the server cannot be had.
    pub fn start(config: Config, world: World, sockets: Vec<TcpListener>) -> io::Result<Self> {
        granted(LISTENING + ANSWERING + DOWNLOADING + 1)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(LISTENING)
            .max_blocking_threads(ANSWERING)
            .enable_all()
            .build()?;
        let downloads = tokio::runtime::Builder::new_current_thread()
            .max_blocking_threads(DOWNLOADING)
            .build()?;
        let ports: Vec<SocketAddr> =
            sockets.iter().map(TcpListener::local_addr).collect::<io::Result<_>>()?;
        let (follower, first) = follow::Follower::start(&config, world);
        let shared = Arc::new(Shared::new(
            config,
            ports,
            first,
            follower.waker(),
            downloads.handle().clone(),
        ));
        let entered = runtime.enter();
        let app = routes::app(shared.clone());
        let connections = listen::Connections::default();
        for socket in sockets {
            let socket = listen::tokio_socket(socket)?;
            runtime.spawn(listen::accept(socket, app.clone(), connections.clone()));
        }
        let followed = shared.clone();
        thread::Builder::new().name("follow".into()).spawn(move || follower.follow(&followed))?;
        drop(entered);
        Ok(Self { shared, runtime: Some(runtime), downloads: Some(downloads) })
    }

    /// Answers until the user asks for an end.
    pub fn wait(&self) {
        if let Some(runtime) = &self.runtime {
            // Without the signal there is no way to ask: then the system ends the program.
            if runtime.block_on(tokio::signal::ctrl_c()).is_err() {
                thread::park();
            }
        }
    }

    /// How many bytes of rendered pages are in memory.
    pub fn remembered(&self) -> usize {
        self.shared.live().loaded.memory()
    }

    /// How many loads of the site are in memory.
    pub fn alive(&self) -> usize {
        self.shared.alive()
    }

    /// How many pages the current snapshot has rendered, and how many files it parsed.
    pub fn worked(&self) -> (usize, usize) {
        let trace = self.shared.live().loaded.trace();
        (trace.rendered.len(), trace.parsed.len())
    }
}

/// Whether the system grants so many threads at once: a runtime that is refused one ends the program.
fn granted(count: usize) -> io::Result<()> {
    let gate = RwLock::new(());
    thread::scope(|scope| {
        // Dropped at the end, whatever is refused: then all of them end.
        let _shut = gate.write().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..count {
            thread::Builder::new().spawn_scoped(scope, || drop(gate.read()))?;
        }
        Ok(())
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop();
        for runtime in [self.runtime.take(), self.downloads.take()].into_iter().flatten() {
            runtime.shutdown_background();
        }
    }
}
