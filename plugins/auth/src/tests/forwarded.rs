//! A service that is asked about each request.

use super::*;

fn asking(config: sluice_sdk::config::Value, answer: impl Fn(&SentCall) -> Answer + 'static) -> Harness<Auth> {
    Harness::new(config)
        .with_grants(["identity", "upstream:policy"])
        .with_api_key("good-key", "acme")
        .with_callout(answer)
}

fn plain() -> sluice_sdk::config::Value {
    json!({ "forwardAuth": { "upstream": "policy", "path": "/check", "upstreamHeaders": ["X-User", "x-role"] } })
}

#[test]
fn a_request_passes_with_what_the_service_says_of_it() {
    let mut h =
        asking(plain(), |_| Answer::status(204).header("x-user", "u-1").header("x-user", "u-2").header("x-other", "x"));
    let reply = h.request("PUT", "/orders/7?a=1").header("x-user", "root").header("x-role", "root").send();
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.upstream_request().headers("x-user"), ["u-1", "u-2"]);
    assert_eq!(reply.upstream_request().header("x-role"), None, "what a client says of itself never arrives");
    assert_eq!(reply.upstream_request().header("x-other"), None);
}

#[test]
fn the_service_is_told_what_is_asked_for_and_by_whom() {
    let mut config = plain();
    config["apiKey"] = json!({});
    config["forwardAuth"]["requestHeaders"] = json!(["cookie"]);
    let mut h = asking(config, |_| Answer::status(200));
    let request = h.request("PUT", "/orders/7?a=1").header("x-api-key", "good-key").header("cookie", "s=1");
    assert_eq!(request.header("authorization", "Basic dTpw").send().status(), 200);
    let call = &h.callouts()[0];
    let header = |name: &str| call.headers.iter().find(|header| header.name == name).and_then(|header| header.text());
    assert_eq!((call.method.as_str(), call.upstream.as_str(), call.path.as_str()), ("GET", "policy", "/check"));
    assert_eq!(header("x-original-method"), Some("PUT"));
    assert_eq!(header("x-original-uri"), Some("/orders/7?a=1"));
    assert_eq!(header("x-original-client-ip"), Some("192.0.2.1"));
    assert_eq!(header("x-sluice-consumer"), Some("acme"));
    assert_eq!((header("cookie"), header("authorization")), (Some("s=1"), None));
}

#[test]
fn what_the_service_answers_to_the_client_is_handed_on() {
    for status in [401, 403, 302] {
        let mut h = asking(plain(), move |_| {
            Answer::status(status)
                .header("content-type", "text/plain")
                .header("www-authenticate", "Bearer realm=\"theirs\"")
                .header("location", "https://login.example/")
                .header("x-internal", "secret")
                .body("no")
        });
        let reply = h.get("/").send();
        assert_eq!((reply.status(), reply.body()), (status, &b"no"[..]));
        assert_eq!(reply.header("www-authenticate"), Some("Bearer realm=\"theirs\""));
        assert_eq!(reply.header("location"), Some("https://login.example/"));
        assert_eq!(reply.header("x-internal"), None);
    }
}

#[test]
fn without_a_useful_answer_nothing_passes_unless_the_service_is_down_and_the_operator_says_so() {
    let failures: [(fn() -> Answer, u16); 11] = [
        (|| Answer::status(500), 200),
        (|| Answer::status(503), 200),
        (|| Answer::from(HostError::Timeout), 200),
        (|| Answer::from(HostError::Unavailable("gone".to_owned())), 200),
        // These a client can bring about, by what he sends.
        (|| Answer::status(400), 503),
        (|| Answer::status(404), 503),
        (|| Answer::status(429), 503),
        (|| Answer::status(431), 503),
        (|| Answer::from(HostError::Limit("it is large".to_owned())), 503),
        (|| Answer::from(HostError::Invalid("a header".to_owned())), 503),
        (|| Answer::from(HostError::Denied("no".to_owned())), 503),
    ];
    for (failure, may_pass) in failures {
        let mut h = asking(plain(), move |_| failure());
        assert_eq!(h.get("/").send().status(), 503);
        assert_eq!(h.counter("forward_failed"), 1);
        let mut config = plain();
        config["forwardAuth"]["onError"] = json!("pass");
        let reply = asking(config, move |_| failure()).get("/").header("x-user", "root").send();
        assert_eq!(reply.status(), may_pass);
        if reply.reached_upstream() {
            assert_eq!(reply.upstream_request().header("x-user"), None);
        }
    }
}

#[test]
fn the_service_may_name_the_consumer() {
    let mut config = plain();
    config["forwardAuth"]["consumerHeader"] = json!("X-Consumer");
    config["groups"] = json!(["partners"]);
    let named = |name: &'static str| {
        asking(config.clone(), move |_| Answer::status(200).header("x-consumer", name))
            .with_groups("acme", ["partners"])
    };
    let reply = named("acme").get("/").send();
    assert_eq!((reply.status(), reply.consumer()), (200, Some("acme")));
    assert_eq!(reply.upstream_request().header("x-sluice-consumer"), Some("acme"));
    assert_eq!(named("nobody").get("/").send().status(), 403);
    assert_eq!(named("").get("/").send().status(), 403, "nobody is in no group");
}

#[test]
fn the_service_and_the_credential_must_name_the_same_consumer() {
    let mut config = plain();
    config["forwardAuth"]["consumerHeader"] = json!("x-consumer");
    config["apiKey"] = json!({});
    for (name, status) in [("acme", 200), ("zoo", 401)] {
        let mut h =
            asking(config.clone(), move |_| Answer::status(200).header("x-consumer", name)).with_consumer("zoo");
        assert_eq!(h.get("/").header("x-api-key", "good-key").send().status(), status, "{name}");
    }
}

#[test]
fn nobody_is_asked_about_a_request_that_is_refused_anyway() {
    let mut config = plain();
    config["apiKey"] = json!({});
    let mut h = asking(config, |_| Answer::status(200));
    assert_eq!(h.get("/").header("x-api-key", "bad-key").send().status(), 401);
    assert!(h.callouts().is_empty());
}
