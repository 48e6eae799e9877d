//! The service behind all contenders: it says how long its answers are fresh, and counts who asks.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc,
    },
    thread,
    time::SystemTime,
};

use anyhow::{Context, Result};
use gateway_benches::{PATH, RESPONSE_BYTES};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime,
    sync::watch,
    task,
};

/// What ends a head.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// What is written at once of a large answer.
const PIECE: usize = 64 * 1024;

/// A service that runs on a thread of its own until the process ends.
pub(crate) struct Origin {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    /// What is sent for the small answer, whole.
    small: Vec<u8>,
    /// Of the large answers, in bytes.
    large: u64,
    asked: AtomicU64,
    /// How far answers that are held may go.
    released: watch::Sender<Part>,
}

/// A part of the answer for the key with this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    None,
    /// Its head, and as many bytes as the small answer has.
    First(u64),
    /// As many bytes again.
    Rest(u64),
}

impl Origin {
    /// Opens it; its large answers have so many bytes.
    pub(crate) fn open(large: u64) -> Result<Self> {
        let released = watch::Sender::new(Part::None);
        let shared = Arc::new(Shared { small: small(), large, asked: AtomicU64::new(0), released });
        let (opened, address) = mpsc::channel();
        let served = shared.clone();
        thread::Builder::new().name("origin".into()).spawn(move || serve(&served, &opened))?;
        Ok(Self { address: address.recv().context("the service did not start")??, shared })
    }

    /// Requests that have come so far.
    pub(crate) fn asked(&self) -> u64 {
        self.shared.asked.load(Relaxed)
    }

    /// Lets held answers go on up to this part, and all before.
    pub(crate) fn release(&self, part: Part) {
        self.shared.released.send_replace(part);
    }
}

/// Where the answer is that is held until it is released.
pub(crate) fn held(number: u64) -> String {
    format!("{PATH}/held/{number}")
}

/// Where the large answer is, with its length in its head or without.
pub(crate) fn large(says_length: bool) -> String {
    format!("{PATH}/large/{}", if says_length { "whole" } else { "chunked" })
}

/// With today's date: an old one would make it stale as it comes.
fn head(length: &str) -> String {
    let date = httpdate::fmt_http_date(SystemTime::now());
    format!(
        "HTTP/1.1 200 OK\r\nserver: upstream\r\ndate: {date}\r\ncache-control: max-age=3600\r\n\
         content-type: application/octet-stream\r\n{length}\r\n\r\n"
    )
}

fn small() -> Vec<u8> {
    let mut answer = head(&format!("content-length: {RESPONSE_BYTES}")).into_bytes();
    answer.resize(answer.len() + RESPONSE_BYTES, b'x');
    answer
}

fn serve(shared: &Arc<Shared>, opened: &mpsc::Sender<io::Result<SocketAddr>>) {
    let runtime = runtime::Builder::new_current_thread().enable_all().build_local(Default::default());
    let served = runtime.and_then(|runtime| runtime.block_on(accept(shared, opened)));
    if let Err(error) = served {
        // Whoever waited for it may have been told already.
        drop(opened.send(Err(error)));
    }
}

async fn accept(shared: &Arc<Shared>, opened: &mpsc::Sender<io::Result<SocketAddr>>) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    // Whoever does not wait for it any more has ended the run.
    drop(opened.send(listener.local_addr()));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        task::spawn_local(converse(stream, shared.clone()));
    }
}

/// Ends with the connection, whichever way it ends.
async fn converse(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut buffer = Vec::with_capacity(16 * 1024);
    while let Ok(1..) = stream.read_buf(&mut buffer).await {
        let Some(end) = buffer.windows(HEAD_END.len()).position(|window| window == HEAD_END) else { continue };
        shared.asked.fetch_add(1, Relaxed);
        let path = path(&buffer).to_owned();
        buffer.drain(..end + HEAD_END.len());
        if answer(&mut stream, &shared, path.strip_prefix(PATH).unwrap_or_default()).await.is_err() {
            return;
        }
    }
}

fn path(head: &[u8]) -> &str {
    let mut words = head.split(|byte| *byte == b' ');
    words.nth(1).and_then(|path| std::str::from_utf8(path).ok()).unwrap_or_default()
}

async fn answer(stream: &mut TcpStream, shared: &Shared, path: &str) -> io::Result<()> {
    match path {
        "/large/whole" => whole(stream, shared.large).await,
        "/large/chunked" => chunked(stream, shared.large).await,
        path => match path.strip_prefix("/held/").and_then(|number| number.parse().ok()) {
            Some(number) => hold(stream, shared, number).await,
            None => stream.write_all(&shared.small).await,
        },
    }
}

async fn hold(stream: &mut TcpStream, shared: &Shared, number: u64) -> io::Result<()> {
    let mut released = shared.released.subscribe();
    let mut first = head(&format!("content-length: {}", 2 * RESPONSE_BYTES)).into_bytes();
    first.resize(first.len() + RESPONSE_BYTES, b'x');
    until(&mut released, Part::First(number)).await?;
    stream.write_all(&first).await?;
    until(&mut released, Part::Rest(number)).await?;
    stream.write_all(&[b'x'; RESPONSE_BYTES]).await
}

async fn until(released: &mut watch::Receiver<Part>, wanted: Part) -> io::Result<()> {
    let waited = released.wait_for(|part| is_released(*part, wanted)).await;
    waited.map(drop).map_err(io::Error::other)
}

/// The parts of one number come before those of the next.
fn is_released(released: Part, wanted: Part) -> bool {
    let place = |part| match part {
        Part::None => (0, 0),
        Part::First(number) => (number, 1),
        Part::Rest(number) => (number, 2),
    };
    place(released) >= place(wanted)
}

async fn whole(stream: &mut TcpStream, length: u64) -> io::Result<()> {
    stream.write_all(head(&format!("content-length: {length}")).as_bytes()).await?;
    let piece = [b'x'; PIECE];
    let mut left = length;
    while left > 0 {
        let now = left.min(PIECE as u64);
        stream.write_all(&piece[..now as usize]).await?;
        left -= now;
    }
    Ok(())
}

async fn chunked(stream: &mut TcpStream, length: u64) -> io::Result<()> {
    stream.write_all(head("transfer-encoding: chunked").as_bytes()).await?;
    let mut piece = format!("{PIECE:x}\r\n").into_bytes();
    piece.resize(piece.len() + PIECE, b'x');
    piece.extend_from_slice(b"\r\n");
    for _ in 0..length / PIECE as u64 {
        stream.write_all(&piece).await?;
    }
    stream.write_all(b"0\r\n\r\n").await
}
