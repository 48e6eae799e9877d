//! Taking in a module.

use std::sync::Arc;

use aws_lc_rs::digest;
use gateway_model::{Actor, Digest, PluginFacts};
use gateway_store::StoredModule;

use super::{Core, Service};
use crate::{catalog::compile_schema, error::UploadError};

/// The largest module that is taken in, in bytes: a plugin has some ten KiB, an interpreter a few MiB.
pub const LARGEST_MODULE: usize = 16 << 20;

/// How a core module begins: magic number and version 1.
const CORE_MODULE: [u8; 8] = *b"\0asm\x01\0\0\0";

impl Service {
    /// Takes in a plugin module and returns what is known of it. A module that is there already changes nothing.
    ///
    /// Modules that nothing needs and that are too many then go, the oldest first.
    ///
    /// # Errors
    /// [`UploadError`] says what is wrong with the module; nothing was stored.
    pub async fn upload(
        &self,
        actor: &Actor,
        wasm: Vec<u8>,
        signature: Option<&[u8]>,
    ) -> Result<Arc<StoredModule>, UploadError> {
        check_form(&wasm)?;
        let core = &self.core;
        let signer = core.policy.trusted_keys.signer(&wasm, signature)?;
        let digest = digest_of(&wasm);
        if let Some(known) = core.catalog.stored(&digest).filter(|known| signer.is_none() || known.signer.is_some()) {
            return Ok(known);
        }
        let told = core.sandbox.inspect(wasm.clone()).await.map_err(UploadError::Refused)?;
        let facts = PluginFacts { digest, size: wasm.len() as u64, ..told };
        compile_schema(&facts.config_schema).map_err(UploadError::Refused)?;
        core.blobs.put_module(actor, &facts, &wasm, signer.as_deref()).await?;
        let module = core.learn(&facts.digest).await?;
        // The upload is done; what goes for it can go with the next one as well.
        if let Err(error) = core.delete_surplus(&facts.digest).await {
            tracing::warn!(%error, "modules that nothing needs could not be deleted");
        }
        Ok(module)
    }
}

impl Core {
    /// Takes a stored module into the catalog, or anew.
    async fn learn(&self, digest: &Digest) -> Result<Arc<StoredModule>, UploadError> {
        let stored = self.blobs.stored_module(digest).await?;
        let stored = stored.ok_or_else(|| UploadError::Refused("it was deleted while it was taken in".to_owned()))?;
        self.catalog.remove(digest);
        self.catalog.add([stored.clone()]);
        Ok(Arc::new(stored))
    }
}

/// Refuses what can be told from size and first bytes alone.
fn check_form(wasm: &[u8]) -> Result<(), UploadError> {
    if wasm.len() > LARGEST_MODULE {
        return Err(UploadError::TooLarge { size: wasm.len(), most: LARGEST_MODULE });
    }
    match wasm.get(..8) {
        Some(head) if head == CORE_MODULE => Ok(()),
        Some(head) if head.starts_with(b"\0asm") => Err(UploadError::NotAModule(
            "this is a WebAssembly component or of another version: plugins are core modules, as `sluice plugin build` makes them",
        )),
        _ => Err(UploadError::NotAModule(
            "this is no WebAssembly module: upload the .wasm file that `sluice plugin build` made",
        )),
    }
}

fn digest_of(wasm: &[u8]) -> Digest {
    let hash = digest::digest(&digest::SHA256, wasm);
    Digest::sha256(hash.as_ref().try_into().expect("SHA-256 has 32 bytes"))
}
