//! Tells the upstream who calls, by whatever credential comes: `x-key`, `x-user` with `x-password`, or a certificate.

use sluice_sdk::{identity::Caller, prelude::*};

/// The plugin.
#[derive(Debug)]
pub struct Callers {
    key: HeaderSlot,
    user: HeaderSlot,
    password: HeaderSlot,
    caller: HeaderName,
    subject: HeaderName,
}

#[plugin(name = "callers", order = 100)]
impl Plugin for Callers {
    type Config = ();

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            key: setup.request_header("x-key"),
            user: setup.request_header("x-user"),
            password: setup.request_header("x-password"),
            caller: setup.header_name("x-caller"),
            subject: setup.header_name("x-subject"),
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        if let Some(subject) = current::attribute("client.certificate.subject") {
            request.set_header(self.subject, &subject);
        }
        match self.caller(request)? {
            Some(Caller { consumer, credential, groups }) => {
                request.set_consumer(&consumer);
                request.set_attribute("credential", &credential);
                request.set_header(self.caller, format!("{consumer} {credential} {}", groups.join(",")));
                Ok(Flow::next())
            }
            None => Ok(Flow::problem(401, "Unauthorized")),
        }
    }
}

impl Callers {
    fn caller(&self, request: &Request<'_>) -> Result<Option<Caller>> {
        if let Some(key) = request.header(self.key) {
            return Ok(identity::identify_api_key(key));
        }
        match (request.header(self.user), request.header(self.password)) {
            (Some(user), Some(password)) => Ok(identity::verify_password(user, password)?),
            _ => Ok(identity::identify_certificate()),
        }
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    fn harness() -> Harness<Callers> {
        Harness::new(json!({})).with_api_key("key", "acme").with_groups("acme", ["gold", "partners"]).with_password(
            "batch",
            "correct horse",
            "zoo",
        )
    }

    #[test]
    fn each_credential_names_its_consumer() {
        let reply = harness().get("/").header("x-key", "key").send();
        assert_eq!(reply.consumer(), Some("acme"));
        assert_eq!(reply.upstream_request().header("x-caller"), Some("acme acme-key gold,partners"));
        let reply = harness().get("/").header("x-user", "batch").header("x-password", "correct horse").send();
        assert_eq!(reply.upstream_request().header("x-caller"), Some("zoo zoo-password "));
        let reply = harness().with_certificate("acme").get("/").send();
        assert_eq!(reply.upstream_request().header("x-caller"), Some("acme acme-certificate gold,partners"));
        for (user, password) in [("batch", "wrong"), ("acme", "correct horse")] {
            let reply = harness().get("/").header("x-user", user).header("x-password", password).send();
            assert_eq!(reply.status(), 401);
        }
    }

    #[test]
    fn nobody_is_nobody() {
        assert_eq!(harness().get("/").send().status(), 401);
    }
}
