//! Frames that may not be sent at all, or not there.

use super::*;

/// Frames behind the settings, and the code of the `GOAWAY` that ends the connection. h2 has fewer codes than the RFC.
#[tokio::test]
async fn frames_that_break_a_connection() {
    let get = |stream| frame(HEADERS, END_HEADERS | END_STREAM, stream, GET);
    let code = 8_u32.to_be_bytes();
    for (name, sent, reason) in [
        ("data on an idle stream", frame(DATA, 0, 1, b"x"), PROTOCOL_ERROR),
        ("data on no stream", frame(DATA, 0, 0, b"x"), PROTOCOL_ERROR),
        ("the reset of an idle stream", frame(RST_STREAM, 0, 1, &code), PROTOCOL_ERROR),
        ("the window of an idle stream", frame(WINDOW_UPDATE, 0, 1, &code), PROTOCOL_ERROR),
        ("a stream of the gateway's", get(2), PROTOCOL_ERROR),
        ("a request on no stream", get(0), PROTOCOL_ERROR),
        ("a promise", frame(5, END_HEADERS, 1, &[&[0, 0, 0, 2][..], GET].concat()), PROTOCOL_ERROR),
        ("a continuation of nothing", frame(CONTINUATION, END_HEADERS, 1, GET), PROTOCOL_ERROR),
        ("a frame amid a head", [frame(HEADERS, 0, 1, GET), frame(PING, 0, 0, b"12345678")].concat(), PROTOCOL_ERROR),
        ("a head amid another", [frame(HEADERS, 0, 1, GET), get(3)].concat(), PROTOCOL_ERROR),
        ("more padding than frame", frame(DATA, 8, 1, b"\xffx"), PROTOCOL_ERROR),
        ("a frame too large", frame(DATA, 0, 1, &[0; 16_385]), FRAME_SIZE_ERROR),
        ("a setting too short", frame(SETTINGS, 0, 0, b"\0\x04\0"), PROTOCOL_ERROR),
        ("settings confirmed with some", frame(SETTINGS, ACK, 0, b"\0\x04\0\0\0\0"), PROTOCOL_ERROR),
        ("a ping too short", frame(PING, 0, 0, b"1234"), PROTOCOL_ERROR),
        ("a head that decodes to nothing", frame(HEADERS, END_HEADERS, 1, b"\xff\xff\xff\xff\xff\xff"), PROTOCOL_ERROR),
        ("an index of nothing", frame(HEADERS, END_HEADERS, 1, b"\x82\xfe"), PROTOCOL_ERROR),
    ] {
        let mut stage = Stage::set().await;
        stage.hostile.write(&sent).await;
        stage.honest_is_served().await;
        let end = stage.hostile.end().await;
        assert_eq!(end, End::GoAway(reason), "{name}");
        stage.leaves_nothing().await;
    }
}

#[tokio::test]
async fn what_is_no_preface() {
    let mut stage = Stage::set().await;
    let mut hostile = Frames(stage.secure.connect("h2").await);
    hostile.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    stage.honest_is_served().await;
    assert!(matches!(hostile.end().await, End::Closed | End::GoAway(PROTOCOL_ERROR)));
    drop(stage.hostile);
    stage.secure.gate.until_metric(OPEN, 1.0).await;
}

#[tokio::test]
async fn a_stream_that_is_used_again() {
    let mut stage = Stage::set().await;
    for stream in [5, 3] {
        stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, stream, GET).await;
    }
    // A lower number than one before: that stream was closed when the other one was opened.
    let end = stage.hostile.end().await;
    assert!(matches!(end, End::GoAway(PROTOCOL_ERROR | STREAM_CLOSED)), "{end:?}");
    stage.leaves_nothing().await;
}

#[tokio::test]
async fn a_path_that_is_only_a_fragment_is_the_root() {
    let mut stage = Stage::set().await;
    let head = [b"\x82\x87\x01\x09localhost", &literal(":path", "#x")[..]].concat();
    stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 1, &head).await;
    let seen = stage.hostile.expect(DATA, 1).await.payload;
    assert!(seen.starts_with(b"GET / HTTP/1.1\n"), "{}", String::from_utf8_lossy(&seen));
}

/// A field by literals that are kept nowhere.
fn literal(name: &str, value: &str) -> Vec<u8> {
    let lengths = [name.len(), value.len()].map(|length| u8::try_from(length).unwrap());
    [&[0, lengths[0]][..], name.as_bytes(), &lengths[1..], value.as_bytes()].concat()
}

#[tokio::test]
async fn a_head_that_is_no_request_costs_its_stream() {
    let mut stage = Stage::set().await;
    let mut stream = 1;
    for field in [
        literal("connection", "close"),
        literal("transfer-encoding", "chunked"),
        literal("upgrade", "h2c"),
        literal("te", "chunked"),
        literal(":path", "/twice"),
    ] {
        stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, stream, &[GET, &field].concat()).await;
        let reset = stage.hostile.expect(RST_STREAM, stream).await;
        assert_eq!(reset.reason(), PROTOCOL_ERROR, "{:?}", String::from_utf8_lossy(&field));
        stream += 2;
    }
    stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, stream, GET).await;
    stage.hostile.expect(DATA, stream).await;
    stage.honest_is_served().await;
}

#[tokio::test]
async fn a_head_that_holds_no_fields_costs_its_connection() {
    for field in [
        literal("X", "upper case"),
        literal(":unknown", "x"),
        literal("x", "a\r\nb: c"),
        literal("x", "a\0b"),
        literal("x y", "space"),
        literal("", "no name"),
    ] {
        let mut stage = Stage::set().await;
        stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 1, &[GET, &field].concat()).await;
        let end = stage.hostile.end().await;
        assert_eq!(end, End::GoAway(PROTOCOL_ERROR), "{:?}", String::from_utf8_lossy(&field));
        stage.leaves_nothing().await;
    }
}

#[tokio::test]
async fn a_body_that_is_longer_or_shorter_than_its_length() {
    for body in ["four", "t"] {
        let mut stage = Stage::set().await;
        let head = [POST, b"\0\x0econtent-length\x012"].concat();
        stage.hostile.send(HEADERS, END_HEADERS, 1, &head).await;
        stage.hostile.send(DATA, END_STREAM, 1, body.as_bytes()).await;
        let reset = stage.hostile.expect(RST_STREAM, 1).await;
        assert_eq!(reset.reason(), PROTOCOL_ERROR);
        stage.honest_is_served().await;
        stage.hostile.send(HEADERS, END_HEADERS | END_STREAM, 3, GET).await;
        stage.hostile.expect(DATA, 3).await;
    }
}

#[tokio::test]
async fn a_client_that_says_good_bye_and_stays() {
    let mut stage = Stage::set().await;
    stage.hostile.send(GOAWAY, 0, 0, &[0; 8]).await;
    let end = stage.hostile.end().await;
    assert!(matches!(end, End::Closed | End::GoAway(NO_ERROR)), "{end:?}");
    stage.leaves_nothing().await;
}
