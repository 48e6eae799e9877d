use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::*;

mod cache_status;
mod conditions;
mod directives;
mod freshness;
mod invalidation;
mod properties;
mod purges;
mod ranges;
mod reuse;
mod storing;
mod update;
mod vary;

/// Sun, 06 Nov 1994 08:49:37 GMT.
const DATE: u64 = 784_111_777;

/// So many seconds after [`DATE`].
fn at(seconds: u64) -> Time {
    Time((DATE + seconds) * 1_000)
}

/// [`at`] as HTTP writes it.
fn date(seconds: u64) -> String {
    at(seconds).to_date().to_str().unwrap().to_owned()
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Fields from lines such as `etag: "a"`.
fn fields(lines: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        let value = HeaderValue::from_str(value.trim()).unwrap();
        headers.append(name.parse::<HeaderName>().unwrap(), value);
    }
    headers
}

/// An exchange without anything special: a GET answered at once with 200, its response dated [`DATE`].
#[derive(Clone)]
struct Exchange {
    rules: Rules,
    method: Method,
    request: HeaderMap,
    shared_identity: bool,
    status: StatusCode,
    response: HeaderMap,
    sent: Time,
    received: Time,
}

impl Exchange {
    fn of(response: &[&str]) -> Self {
        let mut response = fields(response);
        add_date(&mut response, at(0));
        Self {
            rules: Rules::default(),
            method: Method::GET,
            request: HeaderMap::new(),
            shared_identity: false,
            status: StatusCode::OK,
            response,
            sent: at(0),
            received: at(0),
        }
    }

    fn status(status: u16, response: &[&str]) -> Self {
        Self { status: StatusCode::from_u16(status).unwrap(), ..Self::of(response) }
    }

    fn asked(mut self, request: &[&str]) -> Self {
        self.request = fields(request);
        self
    }

    fn under(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    fn identified(mut self) -> Self {
        self.shared_identity = true;
        self
    }

    fn stored(&self) -> Result<Freshness, NotStorable> {
        let asked = Asked { method: &self.method, headers: &self.request, shared_identity: self.shared_identity };
        storable(&self.rules, &asked, self.status, &self.response, self.received, self.sent)
    }

    fn freshness(&self) -> Freshness {
        self.stored().unwrap()
    }

    /// The lifetime in seconds.
    fn lifetime(&self) -> (u64, LifetimeSource) {
        let freshness = self.freshness();
        (freshness.lifetime.as_secs(), freshness.source)
    }

    /// What is done so many seconds after it arrived, for a request with this `Cache-Control`.
    fn reused(&self, cache_control: &str, seconds: u64) -> Reuse {
        reuse(&self.rules, &self.freshness(), &wishes(cache_control), self.received.plus(secs(seconds)))
    }
}

fn wishes(cache_control: &str) -> RequestDirectives {
    RequestDirectives::parse(&fields(&[&format!("cache-control: {cache_control}")]))
}
