//! Proxies in front: who is believed about whom a request is from, and the PROXY header of those who pass bytes on.

use gateway_algorithms::network::Network;

use super::harness::*;
use crate::settings::SaidIn;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

fn here() -> Vec<Network> {
    vec!["127.0.0.0/8".parse().unwrap()]
}

async fn trusting(upstream: &Upstream) -> Gate {
    trusting_in(SaidIn::XForwarded, upstream)
}

fn trusting_in(said_in: SaidIn, upstream: &Upstream) -> Gate {
    Gate::with(&one_route(&[upstream.address]), |settings| {
        (settings.proxies.trusted, settings.proxies.said_in) = (here(), said_in);
    })
}

#[tokio::test]
async fn a_trusted_proxy_says_whom_a_request_is_from() {
    let upstream = Upstream::echoing().await;
    let mut gate = trusting(&upstream).await;
    let request = "GET / HTTP/1.1\r\nHost: inner\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.1, 127.0.0.9\r\n\
        X-Forwarded-Proto: https\r\nX-Forwarded-Host: api.example\r\nX-Request-Id: of-the-proxy.1\r\n\
        X-Real-IP: 6.6.6.6\r\n\r\n";
    let reply = Raw::ask(gate.http(), request).await;
    assert_eq!(reply.echoed("x-forwarded-for").as_deref(), Some("192.0.2.1, 127.0.0.9, 127.0.0.1"));
    let forwarded = r#"for=192.0.2.1;host="api.example";proto=https, for=127.0.0.9, for=127.0.0.1"#;
    assert_eq!(reply.echoed("forwarded").as_deref(), Some(forwarded));
    assert_eq!(reply.echoed("x-forwarded-proto").as_deref(), Some("https"));
    assert_eq!(reply.echoed("x-forwarded-host").as_deref(), Some("api.example"));
    assert_eq!(reply.echoed("host").as_deref(), Some("api.example"));
    assert_eq!(reply.echoed("x-real-ip"), None);
    assert_eq!(reply.echoed("x-request-id").as_deref(), Some("of-the-proxy.1"));
    assert_eq!(reply.field("x-request-id").as_deref(), Some("of-the-proxy.1"));
    let line = gate.line().await;
    assert_eq!((&line["client_ip"], &line["peer_ip"]), (&"192.0.2.1".into(), &"127.0.0.1".into()));
    assert_eq!((&line["host"], &line["request_id"]), (&"api.example".into(), &"of-the-proxy.1".into()));
}

#[tokio::test]
async fn each_request_of_a_trusted_proxys_connection_is_from_its_own_client() {
    let upstream = Upstream::echoing().await;
    let mut gate = trusting_in(SaidIn::Forwarded, &upstream);
    let mut client = Raw::to(gate.http()).await;
    for ip in ["192.0.2.1", "2001:db8::7", "127.0.0.1"] {
        let said = if ip == "127.0.0.1" { String::new() } else { format!("Forwarded: for=\"{ip}\"\r\n") };
        let said = said.replace("2001:db8::7", "[2001:db8::7]:99");
        client.send(format!("GET / HTTP/1.1\r\nHost: a\r\n{said}\r\n")).await;
        assert_eq!(client.expect().await.status(), 200);
        let line = gate.line().await;
        assert_eq!(line["client_ip"], ip);
        assert_eq!(line.get("peer_ip").is_none(), ip == "127.0.0.1");
    }
}

#[tokio::test]
async fn what_a_trusted_proxy_says_has_to_have_its_form() {
    let upstream = Upstream::echoing().await;
    let gate = trusting(&upstream).await;
    let rfc = trusting_in(SaidIn::Forwarded, &upstream);
    let wrong =
        [(&rfc, "Forwarded: for=192.0.2.1, for=\""), (&rfc, "Forwarded: for=\u{e4}"), (&gate, "X-Forwarded-Host: a b")];
    for (gate, said) in wrong {
        let reply = Raw::ask(gate.http(), &format!("GET / HTTP/1.1\r\nHost: a\r\n{said}\r\n\r\n")).await;
        assert_eq!((reply.status(), reply.problem().as_str()), (400, "malformed-request"), "{said}");
    }
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: a b\r\n\r\n").await;
    assert_eq!(reply.field("x-request-id").unwrap().len(), 36);
}

#[tokio::test]
async fn what_a_client_says_in_the_fields_that_its_proxy_does_not_write_is_not_read() {
    let upstream = Upstream::echoing().await;
    let lies = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: admin.example\r\nX-Forwarded-Proto: https";
    let truth = "Forwarded: for=192.0.2.1;proto=http";
    let request = format!("GET / HTTP/1.1\r\nHost: a\r\n{lies}\r\n{truth}\r\n\r\n");
    let mut gate = trusting_in(SaidIn::Forwarded, &upstream);
    let reply = Raw::ask(gate.http(), &request).await;
    assert_eq!(
        (reply.echoed("host").as_deref(), gate.line().await["client_ip"].as_str()),
        (Some("a"), Some("192.0.2.1"))
    );
    let mut gate = trusting(&upstream).await;
    Raw::ask(gate.http(), &request.replace(lies, "X-Forwarded-For: 192.0.2.9")).await;
    assert_eq!(gate.line().await["client_ip"], "192.0.2.9");
}

#[tokio::test]
async fn a_problem_quotes_the_id_of_the_proxy() {
    let mut document = one_route(&[nobody().await]);
    document.routes.clear();
    let gate = Gate::with(&document, |settings| settings.proxies.trusted = here());
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\n\r\n").await;
    assert_eq!(reply.status(), 404);
    assert!(reply.body.contains(r#""instance":"mine""#), "{}", reply.body);
}

#[tokio::test]
async fn what_goes_round_in_a_loop_is_stopped() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let ask = async |passes: usize| {
        let fields = "CDN-Loop: other, sluice\r\n".repeat(passes);
        Raw::ask(gate.http(), &format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n")).await
    };
    assert_eq!(ask(0).await.echoed("cdn-loop").as_deref(), Some("sluice"));
    assert_eq!(ask(1).await.echoed("cdn-loop").as_deref(), Some("other, sluice, sluice"));
    assert_eq!(ask(8).await.status(), 200);
    let reply = ask(9).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (508, "loop"));
}

async fn behind_a_load_balancer(upstream: &Upstream) -> Gate {
    Gate::with(&one_route(&[upstream.address]), |settings| {
        settings.proxies.trusted = here();
        settings.proxies.http_header = true;
    })
}

#[tokio::test]
async fn a_client_whom_the_proxy_header_does_not_name_is_not_believed() {
    let upstream = Upstream::echoing().await;
    let mut gate = behind_a_load_balancer(&upstream).await;
    let request = GET.replace("Host", "X-Forwarded-For: 203.0.113.9\r\nX-Request-Id: mine\r\nHost");
    Raw::ask(gate.http(), &format!("PROXY UNKNOWN\r\n{request}")).await;
    let line = gate.line().await;
    assert_eq!(line["client_ip"], "127.0.0.1");
    assert_ne!(line["request_id"], "mine");
}

#[tokio::test]
async fn a_proxy_header_says_whom_a_connection_is_from() {
    let upstream = Upstream::echoing().await;
    let mut gate = behind_a_load_balancer(&upstream).await;
    let line = b"PROXY TCP4 192.0.2.1 10.0.0.1 4660 80\r\n".to_vec();
    let signature = b"\r\n\r\n\0\r\nQUIT\n".to_vec();
    let binary = [&signature[..], &[0x21, 0x11, 0, 12, 192, 0, 2, 2, 10, 0, 0, 1, 1, 1, 0, 80]].concat();
    let local = [&signature[..], &[0x20, 0, 0, 0]].concat();
    for (header, ip) in [(line, "192.0.2.1"), (binary, "192.0.2.2"), (local, "127.0.0.1")] {
        for piece in [1000, 7] {
            let mut client = Raw::to(gate.http()).await;
            for piece in [&header[..], GET.as_bytes()].concat().chunks(piece) {
                client.send(piece).await;
            }
            let reply = client.expect().await;
            assert_eq!(reply.echoed("x-forwarded-for").as_deref(), Some(ip));
            assert_eq!(gate.line().await["client_ip"], ip);
        }
    }
}

#[tokio::test]
async fn the_client_of_a_proxy_header_is_believed_only_if_it_is_trusted_itself() {
    let upstream = Upstream::echoing().await;
    let gate = behind_a_load_balancer(&upstream).await;
    let ask = async |client: &str| {
        let request = GET.replace("Host", "X-Forwarded-For: 203.0.113.9\r\nHost");
        Raw::ask(gate.http(), &format!("PROXY TCP4 {client} 10.0.0.1 1 80\r\n{request}")).await
    };
    assert_eq!(ask("192.0.2.1").await.echoed("x-forwarded-for").as_deref(), Some("192.0.2.1"));
    assert_eq!(ask("127.0.0.5").await.echoed("x-forwarded-for").as_deref(), Some("203.0.113.9, 127.0.0.5"));
}

#[tokio::test]
async fn without_its_header_or_from_a_stranger_no_connection_is_served() {
    let upstream = Upstream::echoing().await;
    let gate = behind_a_load_balancer(&upstream).await;
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    assert_eq!(client.rest().await, "");
    let stranger = Gate::with(&one_route(&[upstream.address]), |settings| {
        settings.proxies.trusted = vec!["192.0.2.0/24".parse().unwrap()];
        settings.proxies.http_header = true;
    });
    let mut client = Raw::to(stranger.http()).await;
    assert_eq!(client.rest().await, "");
    for gate in [gate, stranger] {
        assert_eq!(gate.metric(r#"sluice_framing_faults_total{fault="proxy_header"}"#), 1.0);
    }
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn a_client_has_as_many_connections_as_it_may() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::with(&one_route(&[upstream.address]), |settings| settings.limits.per_address = 1);
    let mut first = Raw::to(gate.http()).await;
    first.send(GET).await;
    assert_eq!(first.expect().await.status(), 200);
    assert_eq!(Raw::to(gate.http()).await.rest().await, "");
    assert_eq!(gate.metric(r#"sluice_connections_refused_total{listener="http"}"#), 1.0);
    drop(first);
    gate.until_metric(r#"sluice_connections{listener="http"}"#, 0.0).await;
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
}
