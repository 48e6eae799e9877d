//! A client of the admin API, for commands that talk to a running gateway.

use std::{fs, net::SocketAddr, path::PathBuf};

use anyhow::{Context, anyhow, bail};
use base64::{Engine as _, prelude::BASE64_STANDARD};
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
    /// Known without asking the environment or a file.
    #[arg(skip)]
    token: Option<String>,
}

/// What the gateway says of a module that it has taken in.
pub(super) struct Uploaded {
    pub(super) digest: String,
    /// What the module calls itself.
    pub(super) name: String,
    /// The grants that its imports need.
    pub(super) needs: Vec<String>,
}

impl Client {
    /// Of the gateway whose admin API is there; the token is looked up as the other commands do.
    pub(super) fn new(admin: Uri, token_file: PathBuf) -> Self {
        Self { admin, token_file, token: None }
    }

    /// Of the gateway at that address, with that token.
    pub(super) fn with_token(address: SocketAddr, token: &str) -> anyhow::Result<Self> {
        let admin = Uri::builder().scheme("http").authority(address.to_string()).path_and_query("/").build()?;
        Ok(Self { admin, token_file: PathBuf::new(), token: Some(token.to_owned()) })
    }

    /// Uploads a module, with a detached signature over it if the gateway wants one; a module that the gateway has
    /// already is answered the same.
    pub(super) async fn upload(&self, wasm: Bytes, signature: Option<&[u8]>) -> Result<Uploaded, Failure> {
        let signature = signature.map(|bytes| ("x-sluice-signature", BASE64_STANDARD.encode(bytes)));
        let (status, body) = self.post("/plugins", "application/wasm", signature, wasm).await?;
        let answer: Value = serde_json::from_slice(&body)
            .with_context(|| format!("the admin API answered {status} with something that is no JSON"))?;
        if !status.is_success() {
            let why = answer["detail"].as_str().or_else(|| answer["title"].as_str()).unwrap_or("no reason given");
            return Err(Failure::Refused(vec![why.to_owned()]));
        }
        let text = |member: &str| answer[member].as_str().map(str::to_owned);
        let needs = answer["needs"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(Uploaded {
            digest: text("digest").context("the admin API named no digest")?,
            name: text("name").unwrap_or_default(),
            needs: needs.map(str::to_owned).collect(),
        })
    }

    /// Runs mutations whose payloads have `userErrors`; any such error is [`Failure::Refused`].
    pub(super) async fn mutate(&self, mutation: &str, variables: Value) -> Result<Value, Failure> {
        let data = self.graphql(mutation, variables).await?;
        let payloads = data.as_object().into_iter().flat_map(|fields| fields.values());
        let errors = payloads.flat_map(|payload| payload["userErrors"].as_array()).flatten();
        let lines: Vec<String> = errors.map(finding).collect();
        match lines.is_empty() {
            true => Ok(data),
            false => Err(Failure::Refused(lines)),
        }
    }

    /// Sends one GraphQL request and returns its `data`.
    ///
    /// A conflict of revisions is [`Failure::Conflict`]; any other GraphQL error is [`Failure::Failed`] with its message.
    pub(super) async fn graphql(&self, query: &str, variables: Value) -> Result<Value, Failure> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let (status, body) = self.post("/graphql", "application/json", None, body.into()).await?;
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

    async fn post(
        &self,
        path: &str,
        content_type: &str,
        more: Option<(&str, String)>,
        body: Bytes,
    ) -> Result<(StatusCode, Bytes), Failure> {
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
        let request = more.into_iter().fold(Request::builder(), |request, (name, value)| request.header(name, value));
        let request = request
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
        if let Some(token) = &self.token {
            return Ok(token.clone());
        }
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

/// One of `userErrors` as a line: where, and why.
pub(super) fn finding(finding: &Value) -> String {
    let steps = finding["path"].as_array().map_or(&[][..], Vec::as_slice);
    let path: Vec<&str> = steps.iter().filter_map(Value::as_str).collect();
    format!("{}: {}", path.join("."), finding["message"].as_str().unwrap_or_default())
}

/// Runs one command that waits for the network.
pub(super) fn block_on<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(command)
}
