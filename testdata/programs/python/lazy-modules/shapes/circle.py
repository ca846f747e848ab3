import time


class Circle:
    def draw(self):
        time.sleep(1)  # hazard: handler > Circle.draw > time.sleep

    def fill(self):
        time.sleep(1)  # hazard: imported > Circle.fill > time.sleep


def rub_out():
    time.sleep(1)  # hazard: by_name > rub_out > time.sleep
