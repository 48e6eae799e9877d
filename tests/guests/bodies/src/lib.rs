//! Turns bodies to capitals: the request's as `x-request-body` says and the response's as `x-response-body` does, `whole` or by
//! `pieces`. Sends a request to the upstream that `x-upstream` names, and tells how many requests its instance has seen.

use std::cell::Cell;

use sluice_sdk::prelude::*;

/// The largest body that is taken whole.
const MOST: u64 = 1024;

/// The plugin.
#[derive(Debug)]
pub struct Bodies {
    request_body: HeaderSlot,
    response_body: HeaderSlot,
    upstream: HeaderSlot,
    seen_out: HeaderName,
    length_out: HeaderName,
    seen: Cell<u32>,
}

/// What was asked for of the response's body, and how many requests its instance had seen.
type Wish = (String, u32);

#[plugin(name = "bodies", order = 500)]
impl Plugin for Bodies {
    type State = Wish;

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            request_body: setup.request_header("x-request-body"),
            response_body: setup.request_header("x-response-body"),
            upstream: setup.request_header("x-upstream"),
            seen_out: setup.header_name("x-seen"),
            length_out: setup.header_name("x-body-length"),
            seen: Cell::new(0),
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Wish>> {
        self.seen.set(self.seen.get() + 1);
        if let Some(upstream) = request.header(self.upstream) {
            request.set_upstream(upstream);
        }
        let wish = (request.header(self.response_body).unwrap_or_default().to_owned(), self.seen.get());
        Ok(match request.header(self.request_body) {
            Some("whole") => Flow::buffer_body(MOST, wish),
            Some("pieces") => Flow::stream_body(wish),
            _ => Flow::next_with(wish),
        })
    }

    fn on_request_body(&self, request: &mut Request<'_>, body: &mut Body, wish: Wish) -> Result<Flow<Wish>> {
        request.set_header(self.length_out, body.len());
        body.replace(body.read_all().to_ascii_uppercase());
        Ok(Flow::next_with(wish))
    }

    fn on_request_chunk(&self, chunk: &mut Chunk<'_>, _wish: &mut Wish) -> Result<()> {
        chunk.replace(chunk.bytes().to_ascii_uppercase());
        Ok(())
    }

    fn on_response(&self, response: &mut Response<'_>, wish: Wish) -> Result<Flow<Wish>> {
        response.set_header(self.seen_out, wish.1);
        Ok(match wish.0.as_str() {
            "whole" => Flow::buffer_body(MOST, wish),
            "pieces" => Flow::stream_body(wish),
            _ => Flow::next(),
        })
    }

    fn on_response_body(&self, response: &mut Response<'_>, body: &mut Body, wish: Wish) -> Result<Flow<Wish>> {
        response.set_header(self.length_out, body.len());
        body.replace(body.read_all().to_ascii_uppercase());
        Ok(Flow::next_with(wish))
    }

    fn on_response_chunk(&self, chunk: &mut Chunk<'_>, _wish: &mut Wish) -> Result<()> {
        chunk.replace(chunk.bytes().to_ascii_uppercase());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    #[test]
    fn bodies_are_turned_to_capitals_both_ways() {
        let mut h = Harness::<Bodies>::new(json!({}));
        let reply = h.post("/").header("x-request-body", "whole").body("quiet").send();
        assert_eq!(reply.upstream_request().body(), b"QUIET");
    }
}
