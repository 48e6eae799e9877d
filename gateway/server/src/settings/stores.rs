//! `[stores.NAME]`: remote stores for plugins that are granted `store:NAME`.

use std::{collections::BTreeMap, fmt};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

/// A remote store. Its URL may hold a password, so it is not shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// `redis://…`; `${NAME}` in it is the environment variable NAME.
    pub url: String,
}

impl Store {
    pub(super) fn check(&self, name: &str) -> Result<()> {
        if let Err(finding) = gateway_model::check_name(name, &gateway_model::Path::new()) {
            bail!("stores: {}", finding.message);
        }
        ensure!(self.url.starts_with("redis://"), "stores.{name}.url is no URL of a store: begin with redis://");
        Ok(())
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
