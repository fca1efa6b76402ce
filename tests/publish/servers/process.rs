//! A server's process, which ends with its value.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// A server.
pub(crate) struct Process(Child);

impl Process {
    /// Starts a server, and waits until it listens.
    #[track_caller]
    pub(crate) fn start(command: &mut Command, port: u16) -> Self {
        let child = command.spawn().unwrap();
        let start = Instant::now();
        // A connection to a port that no process listens on may be given that port itself, and reach itself.
        let is_other = |stream: &TcpStream| stream.local_addr().ok() != stream.peer_addr().ok();
        let connect = || TcpStream::connect(("127.0.0.1", port)).ok();
        while !connect().is_some_and(|stream| is_other(&stream)) {
            assert!(start.elapsed() < Duration::from_secs(20), "{command:?} does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self(child)
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
