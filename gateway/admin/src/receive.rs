//! Receives bodies within limits of size and time.

use std::{error::Error, time::Duration};

use axum::{
    body::{self, Bytes},
    extract::Request,
};
use http::header::CONTENT_LENGTH;
use http_body_util::LengthLimitError;

use crate::refusal::Refusal;

/// The whole body, unless it is larger than `limit` or slower than `patience`.
pub(crate) async fn body(request: Request, limit: usize, patience: Duration) -> Result<Bytes, Refusal> {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Refusal::too_large(limit));
    }
    match tokio::time::timeout(patience, body::to_bytes(request.into_body(), limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(unreadable(&error, limit)),
        Err(_) => Err(Refusal::too_slow("the body did not arrive in time: send it again, faster")),
    }
}

fn unreadable(error: &axum::Error, limit: usize) -> Refusal {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return Refusal::too_large(limit);
        }
        cause = error.source();
    }
    Refusal::bad_request("the body ended early")
}
