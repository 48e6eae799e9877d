//! A worker's hold on the current [`Live`]: looked at by every request, without touching what other workers touch.

use std::{cell::RefCell, ops::Deref, rc::Rc, sync::Arc, thread};

use arc_swap::{ArcSwap, Cache};
use gateway_telemetry::Metrics;

use super::Live;

/// What one worker currently serves from.
pub(crate) struct Current {
    state: RefCell<State>,
    metrics: Metrics,
}

struct State {
    cache: Cache<Arc<ArcSwap<Live>>, Arc<Live>>,
    serving: Rc<Serving>,
}

/// A [`Live`] as held by requests of one worker: counted without atomics.
pub(crate) struct Serving(Option<Arc<Live>>);

// === impl Current ===

impl Current {
    pub(crate) fn new(live: Arc<ArcSwap<Live>>, metrics: Metrics) -> Self {
        let mut cache = Cache::new(live);
        let serving = Rc::new(Serving(Some(cache.load().clone())));
        metrics.serving(serving.revision());
        Self { state: RefCell::new(State { cache, serving }), metrics }
    }

    /// What a request that begins now is served from, to its end.
    pub(crate) fn serving(&self) -> Rc<Serving> {
        let State { cache, serving } = &mut *self.state.borrow_mut();
        let newest = cache.load();
        if !serving.is(newest) {
            *serving = Rc::new(Serving(Some(newest.clone())));
            self.metrics.serving(serving.revision());
        }
        serving.clone()
    }
}

// === impl Serving ===

impl Serving {
    fn is(&self, live: &Arc<Live>) -> bool {
        self.0.as_ref().is_some_and(|this| Arc::ptr_eq(this, live))
    }
}

impl Deref for Serving {
    type Target = Live;

    fn deref(&self) -> &Live {
        self.0.as_ref().expect("only dropping takes it out")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // The last one out would spend milliseconds on freeing a large configuration while requests wait.
        if let Some(live) = self.0.take().and_then(Arc::into_inner) {
            let freeing = thread::Builder::new().name("free-config".into()).spawn(move || drop(live));
            if let Err(error) = freeing {
                tracing::debug!(%error, "an old configuration was freed on a worker");
            }
        }
    }
}
