"""What an extension that is an application of its own adds to the settings of the server."""

import subprocess

from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.application import ExtensionApp


class Environments:
    def list(self):
        return subprocess.check_output(["conda"])  # hazard: Listed.get > Environments.list > subprocess.check_output

    def unused(self):
        return subprocess.check_output(["conda"])


class Extension(ExtensionApp):
    def initialize_settings(self):
        environments = Environments()
        self.settings.update(environments=environments)
        self.others = {}
        self.others.update(elsewhere=environments)


class Listed(APIHandler):
    def get(self):
        return self.settings["environments"].list()


class Elsewhere(APIHandler):
    def get(self):
        return self.settings["elsewhere"].unused()
