//! The files that pages of the admin listener use. All are part of the binary; no page loads anything else.

use std::sync::LazyLock;

use aws_lc_rs::digest;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
};

use crate::refusal::Refusal;

/// GraphiQL as its build made it.
pub(crate) struct Bundle {
    script: &'static [u8],
    style: &'static [u8],
}

/// The bundled GraphiQL, if it was there when this was compiled.
pub(crate) static GRAPHIQL: Option<Bundle> = include!(concat!(env!("OUT_DIR"), "/graphiql.rs"));

struct File {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
    /// Changes with the bytes.
    tag: HeaderValue,
}

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let mut files = vec![
        File::new("admin.css", CSS, include_bytes!("../assets/admin.css")),
        File::new("console.js", JAVASCRIPT, include_bytes!("../assets/console.js")),
    ];
    if let Some(bundle) = &GRAPHIQL {
        files.push(File::new("graphiql.js", JAVASCRIPT, bundle.script));
        files.push(File::new("graphiql.css", CSS, bundle.style));
    }
    files
});

const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// `GET /assets/NAME`. Open to all: the sign-in page needs them, and they are the same in every installation.
pub(crate) async fn get(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Refusal> {
    let file = FILES.iter().find(|file| file.name == name).ok_or_else(Refusal::not_found)?;
    // Asked for again each time, so that an upgraded gateway never meets an old script.
    let caching = [(ETAG, file.tag.clone()), (CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    if headers.get(IF_NONE_MATCH) == Some(&file.tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(CONTENT_TYPE, file.content_type)], file.bytes).into_response())
}

impl File {
    fn new(name: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Self {
        let hash = digest::digest(&digest::SHA256, bytes);
        let hex: String = hash.as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let tag = HeaderValue::try_from(format!("\"{hex}\"")).expect("hex digits are a header value");
        Self { name, content_type, bytes, tag }
    }
}
