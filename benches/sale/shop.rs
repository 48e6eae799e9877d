//! A service that can do so much and no more: so many places, each of which serves one request at a time for a fixed time.
//!
//! Requests that find no place wait in the order in which they came, for as long as it takes, as in front of any server with
//! a fixed number of threads.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use gateway_benches::RESPONSE_BYTES;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime,
    sync::Semaphore,
    task, time,
};

/// What ends a head.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// A service that runs on a thread of its own until the process ends.
pub(crate) struct Shop {
    pub(crate) address: SocketAddr,
    pub(crate) places: usize,
    work: Arc<Work>,
}

/// What its places do.
#[derive(Default)]
struct Work {
    /// How long a request takes, in microseconds.
    service: AtomicU64,
    served: AtomicU64,
    /// For how long places were taken, all together, in microseconds.
    taken: AtomicU64,
}

/// What a service had done at some time.
#[derive(Clone, Copy)]
pub(crate) struct Done {
    served: u64,
    taken: u64,
}

impl Shop {
    pub(crate) fn open(places: usize, service: Duration) -> Result<Self> {
        let work = Arc::new(Work::default());
        let (opened, address) = mpsc::channel();
        let done = work.clone();
        thread::Builder::new().name("shop".into()).spawn(move || serve(places, &done, &opened))?;
        let address = address.recv().context("the service did not start")??;
        let shop = Self { address, places, work };
        shop.takes(service);
        Ok(shop)
    }

    /// From now on each request takes so long.
    pub(crate) fn takes(&self, service: Duration) {
        self.work.service.store(u64::try_from(service.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    /// How long each request takes.
    pub(crate) fn service(&self) -> Duration {
        Duration::from_micros(self.work.service.load(Relaxed))
    }

    /// What it has done so far.
    pub(crate) fn done(&self) -> Done {
        Done { served: self.work.served.load(Relaxed), taken: self.work.taken.load(Relaxed) }
    }

    /// Requests a second that it could have served at most since then: timers and threads are late on a busy machine, and a
    /// request takes a little longer than it should.
    pub(crate) fn capacity_since(&self, then: Done) -> f64 {
        let Done { served, taken } = self.done();
        self.places as f64 * (served - then.served) as f64 * 1e6 / (taken - then.taken).max(1) as f64
    }

    /// Requests a second that it serves at most, by its own account.
    pub(crate) fn capacity(&self) -> f64 {
        self.places as f64 / self.service().as_secs_f64()
    }
}

fn serve(places: usize, work: &Arc<Work>, opened: &mpsc::Sender<io::Result<SocketAddr>>) {
    let runtime = runtime::Builder::new_current_thread().enable_all().build_local(Default::default());
    let served = runtime.and_then(|runtime| runtime.block_on(accept(places, work, opened)));
    if let Err(error) = served {
        opened.send(Err(error)).ok();
    }
}

async fn accept(places: usize, work: &Arc<Work>, opened: &mpsc::Sender<io::Result<SocketAddr>>) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    opened.send(listener.local_addr()).ok();
    let places = Rc::new(Semaphore::new(places));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        task::spawn_local(converse(stream, places.clone(), work.clone()));
    }
}

/// Ends with the connection, whichever way it ends.
async fn converse(mut stream: TcpStream, places: Rc<Semaphore>, work: Arc<Work>) {
    let body = "x".repeat(RESPONSE_BYTES);
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {RESPONSE_BYTES}\r\n\r\n{body}");
    let mut buffer = Vec::with_capacity(16 * 1024);
    while let Ok(1..) = stream.read_buf(&mut buffer).await {
        let Some(end) = buffer.windows(HEAD_END.len()).position(|window| window == HEAD_END) else { continue };
        buffer.drain(..end + HEAD_END.len());
        let Ok(place) = places.acquire().await else { return };
        let began = Instant::now();
        let ends = began + Duration::from_micros(work.service.load(Relaxed));
        if Instant::now() < ends {
            time::sleep_until(ends.into()).await;
        }
        drop(place);
        work.served.fetch_add(1, Relaxed);
        work.taken.fetch_add(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX), Relaxed);
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
