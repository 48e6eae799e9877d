//! The plugin sandbox, and what else of the data path configuration needs in order to try out what it is to save.

use async_trait::async_trait;
use gateway_model::{Digest, Path, PluginFacts, ResolvedAttachment, Upstream};

/// Runs modules under limits of time and memory; whatever the module does, these calls come back.
#[async_trait]
pub trait Sandbox: Send + Sync {
    /// Compiles a module and asks it what it is. Called once for each upload.
    ///
    /// # Errors
    /// What is wrong with the module, and the remedy.
    async fn inspect(&self, wasm: Vec<u8>) -> Result<PluginFacts, String>;

    /// Configures a throw-away instance as the attachment says, and nothing more.
    /// Called before a commit for each attachment that would run differently after it.
    ///
    /// # Errors
    /// Why the plugin refuses its configuration, and the remedy.
    async fn rehearse(&self, attachment: &ResolvedAttachment) -> Result<(), String>;

    /// Whether the upstream's targets can be spoken to as it says, with the secrets that there are.
    /// Called before a commit for each upstream with TLS that is new or changed; connects to nothing.
    ///
    /// # Errors
    /// The field and what is wrong with it, and the remedy; never a secret.
    fn check_upstream(&self, _upstream: &Upstream) -> Result<(), (Path, String)> {
        Ok(())
    }

    /// Lets go of what is kept of a module that was deleted, such as compiled code.
    fn forget(&self, _digest: &Digest) {}
}
