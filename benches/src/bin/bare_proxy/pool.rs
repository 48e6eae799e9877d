//! Keep-alive connections to the upstream, owned by one worker.

use std::{cell::RefCell, net::SocketAddr, rc::Rc};

use anyhow::Result;
use hyper::{
    body::Incoming,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, task};

/// Idle connections kept per worker; more than a load of 64 connections ever needs at once.
const MAX_IDLE: usize = 256;

/// Idle connections, the last one used on top because its memory is warm.
pub(crate) struct Pool {
    upstream: SocketAddr,
    idle: RefCell<Vec<SendRequest<Incoming>>>,
}

impl Pool {
    pub(crate) fn new(upstream: SocketAddr) -> Self {
        Self { upstream, idle: RefCell::default() }
    }

    /// A connection that takes a request at once, from the pool or new.
    ///
    /// # Errors
    /// When none is idle and the upstream refuses a new one.
    pub(crate) async fn take(self: &Rc<Self>) -> Result<Lease> {
        loop {
            let idle = self.idle.borrow_mut().pop();
            let Some(mut connection) = idle else { break };
            // Not ready means that its task has yet to see the end of the last answer, or that the upstream closed it.
            if connection.is_ready() || connection.ready().await.is_ok() {
                return Ok(self.lease(connection));
            }
        }
        Ok(self.lease(self.connect().await?))
    }

    fn lease(self: &Rc<Self>, connection: SendRequest<Incoming>) -> Lease {
        Lease { connection, pool: self.clone() }
    }

    async fn connect(&self) -> Result<SendRequest<Incoming>> {
        let stream = TcpStream::connect(self.upstream).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        task::spawn_local(connection);
        Ok(sender)
    }
}

/// A connection in use; dropped, it is closed.
pub(crate) struct Lease {
    pub(crate) connection: SendRequest<Incoming>,
    pool: Rc<Pool>,
}

impl Lease {
    /// Gives the connection back for the next request; to be called once the answer's body has been read to its end.
    pub(crate) fn give_back(self) {
        let mut idle = self.pool.idle.borrow_mut();
        if idle.len() < MAX_IDLE && !self.connection.is_closed() {
            idle.push(self.connection);
        }
    }
}
