//! What the imports of a module may ask of a request, so that nothing else is lent to them.

use sluice_abi::import::{
    BODY, CALLOUT, CALLOUT_DETACHED, CURRENT, IDENTITY, Import, LIMITS, LOAD, LOG, RATE_LIMIT, is_blocking,
};

/// What is lent to the instances of a module while a hook runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    pub(crate) snapshot: bool,
    pub(crate) consumer: bool,
    pub(crate) request_id: bool,
    /// Attributes, and what the host knows by the names of attributes.
    pub(crate) attributes: bool,
    pub(crate) route: bool,
    /// The certificate that the client holds.
    pub(crate) certificate: bool,
    pub(crate) request_headers: bool,
    pub(crate) response_headers: bool,
    pub(crate) body: bool,
    pub(crate) load: bool,
    /// Whether requests to upstreams are counted.
    pub(crate) callouts: bool,
    /// Whether an import may suspend the guest: its hooks run on fibers.
    pub(crate) blocking: bool,
}

impl Uses {
    pub(crate) fn of(imports: &[&Import]) -> Self {
        let any = |test: &dyn Fn(&str, &str) -> bool| imports.iter().any(|it| test(it.interface, it.function));
        let attributes = any(&|interface, function| interface == CURRENT && function == "attribute");
        let callouts = any(&|interface, _| matches!(interface, CALLOUT | CALLOUT_DETACHED));
        let knows_consumers = any(&|interface, function| {
            let is_about_consumers = matches!(
                function,
                "verify-api-key"
                    | "consumer-exists"
                    | "consumer-groups"
                    | "identify-api-key"
                    | "identify-certificate"
                    | "verify-password"
            );
            interface == IDENTITY && is_about_consumers
        });
        let acquires_plan = any(&|interface, function| interface == RATE_LIMIT && function == "acquire-plan");
        let has_plan = any(&|interface, function| interface == LIMITS && function == "has-plan");
        Self {
            snapshot: knows_consumers || callouts,
            consumer: attributes || has_plan || acquires_plan,
            request_id: attributes || any(&|interface, function| interface == LOG && function == "write"),
            attributes,
            route: attributes || has_plan || acquires_plan,
            certificate: attributes
                || any(&|interface, function| interface == IDENTITY && function == "identify-certificate"),
            request_headers: any(&|interface, function| interface == CURRENT && function.starts_with("request-header")),
            response_headers: any(&|interface, function| {
                interface == CURRENT && function.starts_with("response-header")
            }),
            body: any(&|interface, _| interface == BODY),
            load: any(&|interface, function| interface == LOAD && function != "pressure"),
            callouts,
            blocking: any(&is_blocking),
        }
    }
}

impl Uses {
    /// Whether anything at all is lent.
    pub(crate) fn lends(self) -> bool {
        self != Self { blocking: self.blocking, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use sluice_abi::import::{IMPORTS, KV_REMOTE};

    use super::*;

    fn of(interface: &str, function: &str) -> Uses {
        let row = IMPORTS.iter().find(|row| row.interface == interface && row.function == function);
        Uses::of(&[row.expect("a row of the table")])
    }

    #[test]
    fn a_module_is_lent_what_it_can_ask_for() {
        assert_eq!(Uses::of(&[]), Uses::default());
        assert!(!Uses::of(&[]).lends() && !of(KV_REMOTE, "get").lends() && of(LOG, "write").lends());
        assert_eq!(of(BODY, "read"), Uses { body: true, ..Uses::default() });
        assert_eq!(of(CURRENT, "request-headers"), Uses { request_headers: true, ..Uses::default() });
        assert_eq!(of(CURRENT, "response-header"), Uses { response_headers: true, ..Uses::default() });
        assert_eq!(
            of(CURRENT, "attribute"),
            Uses {
                attributes: true,
                certificate: true,
                consumer: true,
                request_id: true,
                route: true,
                ..Uses::default()
            }
        );
        assert_eq!(of(CALLOUT_DETACHED, "post"), Uses { snapshot: true, callouts: true, ..Uses::default() });
    }

    #[test]
    fn only_imports_that_wait_make_a_module_run_on_fibers() {
        let blocking: Vec<_> = IMPORTS.iter().filter(|row| Uses::of(&[row]).blocking).collect();
        let waits = |row: &&Import| {
            row.interface.contains("callout")
                || row.interface.contains("kv-remote")
                || matches!(row.function, "verify-token" | "verify-password")
        };
        assert!(blocking.iter().all(waits));
        assert!(of(CALLOUT, "send").blocking && !of(CALLOUT_DETACHED, "post").blocking);
    }
}
