//! Private keys are nowhere to be read: not in what the admin API answers, not in its refusals, not in logs, not on disk.

use std::path::Path;

use gateway_tests::Process;

use super::*;

const BINARY: &str = env!("CARGO_BIN_EXE_sluice-under-test");

#[tokio::test]
async fn a_private_key_is_nowhere_to_be_read() -> Result<()> {
    let data = tempfile::tempdir()?;
    let settings =
        [("SLUICE_LOG_LEVEL", "trace"), ("SLUICE_HTTPS_ENABLED", "true"), ("SLUICE_HTTPS_ADDRESS", "127.0.0.1:0")];
    let process = Process::start_with(Path::new(BINARY), data.path(), &settings).await?;
    let authority = Authority::new()?;
    let pairs = [authority.issue(&["shop.test"])?, authority.issue(&["shop.test"])?];
    let mut said = String::new();
    let run = async |query: &str, variables: Value| -> Result<String> {
        Ok(process.admin.graphql_raw(query, variables).await?.to_string())
    };
    let create = "mutation($input: CreateCertificateInput!) { createCertificate(input: $input) { certificate { name certificate fingerprint dnsNames subject issuer keyAlgorithm notBefore expiresAt daysLeft } userErrors { path message } } }";
    let update = "mutation($input: UpdateCertificateInput!) { updateCertificate(input: $input) { revision userErrors { path message } } }";
    let apply = "mutation($input: ApplyDocumentInput!) { applyDocument(input: $input) { edits { before after } userErrors { path message } } }";
    let [first, second] = &pairs;
    let input = json!({ "name": "shop", "certificate": first.chain_pem, "privateKey": first.key_pem });
    let created = run(create, json!({ "input": input })).await?;
    assert!(created.contains("ECDSA P-256") && created.contains("\"userErrors\":[]"), "{created}");
    said += &created;
    // Refused in every way: the pair does not fit, the key is among the certificates, fields are misspelt or of the wrong type.
    for input in [
        json!({ "name": "shop", "privateKey": second.key_pem }),
        json!({ "name": "shop", "certificate": format!("{}{}", second.chain_pem, second.key_pem) }),
        json!({ "name": "shop", "certificate": second.key_pem, "privateKey": second.chain_pem }),
        json!({ "name": "shop", "privatKey": second.key_pem }),
        json!({ "name": "shop", "privateKey": [[second.key_pem]] }),
        json!({ "name": second.key_pem, "privateKey": second.key_pem }),
        json!({ "name": "shop", "default": second.key_pem }),
    ] {
        let refused = run(update, json!({ "input": input })).await?;
        assert!(refused.contains("message"), "{refused}");
        // What is put into a field that is no secret, such as a name, may be quoted.
        if input["name"] == "shop" && input["default"].is_null() {
            said += &refused;
        }
    }
    let input = json!({ "name": "shop", "certificate": second.chain_pem, "privateKey": second.key_pem });
    said += &run(update, json!({ "input": input })).await?;
    let document =
        json!({ "certificates": [{ "name": "brought", "certificate": first.chain_pem, "privateKey": first.key_pem }] });
    said += &run(apply, json!({ "input": { "document": document } })).await?;
    for query in [
        "{ document certificates(expireWithinDays: 100000) { nodes { name certificate } } }",
        "{ revisions { nodes { summary changes { nodes { before after } } } } audit { nodes { action detail } } }",
    ] {
        let answer = run(query, json!({})).await?;
        assert!(!answer.contains("\"errors\""), "{answer}");
        said += &answer;
    }
    said += &process.admin.page("/metrics").await?.1;
    assert!(said.contains("sealed:v1:") && said.contains("(hidden)"), "{said}");
    drop(process);

    let secrets = pairs.iter().flat_map(|pair| pair.key_pem.lines().filter(|line| !line.starts_with('-')));
    let secrets: Vec<&str> = secrets.collect();
    assert!(secrets.len() >= 4);
    for secret in &secrets {
        assert!(!said.contains(secret), "an answer quotes a key");
    }
    assert!(!said.contains("BEGIN PRIVATE KEY"), "{said}");
    let mut looked_at = 0;
    for file in fs::read_dir(data.path())? {
        let path = file?.path();
        if !path.is_file() {
            continue;
        }
        let bytes = fs::read(&path)?;
        for secret in &secrets {
            let secret = secret.as_bytes();
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{}", path.display());
        }
        looked_at += 1;
    }
    assert!(looked_at >= 3, "the store, the log and the token are files");
    Ok(())
}
