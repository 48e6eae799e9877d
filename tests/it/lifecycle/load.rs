//! Clients that ask without a pause, and remember what went wrong.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use sluice_testkit::client::Client;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// A crowd of clients of one kind; they go when it is dropped.
pub(super) struct Load {
    name: &'static str,
    answered: Arc<AtomicU64>,
    failures: Arc<Mutex<Vec<String>>>,
    clients: JoinSet<()>,
}

impl Load {
    fn begin<F: Future<Output = Result<()>> + Send>(
        name: &'static str,
        clients: usize,
        exchange: impl Fn() -> F + Clone + Send + 'static,
    ) -> Self {
        let mut this = Self { name, answered: Arc::default(), failures: Arc::default(), clients: JoinSet::new() };
        for _ in 0..clients {
            let (answered, failures, exchange) = (this.answered.clone(), this.failures.clone(), exchange.clone());
            this.clients.spawn(async move {
                loop {
                    match exchange().await {
                        Ok(()) => count(&answered),
                        Err(error) => {
                            note(&failures, format!("{error:#}"));
                            tokio::time::sleep(Duration::from_millis(5)).await;
                        }
                    }
                }
            });
        }
        this
    }

    /// HTTP/1 with a connection for each request.
    pub(super) fn new_connections(address: SocketAddr, path: &'static str) -> Self {
        Self::begin("a connection for each request", 4, move || async move {
            let mut stream = TcpStream::connect(address).await.context("connect")?;
            ask(&mut stream, path, true).await.map(drop)
        })
    }

    /// HTTP/1 over connections that are kept until the gateway says that one ends. Nothing is sent twice: a connection that
    /// ends without an answer is a failure.
    pub(super) fn kept_connections(address: SocketAddr, path: &'static str) -> Self {
        let mut this = Self::begin("kept connections", 0, || async { Ok(()) });
        for _ in 0..4 {
            let (answered, failures) = (this.answered.clone(), this.failures.clone());
            this.clients.spawn(async move {
                let mut kept = None;
                loop {
                    match ask_over(&mut kept, address, path).await {
                        Ok(()) => count(&answered),
                        Err(error) => {
                            kept = None;
                            note(&failures, format!("{error:#}"));
                        }
                    }
                }
            });
        }
        this
    }

    /// HTTP/2, with several requests at a time on a connection.
    ///
    /// On a thread of its own: on several threads, hyper's client may give a request to a connection that has heard just now
    /// that no more are taken, and fails it without having sent it.
    pub(super) fn http2(client: Client, url: String) -> Result<Self> {
        let this = Self::begin("HTTP/2", 0, || async { Ok(()) });
        let (answered, failures) = (Arc::downgrade(&this.answered), this.failures.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::spawn(move || {
            let mut clients = JoinSet::new();
            for _ in 0..4 {
                let (client, url) = (client.clone(), url.clone());
                let (answered, failures) = (answered.clone(), failures.clone());
                let ask = async move {
                    // Until nobody counts any more.
                    while let Some(answered) = answered.upgrade() {
                        match client.get(&url, &[]).await {
                            Ok(answer) if answer.status == 200 => count(&answered),
                            Ok(answer) => note(&failures, format!("status {}", answer.status)),
                            Err(error) => note(&failures, format!("{error:#}")),
                        }
                    }
                };
                clients.spawn_on(ask, runtime.handle());
            }
            runtime.block_on(clients.join_all());
        });
        Ok(this)
    }

    /// Waits until so many more requests were answered.
    pub(super) async fn goes_on(&self, more: u64) -> Result<()> {
        let until = self.answered.load(Relaxed) + more;
        let goes_on = async {
            while self.answered.load(Relaxed) < until {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let done = tokio::time::timeout(super::PATIENCE, goes_on).await;
        done.with_context(|| format!("{}: no answers; failures: {:?}", self.name, self.failures()))
    }

    pub(super) fn failures(&self) -> Vec<String> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many requests were answered; an error if one was not.
    pub(super) fn lost_nothing(&self) -> Result<u64> {
        let failures = self.failures();
        ensure!(failures.is_empty(), "{}: {} failed: {:?}", self.name, failures.len(), failures.first());
        Ok(self.answered.load(Relaxed))
    }
}

fn count(answered: &AtomicU64) {
    answered.fetch_add(1, Relaxed);
}

fn note(failures: &Mutex<Vec<String>>, failure: String) {
    failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
}

async fn ask_over(kept: &mut Option<TcpStream>, address: SocketAddr, path: &str) -> Result<()> {
    let mut stream = match kept.take() {
        Some(stream) => stream,
        None => TcpStream::connect(address).await.context("connect")?,
    };
    if ask(&mut stream, path, false).await? {
        *kept = Some(stream);
    }
    Ok(())
}

/// Asks, and reads the whole answer; whether the connection stays.
async fn ask(stream: &mut TcpStream, path: &str, closes: bool) -> Result<bool> {
    let connection = if closes { "close" } else { "keep-alive" };
    let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: {connection}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.context("send")?;
    let mut answer = Vec::new();
    loop {
        ensure!(stream.read_buf(&mut answer).await.context("receive")? > 0, "the connection ended after {answer:?}");
        let Some(end) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
        ensure!(head.starts_with("http/1.1 200"), "{head}");
        let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let length: usize = field("content-length:").context("no length")?.parse()?;
        if answer.len() == end + 4 + length {
            return Ok(field("connection:") != Some("close"));
        }
    }
}

/// An upstream that sends an event every 20 ms to each who asks, for ever.
pub(super) async fn events() -> Result<(SocketAddr, JoinHandle<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let serve = async move {
        let mut streams = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            // Whoever asks goes when it has enough.
            streams.spawn(async move { drop(send_events(stream).await) });
        }
    };
    Ok((address, tokio::spawn(serve)))
}

async fn send_events(mut stream: TcpStream) -> Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        ensure!(stream.read_buf(&mut request).await? > 0, "gone");
    }
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await?;
    loop {
        stream.write_all(b"8\r\ndata: x\n\r\n").await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A client of such an upstream, and when it heard what.
pub(super) struct Listening {
    stream: TcpStream,
}

impl Listening {
    /// Asks, and has heard the first event when this returns.
    pub(super) async fn to(address: SocketAddr, path: &str) -> Result<Self> {
        let mut stream = TcpStream::connect(address).await?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut heard = Vec::new();
        while !heard.windows(7).any(|bytes| bytes == b"data: x") {
            ensure!(stream.read_buf(&mut heard).await? > 0, "{}", String::from_utf8_lossy(&heard));
        }
        Ok(Self { stream })
    }

    /// Reads to the end; when the last event came.
    pub(super) async fn ends(mut self) -> Result<Instant> {
        let mut last = None;
        let mut buffer = [0; 1024];
        while let Ok(read @ 1..) = self.stream.read(&mut buffer).await {
            if buffer[..read].windows(7).any(|bytes| bytes == b"data: x") {
                last = Some(Instant::now());
            }
        }
        match last {
            Some(last) => Ok(last),
            None => bail!("it heard nothing more"),
        }
    }
}
