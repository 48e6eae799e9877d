//! Plugins that see bodies: piece by piece on their way, or whole.

mod pieces;
mod whole;

use gateway_model::{Document, FailurePolicy};
use sluice_abi::outcome::{Name, Operation};

use super::{
    guest::{Guest, Hook},
    harness::*,
};

const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";

fn post(body: &str) -> String {
    format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

pub(super) fn attach(document: &mut Document, order: i32, name: &str, guest: &Guest) {
    add_plugin(document, name, order, guest, FailurePolicy::Closed);
}

/// Puts marks around each piece, in both directions.
fn brackets(open: char, close: char) -> Guest {
    Guest {
        request: Some(Hook::streams()),
        request_chunk: Some(Hook::brackets(open, close)),
        response: Some(Hook::streams()),
        response_chunk: Some(Hook::brackets(open, close)),
        ..Guest::default()
    }
}

/// Streams requests through this hook.
fn on_request_chunks(hook: Hook) -> Guest {
    Guest { request: Some(Hook::streams()), request_chunk: Some(hook), ..Guest::default() }
}

/// Streams responses through this hook.
fn on_response_chunks(hook: Hook) -> Guest {
    Guest { response: Some(Hook::streams()), response_chunk: Some(hook), ..Guest::default() }
}

/// Keeps bodies of so many bytes, and does this with them.
pub(super) fn on_request_body(max: u64, hook: Hook) -> Guest {
    Guest { request: Some(Hook::buffers(max)), request_body: Some(hook), ..Guest::default() }
}

fn on_response_body(max: u64, hook: Hook) -> Guest {
    Guest { response: Some(Hook::buffers(max)), response_body: Some(hook), ..Guest::default() }
}

pub(super) fn mark() -> Hook {
    Hook::next(&[Operation::AppendHeader(Name::Inline("x-mark"), b"seen")])
}

/// An upstream that answers every request with these bytes.
async fn saying(response: &'static str) -> Upstream {
    Upstream::talking(move |mut raw| async move {
        while raw.message().await.is_some() {
            raw.send(response).await;
        }
    })
    .await
}
