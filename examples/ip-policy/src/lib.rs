//! Lets requests pass by the country of their address, looked up in a shared store.
//!
//! Operators keep the store: key `net:203.0.113.0/24` of the attachment, value `DE`; the longest network there counts.
//! What was found is kept on the node for a while, so that the store is asked once for each network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use sluice_sdk::prelude::*;

/// Which countries pass, and where they are looked up.
#[derive(Debug, Config)]
pub struct Settings {
    /// Name of the store; grant `store:NAME`.
    store: String,
    /// Countries whose clients pass.
    #[config(default = [])]
    allow: Vec<String>,
    /// Countries whose clients do not pass; for `allow` that is empty.
    #[config(default = [])]
    deny: Vec<String>,
    /// Whether addresses pass that no network holds.
    #[config(default = true)]
    allow_unknown: bool,
    /// Seconds for which a node keeps what it looked up.
    #[config(default = 300, range(1..=86_400))]
    keep: u64,
}

/// Lengths of the networks that are looked up, longest first.
const V4: [u8; 3] = [24, 16, 8];
const V6: [u8; 3] = [48, 32, 24];

/// Stands for an address that no network holds.
const UNKNOWN: &[u8] = b"";

/// The plugin, configured.
#[derive(Debug)]
pub struct IpPolicy {
    settings: Settings,
    networks: remote::Store,
    kept: kv::Store,
    refused: Counter,
}

#[plugin(name = "ip-policy", order = 50)]
impl Plugin for IpPolicy {
    type Config = Settings;
    type State = ();

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        setup.want_client_ip();
        Ok(Self {
            networks: setup.remote_kv(&settings.store)?,
            kept: setup.kv()?,
            refused: setup.counter("refused")?,
            settings,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        let Some(address) = request.client_ip().and_then(|text| text.parse().ok()) else {
            bail!("the gateway does not say where the request is from")
        };
        let country = self.country(address)?;
        if self.passes(country.as_deref()) {
            request.set_attribute("country", country.as_deref().unwrap_or("unknown"));
            return Ok(Flow::next());
        }
        self.refused.increment();
        Ok(Flow::problem(403, "Forbidden").detail("This service is not offered where you are."))
    }
}

impl IpPolicy {
    fn passes(&self, country: Option<&str>) -> bool {
        let Some(country) = country else { return self.settings.allow_unknown };
        let named = |list: &[String]| list.iter().any(|name| name == country);
        match self.settings.allow.is_empty() {
            true => !named(&self.settings.deny),
            false => named(&self.settings.allow),
        }
    }

    /// From what the node keeps, else from the store.
    fn country(&self, address: IpAddr) -> Result<Option<String>> {
        let networks = networks(address);
        let key = networks[0].as_str();
        if let Some(entry) = self.kept.get(key) {
            return Ok(text(entry.value));
        }
        let mut found = UNKNOWN.to_vec();
        for network in &networks {
            if let Some(country) = self.networks.get(&format!("net:{network}"))? {
                found = country;
                break;
            }
        }
        // A store that is full forgets nothing else for this: then the next request asks again.
        let _full = self.kept.set(key, &found, Some(Duration::from_secs(self.settings.keep)));
        Ok(text(found))
    }
}

fn text(country: Vec<u8>) -> Option<String> {
    String::from_utf8(country).ok().filter(|country| !country.is_empty())
}

/// The networks that an address may be listed under, the longest first.
fn networks(address: IpAddr) -> Vec<String> {
    match address.to_canonical() {
        IpAddr::V4(address) => V4.map(|len| v4(address, len)).to_vec(),
        IpAddr::V6(address) => V6.map(|len| v6(address, len)).to_vec(),
    }
}

fn v4(address: Ipv4Addr, len: u8) -> String {
    let mask = u32::MAX << (32 - len);
    format!("{}/{len}", Ipv4Addr::from_bits(address.to_bits() & mask))
}

fn v6(address: Ipv6Addr, len: u8) -> String {
    let mask = u128::MAX << (128 - len);
    format!("{}/{len}", Ipv6Addr::from_bits(address.to_bits() & mask))
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    fn harness(config: serde_json::Value) -> Harness<IpPolicy> {
        let mut h = Harness::new(config).with_grants(["store:geo"]);
        let geo = h.remote_kv("geo");
        for (network, country) in [("203.0.113.0/24", "DE"), ("203.0.0.0/16", "AU"), ("2001:db8::/32", "FR")] {
            geo.set(&format!("net:{network}"), country);
        }
        h
    }

    fn status(h: &mut Harness<IpPolicy>, ip: &str) -> u16 {
        h.get("/").from_ip(ip).send().status()
    }

    #[test]
    fn the_longest_network_counts() {
        let mut h = harness(json!({ "store": "geo", "allow": ["DE", "FR"] }));
        assert_eq!(status(&mut h, "203.0.113.7"), 200);
        assert_eq!(status(&mut h, "203.0.9.7"), 403);
        assert_eq!(status(&mut h, "2001:db8:1::1"), 200);
        assert_eq!(h.counter("refused"), 1);
    }

    #[test]
    fn without_a_list_of_those_who_pass_the_denied_ones_do_not() {
        let mut h = harness(json!({ "store": "geo", "deny": ["AU"] }));
        assert_eq!(status(&mut h, "203.0.113.7"), 200);
        assert_eq!(status(&mut h, "203.0.9.7"), 403);
    }

    #[test]
    fn an_address_that_nobody_lists_passes_if_it_may() {
        assert_eq!(status(&mut harness(json!({ "store": "geo" })), "198.51.100.1"), 200);
        assert_eq!(status(&mut harness(json!({ "store": "geo", "allowUnknown": false })), "198.51.100.1"), 403);
    }

    #[test]
    fn the_store_is_asked_once_for_a_network_until_what_was_kept_is_old() {
        let mut h = harness(json!({ "store": "geo", "allow": ["DE"], "keep": 60 }));
        assert_eq!(status(&mut h, "203.0.113.7"), 200);
        h.remote_kv("geo").set("net:203.0.113.0/24", "AU");
        assert_eq!(status(&mut h, "203.0.113.8"), 200);
        h.advance(Duration::from_secs(60));
        assert_eq!(status(&mut h, "203.0.113.8"), 403);
    }

    #[test]
    fn a_store_that_is_away_is_a_fault_for_the_failure_policy() {
        let mut h = harness(json!({ "store": "geo" }));
        h.fail_remote_kv(Some(HostError::Timeout));
        assert!(h.get("/").send().fault().is_some());
    }
}
