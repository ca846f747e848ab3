"""Whether two threads are the same tells of a loop only where one of them is known to run one."""

import asyncio
import threading
import time


class Executor:
    def __init__(self):
        self.thread = threading.current_thread()

    def drain(self):
        if threading.current_thread() != self.thread:
            raise RuntimeError("another thread")
        time.sleep(1)


class Server:
    def __init__(self):
        self.thread = None

    async def serve(self):
        self.thread = threading.get_ident()

    def stop(self):
        if threading.get_ident() == self.thread:
            time.sleep(1)  # hazard: Server.stop > time.sleep

    def close(self):
        if threading.get_ident() != self.thread:
            time.sleep(1)


async def closing(server: Server):
    server.close()


class Reader:
    def __init__(self):
        self.thread = threading.Thread(target=self.read)

    def read(self):
        time.sleep(1)

    def close(self):
        if self.thread is not threading.current_thread():
            self.thread.join()  # hazard[BL106]: leaving > Reader.close > threading.Thread.join


class Background:
    def __init__(self):
        self.thread = threading.Thread(target=self.run)

    def run(self):
        self.drive()

    def drive(self):
        asyncio.new_event_loop().run_forever()

    def close(self):
        if self.thread is not threading.current_thread():
            self.thread.join()


async def leaving(reader: Reader, background: Background):
    reader.close()
    background.close()
