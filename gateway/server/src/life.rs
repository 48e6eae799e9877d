//! From the process's start to its end: signals, upgrades, and what the service manager is told.

use std::path::PathBuf;

use anyhow::{Context, Result};
use gateway_host::Compiler;
use tokio::time::sleep;

use crate::{
    Server,
    notify::Notifier,
    settings::Settings,
    signals::{Signals, Stop},
    upgrade::{self, Predecessor, Successor, Upgrades},
};

/// How the process was started, besides its settings.
#[derive(Clone, Debug, Default)]
pub struct Started {
    /// The settings file, which is read again at SIGHUP.
    pub settings: Option<PathBuf>,
    /// Whether to take over from the process that runs on the same data folder, if there is one.
    pub takeover: bool,
}

/// Why the process ends.
enum End {
    Stopped,
    Replaced(Successor),
}

/// Serves until SIGINT or SIGTERM, or until another process has taken over; then lets requests in flight end.
///
/// # Errors
/// The gateway could not start; the text says why.
pub async fn run(settings: Settings, compiler: Compiler, started: Started) -> Result<()> {
    let mut signals = Signals::watch().context("signals cannot be watched")?;
    let notifier = Notifier::from_environment();
    let path = upgrade::path(&settings.data);
    let (server, predecessor) = tokio::select! {
        server = Server::start_after(settings.clone(), compiler, started.takeover) => server?,
        () = signals.stop.told() => return Ok(()),
    };
    let upgrades = prepare(&path);
    let server = match predecessor {
        Some(predecessor) => take_over(server, predecessor).await?,
        None => server,
    };
    let upgrades = upgrades.filter(publish);
    server.announce();
    notifier.ready();
    let watchdog = notifier.watchdog();
    let mut settings = settings;
    let end = serve(&server, &mut settings, &started, &mut signals, upgrades.as_ref(), &notifier).await;
    // From here on nobody can take over any more.
    match (&end, upgrades) {
        (End::Replaced(_), Some(upgrades)) => upgrades.leaves_path(),
        (_, upgrades) => drop(upgrades),
    }
    let server = Server { delay: settings.delay(), grace: settings.grace(), ..server };
    match end {
        End::Stopped => stop(server, &notifier, &mut signals.stop).await,
        End::Replaced(successor) => {
            if let Some(process) = successor.process {
                notifier.replaced_by(process);
            }
            // What watches now is fed by the other process.
            drop(watchdog);
            server.hand_over(successor, signals.stop.told()).await;
        }
    }
    tracing::info!("stopped");
    Ok(())
}

/// A gateway that cannot be upgraded serves nevertheless.
fn prepare(path: &std::path::Path) -> Option<Upgrades> {
    let prepared = Upgrades::prepare(path);
    prepared
        .inspect_err(|error| tracing::warn!(error = format!("{error:#}"), "no process can take over from this one"))
        .ok()
}

fn publish(upgrades: &Upgrades) -> bool {
    let published = upgrades.publish();
    published.inspect_err(|error| tracing::warn!(%error, "no process can take over from this one")).is_ok()
}

/// Tells the process before this one that this one accepts.
async fn take_over(server: Server, predecessor: Predecessor) -> Result<Server> {
    let mut predecessor = predecessor;
    match predecessor.leave(server.took).await {
        Ok(()) => {
            server.inherits(predecessor);
            Ok(server)
        }
        Err(error) => {
            // The other one serves on, and this one was accepting.
            server.shutdown().await;
            Err(error)
        }
    }
}

/// Does what signals and other processes ask for, until one asks for the end.
async fn serve(
    server: &Server,
    settings: &mut Settings,
    started: &Started,
    signals: &mut Signals,
    upgrades: Option<&Upgrades>,
    notifier: &Notifier,
) -> End {
    let sockets = server.sockets();
    let taken_over = async {
        match upgrades {
            Some(upgrades) => upgrades.next(&sockets).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(taken_over);
    loop {
        tokio::select! {
            () = signals.stop.told() => return End::Stopped,
            successor = &mut taken_over => return End::Replaced(successor),
            Some(()) = signals.reload.recv() => {
                notifier.reloading();
                *settings = settings.reload(started.settings.as_deref());
                // What is wrong with them is said where they are read.
                drop(server.reload_certificates());
                notifier.ready();
            }
            Some(()) = signals.upgrade.recv() => match upgrade::spawn() {
                Ok(process) => tracing::info!(process, "started the process that is to take over"),
                Err(error) => tracing::error!(%error, "the process that is to take over does not start"),
            },
        }
    }
}

/// Ends, as others notice first and clients afterwards; at once when it is told so again.
async fn stop(server: Server, notifier: &Notifier, again: &mut Stop) {
    tracing::info!("stopping");
    notifier.stopping();
    server.readiness.ends("the gateway is stopping");
    let told_again = tokio::select! {
        () = sleep(server.delay) => false,
        () = again.told() => true,
    };
    let grace = server.grace;
    let over = async {
        if told_again {
            return;
        }
        tokio::select! {
            () = sleep(grace) => {}
            () = again.told() => {}
        }
    };
    server.shutdown_until(over).await;
}
