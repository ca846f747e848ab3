//! The analysis of blocklint: summarize, link, propagate, detect, suppress.
