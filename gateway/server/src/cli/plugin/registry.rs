//! Plugins in an OCI registry: one manifest with one layer, the module.

mod cache;
mod credentials;
mod reference;

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail, ensure};
use aws_lc_rs::digest;
use bytes::Bytes;
use clap::Args;
use futures_util::StreamExt as _;
use gateway_model::PluginFacts;
use oci_client::{
    Client,
    client::{Certificate, CertificateEncoding, ClientConfig, ClientProtocol, Config, ImageLayer},
    errors::{OciDistributionError, OciErrorCode},
    manifest::{OCI_IMAGE_MEDIA_TYPE, OciDescriptor, OciImageManifest},
    secrets::RegistryAuth,
};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use serde_json::json;

use self::cache::Cache;
pub(super) use self::reference::Remote;
use super::Failure;

/// What the layer is.
const MODULE: &str = "application/wasm";

/// What the manifest's configuration is: facts about the plugin, in JSON.
const CONFIG: &str = "application/vnd.sluice.plugin.config.v1+json";

/// Where the layer says what signature it has, in base64.
const SIGNATURE: &str = "sluice.plugin.signature";

/// How to talk to the registry.
#[derive(Debug, Args)]
pub(super) struct Access {
    /// Talk to the registry without TLS; for one on this machine that is so anyway, unless --authorities is given.
    #[arg(long, conflicts_with = "authorities")]
    plain_http: bool,
    /// PEM file with the authorities that are trusted to say who the registry is, in place of those that the system trusts.
    #[arg(long, env = "SLUICE_REGISTRY_AUTHORITIES", value_name = "FILE")]
    authorities: Option<PathBuf>,
    /// User of the registry; the password is in SLUICE_REGISTRY_PASSWORD or --password-file. Without one, what
    /// `docker login` left in config.json is used.
    #[arg(long, env = "SLUICE_REGISTRY_USERNAME", value_name = "NAME")]
    username: Option<String>,
    /// File with the registry's password.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// A module as it lies in a registry.
pub(super) struct Pulled {
    pub(super) wasm: Bytes,
    /// The digest of the manifest, by which it can be pulled again.
    pub(super) manifest: String,
    /// A detached signature over the module, if it was pushed with one.
    pub(super) signature: Option<Vec<u8>>,
    /// The registry was not asked.
    pub(super) cached: bool,
}

/// Puts a module into the registry and returns its manifest's digest.
///
/// # Errors
/// The registry cannot be reached ([`Failure::Unreachable`]), or refuses.
pub(super) async fn push(
    remote: &Remote,
    access: &Access,
    wasm: Bytes,
    facts: &PluginFacts,
    signature: Option<&[u8]>,
) -> Result<String, Failure> {
    let (client, auth) = connect(remote, access)?;
    let config = json!({
        "name": facts.name, "version": facts.version, "description": facts.description, "digest": facts.digest,
        "hooks": facts.hooks, "imports": facts.imports, "grants": facts.needs,
    });
    let config = Config::new(config.to_string(), CONFIG.to_owned(), None);
    let title = ("org.opencontainers.image.title".to_owned(), format!("{}.wasm", facts.name));
    let signature = signature.map(|bytes| (SIGNATURE.to_owned(), credentials::to_base64(bytes)));
    let layer = ImageLayer::new(wasm, MODULE.to_owned(), Some([title].into_iter().chain(signature).collect()));
    let layers = [layer];
    let mut manifest = OciImageManifest::build(&layers, &config, None);
    manifest.media_type = Some(OCI_IMAGE_MEDIA_TYPE.to_owned());
    client.push(&remote.image, &layers, config, &auth, Some(manifest)).await.map_err(|error| told(remote, error))?;
    let digest = client.fetch_manifest_digest(&remote.image, &auth).await;
    digest.map_err(|error| told(remote, error))
}

/// Fetches a module. One that is named by digest and was pulled before comes from the cache, without the registry.
///
/// # Errors
/// The registry cannot be reached, has no such plugin, or hands out something else than it was asked for.
pub(super) async fn pull(remote: &Remote, access: &Access) -> Result<Pulled, Failure> {
    let cache = Cache::open()?;
    if let Some(pulled) = remote.image.digest().and_then(|digest| from_cache(&cache, digest)) {
        return Ok(pulled);
    }
    let (client, auth) = connect(remote, access)?;
    let fetched = client.pull_manifest_raw(&remote.image, &auth, &[OCI_IMAGE_MEDIA_TYPE]).await;
    let (manifest, _) = fetched.map_err(|error| told(remote, error))?;
    let digest = sha256(&manifest);
    if remote.image.digest().is_some_and(|asked| asked != digest) {
        return Err(anyhow!("{remote}: the registry answered {digest}: it must not be trusted with this").into());
    }
    let layer = layer(&manifest).with_context(|| remote.to_string())?;
    let wasm = match cache.get(&layer.digest) {
        Some(wasm) => wasm,
        None => blob(&client, remote, &layer).await?,
    };
    cache.put(&layer.digest, &wasm)?;
    cache.put(&digest, &manifest)?;
    Ok(Pulled { wasm: wasm.into(), manifest: digest, signature: signature(&layer), cached: false })
}

fn from_cache(cache: &Cache, digest: &str) -> Option<Pulled> {
    let manifest = cache.get(digest)?;
    let layer = layer(&manifest).ok()?;
    let wasm = cache.get(&layer.digest)?;
    Some(Pulled { wasm: wasm.into(), manifest: digest.to_owned(), signature: signature(&layer), cached: true })
}

/// The module's layer, out of a manifest that is one of ours.
fn layer(manifest: &[u8]) -> anyhow::Result<OciDescriptor> {
    let manifest: OciImageManifest = serde_json::from_slice(manifest)
        .context("this is no image manifest, so no plugin: name one that was pushed")?;
    let Some(layer) = manifest.layers.into_iter().find(|layer| layer.media_type == MODULE) else {
        bail!("it holds no layer of the type {MODULE}, so it is no plugin")
    };
    let size = usize::try_from(layer.size).unwrap_or(usize::MAX);
    let most = gateway_config::LARGEST_MODULE;
    ensure!(size <= most, "its module has {size} bytes: a gateway takes at most {most}");
    Ok(layer)
}

fn signature(layer: &OciDescriptor) -> Option<Vec<u8>> {
    credentials::from_base64(layer.annotations.as_ref()?.get(SIGNATURE)?)
}

/// Reads no more than the manifest announced, and compares digests.
async fn blob(client: &Client, remote: &Remote, layer: &OciDescriptor) -> Result<Vec<u8>, Failure> {
    let mut stream = client.pull_blob_stream(&remote.image, layer).await.map_err(|error| told(remote, error))?.stream;
    let most = usize::try_from(layer.size).unwrap_or_default();
    let mut wasm = Vec::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.with_context(|| remote.to_string())?;
        if wasm.len() + piece.len() > most {
            return Err(anyhow!("{remote}: the registry sends more than the {most} bytes that it announced").into());
        }
        wasm.extend_from_slice(&piece);
    }
    let actual = sha256(&wasm);
    if actual != layer.digest {
        return Err(anyhow!("{remote}: the registry sent {actual} for {}: nothing was kept", layer.digest).into());
    }
    Ok(wasm)
}

fn connect(remote: &Remote, access: &Access) -> Result<(Client, RegistryAuth), Failure> {
    let tls_certs_only = access.authorities.as_deref().map(authorities).transpose()?.unwrap_or_default();
    let protocol = match access.plain_http || (remote.is_here() && access.authorities.is_none()) {
        true => ClientProtocol::Http,
        false => ClientProtocol::Https,
    };
    let config = ClientConfig {
        protocol,
        tls_certs_only,
        connect_timeout: Some(std::time::Duration::from_secs(10)),
        read_timeout: Some(std::time::Duration::from_secs(60)),
        ..ClientConfig::default()
    };
    let client = Client::try_from(config).context("the client of the registry")?;
    let auth = credentials::find(remote.image.resolve_registry(), access)?;
    Ok((client, auth))
}

/// The certificates in a PEM file.
fn authorities(file: &Path) -> anyhow::Result<Vec<Certificate>> {
    let shown = || format!("--authorities {}", file.display());
    let pem = std::fs::read(file).with_context(shown)?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let certificates = certificates.ok().filter(|certificates| !certificates.is_empty());
    let certificates =
        certificates.context("this holds no certificate in PEM, or one that is damaged").with_context(shown)?;
    let der = |it: CertificateDer<'_>| Certificate { encoding: CertificateEncoding::Der, data: it.to_vec() };
    Ok(certificates.into_iter().map(der).collect())
}

/// What went wrong, with the remedy.
fn told(remote: &Remote, error: OciDistributionError) -> Failure {
    match error {
        OciDistributionError::RequestError(error) if error.is_connect() || error.is_timeout() => {
            Failure::Unreachable(anyhow!(
                "{remote}: the registry does not answer; what was pulled once can be pulled again by its digest without it"
            ))
        }
        error if is_stranger(&error) => anyhow!(
            "{remote}: the registry does not let you: give --username and --password-file, or `docker login` first"
        )
        .into(),
        error if is_unknown(&error) => {
            anyhow!("{remote}: the registry has no such plugin: look at the repository's name and the tag").into()
        }
        error => anyhow::Error::from(error).context(remote.to_string()).into(),
    }
}

/// Whether the registry does not know us, or does not let us do this.
fn is_stranger(error: &OciDistributionError) -> bool {
    match error {
        OciDistributionError::UnauthorizedError { .. } | OciDistributionError::AuthenticationFailure(_) => true,
        // What an upload without a name is answered with.
        OciDistributionError::ServerError { code, .. } => matches!(code, 401 | 403),
        OciDistributionError::RegistryError { envelope, .. } => {
            envelope.errors.iter().any(|error| matches!(error.code, OciErrorCode::Unauthorized | OciErrorCode::Denied))
        }
        _ => false,
    }
}

fn is_unknown(error: &OciDistributionError) -> bool {
    match error {
        OciDistributionError::ImageManifestNotFoundError(_) => true,
        OciDistributionError::RegistryError { envelope, .. } => envelope
            .errors
            .iter()
            .any(|error| matches!(error.code, OciErrorCode::ManifestUnknown | OciErrorCode::NameUnknown)),
        _ => false,
    }
}

/// `sha256:` and 64 hex digits.
fn sha256(bytes: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, bytes);
    digest.as_ref().iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}
