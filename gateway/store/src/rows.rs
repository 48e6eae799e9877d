//! The stored form of values: what the columns hold, and how it is read back.
//!
//! All tables are `STRICT`: a column holds what it is declared to hold, so reading one by its type cannot fail.

use std::{
    str::FromStr,
    time::{SystemTime, UNIX_EPOCH},
};

use gateway_model::{Digest, Grant, Kind, PluginFacts, Resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{error::StoreError, records::Page};

/// [`PluginFacts`] as JSON, without the digest, which has a column of its own.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FactsRow {
    name: String,
    version: String,
    description: String,
    default_order: i32,
    config_schema: Value,
    imports: Vec<String>,
    hooks: Vec<String>,
    needs: Vec<Grant>,
    size: u64,
}

/// Milliseconds since the Unix epoch, now.
pub(crate) fn now_ms() -> i64 {
    // A clock before 1970 is wrong by decades; the epoch is as good an answer as any.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A count as a database stores it. Counts begin at 0 and go up by 1: none comes near the end of `i64`.
pub(crate) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A stored count, which is never negative.
pub(crate) fn unsigned(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

/// The bound below which a page's items lie.
pub(crate) fn before(page: &Page) -> i64 {
    page.after.map_or(i64::MAX, signed)
}

/// A limit that reads one item more than the page holds: whether it is there says whether more follow.
pub(crate) fn one_more(page: &Page) -> i64 {
    i64::from(page.first) + 1
}

pub(crate) fn kind(text: &str) -> Result<Kind, StoreError> {
    let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == text);
    known.ok_or_else(|| StoreError::corrupt("a resource", format!("{text:?} is no kind of resource")))
}

pub(crate) fn resource(kind: Kind, name: &str, body: &str) -> Result<Resource, StoreError> {
    Resource::from_json(kind, body).map_err(|error| StoreError::corrupt(format!("resource {kind}.{name}"), error))
}

pub(crate) fn body(resource: &Resource) -> Result<String, StoreError> {
    resource.to_json().map_err(|error| StoreError::Database { doing: "write a resource as JSON", source: error.into() })
}

pub(crate) fn facts(digest: &str, body: &str) -> Result<PluginFacts, StoreError> {
    let named = || format!("module {digest}");
    let row: FactsRow = serde_json::from_str(body).map_err(|error| StoreError::corrupt(named(), error))?;
    let digest = digest.parse().map_err(|error: <Digest as FromStr>::Err| StoreError::corrupt(named(), error))?;
    Ok(PluginFacts {
        digest,
        name: row.name,
        version: row.version,
        description: row.description,
        default_order: row.default_order,
        config_schema: row.config_schema,
        imports: row.imports,
        hooks: row.hooks,
        needs: row.needs,
        size: row.size,
    })
}

pub(crate) fn facts_body(facts: &PluginFacts) -> Result<String, StoreError> {
    let row = FactsRow {
        name: facts.name.clone(),
        version: facts.version.clone(),
        description: facts.description.clone(),
        default_order: facts.default_order,
        config_schema: facts.config_schema.clone(),
        imports: facts.imports.clone(),
        hooks: facts.hooks.clone(),
        needs: facts.needs.clone(),
        size: facts.size,
    };
    serde_json::to_string(&row)
        .map_err(|error| StoreError::Database { doing: "write a module's facts as JSON", source: error.into() })
}

pub(crate) fn bytes32(what: &str, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::corrupt(what, format!("{} bytes where 32 belong", bytes.len())))
}
