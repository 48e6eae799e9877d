//! What the operator sets.

mod jwt;

use sluice_sdk::prelude::*;

pub(crate) use jwt::Jwt;

/// Who may pass, and by what.
#[derive(Debug, Config)]
#[config(any_of(api_key, jwt, basic, mtls, ip, forward_auth))]
pub struct Settings {
    /// Accepts API keys of consumers; `{}` takes them from `x-api-key`.
    pub(crate) api_key: Option<ApiKey>,
    /// Accepts JSON Web Tokens in `authorization: Bearer`.
    pub(crate) jwt: Option<Jwt>,
    /// Accepts user names and passwords in `authorization: Basic`; `{}` is enough.
    pub(crate) basic: Option<Basic>,
    /// Accepts client certificates that a consumer has; `{}` is enough.
    pub(crate) mtls: Option<Mtls>,
    /// The order in which credentials are looked for, if not that in which they stand here.
    #[config(default = [])]
    pub(crate) methods: Vec<Kind>,
    /// Whether the first credential that is there decides, or each accepted kind must be there.
    #[config(default = "any")]
    pub(crate) require: Require,
    /// Lets requests without any credential pass, as nobody.
    #[config(default = false)]
    pub(crate) anonymous: bool,
    /// Addresses that may call at all.
    pub(crate) ip: Option<Ip>,
    /// Asks a service, after credentials were found to be good.
    pub(crate) forward_auth: Option<ForwardAuth>,
    /// The consumer must be in one of these groups; if the list is empty, in none.
    #[config(default = [], max_items = 32, each(min_length = 1))]
    pub(crate) groups: Vec<String>,
    /// The token must grant all of these scopes.
    #[config(default = [], max_items = 32, each(pattern = "^[!#-\\[\\]-~]+$"))]
    pub(crate) scopes: Vec<String>,
    /// How many attempts with bad credentials an address has.
    #[config(default = {})]
    pub(crate) failures: Failures,
    /// What the upstream reads of who calls.
    #[config(default = {})]
    pub(crate) headers: Headers,
}

/// Kinds of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Config)]
pub(crate) enum Kind {
    ApiKey,
    Jwt,
    Basic,
    Mtls,
}

/// How many kinds of credentials a request needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Config)]
pub(crate) enum Require {
    /// The first one that is there decides, good or bad.
    Any,
    /// Each accepted kind must be there, good, and of the same consumer.
    All,
}

/// Where API keys are.
#[derive(Debug, Config)]
pub(crate) struct ApiKey {
    /// Header that carries the key; `x-api-key` if neither this nor another place is given.
    #[config(header_name)]
    pub(crate) header: Option<String>,
    /// Query parameter that carries the key.
    #[config(pattern = "^[A-Za-z0-9._~-]{1,64}$")]
    pub(crate) query: Option<String>,
    /// Cookie that carries the key.
    #[config(pattern = "^[A-Za-z0-9._~-]{1,64}$")]
    pub(crate) cookie: Option<String>,
    /// Leaves the key in the request to the upstream.
    #[config(default = false)]
    pub(crate) forward: bool,
}

/// User names and passwords.
#[derive(Debug, Config)]
pub(crate) struct Basic {
    /// Leaves them in the request to the upstream.
    #[config(default = false)]
    pub(crate) forward: bool,
}

/// Client certificates, which the TLS listener asks for and verifies.
#[derive(Debug, Config)]
pub(crate) struct Mtls {}

/// Networks as CIDR, such as `10.0.0.0/8` or `2001:db8::/32`, or single addresses.
#[derive(Debug, Config)]
#[config(any_of(allow, deny))]
pub(crate) struct Ip {
    /// Only clients in one of these may call.
    #[config(default = [], max_items = 1_000)]
    pub(crate) allow: Vec<String>,
    /// Clients in one of these may not, whatever `allow` says.
    #[config(default = [], max_items = 1_000)]
    pub(crate) deny: Vec<String>,
}

/// A service that is asked about each request.
#[derive(Debug, Config)]
pub(crate) struct ForwardAuth {
    /// Upstream of the service; grant `upstream:NAME`.
    #[config(min_length = 1)]
    pub(crate) upstream: String,
    /// Path of the question.
    #[config(default = "/", pattern = "^/[!-~]*$", max_length = 1_024)]
    pub(crate) path: String,
    /// Milliseconds for an answer.
    #[config(default = 500, range(1..=10_000))]
    pub(crate) timeout: u64,
    /// Headers of the request that the service is sent.
    #[config(default = ["authorization", "cookie"], max_items = 32, each(header_name))]
    pub(crate) request_headers: Vec<String>,
    /// Headers of its answer that the upstream is sent, in place of the client's own.
    #[config(default = [], max_items = 32, each(header_name))]
    pub(crate) upstream_headers: Vec<String>,
    /// Header of its answer that names the consumer.
    #[config(header_name)]
    pub(crate) consumer_header: Option<String>,
    /// What becomes of requests while the service is down: while it gives no answer in time, cannot be reached or answers 502 to 504.
    #[config(default = "refuse")]
    pub(crate) on_error: OnError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Config)]
pub(crate) enum OnError {
    /// They are answered with 503, as they always are after any other answer that says nothing of use.
    Refuse,
    /// They pass as if nobody had been asked.
    Pass,
}

/// A limit on bad credentials for each address; for IPv6 for each /64.
#[derive(Debug, Config)]
pub(crate) struct Failures {
    /// Bad credentials in each window, all of them at one instant if it comes to that; 0 for no limit.
    #[config(default = 60, max = 1_000_000)]
    pub(crate) limit: u32,
    /// Seconds.
    #[config(default = 60, range(1..=86_400))]
    pub(crate) window_seconds: u64,
}

/// Headers to the upstream. What a client sends in one of them is always removed.
#[derive(Debug, Config)]
pub(crate) struct Headers {
    /// The consumer's name.
    #[config(default = "x-sluice-consumer", header_name)]
    pub(crate) consumer: String,
    /// The name of the credential.
    #[config(header_name)]
    pub(crate) credential: Option<String>,
    /// The consumer's groups, with commas between.
    #[config(header_name)]
    pub(crate) groups: Option<String>,
    /// The token's scopes, with spaces between.
    #[config(header_name)]
    pub(crate) scopes: Option<String>,
    /// Headers by the claim of the token that they carry.
    #[config(default = {}, max_items = 16, each(header_name))]
    pub(crate) claims: BTreeMap<String, String>,
}

impl Settings {
    /// Checks what no schema can say.
    pub(crate) fn check(&self) -> Result<()> {
        self.check_methods()?;
        let names_authorization =
            |key: &ApiKey| key.header.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("authorization"));
        let taken = self.jwt.is_some() || self.basic.is_some();
        if taken && self.api_key.as_ref().is_some_and(names_authorization) {
            bail!("/apiKey/header: `authorization` carries tokens and passwords; use another header for keys");
        }
        if self.anonymous && (!self.groups.is_empty() || !self.scopes.is_empty()) {
            bail!("/anonymous: who has no credential is in no group and has no scope: leave it out, or these");
        }
        if !self.groups.is_empty() && self.kinds().is_empty() && self.consumer_header().is_none() {
            bail!("/groups: nothing here says who calls: accept credentials, or name forwardAuth.consumerHeader");
        }
        if self.jwt.is_none() && (!self.scopes.is_empty() || !self.headers.claims.is_empty()) {
            bail!("/jwt: scopes and claims are those of tokens: accept tokens, or leave them out");
        }
        Ok(())
    }

    fn consumer_header(&self) -> Option<&str> {
        self.forward_auth.as_ref().and_then(|service| service.consumer_header.as_deref())
    }

    /// `methods` changes the order of what is accepted, and nothing else.
    fn check_methods(&self) -> Result<()> {
        let accepted = self.accepted();
        let listed = |kind: &Kind| self.methods.iter().filter(|other| *other == kind).count();
        if !self.methods.is_empty()
            && (accepted.len() != self.methods.len() || accepted.iter().any(|kind| listed(kind) != 1))
        {
            bail!("/methods: name each kind that is accepted here once: {accepted:?}");
        }
        Ok(())
    }

    /// The kinds of credentials that are accepted, in the order in which they are looked for.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        if self.methods.is_empty() { self.accepted() } else { self.methods.clone() }
    }

    fn accepted(&self) -> Vec<Kind> {
        let kinds = [
            (Kind::ApiKey, self.api_key.is_some()),
            (Kind::Jwt, self.jwt.is_some()),
            (Kind::Basic, self.basic.is_some()),
            (Kind::Mtls, self.mtls.is_some()),
        ];
        kinds.into_iter().filter_map(|(kind, accepted)| accepted.then_some(kind)).collect()
    }

    /// Claims that the upstream is told.
    pub(crate) fn claims_to_upstream(&self) -> Vec<&str> {
        self.headers.claims.keys().map(String::as_str).collect()
    }

    /// Claims of any issuer that later plugins may read.
    pub(crate) fn exposed_claims(&self) -> Vec<String> {
        let issuers = self.jwt.iter().flat_map(|jwt| &jwt.issuers);
        let mut names: Vec<_> = issuers.flat_map(|issuer| &issuer.expose_claims).cloned().collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether anything here has to wait for somebody.
    pub(crate) fn waits(&self) -> bool {
        let fetches = |jwt: &Jwt| jwt.issuers.iter().any(|issuer| issuer.jwks.is_some());
        self.forward_auth.is_some() || self.basic.is_some() || self.jwt.as_ref().is_some_and(fetches)
    }
}
