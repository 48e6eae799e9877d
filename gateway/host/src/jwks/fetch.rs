//! Fetching: what the host asks for, and from where it may be asked.

use std::{future::Future, net::IpAddr, pin::Pin, time::Duration};

use http::Uri;
use sluice_abi::wire::KeySetSource;

/// The largest key set, in bytes.
pub const KEY_SET_BYTES: usize = 256 * 1024;

/// The longest time that fetching one may take.
pub const KEY_SET_TIME: Duration = Duration::from_secs(5);

/// Bounds of a source's times, in milliseconds: a second, and thirty days.
const SHORTEST: u64 = 1_000;
const LONGEST: u64 = 30 * 24 * 3_600_000;

/// The longest URL, in bytes.
const URL: usize = 2_048;

/// A document as it came.
#[derive(Clone, Debug, Default)]
pub struct KeyDocument {
    /// At most [`KEY_SET_BYTES`].
    pub body: Vec<u8>,
    /// `cache-control`, its field lines joined by ", ".
    pub cache_control: Option<String>,
    /// `age`, in seconds.
    pub age: Option<u64>,
}

/// A document that is on its way; the error is a sentence for the log.
pub type Fetching = Pin<Box<dyn Future<Output = Result<KeyDocument, String>> + Send>>;

/// Fetches documents, and runs what keeps them fresh. Whoever has a runtime and connections implements it.
pub trait KeyFetch: Send + Sync {
    /// Gets the document at `url`, which has status 200 and is bounded by [`KEY_SET_BYTES`].
    ///
    /// No redirect leads to another origin. A name that leads to an address of a private network is refused unless the
    /// gateway's settings allow it, and so is such an address itself, but for a loopback address that the URL names.
    fn fetch(&self, url: &Uri) -> Fetching;

    /// Runs `work` in the background, on a tokio runtime with time.
    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + Send>>);
}

/// Fetches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoKeys;

impl KeyFetch for NoKeys {
    fn fetch(&self, _: &Uri) -> Fetching {
        Box::pin(std::future::ready(Err("this host fetches nothing".to_owned())))
    }

    fn spawn(&self, _: Pin<Box<dyn Future<Output = ()> + Send>>) {}
}

/// The URL of a source whose members are sound.
///
/// # Errors
/// A sentence that names the member, the value and the remedy.
pub(super) fn checked(source: &KeySetSource) -> Result<Uri, String> {
    let KeySetSource { min_age, max_age, max_stale, cooldown, .. } = source;
    for (name, value) in [("min_age", min_age), ("max_age", max_age), ("max_stale", max_stale), ("cooldown", cooldown)]
    {
        if !(SHORTEST..=LONGEST).contains(value) {
            return Err(format!("{name} is {value} ms: give {SHORTEST} to {LONGEST}"));
        }
    }
    if min_age > max_age {
        return Err(format!("min_age is {min_age} ms and max_age {max_age} ms: give a smaller min_age"));
    }
    url(&source.url)
}

fn url(text: &str) -> Result<Uri, String> {
    // A user, a password or a key in the query is not repeated.
    let place = text.split(['?', '#']).next().unwrap_or_default();
    let place = place.rsplit('@').next().unwrap_or_default();
    let told = |why: &str| Err(format!("the url {:?} {why}", place.chars().take(100).collect::<String>()));
    let parsed = text.parse::<Uri>().ok().filter(|_| text.len() <= URL && text.is_ascii());
    let Some(uri) = parsed else { return told("is none: give one such as https://issuer.example/keys") };
    let Some(authority) = uri.authority() else { return told("names no host: give a whole one") };
    if authority.as_str().contains('@') || text.contains('#') {
        return told("has a user, a password or a fragment: leave them out");
    }
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if is_loopback(authority.host()) => Ok(uri),
        _ => told("has no TLS: let it begin with https://"),
    }
}

/// Whether a host of a URL is this machine by its very name.
pub fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_over_tls_or_from_this_machine() {
        for good in ["https://issuer.example/keys?v=1", "http://localhost:1/", "http://127.0.0.1/k", "http://[::1]:9/k"]
        {
            assert!(url(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/keys",
            "issuer.example",
            "http://issuer.example/keys",
            "http://localhost.evil.example/",
            "ftp://issuer.example/",
            "https://user:secret@issuer.example/",
            "https://issuer.example/#x",
            "https://issuer.example/ü",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_error_does_not_repeat_what_may_be_secret() {
        for bad in
            ["https://user:secret@issuer.example/keys", "http://issuer.example/keys?key=secret", "secret@?secret"]
        {
            let error = url(bad).expect_err("it is refused");
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn times_have_bounds() {
        let good = KeySetSource {
            url: "https://issuer.example/keys".into(),
            min_age: 60_000,
            max_age: 3_600_000,
            max_stale: 86_400_000,
            cooldown: 30_000,
        };
        assert!(checked(&good).is_ok());
        for (bad, name) in [
            (KeySetSource { min_age: 0, ..good.clone() }, "min_age"),
            (KeySetSource { min_age: 3_600_001, ..good.clone() }, "min_age"),
            (KeySetSource { max_age: u64::MAX, ..good.clone() }, "max_age"),
            (KeySetSource { cooldown: 999, ..good.clone() }, "cooldown"),
            (KeySetSource { max_stale: 0, ..good.clone() }, "max_stale"),
        ] {
            let error = checked(&bad).expect_err("out of bounds");
            assert!(error.starts_with(name), "{error}");
        }
    }
}
