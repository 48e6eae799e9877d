//! How a request is admitted to its upstream: in bytes the class, the longest wait (`u64`, all ones for none), and two
//! fields that may be absent, the key of its turns and that of the kept response.

use crate::bytes::{Full, Malformed, Reader, Writer};

/// Stands for no longest wait. A wait of as many milliseconds is longer than any.
const NO_WAIT_GIVEN: u64 = u64::MAX;

/// Bytes of an admission whose keys are absent.
const LEAST: usize = 13;

/// How important a request is, the most important first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
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

/// How a request is admitted to its upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission<'a> {
    /// How important it is.
    pub class: PriorityClass,
    /// The longest wait for a slot in milliseconds, if that is shorter than the class's own; 0: it does not wait.
    pub max_wait: Option<u64>,
    /// With whom it shares its turns; none for its consumer, or the client's address.
    pub fairness_key: Option<&'a str>,
    /// The key of the kept response with which it is answered when there is no capacity for it.
    pub stale: Option<&'a str>,
}

// === impl PriorityClass ===

impl PriorityClass {
    /// All of them, the most important first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Normal, Self::Low];

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

    /// Its place in [`ALL`](Self::ALL).
    #[must_use]
    pub fn rank(self) -> usize {
        self as usize
    }
}

// === impl Admission ===

impl<'a> Admission<'a> {
    /// Of a class, and nothing else.
    #[must_use]
    pub fn of(class: PriorityClass) -> Self {
        Self { class, max_wait: None, fairness_key: None, stale: None }
    }

    /// Bytes that [`Admission::write`] appends.
    pub(super) fn size(&self) -> usize {
        let keys = [self.fairness_key, self.stale];
        keys.into_iter().flatten().fold(LEAST, |size, key| size.saturating_add(key.len()))
    }

    pub(super) fn write(&self, out: &mut Writer<'_>) -> Result<(), Full> {
        out.u8(self.class as u8)?;
        out.u64(self.max_wait.unwrap_or(NO_WAIT_GIVEN))?;
        out.optional(self.fairness_key.map(str::as_bytes))?;
        out.optional(self.stale.map(str::as_bytes))
    }

    /// Takes all of `value`: what is left over is malformed.
    pub(super) fn read(value: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(value);
        let class = PriorityClass::ALL.get(usize::from(reader.u8()?)).copied().ok_or(Malformed)?;
        let max_wait = Some(reader.u64()?).filter(|wait| *wait != NO_WAIT_GIVEN);
        let (fairness_key, stale) = (text(&mut reader)?, text(&mut reader)?);
        match reader.rest().is_empty() {
            true => Ok(Self { class, max_wait, fairness_key, stale }),
            false => Err(Malformed),
        }
    }
}

fn text<'a>(reader: &mut Reader<'a>) -> Result<Option<&'a str>, Malformed> {
    reader.optional()?.map(|bytes| std::str::from_utf8(bytes).map_err(|_| Malformed)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_reads_back_from_its_text() {
        for (rank, class) in PriorityClass::ALL.into_iter().enumerate() {
            assert_eq!((PriorityClass::parse(class.as_str()), class.rank()), (Some(class), rank));
        }
        assert_eq!(PriorityClass::parse("urgent"), None);
    }

    #[test]
    fn an_admission_is_read_whole_or_not_at_all() {
        let mut area = [0; 64];
        let mut out = Writer::new(&mut area);
        let admission = Admission { max_wait: Some(0), stale: Some("home"), ..Admission::of(PriorityClass::Low) };
        admission.write(&mut out).unwrap();
        let len = out.len();
        assert_eq!(len, admission.size());
        assert_eq!(Admission::read(&area[..len]), Ok(admission));
        assert_eq!(Admission::read(&area[..len + 1]), Err(Malformed), "what is left over");
        for cut in 0..len {
            assert_eq!(Admission::read(&area[..cut]), Err(Malformed), "{cut}");
        }
        area[0] = 4;
        assert_eq!(Admission::read(&area[..len]), Err(Malformed), "a fifth class");
        area[0] = 0;
        area[len - 1] = 0xff;
        assert_eq!(Admission::read(&area[..len]), Err(Malformed), "no text");
    }
}
