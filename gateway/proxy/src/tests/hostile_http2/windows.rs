//! Flow control (RFC 9113, section 5.2), against its sense.

use super::*;

/// The setting of the window that streams begin with.
fn initial_window(bytes: u32) -> Vec<u8> {
    [&[0, 4][..], &bytes.to_be_bytes()].concat()
}

#[tokio::test]
async fn responses_that_are_asked_for_and_never_let_come() {
    let mut stage = Stage::set().await;
    stage.hostile.send(SETTINGS, 0, 0, &initial_window(0)).await;
    for number in 0..50 {
        stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 2 * number + 1, GET).await;
    }
    stage.secure.gate.until_metric("http_requests_in_flight", 50.0).await;
    // Responses may stand for so long and no longer.
    stage.ends(End::Closed).await;
}

#[tokio::test]
async fn a_window_that_opens_by_nothing() {
    let mut stage = Stage::set().await;
    stage.hostile.send(WINDOW_UPDATE, 0, 0, &0_u32.to_be_bytes()).await;
    stage.ends(End::GoAway(PROTOCOL_ERROR)).await;
}

#[tokio::test]
async fn a_window_of_the_connection_that_is_too_wide() {
    let mut stage = Stage::set().await;
    stage.hostile.send(WINDOW_UPDATE, 0, 0, &0x7fff_ffff_u32.to_be_bytes()).await;
    stage.ends(End::GoAway(FLOW_CONTROL_ERROR)).await;
}

#[tokio::test]
async fn a_window_to_begin_with_that_is_too_wide() {
    let mut stage = Stage::set().await;
    stage.hostile.send(SETTINGS, 0, 0, &initial_window(0x8000_0000)).await;
    assert!(matches!(stage.hostile.end().await, End::GoAway(PROTOCOL_ERROR | FLOW_CONTROL_ERROR)));
    stage.leaves_nothing().await;
}

#[tokio::test]
async fn a_body_beyond_the_window() {
    let mut stage = Stage::before(unmoved().await, |_| {}).await;
    stage.hostile.send(HEADERS, END_HEADERS, 1, POST).await;
    let piece = frame(DATA, 0, 1, &[b'x'; 16 * 1024]);
    // More than the window and what the kernel keeps for the upstream.
    for _ in 0..1_000 {
        stage.hostile.write(&piece).await;
    }
    stage.ends(End::GoAway(FLOW_CONTROL_ERROR)).await;
}
