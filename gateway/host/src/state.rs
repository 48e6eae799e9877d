//! What the host keeps for one instance: the data of its store.

use std::{fmt, net::IpAddr, sync::Arc};

use bytes::Bytes;
use gateway_model::{ClientCertificate, Identity, PriorityClass, Snapshot};
use http::HeaderMap;
use wasmtime::Memory;

use crate::{
    call::{Attributes, LocalLoad},
    deadline::{Deadline, fiber::Turn},
    engine::Core,
    generation::Generation,
    hook::Hook,
    imports::{Crossing, Definitions},
    memory::MemoryLimit,
    priority::Given,
};

/// The data of a store.
pub(crate) struct State {
    pub(crate) core: Arc<Core>,
    /// Whose instance this is; `None` while a module describes itself.
    pub(crate) owner: Option<Arc<Generation>>,
    /// Definitions are made in `configure` only.
    pub(crate) configuring: bool,
    /// The hook that runs, or the last one that ran; `None` before the first.
    pub(crate) hook: Option<Hook>,
    /// `None` until the module is instantiated.
    pub(crate) memory: Option<Memory>,
    pub(crate) memory_limit: MemoryLimit,
    pub(crate) deadline: Deadline,
    /// What the guest said before it panicked.
    pub(crate) panic: String,
    /// The call that runs has logged more than it may: its further lines are dropped.
    pub(crate) muted: bool,
    /// What passes between guest and host in the call that runs.
    pub(crate) crossing: Crossing,
    pub(crate) defined: Definitions,
    pub(crate) call: Lent,
}

/// What imports need of the request, while a hook runs and no longer.
///
/// Only what the module can ask for is here (`Uses`): sharing a snapshot writes a counter that all workers share.
/// What can be moved is moved here for the time of the call, and back when it has ended in whatever way.
#[derive(Default)]
pub(crate) struct Lent {
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    pub(crate) consumer: Option<Arc<Identity>>,
    pub(crate) certificate: Option<Arc<ClientCertificate>>,
    /// Its allocation is kept from call to call.
    pub(crate) request_id: String,
    pub(crate) about: LentAbout,
    pub(crate) attributes: Attributes,
    /// Empty but in hooks of the request.
    pub(crate) request_headers: HeaderMap,
    /// Empty but in hooks of the response.
    pub(crate) response_headers: HeaderMap,
    /// The body of a hook of a whole body; `None` in other hooks.
    pub(crate) body: Option<Bytes>,
    /// What the guest puts in the place of the body; applied when the hook has succeeded.
    pub(crate) replacement: Option<Bytes>,
    pub(crate) load: LocalLoad,
    /// Requests to upstreams that the hooks of this request have made.
    pub(crate) callouts: u32,
    /// Whether imports may suspend the guest: false in `configure` and in hooks that never wait, where imports that
    /// would have to answer that the other side is unavailable.
    pub(crate) may_suspend: bool,
    /// Held by a call on a fiber that has used more than a tick, until it ends or waits for somebody else.
    pub(crate) turn: Option<Turn>,
}

/// What the host knows of a request by the names of attributes.
#[derive(Default)]
pub(crate) struct LentAbout {
    /// `None` outside of a request.
    pub(crate) client_ip: Option<IpAddr>,
    /// Its allocation is kept from call to call, as is that of `upstream`.
    pub(crate) route: String,
    pub(crate) upstream: String,
    /// `None` but in hooks of the request: later ones have no say in how it waits.
    pub(crate) priority: Option<Priority>,
    pub(crate) http_version: &'static str,
    pub(crate) scheme: &'static str,
}

/// What says how important a request is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Priority {
    /// These, and the plan of its consumer.
    Given(Given),
    /// A plugin before.
    Admitted(PriorityClass),
}

impl State {
    pub(crate) fn new(core: Arc<Core>, owner: Option<Arc<Generation>>) -> Self {
        let usage = owner.as_ref().map(|owner| owner.usage.clone());
        let memory_limit = MemoryLimit::new(core.limits.memory, usage);
        let mut crossing = Crossing::default();
        crossing.begin(&core.limits);
        Self {
            core,
            owner,
            configuring: false,
            hook: None,
            memory: None,
            memory_limit,
            deadline: Deadline::default(),
            panic: String::new(),
            muted: false,
            crossing,
            defined: Definitions::default(),
            call: Lent::default(),
        }
    }

    /// Forgets what the last call left behind.
    #[inline]
    pub(crate) fn begin(&mut self) {
        self.memory_limit.denied = 0;
        self.panic.clear();
        self.muted = false;
        self.count_host_calls();
        self.crossing.begin(&self.core.limits);
    }

    /// Tells of the host calls of the call that ended.
    #[inline]
    fn count_host_calls(&self) {
        if let (calls @ 1.., Some(owner)) = (self.crossing.calls(), &self.owner) {
            owner.usage.host_calls.add(calls as u64);
        }
    }

    /// Who this is, for the log.
    pub(crate) fn label(&self) -> impl fmt::Display + '_ {
        Label(self)
    }
}

impl Drop for State {
    fn drop(&mut self) {
        self.count_host_calls();
    }
}

struct Label<'a>(&'a State);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(owner) = &self.0.owner else { return f.write_str("describe") };
        let attachment = &owner.attachment;
        write!(f, "attachment {} (plugin {})", attachment.name, attachment.plugin)?;
        match self.0.hook {
            Some(hook) => write!(f, ", hook {hook}"),
            None => Ok(()),
        }
    }
}
