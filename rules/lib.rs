//! The rule pages and API tables of blocklint, as data.
