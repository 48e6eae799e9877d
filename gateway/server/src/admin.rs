//! The admin listener.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use gateway_admin::AdminState;
use gateway_config::Service;
use gateway_telemetry::{Load, Metrics};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// How long admin requests in flight may take to end at shutdown.
const GRACE: Duration = Duration::from_secs(2);

/// The admin API on its own socket, away from the workers that serve clients.
pub(crate) struct AdminListener {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

impl AdminListener {
    pub(crate) async fn start(address: SocketAddr, service: Service, metrics: Metrics, load: Load) -> Result<Self> {
        let listener = TcpListener::bind(address).await.with_context(|| format!("admin.address {address}"))?;
        let address = listener.local_addr()?;
        // The listener exists only while requests are served, so whoever reaches it finds a gateway that is ready.
        let state = AdminState { service, metrics, load, ready: Arc::new(|| Ok(())) };
        let (stop, stopped) = oneshot::channel();
        let serve = axum::serve(listener, gateway_admin::router(state)).with_graceful_shutdown(async {
            // A dropped sender says the same as a message.
            drop(stopped.await);
        });
        Ok(Self { address, stop, task: tokio::spawn(serve.into_future()) })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) async fn shutdown(self) {
        drop(self.stop);
        if tokio::time::timeout(GRACE, self.task).await.is_err() {
            tracing::warn!("admin requests were cut at shutdown");
        }
    }
}
