//! Objects that lead on: the website of a bucket answers with a redirect where an object has
//! `x-amz-website-redirect-location`, for which `opendal` has no option.

use opendal::{Buffer, Error, ErrorKind, HttpBody, HttpTransport, HttpTransporter};
use reqsign_aws_v4::{
    Credential, DefaultCredentialProvider, RequestSigner, StaticCredentialProvider,
};
use reqsign_core::{Context, OsEnv, ProvideCredentialChain, Signer};
use reqsign_file_read_tokio::TokioFileRead;
use ureq::http::{HeaderName, Request, Response, header};

use crate::publish::target::Access;

/// The name of the metadata by which a write says where its object leads; it never leaves this machine.
pub(super) const LEADS_TO: &str = "briefing-leads-to";

/// The header that `opendal` makes of that.
const MARK: HeaderName = HeaderName::from_static("x-amz-meta-briefing-leads-to");

/// The header that the store knows (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>).
const LOCATION: HeaderName = HeaderName::from_static("x-amz-website-redirect-location");

/// Sends requests as `opendal` made them, but for those that say where an object leads: the header is replaced, and
/// since headers are signed, the request is signed again.
pub(super) struct Leading {
    signer: Signer<Credential>,
    inner: HttpTransporter,
}

impl Leading {
    pub(super) fn new(access: &Access, region: &str) -> Self {
        let context = Context::new()
            .with_file_read(TokioFileRead)
            .with_http_send(HttpTransporter::default())
            .with_env(OsEnv);
        let keys = ProvideCredentialChain::new();
        let keys = match &access.keys {
            Some((key, secret)) => keys.push(match &access.session {
                Some(token) => StaticCredentialProvider::new(key, secret).with_session_token(token),
                None => StaticCredentialProvider::new(key, secret),
            }),
            None => keys.push(DefaultCredentialProvider::builder().no_imds().build()),
        };
        let signer = Signer::new(context, keys, RequestSigner::new("s3", region));
        Self { signer, inner: HttpTransporter::default() }
    }
}

impl HttpTransport for Leading {
    async fn fetch(&self, request: Request<Buffer>) -> opendal::Result<Response<HttpBody>> {
        let (mut parts, body) = request.into_parts();
        if let Some(to) = parts.headers.remove(MARK) {
            parts.headers.insert(LOCATION, to);
            for own in [header::AUTHORIZATION, HeaderName::from_static("x-amz-date")] {
                parts.headers.remove(own);
            }
            self.signer.sign(&mut parts, None).await.map_err(|error| {
                let is_temporary = error.is_retryable();
                Error::new(ErrorKind::Unexpected, "cannot sign a request")
                    .set_source(error)
                    .with_temporary(is_temporary)
            })?;
            // The client writes it.
            parts.headers.remove(header::HOST);
        }
        self.inner.fetch(Request::from_parts(parts, body)).await
    }
}
