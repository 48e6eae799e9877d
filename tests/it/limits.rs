//! Limits hold: what was sold, by the clock and by the calendar, on one node and on several, with the store and without.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use futures_util::future::join_all;
use gateway_server::settings::Clock;
use gateway_tests::Gateway;
use serde_json::{Value, json};
use sluice_testkit::{
    client::{Answer, Client, Version},
    redis::Redis,
    upstream::Upstream,
};

/// 2026-11-29 12:00 UTC, which is a Sunday, and 13:00 in Berlin.
const NOON: u64 = 1_795_953_600_000;

/// Beyond the deadline of the store, for the machine to be busy.
const SLACK: Duration = Duration::from_secs(2);

/// A gateway with an upstream behind `/orders`, and the plugins that limit.
struct Node {
    gateway: Gateway,
    client: Client,
    _upstream: Upstream,
}

impl Node {
    async fn start(adjust: impl FnOnce(&mut gateway_server::settings::Settings)) -> Result<Self> {
        let gateway = Gateway::start_with(adjust).await?;
        let upstream = Upstream::start("orders").await?;
        gateway.route("orders", upstream.address).await?;
        gateway.plugin("auth", "plugin-auth").await?;
        gateway.plugin("rate-limit", "plugin-rate-limit").await?;
        let client = gateway.client(Version::Http2)?;
        Ok(Self { gateway, client, _upstream: upstream })
    }

    /// One that counts in this store.
    async fn sharing(redis: &Redis) -> Result<Self> {
        let url = redis.url();
        Self::start(|settings| {
            let store = gateway_server::settings::Store { url, ..Default::default() };
            settings.stores.insert("shared".into(), store);
            settings.limits.store = "shared".into();
        })
        .await
    }

    async fn limit(&self, config: Value) -> Result<()> {
        self.gateway.attach("rate-limit", config, &["usage-plan"]).await
    }

    async fn send(&self, headers: &[(&str, &str)]) -> Result<Answer> {
        self.client.get(&self.gateway.https("/orders"), headers).await
    }

    /// So many requests at once; how many passed.
    async fn burst(&self, count: usize, headers: &[(&str, &str)]) -> Result<usize> {
        let answers = join_all((0..count).map(|_| self.send(headers))).await;
        let answers = answers.into_iter().collect::<Result<Vec<_>>>()?;
        let strange = answers.iter().find(|answer| !matches!(answer.status.as_u16(), 200 | 429));
        anyhow::ensure!(strange.is_none(), "{strange:?}");
        Ok(answers.iter().filter(|answer| answer.status == 200).count())
    }
}

#[tokio::test]
async fn the_plan_of_the_launch_day_is_enforced_to_the_request() -> Result<()> {
    let clock = Clock::manual(NOON);
    let node = Node::start(|settings| settings.limits.clock = clock.clone()).await?;
    // As it stands in the documents of AWS, pasted into the input.
    let create = "mutation { createUsagePlan(input: { name: \"launch\",
        quota: {limit: 1000, period: DAY, timeZone: \"Europe/Berlin\"}, throttle: {rateLimit: 100, burstLimit: 200} }) {
        userErrors { path message } } }";
    node.gateway.admin.mutate(create, json!({})).await?;
    let key = key(&node, "acme", "launch").await?;
    node.gateway.attach("auth", json!({ "apiKey": {} }), &["identity"]).await?;
    node.limit(json!({})).await?;
    let with_key = [("x-api-key", key.as_str())];

    assert_eq!(node.burst(300, &with_key).await?, 200, "the burst, and not one more");
    for second in 1..=8 {
        clock.advance(Duration::from_secs(1));
        assert_eq!(node.burst(120, &with_key).await?, 100, "in second {second}");
    }
    clock.advance(Duration::from_secs(10));
    let refused = node.send(&with_key).await?;
    assert_eq!(refused.status, 429, "the 1001st of the day");
    assert_eq!(refused.json()?["violated-policies"], json!(["launch/quota"]));
    assert_eq!(refused.header("retry-after"), (11 * 3_600 - 18).to_string(), "until midnight in Berlin");
    assert!(refused.header("ratelimit").contains(r#""launch/quota";r=0"#), "{}", refused.header("ratelimit"));

    clock.advance(Duration::from_secs(11 * 3_600 - 19));
    assert_eq!(node.send(&with_key).await?.status, 429, "a second before");
    clock.advance(Duration::from_secs(1));
    let open = node.send(&with_key).await?;
    assert_eq!(open.status, 200);
    assert!(open.header("ratelimit").contains(r#""launch/quota";r=999"#), "{}", open.header("ratelimit"));
    Ok(())
}

#[tokio::test]
async fn a_plan_is_charged_once_and_by_who_knows_the_consumer() -> Result<()> {
    let node = Node::start(|settings| settings.limits.clock = Clock::manual(NOON)).await?;
    let create = "mutation { createUsagePlan(input: { name: \"small\", throttle: {rateLimit: 1, burstLimit: 4} }) {
        userErrors { path message } } }";
    node.gateway.admin.mutate(create, json!({})).await?;
    let key = key(&node, "acme", "small").await?;
    node.gateway.attach("auth", json!({ "apiKey": {} }), &["identity"]).await?;
    node.limit(json!({})).await?;
    // One before it is known who calls, and one more behind the one that charges.
    for (name, order) in [("early", 50), ("late", 300)] {
        node.gateway.plugin(name, "plugin-rate-limit").await?;
        let attach = "mutation($name: String!, $order: Int!) { createAttachment(input: { name: $name, plugin: $name,
            order: $order, config: {}, grants: [\"usage-plan\"] }) { userErrors { path message } } }";
        node.gateway.admin.mutate(attach, json!({ "name": name, "order": order })).await?;
    }
    assert_eq!(node.burst(10, &[("x-api-key", key.as_str())]).await?, 4);
    Ok(())
}

#[tokio::test]
async fn usage_is_readable_by_day_and_more_of_it_is_given_with_a_reason() -> Result<()> {
    let clock = Clock::manual(NOON);
    let node = Node::start(|settings| settings.limits.clock = clock.clone()).await?;
    node.gateway.create("UsagePlan", json!({ "name": "small", "quota": { "limit": 2, "period": "MONTH" } })).await?;
    let key = key(&node, "acme", "small").await?;
    node.gateway.attach("auth", json!({ "apiKey": {} }), &["identity"]).await?;
    node.limit(json!({})).await?;
    let with_key = [("x-api-key", key.as_str())];
    assert_eq!(node.burst(1, &with_key).await?, 1);
    clock.advance(Duration::from_secs(86_400));
    assert_eq!(node.burst(3, &with_key).await?, 1);

    let usage = "{ consumer(name: \"acme\") { usage { usagePlan limit used remaining endsAt days { day used } } } }";
    let read = node.gateway.admin.graphql(usage, json!({})).await?;
    let days = json!([{ "day": "2026-11-29", "used": 1 }, { "day": "2026-11-30", "used": 1 }]);
    let expected = json!([{ "usagePlan": "small", "limit": 2, "used": 2, "remaining": 0,
        "endsAt": "2026-12-01T00:00:00Z", "days": days }]);
    assert_eq!(read["consumer"]["usage"], expected);

    let top_up = "mutation { topUpUsage(input: { consumer: \"acme\", usagePlan: \"small\", requests: 3,
        reason: \"an incident of ours\" }) { usage { remaining } userErrors { path message } } }";
    assert_eq!(node.gateway.admin.mutate(top_up, json!({})).await?["usage"]["remaining"], 3);
    assert_eq!(node.burst(5, &with_key).await?, 3);
    let reset = "mutation { resetUsage(input: { consumer: \"acme\", usagePlan: \"small\", reason: \"goodwill\" }) {
        usage { remaining } userErrors { path message } } }";
    assert_eq!(node.gateway.admin.mutate(reset, json!({})).await?["usage"]["remaining"], 5, "what was given stays");
    assert_eq!(node.burst(9, &with_key).await?, 5);
    let audit = node.gateway.admin.graphql("{ audit(first: 2) { nodes { action detail } } }", json!({})).await?;
    let lines = audit["audit"]["nodes"].to_string();
    assert!(lines.contains("usage.topped-up") && lines.contains("an incident of ours"), "{lines}");

    let Node { gateway, _upstream, .. } = node;
    let gateway = gateway.restart().await?;
    let client = gateway.client(Version::Http2)?;
    let refused = client.get(&gateway.https("/orders"), &with_key).await?;
    assert_eq!(refused.status, 429, "what was used outlives a restart");
    Ok(())
}

#[tokio::test]
async fn an_override_ends_by_itself() -> Result<()> {
    let clock = Clock::manual(NOON);
    let node = Node::start(|settings| settings.limits.clock = clock.clone()).await?;
    let throttle = json!({ "rateLimit": 0.001, "burstLimit": 1 });
    node.gateway.create("UsagePlan", json!({ "name": "small", "throttle": throttle })).await?;
    let key = key(&node, "acme", "small").await?;
    node.gateway.attach("auth", json!({ "apiKey": {} }), &["identity"]).await?;
    node.limit(json!({})).await?;
    let with_key = [("x-api-key", key.as_str())];
    let give = "mutation { updateConsumer(input: { name: \"acme\", overrides: [{ until: \"2026-11-29T18:00:00Z\",
        throttle: { rateLimit: 1, burstLimit: 50 }, reason: \"launch\" }] }) { userErrors { path message } } }";
    node.gateway.admin.mutate(give, json!({})).await?;
    assert_eq!(node.burst(60, &with_key).await?, 50);
    clock.advance(Duration::from_secs(6 * 3_600 - 1));
    assert_eq!(node.burst(60, &with_key).await?, 50);
    clock.advance(Duration::from_secs(1));
    assert!(node.burst(60, &with_key).await? <= 1);
    Ok(())
}

#[tokio::test]
async fn a_request_under_way_counts_until_its_response_has_ended() -> Result<()> {
    let node = Node::start(|_| {}).await?;
    node.limit(json!({ "usagePlans": false, "policies": [{ "by": ["ip"], "concurrency": { "limit": 3 } }] })).await?;
    for _ in 0..3 {
        let passed = node.burst(20, &[]).await?;
        assert!((3..=20).contains(&passed), "{passed}");
        // All have ended: three pass at once again.
        assert_eq!(node.burst(3, &[]).await?, 3);
    }
    Ok(())
}

#[tokio::test]
async fn a_leaky_bucket_lets_requests_wait_for_their_turn() -> Result<()> {
    let node = Node::start(|_| {}).await?;
    let policy = json!({ "by": ["ip"], "leakyBucket": { "rateLimit": 10, "burstLimit": 4 } });
    node.limit(json!({ "usagePlans": false, "policies": [policy] })).await?;
    let began = Instant::now();
    let passed = node.burst(10, &[]).await?;
    assert!(passed >= 5, "{passed}");
    assert!(began.elapsed() >= Duration::from_millis(400), "the fifth waits for four turns: {:?}", began.elapsed());
    Ok(())
}

// === several nodes ===

/// Sends nine of ten requests to the first node and waits for all; how many passed.
async fn skewed(nodes: &[Node; 2], count: usize) -> Result<usize> {
    let sent = (0..count).map(|number| {
        let node = if number % 10 == 9 { &nodes[1] } else { &nodes[0] };
        node.send(&[])
    });
    let answers = join_all(sent).await.into_iter().collect::<Result<Vec<_>>>()?;
    Ok(answers.iter().filter(|answer| answer.status == 200).count())
}

async fn two_nodes(redis: &Redis, policy: Value) -> Result<[Node; 2]> {
    let nodes = [Node::sharing(redis).await?, Node::sharing(redis).await?];
    for node in &nodes {
        node.limit(json!({ "usagePlans": false, "policies": [policy] })).await?;
        // The first request may find the connection still being made.
        reaches(node, Duration::from_secs(10)).await?;
    }
    Ok(nodes)
}

/// Waits until the node's store answers: until a request is counted there.
async fn reaches(node: &Node, within: Duration) -> Result<()> {
    let until = Instant::now() + within;
    while Instant::now() < until {
        let (_, metrics) = node.gateway.admin.page("/metrics").await?;
        let up = metrics.lines().any(|line| line == "sluice_limits_store_up 1");
        if up {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    anyhow::bail!("the store of limits is not reached")
}

#[tokio::test]
async fn nodes_that_count_exactly_admit_exactly_the_limit() -> Result<()> {
    let redis = Redis::start()?;
    let bucket = json!({ "by": ["ip"], "tokenBucket": { "rateLimit": 0.001, "burstLimit": 100 }, "counting": "exact",
        "onOutage": "deny" });
    let nodes = two_nodes(&redis, bucket).await?;
    assert_eq!(skewed(&nodes, 300).await?, 100);
    Ok(())
}

#[tokio::test]
async fn nodes_that_lease_stay_within_the_bound_that_is_documented() -> Result<()> {
    let redis = Redis::start()?;
    let window = json!({ "by": ["ip"], "fixedWindow": { "limit": 100, "window": "1h" }, "counting": "leased",
        "onOutage": "deny" });
    let nodes = two_nodes(&redis, window).await?;
    let mut passed = skewed(&nodes, 200).await?;
    // What one node holds unspent comes back after two lives of a slice; then the rest is admitted, and never more.
    for _ in 0..50 {
        if passed >= 100 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        passed += skewed(&nodes, 20).await?;
    }
    assert_eq!(passed, 100, "windows never admit more, and in the end not less");
    assert_eq!(skewed(&nodes, 50).await?, 0);
    Ok(())
}

/// Sends a request; it may not take much longer than the deadline of the store.
async fn timely(node: &Node) -> Result<Answer> {
    let began = Instant::now();
    let answer = node.send(&[]).await?;
    anyhow::ensure!(began.elapsed() < SLACK, "it waited for {:?}", began.elapsed());
    Ok(answer)
}

#[tokio::test]
async fn without_the_store_each_policy_does_what_it_promises_and_recovers_by_itself() -> Result<()> {
    for (on_outage, status) in [("deny", 503), ("allow", 200), ("localShare", 200)] {
        let mut redis = Redis::start()?;
        let bucket = json!({ "by": ["ip"], "tokenBucket": { "rateLimit": 0.001, "burstLimit": 10 },
            "counting": "exact", "onOutage": on_outage });
        let node = Node::sharing(&redis).await?;
        node.limit(json!({ "usagePlans": false, "policies": [bucket] })).await?;
        reaches(&node, Duration::from_secs(10)).await?;
        assert_eq!(timely(&node).await?.header("ratelimit"), r#""ip";r=9;t=1000"#, "{on_outage}");

        redis.stop()?;
        let first = timely(&node).await?;
        assert_eq!(first.status, status, "{on_outage}");
        match on_outage {
            "deny" => {
                assert_eq!(first.header("retry-after"), "1");
                let kind = first.json()?["type"].as_str().context("a problem has a type")?.to_owned();
                assert!(kind.ends_with("#temporary-reduced-capacity"), "{kind}");
            }
            "allow" => assert_eq!(first.header("ratelimit"), "", "nothing is known, and nothing told"),
            _ => {
                assert_eq!(first.header("ratelimit"), r#""ip";r=9;t=1000"#, "one node has all of it");
                assert_eq!(node.burst(20, &[]).await?, 9);
            }
        }

        redis.restart()?;
        reaches(&node, Duration::from_secs(10)).await?;
        let again = timely(&node).await?;
        assert_eq!(again.header("ratelimit"), r#""ip";r=9;t=1000"#, "{on_outage}: a new Redis has forgotten");
    }
    Ok(())
}

#[tokio::test]
async fn a_store_that_is_silent_holds_up_no_request_beyond_the_deadline() -> Result<()> {
    let redis = Redis::start()?;
    let bucket = json!({ "by": ["ip"], "tokenBucket": { "rateLimit": 1000, "burstLimit": 1000 }, "counting": "exact",
        "onOutage": "allow" });
    let node = Node::sharing(&redis).await?;
    node.limit(json!({ "usagePlans": false, "policies": [bucket] })).await?;
    reaches(&node, Duration::from_secs(10)).await?;
    redis.stall()?;
    for _ in 0..20 {
        assert_eq!(timely(&node).await?.status, 200);
    }
    redis.resume()?;
    reaches(&node, Duration::from_secs(10)).await
}

#[tokio::test]
async fn a_plan_may_be_counted_by_all_nodes_together() -> Result<()> {
    let redis = Redis::start()?;
    let nodes = [Node::sharing(&redis).await?, Node::sharing(&redis).await?];
    let mut keys = [String::new(), String::new()];
    for (node, own) in nodes.iter().zip(&mut keys) {
        let plan = json!({ "name": "gold", "counting": "EXACT", "onOutage": "DENY",
            "throttle": { "rateLimit": 1000, "burstLimit": 1000 }, "quota": { "limit": 30, "period": "DAY" } });
        node.gateway.create("UsagePlan", plan).await?;
        *own = key(node, "acme", "gold").await?;
        node.gateway.attach("auth", json!({ "apiKey": {} }), &["identity"]).await?;
        node.limit(json!({})).await?;
        reaches(node, Duration::from_secs(10)).await?;
    }
    let headers = keys.each_ref().map(|key| [("x-api-key", key.as_str())]);
    let (one, other) = tokio::join!(nodes[0].burst(25, &headers[0]), nodes[1].burst(25, &headers[1]));
    assert_eq!(one? + other?, 30);

    let usage = "{ consumer(name: \"acme\") { usage { used remaining days { used } } } }";
    for node in &nodes {
        let read = node.gateway.admin.graphql(usage, json!({})).await?;
        let expected = json!([{ "used": 30, "remaining": 0, "days": [{ "used": 30 }] }]);
        assert_eq!(read["consumer"]["usage"], expected, "either node tells what both have used");
    }
    let top_up =
        "mutation { topUpUsage(input: { consumer: \"acme\", usagePlan: \"gold\", requests: 5, reason: \"x\" }) {
        usage { remaining } userErrors { path message } } }";
    assert_eq!(nodes[0].gateway.admin.mutate(top_up, json!({})).await?["usage"]["remaining"], 5);
    assert_eq!(nodes[1].burst(10, &headers[1]).await?, 5, "and the other node lets them pass");
    let reset = "mutation { resetUsage(input: { consumer: \"acme\", usagePlan: \"gold\", reason: \"x\" }) {
        usage { used } userErrors { path message } } }";
    assert_eq!(nodes[1].gateway.admin.mutate(reset, json!({})).await?["usage"]["used"], 0);
    assert_eq!(nodes[0].burst(1, &headers[0]).await?, 1);
    Ok(())
}

/// A consumer on a plan that exists, and its API key.
async fn key(node: &Node, name: &str, plan: &str) -> Result<String> {
    node.gateway.create("Consumer", json!({ "name": name, "usagePlans": [plan] })).await?;
    let mutation = "mutation($input: CreateCredentialInput!) { createCredential(input: $input) { secret userErrors { path message } } }";
    let input = json!({ "name": format!("{name}-key"), "consumer": name });
    let payload = node.gateway.admin.mutate(mutation, json!({ "input": input })).await?;
    payload["secret"].as_str().map(str::to_owned).context("a new credential shows its secret")
}
