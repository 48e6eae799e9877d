//! The log lines of a plugin in a gateway that runs elsewhere, fetched as they come.

use std::{collections::HashMap, sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::cli::client::Client;

/// How often it asks.
const PERIOD: Duration = Duration::from_millis(500);

/// Lines of one attachment at a time; of more only the newest are shown.
const LINES: u32 = 200;

const ATTACHMENTS: &str = "query($name: String!) { plugin(name: $name) { attachments(first: 20) { nodes { name } } } }";

const LOGS: &str = "query($name: String!, $after: Long, $last: Int!) { attachment(name: $name) {
  logs(after: $after, last: $last) { sequence level message requestId }
} }";

/// Prints the lines that the plugin's attachments write from now on; ends when the gateway does not answer as it should.
pub(super) async fn follow(client: Arc<Client>, plugin: String) {
    let mut seen: HashMap<String, u64> = HashMap::new();
    loop {
        let found = match client.graphql(ATTACHMENTS, json!({ "name": plugin })).await {
            Ok(found) => found,
            Err(failure) => return eprintln!("sluice: the plugin's log is not followed any more: {failure}"),
        };
        for name in names(&found["plugin"]["attachments"]) {
            let first = !seen.contains_key(&name);
            let after = seen.get(&name).copied();
            let variables = json!({ "name": name, "after": after, "last": LINES });
            let lines = match client.graphql(LOGS, variables).await {
                Ok(lines) => lines,
                Err(failure) => return eprintln!("sluice: the plugin's log is not followed any more: {failure}"),
            };
            let lines = lines["attachment"]["logs"].as_array().cloned().unwrap_or_default();
            let newest = lines.iter().filter_map(|line| line["sequence"].as_u64()).max();
            // What was written before we came is history.
            if !first {
                lines.iter().for_each(|line| print(&name, line));
            }
            seen.insert(name, newest.or(after).unwrap_or_default());
        }
        tokio::time::sleep(PERIOD).await;
    }
}

fn names(attachments: &Value) -> Vec<String> {
    let nodes = attachments["nodes"].as_array().into_iter().flatten();
    nodes.filter_map(|node| node["name"].as_str().map(str::to_owned)).collect()
}

fn print(attachment: &str, line: &Value) {
    let text = |member: &str| line[member].as_str().unwrap_or_default().to_owned();
    eprintln!("{:>5} {attachment} {} {}", text("level"), text("requestId"), text("message"));
}
