//! The process that served before this one, as this one sees it.

use std::{io::ErrorKind, path::Path};

use anyhow::{Context, Result, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
    time::timeout,
};

use super::{END, GOES, HANDOVER, HELLO, Kind, LETS_GO, READY, Sockets, Took, passing};

/// A process that accepts on the same sockets as this one, until it hears that this one is ready.
pub(crate) struct Predecessor {
    stream: UnixStream,
}

/// Asks the process that runs for its sockets; none if no process runs.
pub(crate) async fn ask(path: &Path) -> Result<Option<(Predecessor, Sockets)>> {
    let mut stream = match UnixStream::connect(path).await {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("the socket {}", path.display())),
    };
    let sockets = async {
        stream.write_all(HELLO).await?;
        receive(&stream).await
    };
    let sockets = timeout(HANDOVER, sockets).await.map_err(Into::into).flatten();
    let sockets = sockets.context("the gateway that runs did not hand its sockets over: is it stopping?")?;
    Ok(Some((Predecessor { stream }, sockets)))
}

async fn receive(stream: &UnixStream) -> Result<Sockets> {
    let mut sockets = Sockets::default();
    loop {
        match passing::receive(stream).await? {
            (END, None) => return Ok(sockets),
            (byte, Some(socket)) => sockets.add(Kind::of(byte).context("a socket of an unknown kind came")?, socket),
            (_, None) => bail!("a socket was named that did not come"),
        }
    }
}

// === impl Predecessor ===

impl Predecessor {
    /// Says that this process accepts. When this returns well the other one drains; if not, it serves on.
    pub(crate) async fn leave(&mut self, took: Took) -> Result<()> {
        let mut answer = [0];
        let told = async {
            self.stream.write_all(&[READY, took.byte()]).await?;
            self.stream.read_exact(&mut answer).await
        };
        timeout(HANDOVER, told).await.map_err(Into::into).flatten().context("the gateway that runs does not end")?;
        ensure!(answer[0] == GOES, "the gateway that runs does not end");
        Ok(())
    }

    /// Waits until it holds nothing any more that only one process can have.
    pub(crate) async fn lets_go(&mut self) {
        let mut said = [0];
        while self.stream.read_exact(&mut said).await.is_ok() && said[0] != LETS_GO {}
    }

    /// Waits until it has ended.
    pub(crate) async fn ends(mut self) {
        let mut said = [0; 16];
        while self.stream.read(&mut said).await.is_ok_and(|read| read > 0) {}
    }
}
