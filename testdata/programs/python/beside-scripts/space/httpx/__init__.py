"""Shares its name with a library, inside a directory that several distributions share."""
