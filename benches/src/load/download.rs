//! One client that reads one large answer.

use anyhow::{Context, Result, ensure};
use tokio::runtime;

use super::{
    Protocol, Target,
    client::{Client, Template},
};

/// Asks for `path` over a connection of its own and reads the answer to its end; answers its length in bytes.
///
/// # Errors
/// When the connection breaks, or the status is not the target's.
pub fn download(target: &Target, path: &str) -> Result<u64> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build_local(Default::default())?;
    runtime.block_on(async {
        let mut clients = Client::connect(target, Protocol::Http1, 1).await?;
        let mut client = clients.pop().context("a connection has a client")?;
        let template = Template::of(path, target.headers.clone(), Protocol::Http1)?;
        let answer = client.exchange(template.request()).await?;
        ensure!(answer.status == target.expected, "status {} for {path}", answer.status.as_u16());
        Ok(answer.length as u64)
    })
}
