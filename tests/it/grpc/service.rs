//! A server of gRPC by tonic, without generated code: methods by their paths.

use std::{
    convert::Infallible,
    future::Future,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use anyhow::Result;
use sluice_testkit::certificate::Authority;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_stream::StreamExt;
use tonic::{
    Code, Request, Response, Status, Streaming,
    body::Body,
    codegen::http,
    metadata::MetadataMap,
    server::{Grpc, NamedService},
    transport::{Identity, Server, ServerTlsConfig, server::TcpIncoming},
};
use tonic_prost::ProstCodec;
use tower::{Service, service_fn};

/// The message of all methods.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Number {
    #[prost(uint64, tag = "1")]
    pub(super) value: u64,
}

/// The messages of the health protocol.
#[derive(Clone, PartialEq, prost::Message)]
struct HealthRequest {
    #[prost(string, tag = "1")]
    service: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct HealthResponse {
    #[prost(int32, tag = "1")]
    status: i32,
}

/// A server on a free port, over TLS as `shop.internal`; stops when dropped.
pub(super) struct Shop {
    pub(super) address: SocketAddr,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Numbers;

#[derive(Clone)]
struct Health;

type Answered = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Infallible>> + Send>>;
type Codec = ProstCodec<Number, Number>;

impl Shop {
    pub(super) async fn start(authority: &Authority) -> Result<Self> {
        let certificate = authority.issue(&["shop.internal"])?;
        let identity = Identity::from_pem(certificate.chain_pem, certificate.key_pem);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let mut server = Server::builder().tls_config(ServerTlsConfig::new().identity(identity))?;
        let router = server.add_service(Numbers).add_service(Health);
        let task = tokio::spawn(async move {
            if let Err(error) = router.serve_with_incoming(TcpIncoming::from(listener)).await {
                panic!("the server ended: {error}");
            }
        });
        Ok(Self { address, task })
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl NamedService for Numbers {
    const NAME: &'static str = "shop.Numbers";
}

impl NamedService for Health {
    const NAME: &'static str = "grpc.health.v1.Health";
}

impl Service<http::Request<Body>> for Numbers {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answered;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Answered {
        Box::pin(async move {
            let mut grpc = Grpc::new(Codec::default());
            Ok(match request.uri().path() {
                "/shop.Numbers/Double" => grpc.unary(service_fn(double), request).await,
                "/shop.Numbers/Refuse" => grpc.unary(service_fn(refuse), request).await,
                "/shop.Numbers/Deadline" => grpc.unary(service_fn(deadline), request).await,
                "/shop.Numbers/Never" => grpc.unary(service_fn(never), request).await,
                "/shop.Numbers/CountTo" => grpc.server_streaming(service_fn(count_to), request).await,
                "/shop.Numbers/Sum" => grpc.client_streaming(service_fn(sum), request).await,
                "/shop.Numbers/DoubleEach" => grpc.streaming(service_fn(double_each), request).await,
                _ => Status::unimplemented("no such method").into_http(),
            })
        })
    }
}

impl Service<http::Request<Body>> for Health {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answered;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Answered {
        Box::pin(async move {
            let mut grpc = Grpc::new(ProstCodec::<HealthResponse, HealthRequest>::default());
            Ok(grpc.unary(service_fn(health), request).await)
        })
    }
}

type Numbered = Result<Response<Number>, Status>;

async fn double(request: Request<Number>) -> Numbered {
    Ok(Response::new(Number { value: 2 * request.into_inner().value }))
}

async fn refuse(request: Request<Number>) -> Numbered {
    let message = format!("{} is not for sale", request.into_inner().value);
    let mut fields = MetadataMap::new();
    fields.insert("x-shelf", tonic::metadata::MetadataValue::from_static("7"));
    Err(Status::with_metadata(Code::FailedPrecondition, message, fields))
}

/// What is left of the deadline, in milliseconds; 0 where there is none.
async fn deadline(request: Request<Number>) -> Numbered {
    let told = request.metadata().get("grpc-timeout").and_then(|value| value.to_str().ok());
    let value = told.and_then(|told| {
        let (number, unit) = told.split_at(told.len() - 1);
        let number: u64 = number.parse().ok()?;
        Some(match unit {
            "S" => number * 1_000,
            "m" => number,
            "u" => number / 1_000,
            _ => number / 1_000_000,
        })
    });
    Ok(Response::new(Number { value: value.unwrap_or(0) }))
}

async fn never(_: Request<Number>) -> Numbered {
    // Longer than any deadline of these tests.
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    Err(Status::internal("it came"))
}

type Stream = Pin<Box<dyn tokio_stream::Stream<Item = Result<Number, Status>> + Send>>;

/// From 1 on; there is nothing beyond 10.
async fn count_to(request: Request<Number>) -> Result<Response<Stream>, Status> {
    let last = request.into_inner().value;
    let numbers = tokio_stream::iter((1..=last).map(|value| match value {
        0..=10 => Ok(Number { value }),
        _ => Err(Status::out_of_range("there is nothing beyond 10")),
    }));
    Ok(Response::new(Box::pin(numbers)))
}

async fn sum(request: Request<Streaming<Number>>) -> Numbered {
    let (mut numbers, mut value) = (request.into_inner(), 0);
    while let Some(number) = numbers.message().await? {
        value += number.value;
    }
    Ok(Response::new(Number { value }))
}

async fn double_each(request: Request<Streaming<Number>>) -> Result<Response<Stream>, Status> {
    let doubled = request.into_inner().map(|number| number.map(|Number { value }| Number { value: 2 * value }));
    Ok(Response::new(Box::pin(doubled)))
}

async fn health(request: Request<HealthRequest>) -> Result<Response<HealthResponse>, Status> {
    match request.into_inner().service.as_str() {
        "shop.Numbers" => Ok(Response::new(HealthResponse { status: 1 })),
        "shop.Closed" => Ok(Response::new(HealthResponse { status: 2 })),
        _ => Err(Status::not_found("no such service")),
    }
}
