//! Much of what is allowed a little.

use super::*;

/// Sends so many of a frame, in pieces of many.
async fn flood(hostile: &mut Frames, frame: &[u8], count: usize) {
    for _ in 0..count / 500 {
        hostile.write(&frame.repeat(500)).await;
    }
}

#[tokio::test]
async fn requests_that_are_taken_back_at_once() {
    let mut stage = Stage::set().await;
    for number in 0..500 {
        let stream = 2 * number + 1;
        let request = frame(HEADERS, END_HEADERS | END_STREAM, stream, GET);
        stage.hostile.write(&[request, frame(RST_STREAM, 0, stream, &8_u32.to_be_bytes())].concat()).await;
    }
    stage.ends(End::GoAway(ENHANCE_YOUR_CALM)).await;
}

#[tokio::test]
async fn frames_that_must_be_answered_and_frames_that_say_nothing() {
    let ping = frame(PING, 0, 0, b"12345678");
    let settings = frame(SETTINGS, 0, 0, b"");
    let setting = frame(SETTINGS, 0, 0, b"\0\x04\0\0\xff\xff");
    let priority = frame(PRIORITY, 0, 1, b"\0\0\0\0\x10");
    let pong = frame(PING, ACK, 0, b"12345678");
    let unknown = frame(200, 0, 0, b"");
    for flooded in [ping, settings, setting, priority, pong, unknown] {
        let mut stage = Stage::set().await;
        flood(&mut stage.hostile, &flooded, 5_000).await;
        stage.honest_is_served().await;
        stage.hostile.end().await;
        assert_eq!(stage.secure.gate.metric(FLOODS), 1.0, "{flooded:?}");
        stage.leaves_nothing().await;
    }
}

#[tokio::test]
async fn as_many_pings_as_are_allowed_are_answered() {
    let mut stage = Stage::set().await;
    flood(&mut stage.hostile, &frame(PING, 0, 0, b"12345678"), 1_000).await;
    for _ in 0..1_000 {
        assert_eq!(stage.hostile.expect(PING, 0).await.flags, ACK);
    }
    stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 1, GET).await;
    stage.hostile.expect(DATA, 1).await;
    assert_eq!(stage.secure.gate.metric(FLOODS), 0.0);
}

#[tokio::test]
async fn a_head_that_goes_on_and_on() {
    let mut stage = Stage::set().await;
    stage.hostile.send(HEADERS, END_STREAM, 1, GET).await;
    // Each a field of its own, small enough for no limit of sizes.
    flood(&mut stage.hostile, &frame(CONTINUATION, 0, 1, b"\0\x01x\x01y"), 1_000).await;
    stage.ends(End::GoAway(ENHANCE_YOUR_CALM)).await;
}

#[tokio::test]
async fn a_head_that_goes_on_with_nothing() {
    let mut stage = Stage::set().await;
    stage.hostile.send(HEADERS, END_STREAM, 1, GET).await;
    flood(&mut stage.hostile, &frame(CONTINUATION, 0, 1, b""), 1_000).await;
    stage.ends(End::GoAway(ENHANCE_YOUR_CALM)).await;
}

#[tokio::test]
async fn a_body_of_nothing() {
    let mut stage = Stage::set().await;
    stage.hostile.send(HEADERS, END_HEADERS, 1, POST).await;
    flood(&mut stage.hostile, &frame(DATA, 0, 1, b""), 1_000).await;
    stage.ends(End::GoAway(ENHANCE_YOUR_CALM)).await;
}

#[tokio::test]
async fn a_small_head_that_becomes_a_large_one() {
    let mut stage = Stage::set().await;
    // A field of 4,000 bytes is kept in the table, and named by one byte each time.
    let mut bomb = [GET, b"\x40\x01x\x7f\xa1\x1e"].concat();
    bomb.extend([b'y'; 4_000]);
    bomb.extend([0xbe; 8_000]);
    stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 1, &bomb).await;
    stage.ends(End::GoAway(ENHANCE_YOUR_CALM)).await;
}

#[tokio::test]
async fn more_fields_than_a_head_may_have_is_no_reason_to_end_the_connection() {
    let mut stage = Stage::set().await;
    let many = [GET, &b"\0\x01x\x01y".repeat(40)].concat();
    stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 1, &many).await;
    // The status is a literal with the name of the static table's eighth entry, or Huffman-coded: its stream has a body.
    stage.hostile.expect(HEADERS, 1).await;
    let problem = stage.hostile.expect(DATA, 1).await;
    assert!(String::from_utf8_lossy(&problem.payload).contains("head-too-large"));
    stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 3, GET).await;
    stage.hostile.expect(DATA, 3).await;
}

#[tokio::test]
async fn more_requests_at_a_time_than_allowed() {
    let mut stage = Stage::before(unmoved().await, |limits| limits.streams = 10).await;
    // The client knows of the limit once it has confirmed the gateway's settings.
    stage.hostile.expect(SETTINGS, 0).await;
    stage.hostile.send(SETTINGS, ACK, 0, b"").await;
    for number in 0..11 {
        stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 2 * number + 1, GET).await;
    }
    assert_eq!(stage.hostile.expect(RST_STREAM, 21).await.reason(), REFUSED_STREAM);
    stage.secure.gate.until_metric("http_requests_in_flight", 10.0).await;
    stage.honest_is_served().await;
    for number in 11..500 {
        stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 2 * number + 1, GET).await;
    }
    stage.ends(End::GoAway(ENHANCE_YOUR_CALM)).await;
}
