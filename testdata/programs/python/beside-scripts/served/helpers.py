import time


def pause():
    time.sleep(1)  # hazard: paused > pause > time.sleep
