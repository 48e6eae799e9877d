//! Keeps responses by path for a minute, drops those of a tag when `x-purge` names it, and tells how often it has ticked.

use sluice_sdk::{
    cache::{self, CacheDirective},
    kv,
    prelude::*,
};

/// Between two ticks.
const PERIOD: Duration = Duration::from_millis(100);
/// How long a response is kept.
const KEPT: Duration = Duration::from_secs(60);

/// The plugin.
#[derive(Debug)]
pub struct Keeper {
    purge: HeaderSlot,
    ticks: HeaderName,
    store: kv::Store,
}

#[plugin(name = "keeper", order = 500)]
impl Plugin for Keeper {
    type State = String;

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        setup.tick_every(PERIOD);
        Ok(Self { purge: setup.request_header("x-purge"), ticks: setup.header_name("x-ticks"), store: setup.kv()? })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<String>> {
        if let Some(tag) = request.header(self.purge) {
            return Ok(Flow::respond(200).body(cache::purge_tag(tag).to_string()));
        }
        let path = request.path();
        if path.ends_with("/ticks") {
            let ticks = self.store.get_text("ticks").unwrap_or_default();
            return Ok(Flow::respond(200).header(self.ticks, ticks));
        }
        Ok(match cache::lookup(path) {
            Some(_) => Flow::serve_cached(path),
            None => Flow::next_with(path.to_owned()),
        })
    }

    fn on_response(&self, response: &mut Response<'_>, path: String) -> Result<Flow<String>> {
        response.store(&CacheDirective::new(path, KEPT).tag("pages"));
        Ok(Flow::next())
    }

    fn on_tick(&self) -> Result<()> {
        self.store.increment("ticks", 1, None)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    #[test]
    fn a_page_is_kept_until_it_is_purged() {
        let mut h = Harness::<Keeper>::new(json!({}));
        assert_eq!(h.get("/a").send().status(), 200);
        assert!(h.is_cached("/a"));
        assert_eq!(h.get("/").header("x-purge", "pages").send().body(), b"1");
        assert!(!h.is_cached("/a"));
    }
}
