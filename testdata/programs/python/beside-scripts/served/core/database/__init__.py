import time


def load():
    time.sleep(1)  # hazard: handler > load > time.sleep
