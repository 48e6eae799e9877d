//! The name that a misspelt one most likely stands for.

/// The most typing mistakes that are forgiven.
const MISTAKES: usize = 2;

/// The known name that is fewest mistakes away, if at least half of it is spelt right.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    // Others are too far off in any case, and a long text would take long to compare.
    let comparable = known.iter().filter(|candidate| candidate.len().abs_diff(name.len()) <= MISTAKES);
    let near = comparable.map(|candidate| (distance(name, candidate), *candidate));
    let alike = near.filter(|(mistakes, candidate)| *mistakes <= MISTAKES && mistakes * 2 <= candidate.len());
    alike.min().map(|(_, candidate)| candidate)
}

/// Levenshtein distance in bytes, by Wagner and Fischer's table kept one row at a time.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_guessed_only_when_most_of_it_is_right() {
        let known = ["orders", "search", "a"];
        for (name, expected) in
            [("odrers", Some("orders")), ("serch", Some("search")), ("payments", None), ("b", None), ("", None)]
        {
            assert_eq!(nearest(name, &known), expected, "{name}");
        }
    }
}
