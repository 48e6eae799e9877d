//! Lets only requests pass whose body is signed with a shared key.
//!
//! The client sends `x-signature: t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA256 of `SECONDS.METHOD.PATH.` and the body.
//! The key stays in the host: the plugin names it, and asks whether a signature is right.

use sluice_sdk::prelude::*;

/// The key, and how old a signature may be.
#[derive(Debug, Config)]
pub struct Settings {
    /// Name of the secret that holds the key; grant `secret:NAME`.
    secret: String,
    /// Header that carries the signature.
    #[config(default = "x-signature", header_name)]
    header: String,
    /// Seconds by which a signature's time may be off.
    #[config(default = 300, range(1..=86_400))]
    tolerance: u64,
    /// The largest body that is checked, in bytes.
    #[config(default = 1_048_576, range(1..=8_388_608))]
    max_body: u64,
}

/// The plugin, configured.
#[derive(Debug)]
pub struct HmacSignature {
    settings: Settings,
    signature: HeaderSlot,
    key: Hmac,
    refused: Counter,
}

/// What the head said, until the body is there.
#[derive(Debug, State)]
pub struct Claim {
    /// What is signed before the body.
    prefix: String,
    mac: Vec<u8>,
}

#[plugin(name = "hmac-signature", order = 150)]
impl Plugin for HmacSignature {
    type Config = Settings;
    type State = Claim;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            signature: setup.request_header(&settings.header),
            key: setup.hmac(&settings.secret)?,
            refused: setup.counter("refused")?,
            settings,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Claim>> {
        let Some((seconds, mac)) = request.header(self.signature).and_then(parse) else {
            return Ok(self.refuse("Sign the request: the header is missing or malformed."));
        };
        let now = clock::now_unix_ms() / 1_000;
        if now.abs_diff(seconds) > self.settings.tolerance {
            return Ok(self.refuse("The signature is too old, or from the future."));
        }
        let prefix = format!("{seconds}.{}.{}.", request.method(), request.path());
        // Also without a body: then the hook sees an empty one.
        Ok(Flow::buffer_body(self.settings.max_body, Claim { prefix, mac }))
    }

    fn on_request_body(&self, _request: &mut Request<'_>, body: &mut Body, claim: Claim) -> Result<Flow<Claim>> {
        match self.holds(&claim, &body.read_all()) {
            true => Ok(Flow::next()),
            false => Ok(self.refuse("The signature does not fit the request.")),
        }
    }
}

impl HmacSignature {
    fn holds(&self, claim: &Claim, body: &[u8]) -> bool {
        let signed = [claim.prefix.as_bytes(), body].concat();
        self.key.verify(&signed, &claim.mac)
    }

    fn refuse(&self, detail: &'static str) -> Flow<Claim> {
        self.refused.increment();
        Flow::problem(401, "The signature is not valid").detail(detail)
    }
}

/// The time and the MAC of a signature.
fn parse(header: &str) -> Option<(u64, Vec<u8>)> {
    let (time, mac) = header.split_once(',')?;
    let seconds = time.trim().strip_prefix("t=")?.parse().ok()?;
    let mac = crypto::from_hex(mac.trim().strip_prefix("v1=")?)?;
    Some((seconds, mac))
}

#[cfg(test)]
mod tests {
    use hmac::{KeyInit, Mac};
    use sluice_sdk::test::*;

    use super::*;

    const KEY: &[u8] = b"a key that both sides know";

    fn harness() -> Harness<HmacSignature> {
        Harness::new(json!({ "secret": "webhook" })).with_secret("webhook", KEY)
    }

    fn signature(seconds: u64, signed: &str) -> String {
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(KEY).expect("a key of any length");
        mac.update(format!("{seconds}.{signed}").as_bytes());
        format!("t={seconds},v1={}", crypto::hex(mac.finalize().into_bytes()))
    }

    #[test]
    fn a_signed_body_passes() {
        let mut h = harness();
        let header = signature(h.now_unix_ms() / 1_000, "POST./hook.{\"paid\":true}");
        let reply = h.post("/hook").header("x-signature", header).body(r#"{"paid":true}"#).send();
        assert_eq!(reply.status(), 200);
        assert_eq!(reply.upstream_request().body(), br#"{"paid":true}"#);
    }

    #[test]
    fn another_body_path_or_time_does_not() {
        for (signed, body, age) in [
            ("POST./hook.{}", "{ }", 0),
            ("POST./other.{}", "{}", 0),
            ("PUT./hook.{}", "{}", 0),
            ("POST./hook.{}", "{}", 301),
        ] {
            let mut h = harness();
            let header = signature(h.now_unix_ms() / 1_000 - age, signed);
            let reply = h.post("/hook").header("x-signature", header).body(body).send();
            assert_eq!(reply.status(), 401, "{signed} {body} {age}");
            assert!(!reply.reached_upstream());
            assert_eq!(h.counter("refused"), 1);
        }
    }

    #[test]
    fn a_request_without_a_body_is_signed_by_its_head() {
        let mut h = harness();
        let header = signature(h.now_unix_ms() / 1_000, "GET./orders.");
        assert_eq!(h.get("/orders").header("x-signature", header).send().status(), 200);
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for header in ["", "t=1", "t=x,v1=00", "t=1,v1=zz", "v1=00,t=1"] {
            assert_eq!(harness().get("/").header("x-signature", header).send().status(), 401, "{header:?}");
        }
        assert_eq!(harness().get("/").send().status(), 401);
    }

    #[test]
    fn a_secret_that_is_not_granted_is_a_configuration_error() {
        Harness::<HmacSignature>::new(json!({ "secret": "other" })).expect_config_error("other");
    }
}
