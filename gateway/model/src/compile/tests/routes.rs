//! What is wrong with a route is told at its place, with the remedy.

use super::*;

/// Every finding about a route beside a good document, as `path: message`.
fn told(route: Value) -> Vec<String> {
    let mut document = good();
    document["routes"].as_array_mut().unwrap().push(route);
    let findings = match compile_json(document) {
        Ok(compiled) => compiled.warnings,
        Err(findings) => findings,
    };
    findings.iter().map(|finding| format!("{}: {}", finding.path, finding.message)).collect()
}

#[test]
fn mistakes_in_a_route_name_the_field_and_the_remedy() {
    for (fields, path, part) in [
        (json!({ "path": "/a", "pathPrefix": "/a" }), "", "use one of \"path\", \"pathPrefix\" and \"pathRegex\""),
        (json!({ "path": "/a/{b" }), ".path", "a parameter is a whole segment"),
        (json!({ "pathPrefix": "/a/{b}" }), ".pathPrefix", "a prefix has no parameters"),
        (json!({ "pathRegex": "/(" }), ".pathRegex", "unclosed group"),
        (json!({ "pathRegex": "/a)|(?:/b" }), ".pathRegex", "unopened group"),
        (json!({ "methods": vec!["GET"; 65] }), ".methods", "65 are too many: use 64 at most"),
        (
            json!({ "requestHeaders": { "remove": vec!["x"; 65] } }),
            ".requestHeaders.remove",
            "65 are too many: use 64 at most",
        ),
        (json!({ "hosts": ["*"] }), ".hosts.0", "*.example.com"),
        (json!({ "hosts": ["a.*.example"] }), ".hosts.0", "no host name"),
        (json!({ "methods": ["get"] }), ".methods.0", "in upper case"),
        (json!({ "methods": ["CONNECT"] }), ".methods.0", "no method that can be served"),
        (json!({ "headers": [{ "name": "x y" }] }), ".headers.0.name", "no name of a header field"),
        (json!({ "headers": [{ "name": "x", "value": "1", "regex": "1" }] }), ".headers.0", "\"value\" and \"regex\""),
        (json!({ "headers": [{ "name": "X_Forwarded_For" }] }), ".headers.0.name", "clients forge it"),
        (json!({ "pathPrefix": "//" }), ".pathPrefix", "empty segment"),
        (json!({ "path": "/a//{*rest}" }), ".path", "empty segment"),
        (json!({ "rewrite": { "path": "/a%zz" } }), ".rewrite.path", "'%25'"),
        (json!({ "query": [{ "name": "a&b" }] }), ".query.0.name", "percent-encoded"),
        (json!({ "query": [{ "name": "a", "regex": "[" }] }), ".query.0.regex", "unclosed character class"),
        (json!({ "upstream": null }), "", "use one of \"upstream\", \"split\", \"redirect\" and \"respond\""),
        (json!({ "split": [{ "upstream": "shop", "weight": 1 }] }), "", "use one of \"upstream\""),
        (
            json!({ "upstream": null, "split": [{ "upstream": "shpo", "weight": 1 }] }),
            ".split.0.upstream",
            "did you mean",
        ),
        (json!({ "upstream": null, "split": [{ "upstream": "shop", "weight": 0 }] }), ".split", "all weights are 0"),
        (json!({ "upstream": null, "redirect": {} }), ".redirect", "leads back to the same URL"),
        (json!({ "upstream": null, "redirect": { "status": 200, "scheme": "https" } }), ".redirect.status", "301, 302"),
        (json!({ "upstream": null, "redirect": { "scheme": "ftp", "path": "/a" } }), ".redirect.scheme", "\"https\""),
        (json!({ "upstream": null, "redirect": { "host": "http://a" } }), ".redirect.host", "api.example.com:8080"),
        (json!({ "upstream": null, "respond": { "status": 100 } }), ".respond.status", "200 to 599"),
        (json!({ "upstream": null, "respond": { "status": 204, "body": "x" } }), ".respond.body", "has no body"),
        (json!({ "path": "/a", "rewrite": { "pathPrefix": "/" } }), ".rewrite.pathPrefix", "matches the whole path"),
        (json!({ "path": "/a/{b}", "rewrite": { "path": "/{c}" } }), ".rewrite.path", "no parameter \"c\": it has b"),
        (json!({ "rewrite": { "path": "/{c" } }), ".rewrite.path", "without '}'"),
        (
            json!({ "requestHeaders": { "set": [{ "name": "Host", "value": "a" }] } }),
            ".requestHeaders.set.0.name",
            "by the gateway",
        ),
        (json!({ "requestHeaders": { "remove": ["x-forwarded-for"] } }), ".requestHeaders.remove.0", "by the gateway"),
        (
            json!({ "responseHeaders": { "add": [{ "name": "x", "value": "\n" }] } }),
            ".responseHeaders.add.0.value",
            "printable",
        ),
    ] {
        let mut route = json!({ "name": "tested", "hosts": ["tested.example"], "upstream": "shop" });
        route.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let told = told(route.clone());
        let is_there = told.iter().any(|told| {
            told.strip_prefix("routes.tested")
                .is_some_and(|told| told.starts_with(&format!("{path}: ")) && told.contains(part))
        });
        assert!(is_there && told.len() == 1, "{route}: {told:#?}");
    }
}

#[test]
fn routes_that_only_their_names_tell_apart_are_warned_of() {
    let route = |name: &str, header: &str| json!({ "name": name, "hosts": ["tested.example"], "upstream": "shop", "headers": [{ "name": header }] });
    let mut document = good();
    document["routes"].as_array_mut().unwrap().extend([route("one", "x-a"), route("two", "x-b")]);
    let warnings = compile_json(document).unwrap().warnings;
    assert_eq!((warnings.len(), warnings[0].code), (1, crate::finding::Code::RouteOverlaps));
    assert_eq!(warnings[0].path.to_string(), "routes.two");
    assert!(warnings[0].message.contains("\"one\""), "{}", warnings[0].message);
}
