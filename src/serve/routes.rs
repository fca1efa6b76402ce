//! From a request to a response.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, LOCATION, RANGE,
    RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;

use crate::base::{Digest, MediaType, UrlPath, percent_decoded};
use crate::engine::Rendered;
use crate::site::headers::OutputHeaders;

use super::guard::{self, Refusal};
use super::live::{Answer, Live};
use super::shared::Shared;
use super::{assets, events, fault, files, report, script};

/// What scripts, styles and connections a page may use that is none of the site's: this server's alone. Pictures and
/// media come from wherever the built site may have them from.
const POLICY: &str = "script-src 'self'; style-src 'self'; connect-src 'self'; object-src 'none'; \
                      base-uri 'self'; frame-ancestors 'self'; img-src * data: blob:; media-src * data: blob:";

/// How often a published file that is being changed is looked at again, and how long is waited for it each time.
const TRIES: usize = 3;
const WAIT: Duration = Duration::from_secs(1);

/// Everything that is answered.
pub(super) fn app(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/_briefing/live.js", get(|| async { asset("text/javascript", assets::SCRIPT) }))
        .route("/_briefing/live.css", get(|| async { asset("text/css", assets::STYLE) }))
        .route("/_briefing/events", get(stream))
        .route("/_briefing/page", get(page))
        .route("/_briefing/panel", get(panel))
        .route("/_briefing/{*rest}", get(|| async { StatusCode::NOT_FOUND }))
        .fallback(site)
        .layer(middleware::from_fn_with_state(shared.clone(), guarded))
        .with_state(shared)
}

/// Refuses what is not to be answered, and says of every answer how far it may be trusted.
async fn guarded(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = match guard::check(&parts, &shared) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(refusal) => refused(refusal),
    };
    let headers = response.headers_mut();
    // A file of the site's authors has a policy of its own.
    let policy = HeaderValue::from_static(POLICY);
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(CACHE_CONTROL, "no-store");
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("referrer-policy"), "same-origin");
    response
}

fn refused((status, text): Refusal) -> Response {
    let mut response = (status, format!("{text}\n")).into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let kind = HeaderValue::from_str(&format!("{kind}; charset=utf-8"));
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, kind.expect("a plain word"));
    response
}

async fn stream(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match guard::own_script(&parts, &shared) {
        Ok(()) => events::stream(&shared),
        Err(refusal) => refused(refusal),
    }
}

async fn page(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    about(shared, request, report::state).await
}

async fn panel(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    about(shared, request, report::panel).await
}

/// Answers what our script asks about the page at `path`.
async fn about<T: Serialize + Send + 'static>(
    shared: Arc<Shared>,
    request: Request,
    report: fn(&Shared, &Live, &str) -> T,
) -> Response {
    let (parts, _) = request.into_parts();
    if let Err(refusal) = guard::own_script(&parts, &shared) {
        return refused(refusal);
    }
    let query = parts.uri.query().unwrap_or_default();
    let path = query.split('&').find_map(|pair| pair.strip_prefix("path="));
    // Encoded twice: as a path, and as a part of the query.
    let path = path.and_then(percent_decoded);
    let path = path.and_then(|path| percent_decoded(&path).map(Cow::into_owned));
    let Some(path) = path.and_then(|path| inside(&shared, &path)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let work = move || {
        let found = report(&shared, &shared.live(), &path);
        serde_json::to_string(&found).expect("texts and numbers are always valid JSON")
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(json) => typed("application/json", Body::from(json)),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Answers with what is at a URL.
async fn site(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let Some(path) = percent_decoded(request.uri().path()).map(Cow::into_owned) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let range = request.headers().get(RANGE).and_then(|range| range.to_str().ok());
    let range = range.map(str::to_string);
    let base = &shared.config.base.path;
    if format!("{path}/") == *base || (path == "/" && base != "/") {
        return redirect(base);
    }
    let mut live = shared.live();
    for _ in 0..TRIES {
        let Some(url) = inside(&shared, &path) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let (shared2, live2, range) = (shared.clone(), live.clone(), range.clone());
        let work = move || respond(&shared2, &live2, &url, range.as_deref());
        match tokio::task::spawn_blocking(work).await {
            Ok(Some(response)) => return response,
            // The file is being changed: the snapshot that has it is on its way.
            Ok(None) => {
                let newer = tokio::time::timeout(WAIT, shared.after(live.number)).await;
                live = newer.unwrap_or_else(|_| shared.live());
            }
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "1")]).into_response()
}

/// The response for a URL path, or nothing when a published file is not what the snapshot says.
fn respond(shared: &Shared, live: &Live, url: &str, range: Option<&str>) -> Option<Response> {
    let answer = live.answer(url);
    let (status, digest) = (answer.status(), answer.digest());
    let mut response = match answer {
        Answer::Found(output, Rendered::File(path, _, length)) => {
            // The file is the shown load's: when that is an older one, its snapshot is not at hand, but its digest is.
            match files::respond(&live.snapshot, &path, &output, length, range, &shared.downloads) {
                Ok(response) => return Some(response),
                Err(_) => {
                    shared.look(live, &path);
                    return None;
                }
            }
        }
        Answer::Changed(path) => {
            shared.look(live, &path);
            return None;
        }
        Answer::Found(output, content) => {
            let policy = OutputHeaders::of(&output, &live.shown.site().policies).policy;
            let response = content_of(shared, output.media_type, content, digest);
            with_policy(response, &policy, live.shown.config().trusted)
        }
        Answer::Nothing(Some(content)) => {
            let policy = &live.shown.site().policies.pages;
            let response = content_of(shared, MediaType::HTML, content, digest);
            with_policy(response, policy, live.shown.config().trusted)
        }
        Answer::Nothing(None) => "there is nothing here\n".into_response(),
        Answer::Fault(found) => html(shared, &fault::page(live, &found), digest),
        Answer::Slash => {
            let out = UrlPath::out(&format!("{url}/")).ok()?;
            return Some(redirect(&out.href(shared.config.base.prefix())));
        }
    };
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Some(response)
}

/// A response with the policy of the published page, which the script of this server keeps to as well. A page of trusted
/// content has a wide one, and reads every draft here: it gets the policy of this server.
fn with_policy(mut response: Response, policy: &str, is_trusted: bool) -> Response {
    if !is_trusted && let Ok(policy) = HeaderValue::from_str(policy) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn content_of(
    shared: &Shared,
    media_type: MediaType,
    content: Rendered,
    digest: Digest,
) -> Response {
    match content {
        Rendered::Text(text) if media_type.is_html() => html(shared, &text, digest),
        Rendered::Text(text) => typed(&media_type.to_string(), Body::from(text.to_string())),
        Rendered::Bytes(bytes) => {
            typed(&media_type.to_string(), Body::from(axum::body::Bytes::from_owner(bytes)))
        }
        Rendered::Embedded(bytes) => typed(&media_type.to_string(), Body::from(bytes)),
        Rendered::File(..) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn html(shared: &Shared, text: &str, digest: Digest) -> Response {
    typed(&MediaType::HTML.to_string(), Body::from(script::add(text, digest, &shared.config)))
}

fn typed(kind: &str, body: Body) -> Response {
    let mut response = Response::new(body);
    if let Ok(kind) = HeaderValue::from_str(kind) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    response
}

fn redirect(to: &str) -> Response {
    let mut response = StatusCode::PERMANENT_REDIRECT.into_response();
    match HeaderValue::from_str(to) {
        Ok(to) => drop(response.headers_mut().insert(LOCATION, to)),
        Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

/// A decoded path without the site's own prefix; nothing for one that lies elsewhere.
fn inside(shared: &Shared, path: &str) -> Option<String> {
    let path = shared.config.base.strip(path.into()).ok()?;
    path.starts_with('/').then(|| path.into_owned())
}
