caching = False
