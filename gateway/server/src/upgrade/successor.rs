//! The process that comes after this one, as this one sees it.

use std::{
    fs, io,
    net::TcpListener,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
    time::timeout,
};

use super::{END, GOES, HANDOVER, HELLO, Kind, LETS_GO, READY, Took, passing};

/// For the first words of whoever connects.
const GREETING: Duration = Duration::from_secs(5);

/// Where processes ask for this one's sockets. Nobody can before it is [published](Upgrades::publish).
pub(crate) struct Upgrades {
    listener: UnixListener,
    /// Where it lies until it is published.
    aside: PathBuf,
    path: PathBuf,
    inode: u64,
}

/// A process that accepts on this one's sockets.
pub(crate) struct Successor {
    stream: UnixStream,
    pub(crate) process: Option<i32>,
    pub(crate) took: Took,
}

// === impl Upgrades ===

impl Upgrades {
    /// Makes the socket aside: what is at `path` may be that of the process which is about to be replaced.
    pub(crate) fn prepare(path: &Path) -> Result<Self> {
        let aside = path.with_extension(format!("{}.sock", std::process::id()));
        // Of a process that had this number and was killed.
        drop(fs::remove_file(&aside));
        let listener = UnixListener::bind(&aside).with_context(|| format!("the socket {}", aside.display()))?;
        let mut this = Self { listener, aside, path: path.to_owned(), inode: 0 };
        // Whoever has the sockets answers for the gateway.
        fs::set_permissions(&this.aside, fs::Permissions::from_mode(0o600))?;
        this.inode = fs::metadata(&this.aside)?.ino();
        Ok(this)
    }

    /// Has it be found in place of any that was there before.
    pub(crate) fn publish(&self) -> io::Result<()> {
        fs::rename(&self.aside, &self.path)
    }

    /// Waits for a process that accepts on these sockets and has said so. Those that fail before are gone without a trace.
    pub(crate) async fn next(&self, sockets: &[(Kind, &TcpListener)]) -> Successor {
        loop {
            let asked = match self.listener.accept().await {
                Ok((stream, _)) => timeout(HANDOVER, hand_over(stream, sockets)).await,
                Err(error) => {
                    tracing::warn!(%error, "processes that want to take over cannot be heard for now");
                    tokio::time::sleep(GREETING).await;
                    continue;
                }
            };
            match asked {
                Ok(Ok(successor)) => return successor,
                Ok(Err(error)) => tracing::warn!(
                    error = format!("{error:#}"),
                    "a process wanted to take over and did not: this one serves on"
                ),
                Err(_) => tracing::warn!("a process wanted to take over and was not ready in time: this one serves on"),
            }
        }
    }
}

impl Upgrades {
    /// Leaves what is at the path to the process that has taken over: it puts its own socket there at this moment.
    pub(crate) fn leaves_path(mut self) {
        self.inode = 0;
    }
}

impl Drop for Upgrades {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.aside));
        // That of a successor stays.
        if fs::metadata(&self.path).is_ok_and(|found| found.ino() == self.inode) {
            drop(fs::remove_file(&self.path));
        }
    }
}

async fn hand_over(stream: UnixStream, sockets: &[(Kind, &TcpListener)]) -> Result<Successor> {
    let mut stream = stream;
    let peer = stream.peer_cred()?;
    let ours = rustix::process::geteuid().as_raw();
    ensure!(peer.uid() == ours || peer.uid() == 0, "user {} is not this gateway's", peer.uid());
    let mut hello = [0; HELLO.len()];
    timeout(GREETING, stream.read_exact(&mut hello)).await.context("it says nothing")??;
    ensure!(hello == HELLO, "it speaks another version of the protocol: stop this process and start the other one");
    tracing::info!(process = peer.pid(), "another process takes over");
    for (kind, socket) in sockets {
        passing::send(&stream, kind.byte(), socket).await?;
    }
    stream.write_all(&[END]).await?;
    let mut answer = [0; 2];
    stream.read_exact(&mut answer).await.context("it ended before it was ready")?;
    ensure!(answer[0] == READY, "it said something else than that it is ready");
    stream.write_all(&[GOES]).await.context("it ended when it was ready")?;
    Ok(Successor { stream, process: peer.pid(), took: Took::of(answer[1]) })
}

// === impl Successor ===

impl Successor {
    /// Tells it that nothing is held any more that only one process can have.
    pub(crate) async fn may_have_the_rest(&mut self) {
        if let Err(error) = self.stream.write_all(&[LETS_GO]).await {
            tracing::warn!(%error, "the process that took over does not hear that the cache on disk is free");
        }
    }
}
