//! Certificates of the settings: read again when their files change; and warnings of certificates that will end soon.

use std::{
    fs::{self, Metadata},
    io::{ErrorKind, Write},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use gateway_config::{Service, Vault, WARNING_DAYS, remark};
use gateway_proxy::tls::{self, KeyOpener, Termination};
use gateway_telemetry::{CertificateMetrics, Metrics};
use jiff::Timestamp;
use tokio::{
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};

use crate::settings::{ClientAuth, Settings, TlsListener};

/// How often files are looked at. A change is taken over when it has stood for as long: both files of a pair are written then.
const POLL: Duration = Duration::from_secs(1);
/// How often it is said in the log which certificates end soon.
const REMINDER: Duration = Duration::from_secs(24 * 60 * 60);

/// The files of the TLS listener, and what it serves with.
pub(crate) struct CertificateFiles {
    https: TlsListener,
    termination: Arc<Termination>,
    metrics: CertificateMetrics,
    /// How the files stood when they were read first.
    first: Vec<Stamp>,
}

/// What tells one state of a file from another; none while it is not there.
type Stamp = Option<(u64, u64, (i64, i64), (i64, i64))>;

impl CertificateFiles {
    /// Reads the files; none where there is no TLS listener.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub(crate) fn load(settings: &Settings, metrics: &Metrics) -> Result<Option<Arc<Self>>> {
        if !settings.has_tls() {
            return Ok(None);
        }
        // Before they are read: what is written meanwhile is read again.
        let first = stamps(&settings.https);
        let contents = Contents::read(&settings.https)?;
        let termination = Termination::new(contents.pair(), contents.clients(&settings.https));
        let termination = termination.context("https.certificate, https.key and https.authorities")?;
        let (https, metrics) = (settings.https.clone(), metrics.certificates());
        metrics.of_settings(termination.certificate_ends_ms());
        Ok(Some(Arc::new(Self { https, termination: Arc::new(termination), metrics, first })))
    }

    pub(crate) fn termination(&self) -> Arc<Termination> {
        self.termination.clone()
    }

    /// Reads the files again. New connections are served with what is in them now; those that are there stay as they are.
    ///
    /// # Errors
    /// What is wrong with one of them; everything stays as it is, and the log and the metrics say so.
    pub(crate) fn reload(&self) -> Result<()> {
        let outcome = self.try_reload();
        match &outcome {
            Ok(()) => {
                self.metrics.reloaded.add(1);
                self.metrics.of_settings(self.termination.certificate_ends_ms());
                tracing::info!("the certificate files of the settings were read again");
            }
            Err(error) => {
                self.metrics.reload_failed.add(1);
                let error = format!("{error:#}");
                tracing::error!(error, "the certificate files cannot be used: those before go on serving");
            }
        }
        outcome
    }

    fn try_reload(&self) -> Result<()> {
        let contents = Contents::read(&self.https)?;
        let replaced = self.termination.replace(contents.pair(), contents.clients(&self.https));
        replaced.context("https.certificate, https.key and https.authorities")
    }

    /// Follows the files until the result is aborted.
    pub(crate) fn watch(self: &Arc<Self>) -> JoinHandle<()> {
        tokio::spawn(follow(self.clone()))
    }
}

async fn follow(files: Arc<CertificateFiles>) {
    let mut timer = interval(POLL);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut taken = files.first.clone();
    let mut seen = taken.clone();
    loop {
        timer.tick().await;
        let now = stamps(&files.https);
        if now != taken && now == seen {
            // What is wrong was said: it is tried again when the files change again.
            drop(files.reload());
            taken.clone_from(&now);
        }
        seen = now;
    }
}

fn stamps(https: &TlsListener) -> Vec<Stamp> {
    let paths = [&https.certificate, &https.key, &https.authorities];
    paths.into_iter().filter(|path| !path.as_os_str().is_empty()).map(|path| stamp(path)).collect()
}

/// Links are followed: some tools put a new folder in the place of an old one.
fn stamp(path: &Path) -> Stamp {
    // When its permissions changed, too: what could not be read may be readable now.
    let stamp =
        |file: Metadata| (file.ino(), file.len(), (file.mtime(), file.mtime_nsec()), (file.ctime(), file.ctime_nsec()));
    fs::metadata(path).ok().map(stamp)
}

/// What the files hold.
struct Contents {
    pair: Option<(Vec<u8>, Vec<u8>)>,
    authorities: Vec<u8>,
}

impl Contents {
    fn read(https: &TlsListener) -> Result<Self> {
        let read = |path: &PathBuf| fs::read(path).with_context(|| path.display().to_string());
        let pair = match https.has_files() {
            true => {
                Some((read(&https.certificate).context("https.certificate")?, read(&https.key).context("https.key")?))
            }
            false => None,
        };
        let authorities = match https.client_auth {
            ClientAuth::None => Vec::new(),
            ClientAuth::Optional | ClientAuth::Required => read(&https.authorities).context("https.authorities")?,
        };
        Ok(Self { pair, authorities })
    }

    fn pair(&self) -> Option<(&[u8], &[u8])> {
        self.pair.as_ref().map(|(certificate, key)| (certificate.as_slice(), key.as_slice()))
    }

    fn clients(&self, https: &TlsListener) -> tls::ClientAuth<'_> {
        match https.client_auth {
            ClientAuth::None => tls::ClientAuth::None,
            ClientAuth::Optional => tls::ClientAuth::Optional(&self.authorities),
            ClientAuth::Required => tls::ClientAuth::Required(&self.authorities),
        }
    }
}

/// What private keys are sealed with: the file that the settings name, or one in the data folder, which is made at the first
/// start. It is not in the store, so that whoever has a copy of that has no private keys.
///
/// # Errors
/// The file cannot be read or made, or holds no key.
pub(crate) fn vault(settings: &Settings) -> Result<Vault> {
    let file = settings.certificate_key_file();
    let about = || format!("certificates.key_file: {}", file.display());
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && settings.certificates.key_file.as_os_str().is_empty() => {
            make(&file).with_context(about)?;
            fs::read_to_string(&file).with_context(about)?
        }
        Err(error) => return Err(error).with_context(about),
    };
    let mode = fs::metadata(&file).with_context(about)?.permissions().mode();
    if mode & 0o007 != 0 {
        bail!("{}: everybody can read it: chmod 600 it", about());
    }
    Vault::from_lines(&text).with_context(about)
}

/// Never half a file, and never in the place of one that another process has made meanwhile.
fn make(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut made = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(made, "{}", Vault::new_line())?;
    made.as_file().sync_all()?;
    match made.persist_noclobber(file) {
        Ok(_) => tracing::info!(file = %file.display(), "made the key that private keys are sealed with"),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.error.into()),
    }
    Ok(fs::File::open(folder)?.sync_all()?)
}

/// Opens private keys for the data path.
pub(crate) fn opener(vault: Vault) -> KeyOpener {
    Arc::new(move |certificate| {
        vault.certified(&certificate.configured.private_key, &certificate.facts).map_err(|error| error.to_string())
    })
}

/// Says once a day which certificates end soon, or have ended.
pub(crate) fn remind(service: &Service, files: Option<Arc<CertificateFiles>>) -> JoinHandle<()> {
    let snapshots = service.snapshots();
    tokio::spawn(async move {
        let mut timer = interval(REMINDER);
        timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            timer.tick().await;
            let snapshot = snapshots.borrow().clone();
            let configured = snapshot.certificates.all().iter();
            let configured = configured.map(|it| (it.configured.name.as_str(), it.facts.not_after_ms));
            let of_settings = files.as_ref().and_then(|files| files.termination.certificate_ends_ms());
            let of_settings = of_settings.map(|end| (CertificateMetrics::OF_SETTINGS, end));
            for (certificate, end) in configured.chain(of_settings) {
                if let Some(remark) = remark(end, Timestamp::now()) {
                    tracing::warn!(certificate, remark, "a certificate ends within {WARNING_DAYS} days");
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(folder: &Path) -> Settings {
        Settings { data: folder.to_owned(), ..Settings::default() }
    }

    #[test]
    fn the_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        vault(&settings).unwrap();
        let file = settings.certificate_key_file();
        let first = fs::read(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        vault(&settings).unwrap();
        assert_eq!(fs::read(&file).unwrap(), first);
    }

    #[test]
    fn a_key_that_everybody_can_read_or_that_is_named_and_missing_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = settings(folder.path());
        vault(&settings).unwrap();
        fs::set_permissions(settings.certificate_key_file(), fs::Permissions::from_mode(0o644)).unwrap();
        let error = format!("{:#}", vault(&settings).unwrap_err());
        assert!(error.contains("chmod 600"), "{error}");
        settings.certificates.key_file = folder.path().join("elsewhere");
        let error = format!("{:#}", vault(&settings).unwrap_err());
        assert!(error.contains("certificates.key_file") && error.contains("elsewhere"), "{error}");
        assert!(!settings.certificates.key_file.exists());
    }
}
