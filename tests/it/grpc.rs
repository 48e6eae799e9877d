//! gRPC with a client and a server that are not ours: calls of all four kinds over TLS on both sides, deadlines and statuses.

mod service;

use std::time::Duration;

use anyhow::{Context, Result};
use gateway_tests::Gateway;
use serde_json::json;
use sluice_testkit::certificate::Authority;
use tonic::{
    Code, Request, Status, Streaming,
    client::Grpc,
    codegen::http::uri::PathAndQuery,
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint},
};
use tonic_prost::ProstCodec;

use self::service::{Number, Shop};

type Codec = ProstCodec<Number, Number>;

/// A gateway in front of the shop, and a client of it. What is dropped stops.
struct Trial {
    gateway: Gateway,
    client: Grpc<Channel>,
    _shop: Shop,
}

impl Trial {
    async fn start() -> Result<Self> {
        let (gateway, authority) = (Gateway::start().await?, Authority::new()?);
        let shop = Shop::start(&authority).await?;
        let upstream = json!({
            "name": "shop",
            "targets": [{ "address": shop.address.to_string() }],
            "protocol": "HTTP2",
            "tls": { "authorities": authority.pem(), "serverName": "shop.internal" },
            "timeouts": { "idleMs": 10_000 },
        });
        gateway.create("Upstream", upstream).await?;
        let route = json!({ "name": "shop", "pathPrefix": "/shop.Numbers", "upstream": "shop" });
        gateway.create("Route", route).await?;
        let tls =
            ClientTlsConfig::new().ca_certificate(Certificate::from_pem(&gateway.ca_pem)).domain_name("localhost");
        let channel = Endpoint::from_shared(gateway.https(""))?.tls_config(tls)?.connect().await?;
        let mut client = Grpc::new(channel);
        client.ready().await?;
        Ok(Self { gateway, client, _shop: shop })
    }

    async fn unary(&mut self, path: &'static str, request: Request<Number>) -> Result<Number, Status> {
        self.client.ready().await.map_err(|error| Status::unknown(error.to_string()))?;
        let answer = self.client.unary(request, PathAndQuery::from_static(path), Codec::default()).await?;
        Ok(answer.into_inner())
    }
}

fn numbers(values: &[u64]) -> Vec<Number> {
    values.iter().map(|value| Number { value: *value }).collect()
}

async fn rest(stream: Streaming<Number>) -> Result<Vec<u64>, Status> {
    let mut stream = stream;
    let mut values = Vec::new();
    while let Some(number) = stream.message().await? {
        values.push(number.value);
    }
    Ok(values)
}

#[tokio::test]
async fn calls_of_all_four_kinds_pass() -> Result<()> {
    let mut trial = Trial::start().await?;
    let double = trial.unary("/shop.Numbers/Double", Request::new(Number { value: 21 })).await?;
    assert_eq!(double.value, 42);

    let Trial { client, .. } = &mut trial;
    client.ready().await?;
    let path = PathAndQuery::from_static("/shop.Numbers/CountTo");
    let counted = client.server_streaming(Request::new(Number { value: 4 }), path, Codec::default()).await?;
    assert_eq!(rest(counted.into_inner()).await?, [1, 2, 3, 4]);

    client.ready().await?;
    let path = PathAndQuery::from_static("/shop.Numbers/Sum");
    let summands = Request::new(tokio_stream::iter(numbers(&[1, 2, 3])));
    let sum: Number = client.client_streaming(summands, path, Codec::default()).await?.into_inner();
    assert_eq!(sum.value, 6);
    Ok(())
}

#[tokio::test]
async fn both_sides_of_a_call_talk_in_turn() -> Result<()> {
    let mut trial = Trial::start().await?;
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    let mut receiver = receiver;
    let asked = async_stream(move |context| receiver.poll_recv(context));
    let path = PathAndQuery::from_static("/shop.Numbers/DoubleEach");
    // The head of the answer comes before the first message is sent.
    let answers = trial.client.streaming(Request::new(asked), path, Codec::default()).await?;
    let mut answers = answers.into_inner();
    for value in [1, 2, 3] {
        sender.send(Number { value })?;
        assert_eq!(answers.message().await?.context("an answer to each")?.value, 2 * value);
    }
    drop(sender);
    assert!(answers.message().await?.is_none());
    Ok(())
}

/// A stream of what is polled.
fn async_stream<T>(
    poll: impl FnMut(&mut std::task::Context<'_>) -> std::task::Poll<Option<T>>,
) -> impl tokio_stream::Stream<Item = T> {
    futures_util::stream::poll_fn(poll)
}

#[tokio::test]
async fn a_status_comes_with_its_message_and_its_fields() -> Result<()> {
    let mut trial = Trial::start().await?;
    let status = trial.unary("/shop.Numbers/Refuse", Request::new(Number { value: 1 })).await.unwrap_err();
    assert_eq!((status.code(), status.message()), (Code::FailedPrecondition, "1 is not for sale"));
    assert_eq!(status.metadata().get("x-shelf").context("a field of the trailers")?, "7");

    // It ends a stream that has begun, too.
    trial.client.ready().await?;
    let path = PathAndQuery::from_static("/shop.Numbers/CountTo");
    let counted = trial.client.server_streaming(Request::new(Number { value: 1_000 }), path, Codec::default()).await?;
    let mut counted: Streaming<Number> = counted.into_inner();
    assert_eq!(counted.message().await?.context("a first number")?.value, 1);
    let status = rest(counted).await.unwrap_err();
    assert_eq!(status.code(), Code::OutOfRange);
    Ok(())
}

#[tokio::test]
async fn a_deadline_is_kept_by_the_gateway_and_told_to_the_server() -> Result<()> {
    let mut trial = Trial::start().await?;
    let mut request = Request::new(Number { value: 0 });
    request.set_timeout(Duration::from_secs(60));
    // In milliseconds.
    let told = trial.unary("/shop.Numbers/Deadline", request).await?.value;
    assert!((1..60_000).contains(&told), "{told}");

    // As a field alone, the client itself knows nothing of it: it is the gateway that ends the call.
    let mut request = Request::new(Number { value: 0 });
    request.metadata_mut().insert("grpc-timeout", "100m".parse()?);
    let status = trial.unary("/shop.Numbers/Never", request).await.unwrap_err();
    // The gateway's word, or the server's own, which hears of the same deadline and may be the first to keep it.
    assert!(matches!(status.code(), Code::DeadlineExceeded | Code::Cancelled), "{status:?}");
    Ok(())
}

#[tokio::test]
async fn what_the_gateway_refuses_is_a_status() -> Result<()> {
    let mut trial = Trial::start().await?;
    let status = trial.unary("/no.Such/Service", Request::new(Number { value: 0 })).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented, "{status:?}");
    let gone = json!({ "name": "gone", "targets": [{ "address": "127.0.0.1:1" }], "protocol": "HTTP2" });
    trial.gateway.create("Upstream", gone).await?;
    let route = json!({ "name": "gone", "pathPrefix": "/gone.Service", "upstream": "gone" });
    trial.gateway.create("Route", route).await?;
    let status = trial.unary("/gone.Service/Call", Request::new(Number { value: 0 })).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    Ok(())
}

#[tokio::test]
async fn a_check_by_the_health_protocol_follows_what_the_server_says() -> Result<()> {
    let trial = Trial::start().await?;
    let update = "mutation($input: UpdateUpstreamInput!) { updateUpstream(input: $input) { committed userErrors { path message } } }";
    for (service, expected) in [("shop.Numbers", "USABLE"), ("shop.Closed", "DOWN")] {
        let active = json!({ "kind": "GRPC", "service": service, "intervalMs": 20 });
        let input = json!({ "name": "shop", "health": { "active": active } });
        trial.gateway.admin.mutate(update, json!({ "input": input })).await?;
        let query = "{ upstream(name: \"shop\") { targets { status { state checksPass } } } }";
        loop {
            let data = trial.gateway.admin.graphql(query, json!({})).await?;
            let status = &data["upstream"]["targets"][0]["status"];
            if status["state"] == expected && !status["checksPass"].is_null() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    Ok(())
}
