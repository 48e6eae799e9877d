//! Publishing: each snapshot becomes what requests are served from.

use std::{collections::HashSet, sync::Arc};

use anyhow::{Context, Result};
use arc_swap::ArcSwap;
use gateway_config::{AppliedReporter, Service};
use gateway_host::Host;
use gateway_model::{Digest, Snapshot};
use gateway_proxy::{Live, LiveBuilder};
use tokio::{sync::watch, task::JoinHandle};

/// Follows the configuration and swaps in what was built from it.
pub(crate) struct Publisher {
    live: Arc<ArcSwap<Live>>,
    task: JoinHandle<()>,
}

/// Builds what requests use from a snapshot. Cheap to clone.
#[derive(Clone)]
struct Build {
    service: Service,
    host: Host,
    builder: Arc<LiveBuilder>,
}

impl Publisher {
    /// Builds the current snapshot, then follows.
    ///
    /// # Errors
    /// The current snapshot cannot be served; there is nothing older to serve instead.
    pub(crate) async fn start(service: &Service, host: &Host, builder: LiveBuilder) -> Result<Self> {
        let mut snapshots = service.snapshots();
        let reporter = service.applied();
        let build = Build { service: service.clone(), host: host.clone(), builder: Arc::new(builder) };
        let first = snapshots.borrow_and_update().clone();
        let revision = first.revision;
        let live = build.run(first, None).await.with_context(|| format!("revision {revision} cannot be served"))?;
        let live = Arc::new(ArcSwap::from_pointee(live));
        reporter.live(revision);
        let task = tokio::spawn(follow(build, snapshots, live.clone(), reporter));
        Ok(Self { live, task })
    }

    pub(crate) fn live(&self) -> Arc<ArcSwap<Live>> {
        self.live.clone()
    }

    pub(crate) fn stop(self) {
        self.task.abort();
    }
}

async fn follow(
    build: Build,
    mut snapshots: watch::Receiver<Arc<Snapshot>>,
    live: Arc<ArcSwap<Live>>,
    reporter: AppliedReporter,
) {
    while snapshots.changed().await.is_ok() {
        let snapshot = snapshots.borrow_and_update().clone();
        let revision = snapshot.revision;
        match build.run(snapshot, Some(live.load_full())).await {
            Ok(next) => {
                live.store(Arc::new(next));
                reporter.live(revision);
                tracing::info!(revision, "live");
            }
            Err(error) => {
                tracing::error!(
                    revision,
                    error = format!("{error:#}"),
                    "not live: the revision before it goes on serving"
                );
                reporter.failed(revision, format!("{error:#}"));
            }
        }
    }
}

impl Build {
    /// Loads the modules that the snapshot names, then builds off the runtime, for compiling Wasm takes time.
    async fn run(&self, snapshot: Arc<Snapshot>, previous: Option<Arc<Live>>) -> Result<Live> {
        let used = digests(&snapshot);
        for digest in used.iter().filter(|digest| !self.host.is_loaded(digest)) {
            let wasm =
                self.service.module(digest).await?.with_context(|| format!("module {digest} is not in the store"))?;
            let (host, digest) = (self.host.clone(), digest.clone());
            tokio::task::spawn_blocking(move || host.load(&digest, &wasm)).await??;
        }
        let builder = self.builder.clone();
        let live = tokio::task::spawn_blocking(move || builder.build(snapshot, previous.as_deref())).await??;
        self.host.retain(&used);
        Ok(live)
    }
}

fn digests(snapshot: &Snapshot) -> HashSet<Digest> {
    snapshot.attachments.values().map(|attachment| attachment.digest.clone()).collect()
}
