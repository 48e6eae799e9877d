//! Key sets that issuers publish: fetched over HTTPS, on the control threads.
//!
//! - A name is looked up once and its addresses are judged before one of them is connected to, so that no answer of a
//!   name server leads into a private network behind the judge's back.
//! - A redirect is followed within its origin only.
//! - What comes is bounded in size; the host bounds the time.

mod address;
mod exchange;

use std::{
    pin::Pin,
    sync::{Arc, OnceLock},
};

use anyhow::{Context, Result, ensure};
use gateway_host::{Fetching, KeyFetch};
use http::{
    Uri,
    header::{HeaderMap, LOCATION},
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio::runtime::Handle;

use self::exchange::Answer;
use crate::settings::Jwks;

/// Redirects of one fetch at most.
const REDIRECTS: usize = 3;

/// Fetches key sets.
pub(crate) struct KeyFetcher(Arc<Inner>);

struct Inner {
    /// Where sets are kept fresh.
    runtime: Handle,
    allow_private: bool,
    /// Authorities of the settings, trusted beside those of the system.
    authorities: Vec<CertificateDer<'static>>,
    /// Made for the first fetch: reading what the system trusts takes some milliseconds.
    tls: OnceLock<Arc<ClientConfig>>,
}

impl KeyFetcher {
    /// Fetches on the current runtime.
    ///
    /// # Errors
    /// The file with the authorities cannot be read, or has none.
    pub(crate) fn new(settings: &Jwks) -> Result<Self> {
        let file = &settings.authorities;
        let mut authorities = Vec::new();
        if !file.as_os_str().is_empty() {
            let shown = || format!("jwks.authorities: {}", file.display());
            let pem = std::fs::read(file).with_context(shown)?;
            authorities = CertificateDer::pem_slice_iter(&pem).collect::<Result<_, _>>().with_context(shown)?;
            ensure!(!authorities.is_empty(), "{}: there is no CERTIFICATE section in it", shown());
        }
        let allow_private = settings.allow_private;
        Ok(Self(Arc::new(Inner { runtime: Handle::current(), allow_private, authorities, tls: OnceLock::new() })))
    }
}

impl KeyFetch for KeyFetcher {
    fn fetch(&self, url: &Uri) -> Fetching {
        let (inner, url) = (self.0.clone(), url.clone());
        Box::pin(async move { inner.fetch(url).await })
    }

    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + Send>>) {
        drop(self.0.runtime.spawn(work));
    }
}

impl Inner {
    async fn fetch(&self, url: Uri) -> Result<gateway_host::KeyDocument, String> {
        let mut url = url;
        for _ in 0..=REDIRECTS {
            let addresses = address::of(&url, self.allow_private).await?;
            match exchange::get(&url, &addresses, || self.tls()).await? {
                Answer::Document(document) => return Ok(document),
                Answer::Redirect(headers) => url = redirected(&url, &headers)?,
            }
        }
        Err(format!("it was redirected more than {REDIRECTS} times"))
    }

    fn tls(&self) -> Arc<ClientConfig> {
        self.tls.get_or_init(|| Arc::new(tls(&self.authorities))).clone()
    }
}

fn tls(authorities: &[CertificateDer<'static>]) -> ClientConfig {
    let system = rustls_native_certs::load_native_certs();
    for error in &system.errors {
        tracing::warn!(%error, "some authorities that the system trusts cannot be read");
    }
    let mut roots = RootCertStore::empty();
    let (_, unusable) = roots.add_parsable_certificates(system.certs.into_iter().chain(authorities.iter().cloned()));
    if unusable > 0 {
        tracing::debug!(unusable, "authorities were left out that cannot be parsed");
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_safe_default_protocol_versions().expect("the provider has TLS 1.2 and 1.3");
    builder.with_root_certificates(roots).with_no_client_auth()
}

/// Where a redirect leads, if that is the same origin.
fn redirected(from: &Uri, headers: &HeaderMap) -> Result<Uri, String> {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.ok_or("it was redirected to nowhere")?;
    // Relative to the scheme (RFC 3986 section 4.2), which a request target could not say.
    if location.starts_with("//") {
        return Err("it was redirected to another origin: name that one if it is the right one".to_owned());
    }
    let to: Uri = location.parse().map_err(|_| "it was redirected to what is no URL")?;
    let same = to
        .authority()
        .is_none_or(|authority| to.scheme() == from.scheme() && from.authority().is_some_and(|ours| ours == authority));
    if !same {
        return Err("it was redirected to another origin: name that one if it is the right one".to_owned());
    }
    let mut parts = from.clone().into_parts();
    parts.path_and_query = to.path_and_query().cloned().filter(|path| path.as_str().starts_with('/'));
    Uri::from_parts(parts).map_err(|_| "it was redirected to what is no path".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_stays_within_its_origin() {
        let from = Uri::from_static("https://issuer.example:444/a/keys");
        let to = |location: &str| {
            let headers = HeaderMap::from_iter([(LOCATION, location.parse().unwrap())]);
            redirected(&from, &headers).map(|url| url.to_string())
        };
        assert_eq!(to("/b/keys?v=2").as_deref(), Ok("https://issuer.example:444/b/keys?v=2"));
        assert_eq!(to("https://issuer.example:444/b").as_deref(), Ok("https://issuer.example:444/b"));
        for elsewhere in [
            "https://issuer.example/b",
            "http://issuer.example:444/b",
            "https://evil.example:444/b",
            "https://user@issuer.example:444/b",
            "//evil.example/b",
            "",
            "relative",
        ] {
            assert!(to(elsewhere).is_err(), "{elsewhere}: {:?}", to(elsewhere));
        }
    }
}
