//! The table of commands: what to paste, and what each will answer.

use std::process::Command;

use super::{folder::Folder, gateway::Supervised, seed::Seeded};

/// One command and its answer.
pub(super) struct Step {
    /// What it shows.
    title: String,
    /// For a POSIX shell in the project's root.
    command: String,
    /// What its output will contain, in this order.
    answers: Vec<String>,
}

/// The commands in the order in which they tell the story.
pub(super) fn steps(folder: &Folder, _gateway: &Supervised, seeded: &Seeded) -> Vec<Step> {
    let at = folder.shown;
    let orders = format!("https://localhost:{}/orders", folder.https.port());
    let curl = format!("curl -sS --cacert {at}/ca.pem");
    let graphql =
        format!("curl -sS -H @{at}/admin.header -H 'content-type: application/json' http://{}/graphql", folder.admin);
    let status = "-o /dev/null -w '%{http_code}'";
    let mut steps = vec![
        step(
            "without a key: refused with a challenge",
            format!("{curl} -i {orders}"),
            &["HTTP/2 401", "www-authenticate:", "problem+json"],
        ),
        step(
            "with a key, over HTTP/2",
            format!("{curl} -i -H @{at}/acme.header {orders}"),
            &["HTTP/2 200", "ratelimit:", r#""x-sluice-consumer":"acme""#, r#""upstream":"orders""#],
        ),
        step(
            "with a key, over HTTP/1.1, from the other upstream",
            format!("{curl} -i --http1.1 -H @{at}/acme.header {}", orders.replace("/orders", "/search")),
            &["HTTP/1.1 200", r#""upstream":"search""#],
        ),
    ];
    steps.extend(seeded.tokens.iter().map(|name| {
        let command = format!("{curl} -i -H @{at}/jwt-{name}.header {orders}");
        step(&format!("with a token signed by {name}"), command, &["HTTP/2 200", r#""x-sluice-consumer":"acme""#])
    }));
    let six = format!("for i in 1 2 3 4 5 6; do {curl} {status} -H @{at}/newcomer.header {orders}; echo; done");
    let double = r#"{"query":"mutation { updateUsagePlan(input: {name: \"trial\", throttle: {burstLimit: 10}}) { usagePlan { throttle { rateLimit burstLimit } } revision userErrors { path message } } }"}"#;
    let read = r#"{"query":"{ usagePlan(name: \"trial\") { throttle { burstLimit } } }"}"#;
    let crash = format!(
        "kill -9 $(cat {at}/pid); until curl -sSf http://{}/readyz 2>/dev/null; do sleep 0.1; done",
        folder.admin
    );
    steps.extend([
        step("past the burst of 5: refused", six, &["200\n200\n200\n200\n200\n429"]),
        step(
            "the refusal says when to come back",
            format!("{curl} -i -H @{at}/newcomer.header {orders}"),
            &["HTTP/2 429", "retry-after:", "problem+json", "ratelimit-policy:", "ratelimit:"],
        ),
        step(
            "an admin doubles the burst",
            format!("{graphql} -d '{double}'"),
            &[r#""burstLimit":10"#, r#""userErrors":[]"#],
        ),
        step(
            "it acts on the very next request",
            format!("{curl} -i -H @{at}/newcomer.header {orders}"),
            &["HTTP/2 200", "ratelimit:"],
        ),
        step("kill -9, and the gateway starts again", crash, &[]),
        step("the change is still there", format!("{graphql} -d '{read}'"), &[r#""burstLimit":10"#]),
        step("and clients are served", format!("{curl} -i -H @{at}/acme.header {orders}"), &["HTTP/2 200"]),
    ]);
    steps
}

fn step(title: &str, command: String, answers: &[&str]) -> Step {
    Step { title: title.to_owned(), command, answers: answers.iter().map(|text| (*text).to_owned()).collect() }
}

/// Prints the table.
pub(super) fn print(steps: &[Step]) {
    println!("\nPaste these in another terminal, in this folder, from the first to the last:\n");
    for (number, step) in steps.iter().enumerate() {
        println!("{:>2}. {}", number + 1, step.title);
        println!("    {}", step.command);
        if !step.answers.is_empty() {
            println!("    → {}\n", step.answers.join(" … ").replace('\n', " "));
        }
    }
}

impl Step {
    /// Runs the command and says whether it answers as promised; prints what it did.
    pub(super) fn holds(&self) -> bool {
        let output = match Command::new("sh").arg("-c").arg(&self.command).output() {
            Ok(output) => output,
            Err(error) => {
                println!("FAIL {}: no shell: {error}", self.title);
                return false;
            }
        };
        let text = String::from_utf8_lossy(&output.stdout).replace('\r', "");
        let holds = output.status.success() && contains_in_order(&text, &self.answers);
        match holds {
            true => println!("ok   {}", self.title),
            false => println!(
                "FAIL {}\n$ {}\nexpected: {:?}\n{}\n{text}{}",
                self.title,
                self.command,
                self.answers,
                output.status,
                String::from_utf8_lossy(&output.stderr)
            ),
        }
        holds
    }
}

fn contains_in_order(text: &str, parts: &[String]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.find(part.as_str()) {
        Some(start) => {
            rest = &rest[start + part.len()..];
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_only_with_every_part_in_order() {
        let parts = ["a", "b"].map(str::to_owned);
        assert!(contains_in_order("xaxbx", &parts));
        assert!(!contains_in_order("ba", &parts));
        assert!(!contains_in_order("a", &parts));
    }
}
