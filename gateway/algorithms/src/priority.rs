//! Classes of requests: who goes first where not all can.

/// How much it matters that a request is served, the most important first.
///
/// After the criticality of "Site Reliability Engineering", chapter 21 (Handling Overload).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum PriorityClass {
    /// Users notice at once when it fails: checkout, payment.
    Critical,
    /// Users wait for it.
    High,
    /// Where nothing else is said.
    #[default]
    Normal,
    /// May be shed: it can be asked again later, or not at all.
    Low,
}

impl PriorityClass {
    /// All of them, the most important first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Normal, Self::Low];

    /// Its place in [`ALL`](Self::ALL).
    #[must_use]
    pub fn rank(self) -> usize {
        self as usize
    }

    /// The class in text, in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    /// Reads the text form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == text)
    }

    /// This class, or `other` if that is less important: nobody is raised by it.
    #[must_use]
    pub fn lowered_to(self, other: Self) -> Self {
        self.max(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_reads_back_and_is_only_ever_lowered() {
        for (rank, class) in PriorityClass::ALL.into_iter().enumerate() {
            assert_eq!((PriorityClass::parse(class.as_str()), class.rank()), (Some(class), rank));
            for other in PriorityClass::ALL {
                let lowered = class.lowered_to(other);
                assert!(lowered.rank() >= class.rank() && lowered.rank() >= other.rank());
            }
        }
        assert_eq!(PriorityClass::parse("Critical"), None);
    }
}
