//! What became of a request in a test.

use super::headers::Headers;

/// The response, and how it came about.
#[derive(Debug)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
    pub(super) problem: Option<Problem>,
    pub(super) fault: Option<String>,
    pub(super) consumer: Option<String>,
    pub(super) upstream_request: Option<UpstreamRequest>,
}

/// The members of a problem, before the host adds `status` and `instance`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The member `type`.
    pub kind: String,
    /// The member `title`.
    pub title: String,
    /// The member `detail`.
    pub detail: Option<String>,
}

/// The request as the upstream got it.
#[derive(Debug)]
pub struct UpstreamRequest {
    pub(super) headers: Headers,
}

// === impl Reply ===

impl Reply {
    pub(super) fn bare(status: u16, consumer: Option<String>) -> Self {
        Self {
            status,
            headers: Headers::default(),
            body: Vec::new(),
            problem: None,
            fault: None,
            consumer,
            upstream_request: None,
        }
    }

    pub(super) fn fault_of(message: String, consumer: Option<String>) -> Self {
        Self { fault: Some(message), ..Self::bare(503, consumer) }
    }

    /// The status code; 503 after a fault.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The first field line of a response header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.text(name)
    }

    /// All field lines of a response header.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.texts(name)
    }

    /// The body of the plugin's own answer.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The problem with which the plugin refused.
    ///
    /// # Panics
    /// If it did not refuse.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        self.problem.as_ref().unwrap_or_else(|| panic!("the plugin did not refuse: {self:?}"))
    }

    /// The message of the fault, if a hook failed.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Who called, by this plugin or by one before it.
    #[must_use]
    pub fn consumer(&self) -> Option<&str> {
        self.consumer.as_deref()
    }

    /// Whether the request went on to the upstream.
    #[must_use]
    pub fn reached_upstream(&self) -> bool {
        self.upstream_request.is_some()
    }

    /// The request as the upstream got it.
    ///
    /// # Panics
    /// If it got none.
    #[must_use]
    pub fn upstream_request(&self) -> &UpstreamRequest {
        self.upstream_request.as_ref().unwrap_or_else(|| panic!("the upstream got no request: {self:?}"))
    }
}

// === impl UpstreamRequest ===

impl UpstreamRequest {
    /// The first field line of a request header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.text(name)
    }

    /// All field lines of a request header.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.texts(name)
    }
}
