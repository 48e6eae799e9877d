//! The exchange itself: a connection, the request, and the whole of the reply.

use std::{future::poll_fn, mem, pin::Pin, sync::Arc};

use gateway_telemetry::UpstreamFault;
use http::{
    Response, StatusCode,
    header::{CONTENT_LENGTH, HOST},
};
use http_body::Body as _;
use hyper::body::Incoming;
use sluice_abi::{
    bounds::CALLOUT_BODY,
    wire::{Header, HostError, Reply},
};

use super::{message::Message, unavailable};
use crate::{forward, live::LiveUpstream, pool::Lease, upstream, worker::Worker};

/// Sends to the upstream's targets in turn, until one has a connection to send on. What may have reached a target is never
/// sent again.
pub(super) async fn send(worker: &Worker, upstream: &Arc<LiveUpstream>, message: Message) -> Result<Reply, HostError> {
    let pools = worker.pools.of(upstream);
    let mut request = message.into_request();
    for pool in pools.in_turn() {
        request.headers_mut().insert(HOST, pool.host());
        let mut fresh = false;
        while let Some(mut lease) = upstream::connection(pool, &pools, upstream, fresh).await {
            match lease.send(request).await {
                Ok(response) => return read(response, lease).await,
                Err(mut failed) => match failed.take_message() {
                    Some(whole) => {
                        lease.count(UpstreamFault::Stale);
                        request = whole;
                        if mem::replace(&mut fresh, true) {
                            break;
                        }
                    }
                    None => return Err(broken(&lease)),
                },
            }
        }
    }
    Err(unavailable("no target of the upstream accepts a connection"))
}

/// Reads the reply to its end, and gives its connection back.
async fn read(response: Response<Incoming>, lease: Lease) -> Result<Reply, HostError> {
    let (mut head, mut incoming) = response.into_parts();
    if head.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err(broken(&lease));
    }
    let too_large = || HostError::Limit(format!("the reply has more than {CALLOUT_BODY} bytes"));
    let expected = incoming.size_hint().lower();
    if expected > CALLOUT_BODY as u64 {
        return Err(too_large());
    }
    let mut body = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    while let Some(frame) = poll_fn(|context| Pin::new(&mut incoming).poll_frame(context)).await {
        let Ok(frame) = frame else {
            lease.count(UpstreamFault::Body);
            return Err(unavailable("the reply broke off"));
        };
        if let Ok(data) = frame.into_data() {
            if body.len() + data.len() > CALLOUT_BODY {
                return Err(too_large());
            }
            body.extend_from_slice(&data);
        }
    }
    lease.give_back();
    forward::clean_response(&mut head.headers);
    // What a HEAD or a 304 says of a body that it has not would mislead whoever reads the reply.
    head.headers.remove(CONTENT_LENGTH);
    let fields = head.headers.iter();
    let headers = fields.map(|(name, value)| Header { name: name.as_str().into(), value: value.as_bytes().into() });
    Ok(Reply { status: head.status.as_u16(), headers: headers.collect(), body })
}

fn broken(lease: &Lease) -> HostError {
    lease.count(UpstreamFault::Broken);
    unavailable("the upstream broke off")
}
