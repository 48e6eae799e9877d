//! `[stores.NAME]`: remote stores for plugins that are granted `store:NAME`.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use anyhow::{Context, Result, bail, ensure};
use gateway_store::RemoteAddress;
use serde::{Deserialize, Serialize};

/// A remote store. Its URL may hold a password, so it is not shown.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// `redis://…`, or `rediss://…` with TLS; `${NAME}` in it is the environment variable NAME.
    pub url: String,
    /// PEM file with the authorities that are trusted to say who the store is; empty for those that the system trusts.
    #[serde(default)]
    pub authorities: PathBuf,
}

impl Store {
    pub(super) fn check(&self, name: &str) -> Result<()> {
        if let Err(finding) = gateway_model::check_name(name, &gateway_model::Path::new()) {
            bail!("stores: {}", finding.message);
        }
        let with_tls = self.url.starts_with("rediss://");
        ensure!(
            with_tls || self.url.starts_with("redis://"),
            "stores.{name}.url is no URL of a store: begin with redis://, or with rediss:// for TLS"
        );
        ensure!(
            with_tls || self.authorities.as_os_str().is_empty(),
            "stores.{name}.authorities is {:?}, and stores.{name}.url is one without TLS: let it begin with rediss://",
            self.authorities
        );
        Ok(())
    }

    /// Where the store is, and who is trusted to say so.
    ///
    /// # Errors
    /// The file with the authorities cannot be read.
    pub(crate) fn address(&self, name: &str) -> Result<RemoteAddress> {
        let read = |file: &PathBuf| {
            std::fs::read(file).with_context(|| format!("stores.{name}.authorities: {}", file.display()))
        };
        let authorities = Some(&self.authorities).filter(|file| !file.as_os_str().is_empty()).map(read).transpose()?;
        Ok(RemoteAddress { url: self.url.clone(), authorities })
    }

    /// Puts the variables in that the URL names.
    pub(super) fn expand(&mut self, name: &str, environment: &BTreeMap<String, String>) -> Result<()> {
        let mut expanded = String::with_capacity(self.url.len());
        let mut rest = self.url.as_str();
        while let Some((before, after)) = rest.split_once("${") {
            let (variable, behind) =
                after.split_once('}').with_context(|| format!("stores.{name}.url has ${{ without }}"))?;
            let value = environment.get(variable).with_context(|| {
                format!("stores.{name}.url names the environment variable {variable}, which is not set")
            })?;
            expanded.push_str(before);
            expanded.push_str(value);
            rest = behind;
        }
        expanded.push_str(rest);
        self.url = expanded;
        Ok(())
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
