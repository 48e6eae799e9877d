//! The connection to a Redis: made when it is needed, shared by all calls, given up when it is broken or too slow.

use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Duration,
};

use redis::{AsyncConnectionConfig, Client, ErrorKind, RedisError, Value, aio::MultiplexedConnection};
use tokio::{sync::Mutex, time::Instant};
use tracing::{info, warn};

use super::{Request, meaning};
use crate::{error::KvError, remote::ANSWER};

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
    pub(in crate::remote) fn new(name: &str, address: &str) -> Result<Self, &'static str> {
        if address.starts_with("rediss:") {
            return Err("connections with TLS are not offered");
        }
        let client = Client::open(address).map_err(|_| "it is no address of a Redis")?;
        Ok(Self { name: name.into(), client, link: Mutex::default(), slow: AtomicBool::new(false) })
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

fn is_broken(error: &RedisError) -> bool {
    error.is_unrecoverable_error() || error.is_io_error() || error.kind() == ErrorKind::Io
}
