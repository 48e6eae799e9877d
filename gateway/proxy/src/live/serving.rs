//! A worker's hold on the current [`Live`]: looked at by every request, without touching what other workers touch.

use std::{
    cell::RefCell,
    mem,
    ops::Deref,
    rc::{Rc, Weak},
    sync::Arc,
    thread,
};

use arc_swap::{ArcSwap, Cache};
use gateway_model::Snapshot;
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
    /// Those that were replaced, as long as requests hold them.
    replaced: Vec<Weak<Serving>>,
}

/// A [`Live`] as held by requests of one worker: counted without atomics.
pub(crate) struct Serving(Option<Arc<Live>>);

// === impl Current ===

impl Current {
    pub(crate) fn new(live: Arc<ArcSwap<Live>>, metrics: Metrics) -> Self {
        let mut cache = Cache::new(live);
        let serving = Rc::new(Serving(Some(cache.load().clone())));
        metrics.serving(serving.revision());
        Self { state: RefCell::new(State { cache, serving, replaced: Vec::new() }), metrics }
    }

    /// What a request that begins now is served from, to its end.
    pub(crate) fn serving(&self) -> Rc<Serving> {
        let State { cache, serving, replaced } = &mut *self.state.borrow_mut();
        let newest = cache.load();
        if !serving.is(newest) {
            let old = mem::replace(serving, Rc::new(Serving(Some(newest.clone()))));
            replaced.retain(|held| held.strong_count() > 0);
            replaced.push(Rc::downgrade(&old));
            self.metrics.serving(serving.revision());
        }
        serving.clone()
    }

    /// What serves the requests of a snapshot; none when no request is left that began with it.
    pub(crate) fn of(&self, snapshot: &Arc<Snapshot>) -> Option<Rc<Serving>> {
        let state = self.state.borrow();
        let held = state.replaced.iter().rev().filter_map(Weak::upgrade);
        let mut all = [state.serving.clone()].into_iter().chain(held);
        all.find(|serving| Arc::ptr_eq(serving.snapshot(), snapshot))
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
