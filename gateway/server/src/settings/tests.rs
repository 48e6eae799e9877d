use toml::{Table, Value};

use super::{
    source::{leaves, setting},
    *,
};

fn load(toml: &str, environment: &[(&str, &str)]) -> Result<Settings> {
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), toml)?;
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::load(Some(file.path()), environment)
}

#[test]
fn without_a_file_the_defaults_serve_http_on_8080_and_the_admin_on_loopback() {
    let settings = Settings::load(None, std::iter::empty()).unwrap();
    assert_eq!(settings.http.address.port(), 8080);
    assert!(settings.admin.address.ip().is_loopback());
    assert!(!settings.has_tls());
}

#[test]
fn the_environment_wins_over_the_file() {
    let settings = load(
        "data = \"a\"\n[http]\naddress = \"127.0.0.1:1\"\n[shutdown]\ngrace_ms = 5",
        &[
            ("SLUICE_HTTP_ADDRESS", "127.0.0.1:2"),
            ("SLUICE_SHUTDOWN_GRACE_MS", "7"),
            ("SLUICE_DATA", "b"),
            ("PATH", "x"),
        ],
    )
    .unwrap();
    assert_eq!(settings.http.address.port(), 2);
    assert_eq!(settings.grace(), Duration::from_millis(7));
    assert_eq!(settings.data, Path::new("b"));
}

#[test]
fn every_setting_has_a_variable() {
    let defaults = Table::try_from(Settings::default()).unwrap();
    for (path, default) in leaves(&defaults) {
        let name = format!("SLUICE_{}", path.join("_").to_ascii_uppercase());
        assert_eq!(setting(&name, &defaults), Some((path, default)));
    }
}

#[test]
fn every_setting_is_documented_with_its_default() {
    let documented = include_str!("../../../../docs/settings.md");
    let defaults = Table::try_from(Settings::default()).unwrap();
    for (path, default) in leaves(&defaults) {
        let default = match default {
            Value::String(text) if text.is_empty() => "none".to_owned(),
            Value::Array(items) if items.is_empty() => "none".to_owned(),
            other => format!("`{other}`"),
        };
        let row = format!("| `{}` | {default} |", path.join("."));
        assert!(documented.contains(&row), "docs/settings.md has no row that begins with {row}");
    }
}

#[test]
fn stores_come_from_the_file_and_from_variables_and_their_passwords_too() {
    let settings = load(
        "[stores.shared-eu]\nurl = \"redis://:${REDIS_PASSWORD}@a:1/${DB}\"",
        &[("REDIS_PASSWORD", "hush"), ("DB", "2"), ("SLUICE_STORES_SESSIONS_URL", "redis://b:2")],
    )
    .unwrap();
    let urls: Vec<_> = settings.stores.iter().map(|(name, store)| (name.as_str(), store.url.as_str())).collect();
    assert_eq!(urls, [("sessions", "redis://b:2"), ("shared-eu", "redis://:hush@a:1/2")]);
    assert!(!format!("{settings:?}").contains("hush"));
    let settings =
        load("[stores.shared-eu]\nurl = \"redis://a:1\"", &[("SLUICE_STORES_SHARED_EU_URL", "redis://c:3")]).unwrap();
    assert_eq!(settings.stores["shared-eu"].url, "redis://c:3", "the variable wins");
}

#[test]
fn a_store_with_tls_may_name_whom_it_trusts() {
    let settings = load(
        "[stores.team-eu]\nurl = \"rediss://a:1\"",
        &[("SLUICE_STORES_TEAM_EU_AUTHORITIES", "ca.pem"), ("SLUICE_STORES_B_URL", "rediss://b:2")],
    )
    .unwrap();
    assert_eq!(settings.stores["team-eu"].authorities, Path::new("ca.pem"));
    assert_eq!(settings.stores["b"].authorities, Path::new(""), "those of the system");
    let error = format!("{:#}", settings.stores["team-eu"].address("team-eu").unwrap_err());
    assert!(error.contains("stores.team-eu.authorities: ca.pem"), "{error}");
}

#[test]
fn a_list_is_a_variable_with_commas() {
    let settings = load("", &[("SLUICE_PLUGINS_TRUSTED_KEYS", "a.pem, b.pem")]).unwrap();
    assert_eq!(settings.plugins.trusted_keys, [Path::new("a.pem"), Path::new("b.pem")]);
}

#[test]
fn a_wrong_setting_is_named_with_its_remedy() {
    for (toml, words) in [
        ("[admin]\naddress = \"0.0.0.0:9000\"", "admin.address is 0.0.0.0:9000"),
        ("[https]\ncertificate = \"a.pem\"", "https.certificate and https.key come together"),
        ("[https]\nclient_auth = \"required\"\nauthorities = \"ca.pem\"", "https.client_auth needs the TLS listener"),
        (
            "[https]\ncertificate = \"a\"\nkey = \"b\"\nclient_auth = \"optional\"",
            "https.client_auth and https.authorities come together",
        ),
        (
            "[https]\ncertificate = \"a\"\nkey = \"b\"\nauthorities = \"ca.pem\"",
            "https.client_auth and https.authorities come together",
        ),
        ("[https]\nclient_auth = \"perhaps\"", "client_auth"),
        ("[http]\nenabled = false", "nothing to listen on"),
        ("[http]\nport = 1", "port"),
        ("[connections]\nmax = 0", "connections.max is 0"),
        ("[connections]\nper_address = 0", "connections.per_address is 0"),
        ("[connections]\nhandshake_timeout_ms = 0", "connections.handshake_timeout_ms is 0"),
        ("[connections]\ntrusted_proxies = [\"10.0.0.1/8\"]", "\"10.0.0.1/8\", which is no network: the address has"),
        ("[http]\nproxy_protocol = true", "need connections.trusted_proxies"),
        ("[connections]\nhead_bytes = 5", "connections.head_bytes is 5"),
        ("[connections]\ntarget_bytes = 65535", "connections.target_bytes is 65535: give 1 KiB"),
        ("[keys]\nprefix = \"Acme-\"", "keys.prefix is \"Acme-\""),
        ("[keys]\nprefix = \"sla_\"", "keys.prefix is \"sla_\""),
        ("[plugins]\nmemory_bytes = 5", "plugins.memory_bytes is 5"),
        ("[plugins]\ninstances = 0", "plugins.instances is 0"),
        ("[plugins]\ndeadline_ms = 0", "plugins.deadline_ms is 0"),
        ("[plugins]\nrequest_budget_ms = 0", "plugins.request_budget_ms is 0"),
        ("[plugins]\nhost_calls = 0", "plugins.host_calls is 0: give 1 to 10000000"),
        ("[plugins]\nhost_call_bytes = 65535", "plugins.host_call_bytes is 65535: give 64 KiB"),
        ("[plugins]\nwaiting = 1001", "plugins.waiting is 1001: give 1 to 1000"),
        ("[plugins]\nwait_ms = 99", "plugins.wait_ms is 99: give 100 to 600000"),
        ("[plugins]\nhook_body_bytes = 0", "plugins.hook_body_bytes is 0: give 1 to 2 GiB"),
        ("[plugins]\nbuffered_bytes = 0", "plugins.buffered_bytes is 0: give 1 MiB"),
        ("[plugins]\ncache_bytes = 7", "plugins.cache_bytes is 7"),
        ("[cache]\nmemory_bytes = 7", "cache.memory_bytes is 7: give 0, or 1 MiB"),
        ("[cache]\nobject_bytes = 7", "cache.object_bytes is 7: give 1 KiB"),
        ("[cache]\ndisk_bytes = 7", "cache.disk_bytes is 7: give 0, or 64 MiB"),
        ("[cache]\ndisk_object_bytes = 7", "cache.disk_object_bytes is 7: give 1 KiB"),
        ("[plugins]\nunused_modules = 10001", "plugins.unused_modules is 10001"),
        ("[stores.a]\nurl = \"http://x\"", "stores.a.url is no URL of a store"),
        (
            "[stores.a]\nurl = \"redis://x\"\nauthorities = \"ca.pem\"",
            "stores.a.authorities is \"ca.pem\", and stores.a.url is",
        ),
        ("[stores.a]\nurl = \"redis://${GONE}\"", "the environment variable GONE, which is not set"),
        ("[stores.\"A b\"]\nurl = \"redis://x\"", "\"A b\" is not a name"),
    ] {
        let error = format!("{:#}", load(toml, &[]).unwrap_err());
        assert!(error.contains(words), "{toml}: {error}");
    }
}
