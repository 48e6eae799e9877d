//! Asks an Open Policy Agent whether a request may pass.
//!
//! The agent is an upstream of the configuration. It is asked as its REST API wants it: `POST` of an `input`, answered by
//! a `result`, which is a boolean or an object with the member `allow`. What it decided is kept for a while.

use serde::Deserialize;
use serde_json::json;
use sluice_sdk::prelude::*;

/// Where the agent is, and what it is told.
#[derive(Debug, Config)]
pub struct Settings {
    /// Upstream of the agent; grant `upstream:NAME`.
    upstream: String,
    /// Path of the decision.
    #[config(default = "/v1/data/httpapi/authz", max_length = 1_024)]
    path: String,
    /// Milliseconds for an answer.
    #[config(default = 200, range(1..=10_000))]
    timeout: u64,
    /// Request headers that the agent is told.
    #[config(default = [], max_items = 16)]
    headers: Vec<String>,
    /// Seconds for which a decision is kept; 0 asks for each request.
    #[config(default = 0, range(0..=3_600))]
    keep: u64,
}

/// The plugin, configured.
#[derive(Debug)]
pub struct Opa {
    settings: Settings,
    headers: Vec<HeaderSlot>,
    kept: kv::Store,
    denied: Counter,
}

#[derive(Deserialize)]
struct Decided {
    result: Option<Decision>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Decision {
    Bare(bool),
    Allow { allow: bool },
}

#[plugin(name = "opa", order = 160)]
impl Plugin for Opa {
    type Config = Settings;
    type State = ();

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        if !settings.path.starts_with('/') {
            bail!("/path: {:?} is no path: begin it with '/'", settings.path);
        }
        setup.want_consumer();
        setup.want_client_ip();
        Ok(Self {
            headers: settings.headers.iter().map(|name| setup.request_header(name)).collect(),
            kept: setup.kv()?,
            denied: setup.counter("denied")?,
            settings,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        let input = self.input(request);
        match self.allows(&input)? {
            true => Ok(Flow::next()),
            false => {
                self.denied.increment();
                Ok(Flow::problem(403, "Forbidden").detail("The policy does not allow this request."))
            }
        }
    }
}

impl Opa {
    fn input(&self, request: &Request<'_>) -> String {
        let headers = self.settings.headers.iter().zip(&self.headers);
        let headers: BTreeMap<_, _> =
            headers.filter_map(|(name, slot)| Some((name.as_str(), request.header(*slot)?))).collect();
        let path: Vec<_> = request.path().split('/').filter(|part| !part.is_empty()).collect();
        let input = json!({ "input": {
            "method": request.method(),
            "path": path,
            "consumer": request.consumer(),
            "client_ip": request.client_ip(),
            "headers": headers,
        } });
        input.to_string()
    }

    fn allows(&self, input: &str) -> Result<bool> {
        if self.settings.keep == 0 {
            return self.ask(input);
        }
        // The question is too long for a key, and may hold what nobody should list.
        let key = crypto::hex(crypto::sha256(input));
        if let Some(entry) = self.kept.get(&key) {
            return Ok(entry.value == b"1");
        }
        let allowed = self.ask(input)?;
        // A store that is full keeps what it has: then the agent is asked again.
        let _full =
            self.kept.set(&key, if allowed { b"1" } else { b"0" }, Some(Duration::from_secs(self.settings.keep)));
        Ok(allowed)
    }

    /// A fault when the agent does not answer, so that the failure policy of the attachment decides.
    fn ask(&self, input: &str) -> Result<bool> {
        let call = callout::Call::post(&self.settings.upstream, &self.settings.path)
            .header("content-type", "application/json")
            .body(input)
            .timeout(Duration::from_millis(self.settings.timeout));
        let reply = call.send()?;
        if reply.status() != 200 {
            bail!("the policy agent answers with status {}", reply.status());
        }
        let answer: Decided = reply.json()?;
        Ok(match answer.result {
            Some(Decision::Bare(allow) | Decision::Allow { allow }) => allow,
            // An undefined decision allows nothing.
            None => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use sluice_sdk::test::*;

    use super::*;

    fn harness(config: Value, answer: &'static str) -> Harness<Opa> {
        Harness::new(config).with_grants(["upstream:policy"]).with_callout(move |_| Answer::status(200).body(answer))
    }

    #[test]
    fn the_agent_decides() {
        for (answer, status) in [
            (r#"{"result":true}"#, 200),
            (r#"{"result":{"allow":true,"why":"owner"}}"#, 200),
            (r#"{"result":false}"#, 403),
            (r#"{"result":{"allow":false}}"#, 403),
            ("{}", 403),
        ] {
            let reply = harness(json!({ "upstream": "policy" }), answer).get("/orders/7").send();
            assert_eq!(reply.status(), status, "{answer}");
        }
    }

    #[test]
    fn the_agent_is_told_what_it_needs_and_no_more() {
        let mut h = harness(json!({ "upstream": "policy", "headers": ["x-team"] }), r#"{"result":true}"#);
        let request = h.get("/orders/7").consumer("acme").header("x-team", "red").header("cookie", "secret");
        assert_eq!(request.send().status(), 200);
        let call = &h.callouts()[0];
        assert_eq!((call.method.as_str(), call.path.as_str()), ("POST", "/v1/data/httpapi/authz"));
        let told: Value = serde_json::from_slice(&call.body).expect("JSON");
        let input = json!({ "method": "GET", "path": ["orders", "7"], "consumer": "acme", "client_ip": "192.0.2.1",
            "headers": { "x-team": "red" } });
        assert_eq!(told, json!({ "input": input }));
    }

    #[test]
    fn a_decision_is_kept_for_as_long_as_was_said() {
        let mut h = harness(json!({ "upstream": "policy", "keep": 60 }), r#"{"result":true}"#);
        for _ in 0..3 {
            assert_eq!(h.get("/orders").send().status(), 200);
        }
        assert_eq!(h.callouts().len(), 1);
        h.advance(Duration::from_secs(60));
        assert_eq!(h.get("/orders").send().status(), 200);
        assert_eq!(h.callouts().len(), 2);
    }

    #[test]
    fn an_agent_that_is_away_or_talks_nonsense_is_a_fault() {
        let away = Harness::<Opa>::new(json!({ "upstream": "policy" }));
        let mut away = away.with_callout(|_| HostError::Timeout);
        assert!(away.get("/").send().fault().is_some());
        assert!(harness(json!({ "upstream": "policy" }), "<html>").get("/").send().fault().is_some());
    }
}
