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
fn a_401_of_the_service_has_a_challenge_in_any_case() {
    let mut h = asking(plain(), |_| Answer::status(401));
    assert_eq!(h.get("/").send().headers("www-authenticate"), [r#"ForwardAuth realm="sluice""#]);
    let mut config = plain();
    config["apiKey"] = json!({});
    let mut h = asking(config.clone(), |_| Answer::status(401));
    let reply = h.get("/").header("x-api-key", "good-key").send();
    assert_eq!(reply.headers("www-authenticate"), [r#"ApiKey realm="sluice", header="x-api-key""#]);
    let mut h = asking(config, |_| Answer::status(403));
    assert_eq!(h.get("/").header("x-api-key", "good-key").send().header("www-authenticate"), None);
}

#[test]
fn what_the_service_does_not_accept_is_an_attempt() {
    let mut config = plain();
    config["failures"] = json!({ "limit": 2, "windowSeconds": 60 });
    let mut h = asking(config, |call| {
        let good = call.headers.iter().any(|header| header.text() == Some("session=good"));
        Answer::status(if good { 200 } else { 401 })
    });
    let mut send = |cookie: Option<&str>| {
        let request = h.get("/");
        match cookie {
            Some(cookie) => request.header("cookie", cookie).send().status(),
            None => request.send().status(),
        }
    };
    assert_eq!([0; 5].map(|_| send(None)), [401; 5], "without anything to show nothing is tried");
    assert_eq!([0; 5].map(|_| send(Some("session=good"))), [200; 5]);
    assert_eq!([0; 3].map(|_| send(Some("session=guess"))), [401, 401, 429]);
    assert_eq!(send(Some("session=good")), 429, "even a good one is not looked at");
    assert_eq!(h.callouts().len(), 12, "nobody is asked about who must wait");
}

#[test]
fn the_service_sees_no_key_that_was_in_the_query() {
    let asked = |forward: bool, target: &str| {
        let mut config = plain();
        config["apiKey"] = json!({ "query": "key", "forward": forward });
        let mut h = asking(config, |_| Answer::status(200));
        assert_eq!(h.get(target).send().status(), 200);
        let header = h.callouts()[0].headers.iter().find(|header| header.name == "x-original-uri").cloned();
        header.and_then(|header| header.text().map(str::to_owned)).expect("it is told")
    };
    assert_eq!(asked(false, "/a?x=1&key=good-key"), "/a?x=1");
    assert_eq!(asked(false, "/a?key=good-key"), "/a");
    assert_eq!(asked(true, "/a?key=good-key"), "/a?key=good-key");
}

#[test]
fn without_a_useful_answer_nothing_passes_unless_the_service_is_down_and_the_operator_says_so() {
    let failures: [(fn() -> Answer, u16); 14] = [
        (|| Answer::status(502), 200),
        (|| Answer::status(503), 200),
        (|| Answer::status(504), 200),
        (|| Answer::from(HostError::Timeout), 200),
        (|| Answer::from(HostError::Unavailable("gone".to_owned())), 200),
        // These a client can bring about, by what he sends.
        (|| Answer::status(400), 503),
        (|| Answer::status(404), 503),
        (|| Answer::status(429), 503),
        (|| Answer::status(431), 503),
        (|| Answer::status(500), 503),
        (|| Answer::status(505), 503),
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
