try:
    from redis import Redis
except ImportError:
    Redis = None
