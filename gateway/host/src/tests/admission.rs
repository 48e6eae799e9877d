//! How plugins have requests admitted to their upstream.

use std::time::Duration;

use gateway_store::ResponseKey;
use sluice_abi::{
    import::CURRENT,
    outcome::{Action, Admission, Operation, PriorityClass},
    wire,
};

use super::{
    script::{Arg, Script},
    *,
};

#[test]
fn who_may_says_how_a_request_is_admitted_and_what_hooks_behind_it_see() {
    let host = host();
    let wanted = Admission {
        max_wait: Some(250),
        fairness_key: Some("acme"),
        stale: Some("home"),
        ..Admission::of(PriorityClass::Low)
    };
    let operations = [Operation::Admit(Admission::of(PriorityClass::Critical)), Operation::Admit(wanted)];
    for action in [Action::Next, Action::Respond] {
        let guest = Guest::new().outcome(action, 200, b"", &operations);
        let mut request = Request::new();
        let plugin = try_configure(&host, &guest, &[Grant::Priority, Grant::Cache]).expect("configured");
        request.run(&plugin).expect("succeeds");
        let admission = request.way.admission.as_deref().expect("admitted");
        assert_eq!((admission.class.as_str(), admission.max_wait), ("low", Some(Duration::from_millis(250))));
        assert_eq!(admission.fairness, Some(crate::Flow::Named("acme").hash()));
        assert_eq!(admission.stale, ResponseKey::new("here", "home"));
        let asks = Script::new().last(CURRENT, "attribute", &[Arg::Bytes(b"priority"), Arg::To]);
        let told: Option<String> = wire::decode(&request.state(&configure(&host, &asks))).expect("an option");
        assert_eq!(told.as_deref(), Some("low"));
    }
    let stale = |key| Operation::Admit(Admission { stale: Some(key), ..Admission::of(PriorityClass::Low) });
    for (operation, grants, text) in [
        (operations[0], vec![], "the grant priority"),
        (stale("home"), vec![Grant::Priority], "the grant cache"),
        (stale(""), vec![Grant::Priority, Grant::Cache], "kept response has 0 bytes"),
    ] {
        let plugin = try_configure(&host, &Guest::new().outcome(Action::Next, 0, b"", &[operation]), &grants);
        let failure = Request::new().run(&plugin.expect("configured")).expect_err("fails");
        assert!(failure.message.contains(text), "{failure}");
    }
}
