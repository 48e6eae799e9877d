//! Who calls, as far as it is known, and how that is handed on.

use sluice_sdk::{identity::TokenClaim, prelude::*};

use crate::settings::Settings;

/// The longest value of an attribute, in bytes.
const ATTRIBUTE: usize = 1_024;

/// Who calls, by one credential or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caller {
    /// Name of the consumer.
    pub(crate) consumer: String,
    /// Name of the credential.
    pub(crate) credential: Option<String>,
    /// Groups of the consumer.
    pub(crate) groups: Vec<String>,
    /// What the token grants, if there was one.
    pub(crate) scopes: Vec<String>,
    /// What the token says besides.
    pub(crate) claims: Vec<TokenClaim>,
}

/// What the upstream and later plugins are told.
#[derive(Debug)]
pub(crate) struct Told {
    consumer: HeaderName,
    credential: Option<HeaderName>,
    groups: Option<HeaderName>,
    scopes: Option<HeaderName>,
    /// By the claim.
    claims: Vec<(String, HeaderName)>,
    /// Claims that become attributes.
    exposed: Vec<String>,
}

// === impl Caller ===

impl Caller {
    /// The same caller by one credential more: the name of the first one stays.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            consumer: self.consumer,
            credential: self.credential.or(other.credential),
            groups: self.groups,
            scopes: if self.scopes.is_empty() { other.scopes } else { self.scopes },
            claims: if self.claims.is_empty() { other.claims } else { self.claims },
        }
    }

    fn claim(&self, name: &str) -> Option<&str> {
        self.claims.iter().find(|claim| claim.name == name).map(|claim| claim.value.as_str())
    }
}

impl From<identity::Caller> for Caller {
    fn from(caller: identity::Caller) -> Self {
        let identity::Caller { consumer, credential, groups } = caller;
        Self { consumer, credential: Some(credential), groups, ..Self::default() }
    }
}

// === impl Told ===

impl Told {
    pub(crate) fn new(settings: &Settings, setup: &mut Setup) -> Self {
        let headers = &settings.headers;
        let optional = |name: &Option<String>, setup: &mut Setup| name.as_deref().map(|name| setup.header_name(name));
        Self {
            consumer: setup.header_name(&headers.consumer),
            credential: optional(&headers.credential, setup),
            groups: optional(&headers.groups, setup),
            scopes: optional(&headers.scopes, setup),
            claims: headers.claims.iter().map(|(claim, name)| (claim.clone(), setup.header_name(name))).collect(),
            exposed: settings.exposed_claims(),
        }
    }

    /// Takes away what the client says of itself in the gateway's name.
    pub(crate) fn strip(&self, request: &mut Request<'_>) {
        request.remove_header(self.consumer);
        let others = [self.credential, self.groups, self.scopes];
        for header in others.into_iter().flatten().chain(self.claims.iter().map(|(_, header)| *header)) {
            request.remove_header(header);
        }
    }

    /// Tells later plugins who calls.
    pub(crate) fn note(&self, request: &mut Request<'_>, caller: &Caller) {
        request.set_consumer(&caller.consumer);
        if let Some(credential) = caller.credential.as_deref().filter(|name| name.len() <= ATTRIBUTE) {
            request.set_attribute("credential", credential);
        }
        if !caller.scopes.is_empty() {
            request.set_attribute("scope", &joined(&caller.scopes, " "));
        }
        for name in &self.exposed {
            if let Some(value) = caller.claim(name).filter(|value| value.len() <= ATTRIBUTE) {
                request.set_attribute(&format!("claim.{name}"), value);
            }
        }
    }

    /// Tells later plugins and the cache that the service knows who calls, though we do not.
    pub(crate) fn note_service(&self, request: &mut Request<'_>, caller: Option<&Caller>) {
        if caller.is_none() {
            request.set_attribute("credential", "forward-auth");
        }
    }

    /// Tells the upstream who calls.
    pub(crate) fn tell(&self, request: &mut Request<'_>, caller: &Caller) {
        write(request, self.consumer, &caller.consumer);
        if let (Some(header), Some(credential)) = (self.credential, &caller.credential) {
            write(request, header, credential);
        }
        if let Some(header) = self.groups {
            write(request, header, &caller.groups.join(","));
        }
        if let Some(header) = self.scopes {
            write(request, header, &caller.scopes.join(" "));
        }
        for (claim, header) in &self.claims {
            if let Some(value) = caller.claim(claim) {
                write(request, *header, value);
            }
        }
    }
}

/// Sets a header, unless its value is none that a header can have: then nothing is said.
fn write(request: &mut Request<'_>, header: HeaderName, value: &str) {
    if !value.is_empty() && !value.chars().any(char::is_control) {
        request.set_header(header, value);
    }
}

/// As many whole words as an attribute holds.
fn joined(words: &[String], gap: &str) -> String {
    let mut text = String::new();
    for word in words {
        let gap = if text.is_empty() { "" } else { gap };
        if text.len() + gap.len() + word.len() > ATTRIBUTE {
            break;
        }
        text.push_str(gap);
        text.push_str(word);
    }
    text
}
