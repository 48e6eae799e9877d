//! Whether the gateway can serve, as `/readyz` says it.

use std::sync::Arc;

use arc_swap::ArcSwapOption;

/// Why the gateway is not ready; nothing when it is. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Readiness(Arc<ArcSwapOption<String>>);

impl Readiness {
    /// Not ready from now on. Anybody may ask, so the reason holds no secret.
    pub(crate) fn ends(&self, reason: impl Into<String>) {
        self.0.store(Some(Arc::new(reason.into())));
    }

    /// What the admin API asks.
    pub(crate) fn probe(&self) -> Arc<dyn Fn() -> Result<(), String> + Send + Sync> {
        let this = self.clone();
        Arc::new(move || this.0.load().as_deref().map_or(Ok(()), |reason| Err(reason.clone())))
    }
}
