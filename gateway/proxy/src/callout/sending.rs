//! The exchange itself: the request, and the whole of the reply.

use std::{future::poll_fn, rc::Rc, sync::Arc};

use http::{Response, header::CONTENT_LENGTH};
use sluice_abi::{
    bounds::CALLOUT_BODY,
    wire::{Header, HostError, Reply},
};

use super::{message::Message, unavailable};
use crate::{
    admission::Slot,
    body::Streaming,
    error::GatewayError,
    forward,
    live::LiveUpstream,
    upstream::{self, Trip},
    worker::Worker,
};

/// Sends it as a client's request is sent, but without a slot: what a plugin asks for on behalf of a request must not wait
/// behind other requests.
pub(super) async fn send(
    worker: &Rc<Worker>,
    upstream: &Arc<LiveUpstream>,
    message: Message,
) -> Result<Reply, HostError> {
    let mut trip = Trip::of_plugin(worker.clone());
    let (within, request) = (upstream.response_timeout, message.into_request());
    match upstream::send(&mut trip, upstream, within, request, Slot::unlimited()).await {
        Ok(response) => read(response).await,
        Err(GatewayError::UpstreamTimeout) => Err(HostError::Timeout),
        Err(GatewayError::UpstreamUntrusted) => Err(unavailable("no secure connection to the upstream can be made")),
        Err(GatewayError::UpstreamUnreachable) => Err(unavailable("no target of the upstream accepts a connection")),
        Err(_) => Err(unavailable("the upstream broke off")),
    }
}

/// Reads the reply to its end.
async fn read(response: Response<Streaming>) -> Result<Reply, HostError> {
    let (mut head, mut streaming) = response.into_parts();
    let too_large = || HostError::Limit(format!("the reply has more than {CALLOUT_BODY} bytes"));
    let expected = streaming.length().unwrap_or(0);
    if expected > CALLOUT_BODY as u64 {
        return Err(too_large());
    }
    let mut body = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    while let Some(frame) = poll_fn(|context| streaming.poll_frame(context)).await {
        let Ok(frame) = frame else {
            return Err(unavailable("the reply broke off"));
        };
        if let Ok(data) = frame.into_data() {
            if body.len() + data.len() > CALLOUT_BODY {
                return Err(too_large());
            }
            body.extend_from_slice(&data);
        }
    }
    forward::clean_response(&mut head.headers);
    // What a HEAD or a 304 says of a body that it has not would mislead whoever reads the reply.
    head.headers.remove(CONTENT_LENGTH);
    let fields = head.headers.iter();
    let headers = fields.map(|(name, value)| Header { name: name.as_str().into(), value: value.as_bytes().into() });
    Ok(Reply { status: head.status.as_u16(), headers: headers.collect(), body })
}
