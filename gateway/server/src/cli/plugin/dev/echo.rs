//! An upstream that answers every request with what reached it.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use anyhow::Context;
use axum::{Router, body::Body, extract::Request, routing::get};
use futures_util::stream;
use tokio::{net::TcpListener, task::JoinHandle};

/// Serves until it is dropped.
pub(super) struct Echo {
    pub(super) address: SocketAddr,
    task: JoinHandle<std::io::Result<()>>,
}

impl Echo {
    /// # Errors
    /// No port could be had.
    pub(super) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("a port for the echo")?;
        let address = listener.local_addr()?;
        let routes = Router::new().route("/ticks", get(ticks)).fallback(echo);
        Ok(Self { address, task: tokio::spawn(axum::serve(listener, routes).into_future()) })
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The request as text: its first line and its headers.
async fn echo(request: Request) -> String {
    let head = format!("{} {}\n", request.method(), request.uri());
    let headers = request.headers().iter();
    headers.fold(head, |text, (name, value)| text + &format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
}

/// A line a second for a minute: a response that is still on its way while plugins are swapped.
async fn ticks() -> Body {
    Body::from_stream(stream::unfold(0_u32, |tick| async move {
        if tick > 0 {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        (tick < 60).then(|| (Ok::<_, Infallible>(format!("tick {tick}\n")), tick + 1))
    }))
}
