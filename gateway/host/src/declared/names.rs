//! Header names that plugins declare, kept for as long as the process runs.
//!
//! A name that is no standard one counts its references, and copies are made for each header that a hook sets: workers
//! that share a name would write one counter. A name that is never freed needs none.

use std::{collections::HashSet, sync::LazyLock};

use http::HeaderName;
use parking_lot::Mutex;

/// The most names that are kept; those beyond count their references.
const MOST: usize = 4096;

/// Locked when attachments are configured, never by a request.
static KEPT: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);

/// The same name, without a counter if there is room for one more.
pub(super) fn kept(name: &HeaderName) -> HeaderName {
    let mut kept = KEPT.lock();
    let known = match kept.get(name.as_str()) {
        Some(known) => known,
        None if kept.len() < MOST => {
            let new: &'static str = Box::leak(name.as_str().into());
            kept.insert(new);
            new
        }
        None => return name.clone(),
    };
    HeaderName::from_static(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once() {
        let name = |text: &str| kept(&HeaderName::from_bytes(text.as_bytes()).expect("a name"));
        let (one, other) = (name("X-Kept-Once"), name("x-kept-once"));
        assert_eq!((&one, one.as_str().as_ptr()), (&other, other.as_str().as_ptr()));
        assert_eq!(name("content-type"), http::header::CONTENT_TYPE);
    }
}
