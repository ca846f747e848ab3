"""The wheel as Python sees it: never waits, cancels nothing, survives a fork, ends with the interpreter."""

import asyncio
import gc
import os
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from iam_refresh import TokenCache, TokenUnavailable


class Source:
    def __init__(self, lifetime=900.0, delay=0.0, fail=()):
        self.calls = 0
        self.lifetime, self.delay, self.fail = lifetime, delay, fail

    def __call__(self):
        self.calls += 1
        call = self.calls
        time.sleep(self.delay)
        if call in self.fail:
            raise RuntimeError(f"refused {call}")
        return f"secret-{call}", time.time() + self.lifetime


def test_a_cold_cache_says_so_and_fresh_waits_for_the_first_token():
    async def main():
        async with TokenCache(Source(delay=0.2)) as cache:
            with pytest.raises(TokenUnavailable, match="no token has been minted yet"):
                cache.current()
            assert await cache.fresh() == "secret-1"
            assert cache.current() == "secret-1"

    asyncio.run(main())


def test_a_thousand_tasks_share_one_call_and_cancelled_ones_take_nothing():
    async def main():
        source = Source(delay=0.3)
        async with TokenCache(source) as cache:
            tasks = [asyncio.create_task(cache.fresh()) for _ in range(1000)]
            await asyncio.sleep(0.1)
            for task in tasks[::2]:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes[::2])
            assert set(outcomes[1::2]) == {"secret-1"}
            assert source.calls == 1

    asyncio.run(main())


def test_a_failure_reaches_the_waiter_and_the_timeout_holds():
    async def main():
        with TokenCache(Source(fail=range(100))) as cache:
            with pytest.raises(TokenUnavailable, match="RuntimeError: refused"):
                await cache.fresh()
        with TokenCache(Source(delay=2)) as cache:
            started = time.monotonic()
            with pytest.raises(TokenUnavailable, match="deadline"):
                await cache.fresh(timeout=0.1)
            assert time.monotonic() - started < 1

    asyncio.run(main())


def test_a_source_that_hangs_stalls_no_loop():
    async def main():
        source = Source(lifetime=2.0)
        async with TokenCache(source, skew=0.1, refresh_at=(0.3, 0.3)) as cache:
            await cache.fresh()
            source.delay = 5
            worst, end = 0.0, time.monotonic() + 1.5
            while time.monotonic() < end:
                before = time.monotonic()
                assert cache.current() == "secret-1"
                await asyncio.sleep(0.001)
                worst = max(worst, time.monotonic() - before)
            assert source.calls == 2, "it hangs by now"
            assert worst < 0.2, f"the loop stood for {worst:.3f} s"

    asyncio.run(main())


def test_a_refused_token_is_replaced_once():
    async def main():
        source = Source()
        async with TokenCache(source) as cache:
            await cache.fresh()
            used = cache.token().generation
            assert cache.report_auth_failure(used)
            assert cache.report_auth_failure(used)
            newer = await cache.newer_than(used)
            assert (newer.expose(), source.calls) == ("secret-2", 2)
            assert not cache.report_auth_failure(newer.generation), "not twice in five seconds"

    asyncio.run(main())


def test_nothing_printed_shows_the_secret():
    async def main():
        async with TokenCache(Source()) as cache:
            await cache.fresh()
            assert "secret-" in cache.token().expose()
            assert "secret-" not in f"{cache!r} {cache.token()!r} {cache.status()}"

    asyncio.run(main())


def test_a_forgotten_cache_leaves_no_thread():
    def count():
        return sum(thread.name.startswith("iam-refresh") for thread in threading.enumerate())

    cache = TokenCache(Source())
    assert count() == 2
    del cache
    gc.collect()
    end = time.monotonic() + 5
    while count() and time.monotonic() < end:
        time.sleep(0.01)
    assert count() == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_after_a_fork_both_processes_refresh():
    script = """
        import asyncio, os, sys, time
        from iam_refresh import TokenCache
        pid, calls = os.getpid(), 0
        def source():
            global calls
            calls += 1
            return f"{os.getpid()}-{calls}", time.time() + 2.0
        cache = TokenCache(source, skew=0.2, refresh_at=(0.3, 0.4))
        asyncio.run(cache.fresh())
        child = os.fork()
        if child == 0:
            inherited = asyncio.run(cache.fresh())
            assert inherited.startswith(f"{pid}-"), inherited
            time.sleep(3)
            assert cache.current().startswith(f"{os.getpid()}-"), cache.current()
            sys.exit(0)
        time.sleep(3)
        assert cache.current().startswith(f"{pid}-") and calls > 2
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    """
    run(script)


def test_the_interpreter_ends_while_the_source_hangs():
    script = """
        import time
        from iam_refresh import TokenCache
        cache = TokenCache(lambda: time.sleep(60))
        time.sleep(0.3)
    """
    started = time.monotonic()
    run(script)
    assert time.monotonic() - started < 10


def run(script):
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, done.stderr
