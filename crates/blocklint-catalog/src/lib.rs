//! Rules and API knowledge of blocklint: parse, validate, match.
