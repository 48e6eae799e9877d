//! What the process is told by signals.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// From when it is made on the process does not end by these signals, but is told.
pub(crate) struct Signals {
    pub(crate) stop: Stop,
    /// SIGHUP: read the settings again.
    pub(crate) reload: Signal,
    /// SIGUSR2: start the program anew, and hand over to it.
    pub(crate) upgrade: Signal,
}

/// SIGINT and SIGTERM: end; the second time, at once.
pub(crate) struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    pub(crate) fn watch() -> io::Result<Self> {
        Ok(Self {
            stop: Stop::watch()?,
            reload: signal(SignalKind::hangup())?,
            upgrade: signal(SignalKind::user_defined2())?,
        })
    }
}

impl Stop {
    pub(crate) fn watch() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Completes at the next one.
    pub(crate) async fn told(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Completes at the first SIGINT or SIGTERM.
pub(crate) async fn told_to_stop() {
    match Stop::watch() {
        Ok(mut stop) => stop.told().await,
        Err(error) => {
            tracing::error!(%error, "signals cannot be watched: stop the process by killing it");
            std::future::pending().await
        }
    }
}
