use serde_json::json;

use super::*;

fn document(json: Value) -> Document {
    serde_json::from_value::<DocumentFile>(json).unwrap().into_document().unwrap()
}

fn mistakes(text: &str) -> Vec<String> {
    parse_yaml(text).unwrap_err().iter().map(ToString::to_string).collect()
}

fn everything() -> Document {
    document(json!({
        "upstreams": [{"name": "shop", "targets": [{"address": "127.0.0.1:9000"}, {"address": "[::1]:9000"}]}],
        "routes": [{"name": "orders", "hosts": ["api.example.com"], "pathPrefix": "/orders", "upstream": "shop"}],
        "usagePlans": [{"name": "gold", "throttle": {"rateLimit": 0.1, "burstLimit": 200}, "quota": {"limit": 5, "period": "DAY"}}],
        "consumers": [{"name": "acme", "usagePlans": ["gold"], "groups": ["partners"]}],
        "credentials": [{"name": "acme-1", "consumer": "acme", "keyDigest": "01".repeat(32)}],
        "plugins": [{"name": "auth", "digest": format!("sha256:{}", "0".repeat(64))}],
        "attachments": [{"name": "auth-all", "plugin": "auth", "config": {"keys": [], "note": "a\nb\n", "on": "yes"}, "grants": ["identity", "secret:hmac"]}],
    }))
}

#[test]
fn a_document_reads_as_a_person_would_write_it() {
    let expected = r#"routes:
- name: orders
  hosts:
  - api.example.com
  pathPrefix: /orders
  upstream: shop
upstreams:
- name: shop
  targets:
  - address: 127.0.0.1:9000
  - address: "[::1]:9000"
  timeouts:
    connectMs: 2000
    responseMs: 30000
    idleMs: 60000
consumers:
- name: acme
  groups:
  - partners
  usagePlans:
  - gold
credentials:
- name: acme-1
  consumer: acme
  keyDigest: "0101010101010101010101010101010101010101010101010101010101010101"
usagePlans:
- name: gold
  throttle:
    rateLimit: 0.1
    burstLimit: 200
  quota:
    limit: 5
    period: DAY
plugins:
- name: auth
  digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
attachments:
- name: auth-all
  plugin: auth
  config:
    keys: []
    note: |
      a
      b
    "on": "yes"
  grants:
  - identity
  - secret:hmac
  onFailure: closed
"#;
    assert_eq!(to_yaml(&everything()), expected);
}

#[test]
fn what_is_written_is_read_back_the_same() {
    for document in [everything(), Document::default()] {
        let text = to_yaml(&document);
        let back = parse_yaml(&text).unwrap();
        assert_eq!(back, document);
        assert_eq!(to_yaml(&back), text);
    }
}

/// A document whose upstream admits its requests so.
fn admitting(admission: Value) -> Document {
    document(json!({
        "upstreams": [{"name": "shop", "targets": [{"address": "127.0.0.1:9000"}], "admission": admission}],
        "routes": [{"name": "checkout", "pathPrefix": "/checkout", "upstream": "shop", "priority": "critical"}],
        "usagePlans": [{"name": "free", "priority": "low"}],
    }))
}

#[test]
fn who_goes_first_is_written_and_read_back_whole() {
    for admission in [
        json!({}),
        json!({
            "concurrency": {"algorithm": "AIMD", "initial": 8, "min": 4, "max": 64, "latencyMs": 250},
            "queue": {"maxRequests": 0, "maxBytes": 68_719_476_736_u64},
            "classes": {"low": {"maxWaitMs": 0, "share": 0}},
            "announce": true,
        }),
    ] {
        let document = admitting(admission);
        let text = to_yaml(&document);
        let back = parse_yaml(&text).unwrap();
        assert_eq!((&back, to_yaml(&back)), (&document, text.clone()));
        for line in ["priority: critical", "priority: low"] {
            assert!(text.contains(line), "{text}");
        }
    }
    let expected = r"  admission:
    concurrency:
      algorithm: GRADIENT
      initial: 20
      min: 2
      max: 1000
    queue:
      maxRequests: 1000
      maxBytes: 16777216
    classes:
      critical:
        maxWaitMs: 10000
        share: 0
      high:
        maxWaitMs: 5000
        share: 10
      normal:
        maxWaitMs: 2000
        share: 10
      low:
        maxWaitMs: 1000
        share: 5
";
    let text = to_yaml(&admitting(json!({})));
    assert!(text.contains(expected), "{text}");
}

#[test]
fn mistakes_in_an_admission_are_told_where_they_are() {
    let upstream = |admission: &str| {
        format!("upstreams:\n- name: shop\n  targets: [{{address: \"127.0.0.1:1\"}}]\n  admission: {admission}\n")
    };
    for (admission, told) in [
        ("{queue: {maxRequest: 5}}", "maxRequest"),
        ("{concurrency: {algorithm: gradient}}", "gradient"),
        ("{classes: {urgent: {maxWaitMs: 5, share: 0}}}", "urgent"),
        ("{queue: {maxBytes: -1}}", "maxBytes"),
    ] {
        let told_of = mistakes(&upstream(admission));
        assert!(told_of.iter().any(|mistake| mistake.contains(told)), "{admission}: {told_of:?}");
    }
}

#[test]
fn texts_that_look_like_something_else_stay_texts() {
    let odd = [
        "",
        " ",
        "yes",
        "no",
        "on",
        "null",
        "~",
        "true",
        "0x1F",
        "0123",
        "1e3",
        ".5",
        ".inf",
        "NaN",
        "12:30:45",
        "2001-01-01",
        "- a",
        "a: b",
        "a # b",
        "#",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "?",
        "[",
        "{",
        "'",
        "\"",
        "\\",
        "a\nb",
        "a\n\n",
        "\n",
        "\t",
        " a ",
        "ä€😀",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{7f}",
        "---",
        "...",
        "<<",
        "=",
        "a\r\nb",
    ];
    for text in odd {
        let config = json!({"list": [text], "map": {text: text}});
        let attachment = json!({"name": "a", "plugin": "p", "config": config});
        let document = document(json!({"attachments": [attachment]}));
        let written = to_yaml(&document);
        assert_eq!(parse_yaml(&written).as_ref(), Ok(&document), "{text:?} was written as\n{written}");
    }
}

#[test]
fn nothing_and_comments_are_the_empty_document() {
    for text in ["", "\n", "# later\n", "{}", "---\n", "routes: []"] {
        assert_eq!(parse_yaml(text), Ok(Document::default()), "{text:?}");
    }
}

#[test]
fn json_is_read_as_well() {
    let json = serde_json::to_string(&DocumentFile::from(&everything())).unwrap();
    assert_eq!(parse_yaml(&json), Ok(everything()));
}

#[test]
fn every_mistake_in_the_form_is_told_with_path_and_line() {
    let text = "\
upstreams:
  - name: shop
    targets:
      - address: 127.0.0.1:1
      - adress: 127.0.0.1:2
  - name: slow
    targets: []
    timeouts: {connectMs: -1}
routes:
  - pathPrefix: /orders
usagePlans:
  - name: gold
    throttle: {rateLimit: 10, burstLimit: many}
attachments:
  - name: auth
    plugin: auth
    grants: [everything]
rotues: []
";
    assert_eq!(
        mistakes(text),
        [
            r#"error at attachments.auth.grants.0: in the item at line 15: "everything" is not a grant: use identity, usage-plan, cache, priority, secret:NAME, upstream:NAME, kv:NAME or store:NAME"#,
            r#"error at rotues: line 18: there is no such list: use routes, upstreams, consumers, credentials, usagePlans, plugins, attachments, certificates"#,
            r#"error at routes.0: in the item at line 10: missing field `name`"#,
            r#"error at upstreams.shop.targets.1.adress: in the item at line 2: unknown field `adress`, expected one of `address`, `weight`, `priority`"#,
            r#"error at upstreams.slow.timeouts.connectMs: in the item at line 6: invalid value: integer `-1`, expected u32"#,
            r#"error at usagePlans.gold.throttle.burstLimit: in the item at line 12: invalid type: string "many", expected u32"#,
        ]
    );
}

#[test]
fn a_name_that_stands_twice_is_a_mistake() {
    let text = "upstreams:\n  - {name: a, targets: []}\n  - {name: a, targets: []}\n";
    assert_eq!(mistakes(text), [r#"error at upstreams.1.name: "a" stands twice: names are unique among upstreams"#]);
}

#[test]
fn text_that_is_no_yaml_is_a_mistake_at_its_line() {
    for (text, line) in [
        ("routes: [\n  {}\n", "unclosed bracket '[' at line 1"),
        ("routes:\n\t- name: a\n", "line 2"),
        ("routes: []\nroutes: []\n", "line 2"),
        ("routes: 7\n", "line 1"),
    ] {
        let found = mistakes(text);
        assert!(found.len() == 1 && found[0].contains(line), "{text:?}: {found:?}");
    }
}

#[test]
fn a_field_that_leads_back_to_itself_is_refused() {
    let laughs: String =
        (1..10).map(|n| format!("  a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", "))).collect();
    let text =
        format!("attachments:\n- name: a\n  plugin: p\n  config:\n  a0: &a0 [lol]\n{}", laughs.replace("  a", "   a"));
    let text = text.replace("  a0: &a0", "   a0: &a0");
    assert!(parse_yaml(&text).is_err());
}

#[test]
fn a_document_with_hundreds_of_thousands_of_parts_is_read() {
    let config = json!({"keys": (0..300_000).collect::<Vec<_>>()});
    let document = document(json!({"attachments": [{"name": "a", "plugin": "p", "config": config}]}));
    assert_eq!(parse_yaml(&to_yaml(&document)).as_ref(), Ok(&document));
}
