//! What comes over from the process before, after its sockets: what only one process can have, and what both have counted.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use gateway_proxy::HttpCache;
use tokio::{task::spawn_blocking, time::sleep};

use crate::{settings::Cache, upgrade::Predecessor, usage::UsageExchange};

/// Between two attempts to open the cache on disk while another process has it.
const AGAIN: Duration = Duration::from_secs(1);

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Inheritance {
    usage: UsageExchange,
    cache: Arc<HttpCache>,
    settings: Cache,
    data: PathBuf,
}

impl Inheritance {
    pub(crate) fn new(usage: UsageExchange, cache: Arc<HttpCache>, settings: Cache, data: &Path) -> Self {
        Self { usage, cache, settings, data: data.to_owned() }
    }

    /// Takes it over as the other process lets go of it, in the background.
    pub(crate) fn takes_from(self, predecessor: Predecessor) {
        let mut predecessor = predecessor;
        tokio::spawn(async move {
            predecessor.lets_go().await;
            // What is used between the two is known when the other one has ended.
            self.usage.exchange().await;
            let opened = tokio::spawn(self.clone().open_disk());
            predecessor.ends().await;
            self.usage.exchange().await;
            tracing::info!("the process before this one has ended");
            if let Err(error) = opened.await {
                tracing::error!(%error, "the cache on disk is not open");
            }
        });
    }

    /// Where there was nobody to take over from: whoever has the cache on disk is about to end.
    pub(crate) fn without_process(self) {
        if self.cache.store().awaits_disk() {
            tokio::spawn(self.open_disk());
        }
    }

    async fn open_disk(self) {
        let mut warned = false;
        while self.cache.store().awaits_disk() {
            let this = self.clone();
            let opened = spawn_blocking(move || {
                let disk = this.settings.disk(&this.data)?;
                this.cache.store().open_disk(disk);
                Ok::<_, gateway_store::cache::disk::DiskError>(())
            });
            match opened.await {
                Ok(Ok(())) => return,
                Ok(Err(error)) if !warned => {
                    tracing::warn!(%error, "the cache on disk cannot be opened: it is tried again every second");
                    warned = true;
                }
                Ok(Err(_)) => {}
                Err(error) => return tracing::error!(%error, "the cache on disk is not opened"),
            }
            sleep(AGAIN).await;
        }
    }
}
