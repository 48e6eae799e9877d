//! What tests see of how a plugin has responses cached.

use crate::{prelude::*, test::*};

struct Caches;

#[plugin(name = "caches")]
impl Plugin for Caches {
    fn new(_config: (), _setup: &mut Setup) -> Result<Self> {
        Ok(Self)
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        let path = request.path().to_owned();
        let caching = Caching::new().lifetime(Duration::from_secs(300)).query("page=1").part(b"de").tag(&path);
        request.cache(&caching.per_consumer().tag_header("surrogate-key"));
        Ok(Flow::next())
    }
}

#[test]
fn a_test_sees_how_a_response_is_cached() {
    let mut h = Harness::<Caches>::new(json!({})).with_grants(["cache"]);
    let reply = h.get("/articles").send();
    let caching = reply.caching().unwrap();
    assert_eq!((caching.lifetime, caching.stale_if_error), (Some(Duration::from_secs(300)), None));
    assert_eq!((caching.query.as_deref(), &caching.parts[..]), (Some("page=1"), &[b"de".to_vec()][..]));
    assert_eq!(
        (&caching.tags[..], caching.tag_header.as_deref()),
        (&["/articles".to_owned()][..], Some("surrogate-key"))
    );
    assert!(caching.per_consumer && !caching.bypass);
}

#[test]
fn caching_needs_its_grant_and_keeps_to_the_bounds() {
    let mut without = Harness::<Caches>::new(json!({})).with_grants([]);
    assert!(without.get("/").send().fault().is_some_and(|fault| fault.contains("cache")));
    let mut h = Harness::<Caches>::new(json!({})).with_grants(["cache"]);
    let long = format!("/{}", "a".repeat(64));
    assert!(h.get(&long).send().fault().is_some_and(|fault| fault.contains("tags")));
}
