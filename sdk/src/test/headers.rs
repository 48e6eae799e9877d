//! Header fields of a message in a test.

use sluice_abi::{bytes::Writer, wire::Header};

/// Field lines in order; names are in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Headers {
    lines: Vec<(String, Vec<u8>)>,
}

impl Headers {
    pub(super) fn append(&mut self, name: &str, value: &[u8]) {
        self.lines.push((name.to_ascii_lowercase(), value.to_vec()));
    }

    pub(super) fn set(&mut self, name: &str, value: &[u8]) {
        self.remove(name);
        self.append(name, value);
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.lines.retain(|(known, _)| *known != name.to_ascii_lowercase());
    }

    pub(super) fn all(&self, name: &str) -> Vec<&[u8]> {
        let name = name.to_ascii_lowercase();
        self.lines.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.as_slice()).collect()
    }

    /// The first field line of that name, as text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(|value| std::str::from_utf8(value).expect("this value is not text"))
    }

    pub(super) fn texts(&self, name: &str) -> Vec<&str> {
        self.all(name).into_iter().map(|value| std::str::from_utf8(value).expect("this value is not text")).collect()
    }

    /// All field lines.
    pub(super) fn lines(&self) -> Vec<Header> {
        self.lines.iter().map(|(name, value)| Header { name: name.clone(), value: value.clone() }).collect()
    }

    /// The field lines of that name as one value, as the host joins them.
    pub(super) fn joined(&self, name: &str) -> Option<Vec<u8>> {
        let values = self.all(name);
        (!values.is_empty()).then(|| values.join(separator(name)))
    }

    /// Writes the declared headers behind a head, as the host does.
    pub(super) fn write(&self, names: &[String], head: &mut Writer<'_>) {
        for name in names {
            head.joined(self.all(name).into_iter(), separator(name)).expect("the head fits into 64 KiB");
        }
    }
}

fn separator(name: &str) -> &'static [u8] {
    if name.eq_ignore_ascii_case("cookie") { b"; " } else { b", " }
}
