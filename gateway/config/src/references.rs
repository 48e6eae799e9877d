//! Who refers to whom: so that a refused deletion says what stands in its way.

use std::collections::{BTreeMap, BTreeSet};

use gateway_model::{Document, Edit, Finding, Grant, Kind, Path};

/// Moves each finding about a reference that a deletion left dangling to the deleted resource, where the operator's mistake is.
pub(crate) fn blame_deletions(findings: Vec<Finding>, after: &Document, edits: &[Edit]) -> Vec<Finding> {
    let broken = broken_by(after, edits);
    let blame = |finding: Finding| match broken.get(&finding.path) {
        Some((kind, name)) => {
            let message = format!("{} refers to it: change that first, or in the same change", finding.path);
            Finding::error(Path::new().then(kind).then(name), message)
        }
        None => finding,
    };
    findings.into_iter().map(blame).collect()
}

/// The places in the document that name what the edits delete.
fn broken_by<'a>(after: &'a Document, edits: &'a [Edit]) -> BTreeMap<Path, (Kind, &'a str)> {
    let deletion = |edit: &'a Edit| match edit {
        Edit::Delete { kind, name } => Some((*kind, name.as_str())),
        Edit::Put(_) => None,
    };
    let deleted: BTreeSet<(Kind, &str)> = edits.iter().filter_map(deletion).collect();
    references(after).filter(|(_, referred)| deleted.contains(referred)).collect()
}

/// Every place that names another resource, and what it names.
fn references(document: &Document) -> impl Iterator<Item = (Path, (Kind, &str))> {
    let at = |kind: Kind, name: &str, field: &str| Path::new().then(kind).then(name).then(field);
    let routes = document.routes.iter().flat_map(move |(name, route)| {
        let route_at = Path::new().then(Kind::Routes).then(name);
        route.upstreams().map(move |(steps, upstream)| {
            (steps.iter().fold(route_at.clone(), |path, step| path.then(step)), (Kind::Upstreams, upstream))
        })
    });
    let consumers = document.consumers.iter().flat_map(move |(name, consumer)| {
        let plans = consumer.usage_plans.iter().enumerate();
        plans.map(move |(index, plan)| {
            (at(Kind::Consumers, name, "usagePlans").then(index), (Kind::UsagePlans, plan.as_str()))
        })
    });
    let plans = document.usage_plans.iter().flat_map(move |(name, plan)| {
        let routes = plan.routes.iter().enumerate();
        let own = routes.map(move |(index, route)| {
            (at(Kind::UsagePlans, name, "routes").then(index), (Kind::Routes, route.as_str()))
        });
        let methods = plan.method_throttles.iter().enumerate().map(move |(index, it)| {
            let place = at(Kind::UsagePlans, name, "methodThrottles").then(index).then("route");
            (place, (Kind::Routes, it.route.as_str()))
        });
        own.chain(methods)
    });
    let credentials = document.credentials.iter().map(move |(name, credential)| {
        (at(Kind::Credentials, name, "consumer"), (Kind::Consumers, credential.consumer.as_str()))
    });
    let plugins = document.attachments.iter().map(move |(name, attachment)| {
        (at(Kind::Attachments, name, "plugin"), (Kind::Plugins, attachment.plugin.as_str()))
    });
    let places = document.attachments.iter().filter_map(move |(name, attachment)| {
        let route = attachment.route.as_deref()?;
        Some((at(Kind::Attachments, name, "route"), (Kind::Routes, route)))
    });
    let granted = document.attachments.iter().flat_map(move |(name, attachment)| {
        attachment.grants.iter().enumerate().filter_map(move |(index, grant)| match grant {
            Grant::Upstream(upstream) => {
                Some((at(Kind::Attachments, name, "grants").then(index), (Kind::Upstreams, upstream.as_str())))
            }
            _ => None,
        })
    });
    routes.chain(consumers).chain(plans).chain(credentials).chain(plugins).chain(places).chain(granted)
}
