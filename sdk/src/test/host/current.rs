//! What the hook that runs is about: heads, attributes, the body.

use sluice_abi::{
    bounds::{ATTRIBUTE_NAME, ATTRIBUTE_VALUE, ATTRIBUTES, HOST_ATTRIBUTES},
    wire::{Header, HostError},
};

use super::{
    super::{
        headers::Headers,
        reply::{Admitted, CachingRules},
    },
    FakeHost,
};
use crate::PriorityClass;

/// The message in the hands of the plugin.
#[derive(Debug, Default)]
pub(in crate::test) struct Scene {
    /// The request, until it goes to the upstream.
    pub(in crate::test) request: Option<Headers>,
    pub(in crate::test) response: Option<Headers>,
    /// There is a request, whatever its hook.
    pub(in crate::test) within_request: bool,
    /// Hooks that nothing can suspend: chunks and the log.
    pub(in crate::test) hurried: bool,
    /// The configuration said that it never waits.
    pub(in crate::test) never_waits: bool,
    pub(in crate::test) facts: Vec<(&'static str, String)>,
    pub(in crate::test) attributes: Vec<(String, String)>,
    /// The class as it stands before the plugin.
    pub(in crate::test) priority: PriorityClass,
    pub(in crate::test) admission: Option<Admitted>,
    pub(in crate::test) caching: Option<CachingRules>,
    pub(in crate::test) body: Option<Vec<u8>>,
    pub(in crate::test) replaced: Option<Vec<u8>>,
}

impl Scene {
    /// Whether the hook may wait for somebody.
    pub(super) fn may_wait(&self) -> Result<(), HostError> {
        match (self.hurried, self.never_waits) {
            (true, _) => Err(HostError::Unavailable("a chunk hook and the log hook wait for nobody".to_owned())),
            (_, true) => Err(HostError::Unavailable("the configuration said that it never waits".to_owned())),
            (false, false) => Ok(()),
        }
    }

    /// How important the request is, in its own hooks.
    fn class(&self) -> Option<PriorityClass> {
        let admitted = self.admission.as_ref().map(|admission| admission.class);
        (self.request.is_some() && !self.hurried).then_some(admitted.unwrap_or(self.priority))
    }

    /// Notes an attribute.
    pub(in crate::test) fn set_attribute(&mut self, name: &str, value: &str) -> Result<(), String> {
        let printable = name.bytes().all(|byte| byte.is_ascii_graphic());
        if !(1..=ATTRIBUTE_NAME).contains(&name.len()) || !printable || HOST_ATTRIBUTES.contains(&name) {
            return Err(format!(
                "{name:?} is no attribute that a plugin sets: use 1 to {ATTRIBUTE_NAME} printable characters, and none \
                 of the gateway's own names"
            ));
        }
        if value.len() > ATTRIBUTE_VALUE {
            return Err(format!("the value of the attribute {name} has more than {ATTRIBUTE_VALUE} bytes"));
        }
        let full = self.attributes.len() == ATTRIBUTES;
        match self.attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => value.clone_into(known),
            None if full => return Err(format!("a request has at most {ATTRIBUTES} attributes")),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
        Ok(())
    }
}

impl FakeHost {
    pub(crate) fn request_header(&self, name: &str) -> Option<Vec<u8>> {
        self.scene.request.as_ref().and_then(|headers| headers.joined(name))
    }

    pub(crate) fn request_headers(&self) -> Vec<Header> {
        self.scene.request.as_ref().map_or_else(Vec::new, Headers::lines)
    }

    pub(crate) fn response_header(&self, name: &str) -> Option<Vec<u8>> {
        self.scene.response.as_ref().and_then(|headers| headers.joined(name))
    }

    pub(crate) fn response_headers(&self) -> Vec<Header> {
        self.scene.response.as_ref().map_or_else(Vec::new, Headers::lines)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        if !self.scene.within_request {
            return None;
        }
        let fact = self.scene.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let set = || self.scene.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        match name {
            "consumer" => self.identity.consumer.clone(),
            "priority" => self.scene.class().map(|class| class.as_str().to_owned()),
            _ => fact.or_else(set),
        }
    }

    pub(crate) fn body_len(&self) -> u64 {
        self.body().len() as u64
    }

    pub(crate) fn body_read(&self, offset: u64, max: u32) -> Vec<u8> {
        let body = self.body();
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(body.len());
        let end = start.saturating_add(max as usize).min(body.len());
        body[start..end].to_vec()
    }

    pub(crate) fn body_replace(&mut self, bytes: &[u8]) {
        if self.scene.body.is_some() {
            self.scene.replaced = Some(bytes.to_vec());
        }
    }

    pub(crate) fn body_find(&self, needle: &[u8]) -> Option<u64> {
        let found = match needle {
            [] => Some(0),
            needle => self.body().windows(needle.len()).position(|window| window == needle),
        };
        found.map(|at| at as u64)
    }

    pub(crate) fn body_sha256(&self) -> Vec<u8> {
        super::crypto::sha256(self.body())
    }

    fn body(&self) -> &[u8] {
        self.scene.body.as_deref().unwrap_or_default()
    }
}
