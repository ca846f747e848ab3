"""A package: what is inside it is imported from outside."""
