//! The demo's folder: certificates, settings, and one file for each header that a command sends.

use std::{
    fs,
    io::Write,
    net::{SocketAddr, TcpListener},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sluice_testkit::certificate::Authority;

/// Where the demo keeps its files, and where its gateway listens.
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// The path as commands name it, relative to the project's root.
    pub(super) shown: &'static str,
    pub(super) http: SocketAddr,
    pub(super) https: SocketAddr,
    pub(super) admin: SocketAddr,
}

impl Folder {
    /// Makes the folder anew, with a certificate for `localhost` and settings for a gateway that uses it.
    pub(super) fn create(root: &Path) -> Result<Self> {
        let shown = "target/demo";
        let path = root.join(shown);
        if path.exists() {
            fs::remove_dir_all(&path).with_context(|| format!("the last demo's folder {shown}"))?;
        }
        fs::create_dir_all(path.join("data/secrets"))?;
        let [http, https, admin] = [8080, 8443, 9000].map(usual_or_free);
        let folder = Self { path, shown, http: http?, https: https?, admin: admin? };
        let authority = Authority::new()?;
        let certificate = authority.issue(&["localhost", "127.0.0.1"])?;
        folder.write("ca.pem", &authority.pem())?;
        folder.write("localhost.pem", &certificate.chain_pem)?;
        folder.write("localhost.key", &certificate.key_pem)?;
        folder.write("sluice.toml", &folder.settings())?;
        Ok(folder)
    }

    /// Writes a file that only its owner can read.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<()> {
        let mut options = fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(self.path.join(name))?;
        Ok(file.write_all(text.as_bytes())?)
    }

    /// Reads a file without the line end behind it.
    pub(super) fn read(&self, name: &str) -> Result<String> {
        let text = fs::read_to_string(self.path.join(name)).with_context(|| name.to_owned())?;
        Ok(text.trim_end().to_owned())
    }

    fn settings(&self) -> String {
        let at = |name: &str| toml_string(&self.path.join(name));
        format!(
            "data = {data}\n\n[http]\naddress = \"{http}\"\n\n[https]\naddress = \"{https}\"\ncertificate = {certificate}\n\
             key = {key}\n\n[admin]\naddress = \"{admin}\"\n\n[log]\naccess = {access}\n",
            data = at("data"),
            http = self.http,
            https = self.https,
            certificate = at("localhost.pem"),
            key = at("localhost.key"),
            admin = self.admin,
            access = at("access.log"),
        )
    }
}

fn toml_string(path: &Path) -> String {
    format!("{:?}", path.display().to_string())
}

/// The usual port on loopback, or a free one when somebody has it.
fn usual_or_free(port: u16) -> Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", port)).or_else(|_| TcpListener::bind(("127.0.0.1", 0)))?;
    Ok(listener.local_addr()?)
}
