//! Kinds of credentials, in the order in which they are looked for.

use sluice_sdk::prelude::*;

use crate::{
    Claim,
    basic::Passwords,
    caller::Caller,
    failures::Attempts,
    key::ApiKeys,
    refusal::Refusal,
    settings::{Kind, Require, Settings},
    token::Tokens,
};

/// The kinds that are accepted, and how many of them a request needs.
#[derive(Debug)]
pub(crate) struct Methods {
    methods: Vec<Method>,
    require: Require,
    anonymous: bool,
}

#[derive(Debug)]
enum Method {
    ApiKey(ApiKeys),
    Token(Tokens),
    Password(Passwords),
    Certificate,
}

/// What a request carries for one kind: none if it is there and cannot be a credential.
#[derive(Clone, Copy)]
pub(crate) struct Presented<'r>(pub(crate) Option<&'r [u8]>);

// === impl Methods ===

impl Methods {
    pub(crate) fn new(settings: &Settings, setup: &mut Setup) -> Result<Self> {
        let methods = settings.kinds().into_iter().map(|kind| Method::new(kind, settings, setup));
        Ok(Self {
            methods: methods.collect::<Result<_>>()?,
            require: settings.require,
            anonymous: settings.anonymous || settings.kinds().is_empty(),
        })
    }

    /// Who calls; none for a request without credentials that may pass so.
    pub(crate) fn caller(&self, request: &Request<'_>, attempts: &Attempts) -> Result<Option<Caller>, Refusal> {
        // A credential that does not decide is not looked for: its use is noted when it is found.
        let wanted = match self.require {
            Require::Any => 1,
            Require::All => self.methods.len(),
        };
        let presented = self.methods.iter().filter_map(|method| Some((method, method.find(request)?)));
        let presented: Vec<_> = presented.take(wanted).collect();
        match presented.len() {
            0 if self.anonymous => return Ok(None),
            found if found < wanted || found == 0 => return Err(Refusal::Missing),
            _ => {}
        }
        attempts.admit(request).map_err(Refusal::Blocked)?;
        let caller = same_caller(&presented);
        if caller.as_ref().is_err_and(Refusal::is_attempt) {
            attempts.count(request);
        }
        caller.map(Some)
    }

    /// Takes the credentials away that the upstream is not to see, those that were not looked at too.
    ///
    /// # Errors
    /// [`Refusal::Long`].
    pub(crate) fn strip(&self, request: &mut Request<'_>) -> Result<(), Refusal> {
        for method in &self.methods {
            match method {
                Method::ApiKey(keys) => keys.strip(request)?,
                Method::Token(tokens) => tokens.strip(request),
                Method::Password(passwords) => passwords.strip(request),
                Method::Certificate => {}
            }
        }
        Ok(())
    }

    /// Path and query as the upstream sees them.
    pub(crate) fn stripped_target(&self, request: &Request<'_>) -> String {
        let without_key = self.methods.iter().find_map(|method| match method {
            Method::ApiKey(keys) => keys.query_without_key(request),
            _ => None,
        });
        let query = match &without_key {
            Some(rest) => Some(rest.as_str()).filter(|rest| !rest.is_empty()),
            None => request.query(),
        };
        match query {
            Some(query) => format!("{}?{query}", request.path()),
            None => request.path().to_owned(),
        }
    }
}

/// The caller whom all these credentials name.
fn same_caller(presented: &[(&Method, Presented<'_>)]) -> Claim {
    let mut callers = presented.iter().map(|(method, presented)| method.verify(*presented));
    let first = callers.next().expect("there is at least one credential")?;
    callers.try_fold(first, |known, other| match other? {
        other if other.consumer == known.consumer => Ok(known.and(other)),
        _ => Err(Refusal::Disagreement),
    })
}

// === impl Method ===

impl Method {
    fn new(kind: Kind, settings: &Settings, setup: &mut Setup) -> Result<Self> {
        let method = match kind {
            Kind::ApiKey => settings.api_key.as_ref().map(|keys| Self::ApiKey(ApiKeys::new(keys, setup))),
            Kind::Jwt => match &settings.jwt {
                Some(jwt) => Some(Self::Token(Tokens::new(jwt, &settings.claims_to_upstream(), setup)?)),
                None => None,
            },
            Kind::Basic => settings.basic.as_ref().map(|basic| Self::Password(Passwords::new(basic, setup))),
            Kind::Mtls => settings.mtls.as_ref().map(|_| Self::Certificate),
        };
        method.ok_or_else(|| format!("/methods: {kind:?} is not configured").into())
    }

    fn find<'r>(&self, request: &Request<'r>) -> Option<Presented<'r>> {
        match self {
            Self::ApiKey(keys) => keys.find(request),
            Self::Token(tokens) => tokens.find(request),
            Self::Password(passwords) => passwords.find(request),
            // One that nobody here has proves nothing, so it is none.
            Self::Certificate => identity::identify_certificate().map(|_| Presented(None)),
        }
    }

    fn verify(&self, presented: Presented<'_>) -> Claim {
        match self {
            Self::ApiKey(_) => ApiKeys::verify(presented),
            Self::Token(tokens) => tokens.verify(presented),
            Self::Password(_) => Passwords::verify(presented),
            Self::Certificate => identity::identify_certificate().map(Caller::from).ok_or(Refusal::Missing),
        }
    }
}
