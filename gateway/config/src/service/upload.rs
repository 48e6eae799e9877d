//! Taking in a module.

use std::sync::Arc;

use aws_lc_rs::digest;
use gateway_model::{Actor, Catalog as _, Digest, PluginFacts};

use super::Service;
use crate::{catalog::compile_schema, error::UploadError};

/// The largest module that is taken in, in bytes: a plugin has some ten KiB, an interpreter a few MiB.
pub const LARGEST_MODULE: usize = 16 << 20;

/// How a core module begins: magic number and version 1.
const CORE_MODULE: [u8; 8] = *b"\0asm\x01\0\0\0";

impl Service {
    /// Takes in a plugin module and returns what is known of it. A module that is there already changes nothing.
    ///
    /// # Errors
    /// [`UploadError`] says what is wrong with the module; nothing was stored.
    pub async fn upload(&self, actor: &Actor, wasm: Vec<u8>) -> Result<Arc<PluginFacts>, UploadError> {
        check_form(&wasm)?;
        let digest = digest_of(&wasm);
        if let Some(known) = self.core.catalog.facts(&digest) {
            return Ok(known);
        }
        let told = self.core.sandbox.inspect(wasm.clone()).await.map_err(UploadError::Refused)?;
        let facts = PluginFacts { digest, size: wasm.len() as u64, ..told };
        compile_schema(&facts.config_schema).map_err(UploadError::Refused)?;
        self.core.blobs.put_module(actor, &facts, &wasm).await?;
        let digest = facts.digest.clone();
        self.core.catalog.add([facts]);
        Ok(self.core.catalog.facts(&digest).expect("it was added a moment ago and modules are never removed"))
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
