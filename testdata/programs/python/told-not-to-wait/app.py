"""What a socket was told last before it is used counts."""

import socket


async def told_back(sock: socket.socket):
    sock.setblocking(False)
    data = sock.recv(10)
    sock.setblocking(True)
    return data


async def told_at_last(sock: socket.socket):
    sock.settimeout(0)
    try:
        return sock.recv(10)
    except OSError:
        return b""
    finally:
        sock.settimeout(5)


async def told_to_wait(sock: socket.socket):
    sock.setblocking(False)
    sock.settimeout(5)
    return sock.recv(10)  # hazard: told_to_wait > socket.socket.recv


class Kept:
    def __init__(self):
        self.sock = socket.socket()
        self.sock.settimeout(5)
        self.sock.setblocking(False)

    async def read(self):
        return self.sock.recv(10)


def register(sock):
    return sock


class Untold:
    def __init__(self):
        self.sock = socket.socket()

    def other(self):
        other = socket.socket()
        other.setblocking(False)
        register(sock=other)

    async def read(self):
        return self.sock.recv(10)  # hazard: Untold.read > socket.socket.recv
