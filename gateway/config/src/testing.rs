//! What the tests of this crate share: a store in a folder, a sandbox without Wasm, and small documents.

use std::{
    fmt::Debug,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use gateway_model::{Actor, Digest, DocumentFile, Edit, Kind, PluginFacts, ResolvedAttachment, Resource};
use gateway_store::{Blobs, ConfigStore, Sqlite};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    error::{ChangeError, ConfigError},
    policy::Policy,
    sandbox::Sandbox,
    service::{ChangeRequest, Changed, Service},
};

/// A folder with a store. Each service that is opened on it has connections of its own, as another process would.
pub(crate) struct Home {
    folder: TempDir,
    pub(crate) sandbox: Arc<PaperSandbox>,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), sandbox: Arc::default() }
    }

    pub(crate) async fn store(&self) -> Arc<Sqlite> {
        Arc::new(Sqlite::open(&self.path()).await.unwrap())
    }

    pub(crate) async fn open(&self) -> Service {
        self.try_open().await.unwrap()
    }

    pub(crate) async fn try_open(&self) -> Result<Service, ConfigError> {
        let store = self.store().await;
        Service::open(store.clone() as Arc<dyn ConfigStore>, store as Arc<dyn Blobs>, self.sandbox.clone()).await
    }

    pub(crate) async fn open_with(&self, policy: Policy) -> Service {
        let store = self.store().await;
        Service::open_with(store.clone(), store, self.sandbox.clone(), policy).await.unwrap()
    }

    /// All that the store has on disk.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("sluice.db")
    }
}

/// Believes what a module says of itself in JSON after its header, and refuses a config that has `refuse`.
#[derive(Default)]
pub(crate) struct PaperSandbox {
    rehearsed: Mutex<Vec<String>>,
}

impl PaperSandbox {
    /// The names of the attachments that were rehearsed since this was last asked.
    pub(crate) fn rehearsed(&self) -> Vec<String> {
        std::mem::take(&mut self.rehearsed.lock().unwrap())
    }
}

#[async_trait]
impl Sandbox for PaperSandbox {
    async fn inspect(&self, wasm: Vec<u8>) -> Result<PluginFacts, String> {
        let told: Value = serde_json::from_slice(&wasm[8..]).map_err(|_| "it exports no describe".to_owned())?;
        Ok(PluginFacts {
            digest: Digest::sha256([0; 32]),
            name: told["name"].as_str().unwrap_or("paper").to_owned(),
            version: "1.0.0".into(),
            description: String::new(),
            default_order: 100,
            config_schema: told["schema"].clone(),
            imports: serde_json::from_value(told["imports"].clone()).unwrap_or_default(),
            hooks: vec!["request".into()],
            needs: Vec::new(),
            size: 0,
        })
    }

    async fn rehearse(&self, attachment: &ResolvedAttachment) -> Result<(), String> {
        self.rehearsed.lock().unwrap().push(attachment.name.to_string());
        let config: Value = serde_json::from_str(&attachment.config).unwrap();
        config["refuse"].as_str().map_or(Ok(()), |reason| Err(reason.to_owned()))
    }
}

/// A module for the [`PaperSandbox`] whose configuration has this schema.
pub(crate) fn module(schema: Value) -> Vec<u8> {
    [&b"\0asm\x01\0\0\0"[..], json!({"name": "paper", "schema": schema}).to_string().as_bytes()].concat()
}

/// A module that says this of itself.
pub(crate) fn module_that_says(told: Value) -> Vec<u8> {
    [&b"\0asm\x01\0\0\0"[..], told.to_string().as_bytes()].concat()
}

/// Uploads a module whose configuration has this schema.
pub(crate) async fn uploaded(service: &Service, schema: Value) -> Arc<PluginFacts> {
    service.upload(&alice(), module(schema), None).await.unwrap().facts.clone()
}

pub(crate) fn alice() -> Actor {
    Actor { name: "alice".into() }
}

/// The edits that put every resource of a document in JSON.
pub(crate) fn put(document: Value) -> Vec<Edit> {
    let file: DocumentFile = serde_json::from_value(document).unwrap();
    gateway_model::Document::default().diff(&file.into_document().unwrap())
}

pub(crate) fn delete(kind: Kind, name: &str) -> Edit {
    Edit::Delete { kind, name: name.into() }
}

/// One upstream at a port.
pub(crate) fn upstream(name: &str, port: u64) -> Edit {
    let json = json!({"name": name, "targets": [{"address": format!("127.0.0.1:{port}")}]}).to_string();
    Edit::Put(Resource::from_json(Kind::Upstreams, &json).unwrap())
}

/// A route to an upstream.
pub(crate) fn route(name: &str, upstream: &str) -> Edit {
    let json = json!({"name": name, "pathPrefix": format!("/{name}"), "upstream": upstream}).to_string();
    Edit::Put(Resource::from_json(Kind::Routes, &json).unwrap())
}

/// A request of alice's to make these edits on whatever is newest.
pub(crate) fn request(edits: Vec<Edit>) -> ChangeRequest {
    ChangeRequest { actor: alice(), expected: None, comment: None, edits, purges: Vec::new(), dry_run: false }
}

pub(crate) async fn change(service: &Service, edits: Vec<Edit>) -> Changed {
    service.change(request(edits)).await.unwrap()
}

/// The findings for which a change is refused, as text.
pub(crate) async fn refusals(service: &Service, edits: Vec<Edit>) -> Vec<String> {
    match service.change(request(edits)).await {
        Err(ChangeError::Invalid(findings)) => findings.iter().map(ToString::to_string).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

/// The revision that is published for the data path.
pub(crate) fn served(service: &Service) -> u64 {
    service.snapshots().borrow().revision
}

/// Waits for an event that must come; a minute of a busy machine is not forever.
pub(crate) async fn soon<T>(event: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), event).await.expect("it never happened")
}

/// Asserts that none of the texts shows any of the secrets.
pub(crate) fn assert_hidden(secrets: &[&str], shown: &dyn Debug) {
    let text = format!("{shown:?} {shown:#?}");
    for secret in secrets {
        assert!(!text.contains(secret), "a secret is shown: {text}");
    }
}
