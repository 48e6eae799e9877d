//! The admin listener.

use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use anyhow::{Context, Result};
use gateway_admin::AdminState;
use gateway_config::Service;
use gateway_telemetry::{Load, Metrics};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::readiness::Readiness;

/// How long admin requests in flight may take to end at shutdown.
const GRACE: Duration = Duration::from_secs(2);

/// The admin API on its own socket, away from the workers that serve clients.
pub(crate) struct AdminListener {
    address: SocketAddr,
    /// To be handed over to another process; none once this one has stopped accepting.
    socket: Option<TcpListener>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<std::io::Result<()>>,
}

impl AdminListener {
    /// The socket at `address`: the one that another process has handed over, if there is one.
    pub(crate) async fn bind(address: SocketAddr, inherited: Option<TcpListener>) -> Result<TcpListener> {
        let socket = match inherited {
            Some(socket) => socket,
            None => {
                let bound = tokio::net::TcpListener::bind(address).await;
                bound.and_then(tokio::net::TcpListener::into_std).with_context(|| format!("admin.address {address}"))?
            }
        };
        socket.set_nonblocking(true)?;
        Ok(socket)
    }

    /// Serves on a socket.
    pub(crate) fn start(
        socket: TcpListener,
        service: Service,
        measured: (Metrics, Load),
        readiness: &Readiness,
    ) -> Result<Self> {
        let address = socket.local_addr()?;
        let listener = tokio::net::TcpListener::from_std(socket.try_clone()?)?;
        let (metrics, load) = measured;
        let state = AdminState { service, metrics, load, ready: readiness.probe() };
        let (stop, stopped) = oneshot::channel();
        let serve = axum::serve(listener, gateway_admin::router(state)).with_graceful_shutdown(async {
            // A dropped sender says the same as a message.
            drop(stopped.await);
        });
        Ok(Self { address, socket: Some(socket), stop: Some(stop), task: tokio::spawn(serve.into_future()) })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn socket(&self) -> Option<&TcpListener> {
        self.socket.as_ref()
    }

    /// Stops accepting; requests in flight go on.
    pub(crate) fn stop_accepting(&mut self) {
        self.socket = None;
        self.stop = None;
    }

    pub(crate) async fn shutdown(mut self) {
        self.stop_accepting();
        if tokio::time::timeout(GRACE, self.task).await.is_err() {
            tracing::warn!("admin requests were cut at shutdown");
        }
    }
}
