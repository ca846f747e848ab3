"""The incident, replayed with the code it happened in: litellm 1.83.7's own `PrismaWrapper`, with a stub where Prisma's engine was.

    pip install iam-refresh litellm==1.83.7 boto3
    python incident.py

Four services, each on an event loop of its own: `litellm`; `minting`, which asks STS synchronously from the accessor, the repair
that comes to mind first; `iam-refresh`; and `control`, which refreshes nothing. All tokens want replacement after five seconds; STS
hangs for thirty. A probe asks each service every 100 ms for its health and gives up after one second. Nothing leaves this machine.
"""

import asyncio
import datetime
import os
import socket
import sys
import threading
import time
import types

from iam_refresh import TokenCache, TokenUnavailable

HANG, START, END, PATIENCE = 30.0, 5.0, 42.0, 1.0


class Prisma:
    """Stands in for the generated client: connecting and disconnecting yield to the loop, as the real one's HTTP calls do."""

    def __init__(self, **_):
        self.db = types.SimpleNamespace(healthy=True)

    async def connect(self):
        await asyncio.sleep(0.01)

    async def disconnect(self):
        await asyncio.sleep(0.01)


def prepare_litellm():
    """The environment of a deployment whose token ends in five seconds. Static keys, so boto3 has nobody to call."""
    sys.modules["prisma"] = types.SimpleNamespace(Prisma=Prisma)
    signed = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=900 - START)
    token = f"db%3A5432%2F%3FX-Amz-Date%3D{signed:%Y%m%dT%H%M%SZ}%26X-Amz-Expires%3D900"
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "DATABASE_HOST": "db.us-east-1.rds.amazonaws.com",
        "DATABASE_PORT": "5432",
        "DATABASE_USER": "litellm",
        "DATABASE_NAME": "litellm",
        "DATABASE_URL": f"postgresql://litellm:{token}@db:5432/litellm",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }
    # Imported before the play begins: the import alone takes seconds, and only the accessor is on trial.
    import boto3
    from litellm.proxy.db.prisma_client import PrismaWrapper

    boto3.client("rds", region_name="us-east-1")
    return PrismaWrapper


class Sts:
    """Accepts each call and answers it after `HANG` seconds."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = self._listener.getsockname()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            call, _ = self._listener.accept()
            threading.Timer(HANG, lambda call=call: (call.sendall(b"token"), call.close())).start()

    def mint(self):
        """As an SDK without async asks: it blocks its thread."""
        with socket.create_connection(self.address) as call:
            return call.recv(64).decode()


async def litellm(wrapper_class, _sts):
    wrapper = wrapper_class(Prisma(), iam_token_db_auth=True)
    while True:
        try:
            assert wrapper.db.healthy
        except Exception:
            # After its thirty seconds the accessor raises, and the request fails.
            pass
        await asyncio.sleep(0.1)


async def minting(_wrapper_class, sts):
    ends = time.monotonic() + START
    while True:
        if time.monotonic() >= ends:
            sts.mint()
            ends = time.monotonic() + 900
        await asyncio.sleep(0.1)


async def iam_refresh(_wrapper_class, sts):
    first = [("token", time.time() + START / 0.3)]

    def source():
        return first.pop() if first else (sts.mint(), time.time() + 900)

    async with TokenCache(source, refresh_at=(0.3, 0.3)) as cache:
        await cache.fresh()
        while True:
            try:
                cache.current()
            except TokenUnavailable:
                # The token of this short play ends during the outage; those of a quarter of an hour do not.
                pass
            await asyncio.sleep(0.1)


async def control(_wrapper_class, _sts):
    while True:
        await asyncio.sleep(0.1)


class Service:
    def __init__(self, traffic, *world):
        self.name, self.worst_gap = traffic.__name__, 0.0
        self._traffic, self._world, self._ready = traffic, world, threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._main()), daemon=True).start()
        self._ready.wait()

    async def _main(self):
        server = await asyncio.start_server(self._health, "127.0.0.1", 0)
        self.address = server.sockets[0].getsockname()
        self._ready.set()
        await asyncio.gather(self._heartbeat(), self._traffic(*self._world))

    async def _health(self, reader, writer):
        await reader.readline()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async def _heartbeat(self):
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.001)
            self.worst_gap = max(self.worst_gap, time.monotonic() - before - 0.001)


async def probe(service):
    async def ask():
        reader, writer = await asyncio.open_connection(*service.address)
        writer.write(b"GET /health HTTP/1.1\r\n\r\n")
        answer = await reader.readline()
        writer.close()
        return answer.startswith(b"HTTP/1.1 200")

    async def timed():
        asked = time.monotonic()
        try:
            return (await asyncio.wait_for(ask(), PATIENCE)) and time.monotonic() - asked
        except (asyncio.TimeoutError, OSError):
            return None

    answers, start = [], time.monotonic()
    while time.monotonic() < start + END:
        answers.append(asyncio.create_task(timed()))
        await asyncio.sleep(0.1)
    return await asyncio.gather(*answers)


async def main():
    world = prepare_litellm(), Sts()
    services = [Service(traffic, *world) for traffic in (litellm, minting, iam_refresh, control)]
    records = await asyncio.gather(*map(probe, services))
    print(f"{'service':<12} {'probes':>7} {'failed':>7} {'worst probe':>12} {'loop stood for':>15}")
    for service, record in zip(services, records):
        failed = sum(not answer for answer in record)
        worst = "> 1 s" if failed else f"{max(record) * 1e3:.0f} ms"
        print(f"{service.name:<12} {len(record):>7} {failed:>7} {worst:>12} {service.worst_gap:>13.3f} s")


if __name__ == "__main__":
    asyncio.run(main())
