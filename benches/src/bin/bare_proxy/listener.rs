//! Accepts connections, does the TLS handshake and hands requests to [`forward`](crate::forward).

use std::{
    future::Future,
    io,
    net::{SocketAddr, TcpListener},
    rc::Rc,
    sync::Arc,
};

use anyhow::Result;
use hyper::{
    rt::Executor,
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use socket2::{Domain, Socket, Type};
use tokio::{net::TcpStream, runtime, task};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

use crate::{forward::forward, pool::Pool};

/// Connections the kernel keeps for a worker that is behind with accepting.
const BACKLOG: i32 = 1024;

/// Binds `count` sockets to one address, a free port if the port is 0; the kernel spreads connections over them.
pub(crate) fn bind_shared(address: SocketAddr, count: usize) -> io::Result<Vec<TcpListener>> {
    let mut sockets: Vec<TcpListener> = Vec::with_capacity(count);
    for _ in 0..count {
        let address = sockets.first().map_or(Ok(address), TcpListener::local_addr)?;
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
        socket.set_reuse_port(true)?;
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        sockets.push(socket.into());
    }
    Ok(sockets)
}

/// Everything one thread needs to serve alone.
pub(crate) struct Worker {
    pub(crate) socket: TcpListener,
    pub(crate) tls: Arc<ServerConfig>,
    pub(crate) pool: Pool,
}

impl Worker {
    /// Serves until the process ends.
    ///
    /// # Errors
    /// When the runtime cannot be built or the listener fails.
    pub(crate) fn run(self) -> Result<()> {
        let runtime = runtime::Builder::new_current_thread().enable_io().build_local(Default::default())?;
        runtime.block_on(self.accept())
    }

    async fn accept(self) -> Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.socket)?;
        let acceptor = TlsAcceptor::from(self.tls);
        let pool = Rc::new(self.pool);
        loop {
            let (stream, _) = listener.accept().await?;
            task::spawn_local(serve(stream, acceptor.clone(), pool.clone()));
        }
    }
}

/// A connection that fails is dropped without a word: the load generator notices and says so.
async fn serve(stream: TcpStream, acceptor: TlsAcceptor, pool: Rc<Pool>) {
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let service = service_fn(move |request| forward(request, pool.clone()));
    let stream = TokioIo::new(stream);
    let _ended = if is_http2 {
        http2::Builder::new(LocalExecutor).serve_connection(stream, service).await
    } else {
        http1::Builder::new().serve_connection(stream, service).await
    };
}

/// Runs hyper's HTTP/2 streams on this worker's thread.
#[derive(Clone)]
struct LocalExecutor;

impl<F: Future<Output = ()> + 'static> Executor<F> for LocalExecutor {
    fn execute(&self, future: F) {
        task::spawn_local(future);
    }
}
