//! What a hook handed back, checked and applied as the host does it: whole, or not at all.

use std::time::Duration;

use gateway_algorithms::path;
use http::{HeaderName, HeaderValue, Method, uri::PathAndQuery};
use sluice_abi::{
    bounds::{CACHE_KEY, CACHE_PART, CACHE_PARTS, CACHE_TAG, CACHE_TAGS, CHARGES},
    outcome::{Admission, Name, Operation, Outcome, is_reserved},
    wire::{self, CachingFlags, Declaration},
};

use super::{
    headers::Headers,
    host::{self, Charge, Directive, FakeHost},
    reply::{Admitted, CachingRules, Problem},
};

/// The longest header value that a plugin may write, in bytes.
const VALUE: usize = 64 * 1024;

/// The longest method that a plugin may set, in bytes.
const METHOD: usize = 32;

/// What the operations are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A request that goes on.
    Request,
    /// An answer of the plugin.
    Answer,
    /// A problem of the plugin.
    Problem,
    /// A kept response that answers.
    Cached,
    /// A response on its way out, with its status.
    Response(u16),
}

/// Everything that the operations of one hook may change.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) headers: Headers,
    pub(super) status: Option<u16>,
    pub(super) consumer: Option<String>,
    pub(super) method: Option<String>,
    pub(super) path: Option<String>,
    /// `Some(None)` takes it away.
    pub(super) query: Option<Option<String>>,
    pub(super) upstream: Option<String>,
    pub(super) timeout: Option<Duration>,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) store: Option<Directive>,
    pub(super) charges: Vec<Charge>,
    pub(super) admission: Option<Admitted>,
    pub(super) caching: Option<CachingRules>,
    pub(super) body: Vec<u8>,
    pub(super) body_limit: u64,
    pub(super) cache_key: Option<String>,
    pub(super) problem: Problem,
    pub(super) state: Vec<u8>,
}

/// Applies the operations in `out` to `headers`, and what they say of the request to the host.
///
/// # Errors
/// What the host has against them.
pub(super) fn apply(
    out: &[u8],
    subject: Subject,
    declaration: &Declaration,
    host: &mut FakeHost,
    headers: Headers,
) -> Result<Changed, String> {
    let outcome = Outcome::read(out).expect("the SDK writes well-formed outcomes");
    let mut changed = Changed { headers, state: outcome.state.to_vec(), ..Changed::default() };
    for operation in outcome.operations() {
        changed.apply(operation.expect("the SDK writes well-formed operations"), subject, declaration, host)?;
    }
    for (name, value) in &changed.attributes {
        host.scene.set_attribute(name, value)?;
    }
    if let Some(name) = &changed.consumer {
        host.identity.consumer = Some(name.clone());
    }
    if let Some(admission) = &changed.admission {
        host.scene.admission = Some(admission.clone());
    }
    if let Some(caching) = &changed.caching {
        host.scene.caching = Some(caching.clone());
    }
    Ok(changed)
}

/// The message of a fault.
pub(super) fn fault_message(out: &[u8]) -> String {
    let outcome = Outcome::read(out).expect("the SDK writes well-formed outcomes");
    let mut messages = outcome.operations().filter_map(|operation| match operation {
        Ok(Operation::Detail(message)) => Some(message.to_owned()),
        _ => None,
    });
    messages.next().expect("a fault has a message")
}

impl Changed {
    fn apply(
        &mut self,
        operation: Operation<'_>,
        subject: Subject,
        declaration: &Declaration,
        host: &mut FakeHost,
    ) -> Result<(), String> {
        use Subject::{Answer, Cached, Problem, Request, Response};
        match (operation, subject) {
            (Operation::Admit(wanted), Request | Answer | Problem | Cached) => {
                self.admission = Some(admission(&wanted, host)?);
            }
            (_, Cached) if !matches!(operation, Operation::SetConsumer(_) | Operation::SetAttribute(..)) => {
                let Operation::CacheKey(key) = operation else { return Err(misplaced(operation)) };
                self.cache_key = Some(key.to_owned());
            }
            (Operation::SetHeader(name, value), _) => {
                let name = header_name(name, declaration)?;
                self.headers.set(&name, header_value(&name, value)?);
            }
            (Operation::AppendHeader(name, value), _) => {
                let name = header_name(name, declaration)?;
                self.headers.append(&name, header_value(&name, value)?);
            }
            (Operation::RemoveHeader(name), _) => self.headers.remove(&header_name(name, declaration)?),
            (Operation::SetStatus(status), Answer | Response(_)) => {
                self.status = Some(changed_status(status, subject)?)
            }
            (Operation::SetConsumer(name), Request | Answer | Problem | Cached) => {
                self.consumer = Some(consumer(name, host)?);
            }
            (Operation::SetAttribute(name, value), _) => {
                // Only who may say who calls may say by which credential.
                if name == "credential" {
                    host.grants.define("identity")?;
                }
                self.attributes.push((name.to_owned(), value.to_owned()));
            }
            (Operation::Body(bytes), Answer) => self.body = bytes.to_vec(),
            (Operation::ProblemKind(text), Problem) => text.clone_into(&mut self.problem.kind),
            (Operation::ProblemTitle(text), Problem) => text.clone_into(&mut self.problem.title),
            (Operation::Detail(text), Problem) => self.problem.detail = Some(text.to_owned()),
            (Operation::BodyLimit(bytes), Request | Response(_)) => self.body_limit = bytes,
            (Operation::StoreResponse(bytes), Response(_)) => self.store = Some(directive(bytes, host)?),
            (Operation::Charge { limit, cost, key }, Request) => {
                self.charge(Charge::Limit { limit, cost, key: key.to_owned() })?;
            }
            (Operation::ChargePlan(cost), Request) => {
                host.grants.define("usage-plan")?;
                self.charge(Charge::Plan { cost })?;
            }
            (Operation::Cache(bytes), Request) => self.caching = Some(caching(bytes, host)?),
            (operation, Request) => self.redirect(operation, host)?,
            (operation, _) => return Err(misplaced(operation)),
        }
        Ok(())
    }

    fn charge(&mut self, charge: Charge) -> Result<(), String> {
        if self.charges.len() == CHARGES {
            return Err(format!("it charges more than {CHARGES} limits at once"));
        }
        self.charges.push(charge);
        Ok(())
    }

    /// Changes the request line, or the way of the request.
    fn redirect(&mut self, operation: Operation<'_>, host: &mut FakeHost) -> Result<(), String> {
        match operation {
            Operation::SetMethod(text) => {
                self.method = Some(method(text)?);
            }
            Operation::SetPath(text) => self.path = Some(normal_path(text)?),
            Operation::SetQuery(text) => self.query = Some(Some(query(text)?)),
            Operation::RemoveQuery => self.query = Some(None),
            Operation::SetUpstream(name) => {
                let grant = format!("upstream:{name}");
                host.grants.define(&grant)?;
                self.upstream = Some(name.to_owned());
            }
            Operation::SetTimeout(0) => return Err("it sets a timeout of 0 ms: use at least 1".to_owned()),
            Operation::SetTimeout(millis) => self.timeout = Some(Duration::from_millis(millis)),
            operation => return Err(misplaced(operation)),
        }
        Ok(())
    }
}

fn misplaced(operation: Operation<'_>) -> String {
    let what = match operation {
        Operation::SetStatus(_) => "statuses",
        Operation::SetConsumer(_) => "consumers",
        Operation::Body(_) => "bodies",
        Operation::ProblemKind(_) | Operation::ProblemTitle(_) | Operation::Detail(_) => "members of a problem",
        Operation::StoreResponse(_) | Operation::CacheKey(_) => "kept responses",
        Operation::BodyLimit(_) => "limits of a body",
        Operation::Charge { .. } | Operation::ChargePlan(_) => "charges",
        Operation::Admit(_) => "admissions",
        Operation::Cache(_) => "rules of a cache",
        _ => "such changes",
    };
    format!("{what} have no place in this outcome")
}

fn header_name(name: Name<'_>, declaration: &Declaration) -> Result<String, String> {
    match name {
        Name::Declared(position) => Ok(declaration.header_names[usize::from(position)].clone()),
        Name::Inline(name) if HeaderName::from_bytes(name.as_bytes()).is_err() => {
            Err(format!("{name:?} is no header name"))
        }
        Name::Inline(name) if is_reserved(name) => {
            Err(format!("it writes header {name}, which the gateway sets itself"))
        }
        Name::Inline(name) => Ok(name.to_owned()),
    }
}

fn header_value<'v>(name: &str, value: &'v [u8]) -> Result<&'v [u8], String> {
    match value.len() <= VALUE && HeaderValue::from_bytes(value).is_ok() {
        true => Ok(value),
        false => Err(format!("its value for header {name} is no header value")),
    }
}

fn changed_status(status: u16, subject: Subject) -> Result<u16, String> {
    // The body is on its way: a response cannot gain or lose the right to have one.
    let other_kind = matches!(subject, Subject::Response(before) if is_bodiless(before) != is_bodiless(status));
    match (200..=599).contains(&status) && !other_kind {
        true => Ok(status),
        false => Err(format!("{status} is no status that it may answer with here")),
    }
}

/// Responses of this status have no body (RFC 9110, 6.4.1).
pub(super) fn is_bodiless(status: u16) -> bool {
    matches!(status, 204 | 304)
}

fn consumer(name: &str, host: &mut FakeHost) -> Result<String, String> {
    if !host.grants.has("identity") {
        return Err("it says who calls, but the attachment does not give the grant identity".to_owned());
    }
    match host.identity.consumers.contains(name) {
        true => Ok(name.to_owned()),
        false => Err(format!("there is no consumer {name:?}")),
    }
}

fn admission(wanted: &Admission<'_>, host: &mut FakeHost) -> Result<Admitted, String> {
    host.grants.define("priority")?;
    if let Some(key) = wanted.stale {
        host.grants.define("cache")?;
        if !(1..=CACHE_KEY).contains(&key.len()) {
            return Err(format!("its key of a kept response has {} bytes: use 1 to {CACHE_KEY}", key.len()));
        }
    }
    Ok(Admitted {
        class: wanted.class,
        max_wait: wanted.max_wait.map(Duration::from_millis),
        fairness_key: wanted.fairness_key.map(str::to_owned),
        stale: wanted.stale.map(str::to_owned),
    })
}

fn caching(bytes: &[u8], host: &mut FakeHost) -> Result<CachingRules, String> {
    host.grants.define("cache")?;
    let wanted: wire::Caching<'_> = wire::view(bytes).expect("the SDK wrote these rules");
    if wanted.parts.len() > CACHE_PARTS || wanted.parts.iter().any(|part| part.len() > CACHE_PART) {
        return Err(format!(
            "its key of a cached response has too much beside the URL: use at most {CACHE_PARTS} parts, of at most \
             {CACHE_PART} bytes"
        ));
    }
    if wanted.tags.len() > CACHE_TAGS || wanted.tags.iter().any(|tag| !(1..=CACHE_TAG).contains(&tag.len())) {
        return Err(format!(
            "it keeps a response under tags that are none: use at most {CACHE_TAGS}, of 1 to {CACHE_TAG} bytes"
        ));
    }
    if let Some(name) = wanted.tag_header {
        HeaderName::try_from(name).map_err(|_| format!("{name:?} is no header name"))?;
    }
    let time = |millis: Option<u64>| millis.map(Duration::from_millis);
    Ok(CachingRules {
        bypass: wanted.flags.has(CachingFlags::BYPASS),
        per_consumer: wanted.flags.has(CachingFlags::PER_CONSUMER),
        store_set_cookie: wanted.flags.has(CachingFlags::STORE_SET_COOKIE),
        ignore_cookies: wanted.flags.has(CachingFlags::IGNORE_COOKIES),
        cdn_cache_control: wanted.flags.has(CachingFlags::CDN_CACHE_CONTROL),
        ignore_request_directives: wanted.flags.has(CachingFlags::IGNORE_REQUEST_DIRECTIVES),
        strict_s_maxage: wanted.flags.has(CachingFlags::STRICT_S_MAXAGE),
        query: wanted.query.map(str::to_owned),
        parts: wanted.parts.iter().map(|part| part.to_vec()).collect(),
        lifetime: time(wanted.lifetime),
        default_lifetime: time(wanted.default_lifetime),
        stale_while_revalidate: time(wanted.stale_while_revalidate),
        stale_if_error: time(wanted.stale_if_error),
        tags: wanted.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        tag_header: wanted.tag_header.map(str::to_owned),
    })
}

fn directive(bytes: &[u8], host: &mut FakeHost) -> Result<Directive, String> {
    host.grants.define("cache")?;
    let directive: Directive = wire::decode(bytes).expect("the SDK wrote this directive");
    host::check_directive(&directive)?;
    Ok(directive)
}

/// The path as the gateway normalises it.
pub(super) fn normal_path(text: &str) -> Result<String, String> {
    let wrong = || format!("{text:?} is no path: begin it with '/', and leave the query to set_query");
    if !text.starts_with('/') || text.contains(['?', '#']) {
        return Err(wrong());
    }
    let target = PathAndQuery::try_from(text).map_err(|_| wrong())?;
    let normal = path::normalise(&target).map_err(|error| format!("{text:?} is no path: {error}"))?;
    Ok(normal.path().to_owned())
}

/// `CONNECT` and `TRACE` are refused from clients too; an answer to `HEAD` has no body, which a client that sent
/// something else would wait for.
fn method(text: &str) -> Result<String, String> {
    match Method::from_bytes(text.as_bytes()) {
        Ok(Method::CONNECT | Method::TRACE | Method::HEAD) | Err(_) => {
            Err(format!("it cannot set the method {text:?}"))
        }
        Ok(_) if text.len() > METHOD => Err(format!("it cannot set the method {text:?}")),
        Ok(_) => Ok(text.to_owned()),
    }
}

fn query(text: &str) -> Result<String, String> {
    match text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
        true => Ok(text.to_owned()),
        false => Err(format!("{text:?} is no query: percent-encode what does not belong into one")),
    }
}
