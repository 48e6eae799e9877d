//! Checkout before search: who goes first when an upstream has all the requests that it takes, and what becomes of the others.

use std::time::Duration;

use anyhow::{Context, Result};
use gateway_tests::Gateway;
use serde_json::{Value, json};
use sluice_testkit::{
    client::{Answer, Client, Version},
    held::{Arrival, Held},
};
use tokio::{task::JoinHandle, time};

/// A gateway with one upstream that takes so many requests at one time, behind `/checkout` (critical), `/search` (low) and
/// `/shop`.
struct Sale {
    gateway: Gateway,
    client: Client,
    shop: Held,
}

impl Sale {
    async fn open(admission: Value) -> Result<Self> {
        let gateway = Gateway::start().await?;
        let shop = Held::start().await?;
        let targets = json!([{ "address": shop.address.to_string() }]);
        gateway.create("Upstream", json!({ "name": "shop", "targets": targets, "admission": admission })).await?;
        for (name, priority) in [("checkout", "CRITICAL".into()), ("search", "LOW".into()), ("shop", Value::Null)] {
            let path = format!("/{name}");
            let route = json!({ "name": name, "pathPrefix": path, "upstream": "shop", "priority": priority });
            gateway.create("Route", route).await?;
        }
        let client = gateway.client(Version::Http2)?;
        Ok(Self { gateway, client, shop })
    }

    /// Sends a request in the background.
    fn send(&self, path: &str, headers: &[(&str, &str)]) -> JoinHandle<Result<Answer>> {
        let (client, url) = (self.client.clone(), self.gateway.https(path));
        let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        tokio::spawn(async move {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            client.get(&url, &headers).await
        })
    }

    /// Sends one, and waits until as many wait as are to wait then.
    async fn send_to_wait(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        waiting: u64,
    ) -> Result<JoinHandle<Result<Answer>>> {
        let sent = self.send(path, headers);
        self.until_waiting(waiting).await?;
        Ok(sent)
    }

    async fn status(&self) -> Result<Value> {
        let query = "{ upstream(name: \"shop\") { admissionStatus { limit inFlight waiting waitingBytes } } }";
        Ok(self.gateway.admin.graphql(query, json!({})).await?["upstream"]["admissionStatus"].clone())
    }

    async fn until_waiting(&self, wanted: u64) -> Result<()> {
        soon(async {
            while self.status().await?["waiting"] != wanted {}
            Ok(())
        })
        .await
    }

    async fn update(&self, admission: Value) -> Result<()> {
        let mutation =
            "mutation($input: UpdateUpstreamInput!) { updateUpstream(input: $input) { userErrors { path message } } }";
        let input = json!({ "name": "shop", "admission": admission });
        self.gateway.admin.mutate(mutation, json!({ "input": input })).await?;
        Ok(())
    }

    async fn next(&mut self) -> Result<Arrival> {
        soon(self.shop.next()).await
    }
}

async fn soon<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    time::timeout(Duration::from_secs(30), future).await.context("it did not happen")?
}

/// So many requests at one time; whoever waits has time to.
fn takes(requests: u32) -> Value {
    let patient = json!({ "maxWaitMs": 600_000 });
    json!({
        "concurrency": { "algorithm": "FIXED", "initial": requests },
        "classes": { "critical": patient, "high": patient, "normal": patient, "low": patient },
    })
}

#[tokio::test]
async fn checkout_overtakes_what_waits_by_route_plan_plugin_and_wish() -> Result<()> {
    let mut sale = Sale::open(takes(1)).await?;
    // Whoever is on the plan of the export is no more important than that.
    let plan = json!({ "name": "export", "priority": "LOW" });
    sale.gateway.create("UsagePlan", plan).await?;
    sale.gateway.create("Consumer", json!({ "name": "feed", "usagePlans": ["export"] })).await?;
    let credential = "mutation { createCredential(input: { name: \"feed-key\", consumer: \"feed\" }) { secret userErrors { message } } }";
    let key = sale.gateway.admin.mutate(credential, json!({})).await?["secret"].as_str().context("a key")?.to_owned();
    sale.gateway.plugin("auth", "plugin-auth").await?;
    let auth = json!({ "apiKey": {}, "anonymous": true });
    sale.gateway.attach("auth", auth, &["identity"]).await?;
    sale.gateway.plugin("throttle", "plugin-throttle").await?;
    let config = json!({ "class": [{ "when": { "pathPrefixes": ["/shop/cart"] }, "class": "high" }] });
    sale.gateway.attach("throttle", config, &["priority"]).await?;

    let mut clients = vec![sale.send("/shop/first", &[])];
    let mut held = sale.next().await?;
    let by_key = [("x-api-key", key.as_str())];
    let sent: [(&str, &[(&str, &str)]); 6] = [
        ("/search", &[]),
        ("/checkout/export", &by_key),
        ("/shop", &[]),
        ("/checkout/prefetch", &[("priority", "u=5")]),
        ("/shop/cart", &[]),
        ("/checkout", &[]),
    ];
    for (waiting, (path, headers)) in (1..).zip(sent) {
        clients.push(sale.send_to_wait(path, headers, waiting).await?);
    }
    let expected = [
        ("/checkout", "critical"),
        ("/shop/cart", "high"),
        ("/shop", "normal"),
        ("/checkout/prefetch", "normal"),
        ("/search", "low"),
        ("/checkout/export", "low"),
    ];
    for expected in expected {
        held.answer("sold");
        held = sale.next().await?;
        assert_eq!((held.path(), held.header("x-sluice-priority")), expected);
    }
    held.answer("sold");
    for client in clients {
        assert_eq!(client.await??.text(), "sold");
    }
    Ok(())
}

#[tokio::test]
async fn a_change_in_mid_flood_loses_nobody_who_waits() -> Result<()> {
    let mut sale = Sale::open(takes(2)).await?;
    sale.gateway.plugin("throttle", "plugin-throttle").await?;
    sale.gateway.attach("throttle", json!({}), &["priority"]).await?;
    let clients: Vec<_> = (0..60).map(|client| sale.send(&format!("/shop/{client}"), &[])).collect();
    let mut held = vec![sale.next().await?, sale.next().await?];
    sale.until_waiting(58).await?;
    // Rules, plugins, routes: all of it under those who wait.
    let mut new = takes(2);
    new["queue"] = json!({ "maxRequests": 1 });
    new["classes"]["normal"] = json!({ "maxWaitMs": 1, "share": 50 });
    sale.update(new).await?;
    let attachment = "mutation { updateAttachment(input: { name: \"throttle\",
        config: { class: [{ when: { pathPrefixes: [\"/shop\"] }, class: \"low\" }] } }) { userErrors { path message } } }";
    sale.gateway.admin.mutate(attachment, json!({})).await?;
    let route = "mutation { updateRoute(input: { name: \"shop\", priority: LOW }) { userErrors { path message } } }";
    sale.gateway.admin.mutate(route, json!({})).await?;
    let refused = sale.send("/shop/late", &[]).await??;
    assert_eq!(refused.status, 503, "the new rules are those of whoever comes now");
    assert_eq!(refused.json()?["type"], "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
    sale.update(takes(20)).await?;
    for _ in 0..18 {
        held.push(sale.next().await?);
    }
    sale.update(Value::Null).await?;
    for _ in 0..40 {
        held.push(sale.next().await?);
    }
    held.into_iter().for_each(|held| held.answer("sold"));
    for client in clients {
        assert_eq!(client.await??.status, 200);
    }
    assert_eq!(sale.status().await?, Value::Null);
    Ok(())
}

#[tokio::test]
async fn without_room_a_search_is_answered_with_what_others_have_found() -> Result<()> {
    let mut admission = takes(1);
    admission["queue"] = json!({ "maxRequests": 0 });
    admission["announce"] = json!(true);
    let mut sale = Sale::open(admission).await?;
    sale.gateway.plugin("throttle", "plugin-throttle").await?;
    let config = json!({ "degrade": { "keepFor": "10m" } });
    sale.gateway.attach("throttle", config, &["priority", "cache"]).await?;

    let first = sale.send("/search?q=shoes", &[]);
    sale.next().await?.answer("shoes");
    let first = first.await??;
    assert_eq!((first.text().as_str(), first.header("age")), ("shoes", ""));
    // The only place is taken.
    let buys = sale.send("/checkout", &[]);
    let held = sale.next().await?;
    let again = sale.send("/search?q=shoes", &[]).await??;
    assert_eq!((again.status.as_u16(), again.text().as_str()), (200, "shoes"));
    assert!(!again.header("age").is_empty());
    let other = sale.send("/search?q=hats", &[]).await??;
    assert_eq!(other.status, 503);
    assert!(!other.header("retry-after").is_empty());
    assert_eq!(other.header("server-timing"), "queue;dur=0.0;desc=\"low queue_full\"");
    held.answer("sold");
    assert_eq!(buys.await??.text(), "sold");
    Ok(())
}

#[tokio::test]
async fn who_hangs_up_while_waiting_leaves_no_slot_and_no_byte_behind() -> Result<()> {
    let mut sale = Sale::open(takes(3)).await?;
    let held: Vec<_> = {
        let clients: Vec<_> = (0..3).map(|_| sale.send("/shop", &[])).collect();
        let held = [sale.next().await?, sale.next().await?, sale.next().await?];
        clients.into_iter().zip(held).collect()
    };
    // A connection each: an HTTP/2 client that gives up so many would lose its own.
    sale.client = sale.gateway.client(Version::Http1)?;
    let waiting: Vec<_> = (0..50).map(|_| sale.send("/search", &[])).collect();
    sale.until_waiting(50).await?;
    waiting.iter().for_each(JoinHandle::abort);
    sale.until_waiting(0).await?;
    let status = sale.status().await?;
    assert_eq!((&status["inFlight"], &status["waitingBytes"].to_string()), (&json!(3), &"0".to_owned()), "{status}");
    for (client, held) in held {
        held.answer("sold");
        assert_eq!(client.await??.status, 200);
    }
    soon(async {
        while sale.status().await?["inFlight"] != 0 {}
        Ok(())
    })
    .await
}
