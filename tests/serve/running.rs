//! A running server, asked as a browser asks it: over a socket of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use briefing::base::Digest;
use briefing::config::disk;
use briefing::source::Snapshot;
use serde_json::Value;

/// Whoever waits longer waits for nothing.
const PATIENCE: Duration = Duration::from_secs(30);

/// `briefing serve`, which ends with the test.
pub(crate) struct Running {
    child: Child,
    pub(crate) port: u16,
    pub(crate) token: String,
    site: PathBuf,
    said: Arc<Mutex<String>>,
}

/// A response.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Running {
    /// Serves a site's folder at a port that is free.
    pub(crate) fn start(site: &Path, args: &[&str]) -> Self {
        Self::start_at(site, 0, args)
    }

    /// Serves a site's folder at a port.
    pub(crate) fn start_at(site: &Path, port: u16, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_briefing"))
            .args(["serve", "--site"])
            .arg(site)
            .args(["--port", &port.to_string(), "--today", "2026-01-01"])
            .args(args)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let said = Arc::new(Mutex::new(String::new()));
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let heard = said.clone();
        let (sender, home) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|count| count > 0) {
                if let Some(home) = line.strip_prefix("serving http://127.0.0.1:") {
                    let home = home.split(' ').next().unwrap();
                    let (port, path) = home.split_once('/').unwrap();
                    let _ = sender.send((port.parse().unwrap(), format!("/{path}")));
                }
                heard.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        let home = home.recv_timeout(PATIENCE);
        let (port, home) = home.unwrap_or_else(|_| panic!("it said: {}", said.lock().unwrap()));
        let mut running = Self { child, port, token: String::new(), site: site.into(), said };
        running.token = running.token_now(&home);
        running
    }

    /// The token that a page of the server has.
    fn token_now(&self, home: &str) -> String {
        let page = self.get(home).text();
        let token = page.split("data-token=\"").nth(1).expect("a page has a token");
        token.split('"').next().unwrap().to_string()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it ended.
    pub(crate) fn exit_code(&mut self, patience: Duration) -> Option<i32> {
        let start = Instant::now();
        while start.elapsed() < patience {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            thread::sleep(Duration::from_millis(5));
        }
        None
    }

    /// What it said in its terminal.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Asks for a path of a URL.
    pub(crate) fn get(&self, path: &str) -> Response {
        self.client().get(path)
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.port)
    }

    pub(crate) fn events(&self) -> Events {
        Events::new(self.port, &self.token)
    }

    /// What the script in a page is told of it.
    pub(crate) fn state(&self, path: &str) -> Value {
        self.ask("page", path)
    }

    /// What the author's panel of a page shows.
    pub(crate) fn panel(&self, path: &str) -> Value {
        self.ask("panel", path)
    }

    fn ask(&self, what: &str, path: &str) -> Value {
        let path = path.replace('/', "%252F");
        let asked = format!("/_briefing/{what}?token={}&path={path}", self.token);
        serde_json::from_slice(&self.get(&asked).body).expect("an object")
    }

    /// Waits until what is served is what the files are.
    pub(crate) fn settle(&self, events: &mut Events) {
        // A new listener is told at once what is served: it may be that already.
        *events = self.events();
        events.wait_for(tree(&self.site));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The digest of a site's files.
pub(crate) fn tree(site: &Path) -> Digest {
    Snapshot::take(disk(site)).tree()
}

/// A connection that is used again.
pub(crate) struct Client {
    port: u16,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(port: u16) -> Self {
        Self { port, stream: None }
    }

    pub(crate) fn get(&mut self, path: &str) -> Response {
        let port = self.port;
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        let stream = self.stream.get_or_insert_with(|| BufReader::new(connect(port)));
        stream.get_mut().write_all(request.as_bytes()).unwrap();
        let response = read(stream).unwrap_or_else(|error| panic!("{path}: {error}"));
        if response.header("connection") == Some("close") {
            self.stream = None;
        }
        response
    }
}

/// A connection to a port of this machine.
pub(crate) fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Reads a response whose length is known.
pub(crate) fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<Response> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let Some(status) = status else {
        return Err(std::io::Error::other(format!("not a response: {line:?}")));
    };
    let mut headers = Vec::new();
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_string()));
    }
    let mut response = Response { status, headers, body: Vec::new() };
    let length = response.header("content-length").and_then(|length| length.parse().ok());
    response.body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut response.body)?;
    Ok(response)
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a page is UTF-8")
    }

    /// The page without the one element that the server adds.
    pub(crate) fn page(&self) -> String {
        let text = self.text();
        let start = text.find("<script data-briefing-live ").expect("a page has the script");
        let end = start + text[start..].find("</script>").unwrap() + "</script>".len();
        assert!(!text[end..].contains("data-briefing-live"), "the script is there twice");
        format!("{}{}", &text[..start], &text[end..])
    }
}

/// The stream of events.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    pub(crate) fn new(port: u16, token: &str) -> Self {
        let mut stream = connect(port);
        let request = format!(
            "GET /_briefing/events?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream);
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        assert!(line.starts_with("HTTP/1.1 200"), "{line}");
        Self { lines }
    }

    /// The next event: its name and data.
    pub(crate) fn next(&mut self) -> (String, Value) {
        let start = Instant::now();
        let mut name = String::new();
        let mut line = String::new();
        loop {
            line.clear();
            let count = self.lines.read_line(&mut line).expect("events come in time");
            assert!(count > 0, "the stream ended");
            // What keeps the connection alive is no event.
            assert!(start.elapsed() < PATIENCE, "no event comes");
            if let Some(found) = line.strip_prefix("event: ") {
                name = found.trim_end().to_string();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return (name, serde_json::from_str(data).expect("an object"));
            }
        }
    }

    /// Waits for an event of a name that is as it should be.
    pub(crate) fn until(&mut self, name: &str, is: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let (found, data) = self.next();
            if found == name && is(&data) {
                return data;
            }
            assert!(start.elapsed() < PATIENCE, "no such `{name}`; the last was {data}");
        }
    }

    /// Waits for the snapshot of a tree.
    pub(crate) fn wait_for(&mut self, tree: Digest) -> Value {
        let tree = tree.to_string();
        self.until("snapshot", |data| data["files"] == *tree)
    }
}
