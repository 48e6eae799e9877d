//! Writes behind what consumers have used of their quotas.

use std::{sync::Arc, time::Duration};

use gateway_store::usage::{Usage, UsageStore};
use tokio::{sync::oneshot, task::JoinHandle, time};

/// Between two writes: what a process that is killed forgives at most.
const PAUSE: Duration = Duration::from_secs(1);

/// Saves usage once a second, and when it is stopped.
pub(crate) struct UsageWriter {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl UsageWriter {
    pub(crate) fn start(store: Arc<dyn UsageStore>, usage: Arc<Usage>) -> Self {
        let (stop, mut stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            while time::timeout(PAUSE, &mut stopped).await.is_err() {
                save(&*store, &usage).await;
            }
            save(&*store, &usage).await;
        });
        Self { stop, task }
    }

    /// Saves what is not saved, and ends.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the usage of quotas was not saved at the end");
        }
    }
}

async fn save(store: &dyn UsageStore, usage: &Usage) {
    let unsaved = usage.unsaved();
    if unsaved.days.is_empty() && unsaved.allowances.is_empty() {
        return;
    }
    if let Err(error) = store.save_usage(&unsaved).await {
        usage.not_saved(&unsaved);
        let error = format!("{:#}", anyhow::Error::from(error));
        tracing::error!(error, "the usage of quotas was not saved: it is tried again in a second");
    }
}
