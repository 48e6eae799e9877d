//! The fields of what is stored, in memory of their own.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

/// Fields that are added when it is served: there is room for them, so that no copy has to be arranged anew.
const ADDED: usize = 8;

/// The same fields, with values that hold on to nothing else.
///
/// Those of a response are parts of what was read from its connection: the least of them keeps all that was read at once, which
/// may be many times as large as what is stored, and is counted nowhere.
pub(super) fn own(headers: &HeaderMap) -> HeaderMap {
    let mut bytes = Vec::with_capacity(headers.values().map(HeaderValue::len).sum());
    headers.values().for_each(|value| bytes.extend_from_slice(value.as_bytes()));
    let mut bytes = Bytes::from(bytes);
    let mut own = HeaderMap::with_capacity(headers.len() + ADDED);
    for (name, value) in headers {
        let copy = HeaderValue::from_maybe_shared(bytes.split_to(value.len()));
        let mut copy = copy.expect("it was a value before");
        copy.set_sensitive(value.is_sensitive());
        own.append(name.clone(), copy);
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stay_as_they_are_and_hold_on_to_nothing() {
        let read = Bytes::from(vec![b'x'; 100_000]);
        let mut headers = HeaderMap::new();
        headers.append("vary", HeaderValue::from_maybe_shared(read.slice(..7)).unwrap());
        headers.append("vary", HeaderValue::from_static("accept"));
        headers.append("x-empty", HeaderValue::from_static(""));
        let own = own(&headers);
        assert_eq!(own, headers);
        assert!(own.get_all("vary").iter().eq(headers.get_all("vary").iter()));
        drop(headers);
        assert!(read.is_unique(), "nobody else has what was read");
    }
}
