//! What a hook charges, and what becomes of it.

use crate::{limits::Limit, prelude::*, test::*};

/// Charges two limits, the second one twice.
struct Twice {
    first: Limit,
    second: Limit,
}

#[plugin(name = "twice")]
impl Plugin for Twice {
    type Config = bool;

    fn new(tells: bool, setup: &mut Setup) -> Result<Self> {
        setup.announce_limits(&limits::Announcement {
            fields: tells,
            legacy: limits::LegacyFields::None,
            problem_kind: None,
        })?;
        let first = setup.limit(&limits::Policy::fixed_window("first", 10, Duration::from_secs(60)))?;
        let second = setup.limit(&limits::Policy::token_bucket("second", 1.0, 4)?)?;
        Ok(Self { first, second })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        request.charge(self.first, "k", 1);
        request.charge(self.second, "k", 1);
        request.charge(self.second, "other", 2);
        Ok(Flow::next())
    }
}

#[test]
fn a_hook_charges_what_it_names_in_order() {
    let mut h = Harness::<Twice>::new(json!(true));
    let reply = h.get("/").send();
    let charged: Vec<_> = reply.charged().iter().map(|it| (it.limit.as_str(), it.key.as_str(), it.cost)).collect();
    assert_eq!(charged, [("first", "k", 1), ("second", "k", 1), ("second", "other", 2)]);
    assert_eq!(reply.headers("ratelimit").len(), 1);
    h.restart_with(json!(false));
    assert_eq!(h.get("/").send().headers("ratelimit").len(), 0);
}

#[test]
fn a_limit_that_refuses_keeps_the_others_as_they_were() {
    let mut h = Harness::<Twice>::new(json!(true));
    for _ in 0..2 {
        assert!(h.get("/").send().reached_upstream());
    }
    let refused = h.get("/").send();
    assert_eq!((refused.status(), refused.violated_policies()), (429, &["second".to_owned()][..]));
    h.advance(Duration::from_secs(2));
    let reply = h.get("/").send();
    assert!(reply.header("ratelimit").unwrap().starts_with(r#""first";r=7;"#), "{:?}", reply.header("ratelimit"));
}

#[test]
fn two_limits_of_one_name_are_refused() {
    struct Same;

    #[plugin(name = "same")]
    impl Plugin for Same {
        fn new(_config: (), setup: &mut Setup) -> Result<Self> {
            for _ in 0..2 {
                setup.limit(&limits::Policy::concurrency("same", 1))?;
            }
            Ok(Self)
        }

        fn on_request(&self, _request: &mut Request<'_>) -> Result<Flow> {
            Ok(Flow::next())
        }
    }

    Harness::<Same>::new(json!({})).expect_config_error("limit \"same\": another limit has the same name");
}
