//! A gateway as a process of its own, so that it can be killed.

use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use sluice_testkit::admin::Admin;

/// A running `sluice serve`; killed when dropped.
pub struct Process {
    pub admin: Admin,
    pub http: SocketAddr,
    pub admin_address: SocketAddr,
    child: Child,
    binary: PathBuf,
    data: PathBuf,
    settings: Settings,
}

/// Settings by the name of their variable.
type Settings = Vec<(String, String)>;

/// The command with no environment of the tester's that it would read.
#[must_use]
pub fn sluice(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SLUICE_")) {
        command.env_remove(name);
    }
    command
}

impl Process {
    /// Starts the binary on `data` and waits until it is ready.
    ///
    /// # Errors
    /// It ends, or is not ready within half a minute.
    pub async fn start(binary: &Path, data: &Path) -> Result<Self> {
        Self::start_with(binary, data, &[]).await
    }

    /// The same with these variables in its environment.
    ///
    /// # Errors
    /// As [`Process::start`].
    pub async fn start_with(binary: &Path, data: &Path, settings: &[(&str, &str)]) -> Result<Self> {
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self::start_at(binary, data, (free_address()?, free_address()?), settings).await
    }

    /// Kills the process as the kernel would (SIGKILL) and starts it again on the same data and ports.
    ///
    /// # Errors
    /// As [`Process::start`].
    pub async fn kill_and_restart(mut self) -> Result<Self> {
        self.child.kill()?;
        self.child.wait()?;
        let settings = std::mem::take(&mut self.settings);
        Self::start_at(&self.binary, &self.data, (self.http, self.admin_address), settings).await
    }

    /// Starts another process that takes over from this one, with these variables over those of this one. When this returns
    /// it has begun to start.
    ///
    /// # Errors
    /// It does not begin.
    pub fn successor(&self, settings: &[(&str, &str)]) -> Result<Self> {
        let mut all = self.settings.clone();
        all.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let addresses = (self.http, self.admin_address);
        let child = spawn(&self.binary, &self.data, addresses, &all, &["--takeover"])?;
        let (binary, data) = (self.binary.clone(), self.data.clone());
        let (http, admin_address, admin) = (self.http, self.admin_address, self.admin.clone());
        Ok(Self { admin, http, admin_address, child, binary, data, settings: all })
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it as the kernel would (SIGKILL).
    ///
    /// # Errors
    /// It cannot be killed.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Waits until it has ended by itself.
    ///
    /// # Errors
    /// It has not within half a minute.
    pub async fn ended(mut self) -> Result<ExitStatus> {
        let ended = async {
            loop {
                if let Some(status) = self.child.try_wait()? {
                    return anyhow::Ok(status);
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), ended).await.context("the gateway does not end")?
    }

    /// What the processes of this data folder have logged.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn log(&self) -> Result<String> {
        Ok(fs::read_to_string(self.data.join("gateway.log"))?)
    }

    async fn start_at(
        binary: &Path,
        data: &Path,
        (http, admin_address): (SocketAddr, SocketAddr),
        settings: Settings,
    ) -> Result<Self> {
        let mut child = spawn(binary, data, (http, admin_address), &settings, &[])?;
        wait_until_ready(&mut child, admin_address).await?;
        let token = fs::read_to_string(data.join("admin-token"))?;
        let admin = Admin::new(admin_address, token.trim());
        Ok(Self { admin, http, admin_address, child, binary: binary.to_owned(), data: data.to_owned(), settings })
    }
}

fn spawn(
    binary: &Path,
    data: &Path,
    (http, admin): (SocketAddr, SocketAddr),
    settings: &Settings,
    args: &[&str],
) -> Result<Child> {
    let log = File::options().create(true).append(true).open(data.join("gateway.log"))?;
    sluice(binary)
        .arg("serve")
        .args(args)
        .env("SLUICE_DATA", data)
        .env("SLUICE_HTTP_ADDRESS", http.to_string())
        .env("SLUICE_ADMIN_ADDRESS", admin.to_string())
        .env("SLUICE_LOG_ACCESS", "off")
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .with_context(|| binary.display().to_string())
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

async fn wait_until_ready(child: &mut Child, address: SocketAddr) -> Result<()> {
    let probe = Admin::new(address, "");
    let ready = async {
        while !probe.page("/readyz").await.is_ok_and(|(status, _)| status.is_success()) {
            if let Some(status) = child.try_wait()? {
                bail!("the gateway ended: {status}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    };
    tokio::time::timeout(Duration::from_secs(30), ready).await.context("the gateway is not ready")?
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}
