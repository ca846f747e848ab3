"""asyncpg, psycopg_pool and SQLAlchemy against a real PostgreSQL whose role has a new password every other second."""

import asyncio
import datetime
import glob
import os
import pathlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time

import pytest

from iam_refresh import TokenCache

asyncpg = pytest.importorskip("asyncpg")
psycopg = pytest.importorskip("psycopg")


def programs():
    for directory in os.environ["PATH"].split(os.pathsep) + glob.glob("/usr/lib/postgresql/*/bin"):
        if all(os.access(os.path.join(directory, name), os.X_OK) for name in ("initdb", "pg_ctl")):
            return directory
    pytest.skip("no PostgreSQL here; install `postgresql` to test against a real one")


@pytest.fixture(scope="module")
def port():
    bin_directory, directory = programs(), tempfile.mkdtemp(prefix="iam-refresh-py-")
    # PostgreSQL refuses to run as root, which is who tests are in most containers.
    prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if prefix:
        shutil.chown(directory, "postgres")
    data = pathlib.Path(directory, "data")

    def run(*command):
        subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    run(f"{bin_directory}/initdb", "-U", "postgres", "-A", "trust", "--no-sync", "-D", str(data))
    (data / "pg_hba.conf").write_text(
        "host all app 127.0.0.1/32 scram-sha-256\nhost all postgres 127.0.0.1/32 trust\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    run(f"{bin_directory}/pg_ctl", "-D", str(data), "-l", f"{directory}/log", "-w", "-o", options, "start")
    with admin(port) as connection:
        connection.execute("CREATE ROLE app LOGIN")
    yield port
    run(f"{bin_directory}/pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    shutil.rmtree(directory, ignore_errors=True)


def admin(port):
    return psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres", autocommit=True)


def rotating(port, lifetime=3.0):
    """A source that sets a new password, which ends the one before on the spot: harsher than IAM, where tokens overlap."""

    def mint():
        password, end = secrets.token_hex(16), time.time() + lifetime
        until = datetime.datetime.fromtimestamp(end, datetime.timezone.utc).isoformat()
        with admin(port) as connection:
            connection.execute(f"ALTER ROLE app PASSWORD '{password}' VALID UNTIL '{until}'")
        return password, end

    return mint


async def connect_for(seconds, cache, connect, refused):
    """Connects all the time; where a connection falls between two passwords, reports it and tries once more."""
    connections, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        generation = cache.token().generation
        try:
            await connect()
        except refused:
            assert cache.report_auth_failure(generation)
            await cache.newer_than(generation)
            await connect()
        connections += 1
    return connections


def test_asyncpg(port):
    async def main():
        async with TokenCache(rotating(port)) as cache:
            await cache.fresh()

            async def connect():
                address = {"host": "127.0.0.1", "port": port, "user": "app", "database": "postgres"}
                connection = await asyncpg.connect(**address, password=cache.current)
                assert await connection.fetchval("SELECT current_user") == "app"
                await connection.close()

            assert await connect_for(6, cache, connect, asyncpg.InvalidPasswordError) > 10
            assert cache.status()["refreshes"] >= 3

    asyncio.run(main())


def test_psycopg_pool(port):
    psycopg_pool = pytest.importorskip("psycopg_pool")

    async def main():
        async with TokenCache(rotating(port)) as cache:
            await cache.fresh()
            address = {"host": "127.0.0.1", "port": port, "user": "app", "dbname": "postgres"}
            pool = psycopg_pool.AsyncConnectionPool(
                kwargs=lambda: address | {"password": cache.current()}, min_size=0, max_size=4, open=False
            )
            async with pool:

                async def connect():
                    async with pool.connection() as connection:
                        row = await (await connection.execute("SELECT current_user")).fetchone()
                        assert row == ("app",)
                        await connection.close()

                assert await connect_for(6, cache, connect, psycopg.OperationalError) > 5
            assert cache.status()["refreshes"] >= 3

    asyncio.run(main())


def test_sqlalchemy(port):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    async def main():
        async with TokenCache(rotating(port)) as cache:
            await cache.fresh()
            engine = create_async_engine(f"postgresql+asyncpg://app@127.0.0.1:{port}/postgres", poolclass=NullPool)

            @sqlalchemy.event.listens_for(engine.sync_engine, "do_connect")
            def password(_dialect, _record, _args, parameters):
                parameters["password"] = cache.current

            async def connect():
                async with engine.connect() as connection:
                    assert (await connection.execute(sqlalchemy.text("SELECT current_user"))).scalar() == "app"

            assert await connect_for(6, cache, connect, sqlalchemy.exc.DBAPIError) > 10
            assert cache.status()["refreshes"] >= 3
            await engine.dispose()

    asyncio.run(main())
