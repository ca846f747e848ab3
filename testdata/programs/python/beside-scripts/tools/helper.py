import time


def work():
    time.sleep(1)  # hazard: handler > work > time.sleep


def unused():
    time.sleep(1)
