//! A connection for one request at a time: HTTP/1.1.

use std::{io, net::SocketAddr};

use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    task,
};

use super::{Timer, timer};
use crate::body::RequestBody;

/// A connection with its timer, which is made once and set anew for each wait.
pub(crate) struct Exclusive {
    pub(super) sender: SendRequest<RequestBody>,
    pub(super) peer: SocketAddr,
    pub(super) timer: Timer,
}

/// A connection that waits for its next request.
pub(super) struct Idle {
    pub(super) connection: Exclusive,
    /// Sweeps that found it idle: a clock that costs requests nothing.
    pub(super) sweeps: u32,
}

impl Exclusive {
    pub(super) async fn over<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
        stream: S,
        peer: SocketAddr,
    ) -> io::Result<Self> {
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        task::spawn_local(async move {
            // Whoever waits for an answer is told; without anybody waiting it is how idle connections end.
            if let Err(error) = connection.with_upgrades().await {
                tracing::debug!(%peer, %error, "upstream connection ended");
            }
        });
        Ok(Self { sender, peer, timer: timer() })
    }
}
