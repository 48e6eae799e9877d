//! What becomes of an admission, here as in the gateway.

use crate::{prelude::*, test::*};

struct Admits;

#[plugin(name = "admits")]
impl Plugin for Admits {
    type State = String;

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        setup.want_query();
        Ok(Self)
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<String>> {
        let class = current::priority().unwrap_or_default();
        match request.path() {
            "/plain" => request.admit(Admission::class(PriorityClass::Low)),
            "/shed" => {
                request.admit(Admission::class(class));
                return Ok(Flow::problem(503, "Service Unavailable"));
            }
            "/stale" => request.admit(Admission::class(class).or_stale("kept")),
            "/bad" => request.admit(Admission::class(class).or_stale("")),
            _ => {
                request.admit(Admission::class(PriorityClass::Critical));
                request.admit(Admission::class(class).max_wait(Duration::from_millis(5)).fair_by("acme"));
            }
        }
        Ok(Flow::next_with(class.as_str().to_owned()))
    }

    fn on_response(&self, response: &mut Response<'_>, class: String) -> Result<Flow<String>> {
        assert_eq!(current::priority(), None, "it has been admitted");
        response.set_header("x-class", &class);
        response.store(&CacheDirective::new("kept", Duration::from_secs(60)));
        Ok(Flow::next())
    }
}

#[test]
fn the_last_admission_holds_also_when_the_hook_answers() {
    let mut h = Harness::<Admits>::new(json!({}));
    let reply = h.get("/").priority(PriorityClass::High).send();
    let admitted = reply.admission().expect("admitted");
    assert_eq!((admitted.class, admitted.max_wait), (PriorityClass::High, Some(Duration::from_millis(5))));
    assert_eq!((admitted.fairness_key.as_deref(), admitted.stale.as_deref()), (Some("acme"), None));
    assert_eq!(reply.header("x-class"), Some("high"));
    let shed = h.get("/shed").send();
    assert_eq!((shed.status(), shed.admission().expect("admitted").class), (503, PriorityClass::Normal));
}

#[test]
fn without_capacity_the_client_gets_what_is_kept() {
    let mut h = Harness::<Admits>::new(json!({}));
    assert_eq!(h.get("/stale").upstream_is_full().send().status(), 503, "nothing is kept yet");
    assert_eq!(h.get("/stale").upstream_body("fresh").send().text(), "fresh");
    let stale = h.get("/stale").upstream_is_full().send();
    assert_eq!((stale.status(), stale.text(), stale.is_cached()), (200, "fresh", true));
    assert!(!stale.reached_upstream());
    assert_eq!(h.get("/plain").upstream_is_full().send().status(), 503);
}

#[test]
fn an_admission_needs_its_grants_and_a_key_that_is_one() {
    let fault = |grants: &[&str], path: &str| {
        let mut h = Harness::<Admits>::new(json!({})).with_grants(grants.iter().copied());
        h.get(path).send().fault().map(str::to_owned)
    };
    assert!(fault(&["cache"], "/plain").expect("fails").contains("the grant priority"));
    assert!(fault(&["priority"], "/stale").expect("fails").contains("the grant cache"));
    assert!(fault(&["priority", "cache"], "/bad").expect("fails").contains("0 bytes"));
    assert_eq!(fault(&["priority", "cache"], "/stale"), None);
}

#[test]
fn load_tells_of_the_upstream_and_of_pressure() {
    struct Looks;

    #[plugin(name = "looks")]
    impl Plugin for Looks {
        fn new(_config: (), _setup: &mut Setup) -> Result<Self> {
            Ok(Self)
        }

        fn on_request(&self, _request: &mut Request<'_>) -> Result<Flow> {
            let (upstream, pressure) = (load::upstream(), load::pressure());
            let text = format!("{} {}", upstream.waiting, pressure.io_permille);
            Ok(Flow::respond(200).body(text))
        }
    }

    let upstream = UpstreamSignal { waiting: 7, ..UpstreamSignal::default() };
    let pressure = PressureSignal { io_permille: 250, ..PressureSignal::default() };
    let mut h = Harness::<Looks>::new(json!({})).with_upstream_load(upstream).with_pressure(pressure);
    assert_eq!(h.get("/").send().text(), "7 250");
    h.set_upstream_load(UpstreamSignal::default());
    h.set_pressure(PressureSignal::default());
    assert_eq!(h.get("/").send().text(), "0 0");
}
