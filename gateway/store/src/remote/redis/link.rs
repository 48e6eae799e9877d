//! The connection to a Redis: made when it is needed, shared by all calls, given up when it is broken or too slow.

use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Duration,
};

use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ErrorKind, IntoConnectionInfo, RedisError, TlsCertificates, Value,
    aio::MultiplexedConnection,
};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use tokio::{sync::Mutex, time::Instant};
use tracing::{info, warn};

use super::{Request, meaning};
use crate::{
    error::KvError,
    remote::{ANSWER, RemoteAddress, RemoteError},
};

/// The least time between two attempts to connect: calls in between are refused at once.
const PAUSE: Duration = Duration::from_millis(100);

/// The longest time that an attempt to connect takes, so that the call that needs it still has some.
const CONNECT: Duration = Duration::from_millis(800);

/// One Redis.
pub(in crate::remote) struct Redis {
    name: Box<str>,
    client: Client,
    /// Held while a connection is made: whoever comes then waits for the same one.
    link: Mutex<Link>,
    /// A call has waited too long: the connection may be dead without anybody having said so.
    slow: AtomicBool,
}

#[derive(Default)]
struct Link {
    connection: Option<MultiplexedConnection>,
    /// How many connections there were: who finds his broken must not drop a newer one.
    made: u64,
    /// When connecting last failed; none when it did not.
    failed: Option<Instant>,
}

impl Redis {
    pub(in crate::remote) fn new(name: &str, address: &RemoteAddress) -> Result<Self, RemoteError> {
        let client = client(address).map_err(|wrong| match wrong {
            Wrong::Address(problem) => RemoteError::Address { name: name.to_owned(), problem },
            Wrong::Authorities(problem) => RemoteError::Authorities { name: name.to_owned(), problem },
        })?;
        Ok(Self { name: name.into(), client, link: Mutex::default(), slow: AtomicBool::new(false) })
    }

    /// The same Redis by another connection.
    pub(in crate::remote) fn another(&self) -> Self {
        let (name, client) = (self.name.clone(), self.client.clone());
        Self { name, client, link: Mutex::default(), slow: AtomicBool::new(false) }
    }

    /// For connections besides this one.
    pub(in crate::remote) fn client(&self) -> Client {
        self.client.clone()
    }

    pub(in crate::remote) async fn ask(&self, request: Request) -> Result<Value, KvError> {
        let (mut connection, number) = self.connection().await?;
        match request.send(&mut connection).await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                if is_broken(&error) {
                    self.forget(number).await;
                } else if let KvError::Unavailable(_) = meaning(&error) {
                    warn!(store = &*self.name, %error, "a remote store refuses to serve");
                }
                Err(meaning(&error))
            }
        }
    }

    /// The next call makes a new connection.
    pub(in crate::remote) fn forget_slow(&self) {
        self.slow.store(true, Relaxed);
    }

    async fn connection(&self) -> Result<(MultiplexedConnection, u64), KvError> {
        let mut link = self.link.lock().await;
        if self.slow.swap(false, Relaxed) {
            link.connection = None;
        }
        if let Some(connection) = &link.connection {
            return Ok((connection.clone(), link.made));
        }
        if link.failed.is_some_and(|failed| failed.elapsed() < PAUSE) {
            return Err(KvError::Unavailable("the store is out of reach".to_owned()));
        }
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(CONNECT)).set_response_timeout(Some(ANSWER));
        match self.client.get_multiplexed_async_connection_with_config(&config).await {
            Ok(connection) => {
                info!(store = &*self.name, "connected to a remote store");
                *link = Link { connection: Some(connection.clone()), made: link.made + 1, failed: None };
                Ok((connection, link.made))
            }
            Err(error) => {
                if link.failed.replace(Instant::now()).is_none() {
                    warn!(store = &*self.name, %error, "a remote store is out of reach");
                }
                Err(KvError::Unavailable("the store is out of reach".to_owned()))
            }
        }
    }

    async fn forget(&self, number: u64) {
        let mut link = self.link.lock().await;
        if link.made == number {
            link.connection = None;
        }
    }
}

/// What is wrong with an address, without saying what it is.
enum Wrong {
    Address(&'static str),
    Authorities(&'static str),
}

fn client(address: &RemoteAddress) -> Result<Client, Wrong> {
    let no_address = |_| Wrong::Address("it is no address of a Redis");
    let info = address.url.as_str().into_connection_info().map_err(no_address)?;
    let with_tls = matches!(info.addr(), ConnectionAddr::TcpTls { .. });
    if matches!(info.addr(), ConnectionAddr::TcpTls { insecure: true, .. }) {
        return Err(Wrong::Address("it asks for TLS that trusts anybody"));
    }
    let Some(pem) = &address.authorities else { return Client::open(info).map_err(no_address) };
    if !with_tls {
        return Err(Wrong::Authorities("its address is one without TLS; use rediss://"));
    }
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    if certificates.map_or(0, |certificates| certificates.len()) == 0 {
        return Err(Wrong::Authorities("there is no certificate in PEM, or one that is damaged"));
    }
    let certificates = TlsCertificates { client_tls: None, root_cert: Some(pem.clone()) };
    Client::build_with_tls(info, certificates)
        .map_err(|_| Wrong::Authorities("one of them is no certificate of an authority"))
}

fn is_broken(error: &RedisError) -> bool {
    error.is_unrecoverable_error() || error.is_io_error() || error.kind() == ErrorKind::Io
}
