use super::{Covered::*, *};

const URL: &str = "https://example.com/orders/1?x=/y";

fn purge(revision: u64, scope: PurgeScope, soft: bool) -> Purge {
    Purge { revision, scope, soft }
}

fn prefix(text: &str) -> PurgeScope {
    PurgeScope::Prefix(text.to_owned())
}

fn tags(tags: &[&str]) -> Vec<Box<str>> {
    tags.iter().map(|tag| Box::from(*tag)).collect()
}

#[test]
fn a_purge_covers_what_was_asked_for_before_it() {
    let purges = Purges::new([purge(5, PurgeScope::All, false)], 0);
    assert_eq!([4, 5, 6].map(|revision| purges.covers(revision, URL, &[])), [Hard, No, No]);
    assert_eq!(purges.newest(), 5);
}

#[test]
fn what_is_older_than_the_floor_is_gone() {
    let purges = Purges::new([], 5);
    assert_eq!([4, 5].map(|revision| purges.covers(revision, URL, &[])), [Hard, No]);
    assert_eq!(Purges::default().covers(0, URL, &[]), No);
}

#[test]
fn urls_and_tags_are_purged_alone() {
    let purges = Purges::new(
        [purge(5, PurgeScope::Url(URL.to_owned()), false), purge(6, PurgeScope::Tag("a".to_owned()), true)],
        0,
    );
    assert_eq!(purges.covers(4, URL, &[]), Hard);
    assert_eq!(purges.covers(5, URL, &tags(&["b", "a"])), Soft);
    assert_eq!(purges.covers(4, "https://example.com/orders/1", &tags(&["b"])), No);
}

#[test]
fn a_hard_purge_outweighs_a_soft_one_and_an_older_one_adds_nothing() {
    let soft_last = Purges::new([purge(5, PurgeScope::All, false), purge(9, PurgeScope::All, true)], 0);
    assert_eq!([4, 5, 8, 9].map(|revision| soft_last.covers(revision, URL, &[])), [Hard, Soft, Soft, No]);
    let again = Purges::new([purge(9, PurgeScope::All, false), purge(5, PurgeScope::All, false)], 0);
    assert_eq!(again.covers(8, URL, &[]), Hard);
}

#[test]
fn prefixes_end_with_a_segment() {
    for (text, url, expected) in [
        ("https://example.com/orders", URL, Hard),
        ("https://example.com/orders/", URL, Hard),
        ("https://example.com/orders/1", URL, Hard),
        ("https://example.com/orders/1?z", URL, Hard),
        ("https://example.com/orders/1/", URL, No),
        ("https://example.com/orders/", "https://example.com/orders", No),
        ("https://example.com/orders", "https://example.com/orders?q", Hard),
        ("https://example.com/orders", "https://example.com/orders-archive", No),
        ("https://example.com/orders/1?x=", "https://example.com/orders/1?y", Hard),
        ("https://example.com/ord", URL, No),
        ("https://example.com", URL, Hard),
        ("https://example.co", URL, No),
        ("https://", URL, Hard),
        ("http://", URL, No),
        ("", URL, No),
    ] {
        let purges = Purges::new([purge(5, prefix(text), false)], 0);
        assert_eq!(purges.covers(4, url, &[]), expected, "{text} {url}");
    }
}

#[test]
fn prefixes_of_thousands_of_segments_need_no_stack() {
    let deep = "/a".repeat(30_000);
    let purges = Purges::new([purge(5, prefix(&deep), false)], 0);
    assert_eq!(purges.clone().covers(4, &format!("{deep}/b"), &[]), Hard);
}
