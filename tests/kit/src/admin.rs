//! A client of the admin API.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, StatusCode, header};
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};

/// Signed in with a bearer token; cheap to clone.
#[derive(Clone)]
pub struct Admin {
    address: SocketAddr,
    token: String,
    http: legacy::Client<HttpConnector, Full<Bytes>>,
}

impl Admin {
    #[must_use]
    pub fn new(address: SocketAddr, token: &str) -> Self {
        let http = legacy::Client::builder(TokioExecutor::new()).build_http();
        Self { address, token: token.to_owned(), http }
    }

    /// Runs a query or mutation and returns its `data`.
    ///
    /// # Errors
    /// The answer has `errors`; the text holds them.
    pub async fn graphql(&self, query: &str, variables: Value) -> Result<Value> {
        let answer = self.graphql_raw(query, variables).await?;
        match answer.get("errors") {
            None => Ok(answer["data"].clone()),
            Some(errors) => bail!("{errors}"),
        }
    }

    /// Runs a query or mutation and returns the whole answer.
    ///
    /// # Errors
    /// The answer is no JSON.
    pub async fn graphql_raw(&self, query: &str, variables: Value) -> Result<Value> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let (status, body) = self.post("/graphql", "application/json", body.into()).await?;
        serde_json::from_slice(&body).with_context(|| format!("{status}: {}", String::from_utf8_lossy(&body)))
    }

    /// Runs a mutation and returns the payload of its only field.
    ///
    /// # Errors
    /// The answer has `errors`, or the payload has `userErrors`.
    pub async fn mutate(&self, mutation: &str, variables: Value) -> Result<Value> {
        let data = self.graphql(mutation, variables).await?;
        let payload = data.as_object().and_then(|fields| fields.values().next()).context("an empty answer")?;
        ensure!(payload["userErrors"].as_array().is_none_or(Vec::is_empty), "refused: {}", payload["userErrors"]);
        Ok(payload.clone())
    }

    /// Uploads a module and returns its digest.
    ///
    /// # Errors
    /// The gateway refuses it; the text says why.
    pub async fn upload(&self, wasm: Vec<u8>) -> Result<String> {
        let (status, body) = self.post("/plugins", "application/wasm", wasm.into()).await?;
        let text = String::from_utf8_lossy(&body);
        ensure!(status == StatusCode::CREATED || status == StatusCode::OK, "{status}: {text}");
        let answer: Value = serde_json::from_slice(&body)?;
        answer["digest"].as_str().map(str::to_owned).with_context(|| format!("no digest in {text}"))
    }

    /// Fetches a page without signing in, such as `/readyz`.
    ///
    /// # Errors
    /// Nobody answers.
    pub async fn page(&self, path: &str) -> Result<(StatusCode, String)> {
        let request = Request::get(format!("http://{}{path}", self.address))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .body(Full::default())?;
        let response = self.http.request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }

    async fn post(&self, path: &str, content_type: &str, body: Bytes) -> Result<(StatusCode, Bytes)> {
        let request = Request::post(format!("http://{}{path}", self.address))
            .header(header::CONTENT_TYPE, content_type)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .body(Full::new(body))?;
        let response = self.http.request(request).await?;
        let status = response.status();
        Ok((status, response.into_body().collect().await?.to_bytes()))
    }
}
