//! Listening sockets: one per worker and address, so that the kernel spreads connections and workers share nothing.
//!
//! A socket that another process has handed over stays in use, with what is in its queue: where there are fewer workers
//! than sockets, a worker has several.

use std::{
    future::Future,
    io::{self, ErrorKind},
    net::{SocketAddr, TcpListener},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use gateway_telemetry::ListenerMetrics;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::{net::TcpStream, time::sleep};

/// Connections that the kernel keeps for a worker that is behind with accepting.
const BACKLOG: i32 = 1024;
/// How long accepting rests when the process is out of file descriptors or the kernel out of memory.
const REST: Duration = Duration::from_millis(50);

/// A socket for each of `workers` at one address, a free port if the port is 0. Those that are `inherited` listen there
/// already, and are all among them.
pub(crate) fn bind(
    address: SocketAddr,
    workers: usize,
    inherited: Vec<TcpListener>,
) -> io::Result<Vec<Vec<TcpListener>>> {
    let mut sockets = inherited;
    let owned = sockets.len();
    while sockets.len() < workers {
        let address = sockets.first().map_or(Ok(address), TcpListener::local_addr)?;
        sockets.push(match listen(address) {
            // Whoever made the inherited ones did not mean them to have company.
            Err(error) if error.kind() == ErrorKind::AddrInUse && owned > 0 => {
                sockets[sockets.len() % owned].try_clone()?
            }
            bound => bound?,
        });
    }
    let mut shares: Vec<Vec<TcpListener>> = (0..workers).map(|_| Vec::new()).collect();
    for (index, socket) in sockets.into_iter().enumerate() {
        socket.set_nonblocking(true)?;
        shares[index % workers].push(socket);
    }
    Ok(shares)
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // So that a gateway can start again while connections of the one before are still closing.
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// What becomes of the connections in a socket's queue when accepting ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Queued {
    /// They are served: their clients were told that they are connected.
    Take,
    /// Another process accepts them.
    Leave,
}

/// The connections that the process may still take. Touched once per connection, never per request.
#[derive(Clone, Debug)]
pub(crate) struct Permits {
    taken: Arc<AtomicUsize>,
    most: usize,
}

/// Leave to keep one connection; given back when dropped.
pub(crate) struct Permit {
    taken: Arc<AtomicUsize>,
    metrics: ListenerMetrics,
}

/// Accepts connections until `stop` is ready, which says what becomes of those that the kernel has queued then. While it `is_full` they are closed at once. `serve` starts serving and returns at once.
pub(crate) async fn accept(
    listener: tokio::net::TcpListener,
    permits: Permits,
    metrics: ListenerMetrics,
    stop: impl Future<Output = Queued>,
    is_full: impl Fn() -> bool,
    mut serve: impl FnMut(TcpStream, SocketAddr, Permit),
) {
    let mut stop = pin!(stop);
    let mut admit = |stream, peer| match is_full() {
        true => metrics.refused.add(1),
        false => permits.admit(stream, peer, &metrics, &mut serve),
    };
    let queued = loop {
        let accepted = tokio::select! {
            biased;
            queued = &mut stop => break queued,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => admit(stream, peer),
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "connections cannot be accepted for now");
                sleep(REST).await;
            }
        }
    };
    if queued == Queued::Leave {
        return;
    }
    // The runtime may not know of the queued ones yet: the kernel is asked itself.
    let Ok(socket) = listener.into_std() else { return };
    while let Ok((stream, peer)) = socket.accept() {
        match stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream)) {
            Ok(stream) => admit(stream, peer),
            Err(error) => tracing::debug!(%peer, %error, "a queued connection was lost"),
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused)
}

impl Permits {
    pub(crate) fn new(most: usize) -> Self {
        Self { taken: Arc::default(), most }
    }

    /// Serves a connection if there is leave to keep it, and closes it if not.
    fn admit(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        metrics: &ListenerMetrics,
        serve: &mut impl FnMut(TcpStream, SocketAddr, Permit),
    ) {
        let Some(permit) = self.take(metrics) else { return metrics.refused.add(1) };
        metrics.accepted.add(1);
        match stream.set_nodelay(true) {
            Ok(()) => serve(stream, peer, permit),
            Err(error) => tracing::debug!(%peer, %error, "the client was gone before it was served"),
        }
    }

    fn take(&self, metrics: &ListenerMetrics) -> Option<Permit> {
        if self.taken.fetch_add(1, Relaxed) >= self.most {
            self.taken.fetch_sub(1, Relaxed);
            return None;
        }
        metrics.open.add(1);
        Some(Permit { taken: self.taken.clone(), metrics: metrics.clone() })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Relaxed);
        self.metrics.open.add(-1);
    }
}

#[cfg(test)]
mod tests {
    use gateway_telemetry::{Listener, Metrics};

    use super::*;

    #[test]
    fn all_sockets_share_the_port_that_the_system_chose() {
        let sockets = bind(([127, 0, 0, 1], 0).into(), 3, Vec::new()).unwrap();
        let ports: Vec<u16> = sockets.iter().map(|sockets| sockets[0].local_addr().unwrap().port()).collect();
        assert!(ports[0] != 0 && ports == [ports[0]; 3], "{ports:?}");
    }

    #[test]
    fn every_inherited_socket_has_a_worker_and_every_worker_a_socket() {
        let address = ([127, 0, 0, 1], 0).into();
        for (inherited, workers, expected) in [(3, 2, vec![2, 1]), (2, 3, vec![1, 1, 1]), (2, 2, vec![1, 1])] {
            let before: Vec<_> = bind(address, inherited, Vec::new()).unwrap().into_iter().flatten().collect();
            let port = before[0].local_addr().unwrap().port();
            let after = bind(address, workers, before).unwrap();
            let counts: Vec<_> = after.iter().map(Vec::len).collect();
            assert_eq!(counts, expected, "{inherited} sockets for {workers} workers");
            assert!(after.iter().flatten().all(|socket| socket.local_addr().unwrap().port() == port));
        }
    }

    #[test]
    fn a_socket_that_nobody_may_stand_beside_is_shared() {
        let alone = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = alone.local_addr().unwrap();
        let sockets = bind(address, 2, vec![alone]).unwrap();
        assert_eq!(sockets.iter().map(|sockets| sockets[0].local_addr().unwrap()).collect::<Vec<_>>(), [address; 2]);
    }

    #[test]
    fn permits_come_back_when_connections_end() {
        let metrics = Metrics::new(0).listener(Listener::Http);
        let permits = Permits::new(2);
        let first = permits.take(&metrics);
        let second = permits.take(&metrics);
        assert!(first.is_some() && second.is_some() && permits.take(&metrics).is_none());
        assert_eq!(metrics.open.value(), 2);
        drop(first);
        assert!(permits.take(&metrics).is_some());
    }
}
