use proptest::prelude::*;

use super::*;

fn is_trusted(address: IpAddr) -> bool {
    address.to_string().starts_with("10.")
}

fn client(values: &[&str]) -> Option<String> {
    for_list(values.iter().map(|value| value.as_bytes()), is_trusted).first().map(ToString::to_string)
}

#[test]
fn the_client_is_the_last_one_that_is_not_trusted() {
    for (values, expected) in [
        (&["192.0.2.1"][..], Some("192.0.2.1")),
        (&["192.0.2.1, 10.0.0.1"], Some("192.0.2.1")),
        (&["6.6.6.6, 192.0.2.1,10.0.0.1 , 10.0.0.2"], Some("192.0.2.1")),
        (&["\u{e4}, 192.0.2.1", "10.0.0.1"], Some("192.0.2.1")),
        (&["6.6.6.6", "192.0.2.1", "10.0.0.1"], Some("192.0.2.1")),
        (&["10.0.0.3, 10.0.0.1"], Some("10.0.0.3")),
        (&["2001:db8::1, 10.0.0.1"], Some("2001:db8::1")),
        (&["[2001:db8::1]:443"], Some("2001:db8::1")),
        (&["::ffff:192.0.2.1"], Some("192.0.2.1")),
        (&["192.0.2.1:4711"], Some("192.0.2.1")),
        // Whoever stands before what is no address said so itself.
        (&["192.0.2.1, unknown, 10.0.0.1"], Some("10.0.0.1")),
        (&["192.0.2.1, , 10.0.0.1"], Some("10.0.0.1")),
        (&["192.0.2.1, unknown"], None),
        (&["192.0.2.1,"], None),
        (&["192.0.2.1:port"], None),
        (&["192.0.2.1:123456"], None),
        (&["[192.0.2.1]"], None),
        (&["192.0.2.256"], None),
        (&[""], None),
        (&[], None),
    ] {
        assert_eq!(client(values).as_deref(), expected, "{values:?}");
    }
}

#[test]
fn the_proxies_behind_the_client_are_told_in_order() {
    let hops = for_list([&b"6.6.6.6, 192.0.2.1, 10.0.0.1"[..], b"10.0.0.2"].into_iter(), is_trusted);
    assert_eq!(hops, ["192.0.2.1", "10.0.0.1", "10.0.0.2"].map(|hop| hop.parse::<IpAddr>().unwrap()));
}

#[test]
fn the_nearest_proxy_has_the_last_word() {
    assert_eq!(last(["http", "https , http "].into_iter()), Some("http"));
    assert_eq!(last(["https,"].into_iter()), None);
    assert_eq!(last([].into_iter()), None);
    assert_eq!((scheme("HTTPS"), scheme("http"), scheme("ftp")), (Some("https"), Some("http"), None));
    assert_eq!((scheme("WSS"), scheme("ws")), (Some("https"), Some("http")), "whoever asks for a WebSocket");
}

#[test]
fn the_elements_of_forwarded_say_it_in_one_place() {
    let read = |values: &[&'static str]| {
        forwarded(values.iter().copied(), is_trusted)
            .map(|it| Some((it.hops.first()?.to_string(), it.scheme.unwrap_or(""), it.host.unwrap_or(""))))
    };
    for (values, expected) in [
        (&["for=192.0.2.1"][..], Some(("192.0.2.1", "", ""))),
        (&["For=\"[2001:db8::1]:47011\";Proto=HTTPS"], Some(("2001:db8::1", "https", ""))),
        (
            &[
                "for=6.6.6.6;proto=http;host=evil, for=192.0.2.1;host=\"a.example:8443\";proto=https;by=10.0.0.1, for=10.0.0.9",
            ],
            Some(("192.0.2.1", "https", "a.example:8443")),
        ),
        (&["for=192.0.2.1", "for=10.0.0.1;proto=http"], Some(("192.0.2.1", "", ""))),
        (&["for=\"192.0.2.1:_hidden\""], Some(("192.0.2.1", "", ""))),
        (&[", ,for=192.0.2.1 ,"], Some(("192.0.2.1", "", ""))),
        (&["for=192.0.2.1;ext=\"a\\\"b, for=6.6.6.6\""], Some(("192.0.2.1", "", ""))),
        (&["for=192.0.2.1, for=_hidden, for=10.0.0.1"], Some(("10.0.0.1", "", ""))),
        (&["for=192.0.2.1, for=unknown"], None),
        (&["for=192.0.2.1, proto=https"], None),
        (&[], None),
    ] {
        let expected = expected.map(|(address, scheme, host)| (address.to_owned(), scheme, host));
        assert_eq!(read(values), Ok(expected), "{values:?}");
    }
    for malformed in [
        "for=192.0.2.1, for=\"10.0.0.1",
        "for=192.0.2.1;for=192.0.2.2",
        "for=2001:db8::1",
        "for = 192.0.2.1",
        "for=192.0.2.1;",
        "for=192.0.2.1 proto=https",
        "for=",
        "192.0.2.1",
    ] {
        assert_eq!(read(&[malformed]), Err(Malformed), "{malformed}");
    }
}

proptest! {
    /// Whatever a client puts into the lists, what proxies append behind it is what counts.
    #[test]
    fn no_list_of_a_client_hides_where_it_is(
        lie in "[ -~]{0,40}",
        proxies in prop::collection::vec(any::<u8>(), 0..4),
    ) {
        let behind: String = proxies.iter().map(|it| format!(", 10.0.0.{it}")).collect();
        let list = format!("192.0.2.7{behind}");
        prop_assert_eq!(client(&[&lie, &list]), Some("192.0.2.7".to_owned()));
        prop_assert_eq!(client(&[&format!("{lie},{list}")]), Some("192.0.2.7".to_owned()));
    }

    #[test]
    fn no_text_makes_it_panic(values in prop::collection::vec("\\PC{0,60}", 0..3), tame in "[a-z=;,\" \\\\\\[\\]:.0-9]{0,60}") {
        let values: Vec<&str> = values.iter().map(String::as_str).chain([tame.as_str()]).collect();
        for_list(values.iter().map(|value| value.as_bytes()), is_trusted);
        drop(forwarded(values.iter().copied(), is_trusted));
        last(values.iter().copied());
    }

    #[test]
    fn an_element_of_ours_reads_back(address in any::<u128>(), host in "[a-z]{1,8}(:[0-9]{1,4})?") {
        let address = IpAddr::V6(Ipv6Addr::from_bits(address));
        let value = format!("for=\"[{address}]\";host=\"{host}\";proto=https");
        let read = forwarded([&*value].into_iter(), |_| false).unwrap();
        prop_assert_eq!(read, Told { hops: vec![address.to_canonical()], scheme: Some("https"), host: Some(&host) });
    }
}
