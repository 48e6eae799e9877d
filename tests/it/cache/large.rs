//! What is far larger than the cache passes at the pace of its client.

use std::convert::Infallible;

use futures_util::stream;
use http_body_util::{BodyExt, StreamBody};
use hyper::{body::Frame, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use super::*;

const PIECE: usize = 64 * 1024;
const PIECES: usize = 4_096;

/// 256 MiB to every request, cacheable for an hour; with their length or without.
async fn start(with_length: bool) -> Result<std::net::SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service_fn(move |_| async move {
                let piece = Bytes::from(vec![7; PIECE]);
                let frames = stream::iter((0..PIECES).map(move |_| Ok::<_, Infallible>(Frame::data(piece.clone()))));
                let mut response = Response::builder().header("cache-control", "max-age=3600");
                if with_length {
                    response = response.header("content-length", PIECE * PIECES);
                }
                response.body(StreamBody::new(frames))
            });
            tokio::spawn(
                async move { drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await) },
            );
        }
    });
    Ok(address)
}

#[tokio::test]
async fn an_object_above_the_limit_passes_by_and_takes_no_memory() -> Result<()> {
    for with_length in [true, false] {
        let gateway = Gateway::start_with(|settings| settings.cache.memory_bytes = 64 << 20).await?;
        gateway.route("shop", start(with_length).await?).await?;
        gateway.plugin("cache", "plugin-cache").await?;
        gateway.attach("cache", json!({}), &["cache"]).await?;
        let address = gateway.http_address()?;
        for _ in 0..2 {
            let (mut sender, connection) =
                hyper::client::conn::http1::handshake(TokioIo::new(TcpStream::connect(address).await?)).await?;
            tokio::spawn(connection);
            let request = hyper::Request::get("/shop/video").header("host", "localhost");
            let response = sender.send_request(request.body(http_body_util::Empty::<Bytes>::new())?).await?;
            let mut body = response.into_body();
            let mut length = 0;
            while let Some(frame) = body.frame().await {
                length += frame?.data_ref().map_or(0, Bytes::len);
            }
            assert_eq!(length, PIECE * PIECES);
        }
        let filling = metric(&gateway, "sluice_cache_filling_bytes").await?;
        let memory = metric(&gateway, "sluice_cache_memory_bytes").await?;
        assert!(filling + memory < 1_000_000.0, "{filling} and {memory} bytes");
        assert_eq!(metric(&gateway, "sluice_cache_stored_total").await?, 0.0);
    }
    Ok(())
}
