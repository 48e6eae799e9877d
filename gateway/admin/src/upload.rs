//! `POST /plugins`: takes in a plugin module.

use std::time::Duration;

use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use gateway_config::{LARGEST_MODULE, StoredModule, UploadError};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use tracing::Instrument;

use crate::{
    App,
    auth::Caller,
    media::{self, MediaType},
    receive,
    refusal::Refusal,
};

/// Modules that are taken in at one time: each holds its bytes in memory and a core busy with compiling.
pub(crate) const AT_ONCE: usize = 2;

/// Carries the detached signature of the module's bytes, in base64.
const SIGNATURE: &str = "x-sluice-signature";

/// How long a module may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);

/// Answers 201 with what is known of the module; uploading the same module again answers the same.
pub(crate) async fn post(caller: Caller, State(app): State<App>, request: Request) -> Result<Response, Refusal> {
    if media::content_type(request.headers()) != Some(MediaType::Wasm) {
        return Err(Refusal::unsupported_media_type("send the module as body with `content-type: application/wasm`"));
    }
    let busy = |_| Refusal::unavailable("other modules are being taken in: try again in a moment");
    let signature = signature(request.headers())?;
    let permit = app.uploads.clone().try_acquire_owned().map_err(busy)?;
    let wasm = receive::body(request, LARGEST_MODULE, PATIENCE).await?;

    // A task of its own: a client that goes away does not leave the module half taken in.
    let work = async move {
        let module = app.state.service.upload(&caller.actor, wasm.into(), signature.as_deref()).await;
        drop(permit);
        module
    };
    let module = tokio::spawn(work.in_current_span()).await.map_err(|error| {
        tracing::error!(%error, "taking in a module failed");
        Refusal::internal()
    })?;
    let module = module.map_err(refusal)?;
    Ok((StatusCode::CREATED, Json(told(&module))).into_response())
}

/// The detached signature that came with the module, if one did.
fn signature(headers: &HeaderMap) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(value) = headers.get(SIGNATURE) else { return Ok(None) };
    let wrong =
        |_| Refusal::unprocessable("Signature refused", "x-sluice-signature is no base64: encode the signature");
    BASE64_STANDARD.decode(value.as_bytes()).map_err(wrong).map(Some)
}

fn refusal(error: UploadError) -> Refusal {
    match error {
        UploadError::TooLarge { most, .. } => Refusal::too_large(most),
        UploadError::Unsigned(error) => Refusal::unsigned(error.to_string()),
        UploadError::Store(error) => Refusal::store(&error),
        error => Refusal::unprocessable("Module refused", error.to_string()),
    }
}

fn told(module: &StoredModule) -> serde_json::Value {
    let facts = &module.facts;
    json!({
        "digest": facts.digest.as_str(),
        "name": facts.name,
        "version": facts.version,
        "description": facts.description,
        "defaultOrder": facts.default_order,
        "hooks": facts.hooks,
        "imports": facts.imports,
        "needs": facts.needs,
        "size": facts.size,
        "signer": module.signer,
    })
}
