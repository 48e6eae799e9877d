//! The cases: a request, and what must come back.

/// One request to the plugin, in the order in which they are sent; the client sends `x-twice` as two field lines,
/// `1` and `2`, and the path is `/case?page=2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The value of `x-act`.
    pub act: &'static str,
    /// The body of the request; none if it is empty.
    pub body: &'static str,
    /// The status that the client must see.
    pub status: u16,
    /// The body that the client must see; `None` for one that the gateway words itself.
    pub text: Option<&'static str>,
    /// Path and query, and the body, that the upstream must get; `None` if it must not be asked.
    pub upstream: Option<(&'static str, &'static str)>,
}

const HMAC: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843 true false";
const SHA256: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const HELLO: &str = super::UPSTREAM_BODY;

/// All cases.
pub const CASES: &[Case] = &[
    // What the host answers.
    Case::answers("kv-set", r#"true Some("two") true"#),
    Case::answers("kv-compare-and-set", r#"conflict true Some("three")"#),
    Case::answers("kv-increment", r#"[5, -2] 10 Some("10")"#),
    Case::answers("kv-no-counter", "invalid limit"),
    Case::answers("kv-delete", "true false None"),
    Case::answers("kv-keys", r#"["list/a", "list/b"] 3"#),
    Case::answers("kv-bounds", "invalid limit limit ok invalid false"),
    Case::answers("kv-ttl", "true true"),
    Case::answers("kv-apart", r#"Some("own") Some("shared")"#),
    Case::answers("callout-not-granted", "denied"),
    Case::answers("callout-detached-not-granted", "denied"),
    Case::answers("callout-bad-path", "invalid"),
    Case::answers("callout-no-time", "invalid"),
    Case::answers("callout-too-large", "limit"),
    Case::answers("callout-too-many-at-once", "limit limit limit limit limit limit limit limit limit"),
    Case::answers("sha256", SHA256),
    Case::answers("hmac", HMAC),
    Case::answers("constant-time-eq", "true false"),
    Case::answers("random", "16 10000 true"),
    Case::answers("clock", "true"),
    Case::answers("limit", "true 1, true 0, false 0"),
    Case::answers("plan", "false"),
    Case::answers("identity", "None false"),
    Case::answers("callers", "None None Ok(None)"),
    Case::answers("cache", "false false 0"),
    Case::answers("load", "true"),
    Case::answers("load-upstream", "true"),
    Case::answers("load-pressure", "true"),
    Case::answers("priority", "Some(Normal)"),
    Case::answers("current", r#"Some("1, 2") None 2 None"#),
    Case::answers("attributes", "None true"),
    // What a request hook may and may not ask for.
    Case::passes("", "/case?page=2", ""),
    Case::passes("set-path", "/a/~c?q=1", ""),
    Case { act: "refuse", body: "", status: 403, text: None, upstream: None },
    Case::fails("no-status"),
    Case::fails("body-of-none"),
    Case::fails("fault"),
    Case::fails("write-reserved"),
    Case::fails("write-bad-value"),
    Case::fails("bad-path"),
    Case::fails("hidden-dots"),
    Case::fails("bad-method"),
    Case::fails("stranger"),
    Case::fails("not-granted-upstream"),
    Case::fails("long-attribute"),
    Case::fails("own-attribute"),
    Case::fails("no-timeout"),
    Case::fails("trace"),
    Case::passes("admit", "/case?page=2", ""),
    Case::fails("admit-bad-key"),
    Case::fails("own-priority"),
    Case::passes("cache-response", "/case?page=2", ""),
    Case::fails("cache-large-part"),
    Case::fails("cache-no-tag"),
    Case::fails("cache-no-header"),
    // Bodies.
    Case { body: "hello", ..Case::passes("buffer-body", "/case?page=2", "5 Some(2) ell 2cf24dba") },
    Case { act: "buffer-body", body: "hello from afar and away", status: 413, text: None, upstream: None },
    Case { body: "hello", ..Case::passes("stream-body", "/case?page=2", "hello; 5 bytes") },
    // Responses.
    Case { text: Some("HELLO FROM THE UPSTREAM"), ..Case::passes("response-buffer", "/case?page=2", "") },
    Case { text: Some("HELLO FROM THE UPSTREAM"), ..Case::passes("response-stream", "/case?page=2", "") },
    Case { status: 502, text: None, ..Case::passes("response-too-large", "/case?page=2", "") },
    Case { status: 203, text: Some("instead"), ..Case::passes("response-answer", "/case?page=2", "") },
    Case { status: 503, text: None, ..Case::passes("response-late", "/case?page=2", "") },
    Case { status: 503, text: None, ..Case::passes("response-bodiless", "/case?page=2", "") },
    Case { status: 503, text: None, ..Case::passes("store-bad-key", "/case?page=2", "") },
    // The first is kept, the second is what was kept.
    Case::passes("serve-cached", "/case?page=2", ""),
    Case::answers("serve-cached", HELLO),
    Case::answers("purge", "1 false"),
    Case::passes("serve-cached", "/case?page=2", ""),
];

impl Case {
    /// The plugin answers with this text.
    const fn answers(act: &'static str, text: &'static str) -> Self {
        Self { act, body: "", status: 200, text: Some(text), upstream: None }
    }

    /// The upstream gets this, and its answer comes back.
    const fn passes(act: &'static str, target: &'static str, body: &'static str) -> Self {
        Self { act, body: "", status: 200, text: Some(HELLO), upstream: Some((target, body)) }
    }

    /// The hook fails before the upstream is asked, or the host refuses what it asks for.
    const fn fails(act: &'static str) -> Self {
        Self { act, body: "", status: 503, text: None, upstream: None }
    }
}
