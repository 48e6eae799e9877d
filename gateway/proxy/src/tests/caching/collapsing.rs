//! Many who want the same, and one who asks.

use futures_util::future::join_all;

use super::*;

const GET: &str = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

/// Clients that have asked, each on a connection of its own.
async fn ask(cached: &Cached, number: usize, fields: &str) -> Vec<Raw> {
    let address = cached.gate.http();
    let asks = (0..number).map(|_| async move {
        let mut client = Raw::to(address).await;
        client.send(GET.replace("\r\n\r\n", &format!("\r\n{fields}\r\n"))).await;
        client
    });
    join_all(asks).await
}

async fn answers(clients: Vec<Raw>) -> Vec<Message> {
    join_all(clients.into_iter().map(|mut client| async move { client.expect().await })).await
}

/// Waits until so many requests are under way.
async fn until_in_flight(cached: &Cached, number: f64) {
    cached.gate.until_metric("http_requests_in_flight", number).await;
}

#[tokio::test]
async fn the_origin_is_asked_once_for_all() {
    let cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "hello");
    let permits = cached.origin.waits();
    let clients = ask(&cached, 50, "").await;
    until_in_flight(&cached, 50.0).await;
    permits.add_permits(50);
    let replies = answers(clients).await;
    assert!(replies.iter().all(|reply| reply.status() == 200 && reply.body == "hello"));
    let collapsed = replies.iter().filter(|reply| status(reply).contains("; collapsed")).count();
    assert_eq!((collapsed, cached.origin.count()), (49, 1));
}

#[tokio::test]
async fn what_is_not_for_others_lets_them_go_all_at_once() {
    let cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: private"], "mine");
    let permits = cached.origin.waits();
    let clients = ask(&cached, 20, "").await;
    until_in_flight(&cached, 20.0).await;
    permits.add_permits(1);
    // All others ask now, though none of them is answered.
    cached.origin.until_asked(20).await;
    permits.add_permits(100);
    assert!(answers(clients).await.iter().all(|reply| reply.body == "mine"));
    // For a moment nobody waits for another one.
    assert_eq!(cached.origin.count(), 20);
    let again = ask(&cached, 1, "").await;
    assert_eq!(status(&answers(again).await[0]), "Sluice; fwd=miss");
}

#[tokio::test]
async fn who_hangs_up_hands_over() {
    let cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "hello");
    let permits = cached.origin.waits();
    let leader = ask(&cached, 1, "").await;
    cached.origin.until_asked(1).await;
    let followers = ask(&cached, 10, "").await;
    until_in_flight(&cached, 11.0).await;
    drop(leader);
    cached.origin.until_asked(2).await;
    permits.add_permits(10);
    assert!(answers(followers).await.iter().all(|reply| reply.body == "hello"));
    assert_eq!(cached.origin.count(), 2);
}

#[tokio::test]
async fn who_hangs_up_in_the_middle_harms_nobody() {
    let (go, gone) = tokio::sync::watch::channel(false);
    let upstream = Upstream::talking(move |mut raw| {
        let mut gone = gone.clone();
        async move {
            raw.take_until("\r\n\r\n").await;
            raw.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 10\r\n\r\n01234").await;
            gone.wait_for(|gone| *gone).await.unwrap();
            raw.send("56789").await;
        }
    })
    .await;
    let document = document_of(upstream.address, &Caching::default());
    let gate = Gate::start(&document);
    let (mut leader, mut follower) = (Raw::to(gate.http()).await, Raw::to(gate.http()).await);
    leader.send(GET).await;
    leader.take_until("01234").await.unwrap();
    follower.send(GET).await;
    follower.take_until("01234").await.unwrap();
    drop(leader);
    gate.until_metric("http_requests_in_flight", 1.0).await;
    go.send_replace(true);
    follower.take_until("56789").await.unwrap();
    soon("it is stored", async {
        while gate.cache.stats().stored == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.body.as_str(), status(&reply).as_str()), ("0123456789", "Sluice; hit; ttl=60"));
    assert_eq!(upstream.connections(), 1);
}

#[tokio::test]
async fn other_variants_are_asked_for_once_each() {
    let cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60", "vary: accept-language"], "hello");
    let permits = cached.origin.waits();
    let mut clients = ask(&cached, 5, "Accept-Language: de\r\n").await;
    cached.origin.until_asked(1).await;
    clients.extend(ask(&cached, 5, "Accept-Language: fr\r\n").await);
    until_in_flight(&cached, 10.0).await;
    permits.add_permits(10);
    assert!(answers(clients).await.iter().all(|reply| reply.body == "hello"));
    assert_eq!(cached.origin.count(), 2);
}

#[tokio::test]
async fn others_do_not_get_what_one_authorization_got() {
    let cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "hello");
    let permits = cached.origin.waits();
    let mut clients = ask(&cached, 1, "").await;
    cached.origin.until_asked(1).await;
    clients.extend(ask(&cached, 3, "Authorization: Bearer a\r\n").await);
    until_in_flight(&cached, 4.0).await;
    permits.add_permits(10);
    assert_eq!(answers(clients).await.len(), 4);
    assert_eq!(cached.origin.count(), 4);
}

#[tokio::test]
async fn an_origin_that_cannot_be_reached_is_tried_once_for_all() {
    let document = document_of(nobody().await, &Caching::default());
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (503, "upstream-unreachable"));
}
