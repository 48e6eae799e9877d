//! The gateway answers plugins as the SDK's fake host does: the same cases, here over real sockets.

use std::{convert::Infallible, net::SocketAddr};

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use gateway_tests::{Gateway, plugin_wasm};
use guest_conformance::{CASES, GRANTS, SECRET, UPSTREAM_BODY};
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sluice_testkit::client::{Client, Version};
use tokio::{net::TcpListener, sync::mpsc};

/// What a module is asked and must answer, with the world that it needs; can be kept in a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suite {
    grants: Vec<String>,
    /// The name and the value of the secret that is granted.
    secret: (String, String),
    /// What the upstream answers to every request.
    upstream_body: String,
    #[serde(rename = "case")]
    cases: Vec<Case>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    act: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    body: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upstream: Option<Seen>,
}

/// Path and query, and the body.
type Seen = (String, String);

impl Suite {
    /// That of the guest as it is now.
    pub(crate) fn current() -> Self {
        let owned = |(one, other): (&str, &str)| (one.to_owned(), other.to_owned());
        let case = |case: &guest_conformance::Case| Case {
            act: case.act.to_owned(),
            body: case.body.to_owned(),
            status: case.status,
            text: case.text.map(str::to_owned),
            upstream: case.upstream.map(owned),
        };
        Self {
            grants: GRANTS.map(str::to_owned).to_vec(),
            secret: owned(SECRET),
            upstream_body: UPSTREAM_BODY.to_owned(),
            cases: CASES.iter().map(case).collect(),
        }
    }

    /// Uploads the module to a gateway of its own, attaches it and sends it all cases.
    pub(crate) async fn check(&self, wasm: Vec<u8>) -> Result<()> {
        let gateway = Gateway::start().await?;
        let (address, mut seen) = upstream(self.upstream_body.clone()).await?;
        gateway.secret(&self.secret.0, self.secret.1.as_bytes())?;
        let targets = json!([{ "address": address.to_string() }]);
        gateway.create("Upstream", json!({ "name": "granted", "targets": targets })).await?;
        gateway.route("case", address).await?;
        gateway.module("conformance", wasm).await?;
        let grants: Vec<&str> = self.grants.iter().map(String::as_str).collect();
        gateway.attach("conformance", json!({}), &grants).await?;
        let client = gateway.client(Version::Http1)?;
        let mut wrong = Vec::new();
        for case in &self.cases {
            let got = send(&client, &gateway.https("/case?page=2"), case, &mut seen).await?;
            let expected = (case.status, case.text.clone(), case.upstream.clone());
            if got != expected {
                wrong.push(format!("{:?}: {got:?}, not {expected:?}", case.act));
            }
        }
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    }
}

/// An upstream with one answer, and what it gets.
async fn upstream(body: String) -> Result<(SocketAddr, mpsc::UnboundedReceiver<Seen>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let (seen, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (seen, body) = (seen.clone(), body.clone());
            let service = service_fn(move |request| answer(request, seen.clone(), body.clone()));
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
    answer: String,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    drop(seen.send((head.uri.to_string(), String::from_utf8_lossy(&body).into_owned())));
    Ok(Response::new(Full::from(answer)))
}

#[tokio::test]
async fn the_gateway_answers_as_the_cases_say() -> Result<()> {
    Suite::current().check(plugin_wasm("guest-conformance")?).await
}

type Got = (u16, Option<String>, Option<Seen>);

async fn send(client: &Client, url: &str, case: &Case, seen: &mut mpsc::UnboundedReceiver<Seen>) -> Result<Got> {
    let method = if case.body.is_empty() { "GET" } else { "POST" };
    let request = Request::builder().method(method).uri(url).header("x-act", &case.act);
    let request = request.header("x-twice", "1").header("x-twice", "2").body(Full::from(case.body.clone()))?;
    let answer = client.send(request).await.with_context(|| format!("{case:?}"))?;
    let text = case.text.as_ref().map(|_| String::from_utf8_lossy(&answer.body).into_owned());
    Ok((answer.status.as_u16(), text, seen.try_recv().ok()))
}
