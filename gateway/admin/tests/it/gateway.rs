//! An admin API in process, and a client that holds a token.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use axum::{Router, body::Body};
use gateway_admin::{AdminState, router};
use gateway_config::{Policy, Sandbox, Service, system};
use gateway_model::{Digest, Grant, PluginFacts, ResolvedAttachment};
use gateway_store::Sqlite;
use gateway_telemetry::{Load, Metrics};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) struct Gateway {
    pub(crate) router: Router,
    pub(crate) service: Service,
    pub(crate) metrics: Metrics,
    pub(crate) token: String,
    pub(crate) ready: Arc<AtomicBool>,
    /// Keeps the store's folder.
    _folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Gateway {
    pub(crate) async fn start() -> Self {
        Self::start_with(Policy::default()).await
    }

    pub(crate) async fn start_with(policy: Policy) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Sqlite::open(&folder.path().join("sluice.db")).await.unwrap());
        let service = Service::open_with(store.clone(), store, Arc::new(ToldByBytes), policy).await.unwrap();
        let token = service.create_token(&system(), "tester").await.unwrap();
        let ready = Arc::new(AtomicBool::new(true));
        let asked = ready.clone();
        let metrics = Metrics::new(1);
        let state = AdminState {
            service: service.clone(),
            metrics: metrics.clone(),
            load: Load::fixed(250, 500, metrics.in_flight()),
            ready: Arc::new(move || {
                asked.load(Ordering::Relaxed).then_some(()).ok_or_else(|| "no listener yet".to_owned())
            }),
        };
        Self { router: router(state), service, metrics, token, ready, _folder: folder }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// A request with this gateway's token.
    pub(crate) fn request(&self, method: &str, path: &str) -> http::request::Builder {
        anonymous(method, path).header("authorization", format!("Bearer {}", self.token))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, content_type: &str, body: impl Into<Body>) -> Answer {
        let request = self.request("POST", "/graphql").header("content-type", content_type);
        self.send(request.body(body.into()).unwrap()).await
    }

    pub(crate) async fn upload(&self, wasm: &[u8]) -> Answer {
        let request = self.request("POST", "/plugins").header("content-type", "application/wasm");
        self.send(request.body(wasm.to_vec().into()).unwrap()).await
    }

    pub(crate) async fn upload_signed(&self, wasm: &[u8], signature: &str) -> Answer {
        let request = self.request("POST", "/plugins").header("content-type", "application/wasm");
        self.send(request.header("x-sluice-signature", signature).body(wasm.to_vec().into()).unwrap()).await
    }

    /// The whole answer to a GraphQL request.
    pub(crate) async fn graphql(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        self.post("application/json", body.to_string()).await.json()
    }

    /// The data of a GraphQL request that must not fail.
    pub(crate) async fn query(&self, query: &str) -> Value {
        let answer = self.graphql(query, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].clone()
    }

    /// The payload of one mutation: `name(input: …) { … }` with these fields.
    pub(crate) async fn mutate(&self, name: &str, input: Value, fields: &str) -> Value {
        let answer = self.try_mutate(name, input, fields).await;
        assert_eq!(answer.get("errors"), None, "{name}");
        answer["data"][name].clone()
    }

    /// The whole answer to one mutation.
    pub(crate) async fn try_mutate(&self, name: &str, input: Value, fields: &str) -> Value {
        let input_type = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!("mutation($input: {input_type}!) {{ {name}(input: $input) {{ {fields} }} }}");
        self.graphql(&query, json!({ "input": input })).await
    }

    /// An upstream and a route to it: `orders`.
    pub(crate) async fn with_route(self) -> Self {
        let targets = json!([{ "address": "127.0.0.1:8000" }]);
        self.done("createUpstream", json!({ "name": "orders", "targets": targets })).await;
        self.done("createRoute", json!({ "name": "orders", "pathPrefix": "/orders", "upstream": "orders" })).await;
        self
    }

    /// A mutation that must be carried out.
    pub(crate) async fn done(&self, name: &str, input: Value) -> Value {
        let payload = self.mutate(name, input, "revision committed userErrors { path message }").await;
        assert_eq!(payload["userErrors"], json!([]), "{name}");
        assert_eq!(payload["committed"], true, "{name}");
        payload
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A request without any credentials.
pub(crate) fn anonymous(method: &str, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path).header("host", "localhost:9000")
}

/// The bytes that [`ToldByBytes`] takes for a module.
pub(crate) fn module(version: &str) -> Vec<u8> {
    [b"\0asm\x01\0\0\0", version.as_bytes()].concat()
}

struct ToldByBytes;

#[async_trait]
impl Sandbox for ToldByBytes {
    async fn inspect(&self, wasm: Vec<u8>) -> Result<PluginFacts, String> {
        match &wasm[8..] {
            b"trap" => Err("describe trapped: unreachable".to_owned()),
            version => Ok(PluginFacts {
                digest: Digest::sha256([0; 32]),
                name: if version.starts_with(b"other") { "other" } else { "header" }.to_owned(),
                version: String::from_utf8_lossy(version).into_owned(),
                description: "Sets a header.".to_owned(),
                default_order: 100,
                config_schema: json!({
                    "type": "object",
                    // The second major version wants another type.
                    "properties": { "value": { "type": if version.starts_with(b"2") { "number" } else { "string" } } },
                    "additionalProperties": false,
                }),
                imports: vec!["sluice:plugin/log@0.1.0".to_owned()],
                hooks: vec!["request".to_owned()],
                needs: vec![Grant::Identity],
                size: 0,
            }),
        }
    }

    async fn rehearse(&self, attachment: &ResolvedAttachment) -> Result<(), String> {
        match attachment.config.contains("refuse") {
            true => Err("the plugin does not like this value".to_owned()),
            false => Ok(()),
        }
    }
}
