//! What the attachment grants: everything, until a test says what.

use std::collections::BTreeSet;

use sluice_abi::wire::HostError;

/// Grants by their names, such as `identity` and `secret:NAME`.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    /// `None` grants everything.
    given: Option<BTreeSet<String>>,
    /// Those that the plugin needed so far.
    used: BTreeSet<String>,
}

impl Grants {
    /// From now on nothing is granted but `grants`, and those that were given before.
    pub(crate) fn give<'g>(&mut self, grants: impl IntoIterator<Item = &'g str>) {
        self.given.get_or_insert_default().extend(grants.into_iter().map(str::to_owned));
    }

    pub(crate) fn used(&self) -> impl Iterator<Item = &str> {
        self.used.iter().map(String::as_str)
    }

    /// Whether `grant` is given.
    pub(crate) fn has(&mut self, grant: &str) -> bool {
        self.used.insert(grant.to_owned());
        self.given.as_ref().is_none_or(|given| given.contains(grant))
    }

    /// As [`Grants::has`], for what the host answers with an error.
    pub(crate) fn check(&mut self, grant: &str) -> Result<(), HostError> {
        match self.has(grant) {
            true => Ok(()),
            false => Err(HostError::Denied(needs(grant))),
        }
    }

    /// As [`Grants::has`], for definitions.
    pub(crate) fn define(&mut self, grant: &str) -> Result<(), String> {
        if self.has(grant) { Ok(()) } else { Err(needs(grant)) }
    }

    /// As [`Grants::has`], for interfaces without which an attachment is refused: no call can fail for it.
    #[track_caller]
    pub(crate) fn demand(&mut self, grant: &str) {
        assert!(self.has(grant), "{}: the gateway refuses the attachment", needs(grant));
    }
}

fn needs(grant: &str) -> String {
    format!("the attachment does not give the grant {grant}")
}
