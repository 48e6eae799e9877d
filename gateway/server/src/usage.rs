//! Writes behind what consumers have used of their quotas.

use std::{sync::Arc, time::Duration};

use gateway_config::Service;
use gateway_model::Document;
use gateway_store::{
    limits::Clock,
    usage::{AccountName, Usage, UsageStore},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time,
};

/// Between two writes: what a process that is killed forgives at most.
const PAUSE: Duration = Duration::from_secs(1);

/// After so many saves the accounts of those who are gone are forgotten.
const FORGETS: u32 = 600;

/// Saves usage once a second, and when it is stopped.
pub(crate) struct UsageWriter {
    exchange: Exchange,
    task: JoinHandle<()>,
}

/// A wish to save at once and read what others have saved; told when that is done.
type Exchange = mpsc::Sender<oneshot::Sender<()>>;

/// The same for whoever may outlive the writer.
#[derive(Clone)]
pub(crate) struct UsageExchange(mpsc::WeakSender<oneshot::Sender<()>>);

impl UsageWriter {
    pub(crate) fn start(store: Arc<dyn UsageStore>, usage: Arc<Usage>, clock: Clock, service: Service) -> Self {
        let (exchange, mut exchanges) = mpsc::channel::<oneshot::Sender<()>>(1);
        let task = tokio::spawn(async move {
            let mut saves = 0_u32;
            loop {
                let done = match time::timeout(PAUSE, exchanges.recv()).await {
                    Ok(None) => break,
                    Ok(done) => done,
                    Err(_) => None,
                };
                save(&*store, &usage).await;
                if let Some(done) = done {
                    // Not while anything is being saved: it would count twice, or not at all.
                    if let Err(error) = usage.refresh(&*store, clock.unix_ms()).await {
                        tracing::error!(%error, "what another process has counted of quotas is not known here");
                    }
                    // Whoever wanted it may be gone.
                    done.send(()).unwrap_or_default();
                }
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
        Self { exchange, task }
    }

    /// Saves what is not saved, and takes over what other processes have saved.
    pub(crate) async fn exchange(&self) {
        exchange(&self.exchange).await;
    }

    pub(crate) fn exchanges(&self) -> UsageExchange {
        UsageExchange(self.exchange.downgrade())
    }

    /// Saves what is not saved, and ends.
    pub(crate) async fn stop(self) {
        drop(self.exchange);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the usage of quotas was not saved at the end");
        }
    }
}

impl UsageExchange {
    /// As [`UsageWriter::exchange`]; nothing once the writer was stopped.
    pub(crate) async fn exchange(&self) {
        if let Some(sender) = self.0.upgrade() {
            exchange(&sender).await;
        }
    }
}

async fn exchange(writer: &Exchange) {
    let (done, is_done) = oneshot::channel();
    if writer.send(done).await.is_ok() {
        // An error says that the writer has ended, and so has saved.
        is_done.await.unwrap_or_default();
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
