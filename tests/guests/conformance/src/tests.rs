//! The cases against the fake host.

use sluice_sdk::test::*;

use super::*;

#[test]
fn the_fake_host_answers_as_the_cases_say() {
    let mut h = Harness::<Conformance>::new(json!({})).with_secret(SECRET.0, SECRET.1).with_grants(GRANTS);
    for case in CASES {
        let request = h.request(if case.body.is_empty() { "GET" } else { "POST" }, "/case?page=2");
        let request = request.header("x-act", case.act).header("x-twice", "1").header("x-twice", "2");
        let reply = request.body(case.body).upstream_body(UPSTREAM_BODY).send();
        assert_eq!(reply.status(), case.status, "{case:?}: {reply:?}");
        if let Some(text) = case.text {
            assert_eq!(reply.text(), text, "{case:?}");
        }
        let upstream = reply.reached_upstream().then(|| {
            let request = reply.upstream_request();
            let target = format!("{}?{}", request.path(), request.query().unwrap_or_default());
            (target, String::from_utf8_lossy(request.body()).into_owned())
        });
        assert_eq!(upstream, case.upstream.map(|(target, body)| (target.to_owned(), body.to_owned())), "{case:?}");
    }
    assert_eq!(h.tick(), Ok(()));
    assert!(h.counter("asked") >= CASES.len() as u64);
}
