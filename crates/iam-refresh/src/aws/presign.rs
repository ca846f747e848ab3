//! One presigned `GET`, in the order of parameters that botocore prints. Knows no service, no clock and no cache.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime};
use tracing::subscriber::NoSubscriber;

/// The longest that AWS lets a token live, and the least worth asking for.
pub(super) const LIFETIME: Duration = Duration::from_mins(15);
/// What the signature's specification leaves as it is (RFC 3986, "unreserved").
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
type Params = Vec<(&'static str, Cow<'static, str>)>;
const SIGNATURE: &str = "X-Amz-Signature";

/// Why a token cannot be signed, now or ever.
#[derive(Debug)]
#[non_exhaustive]
pub enum PresignError {
    /// A part without which the token would be signed for something that does not exist.
    Missing(&'static str),
    /// The signer refused the request: most likely a host that is none.
    Signing(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for PresignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(part) => write!(f, "the token needs a {part}; there is no default for it"),
            Self::Signing(cause) => write!(f, "cannot sign the token: {cause}"),
        }
    }
}

impl Error for PresignError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Missing(_) => None,
            Self::Signing(cause) => cause.source(),
        }
    }
}

/// What is signed: everything but by whom and when.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) service: &'static str,
    pub(super) region: String,
    /// Host and port as the token shows them.
    pub(super) authority: String,
    pub(super) query: String,
}

impl Request {
    /// The request as a URL without its scheme, signed.
    pub(super) fn presign(&self, credentials: &Credentials, at: SystemTime) -> Result<String, PresignError> {
        let signed = self.sign(credentials, at).map_err(PresignError::Signing)?;
        // The signer puts a session token behind the signature. Servers do not mind; comparing with botocore does.
        let (signature, mut params): (Params, Params) = signed.into_iter().partition(|(name, _)| *name == SIGNATURE);
        params.extend(signature);
        let mut url = format!("{}/?{}", self.authority, self.query);
        for (name, value) in &params {
            url.extend(["&", name, "="]);
            url.extend(utf8_percent_encode(value, ENCODED));
        }
        Ok(url)
    }

    fn sign(&self, credentials: &Credentials, at: SystemTime) -> Result<Params, Box<dyn Error + Send + Sync>> {
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(LIFETIME);
        let identity = credentials.clone().into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(self.service)
            .time(at)
            .settings(settings)
            .build()?
            .into();
        let url = format!("https://{}/?{}", self.signed_host(), self.query);
        let request = SignableRequest::new("GET", url, std::iter::empty(), SignableBody::Bytes(&[]))?;
        // The signer traces its canonical request, with the session token in it. No level of logging may show that.
        let signed = tracing::subscriber::with_default(NoSubscriber::new(), || sign(request, &params))?;
        Ok(signed.into_parts().0.into_parts().1)
    }

    /// The host as the server's HTTP library will see it, which is not always as it was given.
    fn signed_host(&self) -> String {
        let host = self.authority.to_ascii_lowercase();
        host.strip_suffix(":443").map(str::to_owned).unwrap_or(host)
    }
}

pub(super) fn encode(value: &str) -> impl fmt::Display {
    utf8_percent_encode(value, ENCODED)
}
