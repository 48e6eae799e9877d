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
    service_micros: Arc<AtomicU64>,
}

impl Shop {
    pub(crate) fn open(places: usize, service: Duration) -> Result<Self> {
        let service_micros = Arc::new(AtomicU64::new(0));
        let (opened, address) = mpsc::channel();
        let served = service_micros.clone();
        thread::Builder::new().name("shop".into()).spawn(move || serve(places, &served, &opened))?;
        let address = address.recv().context("the service did not start")??;
        let shop = Self { address, places, service_micros };
        shop.takes(service);
        Ok(shop)
    }

    /// From now on each request takes so long.
    pub(crate) fn takes(&self, service: Duration) {
        self.service_micros.store(u64::try_from(service.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    /// How long each request takes.
    pub(crate) fn service(&self) -> Duration {
        Duration::from_micros(self.service_micros.load(Relaxed))
    }

    /// Requests a second that it serves at most.
    pub(crate) fn capacity(&self) -> f64 {
        self.places as f64 / self.service().as_secs_f64()
    }
}

fn serve(places: usize, service_micros: &Arc<AtomicU64>, opened: &mpsc::Sender<io::Result<SocketAddr>>) {
    let runtime = runtime::Builder::new_current_thread().enable_all().build_local(Default::default());
    let served = runtime.and_then(|runtime| runtime.block_on(accept(places, service_micros, opened)));
    if let Err(error) = served {
        opened.send(Err(error)).ok();
    }
}

async fn accept(
    places: usize,
    service_micros: &Arc<AtomicU64>,
    opened: &mpsc::Sender<io::Result<SocketAddr>>,
) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    opened.send(listener.local_addr()).ok();
    let places = Rc::new(Semaphore::new(places));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        task::spawn_local(converse(stream, places.clone(), service_micros.clone()));
    }
}

/// Ends with the connection, whichever way it ends.
async fn converse(mut stream: TcpStream, places: Rc<Semaphore>, service_micros: Arc<AtomicU64>) {
    let body = "x".repeat(RESPONSE_BYTES);
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {RESPONSE_BYTES}\r\n\r\n{body}");
    let mut buffer = Vec::with_capacity(16 * 1024);
    while let Ok(1..) = stream.read_buf(&mut buffer).await {
        let Some(end) = buffer.windows(HEAD_END.len()).position(|window| window == HEAD_END) else { continue };
        buffer.drain(..end + HEAD_END.len());
        let Ok(place) = places.acquire().await else { return };
        let ends = Instant::now() + Duration::from_micros(service_micros.load(Relaxed));
        if Instant::now() < ends {
            time::sleep_until(ends.into()).await;
        }
        drop(place);
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
