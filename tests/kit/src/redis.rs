//! A Redis of the test's own: on a free port, without persistence, ended with the test.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::certificate::Certificate;

/// The server's last line before it serves.
const READY: &str = "Ready to accept connections";

/// Ports that are tried: another process may take one before the server does.
const ATTEMPTS: usize = 5;

/// The longest wait for an answer of [`Redis::command`].
const ANSWER: Duration = Duration::from_secs(10);

/// A running `redis-server`.
pub struct Redis {
    address: SocketAddr,
    /// Where it speaks TLS, and what it is started with to do so.
    tls: Option<(u16, Vec<String>)>,
    server: Option<Child>,
}

impl Redis {
    /// Starts a server and waits until it serves.
    ///
    /// # Errors
    /// When `redis-server` is not installed, with the remedy, or does not start.
    pub fn start() -> Result<Self> {
        Self::on_free_ports(|| Ok(None))
    }

    /// Starts a server that speaks TLS as well, as `localhost`, with its certificate in `folder`.
    ///
    /// # Errors
    /// As [`Redis::start`].
    pub fn with_tls(folder: &Path, certificate: &Certificate) -> Result<Self> {
        let [chain, key] = ["redis.crt", "redis.key"].map(|name| folder.join(name));
        fs::write(&chain, &certificate.chain_pem)?;
        fs::write(&key, &certificate.key_pem)?;
        let [chain, key] = [chain, key].map(|path| path.display().to_string());
        Self::on_free_ports(|| {
            let port = free_address()?.port();
            let words = ["--tls-port", &port.to_string(), "--tls-cert-file", &chain, "--tls-key-file", &key]
                .map(str::to_owned)
                .into_iter()
                // Of its clients no certificates are asked.
                .chain(["--tls-auth-clients", "no"].map(str::to_owned));
            Ok(Some((port, words.collect())))
        })
    }

    fn on_free_ports(tls: impl Fn() -> Result<Option<(u16, Vec<String>)>>) -> Result<Self> {
        for _ in 0..ATTEMPTS {
            let (address, tls) = (free_address()?, tls()?);
            if let Some(server) = serve(address, tls.as_ref())? {
                return Ok(Self { address, tls, server: Some(server) });
            }
        }
        bail!("redis-server found no free port in {ATTEMPTS} attempts")
    }

    /// Where it is, as `redis://…`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// Where it speaks TLS, as `rediss://…`.
    ///
    /// # Errors
    /// It does not.
    pub fn tls_url(&self) -> Result<String> {
        let (port, _) = self.tls.as_ref().context("this Redis was started without TLS")?;
        Ok(format!("rediss://localhost:{port}"))
    }

    /// Ends the server at once; what it held is gone.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn stop(&mut self) -> Result<()> {
        if let Some(mut server) = self.server.take() {
            server.kill()?;
            server.wait()?;
        }
        Ok(())
    }

    /// Starts a new server where the old one was.
    ///
    /// # Errors
    /// As [`Redis::start`].
    pub fn restart(&mut self) -> Result<()> {
        self.stop()?;
        self.server = serve(self.address, self.tls.as_ref())?;
        self.server.as_ref().map(drop).with_context(|| format!("{} was taken meanwhile", self.address))
    }

    /// Stops the server as it stands: it keeps its connections, and answers nothing until [`Redis::resume`].
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn stall(&self) -> Result<()> {
        self.signal("-STOP")
    }

    /// Has a stalled server go on.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn resume(&self) -> Result<()> {
        self.signal("-CONT")
    }

    fn signal(&self, signal: &str) -> Result<()> {
        let server = self.server.as_ref().context("it was stopped")?.id().to_string();
        let sent = Command::new("kill").args([signal, &server]).status()?;
        if sent.success() { Ok(()) } else { bail!("kill {signal} {server} failed") }
    }

    /// Sends one command without blanks in its words, and answers the first line that comes back, such as `+OK`.
    ///
    /// # Errors
    /// When the server is out of reach.
    pub fn command(&self, words: &[&str]) -> Result<String> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(ANSWER))?;
        stream.write_all(format!("{}\r\n", words.join(" ")).as_bytes())?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // Nobody is left to be told: the test has ended.
        drop(self.stop());
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// A server that is ready; none if it ended instead, most likely because the port was taken.
fn serve(address: SocketAddr, tls: Option<&(u16, Vec<String>)>) -> Result<Option<Child>> {
    let port = address.port().to_string();
    let mut server = Command::new("redis-server")
        .args(["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .args(tls.map(|(_, words)| words.as_slice()).unwrap_or_default())
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("redis-server does not run: install it with `apt-get install redis-server`")?;
    let mut lines = BufReader::new(server.stdout.take().context("its output is piped")?);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        if line.contains(READY) {
            // A pipe that nobody reads would stop the server when it is full.
            std::thread::spawn(move || std::io::copy(&mut lines.by_ref(), &mut std::io::sink()));
            return Ok(Some(server));
        }
        line.clear();
    }
    server.wait()?;
    Ok(None)
}
