//! Writes behind what consumers have used of their quotas.

use std::{sync::Arc, time::Duration};

use gateway_config::Service;
use gateway_model::Document;
use gateway_store::{
    limits::Clock,
    usage::{AccountName, Usage, UsageStore},
};
use tokio::{sync::oneshot, task::JoinHandle, time};

/// Between two writes: what a process that is killed forgives at most.
const PAUSE: Duration = Duration::from_secs(1);

/// After so many saves the accounts of those who are gone are forgotten.
const FORGETS: u32 = 600;

/// Saves usage once a second, and when it is stopped.
pub(crate) struct UsageWriter {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl UsageWriter {
    pub(crate) fn start(store: Arc<dyn UsageStore>, usage: Arc<Usage>, clock: Clock, service: Service) -> Self {
        let (stop, mut stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            let mut saves = 0_u32;
            while time::timeout(PAUSE, &mut stopped).await.is_err() {
                save(&*store, &usage).await;
                saves += 1;
                if saves.is_multiple_of(FORGETS) {
                    let document = service.document().1;
                    usage.retain(clock.unix_ms(), |name| is_known(&document, name));
                    if let Err(error) = store.forget_usage().await {
                        tracing::warn!(%error, "usage that nobody may read any more was not deleted: it is tried again");
                    }
                }
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

/// Whether a consumer is on a plan.
fn is_known(document: &Document, name: &AccountName) -> bool {
    let consumer = document.consumers.get(&*name.consumer);
    consumer.is_some_and(|consumer| consumer.usage_plans.iter().any(|plan| **plan == *name.usage_plan))
}

async fn save(store: &dyn UsageStore, usage: &Usage) {
    let unsaved = usage.unsaved();
    if unsaved.days.is_empty() && unsaved.allowances.is_empty() {
        return;
    }
    if let Err(error) = store.save_usage(&unsaved).await {
        usage.not_saved(unsaved);
        let error = format!("{:#}", anyhow::Error::from(error));
        tracing::error!(error, "the usage of quotas was not saved: it is tried again in a second");
    }
}
