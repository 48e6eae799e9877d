//! What clients are told of limits that the host charged.

use super::{Reply, host::Standing, reply::Problem};

/// The kind of problem that a spent limit is (draft-ietf-httpapi-ratelimit-headers-10).
const QUOTA_EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

impl Standing {
    /// What a later hook has charged, too.
    pub(super) fn extend(&mut self, later: Self) {
        self.policies.extend(later.policies);
        self.limits.extend(later.limits);
        self.charged.extend(later.charged);
        self.refused.extend(later.refused);
    }

    fn detail(&self) -> String {
        let names: Vec<String> = self.refused.iter().map(|name| format!("{name:?}")).collect();
        let (limits, are) = match names.as_slice() {
            [name] => (format!("limit {name}"), "is"),
            names => (format!("limits {}", names.join(" and ")), "are"),
        };
        match self.retry_after {
            Some(1) => format!("The {limits} {are} used up; this request passes in 1 second."),
            Some(seconds) => format!("The {limits} {are} used up; this request passes in {seconds} seconds."),
            None => format!("This request costs more than the {limits} ever let pass."),
        }
    }
}

impl Reply {
    /// The refusal of a request that is over limits.
    pub(super) fn over_limits(standing: &Standing) -> Self {
        let kind = standing.problem_kind.clone().unwrap_or_else(|| QUOTA_EXCEEDED.to_owned());
        let problem = Problem { kind, title: "Too many requests".to_owned(), detail: Some(standing.detail()) };
        let mut reply = Self { status: 429, problem: Some(problem), ..Self::default() };
        reply.violated_policies.clone_from(&standing.refused);
        if let Some(seconds) = standing.retry_after {
            reply.headers.append("retry-after", seconds.to_string().as_bytes());
        }
        reply
    }

    /// Says how the request stands with the limits that it was charged to.
    pub(super) fn tell(&mut self, standing: Standing) {
        for (name, list) in [("ratelimit-policy", standing.policies), ("ratelimit", standing.limits)] {
            if !list.is_empty() {
                self.headers.append(name, list.join(", ").as_bytes());
            }
        }
        self.charged = standing.charged;
    }
}
