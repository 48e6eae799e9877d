//! An issuer's key server: a key set over HTTPS, which can be changed, can fail, and counts who asks for it.

use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use anyhow::Result;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode, header, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

use crate::certificate::Authority;

/// A key server on a free port; stops when dropped.
pub struct KeyServer {
    /// Where the set is.
    pub url: String,
    /// Who says that the server is who it is.
    pub authority_pem: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    body: Mutex<String>,
    cache_control: &'static str,
    fails: AtomicBool,
    holds: watch::Sender<bool>,
    fetches: AtomicUsize,
    told: watch::Sender<usize>,
}

impl KeyServer {
    /// Serves these keys, with this `cache-control`.
    ///
    /// # Errors
    /// No port could be had, or no certificate be made.
    pub async fn start(cache_control: &'static str, keys: &[Value]) -> Result<Self> {
        let authority = Authority::new()?;
        let certificate = authority.issue(&["localhost"])?;
        let chain = CertificateDer::pem_slice_iter(certificate.chain_pem.as_bytes()).collect::<Result<_, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(certificate.key_pem.as_bytes())?;
        let tls = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let shared = Arc::new(Shared {
            body: Mutex::default(),
            cache_control,
            fails: AtomicBool::new(false),
            holds: watch::Sender::new(false),
            fetches: AtomicUsize::new(0),
            told: watch::Sender::new(0),
        });
        let server = Self {
            url: format!("https://localhost:{}/keys", listener.local_addr()?.port()),
            authority_pem: authority.pem(),
            shared: shared.clone(),
            task: tokio::spawn(accept(listener, TlsAcceptor::from(Arc::new(tls)), shared)),
        };
        server.publish(keys);
        Ok(server)
    }

    /// Serves these keys from now on.
    pub fn publish(&self, keys: &[Value]) {
        let mut body = self.shared.body.lock().unwrap_or_else(PoisonError::into_inner);
        *body = json!({ "keys": keys }).to_string();
    }

    /// Answers with 500 from now on, or with the keys again.
    pub fn fail(&self, fails: bool) {
        self.shared.fails.store(fails, Ordering::SeqCst);
    }

    /// Keeps whoever asks waiting from now on, or answers them again.
    pub fn hold(&self, holds: bool) {
        self.shared.holds.send_replace(holds);
    }

    /// How often the set was asked for.
    #[must_use]
    pub fn fetches(&self) -> usize {
        self.shared.fetches.load(Ordering::SeqCst)
    }

    /// Ready when the set has been asked for so often.
    pub async fn fetched(&self, times: usize) {
        let mut told = self.shared.told.subscribe();
        // The sender lives as long as the server.
        drop(told.wait_for(|fetches| *fetches >= times).await);
    }
}

impl Drop for KeyServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, tls: TlsAcceptor, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve(stream, tls.clone(), shared.clone()));
        while connections.try_join_next().is_some() {}
    }
}

/// A client that gives up is no concern of the server.
async fn serve(stream: TcpStream, tls: TlsAcceptor, shared: Arc<Shared>) {
    let Ok(stream) = tls.accept(stream).await else { return };
    let service = service_fn(|_| async { Ok::<_, Infallible>(shared.answer().await) });
    drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
}

impl Shared {
    async fn answer(&self) -> Response<Full<Bytes>> {
        let fetches = self.fetches.fetch_add(1, Ordering::SeqCst) + 1;
        self.told.send_replace(fetches);
        // The sender is this server's own.
        drop(self.holds.subscribe().wait_for(|holds| !holds).await);
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut response = Response::new(Full::new(Bytes::from(body)));
        if self.fails.load(Ordering::SeqCst) {
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        }
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static(self.cache_control));
        headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/jwk-set+json"));
        response
    }
}
