//! The harness by way of a plugin that does a bit of everything.

mod platform;

use super::*;
use crate::{
    identity::{Algorithm, JwtIssuer, JwtKey, JwtPolicy, KeySource},
    log::Level,
    prelude::*,
};

struct Echo {
    all: HeaderSlot,
    upstream_says: ResponseHeaderSlot,
    token: HeaderSlot,
    jwt: Jwt,
    seen: Counter,
}

#[derive(Config)]
struct Settings {
    #[config(default = "x-all")]
    header: String,
}

#[derive(State)]
struct Seen {
    at_ns: u64,
    method: String,
}

#[plugin(name = "echo", order = 7, description = "Says what it sees.", version = "1.2.3")]
impl Plugin for Echo {
    type Config = Settings;
    type State = Seen;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        setup.want_query();
        setup.want_authority();
        setup.want_client_ip();
        setup.want_consumer();
        let key = JwtKey { id: None, algorithm: Algorithm::Hs256, source: KeySource::Secret("shared".to_owned()) };
        let issuer = JwtIssuer {
            issuer: "us".to_owned(),
            audiences: Vec::new(),
            keys: vec![key],
            consumer_claim: "sub".to_owned(),
        };
        Ok(Self {
            all: setup.request_header(&settings.header),
            upstream_says: setup.response_header("server"),
            token: setup.request_header("x-token"),
            jwt: setup.jwt(&JwtPolicy { issuers: vec![issuer], leeway: 0 })?,
            seen: setup.counter("seen")?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Seen>> {
        self.seen.increment();
        log::info!("{} {}", request.method(), request.path());
        if let Some(token) = request.header(self.token) {
            return Ok(match self.jwt.verify(token) {
                Ok(verified) => Flow::respond(200).header("x-who", &verified.consumer).body(verified.issuer),
                Err(error) => Flow::refuse(401, "about:blank", "Unauthorized").detail(format!("{error:?}")),
            });
        }
        match request.path() {
            "/fault" => bail!("a fault"),
            "/stranger" => request.set_consumer("stranger"),
            "/reserved" => request.set_header("Content-Length", "0"),
            "/alone" => return Ok(Flow::next()),
            _ => {}
        }
        for (name, value) in [
            ("x-query", request.query()),
            ("x-authority", request.authority()),
            ("x-ip", request.client_ip()),
            ("x-consumer", request.consumer()),
            ("x-all-seen", request.header(self.all)),
        ] {
            if let Some(value) = value {
                request.set_header(name, value);
            }
        }
        Ok(Flow::next_with(Seen { at_ns: clock::monotonic_ns(), method: request.method().to_owned() }))
    }

    fn on_response(&self, response: &mut Response<'_>, seen: Seen) -> Result<Flow<Seen>> {
        if response.header(self.upstream_says) == Some("faulty") {
            bail!("the response cannot be used");
        }
        response.set_header("x-method", &seen.method);
        response.set_header("x-took-ns", clock::monotonic_ns() - seen.at_ns);
        response.set_status(response.status() + 1);
        Ok(Flow::next())
    }
}

fn harness() -> Harness<Echo> {
    Harness::new(json!({})).with_secret("shared", "key")
}

#[test]
fn a_request_passes_with_all_that_was_asked_for() {
    let mut h = harness();
    let reply = h
        .request("PROPFIND", "/a?b=c")
        .header("X-All", "1")
        .header("x-all", "2")
        .authority("h:1")
        .from_ip("2001:db8::1")
        .consumer("acme")
        .upstream(201)
        .send();
    let upstream = reply.upstream_request();
    let seen =
        ["x-query", "x-authority", "x-ip", "x-consumer", "x-all-seen"].map(|name| upstream.header(name).unwrap());
    assert_eq!(seen, ["b=c", "h:1", "2001:db8::1", "acme", "1, 2"]);
    assert_eq!(upstream.headers("x-all"), ["1", "2"]);
    assert_eq!(
        (reply.status(), reply.header("x-method"), reply.header("x-took-ns")),
        (202, Some("PROPFIND"), Some("0"))
    );
    assert_eq!(reply.consumer(), Some("acme"));
    assert_eq!(h.counter("seen"), 1);
    assert_eq!(h.logs(), [(Level::Info, "PROPFIND /a".to_owned())]);
}

#[test]
fn a_flow_that_goes_on_alone_skips_the_response_hook() {
    assert_eq!(harness().get("/alone").upstream(204).send().status(), 204);
}

#[test]
fn the_upstreams_headers_reach_the_response_hook() {
    let reply = harness().get("/").upstream_header("server", "faulty").send();
    assert_eq!((reply.status(), reply.fault()), (503, Some("the response cannot be used")));
    assert!(reply.reached_upstream());
}

#[test]
fn faults_and_what_the_host_rejects_end_the_request() {
    for (path, message) in [
        ("/fault", "a fault"),
        ("/stranger", "there is no consumer \"stranger\""),
        ("/reserved", "it writes header content-length, which the gateway sets itself"),
    ] {
        let reply = harness().get(path).send();
        assert_eq!((reply.status(), reply.fault(), reply.reached_upstream()), (503, Some(message), false), "{path}");
    }
}

#[test]
fn tokens_verify_as_the_test_says() {
    let mut h = harness().with_token("a", "us", "acme").with_token("b", "them", "acme");
    let reply = h.get("/").header("x-token", "a").send();
    assert_eq!((reply.header("x-who"), reply.body()), (Some("acme"), &b"us"[..]));
    let mut detail = |token: &str| h.get("/").header("x-token", token).send().problem().detail.clone();
    assert_eq!(detail("b").as_deref(), Some("UnknownIssuer"));
    assert_eq!(detail("c").as_deref(), Some("Malformed"));
    assert_eq!(h.jwt_policies().len(), 1);
}

#[test]
fn a_long_result_of_the_host_arrives_whole() {
    let long = "x".repeat(5_000);
    let mut h = harness().with_token("a", "us", &long);
    assert_eq!(h.get("/").header("x-token", "a").send().header("x-who"), Some(long.as_str()));
}

#[test]
fn definitions_that_the_host_refuses_fail_the_configuration() {
    Harness::<Echo>::new(json!({})).expect_config_error("the secret \"shared\" is not granted");
    harness_with("not a name").expect_config_error("\"not a name\" is not a header name");
}

fn harness_with(header: &str) -> Harness<Echo> {
    Harness::new(json!({ "header": header })).with_secret("shared", "key")
}

#[test]
fn the_descriptor_says_what_the_source_says() {
    let descriptor = harness().descriptor();
    assert_eq!((descriptor.name.as_str(), descriptor.version.as_str(), descriptor.order), ("echo", "1.2.3", 7));
    assert_eq!(descriptor.description, "Says what it sees.");
    assert_eq!(descriptor.hooks, sluice_abi::wire::Hooks::REQUEST.with(sluice_abi::wire::Hooks::RESPONSE));
    assert!(descriptor.config_schema.contains("\"header\""));
}

struct OnlyOut;

#[plugin(name = "only-out")]
impl Plugin for OnlyOut {
    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        setup.header_name("Host");
        Ok(Self)
    }

    fn on_response(&self, _response: &mut Response<'_>, _state: ()) -> Result<Flow> {
        Ok(Flow::next())
    }
}

#[test]
fn hooks_that_are_not_there_are_not_described() {
    let descriptor = Harness::<OnlyOut>::new(json!({})).descriptor();
    assert_eq!(descriptor.hooks, sluice_abi::wire::Hooks::RESPONSE);
    assert_eq!((descriptor.order, descriptor.version.as_str()), (500, env!("CARGO_PKG_VERSION")));
}

#[test]
fn headers_of_the_gateway_cannot_be_declared_for_writing() {
    Harness::<OnlyOut>::new(json!({})).expect_config_error("\"host\" is a header that the gateway sets itself");
}

struct Unasked;

#[plugin(name = "unasked")]
impl Plugin for Unasked {
    fn new(_config: (), _setup: &mut Setup) -> Result<Self> {
        Ok(Self)
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        let _client = request.client_ip();
        Ok(Flow::next())
    }
}

#[test]
#[should_panic(expected = "call setup.want_client_ip() in new()")]
fn reading_what_was_not_asked_for_is_a_mistake_that_a_test_finds() {
    drop(Harness::<Unasked>::new(json!({})).get("/").send());
}
