//! Parts of what is stored.

use super::*;

async fn stored() -> Cached {
    let mut cached = Cached::start().await;
    let fields = ["cache-control: max-age=60", "etag: \"1\"", "content-type: text/plain"];
    cached.origin.says("/a", 200, &fields, "0123456789");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.origin.count();
    cached
}

#[tokio::test]
async fn one_part_is_cut_out() {
    let mut cached = stored().await;
    for (range, body, content_range) in
        [("0-3", "0123", "bytes 0-3/10"), ("8-", "89", "bytes 8-9/10"), ("-2", "89", "bytes 8-9/10")]
    {
        let reply = cached.get("/a", &[&format!("Range: bytes={range}")]).await;
        assert_eq!((reply.status(), reply.body.as_str()), (206, body));
        assert_eq!(reply.field("content-range").as_deref(), Some(content_range));
        assert!(status(&reply).starts_with("Sluice; hit"));
    }
    assert_eq!(cached.origin.count(), 0);
}

#[tokio::test]
async fn several_parts_come_in_one() {
    let mut cached = stored().await;
    cached.origin.says(
        "/long",
        200,
        &["cache-control: max-age=60", "content-type: text/plain"],
        &"0123456789".repeat(100),
    );
    cached.get("/long", &[]).await;
    cached.stored(2).await;
    let reply = cached.get("/long", &["Range: bytes=0-1, 500-502"]).await;
    assert_eq!(reply.status(), 206);
    let kind = reply.field("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/byteranges; boundary=").unwrap();
    let expected = format!(
        "\r\n--{boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/1000\r\n\r\n01\
         \r\n--{boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes 500-502/1000\r\n\r\n012\
         \r\n--{boundary}--\r\n"
    );
    assert_eq!(reply.body, expected);
}

#[tokio::test]
async fn a_part_that_there_is_not_is_refused() {
    let mut cached = stored().await;
    let reply = cached.get("/a", &["Range: bytes=10-"]).await;
    assert_eq!((reply.status(), reply.field("content-range").as_deref()), (416, Some("bytes */10")));
}

#[tokio::test]
async fn a_part_of_something_else_is_all_of_it() {
    let mut cached = stored().await;
    let same = cached.get("/a", &["Range: bytes=0-3", "If-Range: \"1\""]).await;
    let other = cached.get("/a", &["Range: bytes=0-3", "If-Range: \"2\""]).await;
    assert_eq!([same.status(), other.status()], [206, 200]);
    assert_eq!(other.body, "0123456789");
}

#[tokio::test]
async fn a_part_of_what_is_not_stored_comes_from_the_origin_and_is_not_stored() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 206, &["cache-control: max-age=60", "content-range: bytes 0-3/10"], "0123");
    let reply = cached.get("/a", &["Range: bytes=0-3"]).await;
    assert_eq!((reply.status(), reply.body.as_str()), (206, "0123"));
    assert_eq!(cached.origin.asked()[0].headers["range"], "bytes=0-3");
    assert_eq!(cached.gate.cache.stats().stored, 0);
}
