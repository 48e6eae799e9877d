//! The demo's gateway: a child process that is started again when somebody kills it.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use sluice_testkit::admin::Admin;
use tokio::{
    process::{Child, Command},
    sync::Notify,
    task::JoinHandle,
};

use super::{Mode, folder::Folder};

/// How long a gateway may take to answer `/readyz` before the demo gives up.
const START_LIMIT: Duration = Duration::from_secs(60);

/// A gateway under supervision.
pub(super) struct Supervised {
    pub(super) admin: Admin,
    stop: Arc<Notify>,
    task: JoinHandle<Result<()>>,
}

impl Supervised {
    /// Starts the gateway and waits until it is ready.
    pub(super) async fn start(binary: &Path, folder: &Folder, mode: Mode) -> Result<Self> {
        let launch = Launch { binary: binary.to_owned(), folder: folder.path.clone() };
        let child = launch.spawn()?;
        let stop = Arc::new(Notify::new());
        let task = tokio::spawn(supervise(launch, child, stop.clone(), mode));
        wait_until_ready(folder, &task).await?;
        let token = folder.read("data/admin-token")?;
        folder.write("admin.header", &format!("authorization: Bearer {token}\n"))?;
        Ok(Self { admin: Admin::new(folder.admin, &token), stop, task })
    }

    /// Stops the gateway and waits for its end.
    pub(super) async fn stop(self) -> Result<()> {
        self.stop.notify_one();
        self.task.await?
    }
}

/// How to start the gateway.
struct Launch {
    binary: PathBuf,
    folder: PathBuf,
}

impl Launch {
    fn spawn(&self) -> Result<Child> {
        let log = File::options().create(true).append(true).open(self.folder.join("gateway.log"))?;
        let child = Command::new(&self.binary)
            .arg("serve")
            .arg("--settings")
            .arg(self.folder.join("sluice.toml"))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| self.binary.display().to_string())?;
        let pid = child.id().context("the gateway ended at once: see target/demo/gateway.log")?;
        std::fs::write(self.folder.join("pid"), pid.to_string())?;
        Ok(child)
    }
}

async fn supervise(launch: Launch, mut child: Child, stop: Arc<Notify>, mode: Mode) -> Result<()> {
    loop {
        tokio::select! {
            () = stop.notified() => return Ok(child.kill().await?),
            ended = child.wait() => match ended?.code() {
                Some(code) => bail!("the gateway ended with exit code {code}: see target/demo/gateway.log"),
                None if mode == Mode::Serve => println!("the gateway was killed: starting it again"),
                None => {}
            },
        }
        child = launch.spawn()?;
    }
}

async fn wait_until_ready(folder: &Folder, task: &JoinHandle<Result<()>>) -> Result<()> {
    let probe = Admin::new(folder.admin, "");
    let ready = async {
        while !probe.page("/readyz").await.is_ok_and(|(status, _)| status.is_success()) {
            if task.is_finished() {
                bail!("the gateway ended: see target/demo/gateway.log");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    };
    tokio::time::timeout(START_LIMIT, ready).await.context("the gateway is not ready: see target/demo/gateway.log")?
}
