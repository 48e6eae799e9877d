//! Asks the host for one thing, which the request header `x-act` names, and answers with what the host said.
//!
//! [`CASES`] has the requests and what must come back, from the SDK's fake host and from the gateway alike: whoever
//! changes a rule of one changes the other. The attachment needs the grants of [`GRANTS`], and a secret [`SECRET`].

mod acts;
mod cases;
#[cfg(test)]
mod tests;

use sluice_sdk::prelude::*;

use acts::Tools;
pub use cases::{CASES, Case};

/// What the attachment grants; the upstream of that name need not answer.
pub const GRANTS: [&str; 7] =
    ["identity", "usage-plan", "cache", "priority", "secret:signing", "kv:shared", "upstream:granted"];

/// The name and the value of the secret.
pub const SECRET: (&str, &str) = ("signing", "Jefe");

/// What the upstream answers to every request.
pub const UPSTREAM_BODY: &str = "hello from the upstream";

/// The plugin.
#[derive(Debug)]
pub struct Conformance {
    act: HeaderSlot,
    tools: Tools,
}

/// What was asked for, and how many bytes went by since.
#[derive(Debug, State)]
pub struct Seen {
    act: String,
    bytes: u64,
}

#[plugin(name = "conformance", order = 500)]
impl Plugin for Conformance {
    type State = Seen;

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        setup.want_query();
        setup.tick_every(Duration::from_secs(3_600));
        Ok(Self { act: setup.request_header("x-act"), tools: Tools::new(setup)? })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Seen>> {
        let act = request.header(self.act).unwrap_or_default();
        let seen = Seen { act: act.to_owned(), bytes: 0 };
        if let Some(text) = self.tools.ask(act)? {
            return Ok(Flow::respond(200).header("content-type", "text/plain").body(text));
        }
        match act {
            "buffer-body" => return Ok(Flow::buffer_body(16, seen)),
            "stream-body" => return Ok(Flow::stream_body(seen)),
            "serve-cached" if cache::lookup("kept").is_some() => return Ok(Flow::serve_cached("kept")),
            "refuse" => return Ok(Flow::problem(403, "Forbidden").header("x-why", "asked")),
            "no-status" => return Ok(Flow::respond(199)),
            "body-of-none" => return Ok(Flow::respond(204).body("x")),
            "fault" => bail!("it was asked for"),
            "write-reserved" => request.set_header("content-length", "1"),
            "write-bad-value" => request.set_header("x-bad", "a\r\nb"),
            "bad-path" => request.set_path("no-slash"),
            "hidden-dots" => request.set_path("/a/..%2fb"),
            "bad-method" => request.set_method("NO METHOD"),
            "stranger" => request.set_consumer("nobody-of-that-name"),
            "not-granted-upstream" => request.set_upstream("elsewhere"),
            "long-attribute" => request.set_attribute("x", &"x".repeat(1_025)),
            "own-attribute" => request.set_attribute("route", "other"),
            "no-timeout" => request.set_timeout(Duration::ZERO),
            "trace" => request.set_method("TRACE"),
            "admit" => {
                let admission = Admission::class(PriorityClass::High).max_wait(Duration::from_secs(1));
                request.admit(admission.fair_by("tenant").or_stale("kept"));
            }
            "cache-response" => {
                let caching = Caching::new().lifetime(Duration::from_secs(60)).query("page=2").part(b"part").tag("tag");
                request.cache(&caching.per_consumer().tag_header("surrogate-key"));
            }
            "cache-large-part" => request.cache(&Caching::new().part(&[0; 4_097])),
            "cache-no-tag" => request.cache(&Caching::new().tag("")),
            "cache-no-header" => request.cache(&Caching::new().tag_header("no name")),
            "admit-bad-key" => request.admit(Admission::class(PriorityClass::Low).or_stale("")),
            "own-priority" => request.set_attribute("priority", "critical"),
            "set-path" => {
                request.set_path("/a/./b/../%7ec");
                request.set_query("q=1");
            }
            _ => {}
        }
        Ok(Flow::next_with(seen))
    }

    fn on_request_body(&self, _request: &mut Request<'_>, body: &mut Body, seen: Seen) -> Result<Flow<Seen>> {
        let part = String::from_utf8_lossy(&body.read(1, 3)).into_owned();
        body.replace(format!("{} {:?} {part} {}", body.len(), body.find("l"), &crypto::hex(body.sha256())[..8]));
        Ok(Flow::next_with(seen))
    }

    fn on_request_chunk(&self, chunk: &mut Chunk<'_>, seen: &mut Seen) -> Result<()> {
        seen.bytes += chunk.bytes().len() as u64;
        match chunk.is_last() {
            true => chunk.replace([chunk.bytes(), format!("; {} bytes", seen.bytes).as_bytes()].concat()),
            false => chunk.replace(chunk.bytes().to_ascii_uppercase()),
        }
        Ok(())
    }

    fn on_response(&self, response: &mut Response<'_>, seen: Seen) -> Result<Flow<Seen>> {
        match seen.act.as_str() {
            "response-buffer" => return Ok(Flow::buffer_body(64, seen)),
            "response-too-large" => return Ok(Flow::buffer_body(4, seen)),
            "response-stream" => return Ok(Flow::stream_body(seen)),
            "response-answer" => return Ok(Flow::respond(203).body("instead")),
            "response-late" => return Ok(Flow::serve_cached("kept")),
            "response-bodiless" => response.set_status(204),
            "serve-cached" => response.store(&CacheDirective::new("kept", Duration::from_secs(3_600)).tag("tag")),
            "store-bad-key" => response.store(&CacheDirective::new("", Duration::from_secs(60))),
            _ => response.set_header("x-seen", &seen.act),
        }
        Ok(Flow::next())
    }

    fn on_response_body(&self, response: &mut Response<'_>, body: &mut Body, _seen: Seen) -> Result<Flow<Seen>> {
        response.set_header("x-length", body.len());
        body.replace(body.read_all().to_ascii_uppercase());
        Ok(Flow::next())
    }

    fn on_response_chunk(&self, chunk: &mut Chunk<'_>, _seen: &mut Seen) -> Result<()> {
        chunk.replace(chunk.bytes().to_ascii_uppercase());
        Ok(())
    }

    fn on_log(&self, summary: &Summary<'_>, seen: Seen) -> Result<()> {
        self.tools.note(summary, &seen.act);
        Ok(())
    }

    fn on_tick(&self) -> Result<()> {
        self.tools.tick()
    }
}
