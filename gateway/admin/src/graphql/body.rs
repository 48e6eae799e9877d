//! Reads a GraphQL request from an HTTP one.

use std::time::Duration;

use async_graphql::{ServerError, Variables};
use axum::extract::{Query, Request};
use http::Uri;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    media::{self, MediaType},
    receive,
    refusal::Refusal,
};

/// The largest body, in bytes.
const LARGEST: usize = 1024 * 1024;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// One GraphQL request; keys that we do not know are ignored, as the specification asks.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Call {
    pub(super) query: String,
    #[serde(default)]
    pub(super) operation_name: Option<String>,
    #[serde(default, deserialize_with = "variables")]
    pub(super) variables: Variables,
}

impl Call {
    /// Reads the parameters of a GET request.
    pub(super) fn from_uri(uri: &Uri) -> Result<Self, Refusal> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Parameters {
            query: Option<String>,
            operation_name: Option<String>,
            variables: Option<String>,
        }
        let unreadable = || Refusal::bad_request("the query string cannot be read: percent-encode its values");
        let Query(parameters) = Query::<Parameters>::try_from_uri(uri).map_err(|_| unreadable())?;
        let query = parameters.query.ok_or_else(|| Refusal::bad_request("the parameter `query` is missing"))?;
        let variables = match parameters.variables {
            Some(text) => variables_from(json(text.as_bytes(), "the parameter `variables`")?),
            None => Variables::default(),
        };
        Ok(Self { query, operation_name: parameters.operation_name, variables })
    }
}

/// Reads the body of a POST request.
pub(super) async fn read(request: Request) -> Result<Call, Refusal> {
    if media::content_type(request.headers()) != Some(MediaType::Json) {
        return Err(Refusal::unsupported_media_type("send `content-type: application/json`"));
    }
    let bytes = receive::body(request, LARGEST, PATIENCE).await?;
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Refusal::bad_request("batches are not accepted: send one request as a JSON object"));
    }
    json(&bytes, "the body")
}

/// The refusal of a document that is no GraphQL.
pub(super) fn unparsable(error: &ServerError) -> Refusal {
    let place = error.locations.first().map(|at| format!(" at line {}, column {}", at.line, at.column));
    Refusal::unparsable(format!("the query is no GraphQL{}: {}", place.unwrap_or_default(), error.message.trim()))
}

fn json<T: DeserializeOwned>(bytes: &[u8], what: &str) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|error| Refusal::bad_request(format!("{what} cannot be read: {error}")))
}

fn variables<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Variables, D::Error> {
    let map = Option::<Map<String, Value>>::deserialize(deserializer)?;
    Ok(variables_from(map.unwrap_or_default()))
}

fn variables_from(map: Map<String, Value>) -> Variables {
    Variables::from_json(Value::Object(map))
}
