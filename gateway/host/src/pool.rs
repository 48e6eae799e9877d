//! Warm instances: a stack of them for each generation, on each thread. LIFECYCLE.md has the journey of an instance.
//!
//! The last one used is the first one taken: its memory is still in the cache.
//! A direct call never waits, so a thread hardly ever has more than one instance of a generation; calls on fibers wait, and
//! there are as many instances as calls, of which a few stay.

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::sync::Semaphore;

use crate::{generation::Generation, imports::log::Lines, instance::Instance, jwt::cache::TokenCache};

/// Instances of one generation that a thread keeps at most. More than one is there only after a hook ran within another.
const KEPT: usize = 2;

/// The same for plugins that wait.
const KEPT_WAITING: usize = 8;

/// How many generations were retired. Each thread sweeps when it sees this change; a request only reads it.
static RETIREMENTS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static POOL: RefCell<Pool> = const { RefCell::new(Pool { seen: 0, slots: Vec::new() }) };
}

/// The instances of one thread.
struct Pool {
    /// The retirements that were swept.
    seen: u64,
    /// By the place of their generation.
    slots: Vec<Option<Slot>>,
}

struct Slot {
    generation: u64,
    retired: Arc<AtomicBool>,
    #[allow(clippy::vec_box, reason = "an instance moves between pool and hook on every call: as a pointer")]
    instances: Vec<Box<Instance>>,
    local: Local,
}

/// What a thread keeps for a generation beyond the life of an instance.
pub(crate) struct Local {
    pub(crate) lines: Lines,
    pub(crate) tokens: TokenCache,
    /// One for each call that may wait.
    pub(crate) places: Arc<Semaphore>,
    /// One for each call that may wait to have a credential verified, which anybody can bring about: for a newer key set, or
    /// for its turn with a password. Half of the places, so that others find one.
    pub(crate) proof_waits: Arc<Semaphore>,
    /// One for the call on a fiber that may use more than a tick.
    pub(crate) turns: Arc<Semaphore>,
}

/// Takes this thread's instance. It is the caller's: if the caller panics, it is gone.
#[inline]
pub(crate) fn checkout(generation: &Generation) -> Option<Box<Instance>> {
    POOL.with_borrow_mut(|pool| {
        pool.sweep();
        match pool.slots.get_mut(generation.place.0) {
            Some(Some(slot)) if slot.generation == generation.id => slot.instances.pop(),
            _ => None,
        }
    })
}

/// Keeps an instance for this thread's next call.
#[inline]
pub(crate) fn give_back(generation: &Generation, instance: Box<Instance>) {
    let surplus = POOL.with_borrow_mut(|pool| {
        let instances = &mut pool.slot(generation).instances;
        let kept = if generation.waits() { KEPT_WAITING } else { KEPT };
        match instances.len() < kept {
            true => {
                instances.push(instance);
                None
            }
            false => Some(instance),
        }
    });
    drop(surplus);
}

/// Hands out what this thread keeps for a generation.
#[inline]
pub(crate) fn with_local<R>(generation: &Generation, work: impl FnOnce(&mut Local) -> R) -> R {
    POOL.with_borrow_mut(|pool| work(&mut pool.slot(generation).local))
}

/// Drops this thread's instances of plugins that are no longer configured.
///
/// Every call of a plugin does this, at the cost of one read when there is nothing to do.
/// A thread that may be idle for long should do it before it goes to sleep.
pub fn sweep() {
    POOL.with_borrow_mut(Pool::sweep);
}

/// Makes all threads sweep.
pub(crate) fn announce_retirement() {
    RETIREMENTS.fetch_add(1, Ordering::Release);
}

impl Pool {
    #[inline]
    fn sweep(&mut self) {
        let retirements = RETIREMENTS.load(Ordering::Acquire);
        if retirements != self.seen {
            self.seen = retirements;
            self.drop_retired();
        }
    }

    #[cold]
    fn drop_retired(&mut self) {
        for slot in &mut self.slots {
            if slot.as_ref().is_some_and(|slot| slot.retired.load(Ordering::Acquire)) {
                *slot = None;
            }
        }
    }

    /// The slot of a generation; a slot that an older one left behind is cleared.
    #[inline]
    fn slot(&mut self, generation: &Generation) -> &mut Slot {
        let place = generation.place.0;
        if self.slots.len() <= place {
            self.slots.resize_with(place + 1, || None);
        }
        let slot = &mut self.slots[place];
        if slot.as_ref().is_none_or(|slot| slot.generation != generation.id) {
            *slot = None;
        }
        slot.get_or_insert_with(|| Slot::new(generation))
    }
}

impl Local {
    fn new(generation: &Generation) -> Self {
        let places = usize::try_from(generation.core.limits.waiting).unwrap_or(usize::MAX);
        Self {
            lines: Lines::default(),
            tokens: TokenCache::default(),
            places: Arc::new(Semaphore::new(places)),
            proof_waits: Arc::new(Semaphore::new(places.div_ceil(2))),
            turns: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Slot {
    fn new(generation: &Generation) -> Self {
        Self {
            generation: generation.id,
            retired: generation.retired.clone(),
            instances: Vec::new(),
            local: Local::new(generation),
        }
    }
}
