import time


class DiskPlugin:
    def start(self):
        time.sleep(1)  # hazard[BL101]: starts > DiskPlugin.start > time.sleep

    def stop(self):
        time.sleep(1)  # hazard[BL101]: stops > DiskPlugin.stop > time.sleep


class AtticPlugin:
    def start(self):
        time.sleep(1)

    def stop(self):
        time.sleep(1)
