//! `sluice plugin dev`: edit, save, live.

use std::{fs, net::SocketAddr, process::Stdio, time::Duration};

use anyhow::{Context, Result};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::TcpStream,
    process::{ChildStdout, Command},
    time::timeout,
};

use super::{author, done, empty, get};

/// For a first build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Reads what the command says up to the line that holds `words`.
async fn until(lines: &mut Lines<BufReader<ChildStdout>>, words: &str) -> Result<String> {
    let search = async {
        while let Some(line) = lines.next_line().await? {
            if line.contains(words) {
                return Ok(line);
            }
        }
        anyhow::bail!("the command ended without saying {words:?}")
    };
    timeout(PATIENCE, search).await.with_context(|| format!("nothing says {words:?}"))?
}

/// A response that takes a minute.
struct Ticks(Lines<BufReader<TcpStream>>);

impl Ticks {
    async fn begin(address: SocketAddr) -> Result<Self> {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(b"GET /ticks HTTP/1.1\r\nhost: test\r\n\r\n").await?;
        Ok(Self(BufReader::new(stream).lines()))
    }

    async fn next(&mut self) -> Result<String> {
        let search = async {
            while let Some(line) = self.0.next_line().await? {
                if line.starts_with("tick") {
                    return Ok(line);
                }
            }
            anyhow::bail!("the response was cut")
        };
        timeout(PATIENCE, search).await?
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_is_live_in_place_while_a_long_response_goes_on() -> Result<()> {
    let folder = empty("author-dev")?;
    done(author(&folder).args(["plugin", "new", "hello"]).output()?)?;
    let (plugin, temporary) = (folder.join("hello"), TempDir::new()?);
    let mut command = Command::from(author(&plugin));
    command.args(["plugin", "dev", "--address", "127.0.0.1:0"]).env("TMPDIR", temporary.path());
    let mut dev = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let mut lines = BufReader::new(dev.stdout.take().context("stdout")?).lines();

    let serves = until(&mut lines, "serves at http://").await?;
    let (_, url) = serves.split_once("http://").context("a URL")?;
    let address: SocketAddr = url.trim_end_matches('/').parse()?;
    until(&mut lines, "live").await?;
    assert!(get(address, "/").await?.contains("x-hello: hello from wasm\r\n"));

    let mut ticks = Ticks::begin(address).await?;
    assert_eq!(ticks.next().await?, "tick 0");
    let source = plugin.join("src/lib.rs");
    let text = fs::read_to_string(&source)?;
    fs::write(&source, text.replace("&self.value);", "\"edited\");"))?;
    until(&mut lines, "after the save").await?;
    assert!(get(address, "/").await?.contains("x-hello: edited\r\n"));
    assert!(ticks.next().await?.starts_with("tick "), "the long response goes on");

    fs::write(plugin.join("dev.json"), r#"{ "header": "x-other" }"#)?;
    until(&mut lines, "after the save").await?;
    assert!(get(address, "/").await?.contains("x-other: edited\r\n"));

    kill(Pid::from_raw(dev.id().context("it runs")?.try_into()?), Signal::SIGINT)?;
    assert!(timeout(PATIENCE, dev.wait()).await??.success());
    let left: Vec<_> = fs::read_dir(temporary.path())?.filter_map(Result::ok).map(|entry| entry.file_name()).collect();
    assert!(left.is_empty(), "its data is gone: {left:?}");
    Ok(())
}
