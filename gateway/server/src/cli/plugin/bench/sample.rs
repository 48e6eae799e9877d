//! The request and the response that hooks are measured with.

use std::collections::BTreeMap;

use anyhow::Context;
use bytes::Bytes;
use hyper::{
    HeaderMap, Method, StatusCode,
    header::{HeaderName, HeaderValue},
    http::uri::PathAndQuery,
};
use serde::Deserialize;
use serde_json::Value;

/// Read once, cloned for each call.
pub(super) struct Sample {
    pub(super) method: Method,
    pub(super) target: PathAndQuery,
    pub(super) request: HeaderMap,
    pub(super) request_body: Bytes,
    pub(super) status: StatusCode,
    pub(super) response: HeaderMap,
    pub(super) response_body: Bytes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: String,
    response: FileResponse,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileResponse {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Default for File {
    fn default() -> Self {
        let headers = [
            ("host", "api.example.com"),
            ("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101"),
            ("accept", "application/json"),
            ("accept-encoding", "gzip, br"),
            ("accept-language", "en"),
            ("cookie", "session=0123456789abcdef"),
            ("x-api-key", "0123456789abcdef0123456789abcdef"),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        Self {
            method: "POST".to_owned(),
            path: "/orders?page=2".to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            body: "x".repeat(1024),
            response: FileResponse::default(),
        }
    }
}

impl Default for FileResponse {
    fn default() -> Self {
        let headers = [
            ("content-type", "application/json"),
            ("date", "Mon, 01 Jan 2024 00:00:00 GMT"),
            ("cache-control", "no-store"),
            ("etag", "\"0123456789abcdef\""),
            ("vary", "accept-encoding"),
        ];
        Self {
            status: 200,
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            body: "x".repeat(1024),
        }
    }
}

impl Sample {
    /// # Errors
    /// A member that is none, or a value that cannot stand in a request; the text names it.
    pub(super) fn read(file: Option<Value>) -> anyhow::Result<Self> {
        let file = match file {
            Some(file) => serde_json::from_value(file).context("the request file")?,
            None => File::default(),
        };
        Ok(Self {
            method: file.method.parse().with_context(|| format!("method {:?}", file.method))?,
            target: file.path.parse().with_context(|| format!("path {:?}", file.path))?,
            request: headers(&file.headers)?,
            request_body: file.body.into(),
            status: StatusCode::from_u16(file.response.status).context("response.status")?,
            response: headers(&file.response.headers)?,
            response_body: file.response.body.into(),
        })
    }
}

fn headers(lines: &BTreeMap<String, String>) -> anyhow::Result<HeaderMap> {
    let line = |(name, value): (&String, &String)| {
        let name_read: HeaderName = name.parse().with_context(|| format!("header {name:?}"))?;
        let value = HeaderValue::from_str(value).with_context(|| format!("the value of header {name:?}"))?;
        Ok((name_read, value))
    };
    lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_request_file_leaves_out_is_usual_and_what_is_wrong_is_named() {
        let sample = Sample::read(Some(json!({ "path": "/x", "headers": { "Accept": "a" } }))).unwrap();
        assert_eq!((sample.target.path(), sample.request.len()), ("/x", 1));
        assert_eq!(sample.status, StatusCode::OK);
        for (file, word) in [
            (json!({ "headers": { "a b": "" } }), "a b"),
            (json!({ "respones": {} }), "request file"),
            (json!({ "response": { "status": 7 } }), "response.status"),
        ] {
            let error = format!("{:#}", Sample::read(Some(file)).err().unwrap());
            assert!(error.contains(word), "{error}");
        }
    }
}
