//! Sockets, and clients that are too many or too slow.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use futures_util::StreamExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_io_timeout::TimeoutStream;

/// So many connections at once; when one more comes, the one that has asked for nothing the longest goes.
const MOST: usize = 700;

/// A request's head has to come within this time.
const HEAD: Duration = Duration::from_secs(10);

/// A client that takes nothing for so long is dropped.
const STALLED: Duration = Duration::from_secs(10);

/// The most bytes of a request's head, and the most header fields.
const HEAD_BYTES: usize = 16 * 1024;
const HEADERS: usize = 64;

/// After the system refused a connection, so long is waited before the next.
const REFUSED: Duration = Duration::from_millis(50);

/// Sockets at a port: of both loopback addresses, or of one address that the user names.
///
/// # Errors
/// The port is taken, or the address is none of this machine's.
pub fn bind(address: Option<std::net::IpAddr>, port: u16) -> io::Result<Vec<TcpListener>> {
    if let Some(address) = address {
        return Ok(vec![TcpListener::bind(SocketAddr::new(address, port))?]);
    }
    let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let port = first.local_addr()?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(second) => Ok(vec![first, second]),
        // Not every machine has the newer address.
        Err(error) if error.kind() != io::ErrorKind::AddrInUse => Ok(vec![first]),
        Err(error) => Err(error),
    }
}

pub(super) fn tokio_socket(socket: TcpListener) -> io::Result<tokio::net::TcpListener> {
    socket.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(socket)
}

/// The connections that there are.
#[derive(Clone, Default)]
pub(super) struct Connections(Arc<Mutex<OpenConnections>>);

#[derive(Default)]
struct OpenConnections {
    next: u64,
    /// By age: how many requests each is being answered, and what ends it.
    connections: BTreeMap<u64, OpenConnection>,
}

#[derive(Clone)]
struct OpenConnection {
    busy: Arc<AtomicUsize>,
    leave: Arc<Notify>,
}

impl Connections {
    /// A place for one more connection. If there are too many, the oldest idle one has to go.
    fn take(&self) -> (u64, OpenConnection) {
        let place = OpenConnection { busy: Arc::default(), leave: Arc::default() };
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.connections.len() >= MOST {
            let is_idle =
                |(_, place): &(&u64, &OpenConnection)| place.busy.load(Ordering::Relaxed) == 0;
            let oldest =
                taken.connections.iter().find(is_idle).or(taken.connections.first_key_value());
            if let Some((number, _)) = oldest {
                let number = *number;
                if let Some(place) = taken.connections.remove(&number) {
                    place.leave.notify_one();
                }
            }
        }
        let number = taken.next;
        taken.next += 1;
        taken.connections.insert(number, place.clone());
        (number, place)
    }

    fn leave(&self, number: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).connections.remove(&number);
    }
}

/// Answers the requests to a socket.
pub(super) async fn accept(socket: tokio::net::TcpListener, app: Router, places: Connections) {
    loop {
        match socket.accept().await {
            Ok((stream, _)) => {
                let (app, places) = (app.clone(), places.clone());
                tokio::spawn(async move {
                    let (number, place) = places.take();
                    tokio::select! {
                        () = answer(stream, app, &place) => {}
                        () = place.leave.notified() => {}
                    }
                    places.leave(number);
                });
            }
            Err(_) => tokio::time::sleep(REFUSED).await,
        }
    }
}

/// Answers the requests of one connection.
async fn answer(stream: TcpStream, app: Router, place: &OpenConnection) {
    // A page is sent in one piece: waiting for more of it would only delay its end.
    drop(stream.set_nodelay(true));
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(STALLED));
    let busy = place.busy.clone();
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let busy = Busy::new(busy.clone());
        let app = TowerToHyperService::new(app.clone());
        async move {
            let response = app.call(request.map(Body::new)).await?;
            Ok::<_, Infallible>(held(response, busy))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    // What a client does wrong is its own affair: the connection is over.
    drop(connection.await);
}

/// A response during which its connection is not idle: a stream of events lasts as long as its page is open.
fn held(response: Response, busy: Busy) -> Response {
    let kind = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind != Some(b"text/event-stream") {
        return response;
    }
    response.map(|body| {
        Body::from_stream(body.into_data_stream().inspect(move |_| {
            let _ = &busy;
        }))
    })
}

/// Counts a request while it is being answered.
struct Busy(Arc<AtomicUsize>);

impl Busy {
    fn new(count: Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
