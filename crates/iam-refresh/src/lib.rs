//! Keeps a short-lived IAM database token fresh while nobody waits.
