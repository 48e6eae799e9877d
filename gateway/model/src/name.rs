//! Names: how resources are called in files, URLs, metrics and logs.

use crate::finding::{Finding, Path};

/// The longest name, in bytes: a name is a metric label and part of log lines.
const LONGEST: usize = 63;

/// Checks that `name` can identify a resource.
///
/// # Errors
/// A finding at `path` that quotes the name and says what a name looks like.
pub fn check_name(name: &str, path: &Path) -> Result<(), Finding> {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let inner = |c: char| letters(c) || matches!(c, '-' | '_' | '.');
    let good = name.len() <= LONGEST && name.starts_with(letters) && name.ends_with(letters) && name.chars().all(inner);
    if good {
        return Ok(());
    }
    Err(Finding::error(
        path.clone(),
        format!(
            "{name:?} is not a name: use 1 to {LONGEST} of a-z, 0-9, '-', '_' and '.', beginning and ending with a letter or digit"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_lower_case_slugs() {
        for (name, good) in [
            ("orders", true),
            ("orders-v1.eu_2", true),
            ("0", true),
            ("", false),
            ("-orders", false),
            ("orders.", false),
            ("Orders", false),
            ("or ders", false),
            ("örders", false),
            (&"a".repeat(63), true),
            (&"a".repeat(64), false),
        ] {
            assert_eq!(check_name(name, &Path::new()).is_ok(), good, "{name:?}");
        }
    }
}
