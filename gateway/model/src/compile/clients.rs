//! What routes ask of their clients' certificates.

use std::sync::Arc;

use x509_parser::{certificate::X509Certificate, prelude::FromDer};

use super::Compiler;
use crate::{
    certificate::certificates,
    document::Document,
    edit::Kind,
    finding::Path,
    route::{ClientCertificateMode, Route},
    snapshot::{Authorities, ClientRules, CompiledClientRule, RouteTable},
};

/// The most authorities of one route: a client is told of all of them when its connection begins.
const MOST: usize = 100;

impl Compiler<'_> {
    pub(super) fn client_certificate(&mut self, path: &Path, route: &Route) -> Option<CompiledClientRule> {
        let rule = route.client_certificate.as_ref()?;
        let place = path.then("clientCertificate").then("authorities");
        let authorities = match certificates(&rule.authorities) {
            Ok(authorities) => authorities,
            Err(error) => {
                self.error(place, error.to_string());
                return None;
            }
        };
        if authorities.len() > MOST {
            self.error(place.clone(), format!("{} are too many: name {MOST} at most", authorities.len()));
        }
        for (index, der) in authorities.iter().enumerate() {
            if X509Certificate::from_der(der).is_err() {
                let message =
                    format!("certificate {} of the text cannot be read: give X.509 certificates in PEM", index + 1);
                self.error(place.clone(), message);
            }
        }
        let required = rule.mode == ClientCertificateMode::Required;
        Some(CompiledClientRule { required, authorities: Arc::new(Authorities::new(authorities)) })
    }

    /// Whose certificates clients are asked for, by host.
    pub(super) fn client_rules(&self, routes: &RouteTable) -> Arc<ClientRules> {
        let asks = |document: &Document, name: &str| {
            document.routes.get(name).is_some_and(|route| route.client_certificate.is_some())
        };
        let touched = self.touched(Kind::Routes);
        match touched.iter().any(|name| asks(&self.basis.document, name) || asks(self.document, name)) {
            true => Arc::new(self.make_client_rules(routes)),
            false => self.basis.client_rules.clone(),
        }
    }

    fn make_client_rules(&self, routes: &RouteTable) -> ClientRules {
        let lower: Vec<(String, Arc<Authorities>)> = routes
            .iter()
            .filter_map(|route| Some((route, route.client_certificate.as_ref()?)))
            .flat_map(|(route, rule)| {
                let hosts = self.document.routes.get(&*route.name).map_or(&[][..], |route| &route.hosts);
                let every = hosts.is_empty().then(String::new);
                let hosts = hosts.iter().map(|host| host.to_ascii_lowercase()).chain(every);
                hosts.map(|host| (host, rule.authorities.clone()))
            })
            .collect();
        ClientRules::new(lower.iter().map(|(host, authorities)| (host.as_str(), &**authorities)))
    }
}
