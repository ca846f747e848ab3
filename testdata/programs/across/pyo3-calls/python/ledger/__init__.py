from ._ledger import Client, balance, cached, total

__all__ = ["Client", "balance", "cached", "total"]
