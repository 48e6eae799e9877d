//! What the commands for plugins do to a running gateway.

use bytes::Bytes;
use serde_json::{Value, json};

use super::{
    super::client::{Client, Uploaded},
    Failure,
};

const FIND: &str = "query($name: String!) { plugin(name: $name) { digest } }";

const CREATE: &str = "mutation($input: CreatePluginInput!) { createPlugin(input: $input) {
  revision userErrors { path message }
} }";

const UPGRADE: &str = "mutation($input: UpgradePluginInput!) { upgradePlugin(input: $input) {
  revision userErrors { path message }
} }";

/// What became of the name that a module was put under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    Created,
    Upgraded,
    /// It meant this module already.
    Unchanged,
}

/// Uploads a module and gives it the plugin's name: a new one, or one whose attachments all follow.
/// Without a name it takes the module's own.
pub(super) async fn put(
    client: &Client,
    wasm: Bytes,
    signature: Option<&[u8]>,
    name: Option<&str>,
) -> Result<(Uploaded, Put), Failure> {
    let mut uploaded = client.upload(wasm, signature).await?;
    if let Some(name) = name {
        name.clone_into(&mut uploaded.name);
    }
    let done = point(client, &uploaded.name, &uploaded.digest).await?;
    Ok((uploaded, done))
}

/// Has a plugin's name mean a module that the gateway has.
async fn point(client: &Client, name: &str, digest: &str) -> Result<Put, Failure> {
    let found = client.graphql(FIND, json!({ "name": name })).await?;
    let input = json!({ "input": { "name": name, "digest": digest } });
    match found["plugin"]["digest"].as_str() {
        Some(runs) if runs == digest => Ok(Put::Unchanged),
        Some(_) => client.mutate(UPGRADE, input).await.map(|_| Put::Upgraded),
        None => client.mutate(CREATE, input).await.map(|_| Put::Created),
    }
}

const FIND_ATTACHMENT: &str = "query($name: String!) { attachment(name: $name) { name } }";

const ATTACH: &str = "mutation($input: CreateAttachmentInput!) { createAttachment(input: $input) {
  revision userErrors { path message }
} }";

const REATTACH: &str = "mutation($input: UpdateAttachmentInput!) { updateAttachment(input: $input) {
  revision userErrors { path message }
} }";

/// Attaches a plugin under its own name, or changes how it is attached: `input` has the attachment's name and what is
/// to be so.
pub(super) async fn attach(client: &Client, mut input: Value) -> Result<(), Failure> {
    let found = client.graphql(FIND_ATTACHMENT, json!({ "name": input["name"] })).await?;
    if found["attachment"].is_null() {
        input["plugin"] = input["name"].clone();
        return client.mutate(ATTACH, json!({ "input": input })).await.map(drop);
    }
    client.mutate(REATTACH, json!({ "input": input })).await.map(drop)
}
