import time

square = 1


def __getattr__(name):
    time.sleep(1)  # hazard: asks_the_module > __getattr__ > time.sleep
    return name
