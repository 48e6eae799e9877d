//! The gateway answers plugins as the SDK's fake host does: the same cases, here over real sockets.

use std::{convert::Infallible, net::SocketAddr};

use anyhow::{Context, Result};
use bytes::Bytes;
use gateway_tests::Gateway;
use guest_conformance::{CASES, Case, GRANTS, SECRET, UPSTREAM_BODY};
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::json;
use sluice_testkit::client::{Client, Version};
use tokio::{net::TcpListener, sync::mpsc};

/// Path and query, and the body.
type Seen = (String, String);

/// An upstream with one answer, and what it gets.
async fn upstream() -> Result<(SocketAddr, mpsc::UnboundedReceiver<Seen>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let (seen, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let seen = seen.clone();
            let service = service_fn(move |request| answer(request, seen.clone()));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A gateway that closes a connection is no concern of an upstream.
            tokio::spawn(async move { drop(connection.await) });
        }
    });
    Ok((address, receiver))
}

async fn answer(
    request: Request<Incoming>,
    seen: mpsc::UnboundedSender<Seen>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    drop(seen.send((head.uri.to_string(), String::from_utf8_lossy(&body).into_owned())));
    Ok(Response::new(Full::from(UPSTREAM_BODY)))
}

#[tokio::test]
async fn the_gateway_answers_as_the_cases_say() -> Result<()> {
    let gateway = Gateway::start().await?;
    let (address, mut seen) = upstream().await?;
    gateway.secret(SECRET.0, SECRET.1.as_bytes())?;
    gateway.create("Upstream", json!({ "name": "granted", "targets": [{ "address": address.to_string() }] })).await?;
    gateway.route("case", address).await?;
    gateway.plugin("conformance", "guest-conformance").await?;
    gateway.attach("conformance", json!({}), &GRANTS).await?;
    let client = gateway.client(Version::Http1)?;
    let mut wrong = Vec::new();
    for case in CASES {
        let got = send(&client, &gateway.https("/case?page=2"), case, &mut seen).await?;
        let expected = (case.status, case.text.map(str::to_owned), case.upstream.map(owned));
        if got != expected {
            wrong.push(format!("{:?}: {got:?}, not {expected:?}", case.act));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

type Got = (u16, Option<String>, Option<Seen>);

async fn send(client: &Client, url: &str, case: &Case, seen: &mut mpsc::UnboundedReceiver<Seen>) -> Result<Got> {
    let method = if case.body.is_empty() { "GET" } else { "POST" };
    let request = Request::builder().method(method).uri(url).header("x-act", case.act);
    let request = request.header("x-twice", "1").header("x-twice", "2").body(Full::from(case.body))?;
    let answer = client.send(request).await.with_context(|| format!("{case:?}"))?;
    let text = case.text.map(|_| String::from_utf8_lossy(&answer.body).into_owned());
    Ok((answer.status.as_u16(), text, seen.try_recv().ok()))
}

fn owned((target, body): (&str, &str)) -> Seen {
    (target.to_owned(), body.to_owned())
}
