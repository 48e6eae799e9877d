//! Writes what the schema answered.

use async_graphql::{Name, PathSegment, Response as GraphQlResponse, ServerError, Value};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde::Serialize;

use crate::{
    error::{self, Code},
    refusal::Refusal,
};

/// The wire form: no `data` at all if nothing was executed.
#[derive(Serialize)]
struct Wire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
}

/// The HTTP response: 400 if nothing was executed, else 200.
pub(super) fn write(mut answer: GraphQlResponse, request_id: &str, content_type: &'static str) -> Response {
    // An error of execution knows the path of its field; one of validation does not.
    let refused = answer.data == Value::Null && answer.errors.iter().all(|error| error.path.is_empty());
    let (status, otherwise) = match refused {
        true => (StatusCode::BAD_REQUEST, Code::GraphqlValidationFailed),
        false => (StatusCode::OK, Code::BadUserInput),
    };
    for error in &answer.errors {
        fill(&mut answer.data, &error.path);
    }
    error::finish(&mut answer.errors, request_id, otherwise);
    let wire = Wire { data: (!refused).then_some(&answer.data), errors: &answer.errors };
    match serde_json::to_string(&wire) {
        Ok(text) => (status, [(CONTENT_TYPE, HeaderValue::from_static(content_type))], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a response could not be written as JSON");
            Refusal::internal().into_response()
        }
    }
}

/// Puts a null where a field failed: the framework leaves the field out, the specification asks for the null.
fn fill(data: &mut Value, path: &[PathSegment]) {
    let Some((first, rest)) = path.split_first() else { return };
    match (data, first) {
        (Value::List(items), PathSegment::Index(index)) => {
            if let Some(item) = items.get_mut(*index) {
                fill(item, rest);
            }
        }
        (data, PathSegment::Field(name)) => {
            if *data == Value::Null {
                *data = Value::Object([].into());
            }
            if let Value::Object(fields) = data {
                let field = fields.entry(Name::new(name)).or_insert(Value::Null);
                if !rest.is_empty() {
                    fill(field, rest);
                }
            }
        }
        _ => {}
    }
}
