//! A client that trusts one authority and speaks the version of HTTP it is told to.

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{HeaderMap, Request, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, client::WantsClientCert};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use crate::{certificate::Certificate, refusal};

/// The version of HTTP to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    Http1,
    Http2,
}

/// Keeps its connections; cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// A response with its whole body.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub version: hyper::Version,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Client {
    /// A client that trusts the authority in `ca_pem` for TLS, and speaks cleartext to `http://` URLs.
    ///
    /// # Errors
    /// `ca_pem` holds no certificate.
    pub fn new(ca_pem: &str, version: Version) -> Result<Self> {
        Ok(Self::speaking(version, trusting(ca_pem)?.with_no_client_auth()))
    }

    /// The same with a certificate of its own.
    ///
    /// # Errors
    /// `ca_pem` holds no certificate, or the other certificate cannot be used.
    pub fn holding(ca_pem: &str, version: Version, certificate: &Certificate) -> Result<Self> {
        let chain = CertificateDer::pem_slice_iter(certificate.chain_pem.as_bytes()).collect::<Result<_, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(certificate.key_pem.as_bytes())?;
        Ok(Self::speaking(version, trusting(ca_pem)?.with_client_auth_cert(chain, key)?))
    }

    fn speaking(version: Version, tls: ClientConfig) -> Self {
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http();
        let connector = match version {
            Version::Http1 => connector.enable_http1().build(),
            Version::Http2 => connector.enable_http2().build(),
        };
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        builder.http2_only(version == Version::Http2);
        Self { inner: builder.build(connector) }
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// The exchange did not end with a complete response, or it is a refusal that is none: `refusal` has what is checked.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let response = self.inner.request(request).await?;
        let (head, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        let answer = Answer { status: head.status, version: head.version, headers: head.headers, body };
        // Of every answer in every test.
        refusal::check(&answer)?;
        Ok(answer)
    }

    /// Sends a GET with these headers.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<Answer> {
        let mut request = Request::get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Full::default())?).await
    }
}

impl Client {
    /// Sends a POST with these headers and this body.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn post(&self, url: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Result<Answer> {
        let mut request = Request::post(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Full::new(body.into()))?).await
    }
}

impl Answer {
    /// The body as text; bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The value of a header, or an empty text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is none.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("no JSON: {}", String::from_utf8_lossy(&self.body)))
    }
}

fn trusting(ca_pem: &str) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca_pem.as_bytes()).context("the authority's certificate")?)?;
    Ok(ClientConfig::builder().with_root_certificates(roots))
}
