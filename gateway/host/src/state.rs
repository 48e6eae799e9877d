//! What the host keeps for one instance: the data of its store.

use std::{fmt, sync::Arc};

use gateway_model::{Identity, Snapshot};
use gateway_telemetry::Counter;
use wasmtime::Memory;

use crate::{
    deadline::Deadline, engine::Core, generation::Generation, imports::rate_limit::Limiter, jwt::JwtPolicy,
    memory::MemoryLimit,
};

/// The data of a store.
pub(crate) struct State {
    pub(crate) core: Arc<Core>,
    /// Whose instance this is; `None` while a module describes itself.
    pub(crate) owner: Option<Arc<Generation>>,
    /// Definitions are made in `configure` only.
    pub(crate) configuring: bool,
    /// `None` until the module is instantiated.
    pub(crate) memory: Option<Memory>,
    pub(crate) memory_limit: MemoryLimit,
    pub(crate) deadline: Deadline,
    /// What the guest said before it panicked.
    pub(crate) panic: String,
    /// A result that did not fit into the guest's buffer.
    pub(crate) overflow: Option<Vec<u8>>,
    pub(crate) counters: Vec<(Box<str>, Counter)>,
    pub(crate) limiters: Vec<Limiter>,
    pub(crate) token_policies: Vec<Arc<JwtPolicy>>,
    pub(crate) call: Current,
}

/// What imports need of the request, while a hook runs and no longer.
///
/// Only what the module can ask for is here: sharing a snapshot writes a counter that all workers share.
#[derive(Default)]
pub(crate) struct Current {
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    pub(crate) consumer: Option<Arc<Identity>>,
    /// Its allocation is kept from call to call.
    pub(crate) request_id: String,
}

impl State {
    pub(crate) fn new(core: Arc<Core>, owner: Option<Arc<Generation>>) -> Self {
        let memory_limit = MemoryLimit::new(core.limits.memory);
        Self {
            core,
            owner,
            configuring: false,
            memory: None,
            memory_limit,
            deadline: Deadline::default(),
            panic: String::new(),
            overflow: None,
            counters: Vec::new(),
            limiters: Vec::new(),
            token_policies: Vec::new(),
            call: Current::default(),
        }
    }

    /// Forgets what the last call left behind.
    #[inline]
    pub(crate) fn begin(&mut self) {
        self.memory_limit.denied = 0;
        self.panic.clear();
        self.overflow = None;
    }

    /// Who this is, for the log.
    pub(crate) fn label(&self) -> impl fmt::Display + '_ {
        Label(self.owner.as_deref())
    }
}

struct Label<'a>(Option<&'a Generation>);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("describe"),
            Some(owner) => {
                let attachment = &owner.attachment;
                write!(f, "attachment {} (plugin {}, generation {})", attachment.name, attachment.plugin, owner.id)
            }
        }
    }
}
