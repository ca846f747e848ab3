"""A socket that was told not to wait raises instead."""

import socket
import ssl


class Stream:
    def __init__(self, sock: socket.socket):
        self.socket = sock
        self.socket.setblocking(False)

    async def read(self):
        return self.socket.recv(4096)


class Kept:
    def __init__(self, host: str):
        sock = socket.socket()
        sock.settimeout(0)
        self._sock = sock

    async def read(self):
        return self._sock.recv(4096)


async def caught(sock: socket.socket, tls: ssl.SSLSocket):
    try:
        sock.recv(4096)
    except BlockingIOError:
        return None
    try:
        return tls.recv(4096)
    except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
        return None


async def told(sock: socket.socket):
    sock.setblocking(False)
    return sock.recv(4096)


async def waits(sock: socket.socket):
    sock.setblocking(True)
    return sock.recv(4096)  # hazard[BL102]: waits > socket.socket.recv


async def home():
    return socket.gethostbyname("localhost")


async def named(host: str):
    if host == "localhost":
        return socket.gethostbyname(host)
    return socket.gethostbyname(host)  # hazard[BL103]: named > socket.gethostbyname
