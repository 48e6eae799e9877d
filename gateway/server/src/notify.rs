//! What the service manager is told (sd_notify(3)): a datagram to the socket that it has named in `NOTIFY_SOCKET`.

use std::{
    env, io,
    os::{
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr, UnixDatagram},
    },
    sync::Arc,
    time::Duration,
};

use tokio::task::JoinHandle;

/// Who is told; nobody if nobody asked. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Notifier(Option<Arc<(UnixDatagram, SocketAddr)>>);

/// Tells regularly that the process works, until it is dropped.
pub(crate) struct Watchdog(Option<JoinHandle<()>>);

impl Notifier {
    /// Whoever is named in the environment of this process.
    pub(crate) fn from_environment() -> Self {
        let Some(name) = env::var_os("NOTIFY_SOCKET") else { return Self::default() };
        match Self::to(name.as_encoded_bytes()) {
            Ok(notifier) => notifier,
            Err(error) => {
                tracing::warn!(%error, socket = %name.display(), "the service manager cannot be told anything");
                Self::default()
            }
        }
    }

    fn to(name: &[u8]) -> io::Result<Self> {
        let address = match name.strip_prefix(b"@") {
            Some(name) => SocketAddr::from_abstract_name(name)?,
            None => SocketAddr::from_pathname(std::ffi::OsStr::new(
                std::str::from_utf8(name).map_err(|_| io::ErrorKind::InvalidInput)?,
            ))?,
        };
        let socket = UnixDatagram::unbound()?;
        // A manager that does not listen must not hold up a gateway.
        socket.set_nonblocking(true)?;
        Ok(Self(Some(Arc::new((socket, address)))))
    }

    pub(crate) fn ready(&self) {
        self.tell(&format!("READY=1\nMAINPID={}\nSTATUS=serving", std::process::id()));
    }

    pub(crate) fn reloading(&self) {
        match nix::time::clock_gettime(nix::time::ClockId::CLOCK_MONOTONIC) {
            Ok(now) => {
                let micros = Duration::from(now).as_micros();
                self.tell(&format!("RELOADING=1\nMONOTONIC_USEC={micros}"));
            }
            Err(error) => tracing::warn!(%error, "there is no steady clock"),
        }
    }

    pub(crate) fn stopping(&self) {
        self.tell("STOPPING=1\nSTATUS=draining");
    }

    /// Another process is the service now.
    pub(crate) fn replaced_by(&self, process: i32) {
        self.tell(&format!("MAINPID={process}"));
    }

    /// Tells at half the interval that the environment asks for that the process works.
    pub(crate) fn watchdog(&self) -> Watchdog {
        let interval = interval(env::var("WATCHDOG_USEC").ok(), env::var("WATCHDOG_PID").ok());
        let Some(interval) = interval.filter(|_| self.0.is_some()) else { return Watchdog(None) };
        let notifier = self.clone();
        Watchdog(Some(tokio::spawn(async move {
            let mut ticks = tokio::time::interval(interval / 2);
            loop {
                ticks.tick().await;
                notifier.tell("WATCHDOG=1");
            }
        })))
    }

    fn tell(&self, what: &str) {
        let Some((socket, address)) = self.0.as_deref() else { return };
        if let Err(error) = socket.send_to_addr(what.as_bytes(), address) {
            tracing::warn!(%error, what, "the service manager was not told");
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}

/// How often this process must show that it works.
fn interval(micros: Option<String>, process: Option<String>) -> Option<Duration> {
    let meant = process.is_none_or(|process| process == std::process::id().to_string());
    let micros = micros?.parse().ok().filter(|micros| *micros > 0 && meant)?;
    Some(Duration::from_micros(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(socket: &UnixDatagram) -> String {
        let mut buffer = [0; 512];
        let length = socket.recv(&mut buffer).unwrap();
        String::from_utf8(buffer[..length].to_vec()).unwrap()
    }

    #[test]
    fn sockets_with_a_path_and_abstract_ones_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let by_path = UnixDatagram::bind(&path).unwrap();
        Notifier::to(path.as_os_str().as_encoded_bytes()).unwrap().stopping();
        assert_eq!(heard(&by_path), "STOPPING=1\nSTATUS=draining");

        let name = format!("sluice-notify-{}", std::process::id());
        let abstract_one = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        Notifier::to(format!("@{name}").as_bytes()).unwrap().reloading();
        let told = heard(&abstract_one);
        let micros = told.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap();
        assert!(micros.parse::<u64>().unwrap() > 0, "{told}");
    }

    #[test]
    fn a_watchdog_of_another_process_is_not_fed() {
        let (own, usec) = (Some(std::process::id().to_string()), || Some("2000000".to_owned()));
        assert_eq!(interval(usec(), own), Some(Duration::from_secs(2)));
        assert_eq!(interval(usec(), None), Some(Duration::from_secs(2)));
        assert_eq!(interval(usec(), Some("1".into())), None);
        assert_eq!(interval(Some("0".into()), None), None);
        assert_eq!(interval(None, None), None);
    }
}
