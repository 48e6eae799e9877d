//! Replaces a text in responses, chunk by chunk.
//!
//! A body is never held whole: what might be the beginning of the text waits in the state for the next chunk.

use sluice_sdk::prelude::*;

/// What is replaced, and where.
#[derive(Debug, Config)]
pub struct Settings {
    /// The text to look for.
    #[config(min_length = 1, max_length = 1_024)]
    find: String,
    /// What takes its place.
    #[config(max_length = 1_024)]
    replace: String,
    /// Beginnings of the media types that are rewritten.
    #[config(default = ["text/", "application/json"], min_items = 1)]
    types: Vec<String>,
}

/// The plugin, configured.
#[derive(Debug)]
pub struct RewriteBody {
    settings: Settings,
    content_type: ResponseHeaderSlot,
    content_encoding: ResponseHeaderSlot,
    etag: HeaderName,
}

/// The end of what was seen, as far as it may be the beginning of the text.
#[derive(Debug, Default, State)]
pub struct Held {
    bytes: Vec<u8>,
}

#[plugin(name = "rewrite-body", order = 700)]
impl Plugin for RewriteBody {
    type Config = Settings;
    type State = Held;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            settings,
            content_type: setup.response_header("content-type"),
            content_encoding: setup.response_header("content-encoding"),
            etag: setup.header_name("etag"),
        })
    }

    fn on_request(&self, _request: &mut Request<'_>) -> Result<Flow<Held>> {
        Ok(Flow::next_with(Held::default()))
    }

    fn on_response(&self, response: &mut Response<'_>, held: Held) -> Result<Flow<Held>> {
        // Compressed bytes do not hold the text.
        if response.header(self.content_encoding).is_some() || !self.rewrites(response) {
            return Ok(Flow::next());
        }
        // The tag is that of the bytes before (RFC 9110, section 8.8.3).
        response.remove_header(self.etag);
        Ok(Flow::stream_body(held))
    }

    fn on_response_chunk(&self, chunk: &mut Chunk<'_>, held: &mut Held) -> Result<()> {
        let mut bytes = std::mem::take(&mut held.bytes);
        bytes.extend_from_slice(chunk.bytes());
        let (written, rest) = self.rewrite(&bytes, chunk.is_last());
        held.bytes = rest.to_vec();
        chunk.replace(written);
        Ok(())
    }
}

impl RewriteBody {
    fn rewrites(&self, response: &Response<'_>) -> bool {
        let content_type = response.header(self.content_type).unwrap_or_default();
        self.settings.types.iter().any(|start| content_type.starts_with(start.as_str()))
    }

    /// What can be written now, and what must wait for the bytes that follow.
    fn rewrite<'b>(&self, bytes: &'b [u8], last: bool) -> (Vec<u8>, &'b [u8]) {
        let (find, replace) = (self.settings.find.as_bytes(), self.settings.replace.as_bytes());
        let mut written = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some(at) = rest.windows(find.len()).position(|window| window == find) {
            written.extend_from_slice(&rest[..at]);
            written.extend_from_slice(replace);
            rest = &rest[at + find.len()..];
        }
        let wait = if last { 0 } else { unfinished(rest, find) };
        let (now, later) = rest.split_at(rest.len() - wait);
        written.extend_from_slice(now);
        (written, later)
    }
}

/// How many bytes at the end of `bytes` are a beginning of `find`.
fn unfinished(bytes: &[u8], find: &[u8]) -> usize {
    let longest = bytes.len().min(find.len() - 1);
    (1..=longest).rev().find(|len| find.starts_with(&bytes[bytes.len() - len..])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    fn rewritten(chunks: &[&str]) -> String {
        let mut h = Harness::<RewriteBody>::new(json!({ "find": "internal.example", "replace": "example.com" }));
        let reply = h.get("/").upstream_header("content-type", "text/html").upstream_chunks(chunks).send();
        String::from_utf8(reply.body().to_vec()).expect("text")
    }

    #[test]
    fn a_text_is_replaced_wherever_it_stands() {
        assert_eq!(rewritten(&["see internal.example, or internal.example"]), "see example.com, or example.com");
        assert_eq!(rewritten(&["nothing here"]), "nothing here");
    }

    #[test]
    fn a_text_that_is_cut_between_chunks_is_found() {
        let whole = "<a href='https://internal.example/x'>inter internal.internal.example</a>";
        let expected = whole.replace("internal.example", "example.com");
        for at in 0..=whole.len() {
            let (front, back) = whole.split_at(at);
            assert_eq!(rewritten(&[front, back]), expected, "cut at {at}");
        }
        let letters: Vec<_> = whole.split("").collect();
        assert_eq!(rewritten(&letters), expected);
    }

    #[test]
    fn what_is_compressed_or_of_another_type_passes_by() {
        let mut h = Harness::<RewriteBody>::new(json!({ "find": "a", "replace": "b" }));
        for (name, value) in [("content-type", "image/png"), ("content-encoding", "gzip")] {
            let reply =
                h.get("/").upstream_header(name, value).upstream_header("etag", "\"1\"").upstream_body("aaa").send();
            assert_eq!((reply.body(), reply.header("etag")), (&b"aaa"[..], Some("\"1\"")), "{name}");
        }
    }

    #[test]
    fn the_tag_of_the_bytes_before_is_dropped() {
        let mut h = Harness::<RewriteBody>::new(json!({ "find": "a", "replace": "b" }));
        let exchange = h.get("/").upstream_header("content-type", "text/plain").upstream_header("etag", "\"1\"");
        let reply = exchange.upstream_body("aaa").send();
        assert_eq!((reply.body(), reply.header("etag")), (&b"bbb"[..], None));
    }
}
