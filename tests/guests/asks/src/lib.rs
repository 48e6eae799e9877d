//! Asks the upstream `policy` what `x-ask` says, answers with what it heard, and posts to `audit` what became of each request.

use sluice_sdk::{
    callout::{self, Call, HostError},
    prelude::*,
    remote,
};

/// What is used beside callouts.
#[derive(Debug, Config)]
pub struct Settings {
    /// Name of a remote store in which visits are counted.
    store: Option<String>,
}

/// The plugin.
#[derive(Debug)]
pub struct Asks {
    ask: HeaderSlot,
    heard: HeaderName,
    visits: HeaderName,
    store: Option<remote::Store>,
}

#[plugin(name = "asks", order = 500)]
impl Plugin for Asks {
    type Config = Settings;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            ask: setup.request_header("x-ask"),
            heard: setup.header_name("x-heard"),
            visits: setup.header_name("x-visits"),
            store: settings.store.map(|name| setup.remote_kv(&name)).transpose()?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        if let Some(store) = self.store {
            let visits = store.increment("visits", 1, None);
            request.set_header(self.visits, said(visits.map(|visits| visits.to_string())));
        }
        let heard = match request.header(self.ask) {
            Some("all") => {
                let paths = ["/one", "/two", "/three"];
                let replies = callout::send_all(paths.map(|path| Call::get("policy", path)));
                replies.into_iter().map(|reply| said(reply.map(path_of))).collect::<Vec<_>>().join(",")
            }
            Some(path) => {
                let call = Call::get("policy", path).header("x-from", "asks").timeout(Duration::from_millis(200));
                said(call.send().map(path_of))
            }
            None => return Ok(Flow::next_with(())),
        };
        request.set_header(self.heard, heard);
        Ok(Flow::next_with(()))
    }

    fn on_log(&self, summary: &Summary<'_>, _state: ()) -> Result<()> {
        let line = format!("{} {} {}", summary.method, summary.path, summary.status);
        Call::post("audit", "/lines").body(line).send_detached()?;
        Ok(())
    }
}

/// The path that the upstream says it saw.
fn path_of(reply: callout::Reply) -> String {
    let seen: Result<serde_json::Value> = reply.json();
    seen.map_or_else(|error| error.to_string(), |seen| seen["path"].as_str().unwrap_or("?").to_owned())
}

fn said(result: Result<String, HostError>) -> String {
    match result {
        Ok(text) => text,
        Err(HostError::Timeout) => "timeout".to_owned(),
        Err(HostError::Unavailable(_)) => "unavailable".to_owned(),
        Err(error) => error.to_string(),
    }
}
