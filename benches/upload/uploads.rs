//! Uploads, one after the other: each module is uploaded, named, attached, and asked for until it has left its mark.

use std::{
    fs,
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use gateway_benches::{SERVER_NAME, certificate::Certificate, contender::sluice::configure::create};
use hyper::StatusCode;
use serde_json::json;
use sluice_testkit::{
    admin::Admin,
    client::{Client, Version},
};
use tokio::runtime;

use crate::large::{Guest, mark};

/// The route that the uploaded plugins are attached to.
pub(crate) const ROUTE: &str = "fresh";

/// The longest that a module is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Milliseconds of one module's way, from the start of its upload.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Upload {
    pub(crate) uploaded: f64,
    pub(crate) named: f64,
    pub(crate) attached: f64,
    pub(crate) served: f64,
}

/// Who uploads; on a thread of its own while there is traffic.
pub(crate) struct Uploader {
    guest: Guest,
    admin: Admin,
    client: Client,
    url: String,
    runtime: runtime::Runtime,
    number: u32,
}

impl Uploader {
    /// `cleartext` is where the gateway serves without TLS.
    ///
    /// # Errors
    /// When the guest was not built.
    pub(crate) fn new(admin: Admin, cleartext: SocketAddr, certificate: &Certificate) -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        // Both keep their connections on this runtime.
        let client = Client::new(&fs::read_to_string(&certificate.certificate)?, Version::Http1)?;
        Ok(Self {
            guest: Guest::read()?,
            admin,
            client,
            url: format!("http://{cleartext}/{ROUTE}"),
            runtime,
            number: 0,
        })
    }

    /// Uploads for as long as `time` lasts, and finishes the one that is under way then.
    ///
    /// # Errors
    /// When the gateway refuses a module, or does not serve it in time.
    pub(crate) fn upload_for(&mut self, time: Duration) -> Result<Vec<Upload>> {
        let until = Instant::now() + time;
        let mut uploads = Vec::new();
        while Instant::now() < until {
            self.number += 1;
            let wasm = self.guest.enlarged(self.number)?;
            let upload = self.runtime.block_on(self.upload(wasm));
            uploads.push(upload.with_context(|| format!("module {}", self.number))?);
        }
        Ok(uploads)
    }

    async fn upload(&self, wasm: Vec<u8>) -> Result<Upload> {
        let name = format!("{ROUTE}-{}", self.number);
        let began = Instant::now();
        let since = || began.elapsed().as_secs_f64() * 1e3;
        let digest = self.admin.upload(wasm).await?;
        let uploaded = since();
        create(&self.admin, "Plugin", json!({ "name": name, "digest": digest })).await?;
        let named = since();
        create(&self.admin, "Attachment", json!({ "name": name, "plugin": name, "route": ROUTE })).await?;
        let attached = since();
        self.wait_for_mark(began + PATIENCE).await?;
        let served = since();
        self.delete("Attachment", &name).await?;
        self.delete("Plugin", &name).await?;
        Ok(Upload { uploaded, named, attached, served })
    }

    async fn wait_for_mark(&self, until: Instant) -> Result<()> {
        let mark = mark(self.number);
        loop {
            let answer = self.client.get(&self.url, &[("host", SERVER_NAME)]).await?;
            ensure!(answer.status == StatusCode::OK, "the route answers {}", answer.status);
            if answer.headers.contains_key(&mark) {
                return Ok(());
            }
            ensure!(Instant::now() < until, "no answer has the header {mark} after {PATIENCE:?}");
        }
    }

    async fn delete(&self, kind: &str, name: &str) -> Result<()> {
        let mutation = format!(
            "mutation($input: Delete{kind}Input!) {{ delete{kind}(input: $input) {{ userErrors {{ path message }} }} }}"
        );
        self.admin.mutate(&mutation, json!({ "input": { "name": name } })).await.map(drop)
    }
}
