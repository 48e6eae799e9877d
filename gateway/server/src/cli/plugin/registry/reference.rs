//! `oci://HOST/REPOSITORY:TAG`: where a plugin lies in a registry.

use std::{fmt, net::IpAddr, str::FromStr};

use oci_client::Reference;

/// Where a plugin lies, or is to lie.
#[derive(Clone, Debug)]
pub(in crate::cli::plugin) struct Remote {
    pub(in crate::cli::plugin) image: Reference,
}

impl Remote {
    /// The registry is on this machine.
    pub(super) fn is_here(&self) -> bool {
        let registry = self.image.registry();
        let host = registry.rsplit_once(':').map_or(registry, |(host, _)| host).trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// The repository with a manifest's digest, to pull just that.
    pub(in crate::cli::plugin) fn by_digest(&self, digest: &str) -> String {
        format!("oci://{}/{}@{digest}", self.image.registry(), self.image.repository())
    }

    /// The last part of the repository's name.
    pub(in crate::cli::plugin) fn name(&self) -> &str {
        self.image.repository().rsplit('/').next().unwrap_or_default()
    }
}

impl FromStr for Remote {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = "write oci://HOST/REPOSITORY:TAG, or oci://HOST/REPOSITORY@sha256:…";
        let rest = text.strip_prefix("oci://").ok_or(form)?;
        // Without this a lone name would mean one registry of the world.
        let host = rest.split_once('/').map(|(host, _)| host).ok_or(form)?;
        if !(host == "localhost" || host.contains(['.', ':'])) {
            return Err(format!("`{host}` is no registry: {form}"));
        }
        rest.parse().map(|image| Self { image }).map_err(|error| format!("{error}: {form}"))
    }
}

impl fmt::Display for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "oci://{}", self.image)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_names_its_registry() {
        let remote: Remote = "oci://registry.example:5000/team/hello:1.2".parse().unwrap();
        assert_eq!((remote.image.registry(), remote.name()), ("registry.example:5000", "hello"));
        assert_eq!(remote.image.tag(), Some("1.2"));
        for wrong in ["hello.wasm", "oci://hello", "oci://team/hello:1", "oci://registry.example/UPPER"] {
            let error = wrong.parse::<Remote>().unwrap_err();
            assert!(error.contains("oci://HOST/REPOSITORY:TAG"), "{wrong}: {error}");
        }
    }

    #[test]
    fn only_this_machine_is_talked_to_without_tls() {
        let here = |text: &str| text.parse::<Remote>().unwrap().is_here();
        assert!(here("oci://127.0.0.1:5000/hello:1") && here("oci://localhost:5000/hello:1"));
        assert!(!here("oci://registry.example/hello:1") && !here("oci://10.0.0.1:5000/hello:1"));
    }
}
