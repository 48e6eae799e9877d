//! What the data path reports: which revision requests are served from.

use std::sync::Arc;

use tokio::sync::watch;

/// The data path's last word.
#[derive(Clone, Debug, Default)]
struct State {
    /// Reporters that exist: without any, nothing is served and nothing is waited for.
    reporters: usize,
    /// The newest revision that a report was about.
    revision: u64,
    /// Why that revision is not live, if it is not.
    failure: Option<Arc<str>>,
}

/// Held by the data path to report what became of each snapshot that it saw.
///
/// As long as one exists, a change waits for the report of its own revision or a later one.
#[derive(Debug)]
pub struct AppliedReporter {
    state: watch::Sender<State>,
}

/// The service's side.
pub(crate) struct Applied {
    state: watch::Sender<State>,
}

impl AppliedReporter {
    /// Requests are served from `revision` from now on.
    pub fn live(&self, revision: u64) {
        self.report(revision, None);
    }

    /// `revision` could not be built, so requests are served from an older one. The reason holds no secret.
    pub fn failed(&self, revision: u64, reason: impl Into<String>) {
        self.report(revision, Some(reason.into().into()));
    }

    fn report(&self, revision: u64, failure: Option<Arc<str>>) {
        self.state.send_modify(|state| {
            state.revision = revision;
            state.failure = failure;
        });
    }
}

impl Clone for AppliedReporter {
    fn clone(&self) -> Self {
        self.state.send_modify(|state| state.reporters += 1);
        Self { state: self.state.clone() }
    }
}

impl Drop for AppliedReporter {
    fn drop(&mut self) {
        self.state.send_modify(|state| state.reporters -= 1);
    }
}

impl Applied {
    pub(crate) fn new() -> Self {
        Self { state: watch::Sender::default() }
    }

    pub(crate) fn reporter(&self) -> AppliedReporter {
        self.state.send_modify(|state| state.reporters += 1);
        AppliedReporter { state: self.state.clone() }
    }

    /// Waits until `revision` or a later one was reported, or until nobody is left to report.
    ///
    /// # Errors
    /// The reason that the data path gave.
    pub(crate) async fn settled(&self, revision: u64) -> Result<(), Arc<str>> {
        let mut reports = self.state.subscribe();
        let settled = reports.wait_for(|state| state.reporters == 0 || state.revision >= revision).await;
        // The sender lives in `self`, so waiting cannot fail.
        let failure = settled.ok().filter(|state| state.reporters > 0).and_then(|state| state.failure.clone());
        failure.map_or(Ok(()), Err)
    }
}
