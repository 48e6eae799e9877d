//! Media types: what a request brings and what its client will take.

use http::{
    HeaderMap,
    header::{ACCEPT, CONTENT_TYPE},
};

/// The types of body that the admin API reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaType {
    Json,
    Wasm,
    Form,
    Other,
}

/// The type of the body, parameters aside; `None` if the request does not say.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<MediaType> {
    let text = headers.get(CONTENT_TYPE)?.to_str().unwrap_or("");
    Some(match essence(text).to_ascii_lowercase().as_str() {
        "application/json" => MediaType::Json,
        "application/wasm" => MediaType::Wasm,
        "application/x-www-form-urlencoded" => MediaType::Form,
        _ => MediaType::Other,
    })
}

/// Whether this is a browser that opens a page.
pub(crate) fn wants_html(headers: &HeaderMap) -> bool {
    accepted(headers).any(|range| range.eq_ignore_ascii_case("text/html"))
}

/// The type of a GraphQL response: the newer one for clients that name it, else plain JSON; `None` if the client
/// takes neither.
pub(crate) fn graphql_response(headers: &HeaderMap) -> Option<&'static str> {
    let names = |wanted: &str| accepted(headers).any(|range| range.eq_ignore_ascii_case(wanted));
    if names("application/graphql-response+json") {
        return Some("application/graphql-response+json");
    }
    let json = !headers.contains_key(ACCEPT) || names("application/json") || names("application/*") || names("*/*");
    json.then_some("application/json")
}

/// The media ranges that the client accepts at all, parameters aside.
fn accepted(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let fields = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    fields.flat_map(|field| field.split(',')).filter(|range| !is_refused(range)).map(essence)
}

/// `q=0` in any of its spellings: the client does not take this type.
fn is_refused(range: &str) -> bool {
    let weight = range.split(';').skip(1).filter_map(|parameter| parameter.trim().split_once('='));
    weight.filter(|(name, _)| name.eq_ignore_ascii_case("q")).any(|(_, q)| q.parse::<f32>().is_ok_and(|q| q <= 0.0))
}

fn essence(text: &str) -> &str {
    text.split(';').next().unwrap_or("").trim()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_newer_graphql_type_is_sent_to_those_who_name_it() {
        let (new, old) = (Some("application/graphql-response+json"), Some("application/json"));
        for (accept, expected) in [
            ("application/graphql-response+json, application/json;q=0.9", new),
            ("application/graphql-response+json;q=0, application/json", old),
            ("application/json", old),
            ("*/*", old),
            ("text/html, */*;q=0.1", old),
            ("text/html", None),
            ("text/html, */*;q=0.0", None),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);
            assert_eq!(graphql_response(&headers), expected, "{accept}");
        }
        assert_eq!(graphql_response(&HeaderMap::new()), old);
    }

    #[test]
    fn parameters_of_a_content_type_do_not_matter() {
        let headers =
            HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("Application/JSON; charset=utf-8"))]);
        assert_eq!(content_type(&headers), Some(MediaType::Json));
    }
}
