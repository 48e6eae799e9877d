use super::*;

fn letters() -> OrdMap<String, String> {
    ('a'..='e').map(|c| (c.to_string(), c.to_string())).collect()
}

fn page(items: &OrdMap<String, String>, paging: Paging) -> Connection<String> {
    Connection::page(items, paging, String::clone).unwrap()
}

fn shown(page: &Connection<String>) -> (String, bool, bool) {
    let nodes = page.edges.iter().map(|edge| edge.node.as_str()).collect();
    (nodes, page.has_previous_page, page.has_next_page)
}

fn cursor(key: &str) -> Option<String> {
    Some(BASE64_URL_SAFE_NO_PAD.encode(key))
}

#[test]
fn pages_go_forwards_and_backwards_and_know_what_lies_around_them() {
    let items = letters();
    let forwards = |first, after: Option<&str>| Paging { first, after: after.and_then(cursor), ..Paging::default() };
    let backwards = |last, before: Option<&str>| Paging { last, before: before.and_then(cursor), ..Paging::default() };
    for (paging, expected) in [
        (forwards(None, None), ("abcde", false, false)),
        (forwards(Some(2), None), ("ab", false, true)),
        (forwards(Some(2), Some("b")), ("cd", true, true)),
        (forwards(Some(2), Some("d")), ("e", true, false)),
        (forwards(Some(2), Some("e")), ("", true, false)),
        (forwards(Some(0), None), ("", false, true)),
        (backwards(Some(2), None), ("de", true, false)),
        (backwards(Some(2), Some("d")), ("bc", true, true)),
        (backwards(Some(9), Some("c")), ("ab", false, true)),
        (backwards(None, Some("a")), ("", false, true)),
    ] {
        let asked = format!("{paging:?}");
        let (nodes, previous, next) = shown(&page(&items, paging));
        assert_eq!((nodes.as_str(), previous, next), expected, "{asked}");
    }
}

#[test]
fn a_page_does_not_shift_when_resources_come_and_go() {
    let mut items = letters();
    let first = page(&items, Paging { first: Some(2), ..Paging::default() });
    let after = first.edges.last().map(|edge| edge.cursor.clone());
    items.insert("aa".into(), "aa".into());
    items.remove("b");
    let second = page(&items, Paging { first: Some(2), after, ..Paging::default() });
    assert_eq!(shown(&second).0, "cd");
}

#[test]
fn a_page_has_at_most_a_hundred_items() {
    let items = (0..150).map(|n| (format!("{n:03}"), n.to_string())).collect();
    let all = page(&items, Paging { first: Some(1_000), ..Paging::default() });
    assert_eq!((all.edges.len(), all.has_next_page, all.total_count), (100, true, Some(150)));
    assert_eq!(page(&items, Paging::default()).edges.len(), 20);
}

#[test]
fn contradictions_negative_sizes_and_foreign_cursors_are_refused() {
    for paging in [
        Paging { first: Some(1), last: Some(1), ..Paging::default() },
        Paging { first: Some(1), before: cursor("a"), ..Paging::default() },
        Paging { after: cursor("a"), last: Some(1), ..Paging::default() },
        Paging { first: Some(-1), ..Paging::default() },
        Paging { last: Some(-1), ..Paging::default() },
        Paging { after: Some("no cursor!".into()), ..Paging::default() },
    ] {
        let asked = format!("{paging:?}");
        assert!(paging.window().is_err(), "{asked}");
    }
}
