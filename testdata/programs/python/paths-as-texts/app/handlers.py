import time


class Handler:
    def by_text(self):
        time.sleep(1)  # hazard: App.handles > Handler.by_text > time.sleep

    def by_field(self):
        time.sleep(1)  # hazard: App.handles > Handler.by_field > time.sleep

    def by_setting(self):
        time.sleep(1)


def handle():
    time.sleep(1)  # hazard: App.handles > handle > time.sleep
