import subprocess


class Machine:
    @property
    def uptime(self):
        return subprocess.check_output(["uptime"])  # hazard[BL201]: handler > uptime > subprocess.check_output


async def handler(machine: Machine):
    return machine.uptime
