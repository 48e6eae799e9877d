//! Attributes: what plugins note about a request.

use sluice_abi::bounds::{ATTRIBUTE_NAME, HOST_ATTRIBUTES};

/// Says by which credential it is known who calls: only who may say the one says the other.
pub(crate) const CREDENTIAL: &str = "credential";

/// What plugins have noted about a request, for the access log and for later plugins; at most 32 names.
///
/// None at all costs nothing. Values are any text of at most 1 KiB, also text with line breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(Box<str>, Box<str>)>);

impl Attributes {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Names and values, in the order in which they were set first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Whether nothing was set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many were set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Sets an attribute that was found to be in bounds.
    pub(crate) fn set(&mut self, name: Box<str>, value: Box<str>) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, place)) => *place = value,
            None => self.0.push((name, value)),
        }
    }
}

/// Whether a plugin may set an attribute of this name: visible ASCII, and not one that tells what the host knows.
pub(crate) fn is_settable(name: &str) -> bool {
    (1..=ATTRIBUTE_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_graphic())
        && !HOST_ATTRIBUTES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_name_counts() {
        let mut attributes = Attributes::default();
        attributes.set("tenant".into(), "a".into());
        attributes.set("tier".into(), "gold".into());
        attributes.set("tenant".into(), "b".into());
        assert_eq!(attributes.get("tenant"), Some("b"));
        assert_eq!(attributes.iter().collect::<Vec<_>>(), [("tenant", "b"), ("tier", "gold")]);
    }

    #[test]
    fn what_the_host_knows_is_not_for_plugins_to_say() {
        assert!(is_settable("tenant"));
        for name in ["", "consumer", "request.id", "two words", "line\nbreak", &"x".repeat(ATTRIBUTE_NAME + 1)] {
            assert!(!is_settable(name), "{name:?}");
        }
    }
}
