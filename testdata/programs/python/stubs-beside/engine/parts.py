import time


class Part:
    def turn(self):
        time.sleep(2)  # hazard: driven > drive > Part.turn > time.sleep

    def stop(self):
        time.sleep(3)  # hazard: kept > Part.stop > time.sleep
