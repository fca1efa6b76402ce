//! Published files as responses: whole, or the part that a player of videos asks for.

use std::io::{self, Read, SeekFrom};
use std::ops::Range;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream;
use tokio::runtime::Handle;

use crate::base::SourcePath;
use crate::site::Output;
use crate::site::headers::policy_of_file;
use crate::source::{ReadSeek, Snapshot, Source};

/// Files up to so many bytes are held, and compared with the snapshot before they are sent.
const HELD: u64 = 8 * 1024 * 1024;

/// The bytes that are read at once of larger ones.
const PART: usize = 256 * 1024;

/// The response for a published file. `downloads` has the threads that read large ones.
///
/// # Errors
/// The file is not what the snapshot says, or cannot be read.
pub(super) fn respond(
    snapshot: &Snapshot,
    path: &SourcePath,
    output: &Output,
    length: u64,
    range: Option<&str>,
    downloads: &Handle,
) -> io::Result<Response> {
    let part = range.and_then(|range| parse(range, length));
    if range.is_some_and(|range| range.starts_with("bytes=")) && part == Some(Err(())) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
        header(&mut response, CONTENT_RANGE, &format!("bytes */{length}"));
        return Ok(response);
    }
    let part = part.and_then(Result::ok);
    let wanted = part.clone().unwrap_or(0..length);
    let body = if length <= HELD {
        let bytes = Bytes::from(snapshot.read(path)?);
        Body::from(bytes.slice(wanted.start as usize..wanted.end as usize))
    } else {
        stream_of(snapshot.open(path)?, wanted.clone(), downloads)?
    };
    let mut response = Response::new(body);
    header(&mut response, CONTENT_TYPE, &output.media_type.to_string());
    // A page of ours reads every draft, and so would a document that others wrote, at the same address.
    if let Some(policy) = policy_of_file(output) {
        header(&mut response, CONTENT_SECURITY_POLICY, policy);
    }
    header(&mut response, ACCEPT_RANGES, "bytes");
    header(&mut response, CONTENT_LENGTH, &(wanted.end - wanted.start).to_string());
    if let Some(part) = part {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
        header(&mut response, CONTENT_RANGE, &range);
    }
    Ok(response)
}

/// A range of bytes (RFC 9110, 14.1.2): the one that is asked for, or that it lies outside. Several at once, and what
/// is no range, are nothing: then the whole is sent.
fn parse(range: &str, length: u64) -> Option<Result<Range<u64>, ()>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let found = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.trim().is_empty() => first..length,
        (None, Some(last)) if first.trim().is_empty() => length.saturating_sub(last)..length,
        _ => return None,
    };
    Some(if found.start < found.end { Ok(found) } else { Err(()) })
}

/// The bytes of an open file, each part read when the one before it was taken. While a client takes its time no thread
/// waits for it, and what reads is none of the threads that answer with pages.
fn stream_of(mut file: Box<dyn ReadSeek>, range: Range<u64>, threads: &Handle) -> io::Result<Body> {
    file.seek(SeekFrom::Start(range.start))?;
    let left = file.take(range.end - range.start);
    let threads = threads.clone();
    let parts = stream::unfold(Some(left), move |left| {
        let threads = threads.clone();
        async move {
            let mut left = left?;
            let work = move || {
                let mut part = vec![0; PART];
                let read = left.read(&mut part).map(|count| {
                    part.truncate(count);
                    Bytes::from(part)
                });
                (read, left)
            };
            match threads.spawn_blocking(work).await {
                Ok((Ok(part), _)) if part.is_empty() => None,
                Ok((Ok(part), left)) => Some((Ok(part), Some(left))),
                Ok((Err(error), _)) => Some((Err(error), None)),
                // The server ends.
                Err(_) => Some((Err(io::ErrorKind::Interrupted.into()), None)),
            }
        }
    });
    Ok(Body::from_stream(parts))
}

fn header(response: &mut Response, name: axum::http::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn ranges() {
        for (range, expected) in [
            ("bytes=0-9", Some(Ok(0..10))),
            ("bytes=90-", Some(Ok(90..100))),
            ("bytes=-5", Some(Ok(95..100))),
            ("bytes=-500", Some(Ok(0..100))),
            ("bytes=99-200", Some(Ok(99..100))),
            ("bytes=100-", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=5-2", None),
            ("bytes=0-1,4-5", None),
            ("bytes=x-", None),
            ("lines=1-2", None),
        ] {
            assert_eq!(parse(range, 100), expected, "{range}");
        }
    }
}
