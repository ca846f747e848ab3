"""The part of a proxy that talks to its database."""
