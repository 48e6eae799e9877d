//! Who we are to a registry: by option and environment, else what `docker login` has left.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, bail};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use oci_client::secrets::RegistryAuth;
use serde_json::Value;

use super::Access;

/// # Errors
/// A user without a password, or a password file that cannot be read. A docker configuration that cannot be read is none.
pub(super) fn find(registry: &str, access: &Access) -> anyhow::Result<RegistryAuth> {
    if let Some(name) = &access.username {
        return Ok(RegistryAuth::Basic(name.clone(), password(access)?));
    }
    let known = docker_config().and_then(|config| from_docker(&config, registry));
    Ok(known.unwrap_or(RegistryAuth::Anonymous))
}

fn password(access: &Access) -> anyhow::Result<String> {
    if let Some(file) = &access.password_file {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    }
    match env::var("SLUICE_REGISTRY_PASSWORD") {
        Ok(password) => Ok(password),
        Err(_) => bail!("a user of the registry without a password: give --password-file or SLUICE_REGISTRY_PASSWORD"),
    }
}

fn docker_config() -> Option<Value> {
    let folder = env::var_os("DOCKER_CONFIG").map(PathBuf::from);
    let folder = folder.or_else(|| env::home_dir().map(|home| home.join(".docker")))?;
    serde_json::from_slice(&fs::read(folder.join("config.json")).ok()?).ok()
}

/// `auths.REGISTRY.auth` is base64 of `user:password`; some write the registry as a URL.
fn from_docker(config: &Value, registry: &str) -> Option<RegistryAuth> {
    let auths = config.get("auths")?.as_object()?;
    let bare =
        |key: &str| key.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/') == registry;
    let (_, entry) = auths.iter().find(|(key, _)| bare(key))?;
    let pair = String::from_utf8(from_base64(entry.get("auth")?.as_str()?)?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some(RegistryAuth::Basic(user.to_owned(), password.to_owned()))
}

pub(super) fn to_base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_docker_login_left_is_used_for_its_registry_alone() {
        let config = json!({ "auths": { "https://registry.example/": { "auth": to_base64(b"me:pass:word") } } });
        let found = from_docker(&config, "registry.example");
        assert_eq!(found, Some(RegistryAuth::Basic("me".to_owned(), "pass:word".to_owned())));
        assert_eq!(from_docker(&config, "registry.example:5000"), None);
        assert_eq!(from_docker(&json!({}), "registry.example"), None);
    }
}
