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
    client::{Client, block_on, finding},
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
    ///
    /// A file that would delete something is refused, unless you say --delete.
    #[command(after_help = "Example:\n  sluice config apply sluice.yaml --comment 'sale ends'")]
    Apply {
        #[command(flatten)]
        file: File,
        /// Delete what runs and is not in the file: routes, consumers, API keys, plugins and their attachments.
        #[arg(long)]
        delete: bool,
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
                block_on(send(&client, input)).map(|plan| plan.print("would be"))
            }
            Self::Apply { file, delete, expected_revision, comment, client } => {
                let document = file.document()?;
                block_on(async {
                    let dry = json!({ "document": document, "dryRun": true, "expectedRevision": expected_revision });
                    let plan = send(&client, dry).await?;
                    if !delete {
                        plan.refuse_deletions()?;
                    }
                    // What was looked at is what is applied: whoever changes something in between makes this a conflict.
                    let input = json!({ "document": document, "expectedRevision": plan.revision, "comment": comment });
                    let applied = send(&client, input).await?;
                    applied.print("was");
                    eprintln!("revision {} is live", applied.revision);
                    Ok(())
                })
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

/// What a document changes, or would change.
struct Plan {
    revision: u64,
    edits: Vec<Edit>,
}

struct Edit {
    action: String,
    kind: String,
    name: String,
}

impl Plan {
    fn print(&self, tense: &str) {
        for edit in &self.edits {
            println!("{} {} {}", edit.action, edit.kind, edit.name);
        }
        if self.edits.is_empty() {
            eprintln!("nothing {tense} changed: the file says what runs");
        }
    }

    fn refuse_deletions(&self) -> Result<(), Failure> {
        let deletions = self.edits.iter().filter(|edit| edit.action == "delete");
        let mut lines: Vec<String> =
            deletions.map(|edit| format!("{} {:?} runs and is not in the file", edit.kind, edit.name)).collect();
        if lines.is_empty() {
            return Ok(());
        }
        lines.push("say --delete to delete all of it, or begin with `sluice config export`".to_owned());
        Err(Failure::Refused(lines))
    }
}

/// Sends the document and returns what it changes.
async fn send(client: &Client, input: Value) -> Result<Plan, Failure> {
    let data = client.graphql(APPLY, json!({ "input": input })).await?;
    let payload = &data["applyDocument"];
    let list = |field: &str| payload[field].as_array().map_or(&[][..], Vec::as_slice);
    let errors: Vec<String> = list("userErrors").iter().map(finding).collect();
    if !errors.is_empty() {
        return Err(Failure::Refused(errors));
    }
    list("warnings").iter().for_each(|warning| eprintln!("warning at {}", finding(warning)));
    let revision = payload["revision"].as_u64().context("the admin API named no revision")?;
    Ok(Plan { revision, edits: list("edits").iter().map(edit).collect() })
}

fn edit(edit: &Value) -> Edit {
    let word = |field: &str| edit[field].as_str().unwrap_or_default();
    Edit {
        action: word("action").to_lowercase(),
        kind: word("kind").to_lowercase().replace('_', " "),
        name: word("name").to_owned(),
    }
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
