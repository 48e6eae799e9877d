//! The host: modules by digest, and the plugins configured from them.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    path::PathBuf,
    sync::Arc,
};

use gateway_model::{Digest, PluginFacts, ResolvedAttachment};
use gateway_store::{
    RemoteStores, Responses, Stores,
    limits::{Clock, Limiters},
};
use gateway_telemetry::{Load, Metrics};
use parking_lot::RwLock;

use crate::{
    cache::Cache,
    compile::{Compiler, Workshop},
    engine::Core,
    error::{ConfigureError, HostError, LoadError},
    jwks::{KeyFetch, NoKeys},
    limits::Limits,
    module::{self, Loaded},
    outbound::{Outbound, Unreachable},
    plugin::Plugin,
};

/// Bytes of responses that a host keeps which serves nobody.
const FEW_RESPONSES: u64 = 4 * 1024 * 1024;

/// Finds a secret of the installation by its name.
pub type Secrets = Arc<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

/// What a host is made of.
pub struct HostSettings {
    /// Folder for compiled code, made if need be; none compiles each module anew in each process.
    pub cache: Option<PathBuf>,
    /// How modules become code.
    pub compiler: Compiler,
    pub limits: Limits,
    /// The installation's secret under which API keys are hashed.
    pub key_hash_secret: [u8; 32],
    /// Read when an attachment is configured.
    pub secrets: Secrets,
    /// How the key sets of issuers are fetched.
    pub key_sets: Arc<dyn KeyFetch>,
    /// The states of all limits. They outlive revisions, so hosts of one process may share them.
    pub limiters: Arc<Limiters>,
    pub metrics: Metrics,
    /// How plugins reach upstreams.
    pub outbound: Arc<dyn Outbound>,
    /// What plugins keep on this node. Its stores outlive revisions too.
    pub stores: Arc<Stores>,
    /// Responses that plugins have kept; the data path serves them.
    pub responses: Arc<Responses>,
    /// Stores that nodes share, by the names of the settings.
    pub remote: RemoteStores,
    pub load: Load,
}

impl HostSettings {
    /// A host that reaches nothing: no folder, no secrets, no upstreams, and room for few counters. For looking at
    /// modules, and to begin with elsewhere.
    #[must_use]
    pub fn offline() -> Self {
        let metrics = Metrics::new(1);
        Self {
            cache: None,
            compiler: Compiler::InProcess,
            limits: Limits::default(),
            key_hash_secret: [0; 32],
            secrets: Arc::new(|_| None),
            key_sets: Arc::new(NoKeys),
            limiters: Arc::new(Limiters::new(1_000, Arc::default(), Clock::system())),
            outbound: Arc::new(Unreachable),
            stores: Arc::default(),
            responses: Arc::new(Responses::new(FEW_RESPONSES)),
            remote: RemoteStores::default(),
            load: Load::fixed(0, 0, metrics.in_flight()),
            metrics,
        }
    }
}

/// The plugin sandbox. Clones share it.
#[derive(Clone)]
pub struct Host(Arc<Inner>);

struct Inner {
    core: Arc<Core>,
    workshop: Workshop,
    /// Locked when modules come and go and when attachments are configured, never by a request.
    modules: RwLock<HashMap<Digest, Arc<Loaded>>>,
}

impl Host {
    /// Starts the sandbox and its deadline thread.
    ///
    /// # Errors
    /// [`HostError`]. A cache folder that cannot be used is none: it is logged, and modules are compiled.
    pub fn new(mut settings: HostSettings) -> Result<Self, HostError> {
        let (folder, compiler) = (settings.cache.take(), settings.compiler.clone());
        let core = Arc::new(Core::new(settings)?);
        let cache = folder.and_then(|folder| Cache::open(folder, &core.engine));
        let workshop = Workshop::new(compiler, cache);
        Ok(Self(Arc::new(Inner { core, workshop, modules: RwLock::default() })))
    }

    /// Examines a module: its imports and exports, and what it says of itself. Compiles, so call it off the runtime.
    ///
    /// # Errors
    /// [`LoadError`] says what is wrong with the module and the remedy.
    pub fn inspect(&self, wasm: &[u8]) -> Result<PluginFacts, LoadError> {
        let digest = module::digest(wasm);
        let loaded = self.compile(&digest, wasm)?;
        loaded.facts(digest, wasm.len())
    }

    /// The secret of that name, for what is not a plugin's: plugins are given none.
    #[must_use]
    pub fn secret(&self, name: &str) -> Option<Vec<u8>> {
        (self.0.core.services.secrets)(name)
    }

    /// Whether attachments of this module can be configured.
    #[must_use]
    pub fn is_loaded(&self, digest: &Digest) -> bool {
        self.0.modules.read().contains_key(digest)
    }

    /// Makes a module ready to be configured. Compiles unless the cache has the code, so call it off the runtime.
    ///
    /// # Errors
    /// [`LoadError`]; what was loaded before stays.
    pub fn load(&self, digest: &Digest, wasm: &[u8]) -> Result<(), LoadError> {
        if self.is_loaded(digest) {
            return Ok(());
        }
        let actual = module::digest(wasm);
        if actual != *digest {
            return Err(LoadError::Digest { expected: digest.clone(), actual });
        }
        let loaded = self.compile(digest, wasm)?;
        self.0.modules.write().insert(digest.clone(), Arc::new(loaded));
        Ok(())
    }

    /// Forgets all modules but those `in_use`. Plugins that are configured keep theirs.
    pub fn retain(&self, in_use: &HashSet<Digest>) {
        self.0.modules.write().retain(|digest, _| in_use.contains(digest));
    }

    /// Forgets a module for good, compiled code on disk included. Plugins that are configured keep theirs.
    pub fn forget(&self, digest: &Digest) {
        self.0.modules.write().remove(digest);
        self.0.workshop.forget(digest);
    }

    /// Configures the plugin of an attachment: starts one instance, and has it read its configuration.
    ///
    /// # Errors
    /// [`ConfigureError`]. Nothing that runs is changed by it.
    pub fn configure(&self, attachment: &Arc<ResolvedAttachment>) -> Result<Plugin, ConfigureError> {
        let module = self.0.modules.read().get(&attachment.digest).cloned();
        let module = module.ok_or_else(|| ConfigureError::NotLoaded(attachment.digest.clone()))?;
        Plugin::configure(self.0.core.clone(), module, attachment)
    }

    fn compile(&self, digest: &Digest, wasm: &[u8]) -> Result<Loaded, LoadError> {
        let Inner { core, workshop, .. } = &*self.0;
        Loaded::new(core, workshop.code(&core.engine, core.limits.memory, digest, wasm)?)
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("limits", &self.0.core.limits).finish_non_exhaustive()
    }
}
