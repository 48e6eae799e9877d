//! A client of the admin API, for commands that talk to a running gateway.

use std::{fs, path::PathBuf};

use anyhow::{Context, anyhow, bail};
use bytes::Bytes;
use clap::Args;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, StatusCode, Uri, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::Failure;

/// How to reach a running gateway.
#[derive(Debug, Args)]
pub(super) struct Client {
    /// Where the admin API listens.
    #[arg(long, env = "SLUICE_ADMIN", default_value = "http://127.0.0.1:9000", value_name = "URL")]
    admin: Uri,
    /// File with an admin token; the variable SLUICE_TOKEN wins over it.
    #[arg(long, env = "SLUICE_TOKEN_FILE", default_value = "data/admin-token", value_name = "FILE")]
    token_file: PathBuf,
}

impl Client {
    /// Sends one GraphQL request and returns its `data`.
    ///
    /// A conflict of revisions is [`Failure::Conflict`]; any other GraphQL error is [`Failure::Failed`] with its message.
    pub(super) async fn graphql(&self, query: &str, variables: Value) -> Result<Value, Failure> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let (status, body) = self.post("/graphql", "application/json", body.into()).await?;
        let mut answer: Value = serde_json::from_slice(&body)
            .with_context(|| format!("the admin API answered {status} with something that is no JSON"))?;
        if let Some(error) = answer.get("errors").and_then(|errors| errors.get(0)) {
            return Err(failure(error));
        }
        match answer.get_mut("data").map(Value::take) {
            Some(data) if !data.is_null() => Ok(data),
            _ => Err(anyhow!("the admin API answered {status}: {answer}").into()),
        }
    }

    async fn post(&self, path: &str, content_type: &str, body: Bytes) -> Result<(StatusCode, Bytes), Failure> {
        let token = self.token()?;
        let authority = self.admin.authority().context("--admin is no URL: use one such as http://127.0.0.1:9000")?;
        let address = format!("{}:{}", authority.host(), authority.port_u16().unwrap_or(80));
        let stream = TcpStream::connect(&address)
            .await
            .with_context(|| {
                format!(
                    "no gateway answers at {address}: start one with `sluice serve`, or give --admin or SLUICE_ADMIN"
                )
            })
            .map_err(Failure::Unreachable)?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, authority.as_str())
            .header(header::CONTENT_TYPE, content_type)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Full::new(body))?;
        let exchange = async {
            let response = sender.send_request(request).await?;
            let status = response.status();
            let body = response.into_body().collect().await?.to_bytes();
            Ok::<_, hyper::Error>((status, body))
        };
        let answer = tokio::select! {
            answer = exchange => answer?,
            ended = connection => {
                ended?;
                return Err(anyhow!("the gateway closed the connection").into());
            }
        };
        if answer.0 == StatusCode::UNAUTHORIZED {
            return Err(anyhow!("the admin API does not know this token: give SLUICE_TOKEN or --token-file").into());
        }
        Ok(answer)
    }

    fn token(&self) -> anyhow::Result<String> {
        if let Ok(token) = std::env::var("SLUICE_TOKEN") {
            return Ok(token);
        }
        let path = self.token_file.display();
        let text = fs::read_to_string(&self.token_file).with_context(|| {
            format!(
                "no admin token: set SLUICE_TOKEN, or give --token-file (tried {path}, which `sluice serve` writes)"
            )
        })?;
        match text.trim() {
            "" => bail!("{path} holds no token"),
            token => Ok(token.to_owned()),
        }
    }
}

fn failure(error: &Value) -> Failure {
    let message = error["message"].as_str().unwrap_or("the admin API gave an error without a message");
    match error["extensions"]["code"].as_str() {
        Some("CONFLICT") => Failure::Conflict(message.to_owned()),
        _ => Failure::Failed(anyhow!("{message}")),
    }
}

/// Runs one command that waits for the network.
pub(super) fn block_on<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(command)
}
