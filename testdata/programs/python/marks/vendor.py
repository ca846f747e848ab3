import _vendor


# blocklint: blocking
def wait_for_reply(key):
    return _vendor.wait(key)


class Lookup:
    @property
    # blocklint: blocking
    def reply(self):
        return _vendor.reply(self)


def lookup():
    return Lookup()


# blocklint: offload
def offloaded(function, *arguments):
    with _vendor.other_thread():
        return function(*arguments)


def pooled(function):
    return offloaded(function)
