//! Sessions of browsers: signed in with a token, kept in a cookie, good only for our own pages.

use axum::body::Body;
use gateway_config::system;
use http::request::Builder;

use crate::gateway::{Answer, Gateway, anonymous};

const OURS: &str = "http://localhost:9000";

async fn sign_in(gateway: &Gateway, token: &str, origin: &str) -> Answer {
    let request = anonymous("POST", "/sign-in")
        .header("origin", origin)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("token={token}").into());
    gateway.send(request.unwrap()).await
}

async fn session(gateway: &Gateway) -> String {
    let answer = sign_in(gateway, &gateway.token, OURS).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/"));
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

fn page(path: &str) -> Builder {
    anonymous("GET", path).header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
}

fn query(cookie: &str) -> Builder {
    anonymous("POST", "/graphql").header("cookie", cookie)
}

fn body() -> Body {
    Body::from(r#"{"query":"{ currentRevision }"}"#)
}

#[tokio::test]
async fn a_browser_is_asked_to_sign_in_and_then_gets_the_page() {
    let gateway = Gateway::start().await;
    for path in ["/", "/graphql"] {
        let asked = gateway.send(page(path).body(Body::empty()).unwrap()).await;
        assert_eq!(asked.status, 401, "{path}");
        assert!(asked.text.contains("name=\"token\""), "{path}");
    }
    let cookie = session(&gateway).await;
    for path in ["/", "/graphql"] {
        let shown = gateway.send(page(path).header("cookie", &cookie).body(Body::empty()).unwrap()).await;
        assert_eq!(shown.status, 200, "{path}");
        assert!(shown.text.contains("action=\"/sign-out\""), "{path}");
    }
}

#[tokio::test]
async fn pages_load_nothing_from_elsewhere_and_hold_no_inline_script() {
    let gateway = Gateway::start().await;
    let cookie = session(&gateway).await;
    let shown = gateway.send(page("/").header("cookie", &cookie).body(Body::empty()).unwrap()).await;
    assert!(shown.header("content-security-policy").contains("default-src 'none'; script-src 'self';"));
    assert_eq!(shown.header("x-frame-options"), "DENY");
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    assert_eq!(shown.header("cache-control"), "no-store");
    for elsewhere in ["http:", "https:", "src=\"//", "<script>", "<style", "style=", "onclick"] {
        assert!(!shown.text.contains(elsewhere), "{elsewhere}");
    }

    let sources = shown.text.split(['"', '\'']).filter(|text| text.starts_with("/assets/"));
    for source in sources {
        let asset = gateway.send(anonymous("GET", source).body(Body::empty()).unwrap()).await;
        assert_eq!(asset.status, 200, "{source}");
        let tag = asset.header("etag");
        let again = anonymous("GET", source).header("if-none-match", tag).body(Body::empty()).unwrap();
        assert_eq!(gateway.send(again).await.status, 304, "{source}");
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let gateway = Gateway::start().await;
    let answer = sign_in(&gateway, &gateway.token, OURS).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains(&gateway.token), "the cookie carries a random id only");
}

#[tokio::test]
async fn a_session_is_good_only_for_preflighted_requests_of_our_own_pages() {
    let gateway = Gateway::start().await;
    let cookie = session(&gateway).await;
    let json = "application/json";
    for (origin, content_type, status) in [
        (Some(OURS), Some(json), 200),
        (Some("http://localhost:3000"), Some(json), 403),
        (Some("https://evil.example"), Some(json), 403),
        (Some("null"), Some(json), 403),
        (None, Some(json), 403),
        (Some(OURS), Some("text/plain"), 403),
        (Some(OURS), None, 403),
    ] {
        let mut request = query(&cookie);
        for (name, value) in [("origin", origin), ("content-type", content_type)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let answer = gateway.send(request.body(body()).unwrap()).await;
        assert_eq!(answer.status, status, "{origin:?} {content_type:?}");
    }
}

#[tokio::test]
async fn signing_in_from_another_page_or_with_a_wrong_token_fails() {
    let gateway = Gateway::start().await;
    assert_eq!(sign_in(&gateway, &gateway.token, "https://evil.example").await.status, 403);
    let wrong = sign_in(&gateway, "nonsense", OURS).await;
    assert_eq!(wrong.status, 401);
    assert!(wrong.text.contains("not valid"));
    assert_eq!(wrong.header("set-cookie"), "");
}

#[tokio::test]
async fn a_session_ends_with_sign_out_or_with_its_token() {
    let gateway = Gateway::start().await;
    let works = async |cookie: &str| {
        let request = query(cookie).header("origin", OURS).header("content-type", "application/json");
        gateway.send(request.body(body()).unwrap()).await.status == 200
    };
    let (first, second) = (session(&gateway).await, session(&gateway).await);
    assert!(works(&first).await && works(&second).await);

    let sign_out = anonymous("POST", "/sign-out").header("cookie", &first).header("origin", OURS);
    let answer = gateway.send(sign_out.body(Body::empty()).unwrap()).await;
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert!(!works(&first).await && works(&second).await);

    gateway.service.delete_token(&system(), "tester").await.unwrap();
    assert!(!works(&second).await);
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused() {
    let gateway = Gateway::start().await;
    let answer = sign_in(&gateway, &"x".repeat(5_000), OURS).await;
    assert_eq!(answer.status, 413);
}
