//! Sends a share of the clients to another upstream, and keeps each client where it was.
//!
//! The first answer carries a cookie with the variant; requests that bring it back stay with that variant.
//! The variant is an attribute of the request: the access log has it, and later plugins can read it.

use serde::{Deserialize, Serialize};
use sluice_sdk::prelude::*;

/// The variants are `a`, the upstream of the route, and `b`.
#[derive(Debug, Config)]
pub struct Settings {
    /// Upstream of variant `b`; grant `upstream:NAME`.
    upstream: String,
    /// Of a hundred new clients, how many get variant `b`.
    #[config(range(0..=100))]
    percent: u32,
    /// Name of the cookie.
    #[config(default = "variant", min_length = 1, max_length = 64)]
    cookie: String,
    /// Days for which a client keeps its variant.
    #[config(default = 30, range(1..=400))]
    days: u32,
}

/// The plugin, configured.
#[derive(Debug)]
pub struct AbCookie {
    settings: Settings,
    cookies: HeaderSlot,
    set_cookie: HeaderName,
    assigned: Counter,
}

/// Which upstream a client gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Variant {
    A,
    B,
}

#[plugin(name = "ab-cookie", order = 600)]
impl Plugin for AbCookie {
    type Config = Settings;
    type State = Variant;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            settings,
            cookies: setup.request_header("cookie"),
            set_cookie: setup.header_name("set-cookie"),
            assigned: setup.counter("assigned")?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Variant>> {
        let known = request.header(self.cookies).and_then(|cookies| self.variant_of(cookies));
        let variant = known.unwrap_or_else(|| self.draw());
        request.set_attribute("variant", variant.name());
        if variant == Variant::B {
            request.set_upstream(&self.settings.upstream);
        }
        match known {
            Some(_) => Ok(Flow::next()),
            // The response hook is needed for new clients only.
            None => Ok(Flow::next_with(variant)),
        }
    }

    fn on_response(&self, response: &mut Response<'_>, variant: Variant) -> Result<Flow<Variant>> {
        self.assigned.increment();
        let (cookie, seconds) = (&self.settings.cookie, self.settings.days * 86_400);
        let value = format!("{cookie}={}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax", variant.name());
        response.append_header(self.set_cookie, value);
        Ok(Flow::next())
    }
}

impl AbCookie {
    fn variant_of(&self, cookies: &str) -> Option<Variant> {
        let pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(name, _)| *name == self.settings.cookie).find_map(|(_, value)| Variant::named(value))
    }

    fn draw(&self) -> Variant {
        match random::next_u64() % 100 < u64::from(self.settings.percent) {
            true => Variant::B,
            false => Variant::A,
        }
    }
}

impl Variant {
    fn name(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::A, Self::B].into_iter().find(|variant| variant.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    fn harness(percent: u32) -> Harness<AbCookie> {
        Harness::new(json!({ "upstream": "shop-next", "percent": percent })).with_grants(["upstream:shop-next"])
    }

    #[test]
    fn a_new_client_is_told_its_variant() {
        let reply = harness(100).get("/").send();
        let cookie = reply.header("set-cookie").expect("a cookie");
        assert!(cookie.starts_with("variant=b; Max-Age=2592000;"), "{cookie}");
        assert_eq!(reply.upstream_request().upstream(), Some("shop-next"));
        assert_eq!(reply.attribute("variant"), Some("b"));
    }

    #[test]
    fn a_client_stays_where_it_was_whatever_the_share_is_now() {
        let reply = harness(100).get("/").header("cookie", "theme=dark; variant=a").send();
        assert_eq!(reply.upstream_request().upstream(), None);
        assert_eq!(reply.header("set-cookie"), None);
        let reply = harness(0).get("/").header("cookie", "variant=b").send();
        assert_eq!(reply.upstream_request().upstream(), Some("shop-next"));
    }

    #[test]
    fn a_variant_that_nobody_knows_is_drawn_anew() {
        let reply = harness(0).get("/").header("cookie", "variant=z").send();
        assert!(reply.header("set-cookie").is_some_and(|cookie| cookie.starts_with("variant=a;")));
    }

    #[test]
    fn the_share_is_about_what_was_asked_for() {
        let mut h = harness(25);
        let b = (0..2_000).filter(|_| h.get("/").send().attribute("variant") == Some("b")).count();
        assert!((400..600).contains(&b), "{b} of 2000");
    }
}
