//! The plugin host as configuration needs it: to look at modules and to try out attachments before they are saved.

use std::sync::Arc;

use async_trait::async_trait;
use gateway_config::Sandbox;
use gateway_host::Host;
use gateway_model::{Digest, Path, PluginFacts, ResolvedAttachment, Upstream};
use gateway_proxy::check_upstream_tls;
use gateway_store::Blobs;

/// Runs modules in the same host, under the same limits, as requests do.
pub(crate) struct HostSandbox {
    host: Host,
    blobs: Arc<dyn Blobs>,
}

impl HostSandbox {
    pub(crate) fn new(host: Host, blobs: Arc<dyn Blobs>) -> Self {
        Self { host, blobs }
    }

    async fn load(&self, digest: &Digest) -> Result<(), String> {
        if self.host.is_loaded(digest) {
            return Ok(());
        }
        let wasm = self.blobs.module(digest).await.map_err(|error| error.to_string())?;
        let wasm = wasm.ok_or_else(|| format!("{digest} was never uploaded"))?;
        let (host, digest) = (self.host.clone(), digest.clone());
        off_the_runtime(move || host.load(&digest, &wasm).map_err(|error| error.to_string())).await
    }
}

#[async_trait]
impl Sandbox for HostSandbox {
    async fn inspect(&self, wasm: Vec<u8>) -> Result<PluginFacts, String> {
        let host = self.host.clone();
        off_the_runtime(move || host.inspect(&wasm).map_err(|error| error.to_string())).await
    }

    async fn rehearse(&self, attachment: &ResolvedAttachment) -> Result<(), String> {
        self.load(&attachment.digest).await?;
        let (host, attachment) = (self.host.clone(), Arc::new(attachment.clone()));
        off_the_runtime(move || host.configure(&attachment).map(drop).map_err(|error| error.to_string())).await
    }

    fn check_upstream(&self, upstream: &Upstream) -> Result<(), (Path, String)> {
        let Some(tls) = &upstream.tls else { return Ok(()) };
        check_upstream_tls(tls, upstream.protocol, &|name| self.host.secret(name)).map_err(|error| {
            let field = error.field().iter().fold(Path::new(), |path, step| path.then(step));
            (field, error.to_string())
        })
    }

    fn forget(&self, digest: &Digest) {
        self.host.forget(digest);
    }
}

async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(format!("the plugin host failed: {error}")),
    }
}
