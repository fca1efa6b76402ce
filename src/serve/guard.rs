//! Which requests are answered at all. Other sites are open in the same browser, and a name of theirs may be made to
//! lead here (DNS rebinding): what they ask for is refused before anything is looked up.

use std::net::IpAddr;

use axum::http::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, Uri};

use super::shared::Shared;

/// Why a request is not answered.
pub(super) type Refusal = (StatusCode, &'static str);

/// What browsers say of where a request comes from (Fetch Metadata).
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request may be answered.
///
/// # Errors
/// The status and text to refuse it with.
pub(super) fn check(parts: &Parts, shared: &Shared) -> Result<(), Refusal> {
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered"));
    }
    let Some(host) = host(&parts.headers, &parts.uri) else {
        return Err((StatusCode::BAD_REQUEST, "a request names one host"));
    };
    if !is_own(host, shared) {
        return Err((StatusCode::FORBIDDEN, "this server does not answer for that host"));
    }
    match single(&parts.headers, &ORIGIN) {
        Ok(None) => {}
        Ok(Some(origin)) if origin.strip_prefix("http://") == Some(host) => {}
        _ => return Err((StatusCode::FORBIDDEN, "another site may not ask")),
    }
    Ok(())
}

/// Whether a request that only our own script makes comes from it.
///
/// # Errors
/// The status and text to refuse it with.
pub(super) fn own_script(parts: &Parts, shared: &Shared) -> Result<(), Refusal> {
    let site = parts.headers.get(FETCH_SITE).map(HeaderValue::as_bytes);
    if !matches!(site, None | Some(b"same-origin")) {
        return Err((StatusCode::FORBIDDEN, "only pages of this server may ask"));
    }
    let query = parts.uri.query().unwrap_or_default();
    let token = query.split('&').find_map(|pair| pair.strip_prefix("token="));
    if !token.is_some_and(|token| is_equal(token.as_bytes(), shared.config.token.as_bytes())) {
        return Err((StatusCode::FORBIDDEN, "only pages of this server may ask"));
    }
    Ok(())
}

/// The one host that a request names. The target may name one too.
fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    let host = single(headers, &HOST).ok()??;
    match uri.authority() {
        Some(authority) if authority.as_str() != host => None,
        _ => Some(host),
    }
}

fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(drop),
        (Some(_), Some(_)) => Err(()),
    }
}

/// Whether a host is one of this server's names: no site can have them.
fn is_own(host: &str, shared: &Shared) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
        _ => (host, Some(80)),
    };
    let Some(port) = port else { return false };
    if !shared.ports.iter().any(|own| own.port() == port) {
        return false;
    }
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let address = bare.unwrap_or(name).parse::<IpAddr>();
    match address {
        Ok(address) if address.is_ipv6() != bare.is_some() => false,
        // An IP address needs no check: no DNS record of an attacker leads here by it.
        Ok(_) if shared.config.shared => true,
        Ok(address) => {
            address == IpAddr::from([127, 0, 0, 1])
                || address == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])
        }
        Err(_) => false,
    }
}

/// Compares in a time that does not depend on where two texts differ.
fn is_equal(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
