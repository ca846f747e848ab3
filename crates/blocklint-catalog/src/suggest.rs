//! "did you mean": the known word nearest to a misspelled one.

/// The candidate that `word` is most likely a misspelling of; none when all are too far away to be one.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|it| (strsim::osa_distance(&word, &it.to_lowercase()), it))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_misspelling_finds_its_word_and_a_stranger_none() {
        let words = ["sleep", "net", "dns"];
        assert_eq!(nearest("slep", words), Some("sleep"));
        assert_eq!(nearest("Sleep", words), Some("sleep"));
        assert_eq!(nearest("nte", words), Some("net"));
        assert_eq!(nearest("database", words), None);
    }
}
