//! A generation: one module configured for one attachment, and what its instances share.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use gateway_model::{Grant, Isolation, ResolvedAttachment};
use gateway_telemetry::PluginUsage;
use http::HeaderName;
use parking_lot::Mutex;

use crate::{
    deadline::Budget, declared::Declared, engine::Core, error::Failure, imports::Shared, instance::Instance,
    jwt::TokenPolicy, module::Loaded,
};

/// Policies that are kept for later instances. As many as one `configure` may define.
const POLICIES: usize = crate::imports::DEFINITIONS;

/// The longest deadline that an attachment may have.
const LONGEST_DEADLINE_MS: u32 = 10_000;

/// What the instances of one configured attachment share.
pub(crate) struct Generation {
    /// Never used twice in a process.
    pub(crate) id: u64,
    /// The place in each thread's pool, free again when this is dropped.
    pub(crate) place: Place,
    pub(crate) retired: Arc<AtomicBool>,
    /// How often its running calls were given up.
    pub(crate) withdrawals: AtomicU32,
    pub(crate) core: Arc<Core>,
    pub(crate) module: Arc<Loaded>,
    pub(crate) attachment: Arc<ResolvedAttachment>,
    /// Whether calls may have to wait, and so run on fibers: the module imports what waits, and the configuration does not
    /// say that it never does. Settled before anybody calls.
    waits: AtomicBool,
    /// Whether each call runs in an instance of its own.
    pub(crate) isolated: bool,
    /// What its instances hold.
    pub(crate) usage: Arc<PluginUsage>,
    /// For one call of a hook, of a request whose time is untouched.
    pub(crate) deadline: Budget,
    /// For all hooks of one request; never less than a deadline that the attachment itself has.
    pub(crate) request_budget: Duration,
    /// Whether the plugin may verify credentials and say who calls.
    pub(crate) identity: bool,
    /// Whether the plugin may charge usage plans.
    pub(crate) usage_plan: bool,
    /// What the instances' definitions share.
    pub(crate) shared: Shared,
    /// What the first instance declared, with the bytes that said so: nearly always the others declare the same.
    declared: OnceLock<(Box<[u8]>, Arc<Declared>)>,
    /// The instance that proved the configuration, for the first thread that needs one.
    spare: Mutex<Option<Box<Instance>>>,
    /// Token policies by their encoded form: later instances define the same ones, whose keys need not be parsed again.
    policies: Mutex<Vec<Defined>>,
}

/// A token policy and the bytes that defined it.
struct Defined {
    encoded: Box<[u8]>,
    policy: Arc<TokenPolicy>,
}

impl Generation {
    pub(crate) fn new(core: Arc<Core>, module: Arc<Loaded>, attachment: Arc<ResolvedAttachment>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let own =
            attachment.deadline_ms.map(|millis| Duration::from_millis(millis.clamp(1, LONGEST_DEADLINE_MS).into()));
        let request_budget = core.limits.request_budget.max(own.unwrap_or_default());
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            place: Place::take(),
            retired: Arc::default(),
            withdrawals: AtomicU32::new(0),
            waits: AtomicBool::new(module.uses.blocking),
            isolated: attachment.isolation == Isolation::Request,
            usage: core.services.metrics.attachment(&attachment.name).usage().clone(),
            deadline: Budget::new(own.unwrap_or(core.limits.deadline).min(request_budget)),
            request_budget,
            core,
            module,
            identity: attachment.grants.contains(&Grant::Identity),
            usage_plan: attachment.grants.contains(&Grant::UsagePlan),
            attachment,
            shared: Shared::default(),
            declared: OnceLock::new(),
            spare: Mutex::new(None),
            policies: Mutex::new(Vec::new()),
        }
    }

    /// Whether its calls may have to wait.
    #[inline]
    pub(crate) fn waits(&self) -> bool {
        self.waits.load(Ordering::Relaxed)
    }

    /// Its configuration never waits: its instances from now on run without fibers.
    pub(crate) fn never_waits(&self) {
        self.waits.store(false, Ordering::Relaxed);
    }

    /// Names of fields that the plugin writes or takes away.
    pub(crate) fn header_names(&self) -> &[HeaderName] {
        self.declared.get().map_or(&[], |(_, declared)| &declared.header_names)
    }

    /// What the bytes of an instance declare. Locks for the first instance only: an isolated plugin has one for each call.
    pub(crate) fn declared(
        &self,
        encoded: &[u8],
        read: impl FnOnce() -> Result<Declared, Failure>,
    ) -> Result<Arc<Declared>, Failure> {
        match self.declared.get() {
            Some((known, declared)) if **known == *encoded => Ok(declared.clone()),
            Some(_) => read().map(Arc::new),
            None => {
                let declared = Arc::new(read()?.shared());
                // Should another one have been first after all, this one is for its instance alone.
                let _shared = self.declared.set((encoded.into(), declared.clone()));
                Ok(declared)
            }
        }
    }

    pub(crate) fn keep_spare(&self, instance: Box<Instance>) {
        *self.spare.lock() = Some(instance);
    }

    /// Takes the spare instance. Locks, so only for a thread that has no instance of its own.
    pub(crate) fn take_spare(&self) -> Option<Box<Instance>> {
        self.spare.lock().take()
    }

    /// Nobody will call this generation any more: its instances go, those in pools when their threads next sweep.
    pub(crate) fn retire(&self) {
        // The spare holds this generation: it must go here, or both would stay for ever.
        drop(self.take_spare());
        self.retired.store(true, Ordering::Release);
        crate::pool::announce_retirement();
    }

    /// The policy of this encoded form, made once.
    pub(crate) fn token_policy(
        &self,
        encoded: &[u8],
        make: impl FnOnce() -> Result<TokenPolicy, String>,
    ) -> Result<Arc<TokenPolicy>, String> {
        let mut policies = self.policies.lock();
        if let Some(known) = policies.iter().find(|known| *known.encoded == *encoded) {
            return Ok(known.policy.clone());
        }
        let policy = Arc::new(make()?);
        if policies.len() < POLICIES {
            policies.push(Defined { encoded: encoded.into(), policy: policy.clone() });
        }
        Ok(policy)
    }
}

/// A position in the pools of all threads. Positions are used again, so pools stay as short as the configuration.
pub(crate) struct Place(pub(crate) usize);

struct Places {
    free: Vec<usize>,
    /// One more than the largest position ever in use.
    end: usize,
}

/// Locked when attachments are configured and dropped, never by a request.
static PLACES: Mutex<Places> = Mutex::new(Places { free: Vec::new(), end: 0 });

impl Place {
    fn take() -> Self {
        let mut places = PLACES.lock();
        let position = places.free.pop().unwrap_or_else(|| {
            places.end += 1;
            places.end - 1
        });
        Self(position)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        PLACES.lock().free.push(self.0);
    }
}
