//! A gateway with many routes, which it finds in its store when it starts.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use gateway_benches::{Contender, PATH, SERVER_NAME, Surroundings, contender::sluice};
use gateway_model::{Actor, Document, DocumentFile};
use gateway_store::{Commit, ConfigStore, Sqlite};
use hyper::HeaderMap;
use serde_json::{Value, json};
use sluice_testkit::admin::Admin;

/// The route that is changed; it takes no request of the load.
pub(crate) const CHANGED: &str = "route-000001";

/// Starts a gateway with so many routes; the first one is that of the load.
pub(crate) async fn start(routes: usize, binary: &Path, surroundings: &Surroundings<'_>) -> Result<(Contender, Admin)> {
    let name = format!("{routes} routes");
    let data = sluice::data_folder(&name, surroundings);
    fs::create_dir_all(&data)?;
    let store = Sqlite::open(&data.join("sluice.db")).await?;
    let file: DocumentFile = serde_json::from_value(document(routes, surroundings))?;
    let document = file.into_document().map_err(|findings| anyhow::anyhow!("{findings:?}"))?;
    let edits = Document::default().diff(&document);
    let commit = Commit { actor: Actor { name: "bench".to_owned() }, comment: None, edits, purges: Vec::new() };
    store.commit(0, &commit).await.context("the routes")?;
    drop(store);
    let blank = sluice::start_blank(&name, binary, surroundings)?;
    let headers = HeaderMap::new();
    Ok((Contender { name, process: blank.process, beside: Vec::new(), address: blank.address, headers }, blank.admin))
}

fn document(routes: usize, surroundings: &Surroundings<'_>) -> Value {
    let others = (1..routes).map(|number| {
        let name = format!("route-{number:06}");
        match number % 2 {
            0 => json!({"name": name, "hosts": [format!("{number}.test")], "pathPrefix": "/", "upstream": "bench"}),
            _ => {
                json!({"name": name, "hosts": [SERVER_NAME], "path": format!("/{number}/{{id}}"), "upstream": "bench"})
            }
        }
    });
    let first = json!({"name": "route-000000", "hosts": [SERVER_NAME], "pathPrefix": PATH, "upstream": "bench"});
    let routes: Vec<Value> = [first].into_iter().chain(others).collect();
    let targets = json!([{"address": surroundings.upstream.to_string()}]);
    json!({
        "upstreams": [{"name": "bench", "targets": targets}],
        "routes": routes,
    })
}
