//! Where a plugin runs while it is written: in a gateway of our own, or in one that runs already.

use std::{path::PathBuf, sync::Arc};

use bytes::Bytes;
use tokio::task::JoinHandle;

use super::{super::gateway, Dev, Failure, playground::Playground, tail};
use crate::cli::client::Client;

pub(super) enum Target {
    Own(Box<Playground>),
    Running {
        client: Arc<Client>,
        /// What prints the plugin's log lines, from when the plugin's name is known.
        log: Option<JoinHandle<()>>,
    },
}

impl Target {
    /// # Errors
    /// Our own gateway does not start. One that runs is not asked for yet.
    pub(super) async fn start(options: Dev, config: Option<PathBuf>) -> Result<Self, Failure> {
        match options.gateway {
            Some(admin) => Ok(Self::Running { client: Arc::new(Client::new(admin, options.token_file)), log: None }),
            None => Ok(Self::Own(Box::new(Playground::start(options, config).await?))),
        }
    }

    /// Swaps the module in and says what is live.
    ///
    /// # Errors
    /// The module or its configuration is refused; what ran before goes on.
    pub(super) async fn put(&mut self, wasm: Bytes) -> Result<String, Failure> {
        match self {
            Self::Own(playground) => playground.put(wasm).await,
            Self::Running { client, log } => {
                let (uploaded, done) = gateway::put(client, wasm, None, None).await?;
                log.get_or_insert_with(|| tokio::spawn(tail::follow(client.clone(), uploaded.name.clone())));
                let note = match done {
                    gateway::Put::Created => ", not attached yet: `sluice plugin push --attach` does that",
                    gateway::Put::Upgraded => "",
                    gateway::Put::Unchanged => ", which is what ran before",
                };
                Ok(format!("{} {}{note}", uploaded.name, uploaded.digest))
            }
        }
    }
}
