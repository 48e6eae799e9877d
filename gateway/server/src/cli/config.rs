//! `sluice config`

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, Subcommand};
use gateway_model::{Document, DocumentFile};
use serde_json::{Value, json};

use super::{
    Failure,
    client::{Client, block_on},
};

/// Moves the configuration between a running gateway and files.
#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// Prints the running configuration as YAML.
    #[command(after_help = "Example:\n  sluice config export > sluice.yaml")]
    Export {
        #[command(flatten)]
        client: Client,
    },
    /// Checks a file as `apply` would, and changes nothing.
    ///
    /// Prints what would change. Exit code 3 if the file is refused, with every reason at its place.
    #[command(
        after_help = "Example:\n  sluice config validate sluice.yaml\n  sluice config validate --offline sluice.yaml"
    )]
    Validate {
        /// Check only what the file alone can tell: its form and the names that stand twice.
        #[arg(long)]
        offline: bool,
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        client: Client,
    },
    /// Makes the running configuration equal to the file, as one revision, or changes nothing at all.
    #[command(after_help = "Example:\n  sluice config apply sluice.yaml --comment 'sale ends'")]
    Apply {
        #[command(flatten)]
        file: File,
        /// Only if the running configuration is still at this revision.
        #[arg(long, value_name = "NUMBER")]
        expected_revision: Option<u64>,
        /// Why; the audit log keeps it.
        #[arg(long)]
        comment: Option<String>,
        #[command(flatten)]
        client: Client,
    },
}

#[derive(Debug, Args)]
pub(super) struct File {
    /// Configuration in YAML; `-` reads standard input.
    #[arg(value_name = "FILE")]
    path: PathBuf,
}

const EXPORT: &str = "{ currentRevision document }";

const APPLY: &str = "mutation($input: ApplyDocumentInput!) { applyDocument(input: $input) {
  revision committed
  edits { action kind name }
  warnings { path message }
  userErrors { path message }
} }";

impl Config {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Export { client } => block_on(export(&client)),
            Self::Validate { offline: true, file, .. } => {
                file.document()?;
                eprintln!("well-formed; what it refers to was not checked");
                Ok(())
            }
            Self::Validate { offline: false, file, client } => {
                let input = json!({ "document": file.document()?, "dryRun": true });
                block_on(apply(&client, input, "would be")).map(drop)
            }
            Self::Apply { file, expected_revision, comment, client } => {
                let input =
                    json!({ "document": file.document()?, "expectedRevision": expected_revision, "comment": comment });
                let revision = block_on(apply(&client, input, "was"))?;
                eprintln!("revision {revision} is live");
                Ok(())
            }
        }
    }
}

async fn export(client: &Client) -> Result<(), Failure> {
    let data = client.graphql(EXPORT, json!({})).await?;
    let content = data["document"].clone();
    let file: DocumentFile = serde_json::from_value(content).context("the gateway's document")?;
    let document = file.into_document().map_err(refused)?;
    println!("# revision {}\n{}", data["currentRevision"], gateway_config::to_yaml(&document));
    Ok(())
}

/// Sends the document and prints what it changes; returns the revision.
async fn apply(client: &Client, input: Value, tense: &str) -> Result<u64, Failure> {
    let data = client.graphql(APPLY, json!({ "input": input })).await?;
    let payload = &data["applyDocument"];
    let lines = |field: &str| -> Vec<String> {
        let list = payload[field].as_array().map_or(&[][..], Vec::as_slice);
        list.iter().map(finding).collect()
    };
    let errors = lines("userErrors");
    if !errors.is_empty() {
        return Err(Failure::Refused(errors));
    }
    lines("warnings").iter().for_each(|warning| eprintln!("warning at {warning}"));
    let edits = payload["edits"].as_array().map_or(&[][..], Vec::as_slice);
    for edit in edits {
        let [action, kind, name] = ["action", "kind", "name"].map(|field| edit[field].as_str().unwrap_or_default());
        println!("{} {} {name}", action.to_lowercase(), kind.to_lowercase().replace('_', " "));
    }
    if edits.is_empty() {
        eprintln!("nothing {tense} changed: the file says what runs");
    }
    payload["revision"].as_u64().context("the admin API named no revision").map_err(Failure::Failed)
}

fn finding(finding: &Value) -> String {
    let steps = finding["path"].as_array().map_or(&[][..], Vec::as_slice);
    let path: Vec<&str> = steps.iter().filter_map(Value::as_str).collect();
    format!("{}: {}", path.join("."), finding["message"].as_str().unwrap_or_default())
}

impl File {
    /// The document as JSON, in the form that the admin API takes.
    fn document(&self) -> Result<Value, Failure> {
        let document = parse(&self.read()?)?;
        Ok(serde_json::to_value(DocumentFile::from(&document))?)
    }

    fn read(&self) -> Result<String, Failure> {
        if self.path == Path::new("-") {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("standard input")?;
            return Ok(text);
        }
        Ok(fs::read_to_string(&self.path).with_context(|| self.path.display().to_string())?)
    }
}

fn parse(text: &str) -> Result<Document, Failure> {
    gateway_config::parse_yaml(text).map_err(refused)
}

fn refused(findings: Vec<gateway_model::Finding>) -> Failure {
    Failure::Refused(findings.iter().map(ToString::to_string).collect())
}
