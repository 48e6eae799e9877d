//! Consumers: who calls.

use serde::{Deserialize, Deserializer, Serialize};

use crate::plan::LimitOverride;

/// A caller with a name, groups and perhaps usage plans.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consumer {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Names of the usage plans that say how much this consumer may call: one for each route at most.
    /// A single one may be written as `usagePlan`.
    #[serde(default, alias = "usagePlan", deserialize_with = "one_or_several", skip_serializing_if = "Vec::is_empty")]
    pub usage_plans: Vec<String>,
    /// The first one that has not ended stands in the place of what the plans say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<LimitOverride>,
}

fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "invalid type: expected the name of a usage plan, or a list of such names")]
    enum Names {
        One(String),
        Several(Vec<String>),
    }
    Ok(match Names::deserialize(deserializer)? {
        Names::One(name) => vec![name],
        Names::Several(names) => names,
    })
}
