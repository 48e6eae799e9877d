use super::{Ranges::*, *};

fn wanted(range: &str, length: u64) -> Ranges {
    ranges(&fields(&[&format!("range: {range}")]), &HeaderMap::new(), length)
}

#[test]
fn a_single_range_is_cut_out() {
    for (range, expected) in [
        ("bytes=0-0", 0..1),
        ("bytes=0-", 0..1_000),
        ("bytes=10-19", 10..20),
        ("bytes=990-5000", 990..1_000),
        ("bytes=999-", 999..1_000),
        ("bytes=-1", 999..1_000),
        ("bytes=-5000", 0..1_000),
        ("Bytes=0-1", 0..2),
        ("bytes=0-99999999999999999999999999", 0..1_000),
        ("bytes= 0-1 ,", 0..2),
    ] {
        assert_eq!(wanted(range, 1_000), One(expected), "{range}");
    }
}

#[test]
fn ranges_beyond_the_end_cannot_be_satisfied() {
    for range in ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=5000-6000,-0", "bytes=99999999999999999999999-"]
    {
        assert_eq!(wanted(range, 1_000), Unsatisfiable, "{range}");
    }
    assert_eq!(wanted("bytes=0-", 0), Unsatisfiable);
    assert_eq!(wanted("bytes=-5", 0), Whole);
    assert_eq!(wanted("bytes=5000-,0-1", 1_000), One(0..2), "one that can be is enough");
}

#[test]
fn ranges_that_cannot_be_read_are_not_heeded() {
    for range in [
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=5",
        "bytes=2-1",
        "bytes=0-1,x",
        "bytes=1--2",
        "lines=0-1",
        "bytes=+1-2",
        "bytes=0-1;2-3",
        "bytes:0-1",
        "bytes=0 - 1",
    ] {
        assert_eq!(wanted(range, 1_000), Whole, "{range}");
    }
    let twice = fields(&["range: bytes=0-1", "range: bytes=0-1"]);
    assert_eq!(ranges(&twice, &HeaderMap::new(), 1_000), Whole);
    assert_eq!(ranges(&HeaderMap::new(), &HeaderMap::new(), 1_000), Whole);
}

#[test]
fn several_ranges_come_in_the_order_in_which_they_were_asked_for() {
    assert_eq!(wanted("bytes=0-9,500-509,-10", 1_000), Many(vec![0..10, 500..510, 990..1_000]));
    assert_eq!(wanted("bytes=-10,0-9", 1_000), Many(vec![990..1_000, 0..10]));
}

#[test]
fn ranges_that_overlap_or_nearly_touch_are_put_together() {
    assert_eq!(wanted("bytes=0-9,5-14", 1_000), One(0..15));
    assert_eq!(wanted("bytes=0-9,10-19", 1_000), One(0..20));
    assert_eq!(wanted("bytes=0-9,90-99", 1_000), One(0..100));
    assert_eq!(wanted("bytes=0-9,91-99", 1_000), Many(vec![0..10, 91..100]));
    assert_eq!(wanted("bytes=500-509,0-9,100-109,50-59", 1_000), Many(vec![500..510, 0..110]));
}

#[test]
fn abusive_ranges_get_everything() {
    let sixteen = (0..16).map(|nth| format!("{}-{}", nth * 200, nth * 200)).collect::<Vec<_>>().join(",");
    assert!(matches!(wanted(&format!("bytes={sixteen}"), 10_000), Many(parts) if parts.len() == 16));
    assert_eq!(wanted(&format!("bytes={sixteen},9000-9001"), 10_000), Whole);
    assert_eq!(wanted("bytes=0-,0-", 1_000), Whole);
    assert_eq!(wanted("bytes=0-600,400-", 1_000), Whole);
}

#[test]
fn if_range_holds_for_the_same_strong_validator_only() {
    let old = "Sat, 06 Nov 1993 08:49:37 GMT";
    let modified = format!("last-modified: {old}");
    let same_second = format!("date: {old}");
    let later = "date: Sat, 06 Nov 1993 08:49:38 GMT";
    for (condition, stored, expected) in [
        ("\"a\"", &["etag: \"a\""][..], true),
        ("\"b\"", &["etag: \"a\""], false),
        ("W/\"a\"", &["etag: W/\"a\""], false),
        ("\"a\"", &["etag: W/\"a\""], false),
        ("\"a\"", &[], false),
        ("a", &["etag: \"a\""], false),
        (old, &[&modified, later], true),
        (old, &[&modified, &same_second], false),
        (old, &[&modified], false),
        ("Sat, 06 Nov 1993 08:49:38 GMT", &[&modified, later], false),
        (old, &["etag: \"a\""], false),
    ] {
        let request = fields(&["range: bytes=0-1", &format!("if-range: {condition}")]);
        let expected = if expected { One(0..2) } else { Whole };
        assert_eq!(ranges(&request, &fields(stored), 1_000), expected, "{condition} {stored:?}");
    }
}
