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

    /// The class of a request: the less important one of what its route and its consumer's plan give, so that neither hands
    /// out more than the other allows; lowered to what the client itself wishes. None if nobody says anything.
    #[must_use]
    pub fn of(route: Option<Self>, plan: Option<Self>, wish: Option<Self>) -> Option<Self> {
        let given = match (route, plan) {
            (Some(route), Some(plan)) => Some(route.lowered_to(plan)),
            (route, plan) => route.or(plan),
        };
        match wish {
            Some(wish) => Some(given.unwrap_or_default().lowered_to(wish)),
            None => given,
        }
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

    #[test]
    fn a_request_has_what_both_its_route_and_its_plan_allow() {
        use PriorityClass::{Critical, High, Low, Normal};
        assert_eq!(PriorityClass::of(None, None, None), None);
        let of = |route, plan, wish| PriorityClass::of(route, plan, wish).unwrap();
        assert_eq!((of(Some(Critical), None, None), of(None, Some(Low), None)), (Critical, Low));
        assert_eq!((of(Some(Critical), Some(High), None), of(Some(Low), Some(High), None)), (High, Low));
        assert_eq!((of(Some(High), None, Some(Low)), of(Some(High), None, Some(Critical))), (Low, High));
        assert_eq!(of(None, None, Some(High)), Normal, "a wish raises nobody");
    }
}
