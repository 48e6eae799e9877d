//! A real OCI registry, with its data in a temporary folder.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::certificate::Certificate;

/// Name and password of the one whom [`Registry::guarded`] lets.
pub const USER: (&str, &str) = ("author", "hush-hush");

/// The same password as `htpasswd -B` writes it: with bcrypt, the only hash that the registry takes.
const PASSWORD_HASH: &str = "$2y$05$abcdefghijklmnopqrstuu4uoW5CdSDmY8cLkib7pLDRBlvRVo8Pe";

/// A registry process; stopped when dropped.
pub struct Registry {
    pub address: SocketAddr,
    child: Child,
}

/// How often it is asked whether it serves yet, and for how long at most.
const PERIOD: Duration = Duration::from_millis(20);
const PATIENCE: u32 = 1_000;

impl Registry {
    /// Starts Debian's `docker-registry` on a free port, with its data in `folder`.
    ///
    /// # Errors
    /// It is not installed, or does not serve.
    pub async fn start(folder: &Path) -> Result<Self> {
        Self::serve(folder, "").await
    }

    /// The same with TLS, as `localhost`, and for nobody but [`USER`].
    ///
    /// # Errors
    /// As those of [`Registry::start`].
    pub async fn guarded(folder: &Path, certificate: &Certificate) -> Result<Self> {
        let [chain, key, users] = ["registry.crt", "registry.key", "registry.users"].map(|name| folder.join(name));
        fs::write(&chain, &certificate.chain_pem)?;
        fs::write(&key, &certificate.key_pem)?;
        fs::write(&users, format!("{}:{PASSWORD_HASH}\n", USER.0))?;
        let [chain, key, users] = [chain, key, users].map(|path| path.display().to_string());
        let settings = format!(
            "  tls: {{ certificate: {chain:?}, key: {key:?} }}\n\
             auth: {{ htpasswd: {{ realm: plugins, path: {users:?} }} }}\n"
        );
        Self::serve(folder, &settings).await
    }

    async fn serve(folder: &Path, settings: &str) -> Result<Self> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let config = folder.join("registry.yml");
        let data = folder.join("registry");
        fs::write(
            &config,
            format!(
                "version: 0.1\nlog: {{ level: error }}\nstorage: {{ filesystem: {{ rootdirectory: {:?} }} }}\n\
                 http:\n  addr: {address:?}\n{settings}",
                data.display().to_string(),
                address = address.to_string(),
            ),
        )?;
        let child = spawn(config)?;
        let mut registry = Self { address, child };
        registry.wait().await?;
        Ok(registry)
    }

    /// Stops it; its data stays.
    ///
    /// # Errors
    /// It cannot be stopped.
    pub fn stop(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    async fn wait(&mut self) -> Result<()> {
        for _ in 0..PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                bail!("the registry ended: {status}");
            }
            if TcpStream::connect(self.address).is_ok() {
                return Ok(());
            }
            tokio::time::sleep(PERIOD).await;
        }
        bail!("the registry does not serve")
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.stop());
    }
}

fn spawn(config: PathBuf) -> Result<Child> {
    let mut command = Command::new("docker-registry");
    command.arg("serve").arg(config).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().context("docker-registry: `apt-get install docker-registry` has it")
}
