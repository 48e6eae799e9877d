//! `sluice token`

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use clap::Subcommand;
use gateway_config::{Sandbox, Service};
use gateway_model::{PluginFacts, ResolvedAttachment};
use gateway_store::Sqlite;

use super::{Failure, client};
use crate::settings::Settings;

/// Makes admin tokens.
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Makes an admin token and prints it, once.
    ///
    /// It works on the data folder itself, beside a running gateway or without one, so that a lost token can be replaced.
    #[command(after_help = "Example:\n  sluice token create ci --settings sluice.toml")]
    Create {
        /// Who will use it; the audit log shows this name.
        name: String,
        /// TOML file with the gateway's settings, for its data folder.
        #[arg(long, env = "SLUICE_SETTINGS", value_name = "FILE")]
        settings: Option<PathBuf>,
    },
}

impl Token {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self::Create { name, settings } = self;
        let settings = Settings::load(settings.as_deref(), std::env::vars())?;
        let database = settings.database();
        if !database.exists() {
            let path = database.display();
            return Err(
                anyhow::anyhow!("no gateway has its data at {path}: give its --settings, or SLUICE_DATA").into()
            );
        }
        client::block_on(async {
            let store = Arc::new(Sqlite::open(&database).await?);
            let service = Service::open(store.clone(), store, Arc::new(NoSandbox)).await?;
            println!("{}", service.create_token(&gateway_config::command_line(), &name).await?);
            Ok(())
        })
    }
}

/// Making a token runs no plugin.
struct NoSandbox;

#[async_trait]
impl Sandbox for NoSandbox {
    async fn inspect(&self, _wasm: Vec<u8>) -> Result<PluginFacts, String> {
        Err("no plugin runs while a token is made".to_owned())
    }

    async fn rehearse(&self, _attachment: &ResolvedAttachment) -> Result<(), String> {
        Err("no plugin runs while a token is made".to_owned())
    }
}
