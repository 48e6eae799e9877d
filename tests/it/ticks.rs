//! Plugins are called from time to time, on one worker of the node.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use gateway_tests::Gateway;
use serde_json::json;
use sluice_testkit::{client::Version, upstream::Upstream};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn what_a_tick_writes_requests_of_every_worker_read() -> Result<()> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("pages").await?;
    gateway.route("pages", upstream.address).await?;
    gateway.plugin("keeper", "guest-keeper").await?;
    let began = Instant::now();
    gateway.attach("keeper", json!({}), &["cache"]).await?;
    loop {
        // A client of its own each time, so that connections go to all workers.
        let answer = gateway.client(Version::Http1)?.get(&gateway.https("/pages/ticks"), &[]).await?;
        let ticks: u128 = answer.header("x-ticks").parse().unwrap_or(0);
        let most = began.elapsed().as_millis() / 100 + 1;
        ensure!(ticks <= most, "{ticks} ticks, and one worker could have made {most}");
        if ticks >= 3 {
            return Ok(());
        }
        ensure!(began.elapsed() < PATIENCE, "only {ticks} ticks");
    }
}
