//! Refuses GraphQL operations that are nested too deeply.
//!
//! Fragments count as if they were written out, and a fragment that holds itself is refused, so that a short document
//! cannot hide a deep one.

mod depth;

use depth::{Refused, depth};
use serde::Deserialize;
use sluice_sdk::prelude::*;

/// How deep an operation may be.
#[derive(Debug, Config)]
pub struct Settings {
    /// Levels of fields; `{ a { b } }` has two.
    #[config(default = 10, range(1..=100))]
    max_depth: u32,
    /// Tokens of a document.
    #[config(default = 10_000, range(1..=100_000))]
    max_tokens: u32,
    /// The largest body that is read, in bytes.
    #[config(default = 262_144, range(1..=8_388_608))]
    max_body: u64,
}

/// The plugin, configured.
#[derive(Debug)]
pub struct GraphqlDepth {
    settings: Settings,
    refused: Counter,
}

#[derive(Deserialize)]
struct Posted {
    query: Option<String>,
}

/// One operation, or several at once.
#[derive(Deserialize)]
#[serde(untagged)]
enum Payload {
    One(Posted),
    Many(Vec<Posted>),
}

#[plugin(name = "graphql-depth", order = 400)]
impl Plugin for GraphqlDepth {
    type Config = Settings;
    type State = ();

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        setup.want_query();
        Ok(Self { settings, refused: setup.counter("refused")? })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        match request.method() {
            "POST" => Ok(Flow::buffer_body(self.settings.max_body, ())),
            _ => Ok(match request.query().and_then(query_parameter) {
                Some(document) => self.decide([document.as_str()]),
                None => Flow::next(),
            }),
        }
    }

    fn on_request_body(&self, _request: &mut Request<'_>, body: &mut Body, (): ()) -> Result<Flow> {
        let payload = match serde_json::from_slice(&body.read_all()) {
            Ok(Payload::One(posted)) => vec![posted],
            Ok(Payload::Many(posted)) => posted,
            Err(error) => return Ok(Flow::problem(400, "The body is no GraphQL request").detail(error.to_string())),
        };
        Ok(self.decide(payload.iter().filter_map(|posted| posted.query.as_deref())))
    }
}

impl GraphqlDepth {
    fn decide<'d>(&self, documents: impl IntoIterator<Item = &'d str>) -> Flow {
        for document in documents {
            if let Err(refused) = depth(document, self.settings.max_depth as usize, self.settings.max_tokens as usize) {
                self.refused.increment();
                return match refused {
                    Refused::Malformed(message) => Flow::problem(400, "The document is no GraphQL").detail(message),
                    Refused::TooDeep => Flow::problem(400, "The operation is too deep")
                        .detail(format!("Use at most {} levels of fields.", self.settings.max_depth)),
                    Refused::Circular(name) => {
                        Flow::problem(400, "The operation is too deep").detail(format!("Fragment {name} holds itself."))
                    }
                };
            }
        }
        Flow::next()
    }
}

/// The parameter `query` of a GET request, with its escapes resolved.
fn query_parameter(query: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("query="))?;
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (escape, tail) = tail.split_at_checked(2)?;
                bytes.push(u8::from_str_radix(std::str::from_utf8(escape).ok()?, 16).ok()?);
                rest = tail;
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    fn status(document: &str) -> u16 {
        let mut h = Harness::<GraphqlDepth>::new(json!({ "maxDepth": 3 }));
        h.post("/graphql").body(json!({ "query": document }).to_string()).send().status()
    }

    #[test]
    fn an_operation_may_be_as_deep_as_was_said() {
        assert_eq!(status("{ a { b { c } } }"), 200);
        assert_eq!(status("{ a { b { c { d } } } }"), 400);
        assert_eq!(status("query Q($x: In = { y: { z: { w: 1 } } }) { a(x: $x) { b } }"), 200);
    }

    #[test]
    fn fragments_count_where_they_are_spread() {
        assert_eq!(status("{ a { ...F } } fragment F on T { b { c } }"), 200);
        assert_eq!(status("{ a { ...F } } fragment F on T { b { c { d } } }"), 400);
        assert_eq!(status("{ a { ... on T { b { c } } } }"), 200);
        assert_eq!(status("{ a { ... on T { b { c { d } } } } }"), 400);
    }

    #[test]
    fn a_fragment_that_holds_itself_is_refused() {
        assert_eq!(status("{ ...A } fragment A on T { ...B } fragment B on T { ...A }"), 400);
    }

    #[test]
    fn doubling_fragments_take_no_time() {
        let mut document = String::from("{ ...F0 }");
        for n in 0..60 {
            document += &format!(" fragment F{n} on T {{ ...F{next} ...F{next} }}", next = n + 1);
        }
        document += " fragment F60 on T { a }";
        assert_eq!(status(&document), 200);
    }

    #[test]
    fn all_operations_of_a_batch_are_looked_at() {
        let mut h = Harness::<GraphqlDepth>::new(json!({ "maxDepth": 1 }));
        let batch = json!([{ "query": "{ a }" }, { "query": "{ a { b } }" }]);
        assert_eq!(h.post("/graphql").body(batch.to_string()).send().status(), 400);
        assert_eq!(h.counter("refused"), 1);
    }

    #[test]
    fn queries_of_get_requests_are_looked_at_too() {
        let mut h = Harness::<GraphqlDepth>::new(json!({ "maxDepth": 1 }));
        assert_eq!(h.get("/graphql?query=%7B+a+%7D").send().status(), 200);
        assert_eq!(h.get("/graphql?query=%7Ba%7Bb%7D%7D").send().status(), 400);
    }

    #[test]
    fn what_is_no_graphql_is_refused() {
        assert_eq!(status("{ a "), 400);
        let mut h = Harness::<GraphqlDepth>::new(json!({}));
        assert_eq!(h.post("/graphql").body("not json").send().status(), 400);
    }
}
