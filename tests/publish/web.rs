//! A web server of the tests' own on loopback: it gives a folder's files, can be told to lie, and runs `git http-backend`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// An answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// How many bytes are sent of it, when it breaks off.
    pub(crate) sent: Option<usize>,
}

/// A request.
#[derive(Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

type Handler = dyn Fn(&Request) -> Answer + Send + Sync;

/// A server that ends with its value.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn new(handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, handler): (_, Arc<Handler>) = (stop.clone(), Arc::new(handler));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let (Ok(stream), handler) = (stream, handler.clone()) else { continue };
                std::thread::spawn(move || serve(stream, &*handler));
            }
        });
        Self { address, stop, thread: Some(thread) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

/// One request and its answer; the connection ends with it. A client that goes away is no fault of the test.
fn serve(stream: TcpStream, handler: &Handler) {
    let mut reader = BufReader::new(&stream);
    let Some(request) = read(&mut reader, &stream) else { return };
    let answer = handler(&request);
    let mut head = format!("HTTP/1.1 {} X\r\nConnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len()));
    let body = &answer.body[..answer.sent.unwrap_or(answer.body.len())];
    let mut stream = &stream;
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn read(reader: &mut impl BufRead, mut stream: &TcpStream) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let method = words.next()?.to_owned();
    let target = words.next()?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request =
        Request { method, path: decoded(path), query: query.to_owned(), ..Request::default() };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        request.headers.insert(name.to_lowercase(), value.to_owned());
    }
    if request.headers.get("expect").is_some_and(|expect| expect == "100-continue") {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    if request.headers.get("transfer-encoding").is_some_and(|encoding| encoding == "chunked") {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).ok()?;
            let size = usize::from_str_radix(size.trim(), 16).ok()?;
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).ok()?;
            request.body.extend_from_slice(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = request.headers.get("content-length") {
        request.body = vec![0; length.parse().ok()?];
        reader.read_exact(&mut request.body).ok()?;
    }
    Some(request)
}

fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(&path[at + 1..at + 3], 16).unwrap());
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap()
}

/// What an honest static host answers.
pub(crate) fn file(root: &Path, path: &str) -> Answer {
    let relative = path.trim_start_matches('/');
    let relative = match relative.is_empty() || relative.ends_with('/') {
        true => format!("{relative}index.html"),
        false => relative.to_owned(),
    };
    let kind = match relative.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "svg" => "image/svg+xml",
        "ico" => "image/vnd.microsoft.icon",
        "js" => "text/javascript; charset=utf-8",
        "woff2" => "font/woff2",
        "txt" => "text/plain",
        "xml" => "text/xml",
        _ => "application/octet-stream",
    };
    let headers = |kind: &str| vec![("Content-Type".to_owned(), kind.to_owned())];
    match fs::read(root.join(relative)) {
        Ok(body) => Answer { status: 200, headers: headers(kind), body, sent: None },
        Err(_) => {
            let body = fs::read(root.join("404.html")).unwrap_or_default();
            Answer { status: 404, headers: headers("text/html"), body, sent: None }
        }
    }
}

/// Git over smart HTTP: the repositories below a folder, for one user and password.
pub(crate) fn git_server(root: PathBuf, password: &'static str) -> Server {
    Server::new(move |request| {
        // "ann:" and the password, in base 64.
        if request.headers.get("authorization").map(String::as_str) != Some(password) {
            let headers = vec![("WWW-Authenticate".to_owned(), "Basic realm=\"git\"".to_owned())];
            return Answer { status: 401, headers, ..Answer::default() };
        }
        backend(&root, request)
    })
}

/// One request to `git http-backend`, which speaks CGI.
pub(crate) fn backend(root: &Path, request: &Request) -> Answer {
    let header = |name: &str| request.headers.get(name).map_or("", String::as_str);
    let mut child = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("REMOTE_USER", "ann")
        .env("REQUEST_METHOD", &request.method)
        .env("PATH_INFO", &request.path)
        .env("QUERY_STRING", &request.query)
        .env("CONTENT_TYPE", header("content-type"))
        .env("CONTENT_LENGTH", request.body.len().to_string())
        .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
        .env("GIT_PROTOCOL", header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, body) = (child.stdin.take().unwrap(), request.body.clone());
    let writer = std::thread::spawn(move || drop(input.write_all(&body)));
    let output = child.wait_with_output().unwrap().stdout;
    writer.join().unwrap();
    let end = output.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&output[..end]).into_owned();
    let mut answer = Answer { status: 200, body: output[end + 4..].to_vec(), ..Answer::default() };
    for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
        match name {
            "Status" => answer.status = value[..3].parse().unwrap(),
            _ => answer.headers.push((name.to_owned(), value.to_owned())),
        }
    }
    answer
}

/// What a server is told to do while a test goes on.
pub(crate) type Told<T> = Arc<Mutex<T>>;
