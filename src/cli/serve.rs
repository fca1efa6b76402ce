//! `briefing serve`.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line asks the clock and the environment"
)]

use std::io::{self, IsTerminal};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use qrcode::QrCode;
use qrcode::render::unicode;

use crate::base::BaseUrl;
use crate::serve::{Config, News, Rebuilt, Server, World, bind};

use super::args::{Format, ServeArgs};
use super::build::{day, folder, no_content};
use super::{ENVIRONMENT, USAGE, print};

/// The port that is tried first.
const PORT: u16 = 4000;

/// So many ports are tried after it.
const NEXT: u16 = 100;

/// The most bytes of rendered pages in memory.
const MEMORY: usize = 64 * 1024 * 1024;

/// Nothing may change for so long before all pages are looked over.
const QUIET: Duration = Duration::from_millis(700);

/// Serves a site until Ctrl-C.
pub(super) fn run(args: &ServeArgs) -> u8 {
    let start = Instant::now();
    if !args.site.join("content").is_dir() {
        print::error(&no_content(&args.site));
        return USAGE;
    }
    let sockets = match sockets(args) {
        Ok(sockets) => sockets,
        Err((code, message)) => return stop(code, &message),
    };
    let Some(port) = sockets.first().and_then(|socket| socket.local_addr().ok()) else {
        return stop(ENVIRONMENT, "there is no address to listen on");
    };
    let (config, home) = match config(args, port) {
        Ok(config) => config,
        Err(message) => return stop(USAGE, &message),
    };
    let server = match Server::start(config, world(start), sockets) {
        Ok(server) => server,
        Err(error) => return stop(ENVIRONMENT, &format!("cannot start the server: {error}")),
    };
    print::note(&format!("serving {home} (Ctrl-C ends)"));
    if let Some(address) = args.bind.filter(|address| !address.is_loopback()) {
        share(address, &home, port);
    }
    if args.open && open::that_detached(&home).is_err() {
        print::note("cannot open a browser");
    }
    server.wait();
    0
}

fn stop(code: u8, message: &str) -> u8 {
    print::error(message);
    code
}

/// The sockets of the port that was asked for, or of the first that is free.
fn sockets(args: &ServeArgs) -> Result<Vec<TcpListener>, (u8, String)> {
    let taken = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
    let failed = |port: u16, error: &io::Error| {
        let message = match taken(error) {
            true => format!("port {port} is in use; choose another with `--port`"),
            false => format!("cannot listen on port {port}: {error}"),
        };
        (ENVIRONMENT, message)
    };
    if let Some(port) = args.port {
        return bind(args.bind, port).map_err(|error| failed(port, &error));
    }
    for port in PORT..PORT + NEXT {
        match bind(args.bind, port) {
            Ok(sockets) => {
                if port != PORT {
                    print::note(&format!("port {PORT} is in use; using {port}"));
                }
                return Ok(sockets);
            }
            Err(error) if taken(&error) => {}
            Err(error) => return Err(failed(port, &error)),
        }
    }
    Err((
        ENVIRONMENT,
        format!("ports {PORT} to {} are in use; choose another with `--port`", PORT + NEXT - 1),
    ))
}

/// What is served, and the URL of its home page.
fn config(args: &ServeArgs, port: SocketAddr) -> Result<(Config, String), String> {
    let path = args.base_path.as_deref().unwrap_or("/").trim_matches('/');
    let host = match args.bind {
        Some(address) if !address.is_unspecified() => SocketAddr::new(address, port.port()),
        _ => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port.port()),
    };
    let home = format!("http://{host}/{path}");
    let base = BaseUrl::parse(&home).map_err(|error| {
        format!("`--base-path {path}` {error}; write a path such as `/project/`")
    })?;
    let home = format!("http://{host}{}", base.path);
    let mut token = [0; 16];
    getrandom::fill(&mut token).map_err(|error| format!("cannot read random bytes: {error}"))?;
    let config = Config {
        site: args.site.clone(),
        folder: folder(&args.site),
        base,
        drafts: !args.no_drafts,
        future: !args.no_future,
        today: args.today.as_deref().map(day).transpose()?,
        morph: !args.no_morph,
        poll: args.poll,
        shared: args.bind.is_some_and(|address| !address.is_loopback()),
        editor: args.editor.clone().or_else(|| std::env::var("BRIEFING_EDITOR").ok()),
        token: token.iter().map(|byte| format!("{byte:02x}")).collect(),
        sweep_after: Some(QUIET),
        memory: MEMORY,
    };
    Ok((config, home))
}

fn world(start: Instant) -> World {
    World {
        clock: Arc::new(move || start.elapsed()),
        now: Arc::new(Timestamp::now),
        tell: Arc::new(|news| match news {
            News::Rebuilt(rebuilt) => print::note(&summary(rebuilt)),
            News::Found(found, texts) => {
                print::diagnostics(Format::Human, found, texts);
                print::note("");
            }
            News::Polls => {
                print::note("the system reports no file changes here: every file is polled");
            }
        }),
    }
}

/// `articles/x.md: 1 parsed, 2 open pages changed, 1.8 ms`
fn summary(rebuilt: &Rebuilt) -> String {
    let what = match &rebuilt.changed[..] {
        [] => "site".to_string(),
        [one] => one.as_str().strip_prefix("content/").unwrap_or(one.as_str()).to_string(),
        more => format!("{} files", more.len()),
    };
    let pages = match rebuilt.pages {
        0 => String::new(),
        1 => "1 open page changed, ".to_string(),
        pages => format!("{pages} open pages changed, "),
    };
    let took = rebuilt.took.as_secs_f64() * 1000.0;
    let took = match took {
        took if took < 10.0 => format!("{took:.1} ms"),
        took => format!("{took:.0} ms"),
    };
    let count = |count: usize, noun: &str| match count {
        0 => String::new(),
        1 => format!("; 1 {noun}"),
        count => format!("; {count} {noun}s"),
    };
    let (errors, warnings) = (count(rebuilt.errors, "error"), count(rebuilt.warnings, "warning"));
    format!("{what}: {} parsed, {pages}{took}{errors}{warnings}", rebuilt.parsed)
}

/// Says where other machines find the site: as a URL, and for a camera.
fn share(address: IpAddr, home: &str, port: SocketAddr) {
    let address = if address.is_unspecified() { outward() } else { Some(address) };
    let Some(address) = address else {
        print::note("other machines can open the site at this machine's address");
        return;
    };
    let own = home.splitn(4, '/').nth(3).unwrap_or_default();
    let url = format!("http://{}/{own}", SocketAddr::new(address, port.port()));
    print::note(&format!("other machines: {url}"));
    if io::stderr().is_terminal()
        && let Ok(code) = QrCode::new(&url)
    {
        print::note(&code.render::<unicode::Dense1x2>().quiet_zone(true).build());
    }
}

/// The address by which this machine talks to others. Nothing is sent: the system only chooses the way.
fn outward() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified())
}
