//! The key of a policy: whose requests are counted together.

use std::fmt::Write as _;

use sluice_sdk::prelude::*;

use crate::{
    parts::{Part, Prefixes},
    settings::{Missing, Policy},
};

/// What a policy counts by.
#[derive(Debug)]
pub(crate) struct Key {
    parts: Vec<Part>,
    missing: Missing,
    prefixes: Prefixes,
}

impl Key {
    /// Declares what the key is made of; an error begins with the place in `by`.
    pub(crate) fn new(policy: &Policy, setup: &mut Setup) -> Result<Self, String> {
        setup.want_client_ip();
        let mut parts = Vec::with_capacity(policy.by.len());
        for (index, text) in policy.by.iter().enumerate() {
            parts.push(Part::new(text, setup).map_err(|error| format!("{index}: {error}"))?);
        }
        let prefixes = Prefixes { v4: policy.ipv4_prefix, v6: policy.ipv6_prefix };
        Ok(Self { parts, missing: policy.missing, prefixes })
    }

    /// Puts the key of a request into `room`; false if the policy does not count it.
    ///
    /// Of several parts each stands behind its kind and its length, so that no two lists of them are alike.
    pub(crate) fn write(&self, request: &Request<'_>, room: &mut String) -> Result<bool> {
        room.clear();
        for part in &self.parts {
            let start = room.len();
            if part.write(request, self.prefixes, room)? {
                self.close(part.kind(), start, room);
                continue;
            }
            match self.missing {
                Missing::Skip => return Ok(false),
                Missing::Shared => self.close('-', start, room),
                Missing::Ip => {
                    Part::Ip.write(request, self.prefixes, room)?;
                    self.close('!', start, room);
                }
            }
        }
        Ok(true)
    }

    /// Marks the part that begins at `start` as one of its kind.
    fn close(&self, kind: char, start: usize, room: &mut String) {
        let length = room.len() - start;
        // Writing into memory does not fail.
        write!(room, "{kind}{length}").unwrap_or_default();
    }
}
