"""A branch whose test is written out is taken always or never."""

import time

if False:
    from workers import Worker


async def switched_off():
    if False:
        time.sleep(1)
    elif True:
        time.sleep(2)  # hazard[BL101]: switched_off > time.sleep
    else:
        time.sleep(3)


async def left():
    if True:
        return
    time.sleep(1)


async def counts():
    if 0:
        time.sleep(1)
    if 1:
        time.sleep(2)  # hazard[BL101]: counts > time.sleep


async def typed(worker: "Worker"):
    worker.run()
