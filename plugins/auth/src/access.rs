//! Authorisation: what a caller must be allowed besides being known.

use crate::{caller::Caller, refusal::Refusal};

/// What a route asks of its callers.
#[derive(Debug)]
pub(crate) struct Access {
    /// One of these; empty: none.
    pub(crate) groups: Vec<String>,
    /// All of these.
    pub(crate) scopes: Vec<String>,
}

impl Access {
    pub(crate) fn check(&self, caller: Option<&Caller>) -> Result<(), Refusal> {
        let granted = caller.map_or(&[][..], |caller| &caller.scopes);
        if !self.scopes.iter().all(|scope| granted.contains(scope)) {
            return Err(Refusal::Scope);
        }
        if self.groups.is_empty() {
            return Ok(());
        }
        let groups = caller.map_or(&[][..], |caller| &caller.groups);
        match self.groups.iter().any(|group| groups.contains(group)) {
            true => Ok(()),
            false => Err(Refusal::Group),
        }
    }
}
